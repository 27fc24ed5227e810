"""A seller answers an order, line by line (features.md 3.3 and 3.4, C5 to C14)."""

import pytest

from tests.scenarios.players import day, line, promise


def agreed_terms(player, order, number=1):
    one = player.lines_of(order)[number]
    days = [(s["promisedOn"], s["quantity"]) for s in one["schedules"]]
    return one["state"], one["quantity"]["value"], one["unitPrice"], days


def said_of(outcome):
    return [(x["line"]["number"], x["answer"], x["verdict"], x["rule"]) for x in outcome["response"]["lines"]]


@pytest.mark.feature("C10")
def test_accepting_all_binds_both_on_the_wanted_days(cast):
    order = cast.chain_master.places_order(
        to=cast.gearworks, lines=[line("RV-40E", "30", days={20: "18", 50: "12"}), line("RV-80E", "2.5")]
    )

    answered = cast.gearworks.accepts_all(order)

    assert (answered["response"]["answer"], answered["response"]["state"]) == ("ACCEPTED", "AGREED")
    assert said_of(answered) == [(1, "ACCEPTED", "AGREED", None), (2, "ACCEPTED", "AGREED", None)]
    assert cast.chain_master.state_of(order) == "CONFIRMED"
    days = [(day(20), "18"), (day(50), "12")]
    assert agreed_terms(cast.chain_master, order) == ("CONFIRMED", "30", "1200.50", days)
    assert agreed_terms(cast.chain_master, order, 2) == ("CONFIRMED", "2.5", "1200.50", [(day(20), "2.5")])


def test_an_acknowledgement_says_seen_once_and_answers_nothing(cast, nothing_changes):
    order = cast.chain_master.places_order(to=cast.gearworks)

    seen = cast.gearworks.acknowledges(order)

    assert (seen["response"]["answer"], seen["response"]["state"]) == ("ACKNOWLEDGED", "NOTED")
    assert cast.chain_master.state_of(order) == "ACKNOWLEDGED"
    assert cast.chain_master.line_states(order) == {1: "OPEN"}
    assert cast.gearworks.todo() == ["RESPOND_TO_ORDER"]
    with nothing_changes():
        assert cast.gearworks.acknowledges(order).refusals == ["NOT_ALLOWED_NOW"]
    assert cast.gearworks.accepts_all(order)["order"]["state"] == "CONFIRMED"


def test_an_acknowledgement_carries_no_lines_and_comes_before_the_answer(cast, nothing_changes):
    order = cast.chain_master.places_order(to=cast.gearworks)

    with nothing_changes():
        carrying = cast.gearworks.responds(order, "ACKNOWLEDGED", [{"line": 1, "answer": "ACCEPTED"}])
    assert (carrying.refusals, carrying.fields) == (["INVALID"], ["lines"])

    cast.gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED", "quantity": "9"}])
    with nothing_changes():
        assert cast.gearworks.acknowledges(order).refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("C11")
def test_a_change_inside_the_tolerance_is_agreed_by_rule(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    master.tolerates(gearworks, daysLate=3, quantityUnderPercent="10", pricePercent="1")
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "10")])

    answered = gearworks.responds(order, lines=[
        {"line": 1, "answer": "CHANGED", "unitPrice": "1212.505", "schedules": promise(d23="9")},
        {"line": 2, "answer": "ACCEPTED"},
    ])  # fmt: skip

    assert answered["response"]["state"] == "AGREED_BY_RULE"
    (changed, accepted) = said_of(answered)
    assert changed[:3] == (1, "CHANGED", "BY_RULE") and changed[3].startswith("tolerance.pair.")
    assert accepted == (2, "ACCEPTED", "AGREED", None)
    assert agreed_terms(master, order) == ("CONFIRMED", "9", "1212.505", [(day(23), "9")])
    assert master.lines_of(order)[1]["agreedRule"] == changed[3]
    assert master.state_of(order) == "CONFIRMED"


@pytest.mark.feature("C10", "C11")
@pytest.mark.parametrize("change", [
    {"schedules": promise(d24="10")}, {"schedules": promise(d18="10")}, {"schedules": promise(d20="8.9")},
    {"schedules": promise(d20="10.1")}, {"unitPrice": "1212.51"}, {"unitPrice": "1188.49"},
    {"schedules": promise(d20="9"), "backorderMaximum": "1"},
], ids=["too late", "too early", "too little", "too much", "too dear", "too cheap", "backorder"])  # fmt: skip
def test_a_change_outside_the_tolerance_waits_for_the_buyer(cast, change):
    master, gearworks = cast.chain_master, cast.gearworks
    master.tolerates(gearworks, daysLate=3, daysEarly=1, quantityUnderPercent="10", pricePercent="1")
    order = master.places_order(to=gearworks)

    answered = gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED"} | change])

    assert answered["response"]["state"] == "WAITING"
    assert said_of(answered) == [(1, "CHANGED", "WAITING", None)]
    assert (master.state_of(order), master.line_states(order)) == ("COUNTERED", {1: "CHANGE_PROPOSED"})
    assert agreed_terms(master, order) == ("CHANGE_PROPOSED", "10", "1200.50", [(None, "10")])


