"""A placed order is changed and its versions are compared; the last agreement stands until both want another (C12, C13)."""

import pytest

from tests.scenarios.amending import answers, cancels, changes, on_cancellation, on_change, open_of, repromises, terms
from tests.scenarios.players import day, line, promise, what


@pytest.fixture
def agreed(cast):
    """Two lines, both bound: 30 on two days, and 5."""
    order = cast.chain_master.places_order(
        to=cast.gearworks, lines=[line("RV-40E", "30", days={20: "18", 50: "12"}), line("RV-80E", "5")]
    )
    cast.gearworks.accepts_all(order)
    return order


def test_before_anything_is_agreed_the_order_stands_changed_at_once(cast, nothing_changes):
    order = cast.chain_master.places_order(to=cast.gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "5")])
    cast.gearworks.acknowledges(order)
    read = cast.gearworks.version_of(order)

    made = changes(
        cast.chain_master, order, {"line": 1, "quantity": "12", "unitPrice": "1100"}, {"line": 2, "action": "DELETE"},
        {"action": "ADD", "number": 7, "itemId": cast.chain_master.item("RV-40E"), "unitPrice": "9",
         "schedules": [{"wantedOn": day(30), "quantity": "3"}]},
    )  # fmt: skip

    assert (made["change"]["state"], made["change"]["number"], made["order"]["state"]) == ("NOTED", 1, "PLACED")
    assert terms(cast.gearworks, order) == ("OPEN", "12", "1100", [(day(20), None, "12")])
    assert cast.gearworks.line_states(order) == {1: "OPEN", 2: "CANCELLED", 7: "OPEN"}
    with nothing_changes():
        assert cast.gearworks.accepts_all(order, expectedVersion=read).refusals == ["STALE"]
    assert cast.gearworks.accepts_all(order)["order"]["state"] == "CONFIRMED"
    assert terms(cast.chain_master, order) == ("CONFIRMED", "12", "1100", [(day(20), day(20), "12")])


