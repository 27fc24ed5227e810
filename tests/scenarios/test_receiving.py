"""A buyer counts what came, and gives up what will not (features.md 3.9, F6)."""

import pytest

from tests.scenarios.players import line


def sent(cast, quantity="10", *, of="10", over="0"):
    if over != "0":
        cast.chain_master.tolerates(cast.gearworks, quantityOverPercent=over)
    order = cast.chain_master.places_order(to=cast.gearworks, quantity=of)
    cast.gearworks.accepts_all(order)
    return order, cast.gearworks.ships((order, 1, quantity))


def counted(receipt):
    (one,) = receipt["receiptAdvice"]["lines"]
    return tuple(one[name] for name in ("received", "accepted", "rejected", "short", "over"))


def amounts(cast, order):
    one = cast.chain_master.schedules_of(order)[0]
    return tuple(one[name] for name in ("shipped", "received", "accepted", "rejected", "never", "toShip"))


def test_what_is_short_is_owed_again(cast):
    order, advice = sent(cast)

    receipt = cast.chain_master.receives(advice, ("8", "8", "0"))

    assert counted(receipt) == ("8", "8", "0", "2", "0")
    assert amounts(cast, order) == ("10", "8", "8", "0", "0", "2")
    assert cast.chain_master.line_states(order) == {1: "PART_RECEIVED"}
    assert cast.gearworks.todo() == ["SEND_DESPATCH_ADVICE"]
    cast.chain_master.receives(cast.gearworks.ships((order, 1, "2")))
    assert cast.chain_master.state_of(order) == "DELIVERED"


def test_what_is_rejected_says_why_and_is_owed_again(cast, nothing_changes):
    order, advice = sent(cast)

    with nothing_changes():
        refused = cast.chain_master.receives(advice, ("10", "7", "3"))
    assert (refused.refusals, refused.fields) == (["INVALID"], ["lines.0.reason"])

    receipt = cast.chain_master.receives(advice, ("10", "7", "3"), reason="SPECIFICATION")
    assert (counted(receipt), receipt["receiptAdvice"]["lines"][0]["reason"]) == (
        ("10", "7", "3", "0", "0"),
        "SPECIFICATION",
    )
    assert amounts(cast, order) == ("10", "10", "7", "3", "0", "3")
    assert cast.chain_master.line_states(order) == {1: "PART_RECEIVED"}


def test_more_than_was_sent_is_booked_only_within_the_tolerance(cast, nothing_changes):
    order, advice = sent(cast, over="10")

    with nothing_changes():
        refused = cast.chain_master.receives(advice, ("11.5", "11.5", "0"))
    assert (refused.refusals, refused.fields) == (["NOT_ALLOWED_NOW"], ["lines.0.received"])
    assert "receipt.more_than_tolerated" in refused.rule

    receipt = cast.chain_master.receives(advice, ("11", "11", "0"))
    assert counted(receipt) == ("11", "11", "0", "0", "1")
    assert amounts(cast, order) == ("11", "11", "11", "0", "0", "0")
    assert cast.chain_master.line_states(order) == {1: "RECEIVED"}


def test_what_came_over_uses_the_tolerance_up(cast, nothing_changes):
    order, first = sent(cast, "5", over="10")
    second = cast.gearworks.ships((order, 1, "5"))
    cast.chain_master.receives(first, ("6", "6", "0"))

    with nothing_changes():
        assert cast.chain_master.receives(second, ("6", "6", "0")).refusals == ["NOT_ALLOWED_NOW"]

    assert cast.chain_master.receives(second).refusals == []


def test_goods_that_never_came_are_counted_as_none(cast):
    order, advice = sent(cast)

    receipt = cast.chain_master.receives(advice, ("0", "0", "0"))

    assert counted(receipt) == ("0", "0", "0", "10", "0")
    assert amounts(cast, order) == ("10", "0", "0", "0", "0", "10")
    assert cast.chain_master.line_states(order) == {1: "PART_SHIPPED"}
    receipts = [x for x in cast.chain_master.link_for("RV-40E")["evidence"] if x["kind"] == "RECEIPT"]
    assert receipts == []


@pytest.mark.parametrize(("count", "field"), [
    (("10", "9", "0"), "received"), (("9", "9", "1"), "received"), (("-1", "-1", "0"), "received"),
    (("0", "-1", "1"), "accepted"), (("0", "1", "-1"), "rejected"),
])  # fmt: skip
def test_a_count_that_does_not_add_up_is_told_by_its_field(cast, nothing_changes, count, field):
    _, advice = sent(cast)

    with nothing_changes():
        refused = cast.chain_master.receives(advice, count, reason="OTHER")

    assert (refused.refusals, refused.fields) == (["INVALID"], [f"lines.0.{field}"])


