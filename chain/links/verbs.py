"""Declare and end a supply link, add what was seen of it, let a partner look at one's upstream."""

from datetime import date

from sqlmodel import col

from chain.firms.tables import Chain, Firm
from chain.firms.visibility import chains_visible_to, firms_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.decisions import SEEN_IN_TRADE
from chain.links.events import (
    DisclosureRevoked,
    EvidenceAdded,
    LinksDisclosed,
    SupplyLinkDeclared,
    SupplyLinkEnded,
)
from chain.links.lifecycle import LINK_LIFE, LinkState
from chain.links.tables import EvidenceKind, LinkDisclosure, LinkEvidence, SupplyLink
from chain.links.visibility import disclosures_visible_to, supply_links_visible_to
from kernel import db
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid
from kernel.work import UnitOfWork


def declare_supply_link(
    work: UnitOfWork, actor: Actor, *, item_id: int, buyer_id: int, chain_id: int, buyer_number: str | None = None
) -> SupplyLink:
    """The maker of an item declares that it supplies a partner with it. Raises NotFound, NotAllowedNow, Invalid."""
    item = work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    work.one(firms_visible_to(actor).where(col(Firm.id) == buyer_id), field="buyerId")
    require(actor, Role.SALES)
    return _declare(work, actor, item, buyer_id, chain_id, buyer_number)


def introduce(
    work: UnitOfWork, actor: Actor, seller: Actor, *, item_id: int, buyer_id: int, chain_id: int
) -> SupplyLink:
    """The operator enters a first link between two firms that are no partners yet, as a survey found it."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    item = work.one(items_visible_to(seller).where(col(Item.id) == item_id), field="itemId")
    work.one(firms_visible_to(actor).where(col(Firm.id) == buyer_id), field="buyerId")
    return _declare(work, seller, item, buyer_id, chain_id, None)


def _declare(
    work: UnitOfWork, actor: Actor, item: Item, buyer_id: int, chain_id: int, buyer_number: str | None
) -> SupplyLink:
    assert actor.party_id is not None and item.id is not None
    if item.firm_id != actor.party_id:
        raise Invalid("itemId", "a firm declares links for its own items", "只能为本单位的物料申报供应关系")
    known = supply_links_visible_to(actor).where(
        col(SupplyLink.buyer_id) == buyer_id, col(SupplyLink.item_id) == item.id
    )
    if work.maybe(known.where(col(SupplyLink.supplier_id) == actor.party_id)) is not None:
        raise Invalid("itemId", "this link is declared already", "该供应关系已申报")
    if buyer_number is not None and (not buyer_number.isprintable() or not 1 <= len(buyer_number.strip()) <= 60):
        raise Invalid("buyerNumber", "the buyer's number has 1 to 60 characters", "采购方物料号为 1 至 60 个字符")
    if buyer_id == actor.party_id:
        raise Invalid("buyerId", "a firm is no supplier of itself", "不能申报为自身供货")
    work.one(chains_visible_to(actor).where(col(Chain.id) == chain_id), field="chainId")
    today = today_of(work.now)
    link = work.add(
        SupplyLink(
            supplier_id=actor.party_id,
            buyer_id=buyer_id,
            item_id=item.id,
            chain_id=chain_id,
            buyer_number=buyer_number,
            declared_on=today,
        )  # fmt: skip
    )
    assert link.id is not None
    work.add(
        LinkEvidence(
            link_id=link.id,
            kind=EvidenceKind.DECLARATION,
            occurred_on=today,
            source_kind="SupplyLink",
            source_id=link.id,
        )  # fmt: skip
    )
    work.record(SupplyLinkDeclared(link_id=link.id))
    return link


def offer_item(work: UnitOfWork, actor: Actor, *, item_id: int, buyer_id: int) -> None:
    """A seller names an item to a buyer it supplies with others: that declares the link, once.

    Without it the buyer could not know what it is offered. The link joins the chain of those the two have.
    """
    item = work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    pair = supply_links_visible_to(actor).where(
        col(SupplyLink.supplier_id) == actor.party_id, col(SupplyLink.buyer_id) == buyer_id
    )
    links = work.all(pair.order_by(col(SupplyLink.id)))
    if links and all(link.item_id != item_id for link in links):
        _declare(work, actor, item, buyer_id, links[0].chain_id, None)


def end_supply_link(work: UnitOfWork, actor: Actor, *, link_id: int) -> SupplyLink:
    """Either end says that it is over. Raises NotFound, NotAllowedNow."""
    require(actor, Role.SALES, Role.BUYER)
    link = work.one(supply_links_visible_to(actor).where(col(SupplyLink.id) == link_id), lock=True, field="linkId")
    side = Side.SELLER if link.supplier_id == actor.party_id else Side.BUYER
    link.state = LINK_LIFE.after(link.state, "end_supply_link", by=side)
    link.ended_on = today_of(work.now)
    assert link.id is not None
    work.record(SupplyLinkEnded(link_id=link.id, ended_on=link.ended_on))
    return link


def add_evidence(work: UnitOfWork, *, link: SupplyLink, kind: EvidenceKind, on: date, source: tuple[str, int]) -> bool:
    """Note what was seen of a link, once per source; whether it was new. An agreed order confirms a declaration."""
    assert link.id is not None
    seen = {
        "link_id": link.id, "kind": kind, "occurred_on": on, "source_kind": source[0], "source_id": source[1],
    }  # fmt: skip
    if not db.insert_new(work.session, LinkEvidence.__table__, seen):  # type: ignore[attr-defined]
        return False
    outcome = "trade" if kind in SEEN_IN_TRADE else "word"
    link.state = LINK_LIFE.after(link.state, "add_evidence", by=Side.SYSTEM, outcome=outcome)
    work.record(EvidenceAdded(link_id=link.id, kind=kind, occurred_on=on, state=LinkState(link.state)))
    return True


def link_of(work: UnitOfWork, *, supplier_id: int, buyer_id: int, item_id: int) -> SupplyLink | None:
    """The link that trade between two firms in an item is evidence for."""
    return work.maybe(
        supply_links_visible_to(SYSTEM).where(
            col(SupplyLink.supplier_id) == supplier_id,
            col(SupplyLink.buyer_id) == buyer_id,
            col(SupplyLink.item_id) == item_id,
        ),
        lock=True,
    )


def disclose_links(work: UnitOfWork, actor: Actor, *, viewer_id: int, chain_id: int, until: date) -> LinkDisclosure:
    """Let a partner see one's upstream links in a chain, suppliers under an alias, until a day.

    Raises NotFound for a firm that is no partner or a chain that is none, Invalid("until") for a day gone by.
    """
    require(actor, Role.SALES, Role.LEAD)
    assert actor.party_id is not None
    work.one(firms_visible_to(actor).where(col(Firm.id) == viewer_id), field="viewerId")
    work.one(chains_visible_to(actor).where(col(Chain.id) == chain_id), field="chainId")
    if viewer_id == actor.party_id:
        raise Invalid("viewerId", "a firm sees its own links already", "本单位的供应关系无需向自己公开")
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
