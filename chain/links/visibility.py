"""A supply link is known to its two ends, and, its far end under an alias, to whom the buyer discloses it."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlmodel import col

from chain.links.tables import LinkDisclosure, LinkEvidence, SupplyLink
from kernel.access import Actor, Role, seen_by


def supply_links_visible_to(actor: Actor, on: date | None = None) -> Select[SupplyLink]:
    """Links the actor's firm is an end of; with ``on``, also those disclosed to it on that day."""
    links = select(SupplyLink)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, links)
    party = -1 if actor.party_id is None else actor.party_id
    known = or_(col(SupplyLink.supplier_id) == party, col(SupplyLink.buyer_id) == party)
    if on is not None:
        known = or_(known, _disclosed(party, on))
    return seen_by(actor, links.where(known))


def _disclosed(party: int, on: date) -> ColumnElement[bool]:
    return (
        select(col(LinkDisclosure.id))
        .where(
            and_(
                col(LinkDisclosure.viewer_id) == party,
                col(LinkDisclosure.owner_id) == col(SupplyLink.buyer_id),
                col(LinkDisclosure.chain_id) == col(SupplyLink.chain_id),
                col(LinkDisclosure.revoked_at).is_(None),
                col(LinkDisclosure.until) >= on,
            )
        )
        .exists()
    )


def evidence_visible_to(actor: Actor, on: date | None = None) -> Select[LinkEvidence]:
    """The observations behind the links one may see."""
    links = supply_links_visible_to(actor, on).with_only_columns(col(SupplyLink.id))
    return seen_by(actor, select(LinkEvidence).where(col(LinkEvidence.link_id).in_(links)))


def disclosures_visible_to(actor: Actor) -> Select[LinkDisclosure]:
    """Known to who gave it and to whom it was given."""
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(
        actor,
        select(LinkDisclosure).where(
            or_(col(LinkDisclosure.owner_id) == party, col(LinkDisclosure.viewer_id) == party)
        ),
    )