def test_a_despatched_line_is_received_once(cast, nothing_changes):
    _, advice = sent(cast)
    cast.chain_master.receives(advice)

    with nothing_changes():
        assert cast.chain_master.receives(advice).refusals == ["NOT_ALLOWED_NOW"]


def test_a_despatch_is_received_line_by_line(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "4")])
    gearworks.accepts_all(order)
    advice = gearworks.ships((order, 1, "10"), (order, 2, "4"))

    master.receives(advice, only=[1])
    assert master.advices_of(order)[0]["state"] == "PART_RECEIVED"
    assert master.line_states(order) == {1: "SHIPPED", 2: "RECEIVED"}
    assert master.todo("planner") == ["POST_RECEIPT"]
    with nothing_changes():
        again = master.receives(advice)
        assert (again.refusals, again.fields) == (["NOT_ALLOWED_NOW"], ["lines.1.despatchLineId"])

    master.receives(advice, only=[0])
    assert master.advices_of(order)[0]["state"] == "RECEIVED"
    assert master.state_of(order) == "DELIVERED"


def test_only_the_buyers_planner_receives(cast, nothing_changes):
    _, advice = sent(cast)

    with nothing_changes():
        wrong_duty = cast.chain_master.receives(advice, by="buyer")
        seller = cast.gearworks.receives(advice)
        outsider = cast.rival.receives(advice)
        empty = cast.chain_master.acts(
            "post_receipt", {"despatchAdviceId": advice["despatchAdvice"]["id"], "lines": []}, by="planner"
        )
    assert wrong_duty.refusals == ["NOT_ALLOWED_NOW"] and "duty.planner" in wrong_duty.rule
    assert seller.refusals == ["NOT_ALLOWED_NOW"] and "buyer" in seller.rule
    assert (outsider.refusals, outsider.fields) == (["NOT_FOUND"], ["despatchAdviceId"])
    assert (empty.refusals, empty.fields) == (["INVALID"], ["lines"])


def test_a_line_of_another_despatch_is_not_found(cast, nothing_changes):
    _, first = sent(cast)
    _, second = sent(cast)
    given = {
        "despatchLineId": second["despatchAdvice"]["lines"][0]["id"],
        "received": "1",
        "accepted": "1",
        "rejected": "0",
    }

    with nothing_changes():
        refused = cast.chain_master.acts(
            "post_receipt", {"despatchAdviceId": first["despatchAdvice"]["id"], "lines": [given]}, by="planner"
        )

    assert (refused.refusals, refused.fields) == (["NOT_FOUND"], ["lines.0.despatchLineId"])


def test_the_buyer_closes_a_line_short_and_the_seller_is_told(cast, nothing_changes):
    order, advice = sent(cast, "6")
    cast.chain_master.receives(advice)

    with nothing_changes():
        assert cast.gearworks.closes_short(order).refusals == ["NOT_ALLOWED_NOW"]
        assert cast.chain_master.closes_short(order, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.chain_master.closes_short(order, expectedVersion=1).refusals == ["STALE"]
    cast.chain_master.closes_short(order)

    assert amounts(cast, order) == ("6", "6", "6", "0", "4", "0")
    assert (cast.chain_master.state_of(order), cast.chain_master.line_states(order)) == (
        "DELIVERED",
        {1: "CLOSED_SHORT"},
    )
    assert cast.gearworks.todo() == []
    assert cast.gearworks.history_of(order)[-1]["event"] == "LineClosedShort"
    with nothing_changes():
        assert cast.chain_master.closes_short(order).refusals == ["NOT_ALLOWED_NOW"]


def test_a_buyer_alone_cannot_give_up_what_both_agreed_and_nobody_has_shipped(cast, nothing_changes):
    order = cast.chain_master.places_order(to=cast.gearworks)
    cast.gearworks.accepts_all(order)

    with nothing_changes():
        refused = cast.chain_master.closes_short(order)

    assert refused.refusals == ["NOT_ALLOWED_NOW"]


def test_goods_on_the_road_are_received_before_a_line_is_closed(cast, nothing_changes):
    order, advice = sent(cast)

    with nothing_changes():
        assert cast.chain_master.closes_short(order).refusals == ["NOT_ALLOWED_NOW"]

    cast.chain_master.receives(advice, ("9", "9", "0"))
    cast.chain_master.closes_short(order)
    assert cast.chain_master.line_states(order) == {1: "CLOSED_SHORT"}


def test_what_the_seller_gave_up_closes_the_line_when_the_rest_has_come(cast):
    order = cast.chain_master.places_order(to=cast.gearworks)
    cast.gearworks.accepts_all(order)
    advice = cast.gearworks.ships((order, 1, "6", "0"))

    cast.chain_master.receives(advice)

    assert cast.chain_master.line_states(order) == {1: "CLOSED_SHORT"}
    assert cast.chain_master.state_of(order) == "DELIVERED"