@pytest.mark.feature("C13")
def test_an_agreed_order_stands_until_the_seller_accepts_the_change(cast, agreed, nothing_changes):
    before = terms(cast.chain_master, agreed)

    sent = changes(
        cast.chain_master, agreed,
        {"line": 1, "unitPrice": "1150", "schedules": [
            {"of": 0, "quantity": "20"}, {"of": 1, "quantity": "0"}, {"wantedOn": day(60), "quantity": "4"}]},
        {"line": 2, "action": "DELETE"},
        {"action": "ADD", "number": 3, "itemId": cast.chain_master.item("RV-40E"), "unitPrice": "900",
         "schedules": [{"wantedOn": day(40), "quantity": "6"}]},
    )  # fmt: skip

    assert (sent["change"]["state"], sent["order"]["state"], open_of(cast.gearworks, agreed)) == (
        "SENT",
        "CONFIRMED",
        "CHANGE",
    )
    assert terms(cast.chain_master, agreed) == before
    assert cast.gearworks.todo("sales")[0] == "RESPOND_TO_ORDER_CHANGE"
    with nothing_changes():
        assert changes(cast.chain_master, agreed, {"line": 1, "unitPrice": "1"}).rule.startswith(
            "order.one_open_change"
        )
        assert cancels(cast.chain_master, agreed).rule.startswith("order.one_open_change")
        assert cast.chain_master.closes_short(agreed).refusals == ["NOT_ALLOWED_NOW"]
        assert on_change(cast.chain_master, agreed, sent, "decide_on_order_change", decision="ACCEPT").refusals == [
            "NOT_ALLOWED_NOW"
        ]
        assert answers(cast.chain_master, agreed, sent, "ACCEPTED", by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert answers(cast.gearworks, agreed, sent, "REJECTED").fields == ["reason"]
        assert answers(cast.gearworks, agreed, sent, "CHANGED").fields == ["lines"]
        assert answers(cast.gearworks, agreed, sent, "ACCEPTED", expectedVersion=1).refusals == ["STALE"]

    done = answers(cast.gearworks, agreed, sent, "ACCEPTED")

    assert (done["change"]["state"], done["order"]["openAmendment"]) == ("ACCEPTED", None)
    days = [(day(20), day(20), "20"), (day(50), day(50), "0"), (day(60), day(60), "4")]
    assert terms(cast.chain_master, agreed) == ("CONFIRMED", "24", "1150", days)
    assert cast.chain_master.line_states(agreed) == {1: "CONFIRMED", 2: "CANCELLED", 3: "CONFIRMED"}
    assert terms(cast.chain_master, agreed, 3)[3] == [(day(40), day(40), "6")]
    with nothing_changes():
        assert answers(cast.gearworks, agreed, sent, "ACCEPTED").refusals == ["NOT_ALLOWED_NOW"]
    assert "OrderChangeAnswered" in [e["event"] for e in cast.chain_master.history_of(agreed)]


def test_a_rejected_and_a_withdrawn_change_leave_what_was_agreed(cast, agreed):
    before = terms(cast.chain_master, agreed)

    first = changes(cast.chain_master, agreed, {"line": 2, "quantity": "9"})
    said = answers(cast.gearworks, agreed, first, "REJECTED", reason="CAPACITY", note="没有产能")
    second = changes(cast.chain_master, agreed, {"line": 2, "quantity": "8"})
    back = on_change(cast.chain_master, agreed, second, "withdraw_order_change")

    assert (said["change"]["state"], said["change"]["reason"], said["change"]["answerNote"]) == (
        "REJECTED",
        "CAPACITY",
        "没有产能",
    )
    assert (second["change"]["number"], back["change"]["state"], open_of(cast.gearworks, agreed)) == (
        2,
        "WITHDRAWN",
        None,
    )
    assert terms(cast.chain_master, agreed) == before
    assert answers(cast.gearworks, agreed, second, "ACCEPTED").refusals == ["NOT_ALLOWED_NOW"]


def test_a_counter_offer_binds_only_once_the_buyer_takes_it(cast, agreed, nothing_changes):
    asked = {"line": 1, "schedules": [{"of": 0, "quantity": "25"}]}, {"line": 2, "unitPrice": "1000"}
    refused = changes(cast.chain_master, agreed, *asked)
    offer = [
        {"line": 1, "schedules": [{"of": 0, "quantity": "20", "wantedOn": day(24)}]},
        {"line": 2, "action": "NONE"},
    ]
    with nothing_changes():
        assert answers(cast.gearworks, agreed, refused, "CHANGED", {"line": 1, "action": "DELETE"}).fields == [
            "lines.0.action"
        ]
    answers(cast.gearworks, agreed, refused, "CHANGED", *offer)
    assert cast.chain_master.todo()[0] == "DECIDE_ON_ORDER_CHANGE"
    on_change(cast.chain_master, agreed, refused, "decide_on_order_change", decision="REFUSE")
    assert terms(cast.gearworks, agreed)[1] == "30"

    taken = changes(cast.chain_master, agreed, *asked)
    countered = answers(cast.gearworks, agreed, taken, "CHANGED", *offer)
    assert (countered["change"]["state"], terms(cast.gearworks, agreed)[1]) == ("COUNTERED", "30")
    assert [(x["offeredBy"], x["action"], x["number"]) for x in countered["change"]["lines"]] == [
        ("BUYER", "CHANGE", 1), ("SELLER", "CHANGE", 1), ("BUYER", "CHANGE", 2), ("SELLER", "NONE", 2),
    ]  # fmt: skip
    done = on_change(cast.chain_master, agreed, taken, "decide_on_order_change", decision="ACCEPT")

    assert done["change"]["state"] == "ACCEPTED"
    assert terms(cast.gearworks, agreed) == (
        "CONFIRMED", "32", "1200.50", [(day(20), day(24), "20"), (day(50), day(50), "12")],
    )  # fmt: skip
    assert terms(cast.gearworks, agreed, 2)[2] == "1200.50"


@pytest.mark.feature("C8")
def test_nothing_goes_below_what_was_shipped_not_even_while_the_change_waits(cast, agreed, nothing_changes):
    cast.gearworks.ships((agreed, 1, "10"))
    with nothing_changes():
        low = changes(cast.chain_master, agreed, {"line": 1, "schedules": [{"of": 0, "quantity": "9"}]})
        drops = changes(cast.chain_master, agreed, {"line": 1, "schedules": [{"of": 0, "quantity": "0"}]})
    assert (low.fields, low.rule.split()[0]) == (["lines.0.schedules.0.quantity"], "order_change.not_below_shipped")
    assert drops.fields == ["lines.0.schedules.0.quantity"]

    sent = changes(cast.chain_master, agreed, {"line": 1, "schedules": [{"of": 0, "quantity": "12"}]})
    cast.gearworks.ships((agreed, 1, "5"))
    with nothing_changes():
        late = answers(cast.gearworks, agreed, sent, "ACCEPTED")
    assert (late.refusals, late.rule.split()[0]) == (["NOT_ALLOWED_NOW"], "order_change.not_below_shipped")
    answers(cast.gearworks, agreed, sent, "REJECTED", reason="TRANSPORT")

    deleted = changes(cast.chain_master, agreed, {"line": 1, "action": "DELETE"})
    answers(cast.gearworks, agreed, deleted, "ACCEPTED")
    assert cast.chain_master.line_states(agreed) == {1: "SHIPPED", 2: "CONFIRMED"}
    assert sum(int(s["toShip"]) for s in cast.gearworks.schedules_of(agreed)) == 0

    reopened = changes(cast.chain_master, agreed, {"line": 1, "schedules": [{"of": 1, "quantity": "2"}]})
    answers(cast.gearworks, agreed, reopened, "ACCEPTED")
    assert cast.chain_master.line_states(agreed)[1] == "PART_SHIPPED"


def test_a_line_that_was_cancelled_is_reopened_by_both(cast, agreed):
    gone = changes(cast.chain_master, agreed, {"line": 2, "action": "DELETE"})
    answers(cast.gearworks, agreed, gone, "ACCEPTED")

    again = changes(
        cast.chain_master, agreed, {"line": 2, "action": "REOPEN", "schedules": [{"of": 0, "quantity": "4"}]}
    )
    assert cast.chain_master.line_states(agreed)[2] == "CANCELLED"
    answers(cast.gearworks, agreed, again, "ACCEPTED")

    assert terms(cast.chain_master, agreed, 2)[:2] == ("CONFIRMED", "4")


def test_what_is_wrong_with_a_change_is_said_beside_its_field(cast, agreed, nothing_changes):
    cases = [
        ([], ["lines"]),
        ([{"line": 1, "action": "NONE"}], ["lines"]),
        ([{"line": 1}], ["lines.0.action"]),
        ([{"line": 1, "action": "REOPEN"}], ["lines.0.action"]),
        ([{"line": 1, "quantity": "3"}], ["lines.0.schedules"]),
        ([{"line": 2, "quantity": "0"}], ["lines.0.quantity"]),
        ([{"line": 2, "unitPrice": "-1"}], ["lines.0.unitPrice"]),
        ([{"line": 2, "quantity": "9", "schedules": [{"of": 0, "quantity": "8"}]}], ["lines.0.quantity"]),
        ([{"line": 2, "schedules": [{"of": 0, "quantity": "8", "wantedOn": day(-1)}]}], ["lines.0.schedules.0.wantedOn"]),
        ([{"line": 2, "schedules": [{"quantity": "8"}]}], ["lines.0.schedules.0.wantedOn"]),
        ([{"line": 2, "schedules": [{"of": 0, "quantity": "0"}]}], ["lines.0.quantity"]),
        ([{"line": 2, "schedules": [{"of": 0, "quantity": "1"}, {"of": 0, "quantity": "1"}]}], ["lines.0.schedules.1.scheduleId"]),
        ([{"line": 2, "unitPrice": "7"}, {"line": 2, "unitPrice": "8"}], ["lines.1.lineId"]),
        ([{"action": "ADD", "number": 2, "itemId": cast.chain_master.item("RV-40E")}], ["lines.0.number"]),
        ([{"action": "ADD", "number": 3, "itemId": what(agreed), "unitPrice": "1"}], ["lines.0.itemId"]),
    ]  # fmt: skip
    with nothing_changes():
        for lines, fields in cases:
            assert changes(cast.chain_master, agreed, *lines).fields == fields, lines
        assert changes(cast.gearworks, agreed, {"line": 1, "unitPrice": "1"}).refusals == ["NOT_ALLOWED_NOW"]
        assert changes(cast.chain_master, agreed, {"line": 1, "unitPrice": "1"}, by="planner").refusals == [
            "NOT_ALLOWED_NOW"
        ]


@pytest.mark.feature("C12")
def test_every_version_is_kept_and_any_two_are_compared_field_by_field(cast, agreed):
    sent = changes(cast.chain_master, agreed, {"line": 2, "quantity": "9", "unitPrice": "1000"})
    answers(cast.gearworks, agreed, sent, "REJECTED", reason="PRICE")
    taken = changes(cast.chain_master, agreed, {"line": 2, "quantity": "8"})
    done = answers(cast.gearworks, agreed, taken, "ACCEPTED")
    cast.chain_master.tolerates(cast.gearworks, daysLate=9)
    repromises(cast.gearworks, agreed, {0: day(22)}, line=2)

    kept = cast.chain_master.asks("order_versions", orderId=what(agreed))["orderVersions"]
    acts = [(v["act"], [(x["number"], x["agreed"]) for x in v["lines"]]) for v in kept]
    assert acts == [
        ("placeOrder", [(1, False), (2, False)]), ("respondToOrder", [(1, True), (2, True)]),
        ("respondToOrderChange", [(2, True)]), ("repromiseOrder", [(2, True)]),
    ]  # fmt: skip
    assert [v["firm"]["name"][:6] for v in kept] == ["龙腾智能装备", "苏州精齿传动", "苏州精齿传动", "苏州精齿传动"]

    def difference(earlier, later, player=cast.gearworks):
        found = player.asks("order_difference", orderId=what(agreed), earlier=earlier, later=later)["orderDifference"]
        return [(x["lineNumber"], x["field"], x["earlier"], x["later"]) for x in found]

    last = kept[-1]["version"]
    assert difference(2, done["order"]["version"]) == [(2, "quantity", "5", "8"), (2, "schedules.1.quantity", "5", "8")]
    assert difference(done["order"]["version"], last) == [(2, "schedules.1.promisedOn", day(20), day(22))]
    assert difference(last, last) == []
    assert (2, "state", "OPEN", "CONFIRMED") in difference(1, last)


def test_no_one_else_learns_what_two_firms_ask_of_an_order(cast, agreed, nothing_changes):
    sent = changes(cast.chain_master, agreed, {"line": 2, "quantity": "9"})
    for name, outsider in cast.outsiders.items():
        seen = outsider.asks("order_amendments", orderId=what(agreed))
        assert seen["orderAmendments"] is None, name
        assert outsider.asks("order_versions", orderId=what(agreed)).problems, name
        assert outsider.asks("order_difference", orderId=what(agreed), earlier=1, later=2).problems, name
        said = {"changeId": sent["change"]["id"], "expectedVersion": sent["order"]["version"]}
        with nothing_changes():
            refused = outsider.acts("respond_to_order_change", said | {"answer": "ACCEPTED"}, by="sales")
        assert refused.refusals in (["NOT_FOUND"], ["NOT_ALLOWED_NOW"]), name
    made_up = cast.rival.acts(
        "respond_to_order_change", said | {"changeId": what(agreed), "answer": "ACCEPTED"}, by="sales"
    )
    hidden = cast.rival.acts("respond_to_order_change", said | {"answer": "ACCEPTED"}, by="sales")
    assert made_up.errors == hidden.errors


def test_a_split_answer_keeps_each_day_and_a_backorder_is_promised_by_no_change(cast):
    order = cast.chain_master.places_order(to=cast.gearworks, quantity="10")
    cast.gearworks.responds(
        order, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d20="6"), "backorderMaximum": "4"}]
    )
    cast.chain_master.decides(order, {1: "ACCEPT"})

    sent = changes(cast.chain_master, order, {"line": 1, "schedules": [{"of": 0, "quantity": "7"}]})
    answers(cast.gearworks, order, sent, "ACCEPTED")

    assert terms(cast.chain_master, order)[3] == [(day(20), day(20), "7"), (day(20), None, "4")]