@pytest.mark.feature("C11")
def test_the_tolerance_of_an_item_goes_before_that_of_the_pair(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    master.tolerates(gearworks, daysLate=30)
    master.tolerates(gearworks, itemId=master.item("RV-40E"), daysLate=1)
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "10")])

    answered = gearworks.responds(
        order, lines=[{"line": n, "answer": "CHANGED", "schedules": promise(d22="10")} for n in (1, 2)]
    )

    assert [x[2] for x in said_of(answered)] == ["WAITING", "BY_RULE"]
    assert said_of(answered)[1][3].startswith("tolerance.pair.")


@pytest.mark.feature("C11")
def test_a_tolerance_is_set_by_the_buyer_alone_and_within_bounds(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks

    with nothing_changes():
        assert master.tolerates(gearworks, by="planner", daysLate=3).refusals == ["NOT_ALLOWED_NOW"]
        for name, wrong in (
            ("quantityUnderPercent", "101"), ("quantityOverPercent", "-1"), ("pricePercent", "100.01"),
            ("daysEarly", 366), ("daysLate", -1),
        ):  # fmt: skip
            refused = master.tolerates(gearworks, **{name: wrong})
            assert (refused.refusals, refused.fields) == (["INVALID"], [name])
        assert master.tolerates(gearworks, itemId=cast.rival.item("RC-40")).refusals == ["NOT_FOUND"]


@pytest.mark.feature("C10")
def test_once_one_line_is_answered_all_are(cast, nothing_changes):
    order = cast.chain_master.places_order(
        to=cast.gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "10"), line("HD-25", "10")]
    )

    with nothing_changes():
        refused = cast.gearworks.responds(order, lines=[{"line": 2, "answer": "ACCEPTED"}])

    assert (refused.refusals, refused.fields) == (["INVALID"], ["lines"])
    assert "1, 3" in refused.said


@pytest.mark.feature("C10")
def test_a_rejection_gives_its_reason(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "10")])

    with nothing_changes():
        whole = gearworks.responds(order, "REJECTED")
        one = gearworks.responds(order, lines=[{"line": 1, "answer": "ACCEPTED"}, {"line": 2, "answer": "REJECTED"}])
    assert (whole.refusals, whole.fields) == (["INVALID"], ["reason"])
    assert (one.refusals, one.fields) == (["INVALID"], ["lines.1.reason"])

    answered = gearworks.responds(
        order, lines=[{"line": 1, "answer": "ACCEPTED"}, {"line": 2, "answer": "REJECTED", "reason": "CAPACITY"}]
    )
    assert answered["response"]["state"] == "AGREED"
    assert master.line_states(order) == {1: "CONFIRMED", 2: "REJECTED"}
    assert master.state_of(order) == "CONFIRMED"


def test_after_a_whole_rejection_no_duty_remains(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)

    assert gearworks.responds(order, "REJECTED", reason="DISCONTINUED")["order"]["state"] == "REJECTED"

    assert gearworks.todo() == master.todo() == []
    with nothing_changes():
        assert gearworks.accepts_all(order).refusals == ["NOT_ALLOWED_NOW"]
        assert gearworks.ships((order, 1, "10")).refusals == ["NOT_ALLOWED_NOW"]
        assert master.requires_documents(order).refusals == ["NOT_ALLOWED_NOW"]
        assert master.accepts_delivery(order).refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("C10")
def test_an_added_line_waits_for_the_buyer(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)
    spare = gearworks.item("HD-25")

    gearworks.responds(order, lines=[
        {"line": 1, "answer": "ACCEPTED"},
        {"answer": "ADDED", "substituteItemId": spare, "unitPrice": "300", "schedules": promise(d10="2")},
    ])  # fmt: skip

    assert master.line_states(order) == {1: "CONFIRMED", 2: "ADDED_PROPOSED"}
    assert master.state_of(order) == "COUNTERED"
    master.decides(order, {2: "ACCEPT"})
    assert agreed_terms(master, order, 2) == ("CONFIRMED", "2", "300", [(day(10), "2")])
    assert master.state_of(order) == "CONFIRMED"


def test_an_added_line_that_is_refused_is_gone(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)
    added = {"line": 1, "answer": "ADDED", "schedules": promise(d50="5")}
    gearworks.responds(order, lines=[{"line": 1, "answer": "ACCEPTED"}, added])

    master.decides(order, {2: "REFUSE"})

    assert master.line_states(order) == {1: "CONFIRMED", 2: "CANCELLED"}
    assert master.state_of(order) == "CONFIRMED"


