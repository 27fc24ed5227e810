"""What a change does to the lines of an order once it counts: before anything is agreed, or by both sides' will."""

from collections.abc import Sequence

from collaboration.changes.judging import Asked, Day, check_not_below_shipped
from collaboration.changes.tables import LineAction
from collaboration.orders.agreeing import promise
from collaboration.orders.decisions import due_on, kept_of, shipping_state, to_ship
from collaboration.orders.lifecycle import LINE_LIFE, LineState
from collaboration.orders.moving import lines_of, schedules_of, settle
from collaboration.orders.revisions import keep_revisions
from collaboration.orders.tables import Order, OrderLine, Schedule
from kernel.access import Actor, Side
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

OUTCOME = {LineAction.CHANGE: "changed", LineAction.DELETE: "deleted", LineAction.REOPEN: "reopened"}


def ask_anew(work: UnitOfWork, actor: Actor, order: Order, asked: Sequence[Asked]) -> list[OrderLine]:
    """Nothing is agreed yet: what the buyer wants stands changed, and the seller answers that. The lines it touches."""
    own = {line.id: line for line in lines_of(work, actor, order)}
    schedules = schedules_of(work, actor, list(own.values()))
    touched = []
    for one in asked:
        if one.action is LineAction.ADD:
            touched.append(_add_line(work, order, one))
            continue
        line = own[one.line_id]
        line.state = LINE_LIFE.after(line.state, "change_order", by=Side.BUYER, outcome=OUTCOME[one.action])
        if one.action is not LineAction.DELETE:
            _set_terms(work, line, schedules[line.id or 0], one, agreed=False)
        touched.append(line)
    return touched


def bind(
    work: UnitOfWork, actor: Actor, order: Order, agreed: Sequence[Asked], *, verb: str, by: Side
) -> list[OrderLine]:  # fmt: skip
    """Both are bound by the change from now on. The lines it touches. Raises NotAllowedNow below what was shipped."""
    own = {line.id: line for line in lines_of(work, actor, order)}
    schedules = schedules_of(work, actor, list(own.values()))
    touched = []
    for one in agreed:
        if one.action is LineAction.NONE:
            continue
        if one.action is LineAction.ADD:
            line = _add_line(work, order, one)
            _bind_days(schedules_of(work, actor, [line])[line.id or 0])
            line.state = LineState.CONFIRMED
            touched.append(line)
            continue
        line, days = own[one.line_id], schedules[one.line_id or 0]
        check_not_below_shipped(one, days)
        line.state = LINE_LIFE.after(line.state, verb, by=by, outcome=OUTCOME[one.action])
        if one.action is LineAction.DELETE:
            cancel_rest(line, days)
        else:
            _set_terms(work, line, days, one, agreed=True)
            line.state, line.agreed_rule = shipping_state(days), None
        touched.append(line)
    return touched


def cancel_rest(line: OrderLine, schedules: Sequence[Schedule]) -> None:
    """Both let go of what was not shipped: less is agreed, so nobody falls short of it; what was shipped stays."""
    if not any(kept_of(s) or s.received for s in schedules):
        line.state = LineState.CANCELLED
        return
    for schedule in schedules:
        schedule.quantity -= to_ship(schedule)
    line.quantity = line.ordered_quantity = sum((s.quantity for s in schedules), ZERO)
    line.state = shipping_state(schedules)


def settle_touched(work: UnitOfWork, actor: Actor, order: Order, touched: Sequence[OrderLine], *, act: str) -> None:
    """After any of these acts: the order's state and version, and how the lines it touched stand from now on."""
    settle(order, lines_of(work, actor, order))
    if touched:
        keep_revisions(work, order, touched, schedules_of(work, actor, touched), act=act)


def _add_line(work: UnitOfWork, order: Order, one: Asked) -> OrderLine:
    assert order.id is not None and one.quantity is not None and one.unit_price is not None
    line = work.add(
        OrderLine(
            order_id=order.id, number=one.number, item_id=one.item_id, unit=one.unit, quantity=one.quantity,
            unit_price=one.unit_price, ordered_quantity=one.quantity, ordered_unit_price=one.unit_price,
            ordered_item_id=one.item_id,
        )
    )  # fmt: skip
    assert line.id is not None
    for number, day in enumerate(one.days, start=1):
        work.add(Schedule(line_id=line.id, number=number, wanted_on=day.wanted_on, quantity=day.quantity))
    return line


def _set_terms(
    work: UnitOfWork, line: OrderLine, schedules: list[Schedule], one: Asked, *, agreed: bool
) -> None:  # fmt: skip
    first = not any(s.promised_on for s in schedules)
    _set_days(work, line, schedules, one, agreed=agreed)
    if agreed and first:
        _bind_days(schedules)
    line.quantity = line.ordered_quantity = sum((s.quantity for s in schedules), ZERO)
    if one.unit_price is not None:
        line.unit_price = one.unit_price
    line.ordered_unit_price, line.ordered_item_id = line.unit_price, line.item_id


def _set_days(
    work: UnitOfWork, line: OrderLine, schedules: list[Schedule], one: Asked, *, agreed: bool
) -> None:  # fmt: skip
    by_id = {s.id: s for s in schedules}
    for day in one.days:
        schedule = by_id.get(day.schedule_id) or _one_more(work, line, schedules, day)
        moved = day.wanted_on != due_on(schedule)
        schedule.quantity, schedule.never = day.quantity, ZERO
        if moved and one.offered_by is Side.BUYER:  # what the buyer wants stays, whatever the seller offers instead
            schedule.wanted_on = day.wanted_on
        if agreed and (moved or schedule.promised_on is None):
            promise(schedule, day.wanted_on)


def _one_more(work: UnitOfWork, line: OrderLine, schedules: list[Schedule], day: Day) -> Schedule:
    assert line.id is not None
    number = max((s.number for s in schedules), default=0) + 1
    schedule = work.add(Schedule(line_id=line.id, number=number, wanted_on=day.wanted_on, quantity=day.quantity))
    schedules.append(schedule)
    return schedule


def _bind_days(schedules: Sequence[Schedule]) -> None:
    """Nobody had promised a day of this line: all are promised as wanted."""
    for schedule in schedules:
        if schedule.promised_on is None and schedule.quantity:
            promise(schedule, schedule.wanted_on)