def test_whoever_asks_for_more_passes_the_gates_of_an_order(cast, agreed, nothing_changes):
    retired = cast.gearworks.item("HD-25")
    cast.gearworks.acts("retire_item", {"itemId": retired, "expectedVersion": 1}, by="sales")["item"]
    more = {"action": "ADD", "number": 9, "itemId": retired, "unitPrice": "1",
            "schedules": [{"wantedOn": day(30), "quantity": "1"}]}  # fmt: skip
    with nothing_changes():
        assert changes(cast.chain_master, agreed, more).rule.split()[0] == "item.retired"
        worth = changes(
            cast.chain_master,
            agreed,
            {"line": 1, "unitPrice": "30000000000000000"},
            {"line": 2, "unitPrice": "99999999999999999"},
        )
    assert worth.fields == ["lines"]

    less = changes(cast.chain_master, agreed, {"line": 2, "quantity": "4"})
    assert less["change"]["state"] == "SENT"


def test_a_shortened_line_is_reopened_by_what_is_named_and_no_more(cast, agreed, nothing_changes):
    cast.chain_master.receives(cast.gearworks.ships((agreed, 1, "10", "0")))
    cast.chain_master.closes_short(agreed)
    assert cast.chain_master.line_states(agreed)[1] == "CLOSED_SHORT"
    with nothing_changes():
        nothing = changes(
            cast.chain_master, agreed, {"line": 1, "action": "REOPEN", "schedules": [{"of": 0, "quantity": "10"}]}
        )
    assert nothing.fields == ["lines.0.quantity"]

    named = [{"of": 0, "quantity": "10"}, {"of": 1, "quantity": "12"}]
    asked = changes(cast.chain_master, agreed, {"line": 1, "action": "REOPEN", "quantity": "22", "schedules": named})
    answers(cast.gearworks, agreed, asked, "ACCEPTED")

    assert terms(cast.gearworks, agreed)[1] == "22"
    assert [s["toShip"] for s in cast.gearworks.schedules_of(agreed)] == ["0", "12"]


