"""An order is cancelled by both, and agreed days are promised anew, for a reason (C13, C14)."""

import pytest

from tests.scenarios.amending import cancels, changes, decides, on_cancellation, repromises
from tests.scenarios.players import day, line, what


@pytest.fixture
def agreed(cast):
    """Two lines, both bound: 30 on two days, and 5."""
    order = cast.chain_master.places_order(
        to=cast.gearworks, lines=[line("RV-40E", "30", days={20: "18", 50: "12"}), line("RV-80E", "5")]
    )
    cast.gearworks.accepts_all(order)
    return order


@pytest.mark.feature("C13")
def test_an_agreed_order_is_cancelled_only_by_both_and_keeps_what_was_shipped(cast, agreed, nothing_changes):
    cast.gearworks.ships((agreed, 1, "18"))
    asked = cancels(cast.chain_master, agreed, note="客户取消")
    assert (asked["cancellation"]["state"], asked["order"]["state"]) == ("REQUESTED", "IN_DELIVERY")
    assert cast.gearworks.todo("sales")[0] == "ANSWER_ORDER_CANCELLATION"
    with nothing_changes():
        assert on_cancellation(
            cast.chain_master, agreed, asked, "answer_order_cancellation", by="buyer", decision="ACCEPT"
        ).refusals == ["NOT_ALLOWED_NOW"]
        assert on_cancellation(cast.gearworks, agreed, asked, "withdraw_order_cancellation", by="sales").refusals == [
            "NOT_ALLOWED_NOW"
        ]
        assert changes(cast.chain_master, agreed, {"line": 2, "unitPrice": "1"}).refusals == ["NOT_ALLOWED_NOW"]
    refused = on_cancellation(cast.gearworks, agreed, asked, "answer_order_cancellation", by="sales", decision="REFUSE")
    assert (refused["cancellation"]["state"], refused["order"]["openAmendment"]) == ("REFUSED", None)
    assert cast.chain_master.line_states(agreed) == {1: "PART_SHIPPED", 2: "CONFIRMED"}

    by_seller = cancels(cast.gearworks, agreed, by="sales", reason="CAPACITY")
    assert cast.chain_master.todo()[0] == "ANSWER_ORDER_CANCELLATION"
    on_cancellation(cast.gearworks, agreed, by_seller, "withdraw_order_cancellation", by="sales")
    again = cancels(cast.gearworks, agreed, by="sales", reason="CAPACITY")
    done = on_cancellation(cast.chain_master, agreed, again, "answer_order_cancellation", by="buyer", decision="ACCEPT")

    assert (done["cancellation"]["state"], done["order"]["state"]) == ("ACCEPTED", "IN_DELIVERY")
    assert cast.gearworks.line_states(agreed) == {1: "SHIPPED", 2: "CANCELLED"}
    with nothing_changes():
        nothing = cancels(cast.chain_master, agreed)
    assert nothing.rule.split()[0] == "order_cancellation.all_shipped"


def test_an_unanswered_order_is_cancelled_by_the_buyer_alone_and_rejected_by_the_seller(cast, nothing_changes):
    order = cast.chain_master.places_order(to=cast.gearworks)
    with nothing_changes():
        assert cancels(cast.gearworks, order, by="sales").refusals == ["NOT_ALLOWED_NOW"]

    gone = cancels(cast.chain_master, order)

    assert (gone["cancellation"]["state"], gone["order"]["state"]) == ("ACCEPTED", "CANCELLED")
    with nothing_changes():
        assert cast.gearworks.accepts_all(order).refusals == ["NOT_ALLOWED_NOW"]
    assert "RESPOND_TO_ORDER" not in cast.gearworks.todo("sales")


