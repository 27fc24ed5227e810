"""Take a UBL OrderChange or OrderCancellation in: through the same verbs as pages and API."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from collaboration.changes.forms import ChangedDay, LineChanged
from collaboration.changes.lifecycle import CancellationState
from collaboration.changes.reads import cancellations_of_orders, changes_of_orders
from collaboration.changes.tables import ChangeDecision, LineAction
from collaboration.changes.verbs import answer_order_cancellation, change_order, request_order_cancellation
from collaboration.orders.decisions import due_on
from collaboration.orders.tables import Reason
from exchange import reads
from exchange.order_rows import SELLERS, Shelf, item_of
from exchange.outcome import Outcome, Report, Told, left_out_told
from exchange.taking_in import Standing, of_a_firm, reason_of, refused, standing_order, tried
from exchange.ubl.changes import ActionCode, ChangedLine, OrderChangeDocument
from exchange.ubl.documents import WantedSchedule
from exchange.ubl.read_change import read_order_cancellation, read_order_change
from exchange.ubl.reading import shown
from exchange.units import factor, over, times, unit_shown
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.quantities import ZERO, plain
from kernel.work import UnitOfWork

ACTIONS = {
    ActionCode.ADD: LineAction.ADD, ActionCode.DELETE: LineAction.DELETE, ActionCode.CHANGE: LineAction.CHANGE,
    ActionCode.REOPEN: LineAction.REOPEN,
}  # fmt: skip
FIELDS = {
    "number": "LineItem/ID", "lineId": "LineItem/ID", "itemId": "LineItem/Item", "quantity": "LineItem/Quantity",
    "unitPrice": "LineItem/Price/PriceAmount", "schedules": "LineItem/Delivery", "action": "LineItem/LineStatusCode",
    "note": "Note", "lines": "OrderLine",
}  # fmt: skip


def import_order_change(work: UnitOfWork, actor: Actor, content: bytes) -> Outcome:
    """Ask for the change in a file, or say everything that is wrong with it. Raises NotAllowedNow."""
    of_a_firm(actor, Role.BUYER)
    change, faults = read_order_change(content)
    if change is None:
        return refused(faults)
    report = Report()
    standing = standing_order(
        work, actor, report, "OrderChange", number=change.order_number, buyer=change.buyer, seller=change.seller
    )
    if standing is not None and standing.side is not Side.BUYER:
        report.complain(
            "OrderChange", "BuyerCustomerParty/Party", "an order is changed by its buyer, and you are its seller",
            "订单由采购方变更，而贵单位是供应方",
        )  # fmt: skip
    if standing is None or standing.side is not Side.BUYER:
        return report.refused()
    _check_heading(report, change, standing, len(changes_of_orders(work, actor, [standing.order.id])))
    asked, places = _lines(work, actor, report, change, standing)
    if not report.faulty:
        tried(
            work, report, document="OrderChange", places=places, fields=FIELDS,
            act=lambda: change_order(
                work, actor, order_id=standing.order.id, expected_version=standing.order.version, lines=asked,
                note=change.note,
            ),
        )  # fmt: skip
    if report.faulty:
        return report.refused()
    told = Told(
        f"change {change.sequence} of order {change.order_number}: {len(asked)} line(s)",
        f"订单 {change.order_number} 的第 {change.sequence} 次变更：共 {len(asked)} 行",
    )
    done = (told, *report.remarks(), left_out_told(change.left_out))
    return Outcome(done, subject=("Order", standing.order.id))


def _check_heading(report: Report, change: OrderChangeDocument, standing: Standing, earlier: int) -> None:
    """A file that comes twice must not change an order twice, and one that is missing must not be passed over."""
    if change.sequence != earlier + 1:
        en = "was taken in before" if change.sequence <= earlier else f"is not the next, which is {earlier + 1}"
        zh = "已处理过" if change.sequence <= earlier else f"不是下一次变更（应为 {earlier + 1}）"
        report.complain(
            "OrderChange", "SequenceNumberID", f"change {change.sequence} of this order {en}; number changes in sequence",
            f"该订单的第 {change.sequence} 次变更{zh}；请依次编号",
        )  # fmt: skip
    if change.currency and change.currency != standing.order.currency:
        ours = standing.order.currency
        report.complain(
            "OrderChange", "DocumentCurrencyCode", f"the order is in {ours}, a change keeps its currency",
            f"订单货币为 {ours}，变更不得更改货币",
        )  # fmt: skip


def _lines(
    work: UnitOfWork, actor: Actor, report: Report, change: OrderChangeDocument, standing: Standing
) -> tuple[list[LineChanged], list[str]]:
    """(what the verb is asked, where each of it stands in the file)."""
    shelf = _shelf(work, actor, change, standing)
    asked, places = [], []
    for position, changed in enumerate(change.lines, start=1):
        place = f"OrderLine {position}"
        if changed.action is ActionCode.NONE:
            continue
        one = (
            _added(report, place, changed, shelf)
            if changed.action is ActionCode.ADD
            else _changed(report, place, changed, standing)
        )
        if one is not None:
            asked.append(one)
            places.append(place)
    if not asked and not report.faulty:
        report.complain(
            "OrderChange", "OrderLine", "nothing of the order would change by this file", "该文件不会改变订单的任何内容"
        )
    return asked, places


def _shelf(work: UnitOfWork, actor: Actor, change: OrderChangeDocument, standing: Standing) -> Shelf:
    seller = next(firm for firm in standing.partners if firm.id == standing.order.seller_id)
    numbers = {c.line.buyers_item_number for c in change.lines if c.line.buyers_item_number}
    _, meant = reads.items_to_order(work, actor, numbers)
    offered = reads.range_of(work, actor, seller.id)
    return Shelf(
        seller, {i.number: i for i in offered}, {i.id: i for i in offered},
        {number: found for (firm_id, number), found in meant.items() if firm_id == seller.id}, {}, today_of(work.now),
    )  # fmt: skip


def _added(report: Report, place: str, changed: ChangedLine, shelf: Shelf) -> LineChanged | None:
    item = item_of(report, place, changed.line, shelf)
    if not changed.line.number.isdigit() or len(changed.line.number) > 6:
        report.complain(
            place, "LineItem/ID", "an added line has a whole number, 1 to 999999", "新增行的行号须为 1 至 999999 的整数"
        )
        return None
    if item is None:
        return None
    terms = _in_unit(report, place, changed, item.unit)
    if terms is None:
        return None
    price, wanted = terms
    days = [ChangedDay(day.quantity, day.wanted_on) for day in wanted if day.wanted_on]
    return LineChanged(
        LineAction.ADD, number=int(changed.line.number), item_id=item.id, unit_price=price, schedules=days
    )


def _changed(report: Report, place: str, changed: ChangedLine, standing: Standing) -> LineChanged | None:
    line = standing.lines.get(changed.line.number.lstrip("0"))
    if line is None:
        report.complain(
            place, "LineItem/ID", f"the order has no line {shown(changed.line.number)}; code 1 adds one",
            f"订单没有第 {shown(changed.line.number)} 行；新增行请用代码 1",
        )  # fmt: skip
        return None
    _check_item(report, place, changed, standing.items[line.item_id])
    if changed.action is ActionCode.DELETE:
        return LineChanged(LineAction.DELETE, line_id=line.id)
    terms = _in_unit(report, place, changed, line.unit)
    if terms is None:
        return None
    price, wanted = terms
    price = None if price == line.unit_price else price
    quantity = sum((day.quantity for day in wanted), ZERO) if changed.has_quantity else None
    days = days_between(standing.days[line.id], wanted) if changed.has_days else []
    if not changed.has_days and quantity == line.quantity:
        quantity = None
    action = ACTIONS[changed.action]
    if action is LineAction.CHANGE and price is None and not days and (quantity is None or changed.has_days):
        report.remark(place, "stays as it is", "没有变化")
        return None
    return LineChanged(action, line_id=line.id, quantity=quantity, unit_price=price, schedules=days)


def _check_item(report: Report, place: str, changed: ChangedLine, item: Any) -> None:
    said = changed.line.sellers_item_number
    if said and said != item.number:
        report.complain(
            place, SELLERS,
            f"line {changed.line.number} orders {item.number}; a change keeps the item: delete the line and add another",
            f"第 {changed.line.number} 行订购 {item.number}；变更不得更换物料，请删除该行并新增一行",
        )  # fmt: skip


def _in_unit(
    report: Report, place: str, changed: ChangedLine, unit: str
) -> tuple[Decimal | None, list[WantedSchedule]] | None:
    """Price and days in the unit the order counts in, or None when it was complained of."""
    line = changed.line
    rate = factor(line.unit, unit) if line.unit else Decimal(1)
    if rate is None:
        report.complain(
            place, "LineItem/Quantity/@unitCode",
            f"the line is ordered in {unit_shown(unit, 'en')}; state quantity and price in {unit}",
            f"该行的计量单位为 {unit_shown(unit, 'zh')}；请按 {unit} 填写数量和价格",
        )  # fmt: skip
        return None
    try:
        price = None if line.unit_price is None else over(line.unit_price, rate)
        return price, [WantedSchedule(day.wanted_on, times(day.quantity, rate)) for day in line.schedules]
    except ValueError:
        report.complain(
            place, "LineItem/Quantity", f"{plain(line.quantity)} {line.unit} is no exact quantity in {unit}; state it in {unit}",
            f"{plain(line.quantity)} {line.unit} 无法精确换算为 {unit}；请按 {unit} 填写",
        )  # fmt: skip
        return None


def days_between(
    standing: Sequence[Any], wanted: Sequence[WantedSchedule], *, name_all: bool = False
) -> list[ChangedDay]:
    """What turns the days a line has into those it is to have; a day that stays is not named, unless ``name_all``.

    A wanted day takes the schedule of the same day; the rest pair in their order, what is left over is dropped or one more.
    """
    live = [schedule for schedule in standing if schedule.quantity]
    by_day = {due_on(schedule): schedule for schedule in reversed(live)}
    pairs = [(by_day.pop(day.wanted_on, None), day) if day.wanted_on else (None, day) for day in wanted]
    free = [s for s in live if not any(s is taken for taken, _ in pairs)]
    found = []
    for schedule, day in pairs:
        one = schedule or (free.pop(0) if free else None)
        if one is None:
            found.append(ChangedDay(day.quantity, day.wanted_on))
        elif name_all or (one.quantity - one.never, due_on(one)) != (day.quantity, day.wanted_on):
            found.append(ChangedDay(day.quantity, day.wanted_on, one.id))
    return [*found, *(ChangedDay(ZERO, schedule_id=schedule.id) for schedule in free)]


def import_order_cancellation(work: UnitOfWork, actor: Actor, content: bytes) -> Outcome:
    """Ask that the rest of an order be cancelled, or agree where the other side asked before. Raises NotAllowedNow."""
    of_a_firm(actor, Role.BUYER, Role.SALES)
    document, faults = read_order_cancellation(content)
    if document is None:
        return refused(faults)
    report = Report()
    standing = standing_order(
        work, actor, report, "OrderCancellation", number=document.order_number, buyer=document.buyer,
        seller=document.seller,
    )  # fmt: skip
    if standing is None or report.faulty:
        return report.refused()
    reason, rest = reason_of(document.cancellation_note)
    if reason is None:
        listed = ", ".join(Reason.__members__)
        report.remark(
            "OrderCancellation, CancellationNote", f"begins with none of the reasons {listed}; taken as OTHER",
            f"未以原因代码（{listed}）开头；按 OTHER 处理",
        )  # fmt: skip
    order = standing.order
    asked = [
        c
        for c in cancellations_of_orders(work, actor, [order.id])
        if c.state is CancellationState.REQUESTED and c.requested_by is not standing.side
    ]
    note = "\n".join(text for text in (rest, document.note) if text)

    def act() -> Any:
        if asked:
            return answer_order_cancellation(
                work, actor, cancellation_id=asked[0].id, expected_version=order.version, decision=ChangeDecision.ACCEPT,
                note=note,
            )  # fmt: skip
        return request_order_cancellation(
            work, actor, order_id=order.id, expected_version=order.version, reason=reason or Reason.OTHER, note=note
        )

    tried(work, report, act, places=(), fields={"note": "CancellationNote"}, document="OrderCancellation")
    if report.faulty:
        return report.refused()
    what = (
        ("the other side's cancellation is agreed to", "已同意对方的取消请求")
        if asked
        else ("cancellation asked for", "已请求取消")
    )
    told = Told(f"order {order.number}: {what[0]}", f"订单 {order.number}：{what[1]}")
    return Outcome((told, *report.remarks(), left_out_told(document.left_out)), subject=("Order", order.id))
