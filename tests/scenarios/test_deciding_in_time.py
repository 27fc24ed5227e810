"""A buyer counters an answer, or lets its time pass (features.md C11)."""

import pytest

from jobs.lapses import lapse_due_responses
from tests.scenarios.players import day, line, promise
from tests.scenarios.reactions import react

LATE = {"answer": "CHANGED", "schedules": promise(d24="10")}


def lapses():
    lapse_due_responses()
    react()


def told(player, by):
    nodes = player.asks("inbox_page", by=by)["inbox"]["nodes"]
    return [entry["what"] for entry in nodes].count("response_lapsed")


def said(player, order):
    response = player.sees(order)["responses"][-1]
    return response["state"], {x["line"]["number"]: (x["verdict"], x["defaultDecision"]) for x in response["lines"]}


@pytest.mark.feature("C11")
def test_what_the_buyer_leaves_undecided_lapses_once_as_it_said_when_it_was_answered(cast, after_days, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    limit = {"daysLate": 1, "decideWithinHours": 48, "valueLimit": "15000", "valueCurrency": "CNY"}
    master.tolerates(gearworks, **limit, defaultDecision="ACCEPT")["tolerance"]
    taken = master.places_order(
        to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "20"), line("HD-25", "10"), line("HD-25", "10")]
    )
    spare = {
        "answer": "ADDED",
        "substituteItemId": gearworks.item("HD-25"),
        "unitPrice": "3",
        "schedules": promise(d9="2"),
    }
    gearworks.responds(taken, lines=[
        LATE | {"line": 1}, {"line": 2, "answer": "CHANGED", "schedules": promise(d24="20")},
        {"line": 3, "answer": "CHANGED", "schedules": promise(d24="9"), "backorderMaximum": "1"},
        LATE | {"line": 4, "substituteItemId": gearworks.item("RV-80E")}, spare,
    ])["response"]  # fmt: skip
    master.tolerates(gearworks, **limit, defaultDecision="REFUSE")["tolerance"]
    refused = master.places_order(to=gearworks)
    gearworks.responds(refused, lines=[LATE | {"line": 1}, spare])["response"]
    master.tolerates(gearworks)["tolerance"]  # taken back: what was answered before keeps its time
    assert {n: default for n, (_, default) in said(master, taken)[1].items()} == {
        1: "ACCEPT",
        2: None,
        3: None,
        4: None,
        5: None,
    }
    after_days(1)
    with nothing_changes():
        lapse_due_responses()
    after_days(1)
    version = master.version_of(taken)

    lapses()
    with nothing_changes():
        lapses()

    rule = master.lines_of(taken)[1]["agreedRule"]
    assert rule.startswith("tolerance.pair.")
    states = {1: "CONFIRMED", 2: "CHANGE_PROPOSED", 3: "CHANGE_PROPOSED", 4: "CHANGE_PROPOSED", 5: "ADDED_PROPOSED"}
    assert (master.state_of(taken), master.line_states(taken)) == ("COUNTERED", states)
    assert said(gearworks, taken)[1][1][0] == "ACCEPTED_BY_DEFAULT"
    assert master.schedules_of(taken)[0]["promisedOn"] == day(22)  # 24 days from the day it was answered
    assert master.decides(taken, {2: "ACCEPT"}, expectedVersion=version).refusals == ["STALE"]
    assert master.decides(taken, dict.fromkeys((2, 3, 4, 5), "REFUSE"))["order"]["state"] == "PLACED"
    assert said(master, taken)[0] == "AGREED"
    assert (master.state_of(refused), master.line_states(refused)) == ("PLACED", {1: "OPEN", 2: "CANCELLED"})
    assert said(master, refused) == (
        "LAPSED",
        {1: ("REFUSED_BY_DEFAULT", "REFUSE"), 2: ("REFUSED_BY_DEFAULT", "REFUSE")},
    )
    assert [e["event"] for e in master.history_of(refused["order"])].count("ResponseLapsed") == 1
    assert (told(master, "buyer"), told(gearworks, "sales"), told(cast.rival, "sales")) == (2, 2, 0)
    assert gearworks.accepts_all(refused)["order"]["state"] == "CONFIRMED"


