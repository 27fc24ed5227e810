"""What a workbench says of an order, and how an answer differs: from lines and schedules alone, on a given day."""

from datetime import date
from decimal import Decimal

from collaboration.orders.decisions import (
    Allowed,
    DeviationKind,
    Matched,
    Outlook,
    Terms,
    deviations,
    late_days,
    outlook,
)
from collaboration.orders.lifecycle import LineState, OrderState
from collaboration.orders.tables import OrderLine, Schedule

PLACED = date(2030, 3, 1)


def line(line_id, state=LineState.CONFIRMED):
    one = Decimal(1)
    return OrderLine(
        id=line_id, order_id=1, number=line_id * 10, item_id=1, unit="C62", quantity=one, unit_price=one,
        ordered_quantity=one, ordered_unit_price=one, ordered_item_id=1, state=state,
    )  # fmt: skip


def schedule(wanted, quantity=10, *, promised=None, accepted=0, never=0):
    return Schedule(
        line_id=1, number=1, wanted_on=wanted, promised_on=promised, quantity=Decimal(quantity),
        accepted=Decimal(accepted), never=Decimal(never),
    )  # fmt: skip


def test_an_unanswered_order_tells_how_long_it_has_waited_and_what_comes_first():
    lines = [line(1, LineState.OPEN), line(2, LineState.OPEN)]
    schedules = {1: [schedule(date(2030, 4, 2)), schedule(date(2030, 4, 9))], 2: [schedule(date(2030, 4, 5))]}

    seen = outlook(OrderState.PLACED, PLACED, lines, schedules, date(2030, 3, 6))

    assert seen == Outlook(2, 2, 0, 0, date(2030, 4, 2), 5, date(2030, 3, 4))


def test_an_answered_order_has_no_answer_due():
    lines = [line(1), line(2, LineState.CHANGE_PROPOSED), line(3, LineState.ADDED_PROPOSED)]
    schedules = {n: [schedule(date(2030, 4, n))] for n in (1, 2, 3)}

    seen = outlook(OrderState.COUNTERED, PLACED, lines, schedules, date(2030, 3, 6))

    assert seen == Outlook(3, 0, 2, 0, date(2030, 4, 1), None, None)


def test_a_line_is_late_by_its_agreed_day_where_there_is_one():
    early = schedule(date(2030, 4, 1), promised=date(2030, 4, 8))

    assert late_days(line(1), [early], date(2030, 4, 8)) == 0
    assert late_days(line(1), [early], date(2030, 4, 10)) == 2
    assert late_days(line(1), [schedule(date(2030, 4, 1))], date(2030, 4, 2)) == 1


def test_what_was_accepted_given_up_rejected_or_never_asked_for_is_not_late():
    past, today = date(2030, 4, 1), date(2030, 5, 1)

    assert late_days(line(1), [schedule(past, accepted=10)], today) == 0
    assert late_days(line(1), [schedule(past, accepted=6, never=4)], today) == 0
    assert late_days(line(1), [schedule(past, accepted=6, never=3)], today) == 30
    for state in (LineState.REJECTED, LineState.CANCELLED, LineState.ADDED_PROPOSED):
        assert late_days(line(1, state), [schedule(past)], today) == 0


def test_dead_lines_leave_no_day_due():
    lines = [line(1, LineState.REJECTED), line(2)]
    schedules = {1: [schedule(date(2030, 4, 1))], 2: [schedule(date(2030, 4, 9), accepted=10)]}

    seen = outlook(OrderState.DELIVERED, PLACED, lines, schedules, date(2030, 5, 1))

    assert (seen.next_due_on, seen.late_lines) == (None, 0)


def test_differences_tell_amount_percent_and_what_is_tolerated():
    allowed = Allowed("r", Decimal(5), Decimal(2), days_early=1, days_late=3, price_percent=Decimal(1))
    days = [
        Matched(1, date(2030, 4, 1), date(2030, 4, 9), Decimal(90)),
        Matched(None, date(2030, 4, 1), None, Decimal(6)),
    ]

    found = deviations(
        Terms(Decimal(100), Decimal(20), 1), Terms(Decimal(96), Decimal("20.5"), 2), days, allowed, "CNY"
    )  # fmt: skip

    item, quantity, price, day, backorder = found
    assert (item.kind, item.inside) == (DeviationKind.ITEM, False)
    assert (quantity.kind, quantity.by, quantity.percent, quantity.inside) == (
        DeviationKind.QUANTITY, Decimal(-4), Decimal(-4), True,
    )  # fmt: skip
    assert (price.asked, price.offered, price.percent, price.inside) == ("20", "20.5", Decimal("2.5"), False)
    assert (day.asked, day.offered, day.by, day.least, day.most) == ("2030-04-01", "2030-04-09", 8, -1, 3)
    assert (backorder.kind, backorder.offered, backorder.inside) == (DeviationKind.BACKORDER, "6", False)
    assert str(quantity) == "quantity 100 -> 96"
    assert str(day) == "2030-04-01 -> 2030-04-09 (+8 d)"


def test_a_free_line_has_no_percent_to_tell():
    found = deviations(Terms(Decimal(1), Decimal(0), 1), Terms(Decimal(1), Decimal(5), 1), [], Allowed("r"), "CNY")

    assert [(d.percent, d.inside) for d in found] == [(None, False)]
