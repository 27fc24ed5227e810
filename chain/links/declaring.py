"""What the two ends of a supply link say of it: declare, confirm, dispute, restate, say the share, end."""

from sqlmodel import col

from chain.firms.decisions import checked_text
from chain.firms.tables import Chain, Site
from chain.firms.verbs import partner
from chain.firms.visibility import chains_visible_to, sites_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.decisions import end_of, route
from chain.links.events import (
    ShareBandStated,
    SupplyLinkConfirmed,
    SupplyLinkDeclared,
    SupplyLinkDisputed,
    SupplyLinkEnded,
    SupplyLinkRestated,
)
from chain.links.lifecycle import LINK_LIFE, LinkEnd, LinkState
from chain.links.tables import DisputeReason, EvidenceKind, LinkEvidence, ShareBand, SupplyLink
from chain.links.visibility import supply_links_visible_to
from kernel.access import Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, Stale
from kernel.events import Fact
from kernel.work import UnitOfWork

DUTY = {Side.SELLER: Role.SALES, Side.BUYER: Role.BUYER}
"""Who speaks for which end."""
SOURCE = {Side.SELLER: "Supplier", Side.BUYER: "Buyer"}
"""What a declaration's evidence names as its source."""


def declare_supply_link(
    work: UnitOfWork, actor: Actor, *, item_id: int, chain_id: int, buyer_id: int | None = None,
    buyer_number: str | None = None, supplier_site_id: int | None = None, buyer_site_id: int | None = None,
    share_band: ShareBand | None = None,
) -> SupplyLink:  # fmt: skip
    """An end declares that a maker supplies a buyer with an item, from a site to a site where they are named.

    Both firms know each other already; another is proposed to (``propose_supply_link``). buyer_id: for the maker, whom
    it supplies; a buyer declares for itself. Raises NotFound, NotAllowedNow, Invalid.
    """
    item = work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    assert actor.party_id is not None
    side = Side.SELLER if item.firm_id == actor.party_id else Side.BUYER
    buyer_id = actor.party_id if buyer_id is None else buyer_id
    partner(work, actor, buyer_id, field="buyerId")
    require(actor, DUTY[side])
    if side is Side.BUYER:
        if buyer_id != actor.party_id:
            raise Invalid(
                "buyerId", "a firm declares what it supplies or buys itself", "只能申报本单位供货或采购的关系"
            )
        partner(work, actor, item.firm_id, field="itemId")
    elif share_band is not None:
        raise Invalid("shareBand", "the buyer says what share of its need this is", "采购份额由采购方填写")
    return declared(
        work, actor, item, side, buyer_id=buyer_id, chain_id=chain_id, buyer_number=buyer_number,
        sites=(supplier_site_id, buyer_site_id), share_band=share_band,
    )  # fmt: skip


