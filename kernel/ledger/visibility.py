"""An entry of the access ledger is known to the firm whose secrets were read, to nobody else."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlmodel import col

from kernel.access import Actor, seen_by
from kernel.ledger.tables import AccessEntry


def access_entries_visible_to(actor: Actor) -> Select[AccessEntry]:
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, select(AccessEntry).where(col(AccessEntry.owner_id) == party))


def readings_of(actor: Actor, people: Collection[int], owners: Collection[int], since: datetime) -> Select[AccessEntry]:
    """What some people were given of some owners' since an instant: only the ledger's keeper asks, to answer nobody."""
    return seen_by(
        actor,
        select(AccessEntry).where(
            col(AccessEntry.viewer_user).in_(people),
            col(AccessEntry.at) > since,
            col(AccessEntry.owner_id).in_(owners),
        ),
    )
