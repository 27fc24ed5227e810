"""Send goods on their way, and count what came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col

from collaboration.logistics.decisions import count, load
from collaboration.logistics.events import DespatchAdviceSent, ReceiptPosted
from collaboration.logistics.forms import Counted, Loaded
from collaboration.logistics.lifecycle import DESPATCH_LIFE
from collaboration.logistics.tables import DespatchAdvice, DespatchLine, ReceiptAdvice, ReceiptLine
from collaboration.logistics.visibility import (
    despatch_advices_visible_to,
    despatch_lines_visible_to,
    receipt_lines_visible_to,
)
from collaboration.orders.decisions import DEAD, DONE, room_over, shipping_state, to_ship
from collaboration.orders.events import Moves
from collaboration.orders.moving import lines_of, moves_of, order_to_move, schedules_of, settle
from collaboration.orders.separations import RECEIVING
from collaboration.orders.tables import Order, OrderLine, Schedule, Tolerance
from collaboration.orders.visibility import lines_visible_to, schedules_visible_to, tolerance_between
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule
from kernel.people.separation import require_other
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

MOST_LINES = 2_000
FARTHEST_DAYS = 366


@dataclass
class Moving:
    """The orders an act touches, with what lies under them, all locked."""

    orders: dict[int, Order]
    lines: dict[int, list[OrderLine]]
    schedules: dict[int, list[Schedule]]

    def line(self, order_id: int, line_id: int) -> OrderLine:
        return next(x for x in self.lines[order_id] if x.id == line_id)

    def schedule(self, line_id: int, schedule_id: int) -> Schedule:
        return next(x for x in self.schedules[line_id] if x.id == schedule_id)

    def moves(self, work: UnitOfWork) -> Moves:
        return tuple(m for i, order in self.orders.items() for m in moves_of(work, self.lines[i], order=order.number))

    def settle(self, touched: Sequence[OrderLine]) -> None:
        for line in touched:
            assert line.id is not None
            line.state = shipping_state(self.schedules[line.id])
        for order_id, order in self.orders.items():
            settle(order, self.lines[order_id])


def send_despatch_advice(
    work: UnitOfWork, actor: Actor, *, number: str, shipped_on: date, expected_on: date | None, lines: Sequence[Loaded]
) -> DespatchAdvice:
    """The seller sends goods of one or several orders of one buyer. Raises NotFound, NotAllowedNow, Invalid."""
    places = _places_of(work, actor, lines)
    moving = _lock(
        work, actor, sorted({order_id for order_id, _ in places.values()}), "send_despatch_advice", Role.SALES
    )
    buyers = {order.buyer_id for order in moving.orders.values()}
    if len(buyers) > 1:
        raise Invalid("lines", "one despatch advice goes to one buyer", "一张发货通知只能发往一个采购方")
    _check_number(work, actor, number)
    _check_days(today_of(work.now), shipped_on, expected_on)
    assert actor.party_id is not None
    advice = work.add(
        DespatchAdvice(
            number=number,
            seller_id=actor.party_id,
            buyer_id=buyers.pop(),
            shipped_on=shipped_on,
            expected_on=expected_on,
            sent_at=work.now,
        )  # fmt: skip
    )
    assert advice.id is not None
    over = _over_percents(work, actor, advice.buyer_id, advice.seller_id)
    touched = [
        _load(work, advice.id, moving, places[one.schedule_id], one, over, f"lines.{position}")
        for position, one in enumerate(lines)
    ]
    moving.settle(touched)
    order_ids = tuple(moving.orders)
    sent = DespatchAdviceSent(
        advice_id=advice.id, order_ids=order_ids, number=number, shipped_on=shipped_on, moves=moving.moves(work)
    )
    work.record(sent)
    return advice


def _places_of(work: UnitOfWork, actor: Actor, lines: Sequence[Loaded]) -> dict[int, tuple[int, int]]:
    """Schedule id -> (order id, line id). Raises NotFound, Invalid."""
    if not lines or len(lines) > MOST_LINES:
        raise Invalid("lines", f"a despatch has 1 to {MOST_LINES} lines", f"发货通知须有 1 至 {MOST_LINES} 行")
    asked = [one.schedule_id for one in lines]
    for position, schedule_id in enumerate(asked):
        if schedule_id in asked[:position]:
            raise Invalid(f"lines.{position}.scheduleId", "this schedule is listed twice", "同一交货计划重复填写")
    found = {s.id: s for s in work.all(schedules_visible_to(actor).where(col(Schedule.id).in_(asked)))}
    for position, schedule_id in enumerate(asked):
        if schedule_id not in found:
            raise NotFound(f"lines.{position}.scheduleId")
    line_ids = {s.line_id for s in found.values()}
    orders = {x.id: x.order_id for x in work.all(lines_visible_to(actor).where(col(OrderLine.id).in_(line_ids)))}
    return {s.id: (orders[s.line_id], s.line_id) for s in found.values() if s.id is not None}


def _lock(work: UnitOfWork, actor: Actor, order_ids: Sequence[int], verb: str, duty: Role) -> Moving:
    orders = {i: order_to_move(work, actor, i, verb=verb, duty=duty) for i in order_ids}
    lines = {i: list(lines_of(work, actor, order)) for i, order in orders.items()}
    schedules = schedules_of(work, actor, [x for own in lines.values() for x in own])
    return Moving(orders, lines, schedules)


def _check_days(today: date, shipped_on: date, expected_on: date | None) -> None:
    """Goods leave within a year of today, and arrive after they left. Raises Invalid."""
    if abs((shipped_on - today).days) > FARTHEST_DAYS:
        raise Invalid("shippedOn", f"{shipped_on} is more than a year away", f"{shipped_on} 与今天相差超过一年")
    if expected_on is None:
        return
    if expected_on < shipped_on:
        raise Invalid("expectedOn", "goods arrive on or after the day they leave", "预计到货日期不得早于发货日期")
    if (expected_on - shipped_on).days > FARTHEST_DAYS:
        raise Invalid(
            "expectedOn", f"{expected_on} is more than a year after they leave", f"{expected_on} 晚于发货日期超过一年"
        )


def _check_number(work: UnitOfWork, actor: Actor, number: str) -> None:
    if not number.strip() or len(number) > 60 or not number.isprintable():
        raise Invalid("number", "a despatch number has 1 to 60 characters", "发货单号为 1 至 60 个字符")
    taken = despatch_advices_visible_to(actor).where(
        col(DespatchAdvice.seller_id) == actor.party_id, col(DespatchAdvice.number) == number
    )
    if work.maybe(taken) is not None:
        raise Invalid("number", f"you have a despatch numbered {number} already", f"发货单号 {number} 已存在")


def _over_percents(
    work: UnitOfWork, actor: Actor, buyer_id: int, seller_id: int
) -> Mapping[int | None, Decimal | None]:
    """Item -> the percentage that may be over; None where any quantity may."""
    pair: Sequence[Tolerance] = work.all(tolerance_between(actor, buyer_id=buyer_id, seller_id=seller_id))
    return {t.item_id: None if t.is_over_unlimited else t.quantity_over_percent for t in pair}


def _room(over: Mapping[int | None, Decimal | None], line: OrderLine, schedule: Schedule) -> Decimal:
    return room_over(schedule, over.get(line.item_id, over.get(None, ZERO)))


def _load(
    work: UnitOfWork, advice_id: int, moving: Moving, place: tuple[int, int], one: Loaded,
    over: Mapping[int | None, Decimal | None], where: str,
) -> OrderLine:  # fmt: skip
    order_id, line_id = place
    line, schedule = moving.line(order_id, line_id), moving.schedule(line_id, one.schedule_id)
    if len(one.serials) > 1_000 or any(not s or len(s) > 60 for s in one.serials) or len(one.lot or "") > 60:
        raise Invalid(
            f"{where}.serials",
            "at most 1,000 serials of 1 to 60 characters",
            "序列号最多 1000 个，每个不超过 60 个字符",
        )
    if line.state in DEAD:
        raise NotAllowedNow(
            f"line {line.number} was rejected or cancelled; nothing of it is to be shipped",
            f"第 {line.number} 行已拒绝或取消，无需发货",
            fields=(f"{where}.scheduleId",),
            rule=Rule("despatch.dead_line", "采购方重新下单", "the buyer, by a new order"),
        )
    if line.state in DONE:
        raise NotAllowedNow(
            f"line {line.number} is received or closed short; nothing of it is left to be shipped",
            f"第 {line.number} 行已收货完毕或短交关闭，无需再发货",
            fields=(f"{where}.scheduleId",),
            rule=Rule("despatch.done_line", "采购方重新下单", "the buyer, by a new order"),
        )
    room = _room(over, line, schedule)
    parts = load(one.quantity, one.outstanding, still_open=to_ship(schedule), room_over=room, place=where)
    schedule.shipped += parts.quantity
    schedule.never += parts.never
    work.add(
        DespatchLine(
            advice_id=advice_id,
            order_id=order_id,
            line_id=line_id,
            schedule_id=one.schedule_id,
            unit=line.unit,
            quantity=parts.quantity,
            outstanding=parts.outstanding,
            never=parts.never,
            lot=one.lot,
            serials=list(one.serials),
        )  # fmt: skip
    )
    return line


def post_receipt(work: UnitOfWork, actor: Actor, *, advice_id: int, lines: Sequence[Counted]) -> ReceiptAdvice:
    """The buyer counts what came of a despatch; each line once. Raises NotFound, NotAllowedNow, Invalid."""
    visible = despatch_advices_visible_to(actor).where(col(DespatchAdvice.id) == advice_id)
    advice = work.one(visible, lock=True, field="despatchAdviceId")
    side = Side.BUYER if advice.buyer_id == actor.party_id else Side.SELLER
    DESPATCH_LIFE.after(advice.state, "post_receipt", by=side, outcome="all")
    sent = {
        x.id: x
        for x in work.all(despatch_lines_visible_to(actor).where(col(DespatchLine.advice_id) == advice_id))
        if x.id is not None
    }
    done = _counted_before(work, actor, list(sent))
    _check_counted(lines, sent, done)
    order_ids = sorted({sent[one.despatch_line_id].order_id for one in lines})
    moving = _lock(work, actor, order_ids, "post_receipt", Role.PLANNER)
    for order_id in order_ids:
        require_other(work, actor, RECEIVING, "Order", order_id)
    receipt = work.add(
        ReceiptAdvice(
            advice_id=advice_id,
            seller_id=advice.seller_id,
            buyer_id=advice.buyer_id,
            posted_at=work.now,
            by_user=actor.user_id,
        )
    )
    assert receipt.id is not None
    over = _over_percents(work, actor, advice.buyer_id, advice.seller_id)
    differences, touched = 0, []
    for position, one in enumerate(lines):
        differs = _count(work, receipt.id, moving, sent[one.despatch_line_id], one, over, f"lines.{position}")
        differences += differs
        touched.append(moving.line(sent[one.despatch_line_id].order_id, sent[one.despatch_line_id].line_id))
    whole = len(done) + len(lines) == len(sent)
    advice.state = DESPATCH_LIFE.after(advice.state, "post_receipt", by=Side.BUYER, outcome="all" if whole else "part")
    advice.version += 1
    moving.settle(touched)
    work.record(
        ReceiptPosted(
            receipt_id=receipt.id,
            advice_id=advice_id,
            order_ids=tuple(moving.orders),
            differences=differences,
            moves=moving.moves(work),
        )
    )
    return receipt


def _counted_before(work: UnitOfWork, actor: Actor, line_ids: Sequence[int]) -> set[int]:
    earlier = receipt_lines_visible_to(actor).where(col(ReceiptLine.despatch_line_id).in_(line_ids))
    return {line.despatch_line_id for line in work.all(earlier)}


def _check_counted(lines: Sequence[Counted], sent: Mapping[int, DespatchLine], done: set[int]) -> None:
    if not lines:
        raise Invalid("lines", "a receipt counts at least one line", "收货单至少包含一行")
    seen: set[int] = set()
    for position, one in enumerate(lines):
        place = f"lines.{position}.despatchLineId"
        if one.despatch_line_id not in sent:
            raise NotFound(place)
        if one.despatch_line_id in seen:
            raise Invalid(place, "this line is counted twice", "同一发货行重复收货")
        if one.despatch_line_id in done:
            raise NotAllowedNow(
                "this line was received before; a receipt is corrected by a reversal", "该发货行已收货；更正须通过冲销",
                fields=(place,), rule=Rule("receipt.once", "采购方冲销原收货单", "the buyer, by a reversal"),
            )  # fmt: skip
        seen.add(one.despatch_line_id)


def _count(
    work: UnitOfWork, receipt_id: int, moving: Moving, sent: DespatchLine, one: Counted,
    over: Mapping[int | None, Decimal | None], where: str,
) -> bool:  # fmt: skip
    """Write one counted line and what it means for its schedule; whether it differs from what was sent."""
    line = moving.line(sent.order_id, sent.line_id)
    schedule = moving.schedule(sent.line_id, sent.schedule_id)
    counted = count(
        one.received, one.accepted, one.rejected, sent=sent.quantity,
        room_over=_room(over, line, schedule), has_reason=one.reason is not None, place=where,
    )  # fmt: skip
    schedule.received += counted.received
    schedule.accepted += counted.accepted
    schedule.rejected += counted.rejected
    schedule.lost += counted.short
    schedule.shipped += counted.over
    work.add(
        ReceiptLine(
            receipt_id=receipt_id,
            despatch_line_id=one.despatch_line_id,
            received=counted.received,
            accepted=counted.accepted,
            rejected=counted.rejected,
            short=counted.short,
            over=counted.over,
            reason=one.reason,
        )  # fmt: skip
    )
    return counted.differs