def test_a_counter_offer_names_a_line_once_and_leaves_the_rest_as_asked(cast, agreed, nothing_changes):
    added = {"action": "ADD", "number": 3, "itemId": cast.chain_master.item("RV-40E"), "unitPrice": "900",
             "schedules": [{"wantedOn": day(40), "quantity": "6"}]}  # fmt: skip
    sent = changes(cast.chain_master, agreed, {"line": 2, "unitPrice": "1000", "quantity": "9"}, added)
    with nothing_changes():
        twice = answers(
            cast.gearworks, agreed, sent, "CHANGED", {"line": 3, "action": "NONE"}, {"line": 3, "action": "NONE"}
        )
    assert twice.fields == ["lines.1.lineId"]

    later = {"line": 2, "schedules": [{"of": 0, "quantity": "9", "wantedOn": day(33)}]}
    answers(cast.gearworks, agreed, sent, "CHANGED", later, {"line": 3, "action": "NONE"})
    on_change(cast.chain_master, agreed, sent, "decide_on_order_change", decision="ACCEPT")

    assert terms(cast.gearworks, agreed, 2) == ("CONFIRMED", "9", "1000", [(day(20), day(33), "9")])
    assert 3 not in cast.gearworks.line_states(agreed)


def test_a_line_of_an_order_of_which_nothing_is_left_is_wanted_after_all(cast, agreed, nothing_changes):
    gone = cancels(cast.chain_master, agreed)
    on_cancellation(cast.gearworks, agreed, gone, "answer_order_cancellation", by="sales", decision="ACCEPT")
    assert cast.chain_master.state_of(agreed) == "CANCELLED"
    assert "changeOrder" in cast.chain_master.sees(agreed)["openVerbs"]
    more = {"action": "ADD", "number": 3, "itemId": cast.chain_master.item("RV-40E"), "unitPrice": "9",
            "schedules": [{"wantedOn": day(40), "quantity": "6"}]}  # fmt: skip
    with nothing_changes():
        added = changes(cast.chain_master, agreed, more)
    assert (added.refusals, added.rule.split()[0]) == (["NOT_ALLOWED_NOW"], "order_change.reopens")

    again = changes(cast.chain_master, agreed, {"line": 2, "action": "REOPEN", "unitPrice": "1100"})

    assert (again["change"]["state"], again["order"]["state"]) == ("NOTED", "PLACED")
    assert terms(cast.gearworks, agreed, 2) == ("OPEN", "5", "1100", [(day(20), None, "5")])
    assert cast.gearworks.accepts_all(agreed)["order"]["state"] == "CONFIRMED"
    assert cast.chain_master.line_states(agreed) == {1: "CANCELLED", 2: "CONFIRMED"}


