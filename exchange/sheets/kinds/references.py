"""What a buyer calls a supplier's item and its terms: one row for each pair of firms and item."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.items.bulk import Statement, state_cross_references
from chain.items.decisions import check_days, in_force, is_withdrawn
from chain.items.referring import NO_LINK, ReferenceTerms, check_number, check_terms, making_way
from chain.items.tables import CrossReference
from chain.items.visibility import cross_references_visible_to
from chain.links.lifecycle import LinkState
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from exchange.sheets import reads
from exchange.sheets.columns import Column, Holds
from exchange.sheets.judging import Action, Judged, Kind, need_for_new
from exchange.sheets.kinds.partners import BUYER, ITEM, SUPPLIER, Pair, named
from exchange.sheets.kinds.parts import UNIT_CHOICES, compared, note_given
from exchange.sheets.tables import SheetKind
from kernel.access import Actor, Role, require
from kernel.bulk import portions
from kernel.clock import today_of
from kernel.errors import DomainError, NotAllowedNow
from kernel.work import UnitOfWork

TERMS = ("buyer_number", "buyer_unit", "buyer_units", "item_units", "minimum", "multiple", "lead_time_days")
FIELDS = {
    "buyerNumber": "buyer_number", "buyerUnit": "buyer_unit", "buyerUnits": "buyer_units", "itemUnits": "item_units",
    "leadTimeDays": "lead_time_days", "validFrom": "valid_from", "validTo": "valid_to",
}  # fmt: skip
COLUMNS = (
    SUPPLIER, BUYER, ITEM,
    Column("buyer_number", "采购方物料号", "Buyer's item number", Holds.CODE, "M-7731", "采购方自己的物料号，最多 60 个字符",
           "The buyer's own number, at most 60 characters", new=True, also=("客户物料号", "客户料号")),
    Column("buyer_unit", "采购单位", "Buyer's unit", Holds.CHOICE, "套", "采购方计量单位；不填即供应方单位", "Unit the buyer counts in; the supplier's when empty",
           choices=UNIT_CHOICES, any_code=True),
    Column("buyer_units", "换算：采购单位数", "Factor: buyer's units", Holds.WHOLE, "1", "多少个采购单位", "So many of the buyer's unit"),
    Column("item_units", "换算：供应单位数", "Factor: supplier's units", Holds.WHOLE, "12", "等于多少个供应方单位", "are so many of the supplier's"),
    Column("minimum", "起订量", "Minimum quantity", Holds.DECIMAL, "10", "按供应方单位", "In the supplier's unit", also=("moq", "最小起订量")),
    Column("multiple", "订货倍数", "Order multiple", Holds.DECIMAL, "5", "按供应方单位", "In the supplier's unit"),
    Column("lead_time_days", "交货周期（天）", "Lead time (days)", Holds.WHOLE, "21", "日历天", "Calendar days", also=("交期", "lead time")),
    Column("valid_from", "生效日期", "Valid from", Holds.DAY, "2027-01-01", "不填即今天；日期请写成年-月-日", "Today when empty; year, month, day"),
    Column("valid_to", "截止日期", "Valid to", Holds.DAY, "2027-12-31", "最后一天；不填即另行通知", "The last day; until further notice when empty"),
)  # fmt: skip


def judge(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    known, today = named(work, actor, rows), today_of(work.now)
    pairs = {id(judged): pair for judged in rows if (pair := known.pair(judged))}
    linked = _live_links(work, actor, {pair.item.id for pair in pairs.values()})
    stated = _Stated(_stated(work, actor, {pair.item.firm_id for pair in pairs.values()}))
    for judged in rows:
        pair = pairs.get(id(judged))
        if pair is None:
            continue
        judged.key = (pair.supplier.id, pair.buyer.id, pair.item.id)
        try:
            _judge(judged, pair, stated, today)
            if judged.plan is not None:
                require(actor, Role.SALES if pair.supplier.id == known.own.id else Role.BUYER)
                _check_link(pair, linked)
        except DomainError as refused:
            judged.refuse_by(refused, FIELDS)


def _check_link(pair: Pair, linked: set[tuple[int, int]]) -> None:
    if (pair.buyer.id, pair.item.id) not in linked:
        raise NotAllowedNow(
            f"no supply link of {pair.item.number} stands between the two firms; declare it first",
            f"双方之间没有 {pair.item.number} 的有效供应关系；请先申报", rule=NO_LINK,
        )  # fmt: skip


def _live_links(work: UnitOfWork, actor: Actor, items: set[int]) -> set[tuple[int, int]]:
    """(buyer, item) between which a link stands."""
    found = set()
    for part in portions(items):
        live = supply_links_visible_to(actor).where(
            col(SupplyLink.item_id).in_(part), col(SupplyLink.state) != LinkState.ENDED
        )
        found |= {(link.buyer_id, link.item_id) for link in work.rows(live)}
    return found


class _Stated:
    """What is stated between firms: of one item, and under one number of a buyer."""

    def __init__(self, references: Iterator[Any]) -> None:
        self._of_item: dict[tuple[int, int], list[Any]] = {}
        self._of_number: dict[tuple[int, int, str], list[Any]] = {}
        for r in references:
            if not is_withdrawn(r):
                self._of_item.setdefault((r.buyer_id, r.item_id), []).append(r)
                self._of_number.setdefault((r.supplier_id, r.buyer_id, r.buyer_number), []).append(r)

    def of_item(self, pair: Pair) -> list[Any]:
        return self._of_item.get((pair.buyer.id, pair.item.id), [])

    def of_number(self, pair: Pair, number: str) -> list[Any]:
        return self._of_number.get((pair.supplier.id, pair.buyer.id, number), [])


def _stated(work: UnitOfWork, actor: Actor, suppliers: set[int]) -> Iterator[Any]:
    for part in portions(suppliers):
        known = cross_references_visible_to(actor).where(col(CrossReference.supplier_id).in_(part))
        yield from reads.in_portions(work, known, CrossReference)


def _judge(judged: Judged, pair: Pair, stated: _Stated, today: Any) -> None:
    v, own = judged.values, stated.of_item(pair)
    current = next((r for r in own if r.valid_from == v["valid_from"]), None) or in_force(own, today)
    if current is None and not need_for_new(COLUMNS, judged):
        return
    if current is not None and not compared(judged, current, *TERMS, "valid_from", "valid_to"):
        judged.action = Action.UNCHANGED
        return
    said: dict[str, Any] = {name: v[name] if v[name] is not None else getattr(current, name, None) for name in TERMS}
    said["buyer_units"], said["item_units"] = said["buyer_units"] or 1, said["item_units"] or 1
    terms = ReferenceTerms(**said)
    begun = current.valid_from if current is not None and current.valid_from < today else None
    begins = today if v["valid_from"] in (None, begun) else v["valid_from"]
    ends = v["valid_to"] or (current.valid_to if current is not None else None)
    unit = check_terms(pair.item, terms)
    check_days(begins, ends, today)
    check_number(stated.of_number(pair, terms.buyer_number), pair.item, terms.buyer_number, begins, ends)
    closed = making_way(own, begins, ends, today)
    judged.action = Action.CREATE if current is None else Action.UPDATE
    judged.name = ("buyer_number", (pair.supplier.id, pair.buyer.id, terms.buyer_number))
    judged.plan = Statement(
        pair.item.id, pair.supplier.id, pair.buyer.id, terms, unit, begins, ends,
        None if closed is None else (closed.id or 0, closed.version),
    )  # fmt: skip


def write(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    state_cross_references(work, actor, [judged.plan for judged in rows])


def lock(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    """The links of the pairs, as whoever states one by one locks them."""
    for items in portions({judged.plan.item_id for judged in rows if judged.plan}):
        links = supply_links_visible_to(actor).where(col(SupplyLink.item_id).in_(items))
        work.rows(links.order_by(col(SupplyLink.id)).with_for_update())


def stamp(work: UnitOfWork, actor: Actor) -> Any:
    return (
        reads.stamp_of(work, cross_references_visible_to(actor), CrossReference),
        reads.stamp_of(work, supply_links_visible_to(actor), SupplyLink), reads.items_stamp(work, actor),
    )  # fmt: skip


def rows(work: UnitOfWork, actor: Actor) -> Iterator[Mapping[str, Any]]:
    """What is in force today between one's own firm and its partners."""
    today = today_of(work.now)
    codes = {firm.id: firm.code for firm in reads.in_portions(work, firms_visible_to(actor), Firm)}
    numbers = reads.item_numbers(work, actor)
    about: Counter[int] = Counter()
    for reference in reads.in_portions(work, cross_references_visible_to(actor), CrossReference):
        if in_force([reference], today) is None or reference.item_id not in numbers:
            continue
        about.update((reference.supplier_id, reference.buyer_id))
        yield {name: getattr(reference, name) for name in (*TERMS, "valid_from", "valid_to")} | {
            "supplier": codes.get(reference.supplier_id), "buyer": codes.get(reference.buyer_id),
            "item_number": numbers[reference.item_id],
        }  # fmt: skip
    note_given(work, actor, SheetKind.CROSS_REFERENCES, about)


REFERENCES = Kind(
    SheetKind.CROSS_REFERENCES, "物料对照", "cross-references", COLUMNS, (Role.SALES, Role.BUYER), judge, write, stamp, rows,
    (
        {"buyer": "91320000MADEM0902K", "item_number": "RV-40E", "buyer_number": "M-7731", "buyer_unit": "套", "buyer_units": "1",
         "item_units": "12", "minimum": "24", "multiple": "12", "valid_from": "2027-01-01"},
        {"supplier": "91320000MADEM0901G", "item_number": "GCR15", "buyer_number": "007-0012"},
    ), most=100_000, lock=lock,
)  # fmt: skip
