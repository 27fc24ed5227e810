"""Supply links: one row for each pair of firms, item, and the sites it goes from and to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col

from chain.firms.decisions import check_standing
from chain.firms.tables import Firm, Site
from chain.firms.visibility import firms_visible_to, sites_visible_to
from chain.links.bulk import NewLink, Saying, Sites, Word, declare_links, say_of_links, side_of
from chain.links.decisions import end_of, route
from chain.links.declaring import DUTY, check_number
from chain.links.lifecycle import LINK_LIFE, LinkState
from chain.links.tables import ShareBand, SupplyLink
from chain.links.visibility import supply_links_visible_to
from exchange.sheets import reads
from exchange.sheets.columns import Choice, Column, Holds
from exchange.sheets.judging import Action, Judged, Kind, need_for_new
from exchange.sheets.kinds.partners import BUYER, ITEM, SUPPLIER, Pair, named
from exchange.sheets.kinds.parts import note_given, said_before
from exchange.sheets.tables import SheetKind
from kernel.access import Actor, Role, Side, require
from kernel.bulk import portions
from kernel.errors import DomainError
from kernel.work import UnitOfWork

FIELDS = {"buyerNumber": "buyer_number"}
CONFIRM = "confirm"
SHARES = (
    Choice("up_to_10", ("不超过 10%", "up to 10%")), Choice("up_to_30", ("10% 至 30%", "10% to 30%")),
    Choice("up_to_50", ("30% 至 50%", "30% to 50%")), Choice("up_to_80", ("50% 至 80%", "50% to 80%")),
    Choice("above_80", ("80% 以上", "above 80%")), Choice("sole", ("独家", "sole")),
)  # fmt: skip
COLUMNS = (
    SUPPLIER, BUYER, ITEM,
    Column("chain", "产业链", "Chain", Holds.CODE, "industrial-robots", "产业链代码；只有一条时可不填", "Code of the chain; may be empty where there is one",
           also=("产业链代码", "chain code")),
    Column("supplier_site", "供应方场所", "Supplier's site", Holds.CODE, "01", "供应方的场所代码；与采购方场所一起区分不同供应关系",
           "The supplier's code of its site; with the buyer's site it tells links apart"),
    Column("buyer_site", "采购方场所", "Buyer's site", Holds.CODE, "02", "采购方的场所代码", "The buyer's code of its site"),
    Column("buyer_number", "采购方物料号", "Buyer's item number", Holds.CODE, "M-7731", "最多 60 个字符", "At most 60 characters", also=("客户物料号", "客户料号")),
    Column("share_band", "采购份额", "Share of need", Holds.CHOICE, "10% 至 30%", "由采购方填写；供应方默认看不到", "Said by the buyer; the supplier does not see it by default",
           choices=SHARES),
    Column("answer", "答复", "Answer", Holds.CHOICE, "确认", "填“确认”即确认对方申报的供应关系", "Write confirm to stand by what the other firm declared",
           choices=(Choice(CONFIRM, ("确认", "confirm")),)),
)  # fmt: skip


@dataclass
class _Known:
    """What rows are held against. links: (supplier, buyer, item, route) -> the link; sites: (firm, code) -> the site."""

    links: Mapping[tuple[int, int, int, str], Any]
    sites: Mapping[tuple[int, str], Any]
    chains: Mapping[str, int]


def judge(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    partners = named(work, actor, rows)
    pairs = {id(judged): pair for judged in rows if (pair := partners.pair(judged))}
    known = _Known(
        _links(work, actor, {pair.item.id for pair in pairs.values()}),
        _sites(work, actor, {firm.id for pair in pairs.values() for firm in (pair.supplier, pair.buyer)}),
        reads.chains_by_code(work, actor),
    )
    for judged in rows:
        if id(judged) in pairs:
            try:
                _judge(actor, judged, pairs[id(judged)], known)
                if judged.plan is not None:
                    require(actor, DUTY[side_of(actor, pairs[id(judged)].supplier.id)])
            except DomainError as refused:
                judged.refuse_by(refused, FIELDS)


def _links(work: UnitOfWork, actor: Actor, items: set[int]) -> dict[tuple[int, int, int, str], Any]:
    found = {}
    for part in portions(items):
        for link in work.rows(supply_links_visible_to(actor).where(col(SupplyLink.item_id).in_(part))):
            found[link.supplier_id, link.buyer_id, link.item_id, link.route] = link
    return found


def _sites(work: UnitOfWork, actor: Actor, firms: set[int]) -> dict[tuple[int, str], Any]:
    found = {}
    for part in portions(firms):
        for site in reads.in_portions(work, sites_visible_to(actor).where(col(Site.firm_id).in_(part)), Site):
            found[site.firm_id, site.code] = site
    return found


def _judge(actor: Actor, judged: Judged, pair: Pair, known: _Known) -> None:
    v, side = judged.values, side_of(actor, pair.supplier.id)
    sites = (_site(judged, "supplier_site", pair.supplier, known), _site(judged, "buyer_site", pair.buyer, known))
    if judged.faults:
        return
    key = (pair.supplier.id, pair.buyer.id, pair.item.id, route(*sites))
    judged.key, link = key, known.links.get(key)
    share = None if v["share_band"] is None else ShareBand(v["share_band"])
    if share is not None and side is not Side.BUYER and share != _shown(link):
        judged.refuse(
            "share_band",
            "the buyer says what share of its need this is",
            "采购份额由采购方填写",
            "leave the cell empty",
            "请清空该单元格",
        )
        return
    check_number(v["buyer_number"])
    if link is not None:
        judged.found = (link.state, *said_before(v, link, "buyer_number", "share_band"))
    if link is None or link.state is LinkState.ENDED:
        for firm in (pair.supplier, pair.buyer):
            check_standing(firm)
        if need_for_new(COLUMNS, judged) and (chain := _chain(judged, known)) is not None:
            _plan_declaration(judged, pair, link, chain, share if side is Side.BUYER else None, sites)
        return
    _judge_known(judged, link, side, share, known.chains)


def _shown(link: Any) -> ShareBand | None:
    return link.share_band if link is not None and link.share_shown_on is not None else None


def _site(judged: Judged, name: str, firm: Any, known: _Known) -> int | None:
    code = judged.values[name]
    if code is None:
        return None
    site = known.sites.get((firm.id, code))
    if site is None:
        judged.refuse(
            name, f"{firm.name} has no site {code[:40]} that you may know of", f"{firm.name} 没有贵单位可见的场所 {code[:40]}",
            "correct the code, or leave it empty: each firm names its own site", "请更正代码，或留空：场所由各单位自己填写",
        )  # fmt: skip
        return None
    if site.closed_on is not None:
        judged.refuse(name, "this site is closed; name an open one", "该场所已关闭，请另选")
    return int(site.id)


def _chain(judged: Judged, known: _Known) -> int | None:
    code = judged.values["chain"]
    if code is None and len(known.chains) == 1:
        return next(iter(known.chains.values()))
    if code not in known.chains:
        some = ", ".join(sorted(known.chains)[:8])
        judged.refuse("chain", "say in which chain", "请填写产业链代码", f"write one of: {some}", f"请填写：{some}")
    return known.chains.get(code or "")


def _plan_declaration(
    judged: Judged, pair: Pair, ended: Any, chain: int, share: ShareBand | None, sites: Sites
) -> None:
    number = judged.values["buyer_number"]
    if ended is None:
        new = NewLink(pair.supplier.id, pair.buyer.id, pair.item.id, chain, number, share, sites)
        judged.action, judged.plan = Action.CREATE, new
    else:
        judged.action, judged.plan = Action.UPDATE, Saying(ended.id, ended.version, (Word.ANEW,), number, share, chain)


def _judge_known(judged: Judged, link: Any, side: Side, share: ShareBand | None, chains: Mapping[str, int]) -> None:
    v, words, end = judged.values, [], end_of(side, link.declared_by)
    if v["buyer_number"] not in (None, link.buyer_number):
        words.append(Word.RESTATE)
    if v["answer"] == CONFIRM and link.state is not LinkState.CONFIRMED:
        words.append(Word.CONFIRM)
    for word in words:
        LINK_LIFE.after(link.state, word, by=end)
    if side is Side.BUYER and share not in (None, link.share_band):
        words.append(Word.SHARE)
    if v["chain"] is not None and chains.get(v["chain"]) != link.chain_id:
        judged.refuse(
            "chain", "a link stays in its chain", "供应关系所属产业链不能更改", "leave the cell empty", "请清空该单元格"
        )
    if words:
        judged.action = Action.UPDATE
        judged.plan = Saying(link.id, link.version, tuple(words), v["buyer_number"], share)
    else:
        judged.action = Action.UNCHANGED


def write(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    declare_links(work, actor, [judged.plan for judged in rows if isinstance(judged.plan, NewLink)])
    say_of_links(work, actor, [judged.plan for judged in rows if isinstance(judged.plan, Saying)])


def stamp(work: UnitOfWork, actor: Actor) -> Any:
    return (
        reads.stamp_of(work, supply_links_visible_to(actor), SupplyLink), reads.items_stamp(work, actor),
        reads.stamp_of(work, sites_visible_to(actor), Site),
    )  # fmt: skip


def rows(work: UnitOfWork, actor: Actor) -> Iterator[Mapping[str, Any]]:
    """The links one's own firm is an end of and that have not ended; a share only where one may see it."""
    codes = {firm.id: firm.code for firm in reads.in_portions(work, firms_visible_to(actor), Firm)}
    sites = {site.id: site.code for site in reads.in_portions(work, sites_visible_to(actor), Site)}
    numbers, chains = (
        reads.item_numbers(work, actor),
        {n: code for code, n in reads.chains_by_code(work, actor).items()},
    )
    live = supply_links_visible_to(actor).where(col(SupplyLink.state) != LinkState.ENDED)
    about: Counter[int] = Counter()
    for link in reads.in_portions(work, live, SupplyLink):
        about.update((link.supplier_id, link.buyer_id))
        share = link.share_band if link.buyer_id == actor.party_id else _shown(link)
        yield {
            "supplier": codes.get(link.supplier_id), "buyer": codes.get(link.buyer_id),
            "item_number": numbers.get(link.item_id), "chain": chains.get(link.chain_id),
            "supplier_site": sites.get(link.supplier_site_id), "buyer_site": sites.get(link.buyer_site_id),
            "buyer_number": link.buyer_number, "share_band": share and share.value,
        }  # fmt: skip
    note_given(work, actor, SheetKind.SUPPLY_LINKS, about)


LINKS = Kind(
    SheetKind.SUPPLY_LINKS, "供应关系", "supply links", COLUMNS, (Role.SALES, Role.BUYER), judge, write, stamp, rows,
    (
        {"buyer": "91320000MADEM0902K", "item_number": "RV-40E", "chain": "industrial-robots", "supplier_site": "01"},
        {"supplier": "91320000MADEM0901G", "item_number": "GCR15", "buyer_site": "02", "share_band": "独家"},
        {"supplier": "91320000MADEM0901G", "item_number": "007-0012", "answer": "确认"},
    ), most=100_000,
)  # fmt: skip
