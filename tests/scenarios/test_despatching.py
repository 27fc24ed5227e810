"""A seller sends goods: what leaves, what will still come, what never does (features.md 3.8, F1)."""

import pytest

from tests.scenarios.players import day, line


def confirmed(cast, quantity="10", *, over="0", **given):
    if over != "0":
        cast.chain_master.tolerates(cast.gearworks, quantityOverPercent=over)
    order = cast.chain_master.places_order(to=cast.gearworks, quantity=quantity, **given)
    cast.gearworks.accepts_all(order)
    return order


def amounts(cast, order, line=1, schedule=0):
    one = cast.chain_master.schedules_of(order, line)[schedule]
    return one["shipped"], one["never"], one["toShip"]


@pytest.mark.parametrize(("outstanding", "told", "never", "to_ship", "state"), [
    ("4", "4", "0", "4", "PART_SHIPPED"), ("0", "0", "4", "0", "SHIPPED"), ("3", "3", "1", "3", "PART_SHIPPED"),
    (None, "4", "0", "4", "PART_SHIPPED"),
])  # fmt: skip
def test_outstanding_is_what_will_still_come(cast, outstanding, told, never, to_ship, state):
    """Appendix A: ordered 10, sent 6: outstanding 4 = rest follows; 0 = rest never; 3 = one never."""
    order = confirmed(cast)

    advice = cast.gearworks.ships((order, 1, "6", outstanding))

    (sent,) = advice["despatchAdvice"]["lines"]
    assert (sent["quantity"], sent["outstandingQuantity"], sent["never"]) == ("6", told, never)
    assert amounts(cast, order) == ("6", never, to_ship)
    assert cast.chain_master.line_states(order) == {1: state}
    assert cast.chain_master.state_of(order) == "IN_DELIVERY"


def test_one_despatch_carries_schedules_of_several_orders_of_one_buyer(cast):
    first, second = confirmed(cast), confirmed(cast, lines=[line("RV-40E", "5"), line("HD-25", "8")])

    advice = cast.gearworks.ships((first, 1, "10"), (second, 2, "8"))

    assert advice["despatchAdvice"]["state"] == "DESPATCHED"
    assert [x["schedule"]["shipped"] for x in advice["despatchAdvice"]["lines"]] == ["10", "8"]
    assert cast.chain_master.line_states(first) == {1: "SHIPPED"}
    assert cast.chain_master.line_states(second) == {1: "CONFIRMED", 2: "SHIPPED"}
    assert [a["number"] for a in cast.chain_master.advices_of(second)] == [advice["despatchAdvice"]["number"]]
    for order in (first, second):
        assert cast.chain_master.history_of(order)[-1]["event"] == "DespatchAdviceSent"


def test_lots_and_serial_numbers_travel_with_the_goods(cast):
    order = confirmed(cast, "2")
    schedule = cast.gearworks.schedules_of(order)[0]["id"]

    cast.gearworks.ships(
        (order, 1, "2"), lines=[{"scheduleId": schedule, "quantity": "2", "lot": "L-7", "serials": ["S1", "S2"]}]
    )

    (sent,) = cast.chain_master.advices_of(order)[0]["lines"]
    assert (sent["lot"], sent["serials"]) == ("L-7", ["S1", "S2"])


def test_more_than_is_open_leaves_only_within_the_tolerance(cast, nothing_changes):
    order = confirmed(cast, over="10")

    with nothing_changes():
        refused = cast.gearworks.ships((order, 1, "11.000001"))
    assert (refused.refusals, refused.fields) == (["NOT_ALLOWED_NOW"], ["lines.0.quantity"])
    assert "despatch.more_than_open" in refused.rule

    (sent,) = cast.gearworks.ships((order, 1, "11"))["despatchAdvice"]["lines"]
    assert (sent["quantity"], sent["outstandingQuantity"], sent["never"]) == ("11", "0", "0")


def test_the_tolerance_is_used_up_once_not_with_each_despatch(cast, nothing_changes):
    order = confirmed(cast, over="10")
    cast.gearworks.ships((order, 1, "10.4"))

    with nothing_changes():
        assert cast.gearworks.ships((order, 1, "0.7")).refusals == ["NOT_ALLOWED_NOW"]

    assert cast.gearworks.ships((order, 1, "0.6")).refusals == []
    with nothing_changes():
        assert cast.gearworks.ships((order, 1, "0.1")).refusals == ["NOT_ALLOWED_NOW"]


def test_goods_still_on_the_road_keep_a_line_from_being_received(cast, nothing_changes):
    order = confirmed(cast, over="10")
    first, more = cast.gearworks.ships((order, 1, "10")), cast.gearworks.ships((order, 1, "1"))

    cast.chain_master.receives(first)
    assert (cast.chain_master.state_of(order), cast.chain_master.line_states(order)) == (
        "IN_DELIVERY",
        {1: "PART_RECEIVED"},
    )
    with nothing_changes():
        assert cast.chain_master.accepts_delivery(order).refusals == ["NOT_ALLOWED_NOW"]

    cast.chain_master.receives(more)
    assert (cast.chain_master.state_of(order), cast.chain_master.line_states(order)) == ("DELIVERED", {1: "RECEIVED"})