@pytest.mark.feature("C14")
def test_a_new_promise_inside_the_tolerance_is_agreed_by_rule_and_outside_waits(cast, agreed, nothing_changes):
    cast.chain_master.tolerates(cast.gearworks, daysLate=5)
    inside = repromises(cast.gearworks, agreed, {0: day(23)})
    assert (inside["repromise"]["state"], inside["repromise"]["days"][0]["rule"][:14]) == (
        "AGREED_BY_RULE",
        "tolerance.pair",
    )
    creeping = repromises(cast.gearworks, agreed, {0: day(27)})
    assert creeping["repromise"]["state"] == "WAITING"  # 4 days after the agreed day, but 7 after the wanted one

    held = cast.chain_master.schedules_of(agreed)[0]
    assert (held["wantedOn"], held["firstPromisedOn"], held["promisedOn"], held["expectedOn"]) == (
        day(20),
        day(20),
        day(23),
        day(27),
    )
    assert cast.chain_master.todo()[0] == "DECIDE_ON_REPROMISE"
    with nothing_changes():
        assert decides(cast.gearworks, agreed, creeping, "ACCEPT", by="sales").refusals == ["NOT_ALLOWED_NOW"]
    refused = decides(cast.chain_master, agreed, creeping, "REFUSE")
    held = cast.chain_master.schedules_of(agreed)[0]
    assert (refused["repromise"]["state"], held["promisedOn"], held["expectedOn"]) == ("REFUSED", day(23), day(27))

    repromises(cast.gearworks, agreed, {0: day(28)})
    newest = repromises(cast.gearworks, agreed, {0: day(29), 1: day(55)}, note="钢材晚到")
    decides(cast.chain_master, agreed, newest, "ACCEPT")

    told = cast.chain_master.asks("order_amendments", orderId=what(agreed))["orderAmendments"]["repromises"]
    assert [(r["state"], len(r["days"])) for r in told] == [
        ("AGREED_BY_RULE", 1), ("REFUSED", 1), ("SUPERSEDED", 1), ("AGREED", 2),
    ]  # fmt: skip
    assert [s["promisedOn"] for s in cast.gearworks.schedules_of(agreed)] == [day(29), day(55)]
    assert [s["firstPromisedOn"] for s in cast.gearworks.schedules_of(agreed)] == [day(20), day(50)]


def test_a_new_promise_is_for_what_is_agreed_and_not_shipped_and_says_why(cast, agreed, nothing_changes):
    unanswered = cast.chain_master.places_order(to=cast.gearworks)
    cast.gearworks.ships((agreed, 1, "18"))
    with nothing_changes():
        assert repromises(cast.gearworks, unanswered, {0: day(30)}).refusals == ["NOT_ALLOWED_NOW"]
        shipped = repromises(cast.gearworks, agreed, {0: day(30)})
        assert (shipped.fields, shipped.rule.split()[0]) == (["days.0.scheduleId"], "repromise.before_shipment")
        assert repromises(cast.gearworks, agreed, {1: day(-1)}).fields == ["days.0.promisedOn"]
        assert repromises(cast.gearworks, agreed, {1: day(50)}).fields == ["days.0.promisedOn"]
        assert repromises(cast.gearworks, agreed, {}).fields == ["days"]
        assert repromises(cast.gearworks, agreed, {1: day(51)}, reason=None).problems
        assert repromises(cast.chain_master, agreed, {1: day(51)}, by="sales").refusals == ["NOT_ALLOWED_NOW"]


def test_a_promise_that_waits_when_all_has_come_asks_for_nothing_more(cast, agreed):
    repromises(cast.gearworks, agreed, {0: day(60)})
    cast.chain_master.receives(cast.gearworks.ships((agreed, 1, "18"), (agreed, 2, "5")))
    assert "DECIDE_ON_REPROMISE" in cast.chain_master.todo()

    gone = cancels(cast.chain_master, agreed)
    on_cancellation(cast.gearworks, agreed, gone, "answer_order_cancellation", by="sales", decision="ACCEPT")

    assert cast.chain_master.state_of(agreed) == "DELIVERED"
    assert cast.chain_master.lines_of(agreed)[1]["quantity"]["value"] == "18"
    assert "DECIDE_ON_REPROMISE" not in cast.chain_master.todo()