def test_an_added_line_says_what_when_and_for_how_much(cast, nothing_changes):
    order = cast.chain_master.places_order(to=cast.gearworks)
    accepted = {"line": 1, "answer": "ACCEPTED"}

    with nothing_changes():
        nothing = cast.gearworks.responds(order, lines=[accepted, {"answer": "ADDED", "schedules": promise(d9="1")}])
        no_day = cast.gearworks.responds(order, lines=[accepted, {"line": 1, "answer": "ADDED"}])
        foreign = cast.gearworks.responds(order, lines=[
            accepted,
            {"answer": "ADDED", "substituteItemId": cast.rival.item("RC-40"), "unitPrice": "1", "schedules": promise(d9="1")},
        ])  # fmt: skip

    assert (nothing.refusals, nothing.fields) == (["INVALID"], ["lines.1.substituteItemId"])
    assert (no_day.refusals, no_day.fields) == (["INVALID"], ["lines.1.schedules"])
    assert (foreign.refusals, foreign.fields) == (["NOT_FOUND"], ["lines.1.substituteItemId"])


def test_goods_already_delivered_are_received_once_the_buyer_agrees(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "4")])

    gearworks.responds(order, lines=[
        {"line": 1, "answer": "ALREADY_DELIVERED", "schedules": [{"promisedOn": day(-2), "quantity": "10"}]},
        {"line": 2, "answer": "ACCEPTED"},
    ])  # fmt: skip
    assert master.line_states(order) == {1: "CHANGE_PROPOSED", 2: "CONFIRMED"}

    master.decides(order, {1: "ACCEPT"})
    assert master.line_states(order) == {1: "RECEIVED", 2: "CONFIRMED"}
    assert master.state_of(order) == "IN_DELIVERY"
    (schedule,) = master.schedules_of(order)
    assert (schedule["shipped"], schedule["accepted"], schedule["toShip"]) == ("10", "10", "0")


def test_of_goods_already_delivered_a_backorder_is_still_to_come(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)

    gearworks.responds(order, lines=[{
        "line": 1, "answer": "ALREADY_DELIVERED", "schedules": [{"promisedOn": day(-2), "quantity": "6"}],
        "backorderMaximum": "4",
    }])  # fmt: skip
    master.decides(order, {1: "ACCEPT"})

    delivered, to_come = master.schedules_of(order)
    assert (delivered["accepted"], delivered["toShip"]) == ("6", "0")
    assert (to_come["accepted"], to_come["toShip"]) == ("0", "4")
    assert master.line_states(order) == {1: "PART_RECEIVED"}


@pytest.mark.feature("C10")
def test_a_split_into_two_days_peppol_order_response(cast):
    """Appendix A: order 30, two lines 18 on one day and 12 a month later."""
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, quantity="30")

    gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d20="18", d51="12")}])
    master.decides(order, {1: "ACCEPT"})

    assert agreed_terms(master, order) == ("CONFIRMED", "30", "1200.50", [(day(20), "18"), (day(51), "12")])
    assert [s["wantedOn"] for s in master.schedules_of(order)] == [day(20), day(20)]


@pytest.mark.feature("C10")
def test_a_backorder_maximum_bounds_what_will_come_peppol_order_response(cast):
    """Appendix A: order 6, answer 2 dated and at most 3 more later: at most 5 will come."""
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, quantity="6")

    gearworks.responds(
        order, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d20="2"), "backorderMaximum": "3"}]
    )
    master.decides(order, {1: "ACCEPT"})

    assert agreed_terms(master, order) == ("CONFIRMED", "5", "1200.50", [(day(20), "2"), (None, "3")])
    assert master.lines_of(order)[1]["backorderMaximum"] == "3"


@pytest.mark.feature("C10")
def test_a_backorder_maximum_of_nothing_means_the_rest_never_comes(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, quantity="6")

    gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED", "quantity": "2", "backorderMaximum": "0"}])
    master.decides(order, {1: "ACCEPT"})

    assert agreed_terms(master, order) == ("CONFIRMED", "2", "1200.50", [(day(20), "2")])
    assert master.lines_of(order)[1]["backorderMaximum"] == "0"


