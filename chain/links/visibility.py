"""A supply link is known to its two ends, and, its far end under an alias, to whom the buyer discloses it.

A proposal is known to who made it, and to the confirmed firm it names, by number or by credit code.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select, union_all
from sqlmodel import col

from chain.firms.tables import Firm, FirmStanding
from chain.items.tables import Item
from chain.links.lifecycle import ProposalState
from chain.links.tables import LinkDisclosure, LinkEvidence, LinkProposal, SupplyLink
from kernel.access import Actor, Role, lies_under, seen_by

FEW = 8


class Reason(StrEnum):
    """Why a firm may see a link."""

    SOLD = "sold"
    BOUGHT = "bought"
    DISCLOSED = "disclosed"


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


def supply_links_by_reason(actor: Actor, shown: Iterable[tuple[int, int]]) -> list[tuple[Reason, Select[SupplyLink]]]:
    """The same links by the reason they are visible, no link twice. shown: (owner, chain) of what is disclosed now.

    Whoever has but a few such partners gets a part for each, for which an index can be walked; of many, all links of
    the chain are.
    """
    if actor.has(Role.SYSTEM):
        return [(Reason.DISCLOSED, supply_links_visible_to(actor))]
    party = -1 if actor.party_id is None else actor.party_id
    sold, bought = col(SupplyLink.supplier_id) == party, col(SupplyLink.buyer_id) == party
    known = [(Reason.SOLD, sold), (Reason.BOUGHT, bought)]
    by_chain: dict[int, list[int]] = {}
    for owner_id, chain_id in shown:
        by_chain.setdefault(chain_id, []).append(owner_id)
    buyer, chain, far = col(SupplyLink.buyer_id), col(SupplyLink.chain_id), and_(not_(sold), not_(bought))
    for chain_id, owners in by_chain.items():
        # Adding nothing keeps a column's index out of it: of few owners theirs is walked, of many the chain's.
        if len(owners) <= FEW:
            known += [(Reason.DISCLOSED, and_(far, buyer == owner, chain + 0 == chain_id)) for owner in owners]
        else:
            known.append((Reason.DISCLOSED, and_(far, (buyer + 0).in_(owners), chain == chain_id)))
    return [(reason, seen_by(actor, select(SupplyLink).where(rule))) for reason, rule in known]


def walked(actor: Actor, parts: Sequence[Select[SupplyLink]], *, after: int, most: int) -> Select[*tuple[Any, ...]]:
    """The next rows of parts taken together, by row number.

    Each part is cut to a page along its own index first: as one ``or``, a database would list and sort everything.
    """
    number = col(SupplyLink.id)
    first = [part.with_only_columns(number).where(number > after).order_by(number).limit(most) for part in parts]
    cut = [select(part.subquery().c.id) for part in first]
    listed = select(SupplyLink).where(number.in_(union_all(*cut))).order_by(number).limit(most)
    return seen_by(actor, listed)


def counted(actor: Actor, parts: Sequence[Select[SupplyLink]]) -> Select[*tuple[Any, ...]]:
    """The row numbers of parts taken together, to be counted."""
    together = union_all(*(part.with_only_columns(col(SupplyLink.id)) for part in parts)).subquery()
    return seen_by(actor, select(together.c.id))


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
    links = supply_links_visible_to(actor, on)
    return seen_by(actor, select(LinkEvidence).where(lies_under(col(LinkEvidence.link_id), links, col(SupplyLink.id))))


def proposals_visible_to(actor: Actor) -> Select[LinkProposal]:
    """Proposals the actor's firm made, and those made to it. Who is not confirmed yet cannot claim a code's post."""
    proposals = select(LinkProposal)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, proposals)
    party = -1 if actor.party_id is None else actor.party_id
    code = select(col(Firm.code)).where(col(Firm.id) == party, col(Firm.standing) == FirmStanding.CONFIRMED)
    known = (
        col(LinkProposal.from_id) == party, col(LinkProposal.to_id) == party,
        col(LinkProposal.to_code) == code.scalar_subquery(),
    )  # fmt: skip
    return seen_by(actor, proposals.where(or_(*known)))


def open_proposals_of(actor: Actor, on: date) -> Select[LinkProposal]:
    """Those the actor's firm made that wait as far as it may know: a refusal behind a code still does."""
    refused = and_(col(LinkProposal.state) == ProposalState.DECLINED, col(LinkProposal.to_id).is_(None))
    return proposals_visible_to(actor).where(
        col(LinkProposal.from_id) == actor.party_id, col(LinkProposal.open_until) >= on,
        or_(col(LinkProposal.state) == ProposalState.PROPOSED, refused),
    )  # fmt: skip


def proposed_names(actor: Actor) -> Select[int | None, str, str, str, str | None, str | None]:
    """(proposal, proposer's name, code, prefecture, its item's number, name) of the visible ones: told by proposing."""
    told = proposals_visible_to(actor).with_only_columns(
        col(LinkProposal.id), col(Firm.name), col(Firm.code), col(Firm.prefecture), col(Item.number), col(Item.name),
        maintain_column_froms=True,
    )  # fmt: skip
    joined = told.join(Firm, col(Firm.id) == col(LinkProposal.from_id)).join(
        Item, col(Item.id) == col(LinkProposal.item_id), isouter=True
    )
    return seen_by(actor, joined)


def disclosures_visible_to(actor: Actor) -> Select[LinkDisclosure]:
    """Known to who gave it and to whom it was given."""
    if actor.has(Role.SYSTEM):
        return seen_by(actor, select(LinkDisclosure))
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(
        actor,
        select(LinkDisclosure).where(
            or_(col(LinkDisclosure.owner_id) == party, col(LinkDisclosure.viewer_id) == party)
        ),
    )


def live_disclosures_to(viewer: Actor, on: date) -> Select[LinkDisclosure]:
    """All that lets a firm look at the links of others on a day."""
    return disclosures_visible_to(viewer).where(
        col(LinkDisclosure.viewer_id) == (-1 if viewer.party_id is None else viewer.party_id),
        col(LinkDisclosure.revoked_at).is_(None),
        col(LinkDisclosure.until) >= on,
    )


def live_disclosures(viewer: Actor, owners: Collection[int], on: date) -> Select[LinkDisclosure]:
    """What lets a firm look at the links of some others on a day."""
    return live_disclosures_to(viewer, on).where(col(LinkDisclosure.owner_id).in_(owners))


def evidence_under(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a link, itself filtered already, has evidence that fulfils all of these."""
    return select(col(LinkEvidence.id)).where(col(LinkEvidence.link_id) == col(SupplyLink.id), *conditions).exists()
