"""The buyer decides on an answer that waits (features.md C11)."""

import pytest

from tests.scenarios.players import day, line, promise

pytestmark = pytest.mark.feature("C11")


def countered(cast, *numbers):
    """An order of three lines of which these are answered with five days later."""
    order = cast.chain_master.places_order(
        to=cast.gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "10"), line("HD-25", "10")]
    )
    late = {"answer": "CHANGED", "schedules": promise(d25="10"), "reason": "CAPACITY"}
    cast.gearworks.responds(
        order, lines=[{"line": n} | (late if n in numbers else {"answer": "ACCEPTED"}) for n in (1, 2, 3)]
    )
    return order


def test_an_accepted_change_is_what_is_agreed(cast):
    order = countered(cast, 1)

    assert cast.chain_master.decides(order, {1: "ACCEPT"})["order"]["state"] == "CONFIRMED"

    assert cast.chain_master.schedules_of(order)[0]["promisedOn"] == day(25)
    assert cast.chain_master.sees(order)["responses"][0]["lines"][0]["verdict"] == "ACCEPTED"


def test_after_a_refusal_the_original_stands_and_the_seller_answers_anew(cast):
    order = countered(cast, 1)

    cast.chain_master.decides(order, {1: "REFUSE"})

    assert cast.chain_master.line_states(order) == {1: "OPEN", 2: "CONFIRMED", 3: "CONFIRMED"}
    assert cast.chain_master.state_of(order) == "PLACED"
    assert cast.gearworks.todo() == ["RESPOND_TO_ORDER"]
    (schedule,) = cast.chain_master.schedules_of(order)
    assert (schedule["wantedOn"], schedule["promisedOn"], schedule["quantity"]) == (day(20), None, "10")
    assert cast.gearworks.accepts_all(order)["order"]["state"] == "CONFIRMED"


def test_the_seller_may_send_all_lines_again_with_the_new_answer(cast):
    order = countered(cast, 1)
    cast.chain_master.decides(order, {1: "REFUSE"})

    answered = cast.gearworks.responds(order, lines=[
        {"line": 1, "answer": "CHANGED", "schedules": promise(d22="10")},
        {"line": 2, "answer": "ACCEPTED"}, {"line": 3, "answer": "ACCEPTED"},
    ])  # fmt: skip

    assert cast.chain_master.line_states(order) == {1: "CHANGE_PROPOSED", 2: "CONFIRMED", 3: "CONFIRMED"}
    assert answered["order"]["state"] == "COUNTERED"


def test_a_cancelled_line_is_over(cast):
    order = countered(cast, 1)

    cast.chain_master.decides(order, {1: "CANCEL"})

    assert cast.chain_master.line_states(order) == {1: "CANCELLED", 2: "CONFIRMED", 3: "CONFIRMED"}
    assert cast.chain_master.state_of(order) == "CONFIRMED"
    assert cast.gearworks.ships((order, 1, "1")).refusals == ["NOT_ALLOWED_NOW"]


def test_cancelling_every_line_cancels_the_order(cast):
    order = countered(cast, 1, 2, 3)

    cast.chain_master.decides(order, {1: "CANCEL", 2: "CANCEL", 3: "CANCEL"})

    assert cast.chain_master.state_of(order) == "CANCELLED"
    assert cast.chain_master.todo() == cast.gearworks.todo() == []


def test_lines_are_decided_one_after_the_other_or_in_bulk(cast):
    order = countered(cast, 1, 2)

    cast.chain_master.decides(order, {1: "ACCEPT"})
    assert cast.chain_master.state_of(order) == "COUNTERED"
    assert cast.chain_master.sees(order)["responses"][0]["state"] == "WAITING"

    cast.chain_master.decides(order, {2: "ACCEPT"})
    assert cast.chain_master.state_of(order) == "CONFIRMED"
    assert cast.chain_master.sees(order)["responses"][0]["state"] == "AGREED"


def test_nothing_is_shipped_before_all_is_agreed(cast, nothing_changes):
    order = countered(cast, 1)

    with nothing_changes():
        assert cast.gearworks.ships((order, 2, "10")).refusals == ["NOT_ALLOWED_NOW"]


def test_only_the_buyer_decides_and_on_what_he_read(cast, nothing_changes):
    order = countered(cast, 1)

    with nothing_changes():
        assert cast.chain_master.decides(order, {1: "ACCEPT"}, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.gearworks.decides(order, {1: "ACCEPT"}).refusals == ["NOT_ALLOWED_NOW"]
        stale = cast.chain_master.decides(order, {1: "ACCEPT"}, expectedVersion=1)
        response = cast.chain_master.sees(order)["responses"][0]["id"]
        assert cast.rival.decides(order, {1: "ACCEPT"}, response=response).refusals == ["NOT_FOUND"]
    assert (stale.refusals, stale.fields) == (["STALE"], ["expectedVersion"])


def test_only_what_waits_is_decided_and_once(cast, nothing_changes):
    order = countered(cast, 1)
    response = cast.chain_master.sees(order)["responses"][0]["id"]
    lines = {n: x["id"] for n, x in cast.chain_master.lines_of(order).items()}
    version = cast.chain_master.version_of(order)

    def decide(*decisions):
        said = [{"lineId": lines[n], "decision": d} for n, d in decisions]
        given = {"responseId": response, "expectedVersion": version, "decisions": said}
        return cast.chain_master.acts("decide_on_response", given, by="buyer")

    with nothing_changes():
        assert decide().fields == ["decisions"]
        assert decide((2, "ACCEPT")).fields == ["decisions.0.lineId"]
        assert decide((1, "ACCEPT"), (1, "CANCEL")).fields == ["decisions.1.lineId"]
    assert decide((1, "ACCEPT")).refusals == []
    with nothing_changes():
        assert cast.chain_master.decides(order, {1: "ACCEPT"}).refusals == ["NOT_ALLOWED_NOW"]


def test_an_answer_of_which_nothing_was_taken_is_refused(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "4")])
    changed = [{"line": n, "answer": "CHANGED", "quantity": "3"} for n in (1, 2)]
    gearworks.responds(order, lines=changed)

    master.decides(order, {1: "REFUSE"})
    assert master.sees(order)["responses"][-1]["state"] == "WAITING"
    master.decides(order, {2: "CANCEL"})

    assert master.sees(order)["responses"][-1]["state"] == "REFUSED"
    assert master.line_states(order) == {1: "OPEN", 2: "CANCELLED"}