@pytest.mark.feature("C10")
def test_a_substitute_is_named_and_decided_by_the_buyer(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    master.tolerates(gearworks, pricePercent="100")
    order = master.places_order(to=gearworks)

    gearworks.responds(
        order,
        lines=[{"line": 1, "answer": "CHANGED", "substituteItemId": gearworks.item("RV-80E"), "unitPrice": "1300"}],
    )
    assert master.state_of(order) == "COUNTERED"
    master.decides(order, {1: "ACCEPT"})

    assert master.lines_of(order)[1]["item"]["number"] == "RV-80E"
    assert agreed_terms(master, order) == ("CONFIRMED", "10", "1300", [(day(20), "10")])
    assert master.link_for("RV-80E")["basis"] == "SEEN_IN_ORDERS"
    assert master.link_for("RV-40E")["basis"] == "DECLARED"


def test_a_newer_answer_takes_the_place_of_one_that_waits(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)
    added = {"line": 1, "answer": "ADDED", "schedules": promise(d50="5")}
    first = gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED", "quantity": "5"}, added])

    gearworks.accepts_all(order)

    assert [(r["number"], r["state"]) for r in master.sees(order)["responses"]] == [(1, "SUPERSEDED"), (2, "AGREED")]
    assert [x["verdict"] for x in master.sees(order)["responses"][0]["lines"]] == ["SUPERSEDED", "SUPERSEDED"]
    assert master.line_states(order) == {1: "CONFIRMED", 2: "REJECTED"}
    assert agreed_terms(master, order)[1] == "10"
    with nothing_changes():
        late = master.decides(order, {1: "ACCEPT"}, response=first["response"]["id"])
    assert late.refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("C10")
def test_every_answer_is_kept_as_it_was_given(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)

    for price in ("1300", "1290"):
        gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED", "unitPrice": price, "reason": "MATERIAL"}])

    kept = [(r["lines"][0]["unitPrice"], r["lines"][0]["reason"]) for r in master.sees(order)["responses"]]
    assert kept == [("1300", "MATERIAL"), ("1290", "MATERIAL")]
    assert master.sees(order)["lines"][0]["orderedUnitPrice"] == "1200.50"


def test_who_answers_and_what_stands_meanwhile(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)

    with nothing_changes():
        own = master.responds(order, "ACCEPTED", by="sales")
        stale = gearworks.accepts_all(order, expectedVersion=7)
        outsider = cast.rival.responds(order, "ACCEPTED")
    assert own.refusals == ["NOT_ALLOWED_NOW"] and "seller" in own.rule
    assert (stale.refusals, stale.fields) == (["STALE"], ["expectedVersion"])
    assert outsider.refusals == ["NOT_FOUND"]

    gearworks.accepts_all(order)
    with nothing_changes():
        again = gearworks.accepts_all(order)
    assert again.refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.parametrize(("given", "field"), [
    ({"answer": "ACCEPTED", "quantity": "9"}, "lines.0.answer"),
    ({"answer": "CHANGED", "quantity": "0"}, "lines.0.quantity"),
    ({"answer": "CHANGED", "quantity": "-1"}, "lines.0.quantity"),
    ({"answer": "CHANGED", "unitPrice": "-0.01"}, "lines.0.unitPrice"),
    ({"answer": "CHANGED", "backorderMaximum": "-1"}, "lines.0.backorderMaximum"),
    ({"answer": "CHANGED", "schedules": promise(d20="0")}, "lines.0.schedules.0.quantity"),
    ({"answer": "CHANGED", "quantity": "5", "schedules": promise(d20="4")}, "lines.0.quantity"),
    ({"answer": "CHANGED", "schedules": [{"promisedOn": "2020-01-01", "quantity": "10"}]}, "lines.0.schedules.0.promisedOn"),
    ({"answer": "CHANGED", "schedules": [{"promisedOn": "9999-12-31", "quantity": "10"}]}, "lines.0.schedules.0.promisedOn"),
    ({"answer": "CHANGED", "schedules": [{"promisedOn": "2026-12-24", "quantity": "1"}] * 401}, "lines.0.schedules"),
    ({"answer": "CHANGED", "schedules": [{"promisedOn": "2031-12-24", "quantity": "9" * 18}] * 2}, "lines.0.schedules"),
    ({"answer": "CHANGED", "quantity": "9" * 18, "unitPrice": "9" * 18}, "lines.0.unitPrice"),
])  # fmt: skip
def test_a_wrong_answer_is_told_by_its_field(cast, nothing_changes, given, field):
    order = cast.chain_master.places_order(to=cast.gearworks)

    with nothing_changes():
        refused = cast.gearworks.responds(order, lines=[{"line": 1} | given])

    assert (refused.refusals, refused.fields) == (["INVALID"], [field])


def test_a_changed_quantity_over_several_days_says_how_it_falls_on_them(cast, nothing_changes):
    order = cast.chain_master.places_order(to=cast.gearworks, lines=[line("RV-40E", "30", days={20: "18", 50: "12"})])

    with nothing_changes():
        refused = cast.gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED", "quantity": "20"}])

    assert (refused.refusals, refused.fields) == (["INVALID"], ["lines.0.schedules"])