def introduce(
    work: UnitOfWork, actor: Actor, seller: Actor, *, item_id: int, buyer_id: int, chain_id: int
) -> SupplyLink:
    """The operator enters a first link between two firms that are no partners yet, as a survey found it."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    item = work.one(items_visible_to(seller).where(col(Item.id) == item_id), field="itemId")
    partner(work, actor, buyer_id, field="buyerId")
    return declared(work, seller, item, Side.SELLER, buyer_id=buyer_id, chain_id=chain_id)


def declared(
    work: UnitOfWork, actor: Actor, item: Item, side: Side, *, buyer_id: int, chain_id: int,
    buyer_number: str | None = None, sites: tuple[int | None, int | None] = (None, None),
    share_band: ShareBand | None = None,
) -> SupplyLink:  # fmt: skip
    """A link that one side has declared just now. sites: supplier's, buyer's."""
    link = entered(
        work, actor, item, side, buyer_id=buyer_id, chain_id=chain_id, buyer_number=buyer_number, sites=sites,
        share_band=share_band,
    )  # fmt: skip
    _said(work, link, side, SupplyLinkDeclared(link_id=link.id or 0))
    return link


def entered(
    work: UnitOfWork, actor: Actor, item: Item, side: Side, *, buyer_id: int, chain_id: int, buyer_number: str | None,
    sites: tuple[int | None, int | None], share_band: ShareBand | None,
) -> SupplyLink:  # fmt: skip
    """The row of a declared link: new, or begun anew where the same one had ended. Raises NotFound, Invalid."""
    assert item.id is not None
    if buyer_id == item.firm_id:
        raise Invalid("buyerId", "a firm is no supplier of itself", "不能申报为自身供货")
    check_number(buyer_number)
    work.one(chains_visible_to(actor).where(col(Chain.id) == chain_id), field="chainId")
    _check_sites(work, actor, item.firm_id, buyer_id, sites)
    link = _the_same(work, actor, item.firm_id, buyer_id, item.id, sites)
    if link is None:
        return work.add(
            SupplyLink(
                supplier_id=item.firm_id,
                buyer_id=buyer_id,
                item_id=item.id,
                chain_id=chain_id,
                declared_by=side,
                buyer_number=buyer_number,
                declared_on=today_of(work.now),
                share_band=share_band,
                supplier_site_id=sites[0],
                buyer_site_id=sites[1],
                route=route(*sites),
            )  # fmt: skip
        )
    if link.state is not LinkState.ENDED:
        raise Invalid("itemId", "this link is declared already", "该供应关系已申报")
    link.state = LINK_LIFE.after(link.state, "declare_supply_link", by=LinkEnd.DECLARER)
    link.declared_by, link.ended_on, link.chain_id = side, None, chain_id
    link.buyer_number, link.share_band = buyer_number or link.buyer_number, share_band or link.share_band
    link.version += 1
    return link


def _the_same(
    work: UnitOfWork, actor: Actor, supplier_id: int, buyer_id: int, item_id: int, sites: tuple[int | None, int | None]
) -> SupplyLink | None:
    return work.maybe(
        supply_links_visible_to(actor).where(
            col(SupplyLink.supplier_id) == supplier_id, col(SupplyLink.buyer_id) == buyer_id,
            col(SupplyLink.item_id) == item_id, col(SupplyLink.route) == route(*sites),
        ),
        lock=True,
    )  # fmt: skip


def check_number(buyer_number: str | None) -> None:
    if buyer_number is not None and (not buyer_number.isprintable() or not 1 <= len(buyer_number.strip()) <= 60):
        raise Invalid(
            "buyerNumber",
            "the buyer's number has 1 to 60 characters on one line, and no signs that cannot be seen",
            "采购方物料号为 1 至 60 个字符，不能含换行或看不见的字符",
        )


def _check_sites(
    work: UnitOfWork, actor: Actor, supplier_id: int, buyer_id: int, sites: tuple[int | None, int | None]
) -> None:
    """Each named site is one its firm has, still open, that the actor may know of. Raises NotFound, Invalid."""
    for firm_id, site_id, field in ((supplier_id, sites[0], "supplierSiteId"), (buyer_id, sites[1], "buyerSiteId")):
        if site_id is None:
            continue
        known = sites_visible_to(actor).where(col(Site.id) == site_id, col(Site.firm_id) == firm_id)
        if work.one(known, field=field).closed_on is not None:
            raise Invalid(field, "this site is closed; name an open one", "该场所已关闭，请另选")


def _said(work: UnitOfWork, link: SupplyLink, side: Side, fact: Fact) -> None:
    """Write down that an end stands by the link: the fact, and its word as evidence of today."""
    stand_by(work, link, side, event_id=work.record(fact).id or 0)


def stand_by(work: UnitOfWork, link: SupplyLink, *sides: Side, event_id: int) -> None:
    """The word of these ends, given in an event, as evidence of today."""
    assert link.id is not None
    for side in sides:
        work.add(
            LinkEvidence(
                link_id=link.id,
                kind=EvidenceKind.DECLARATION,
                occurred_on=today_of(work.now),
                source_kind=SOURCE[side],
                source_id=event_id,
            )  # fmt: skip
        )


def confirm_supply_link(
    work: UnitOfWork, actor: Actor, *, link_id: int, expected_version: int, site_id: int | None = None,
    share_band: ShareBand | None = None,
) -> SupplyLink:  # fmt: skip
    """The other end stands by a declared link, naming its own site if it likes; a buyer says the share.

    Raises NotFound, NotAllowedNow, Stale, Invalid.
    """
    link, side = _answered(work, actor, link_id, expected_version)
    link.state = LINK_LIFE.after(link.state, "confirm_supply_link", by=end_of(side, link.declared_by))
    if share_band is not None:
        if side is not Side.BUYER:
            raise Invalid("shareBand", "the buyer says what share of its need this is", "采购份额由采购方填写")
        link.share_band = share_band
    if site_id is not None:
        mine = (site_id, link.buyer_site_id) if side is Side.SELLER else (link.supplier_site_id, site_id)
        _reroute(work, actor, link, mine, field="siteId")
    link.dispute_reason = link.dispute_note = None
    link.version += 1
    _said(work, link, side, SupplyLinkConfirmed(link_id=link_id))
    return link


def dispute_supply_link(
    work: UnitOfWork, actor: Actor, *, link_id: int, expected_version: int, reason: DisputeReason, note: str | None = None
) -> SupplyLink:  # fmt: skip
    """The other end says what is wrong with a link; it counts for nothing until the two agree.

    Raises NotFound, NotAllowedNow, Stale, Invalid("note") where "other" says nothing.
    """
    link, side = _answered(work, actor, link_id, expected_version)
    link.state = LINK_LIFE.after(link.state, "dispute_supply_link", by=end_of(side, link.declared_by))
    if reason is DisputeReason.OTHER and not (note or "").strip():
        raise Invalid("note", "say what is wrong", "请说明哪里不对")
    link.dispute_reason = reason
    link.dispute_note = checked_text("note", note, most=400, least=0) or None if note else None
    link.version += 1
    work.record(SupplyLinkDisputed(link_id=link_id, reason=reason))
    return link


def restate_supply_link(
    work: UnitOfWork, actor: Actor, *, link_id: int, expected_version: int, buyer_number: str | None = None,
    supplier_site_id: int | None = None, buyer_site_id: int | None = None,
) -> SupplyLink:  # fmt: skip
    """Who declared a link declares it again, corrected; the other end is asked anew. What is not given stays.

    Raises NotFound, NotAllowedNow, Stale, Invalid.
    """
    link, side = _answered(work, actor, link_id, expected_version)
    link.state = LINK_LIFE.after(link.state, "restate_supply_link", by=end_of(side, link.declared_by))
    check_number(buyer_number)
    sites = (supplier_site_id or link.supplier_site_id, buyer_site_id or link.buyer_site_id)
    field = "supplierSiteId" if supplier_site_id is not None else "buyerSiteId"
    _reroute(work, actor, link, sites, field=field)
    link.buyer_number = buyer_number or link.buyer_number
    link.dispute_reason = link.dispute_note = None
    link.version += 1
    _said(work, link, side, SupplyLinkRestated(link_id=link_id))
    return link


def _reroute(
    work: UnitOfWork, actor: Actor, link: SupplyLink, sites: tuple[int | None, int | None], *, field: str
) -> None:
    named = (link.supplier_site_id, link.buyer_site_id)
    if sites == named:
        return
    fresh = (sites[0] if sites[0] != named[0] else None, sites[1] if sites[1] != named[1] else None)
    _check_sites(work, actor, link.supplier_id, link.buyer_id, fresh)
    if _the_same(work, actor, link.supplier_id, link.buyer_id, link.item_id, sites) is not None:
        raise Invalid(field, "a link between these sites is there already", "该场所之间的供应关系已存在")
    link.supplier_site_id, link.buyer_site_id = sites
    link.route = route(*sites)


def state_share_band(
    work: UnitOfWork, actor: Actor, *, link_id: int, expected_version: int, share_band: ShareBand, shown: bool = False
) -> SupplyLink:
    """The buyer says how much of its need a link covers, and whether the supplier sees it; the supplier otherwise does not.

    Raises NotFound, NotAllowedNow, Stale.
    """
    require(actor, Role.BUYER)
    bought = supply_links_visible_to(actor).where(col(SupplyLink.buyer_id) == actor.party_id)
    link = work.one(bought.where(col(SupplyLink.id) == link_id), lock=True, field="linkId")
    if link.version != expected_version:
        raise Stale(link.version)
    link.share_band, link.share_shown_on = share_band, today_of(work.now) if shown else None
    link.version += 1
    work.record(ShareBandStated(link_id=link_id, shown=shown))
    return link


def _answered(work: UnitOfWork, actor: Actor, link_id: int, expected_version: int | None) -> tuple[SupplyLink, Side]:
    """The link an end speaks of, locked, as it read it, and which side it is. Raises NotFound, NotAllowedNow, Stale."""
    require(actor, *DUTY.values())
    link = work.one(supply_links_visible_to(actor).where(col(SupplyLink.id) == link_id), lock=True, field="linkId")
    side = Side.SELLER if link.supplier_id == actor.party_id else Side.BUYER
    require(actor, DUTY[side])
    if expected_version not in (None, link.version):
        raise Stale(link.version)
    return link, side


def end_supply_link(work: UnitOfWork, actor: Actor, *, link_id: int, expected_version: int | None = None) -> SupplyLink:
    """Either end says that it is over. Raises NotFound, NotAllowedNow, Stale."""
    link, side = _answered(work, actor, link_id, expected_version)
    link.state = LINK_LIFE.after(link.state, "end_supply_link", by=end_of(side, link.declared_by))
    link.ended_on = today_of(work.now)
    link.dispute_reason = link.dispute_note = None
    link.version += 1
    assert link.id is not None
    work.record(SupplyLinkEnded(link_id=link.id, ended_on=link.ended_on))
    return link