def test_an_order_is_rejected_only_where_the_seller_rejected_all_of_it(cast):
    def answered(*lines):
        order = cast.chain_master.places_order(to=cast.gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "5")])
        cast.gearworks.responds(order, lines=lines)
        return order

    no = {"answer": "REJECTED", "reason": "CAPACITY"}
    half = answered({"line": 1, **no}, {"line": 2, "answer": "CHANGED", "quantity": "4"})
    cast.chain_master.decides(half, {2: "REFUSE"})
    cancels(cast.chain_master, half)
    instead = {"line": 1, "answer": "ADDED", "schedules": promise(d40="9")}
    whole = answered({"line": 1, "answer": "CHANGED", "quantity": "4"}, {"line": 2, **no}, instead)
    cast.gearworks.responds(whole, "REJECTED", reason="MATERIAL")

    assert cast.gearworks.line_states(half) == {1: "REJECTED", 2: "CANCELLED"}
    assert cast.gearworks.state_of(half) == "CANCELLED"
    assert cast.chain_master.line_states(whole) == {1: "REJECTED", 2: "REJECTED", 3: "REJECTED"}
    assert cast.chain_master.state_of(whole) == "REJECTED"


def test_a_day_that_passed_while_the_change_waited_is_promised_by_nobody(cast, agreed, after_days, nothing_changes):
    near, far = day(2), day(30)
    sent = changes(cast.chain_master, agreed, {"line": 2, "schedules": [{"of": 0, "quantity": "5", "wantedOn": near}]})
    after_days(3)
    with nothing_changes():
        late = answers(cast.gearworks, agreed, sent, "ACCEPTED")
    assert (late.refusals, late.rule.split()[0]) == (["NOT_ALLOWED_NOW"], "order_change.day_passed")
    assert cast.chain_master.sees(agreed)["openAmendment"] == "CHANGE"

    answers(cast.gearworks, agreed, sent, "CHANGED",
            {"line": 2, "schedules": [{"of": 0, "quantity": "5", "wantedOn": far}]})  # fmt: skip
    on_change(cast.chain_master, agreed, sent, "decide_on_order_change", decision="ACCEPT")
    assert terms(cast.chain_master, agreed, 2)[3] == [(day(17), far, "5")]
