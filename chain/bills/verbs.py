"""State what an item is made of, from a day on; end a bill."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import col

from chain.bills.decisions import Part, circle, levels
from chain.bills.events import BillEnded, BillStated
from chain.bills.reads import made_of, open_bills
from chain.bills.tables import BillLine, BillOfMaterial
from chain.bills.visibility import bills_visible_to
from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.items.decisions import FAR, check_days, day_before, giving_way
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, NotAllowedNow, NotFound, Rule
from kernel.quantities import positive
from kernel.work import UnitOfWork

MOST_LINES = 2_000
DEEPEST = 30
LONGEST_NOTE = 400
OWN = Rule("bill.maker", "该物料的生产企业", "the firm that makes the item")
CIRCLE = Rule("bill.circle", "生产企业终止环路中的某一物料清单", "the maker, by ending a bill of the circle")
SIZE = Rule("bill.size", "生产企业拆分为中间件", "the maker, by splitting it into assemblies")
PAST = Rule("bill.past", "自今天起重新登记", "whoever states it, by letting it begin today")


def state_bill(
    work: UnitOfWork,
    actor: Actor,
    *,
    item_id: int,
    parts: Sequence[Part],
    valid_from: date | None = None,
    valid_to: date | None = None,
    note: str = "",
) -> BillOfMaterial:
    """The maker says what one unit of an item is made of; the bill without an end before it closes the day before.

    Components are the firm's own items, or those it is supplied with. Raises NotFound, NotAllowedNow, Invalid, Limit.
    """
    require(actor, Role.PLANNER)
    assert actor.party_id is not None
    item = work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    if item.firm_id != actor.party_id:
        raise NotAllowedNow("only its maker says what an item is made of", "物料清单只能由生产企业登记", rule=OWN)
    # Bills of one firm are stated one after the other: two at once could close a circle neither of them sees.
    work.one(firms_visible_to(actor).where(col(Firm.id) == actor.party_id), lock=True)
    today = today_of(work.now)
    valid_from = valid_from or today
    check_days(valid_from, valid_to, today)
    if len(note) > LONGEST_NOTE:
        raise Invalid("note", f"a note has at most {LONGEST_NOTE} characters", f"备注最多 {LONGEST_NOTE} 个字符")
    components = _check_parts(work, actor, item, parts)
    periods = work.all(bills_visible_to(actor).where(col(BillOfMaterial.item_id) == item_id))
    closed = _room(periods, valid_from, valid_to, today)
    _check_circle(work, actor, item, components, closed, today)
    if closed is not None:
        closed.valid_to = day_before(valid_from)
        assert closed.id is not None
        work.record(BillEnded(bill_id=closed.id, valid_to=closed.valid_to))
    bill = work.add(
        BillOfMaterial(
            firm_id=actor.party_id,
            item_id=item_id,
            number=1 + max((p.number for p in periods), default=0),
            valid_from=valid_from,
            valid_to=valid_to,
            note=note,
            line_count=len(parts),
            stated_at=work.now,
        )  # fmt: skip
    )
    assert bill.id is not None
    work.session.add_all(
        BillLine(
            bill_id=bill.id, position=n, component_id=part.component_id, quantity_per=part.quantity_per,
            scrap_percent=part.scrap_percent,
        )
        for n, part in enumerate(parts, start=1)
    )  # fmt: skip
    work.record(
        BillStated(bill_id=bill.id, number=bill.number, lines=len(parts), valid_from=valid_from, valid_to=valid_to)
    )
    return bill


def _check_parts(work: UnitOfWork, actor: Actor, item: Item, parts: Sequence[Part]) -> Mapping[int, Item]:
    """The components by number, once every line is right. Raises Invalid, NotFound, Limit."""
    if not parts:
        raise Invalid("lines", "a bill has at least one line", "物料清单至少包含一行")
    if len(parts) > MOST_LINES:
        raise Limit(
            f"a bill has at most {MOST_LINES} lines", f"物料清单最多 {MOST_LINES} 行", fields=("lines",), rule=SIZE
        )
    wanted = {part.component_id for part in parts}
    found = {i.id: i for i in work.all(items_visible_to(actor).where(col(Item.id).in_(wanted))) if i.id is not None}
    seen: set[int] = set()
    for n, part in enumerate(parts):
        if part.component_id not in found:
            raise NotFound(f"lines.{n}.componentId")
        if part.component_id == item.id:
            raise Invalid(f"lines.{n}.componentId", "an item is no part of itself", "物料不能由自身构成", rule=CIRCLE)
        if part.component_id in seen:
            raise Invalid(
                f"lines.{n}.componentId", "a component stands in a bill once; add the quantities up",
                "同一组成物料在清单中只能出现一次；请合并数量",
            )  # fmt: skip
        seen.add(part.component_id)
        positive(part.quantity_per, f"lines.{n}.quantityPer")
        if not 0 <= part.scrap_percent <= 100:
            raise Invalid(f"lines.{n}.scrapPercent", "scrap is 0 to 100 percent", "损耗率应在 0 至 100 之间")
    return found


def _room(
    periods: Sequence[BillOfMaterial], valid_from: date, valid_to: date | None, today: date
) -> BillOfMaterial | None:
    """The open bill the new one follows. Raises Invalid where another stands in the way, or the past would move."""
    closed, others = giving_way(periods, valid_from, valid_to)
    if others:
        other = min(others, key=lambda p: p.valid_from)
        last = other.valid_to if other.valid_to not in (None, FAR) else None
        raise Invalid(
            "validFrom", f"bill {other.number} from {other.valid_from} to {last or 'further notice'} stands in the way; end it first",
            f"与第 {other.number} 版清单（{other.valid_from} 至 {last or '另行通知'}）重叠；请先终止该清单",
        )  # fmt: skip
    if closed is not None and valid_from < today:
        raise Invalid(
            "validFrom", "what was in force until yesterday stays as it was; let the new bill begin today or later",
            "昨天及以前已生效的清单不再改动；新清单应自今天或以后生效", rule=PAST,
        )  # fmt: skip
    return closed


def _check_circle(
    work: UnitOfWork,
    actor: Actor,
    item: Item,
    components: Mapping[int, Item],
    closed: BillOfMaterial | None,
    today: date,
) -> None:
    """Over all bills of the firm that are not yet over, whenever they begin. Raises Invalid showing it, Limit."""
    assert item.id is not None
    bills = [b for b in open_bills(work, actor, today) if closed is None or b.id != closed.id]
    below = made_of(work, actor, bills)
    below[item.id] = below.get(item.id, set()) | components.keys()
    if way := circle(below, item.id):
        known = {i.id: i.number for i in work.all(items_visible_to(actor).where(col(Item.id).in_(way)))}
        shown = " → ".join(known[i] for i in way)
        raise Invalid(
            "lines",
            f"this closes a circle: {shown}; take out one of its steps",
            f"构成环路：{shown}；请去掉其中一步",
            rule=CIRCLE,
        )
    above: dict[int, set[int]] = {}
    for parent, parts in below.items():
        for part in parts:
            above.setdefault(part, set()).add(parent)
    if levels(below, item.id) + levels(above, item.id) > DEEPEST:
        raise Limit(
            f"bills go at most {DEEPEST} levels deep", f"物料清单最多 {DEEPEST} 层", fields=("lines",), rule=SIZE
        )


def end_bill(work: UnitOfWork, actor: Actor, *, bill_id: int, last_day: date) -> BillOfMaterial:
    """The maker ends a bill; a last day before its first takes it back. Raises NotFound, NotAllowedNow, Invalid."""
    require(actor, Role.PLANNER)
    bill = work.one(bills_visible_to(actor).where(col(BillOfMaterial.id) == bill_id), lock=True, field="billId")
    today = today_of(work.now)
    if bill.valid_to is not None and bill.valid_to < today:
        raise NotAllowedNow(f"this bill ended on {bill.valid_to}", f"该清单已于 {bill.valid_to} 终止", rule=PAST)
    if not day_before(today) <= last_day <= (bill.valid_to or FAR):
        raise Invalid(
            "lastDay",
            "the last day is yesterday or later, and no later than it was",
            "最后一天不得早于昨天，也不得晚于原定日期",
        )
    bill.valid_to = last_day
    work.record(BillEnded(bill_id=bill_id, valid_to=last_day))
    return bill
