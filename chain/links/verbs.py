"""Acts on supply links: what their ends say of them, what was seen of them, and who is let look. Start here."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col

from chain.firms.tables import Chain
from chain.firms.verbs import partner
from chain.firms.visibility import chains_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.decisions import SEEN_IN_TRADE
from chain.links.declaring import (
    confirm_supply_link,
    declare_supply_link,
    declared,
    dispute_supply_link,
    end_supply_link,
    introduce,
    restate_supply_link,
    state_share_band,
)
from chain.links.events import DisclosureRevoked, EvidenceAdded, LinksDisclosed
from chain.links.lifecycle import LINK_LIFE, LinkState
from chain.links.proposing import (
    accept_link_proposal,
    decline_link_proposal,
    propose_supply_link,
    withdraw_link_proposal,
)
from chain.links.tables import EvidenceKind, LinkDisclosure, LinkEvidence, SupplyLink
from chain.links.telling import ASKED
from chain.links.visibility import disclosures_visible_to, supply_links_visible_to
from chain.sharing.verbs import require_terms
from kernel import db
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid
from kernel.inbox.verbs import settle_told
from kernel.work import UnitOfWork

__all__ = [
    "accept_link_proposal", "add_evidence", "confirm_supply_link", "decline_link_proposal", "declare_supply_link",
    "disclose_links", "dispute_supply_link", "end_supply_link", "introduce", "links_of", "offer_item",
    "propose_supply_link", "purchase_of", "restate_supply_link", "revoke_disclosure", "state_share_band", "withdraw_link_proposal",
]  # fmt: skip


def purchase_of(work: UnitOfWork, actor: Actor, link_id: int) -> SupplyLink:
    """A link by which the actor's firm buys; of any other nothing is said, to its supplier neither. Raises NotFound("linkId")."""
    bought = supply_links_visible_to(actor).where(
        col(SupplyLink.id) == link_id, col(SupplyLink.buyer_id) == (-1 if actor.party_id is None else actor.party_id)
    )
    return work.one(bought, field="linkId")


def offer_item(work: UnitOfWork, actor: Actor, *, item_id: int, buyer_id: int) -> None:
    """A seller names an item to a buyer it supplies with others: that declares the link, once.

    Without it the buyer could not know what it is offered. The link joins the chain of those the two have.
    """
    item = work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    pair = supply_links_visible_to(actor).where(
        col(SupplyLink.supplier_id) == actor.party_id, col(SupplyLink.buyer_id) == buyer_id
    )
    first = work.maybe(pair.order_by(col(SupplyLink.id)).limit(1))
    if first is not None and work.maybe(pair.where(col(SupplyLink.item_id) == item_id).limit(1)) is None:
        declared(work, actor, item, Side.SELLER, buyer_id=buyer_id, chain_id=first.chain_id)


def add_evidence(
    work: UnitOfWork, *, link: SupplyLink, kind: EvidenceKind, on: date, source: tuple[str, int], alone: bool = True
) -> bool:
    """Note what was seen of a link, once per source; whether it was new. An agreed order confirms a declaration.

    alone: whether it speaks for this link only; trade names no sites, so that of two routes it confirms neither.
    """
    assert link.id is not None
    seen = {
        "link_id": link.id, "kind": kind, "occurred_on": on, "source_kind": source[0], "source_id": source[1],
    }  # fmt: skip
    if not db.insert_new(work.session, LinkEvidence.__table__, seen):  # type: ignore[attr-defined]
        return False
    outcome = "trade" if kind in SEEN_IN_TRADE and alone else "word"
    before = link.state
    link.state = LINK_LIFE.after(link.state, "add_evidence", by=Side.SYSTEM, outcome=outcome)
    if link.state is not before:
        link.version += 1
        settle_told(work, subject=("SupplyLink", link.id), whats=ASKED)
    work.record(EvidenceAdded(link_id=link.id, kind=kind, occurred_on=on, state=LinkState(link.state)))
    return True


def links_of(work: UnitOfWork, *, supplier_id: int, buyer_id: int, item_id: int) -> Sequence[SupplyLink]:
    """The links that trade between two firms in an item is evidence for: all its routes, ended ones where none stands."""
    found = work.all(
        supply_links_visible_to(SYSTEM)
        .where(
            col(SupplyLink.supplier_id) == supplier_id,
            col(SupplyLink.buyer_id) == buyer_id,
            col(SupplyLink.item_id) == item_id,
        )
        .order_by(col(SupplyLink.id)),
        lock=True,
    )
    return [link for link in found if link.state is not LinkState.ENDED] or found


def disclose_links(work: UnitOfWork, actor: Actor, *, viewer_id: int, chain_id: int, until: date) -> LinkDisclosure:
    """Let a partner see one's upstream links in a chain, suppliers under an alias, until a day.

    Raises NotFound for a firm that is no partner or a chain that is none, Invalid("until") for a day gone by.
    """
    require(actor, Role.SALES, Role.LEAD)
    assert actor.party_id is not None
    partner(work, actor, viewer_id, field="viewerId")
    work.one(chains_visible_to(actor).where(col(Chain.id) == chain_id), field="chainId")
    if viewer_id == actor.party_id:
        raise Invalid("viewerId", "a firm sees its own links already", "本单位的供应关系无需向自己公开")
    require_terms(work, actor.party_id, viewer_id)
    if until < today_of(work.now):
        raise Invalid("until", "a disclosure ends today or later", "公开截止日期不得早于今天")
    given = work.add(
        LinkDisclosure(
            owner_id=actor.party_id, viewer_id=viewer_id, chain_id=chain_id, until=until, granted_at=work.now
        )
    )
    assert given.id is not None
    work.record(LinksDisclosed(disclosure_id=given.id, until=until))
    return given


def revoke_disclosure(work: UnitOfWork, actor: Actor, *, disclosure_id: int) -> None:
    """Take it back; the next request no longer sees. Raises NotFound."""
    require(actor, Role.SALES, Role.LEAD)
    mine = disclosures_visible_to(actor).where(col(LinkDisclosure.owner_id) == actor.party_id)
    given = work.one(mine.where(col(LinkDisclosure.id) == disclosure_id), lock=True, field="disclosureId")
    given.revoked_at = work.now
    work.record(DisclosureRevoked(disclosure_id=disclosure_id))
