"""What a change does to the lines of an order once it counts: before anything is agreed, or by both sides' will."""

from collections.abc import Sequence

from collaboration.changes.judging import Asked, Day, check_not_below_shipped, check_not_past
from collaboration.changes.standing import Standing
from collaboration.changes.tables import LineAction
from collaboration.orders.agreeing import promise
from collaboration.orders.asking import new_line, new_schedules
from collaboration.orders.decisions import due_on, kept_of, shipping_state, to_ship
from collaboration.orders.lifecycle import LINE_LIFE, LineState
from collaboration.orders.tables import OrderLine, Schedule
from kernel.access import Side
from kernel.clock import today_of
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

OUTCOME = {LineAction.CHANGE: "changed", LineAction.DELETE: "deleted", LineAction.REOPEN: "reopened"}


def ask_anew(work: UnitOfWork, standing: Standing, asked: Sequence[Asked]) -> list[OrderLine]:
    """Nothing is agreed yet: what the buyer wants stands changed, and the seller answers that. The lines it touches."""
    by_id, added = {line.id: line for line in standing.lines}, _add_lines(work, standing, asked)
    touched = []
    for one in asked:
        line = by_id.get(one.line_id) or added[one.number]
        touched.append(line)
        if one.action is LineAction.ADD:
            continue
        line.state = LINE_LIFE.after(line.state, "change_order", by=Side.BUYER, outcome=OUTCOME[one.action])
        if one.action is LineAction.REOPEN:
            _unbind(line, standing.of(line))
        if one.action is not LineAction.DELETE:
            _set_terms(work, line, standing.of(line), one, agreed=False)
    return touched


def _unbind(line: OrderLine, schedules: Sequence[Schedule]) -> None:
    """Nobody is bound any more: what was agreed last is what is wanted, and the seller has yet to promise it."""
    line.agreed_rule = line.backorder_maximum = None
    for schedule in schedules:
        schedule.wanted_on = due_on(schedule)
        schedule.promised_on = schedule.expected_on = None


def bind(work: UnitOfWork, standing: Standing, agreed: Sequence[Asked], *, verb: str, by: Side) -> list[OrderLine]:
    """Both are bound by the change from now on. The lines it touches. Raises NotAllowedNow below what was shipped, and for a day that passed."""
    today = today_of(work.now)
    by_id, added = {line.id: line for line in standing.lines}, _add_lines(work, standing, agreed)
    touched = []
    for one in agreed:
        if one.action is LineAction.NONE:
            continue
        check_not_past(one, () if one.line_id is None else standing.of(by_id[one.line_id]), today)
        line = by_id.get(one.line_id) or added[one.number]
        touched.append(line)
        if one.action is LineAction.ADD:
            _bind_days(standing.of(line))
            line.state = LineState.CONFIRMED
        else:
            _bind(work, line, standing.of(line), one, verb=verb, by=by)
    return touched


def _bind(work: UnitOfWork, line: OrderLine, days: list[Schedule], one: Asked, *, verb: str, by: Side) -> None:
    check_not_below_shipped(one, days)
    line.state = LINE_LIFE.after(line.state, verb, by=by, outcome=OUTCOME[one.action])
    if one.action is LineAction.DELETE:
        cancel_rest(line, days)
        return
    _set_terms(work, line, days, one, agreed=True)
    line.state, line.agreed_rule = shipping_state(days), None


def cancel_rest(line: OrderLine, schedules: Sequence[Schedule]) -> None:
    """Both let go of what was not shipped: less is agreed, so nobody falls short of it; what was shipped stays."""
    if not any(kept_of(s) or s.received for s in schedules):
        line.state = LineState.CANCELLED
        return
    for schedule in schedules:
        schedule.quantity -= to_ship(schedule)
    line.quantity = line.ordered_quantity = sum((s.quantity for s in schedules), ZERO)
    line.state = shipping_state(schedules)


def _add_lines(work: UnitOfWork, standing: Standing, asked: Sequence[Asked]) -> dict[int, OrderLine]:
    """The lines that are more than there were, by their number; OPEN until both are bound."""
    assert standing.order.id is not None
    more = [one for one in asked if one.action is LineAction.ADD]
    lines = []
    for one in more:
        assert one.quantity is not None and one.unit_price is not None
        lines.append(new_line(standing.order.id, one.number, one.item_id, one.unit, one.quantity, one.unit_price))
    work.session.add_all(lines)
    work.session.flush()
    for line, one in zip(lines, more, strict=True):
        standing.schedules[line.id or 0] = new_schedules(line, one.days)
        work.session.add_all(standing.of(line))
    standing.lines += lines
    return {line.number: line for line in lines}


def _set_terms(work: UnitOfWork, line: OrderLine, schedules: list[Schedule], one: Asked, *, agreed: bool) -> None:
    first = not any(s.promised_on for s in schedules)
    _set_days(work, line, schedules, one, agreed=agreed)
    if agreed and first:
        _bind_days(schedules)
    line.quantity = line.ordered_quantity = sum((s.quantity for s in schedules), ZERO)
    if one.unit_price is not None:
        line.unit_price = one.unit_price
    line.ordered_unit_price, line.ordered_item_id = line.unit_price, line.item_id


def _set_days(work: UnitOfWork, line: OrderLine, schedules: list[Schedule], one: Asked, *, agreed: bool) -> None:
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
    (schedule,) = new_schedules(line, [day], after=max((s.number for s in schedules), default=0))
    schedules.append(schedule)
    work.session.add(schedule)
    return schedule


def _bind_days(schedules: Sequence[Schedule]) -> None:
    """Nobody had promised a day of this line: all are promised as wanted."""
    for schedule in schedules:
        if schedule.promised_on is None and schedule.quantity:
            promise(schedule, schedule.wanted_on)
