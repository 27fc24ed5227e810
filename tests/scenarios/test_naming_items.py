"""Two firms agree what an item is called and how it is ordered; the order speaks both their languages."""

import pytest

from tests.scenarios.players import day, line

pytestmark = pytest.mark.feature("A5")


def states(player, item, number, *, by="buyer", **given):
    return player.acts("state_cross_reference", {"itemId": item, "buyerNumber": number} | given, by=by)


def references(player, item):
    return player.asks("item_page", id=item)["crossReferences"]["nodes"]


def ordered(cast, quantity, *, unit=None, price="120.60", days=None):
    asked = line("HD-25", quantity, price=price, days=days) | ({"unit": unit} if unit else {})
    return cast.chain_master.places_order(to=cast.gearworks, lines=[asked])


def test_a_line_is_ordered_in_the_buyers_boxes_and_shows_both_numbers_to_both(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    item = master.item("HD-25")
    states(
        master, item, "M-7731", buyerUnit="XBX", buyerUnits=1, itemUnits=12, minimum="24", multiple="12", leadTimeDays=9
    )

    order = ordered(cast, "3", unit="XBX", days={20: "2", 40: "1"})["order"]

    for player in (master, gearworks):
        (seen,) = player.sees({"order": order})["lines"]
        assert (seen["sellerItemNumber"], seen["buyerItemNumber"]) == ("HD-25", "M-7731")
        assert seen["quantity"] == {"value": "36", "unit": "C62"}
        assert seen["buyerQuantity"] == {"value": "3", "unit": "XBX"}
        assert [s["quantity"] for s in seen["schedules"]] == ["24", "12"]
        assert seen["unitPrice"] == "10.05"
    assert [r["buyerNumber"] for r in references(gearworks, item)] == ["M-7731"]
    assert cast.rival.asks("items_page", filter={"text": "M-7731"})["items"]["nodes"] == []
    assert [i["number"] for i in master.asks("items_page", filter={"text": "M-77"})["items"]["nodes"]] == ["HD-25"]


@pytest.mark.parametrize(("quantity", "unit", "field", "right"), [
    ("12", None, "lines.0.quantity", "24 C62 would be right"),
    ("30", None, "lines.0.quantity", "24 C62 or 36 C62 would be right"),
    ("1", "XBX", "lines.0.quantity", "2 XBX would be right"),
    ("2", "KGM", "lines.0.unit", "ordered in C62 or XBX"),
    ("0.00001", "XBX", "lines.0.quantity", "2 XBX would be right"),
])  # fmt: skip
def test_what_the_supplier_does_not_deliver_is_refused_with_what_would_be_right(
    cast, nothing_changes, quantity, unit, field, right
):
    item = cast.chain_master.item("HD-25")
    states(
        cast.gearworks, item, "M-7731", by="sales", buyerId=cast.chain_master.firm_id, buyerUnit="XBX", itemUnits=12,
        minimum="24", multiple="12",
    )["crossReference"]  # fmt: skip

    with nothing_changes():
        refused = ordered(cast, quantity, unit=unit)

    assert refused.refusals == ["INVALID"]
    assert refused.fields == [field]
    assert right in refused.said


def test_a_unit_that_does_not_come_out_exactly_is_refused_and_so_is_its_price(cast):
    master, item = cast.chain_master, cast.chain_master.item("HD-25")
    states(master, item, "M-1", buyerUnit="XBX", buyerUnits=3, itemUnits=7)

    assert ordered(cast, "1", unit="XBX").fields == ["lines.0.quantity"]
    assert ordered(cast, "3", unit="XBX", price="1").fields == ["lines.0.unitPrice"]
    assert ordered(cast, "3", unit="XBX", price="7")["order"]


def test_periods_follow_each_other_and_the_past_stays_as_it_was(cast, after_days, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    item = master.item("HD-25")
    states(master, item, "OLD")
    early = ordered(cast, "5")
    after_days(10)

    states(master, item, "NEW")["crossReference"]
    late = ordered(cast, "5")

    assert [r["buyerNumber"] for r in references(gearworks, item) if r["inForce"]] == ["NEW"]
    assert [r["validTo"] for r in references(gearworks, item)] == [None, day(-1)]
    assert [gearworks.lines_of(o)[1]["buyerItemNumber"] for o in (early, late)] == ["OLD", "NEW"]
    with nothing_changes():
        assert states(master, item, "X", validFrom=day(-3)).refusals == ["INVALID"]
    states(master, item, "SOON", validFrom=day(50), validTo=day(60))
    with nothing_changes():
        refused = states(gearworks, item, "X", by="sales", buyerId=master.firm_id, validFrom=day(55))
    assert (refused.refusals, refused.fields) == (["INVALID"], ["validFrom"])


def test_either_end_ends_a_period_and_the_other_reads_who_did(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    item = master.item("HD-25")
    stated = states(master, item, "M-1")["crossReference"]
    with nothing_changes():
        wrong = {"referenceId": stated["id"], "lastDay": day(5)}
        assert cast.rival.acts("end_cross_reference", wrong | {"expectedVersion": 1}, by="sales").refusals == [
            "NOT_FOUND"
        ]
        assert gearworks.acts("end_cross_reference", wrong | {"expectedVersion": 7}, by="sales").refusals == ["STALE"]
        assert master.acts("end_cross_reference", wrong | {"expectedVersion": 1}, by="sales").refusals == [
            "NOT_ALLOWED_NOW"
        ]

    ended = gearworks.acts(
        "end_cross_reference", {"referenceId": stated["id"], "expectedVersion": 1, "lastDay": day(-1)}, by="sales"
    )["crossReference"]

    assert ended["withdrawn"] and ended["version"] == 2
    assert [h["event"] for h in master.history_of(stated)] == ["CrossReferenceStated", "CrossReferenceEnded"]
    assert states(master, item, "M-2")["crossReference"]["validFrom"] == day(0)


def test_one_number_means_one_item_of_a_supplier_at_a_time(cast, nothing_changes):
    master = cast.chain_master
    states(master, master.item("HD-25"), "M-1")

    with nothing_changes():
        refused = states(master, master.item("RV-40E"), "M-1")

    assert (refused.refusals, refused.fields) == (["INVALID"], ["buyerNumber"])


def test_a_maker_corrects_its_item_and_retires_it_and_it_is_ordered_no_more(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    added = gearworks.acts("add_item", {"number": "HD-26", "name": "谐波", "unit": "C62"}, by="sales")["item"]
    item = {"itemId": master.item("HD-25"), "expectedVersion": 1}
    with nothing_changes():
        assert gearworks.acts("add_item", {"number": "HD-26", "name": "x", "unit": "C62"}, by="sales").fields == [
            "number"
        ]
        assert master.acts("change_item", item | {"name": "x"}, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.rival.acts("retire_item", item, by="sales").refusals == ["NOT_FOUND"]

    changed = gearworks.acts("change_item", item | {"name": "HD-25 谐波减速机 B 型"}, by="sales")["item"]
    stale = gearworks.acts("change_item", item | {"leadTimeDays": 3}, by="sales")
    gearworks.acts("retire_item", item | {"expectedVersion": 2}, by="sales")["item"]

    assert changed["version"] == 2 and added["version"] == 1
    assert stale.refusals == ["STALE"]
    with nothing_changes():
        refused = master.places_order(to=gearworks, item="HD-25")
    assert (refused.refusals, refused.fields) == (["INVALID"], ["lines.0.itemId"])
    assert refused.rule.startswith("item.retired")
