"""A slot belongs to the firm that opened it; to a guest, only the slots it opened itself."""

from sqlalchemy import Select, select
from sqlmodel import col

from kernel.access import Actor, Role, own_party, seen_by
from kernel.uploads.tables import Upload


def uploads_visible_to(actor: Actor) -> Select[Upload]:
    own = select(Upload).where(col(Upload.party_id) == own_party(actor))
    if actor.has(Role.GUEST):
        own = own.where(col(Upload.opened_by) == actor.user_id)
    return seen_by(actor, own, guests=True)
