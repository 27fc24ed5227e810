"""A reveal is known to the firm that gave it; its viewer reads the name on links, and of no reveal."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from chain.aliases.tables import IdentityReveal
from chain.firms.tables import Firm
from chain.sharing.tables import AccessGrant, FieldClass
from kernel.access import Actor, seen_by
from kernel.among import among


def reveals_visible_to(actor: Actor) -> Select[IdentityReveal]:
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, select(IdentityReveal).where(col(IdentityReveal.firm_id) == party))


def names_revealed_to(actor: Actor, firm_ids: Collection[int], on: date) -> Select[int, str]:
    """(firm id, name) of those of some firms that say their name to the actor's on a day."""
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(
        actor,
        select(col(IdentityReveal.firm_id), col(Firm.name))
        .join(Firm, col(Firm.id) == col(IdentityReveal.firm_id))
        .where(
            col(IdentityReveal.viewer_id) == party,
            among(col(IdentityReveal.firm_id), firm_ids),
            col(IdentityReveal.concealed_at).is_(None),
            col(IdentityReveal.until) >= on,
        ),
    )


def names_granted_to(actor: Actor, firm_ids: Collection[int], on: date) -> Select[*tuple[Any, ...]]:
    """(every column of a live identity grant, its owner's name) of some firms to the actor's, whatever it reaches."""
    party = -1 if actor.party_id is None else actor.party_id
    granted = (
        select(*AccessGrant.__table__.columns, col(Firm.name).label("name"))  # type: ignore[attr-defined]
        .join(Firm, col(Firm.id) == col(AccessGrant.owner_id))
        .where(
            col(AccessGrant.viewer_id) == party, among(col(AccessGrant.owner_id), firm_ids),
            col(AccessGrant.field_class) == FieldClass.IDENTITY, col(AccessGrant.revoked_at).is_(None),
            col(AccessGrant.since) <= on, col(AccessGrant.until) >= on,
        )
    )  # fmt: skip
    return seen_by(actor, granted)