def test_nothing_leaves_for_a_line_that_is_done(cast, nothing_changes):
    order = confirmed(cast, over="50", lines=[line("RV-40E", "10"), line("RV-80E", "10"), line("HD-25", "10")])
    cast.chain_master.receives(cast.gearworks.ships((order, 1, "10")))
    cast.chain_master.receives(cast.gearworks.ships((order, 2, "4")))
    cast.chain_master.closes_short(order, 2)

    with nothing_changes():
        for number in (1, 2):
            refused = cast.gearworks.ships((order, number, "1"))
            assert (refused.refusals, refused.fields) == (["NOT_ALLOWED_NOW"], ["lines.0.scheduleId"])


def test_goods_leave_only_for_own_orders_of_one_buyer(cast, nothing_changes):
    master, gearworks, dealer = cast.chain_master, cast.gearworks, cast.dealer
    ours = confirmed(cast)
    theirs = master.places_order(to=cast.rival, item="RC-40")
    cast.rival.accepts_all(theirs)
    sold = dealer.places_order(to=master, item="LT-R20", quantity="1")
    master.accepts_all(sold)
    foreign = cast.rival.schedules_of(theirs)[0]["id"]

    with nothing_changes():
        stolen = gearworks.ships((ours, 1, "1"), lines=[{"scheduleId": foreign, "quantity": "1"}])
        bought = master.ships((ours, 1, "1"))
    assert (stolen.refusals, stolen.fields) == (["NOT_FOUND"], ["lines.0.scheduleId"])
    assert bought.refusals == ["NOT_ALLOWED_NOW"]


def test_two_buyers_never_share_a_despatch(cast, nothing_changes):
    gearworks, rival, bearing = cast.gearworks, cast.rival, cast.bearing
    orders = [buyer.places_order(to=bearing, item="CRB-100") for buyer in (gearworks, rival)]
    for order in orders:
        bearing.accepts_all(order)

    with nothing_changes():
        refused = bearing.ships((orders[0], 1, "1"), (orders[1], 1, "1"))

    assert (refused.refusals, refused.fields) == (["INVALID"], ["lines"])


@pytest.mark.parametrize(("given", "fields"), [
    ({"number": " "}, ["number"]), ({"number": "x" * 61}, ["number"]), ({"expectedOn": day(-1)}, ["expectedOn"]),
    ({"shippedOn": "0001-01-01", "expectedOn": None}, ["shippedOn"]), ({"shippedOn": "9999-12-31", "expectedOn": None}, ["shippedOn"]),
    ({"expectedOn": "9999-12-31"}, ["expectedOn"]), ({"lines": []}, ["lines"]),
])  # fmt: skip
def test_a_wrong_despatch_is_told_by_its_field(cast, nothing_changes, given, fields):
    order = confirmed(cast)

    with nothing_changes():
        refused = cast.gearworks.ships((order, 1, "1"), **given)

    assert (refused.refusals, refused.fields) == (["INVALID"], fields)


@pytest.mark.parametrize(("given", "field"), [
    ({"quantity": "0"}, "quantity"), ({"quantity": "-1"}, "quantity"),
    ({"quantity": "6", "outstandingQuantity": "5"}, "outstandingQuantity"),
    ({"quantity": "6", "outstandingQuantity": "-1"}, "outstandingQuantity"), ({"lot": "x" * 61}, "serials"),
    ({"serials": [""]}, "serials"), ({"serials": ["x" * 61]}, "serials"), ({"serials": ["s"] * 1001}, "serials"),
])  # fmt: skip
def test_a_wrong_line_of_a_despatch_is_told_by_its_field(cast, nothing_changes, given, field):
    order = confirmed(cast)
    schedule = cast.gearworks.schedules_of(order)[0]["id"]

    with nothing_changes():
        refused = cast.gearworks.ships((order, 1, "1"), lines=[{"scheduleId": schedule, "quantity": "1"} | given])

    assert (refused.refusals, refused.fields) == (["INVALID"], [f"lines.0.{field}"])


def test_a_delivery_note_number_is_used_once_by_its_seller(cast, nothing_changes):
    order = confirmed(cast)
    cast.gearworks.ships((order, 1, "1"), number="DN/1")
    sold = cast.chain_master.places_order(to=cast.rival, item="RC-40")
    cast.rival.accepts_all(sold)

    with nothing_changes():
        again = cast.gearworks.ships((order, 1, "1"), number="DN/1")
    assert (again.refusals, again.fields) == (["INVALID"], ["number"])
    assert cast.rival.ships((sold, 1, "1"), number="DN/1").refusals == []


def test_a_schedule_stands_once_in_a_despatch(cast, nothing_changes):
    order = confirmed(cast)

    with nothing_changes():
        refused = cast.gearworks.ships((order, 1, "1"), (order, 1, "2"))

    assert (refused.refusals, refused.fields) == (["INVALID"], ["lines.1.scheduleId"])
