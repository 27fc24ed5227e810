"""Where lines and orders stand follows from quantities and lines alone (features.md 3.3)."""

from datetime import date
from decimal import Decimal as D

import pytest

from collaboration.orders.decisions import (
    in_transit,
    late_days,
    order_state,
    room_over,
    shipping_state,
    still_missing,
    to_ship,
)
from collaboration.orders.lifecycle import LineState, OrderState
from collaboration.orders.tables import OrderLine, Schedule

ORDER, L = OrderState, LineState
MONDAY = date(2031, 3, 3)


def schedule(quantity="10", **given):
    amounts = {name: D(value) for name, value in given.items() if not isinstance(value, date)}
    days = {name: value for name, value in given.items() if isinstance(value, date)}
    return Schedule(line_id=1, number=1, quantity=D(quantity), **({"wanted_on": MONDAY} | days), **amounts)


@pytest.mark.parametrize(("lines", "seen", "state"), [
    ([L.OPEN], False, ORDER.PLACED), ([L.OPEN], True, ORDER.ACKNOWLEDGED), ([L.CONFIRMED, L.OPEN], False, ORDER.PLACED),
    ([L.CHANGE_PROPOSED, L.OPEN], True, ORDER.COUNTERED), ([L.CONFIRMED, L.ADDED_PROPOSED], False, ORDER.COUNTERED),
    ([L.CONFIRMED, L.CONFIRMED], True, ORDER.CONFIRMED), ([L.CONFIRMED, L.REJECTED, L.CANCELLED], False, ORDER.CONFIRMED),
    ([L.REJECTED, L.REJECTED], False, ORDER.REJECTED), ([L.REJECTED, L.CANCELLED], False, ORDER.CANCELLED),
    ([L.CANCELLED], True, ORDER.CANCELLED), ([L.CONFIRMED, L.PART_SHIPPED], False, ORDER.IN_DELIVERY),
    ([L.SHIPPED], False, ORDER.IN_DELIVERY), ([L.RECEIVED, L.CONFIRMED], False, ORDER.IN_DELIVERY),
    ([L.RECEIVED, L.CLOSED_SHORT], False, ORDER.DELIVERED), ([L.RECEIVED, L.CANCELLED], False, ORDER.DELIVERED),
])  # fmt: skip
def test_an_orders_state_is_derived_from_its_lines(lines, seen, state):
    assert order_state(lines, acknowledged=seen) is state


@pytest.mark.parametrize(("amounts", "state"), [
    ({}, L.CONFIRMED), ({"shipped": "6"}, L.PART_SHIPPED), ({"shipped": "10"}, L.SHIPPED),
    ({"shipped": "6", "never": "4"}, L.SHIPPED), ({"shipped": "10", "received": "6", "accepted": "6"}, L.PART_RECEIVED),
    ({"shipped": "10", "received": "10", "accepted": "10"}, L.RECEIVED),
    ({"shipped": "10", "received": "10", "accepted": "8", "rejected": "2"}, L.PART_RECEIVED),
    ({"shipped": "10", "received": "8", "accepted": "8", "lost": "2"}, L.PART_RECEIVED),
    ({"shipped": "6", "received": "6", "accepted": "6", "never": "4"}, L.CLOSED_SHORT),
    ({"never": "10"}, L.CLOSED_SHORT), ({"shipped": "10", "lost": "10"}, L.PART_SHIPPED),
    ({"shipped": "11", "received": "10", "accepted": "10"}, L.PART_RECEIVED),
    ({"shipped": "11", "received": "11", "accepted": "11"}, L.RECEIVED),
])  # fmt: skip
def test_a_lines_state_follows_from_what_was_shipped_and_received(amounts, state):
    assert shipping_state([schedule(**amounts)]) is state


def test_a_day_nothing_was_promised_for_does_not_keep_a_line_open():
    assert shipping_state([schedule("0"), schedule(shipped="10", received="10", accepted="10")]) is L.RECEIVED


@pytest.mark.parametrize(("amounts", "owed", "missing", "road"), [
    ({}, "10", "10", "0"), ({"shipped": "6"}, "4", "10", "6"), ({"shipped": "6", "never": "4"}, "0", "6", "6"),
    ({"shipped": "6", "never": "1"}, "3", "9", "6"), ({"shipped": "11"}, "0", "10", "11"),
    ({"shipped": "10", "received": "10", "accepted": "7", "rejected": "3"}, "3", "3", "0"),
    ({"shipped": "10", "received": "8", "accepted": "8", "lost": "2"}, "2", "2", "0"),
])  # fmt: skip
def test_what_is_owed_missing_and_on_the_road(amounts, owed, missing, road):
    one = schedule(**amounts)

    assert (to_ship(one), still_missing(one), in_transit(one)) == (D(owed), D(missing), D(road))


@pytest.mark.parametrize(("amounts", "room"), [
    ({}, "1"), ({"shipped": "10"}, "1"), ({"shipped": "10.4"}, "0.6"), ({"shipped": "11"}, "0"), ({"shipped": "12"}, "0"),
    ({"shipped": "11", "received": "11", "accepted": "9", "rejected": "2"}, "1"), ({"shipped": "6", "never": "4"}, "1"),
])  # fmt: skip
def test_the_room_for_more_is_used_up_by_each_piece_over(amounts, room):
    assert room_over(schedule(**amounts), D(10)) == D(room)


@pytest.mark.parametrize(("state", "given", "days"), [
    (L.CONFIRMED, {}, 2), (L.CONFIRMED, {"promised_on": date(2031, 3, 4)}, 1), (L.CONFIRMED, {"promised_on": date(2031, 3, 6)}, 0),
    (L.RECEIVED, {"accepted": "10"}, 0), (L.CANCELLED, {}, 0), (L.ADDED_PROPOSED, {}, 0), (L.OPEN, {}, 2),
])  # fmt: skip
def test_a_line_is_late_while_something_is_missing_after_its_day(state, given, days):
    line = OrderLine(order_id=1, number=1, item_id=1, unit="C62", quantity=D(10), unit_price=D(1), ordered_quantity=D(10),
                     ordered_unit_price=D(1), ordered_item_id=1, state=state)  # fmt: skip

    assert late_days(line, [schedule(**given)], date(2031, 3, 5)) == days