@pytest.mark.feature("C11")
def test_a_counter_offer_is_asked_in_the_place_of_the_original(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(
        to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "10", days={20: "6", 40: "4"})]
    )
    spare = {
        "answer": "ADDED",
        "substituteItemId": gearworks.item("HD-25"),
        "unitPrice": "3",
        "schedules": promise(d9="2"),
    }
    gearworks.responds(order, lines=[
        {"line": 1, "answer": "CHANGED", "unitPrice": "1300", "schedules": promise(d30="10")},
        {"line": 2, "answer": "CHANGED", "schedules": promise(d60="10")}, spare,
    ])["response"]  # fmt: skip

    with nothing_changes():
        for wrong, place in (
            ({"decision": "COUNTER"}, "decision"), ({"decision": "ACCEPT", "quantity": "9"}, "decision"),
            ({"decision": "COUNTER", "unitPrice": "1200.50"}, "decision"), ({"decision": "COUNTER", "quantity": "0"}, "quantity"),
            ({"decision": "COUNTER", "unitPrice": "-1"}, "unitPrice"),
            ({"decision": "COUNTER", "quantity": "9", "schedules": [{"wantedOn": day(9), "quantity": "8"}]}, "quantity"),
            ({"decision": "COUNTER", "schedules": [{"wantedOn": day(-1), "quantity": "8"}]}, "schedules.0.wantedOn"),
        ):  # fmt: skip
            refused = master.decides(order, {1: wrong})
            assert (refused.refusals, refused.fields) == (["INVALID"], [f"decisions.0.{place}"]), wrong
        unsaid = master.decides(order, {2: {"decision": "COUNTER", "quantity": "9"}})
        assert (unsaid.refusals, unsaid.fields) == (["INVALID"], ["decisions.0.schedules"])
        assert master.decides(order, {3: {"decision": "COUNTER", "quantity": "1"}}).refusals == ["NOT_ALLOWED_NOW"]
        assert master.decides(order, {1: {"decision": "COUNTER", "quantity": "9"}}, by="planner").refusals == [
            "NOT_ALLOWED_NOW"
        ]

    master.decides(order, {
        1: {"decision": "COUNTER", "quantity": "8", "unitPrice": "1250"},
        2: {"decision": "COUNTER", "schedules": [{"wantedOn": day(50), "quantity": "10"}]}, 3: "REFUSE",
    })["order"]  # fmt: skip

    assert (master.state_of(order), master.line_states(order)) == ("PLACED", {1: "OPEN", 2: "OPEN", 3: "CANCELLED"})
    asked = gearworks.lines_of(order)
    assert (asked[1]["orderedQuantity"]["value"], asked[1]["orderedUnitPrice"]) == ("8", "1250")
    assert said(gearworks, order)[1][1][0] == "COUNTERED"
    assert gearworks.todo("sales") == ["RESPOND_TO_ORDER"]
    changed = {
        (x["lineNumber"], x["field"]): (x["earlier"], x["later"])
        for x in master.asks("order_difference", orderId=order["order"]["id"], earlier=1, later=3)["orderDifference"]
    }
    assert changed[1, "unitPrice"] == ("1200.50", "1250") and changed[1, "quantity"] == ("10", "8")
    assert changed[2, "schedules.1.wantedOn"] == (day(20), day(50))
    assert gearworks.accepts_all(order)["order"]["state"] == "CONFIRMED"
    one, other = (master.lines_of(order)[n] for n in (1, 2))
    assert (one["quantity"]["value"], one["unitPrice"], one["schedules"][0]["promisedOn"]) == ("8", "1250", day(20))
    assert [(s["promisedOn"], s["quantity"]) for s in other["schedules"] if s["quantity"] != "0"] == [(day(50), "10")]


@pytest.mark.feature("C11")
def test_a_day_that_passed_while_an_answer_waited_is_agreed_by_nobody(cast, after_days, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    soon = {"answer": "CHANGED", "schedules": promise(d2="10")}
    waits, beside = (
        master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("HD-25", "10")]) for _ in range(2)
    )
    for order in (waits, beside):
        gearworks.responds(order, lines=[soon | {"line": 1}, LATE | {"line": 2}])["response"]
    master.tolerates(gearworks, decideWithinHours=96, defaultDecision="ACCEPT")["tolerance"]
    lapsing = master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("HD-25", "10")])
    gearworks.responds(lapsing, lines=[soon | {"line": 1}, LATE | {"line": 2}])["response"]
    after_days(3)

    with nothing_changes():
        refused = master.decides(waits, {1: "ACCEPT", 2: "ACCEPT"})
    assert (refused.refusals, refused.fields) == (["NOT_ALLOWED_NOW"], ["decisions.0.decision"])
    assert refused.said.startswith(f"{day(-1)}, offered for line 1, has passed") and "refuse it" in refused.said
    seen = master.sees(waits)
    said_all = [{"responseId": seen["responses"][-1]["id"], "expectedVersion": seen["version"], "decision": "ACCEPT"}]
    batch = master.acts("decide_on_responses", {"decisions": said_all}, by="buyer")["answerBatch"]
    assert (batch["answered"], batch["refused"], master.state_of(waits)) == (0, 1, "COUNTERED")
    queue = master.asks("decision_queue_page")["decisionQueue"]["nodes"]
    assert {n["order"]["number"]: n["hasPassed"] for n in queue} == {
        o["order"]["number"]: True for o in (waits, beside, lapsing)
    }
    counter = {"decision": "COUNTER", "schedules": [{"wantedOn": day(9), "quantity": "10"}]}
    assert master.decides(waits, {1: counter, 2: "ACCEPT"})["order"]["state"] == "PLACED"
    assert master.decides(beside, {1: "REFUSE", 2: "ACCEPT"})["order"]["state"] == "PLACED"
    after_days(2)
    lapses()
    assert said(gearworks, lapsing) == (
        "AGREED",
        {1: ("REFUSED_BY_DEFAULT", "ACCEPT"), 2: ("ACCEPTED_BY_DEFAULT", "ACCEPT")},
    )
    assert master.line_states(lapsing) == {1: "OPEN", 2: "CONFIRMED"}
