"""A slot belongs to the firm that opened it."""

from sqlalchemy import Select, select
from sqlmodel import col

from kernel.access import Actor, seen_by
from kernel.uploads.tables import Upload


def uploads_visible_to(actor: Actor) -> Select[Upload]:
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, select(Upload).where(col(Upload.party_id) == party))
