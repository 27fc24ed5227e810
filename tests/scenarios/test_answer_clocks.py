"""Answers are owed by the clock of who owes them: reminded, escalated, and assumed only where both agreed so (C9, L2)."""

from datetime import datetime

import pytest

from kernel import clock
from tests.scenarios.amending import answers, cancels, changes, repromises
from tests.scenarios.players import day, line
from tests.scenarios.reactions import react, watch


def clocks_of(player, order):
    return player.sees(order)["answerClocks"]


def running(player, order):
    """kind -> (who owes, until when in China's time)."""
    return {
        one["kind"]: (one["owedBy"], china(one["answerBy"])) for one in clocks_of(player, order) if not one["endedAt"]
    }


def china(instant):
    return f"{datetime.fromisoformat(instant).astimezone(clock.CHINA):%m-%d %H:%M}"


def told(player, by="buyer"):
    return sorted(entry["what"] for entry in player.asks("inbox_page", by=by)["inbox"]["nodes"])


def limits(player, *, by="buyer", **given):
    usual = {"kind": "ORDER", "answerWithinHours": 16, "remindBeforeHours": 4, "escalateAfterHours": 8}
    return player.acts("set_answer_limits", usual | given, by=by)


def held(player):
    """What a seller reads of its buyers' limits."""
    found = player.asks("answer_limits_page", by="sales")["heldLimits"]
    return [(one["buyer"]["id"], one["kind"], one["answerWithinHours"], one["isOwn"]) for one in found]


def silence(player, partner, meaning="ASSUMED_AGREED", *, side="BUYER", by="buyer"):
    given = {"partnerId": partner.firm_id, "side": side, "meaning": meaning}
    return player.acts("propose_silence_terms", given, by=by)


def on_terms(player, verb, terms, *, by="buyer", **given):
    said = {"termsId": terms["silenceTerms"]["id"], "expectedVersion": terms["silenceTerms"]["version"]} | given
    return player.acts(verb, said, by=by)


@pytest.mark.feature("C9")
@pytest.mark.feature("L2")
def test_an_order_is_seen_and_answered_by_the_sellers_clock_or_the_levels_are_told_each_once(cast, at, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    with nothing_changes():
        assert limits(master, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert limits(master, answerWithinHours=0).fields == ["answerWithinHours"]
        assert limits(master, seenWithinHours=17).fields == ["seenWithinHours"]
        assert limits(master, remindBeforeHours=16).fields == ["remindBeforeHours"]
        assert limits(master, escalateAfterHours=721).fields == ["escalateAfterHours"]
        assert limits(master, sellerId=cast.bearing.firm_id).refusals == ["NOT_FOUND"]
        hours = [
            {"weekday": 1, "opens": "08:00", "closes": "12:00"},
            {"weekday": 1, "opens": "11:00", "closes": "13:00"},
        ]
        assert gearworks.acts("set_working_hours", {"spans": hours}, by="sales").fields == ["spans.1.opens"]
    assert limits(master, seenWithinHours=4, answerWithinHours=20).refusals == []
    assert held(cast.rival) == []  # nobody has asked it for anything yet
    assert limits(master, seenWithinHours=2, answerWithinHours=10, sellerId=gearworks.firm_id).refusals == []
    assert held(gearworks)[0] == (master.firm_id, "ORDER", 10, True)
    cast.rival.accepts_all(master.places_order(to=cast.rival, item="RC-40"))
    assert held(cast.rival)[:2] == [(master.firm_id, "ORDER", 20, True), (master.firm_id, "ORDER_CHANGE", 16, False)]
    assert held(cast.steel) == held(cast.official) == []  # to whom it sells nothing
    week = [{"weekday": n, "opens": "09:00", "closes": "14:00"} for n in (1, 2, 4)]
    assert gearworks.acts("set_working_hours", {"spans": week}, by="sales").refusals == []
    closed = {"days": [{"on": "2027-03-02", "standing": "CLOSED", "note": "盘点"}]}
    assert gearworks.acts("set_calendar_days", closed, by="sales").refusals == []

    order = master.places_order(to=gearworks)

    (owed,) = clocks_of(gearworks, order)
    assert (owed["owedBy"], china(owed["seeBy"]), china(owed["answerBy"])) == ("SELLER", "03-01 11:00", "03-04 14:00")
    assert owed["isCalendarKnown"] is False  # no public calendar of that year: told, not hidden
    assert clocks_of(master, order) == [owed] and cast.rival.sees(order) is None
    assert gearworks.asks("todo_page", by="sales")["todo"]["nodes"][0]["dueAt"] == owed["answerBy"]
    gearworks.acts("set_working_hours", {"spans": [week[0]]}, by="sales")
    limits(master, answerWithinHours=1, remindBeforeHours=0, sellerId=gearworks.firm_id)
    assert clocks_of(master, order) == [owed]  # what runs keeps the limits it began with
    with nothing_changes():
        watch()
    at("03-01 11:01")
    watch()
    with nothing_changes():
        watch()
    assert told(gearworks, "sales") == ["answer_unseen_order"]
    gearworks.acknowledges(order)
    assert clocks_of(master, order)[0]["seenAt"] is not None
    assert running(master, order) == {"ORDER": ("SELLER", "03-04 14:00")}
    at("03-04 10:01")
    watch()
    assert told(gearworks, "sales") == ["answer_remind_order", "answer_unseen_order"]
    at("03-04 14:01")
    watch()
    assert clocks_of(master, order)[0]["overdue"] and told(gearworks, "sales")[0] == "answer_lead_order"
    assert told(master) == []
    at("03-15 14:00")  # eight hours of Mondays and Thursdays later
    watch()
    assert told(master) == ["answer_partner_order"]
    events = [entry["event"] for entry in master.history_of(order)]
    assert events.count("AnswerOverdue") == 1 and master.state_of(order) == "ACKNOWLEDGED"

    gearworks.accepts_all(order)

    assert [(c["ended"], c["overdue"]) for c in clocks_of(master, order)] == [("ANSWERED", False)]
    assert told(master) == [] and told(gearworks, "sales") == []
    with nothing_changes():
        watch()


@pytest.mark.feature("C9")
def test_an_acknowledgement_stops_the_seen_clock_and_each_answer_the_answered_one(cast, at):
    master, gearworks = cast.chain_master, cast.gearworks
    counter = {"line": 1, "answer": "CHANGED", "unitPrice": "9"}
    stopped = {}
    for answer, given in (("ACCEPTED", {}), ("CHANGED", {"lines": [counter]}), ("REJECTED", {"reason": "OTHER"})):
        order = master.places_order(to=gearworks)
        gearworks.acknowledges(order)
        (seen,) = clocks_of(master, order)
        gearworks.responds(order, answer, **given)["response"]
        (ended,) = clocks_of(master, order)
        stopped[answer] = (seen["seenAt"] == ended["seenAt"], seen["endedAt"], ended["ended"])
    assert stopped == dict.fromkeys(("ACCEPTED", "CHANGED", "REJECTED"), (True, None, "ANSWERED"))


def test_a_scorecard_counts_an_answer_and_its_drift_from_when_the_order_was_last_asked_otherwise(cast, at):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10", days={30: "10"})])
    offer = [{"line": 1, "answer": "CHANGED", "schedules": [{"promisedOn": "2027-04-10", "quantity": "10"}]}]
    other = master.places_order(to=gearworks)
    gearworks.responds(order, lines=offer)
    master.decides(order, {1: "REFUSE"})
    at("03-03 09:00")
    for one in (order, other):  # asked otherwise: what was promised before promised something else
        changes(master, one, {"line": 1, "schedules": [{"of": 0, "wantedOn": "2027-05-20", "quantity": "10"}]})
    at("03-03 15:00")
    for one in (order, other):
        gearworks.accepts_all(one)["order"]
    react()

    card = master.asks("scorecard_page", side="BUYER", partnerId=gearworks.firm_id, metric="ANSWER_HOURS")["scorecard"]
    figures = {one["metric"]: one["value"] for one in card["figures"]}
    assert (figures["ANSWER_HOURS"], figures["PROMISE_DRIFT"]) == ("3", "0")


@pytest.mark.feature("L2")
def test_after_a_standstill_only_what_still_says_something_is_told(cast, at):
    order = cast.chain_master.places_order(to=cast.gearworks)
    at("04-01 09:00")

    watch()
    watch()

    assert told(cast.gearworks, "sales") == ["answer_lead_order"]
    assert told(cast.chain_master) == ["answer_partner_order"]
    assert cast.chain_master.state_of(order) == "PLACED"  # nobody agreed that silence means anything


@pytest.mark.feature("L2")
def test_changes_cancellations_and_new_promises_have_clocks_of_their_own_on_whoever_was_asked(cast, at):
    master, gearworks = cast.chain_master, cast.gearworks
    for kind, hours in (("ORDER_CHANGE", 2), ("ORDER_CANCELLATION", 3), ("REPROMISE", 4)):
        assert limits(master, kind=kind, answerWithinHours=hours, remindBeforeHours=1).refusals == []
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "5")])
    first = clocks_of(master, order)[0]
    at("03-01 15:00")
    changes(master, order, {"line": 1, "quantity": "12"})  # nothing is agreed: it is asked anew, and counts from now
    assert [c["ended"] for c in clocks_of(master, order)] == ["REPLACED", None]
    assert running(master, order)["ORDER"][1] > china(first["answerBy"])
    gearworks.accepts_all(order)

    changed = changes(master, order, {"line": 2, "quantity": "4"})
    assert running(master, order) == {"ORDER_CHANGE": ("SELLER", "03-01 17:00")}
    at("03-01 17:01")
    watch()
    assert told(gearworks, "sales") == ["answer_lead_order_change"]
    answers(gearworks, order, changed, "REJECTED", reason="CAPACITY")
    cancels(master, order)
    assert running(master, order)["ORDER_CANCELLATION"][0] == "SELLER"
    seen = master.sees(order)
    asked = master.asks("order_amendments", orderId=seen["id"])["orderAmendments"]["cancellations"][0]
    refused = {"cancellationId": asked["id"], "expectedVersion": seen["version"], "decision": "REFUSE"}
    assert gearworks.acts("answer_order_cancellation", refused, by="sales").refusals == []
    at("03-02 09:00")
    repromises(gearworks, order, {0: day(90)})
    assert running(gearworks, order) == {"REPROMISE": ("BUYER", "03-02 14:00")}
    assert master.asks("todo_page")["todo"]["nodes"][0]["dueAt"] is not None
    at("03-02 14:01")
    watch()
    assert "answer_lead_repromise" in told(master) and "answer_lead_repromise" in told(master, "lead")
    assert told(gearworks, "sales") == []


@pytest.mark.feature("L2")
def test_silence_means_something_only_while_both_agree_and_only_for_what_was_never_answered(cast, at, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    before = master.places_order(to=gearworks)
    proposed = silence(master, gearworks)
    assert "ACCEPT_SILENCE_TERMS" in gearworks.todo("sales")
    assert not any("ACCEPT_SILENCE_TERMS" in who.todo(by) for who, by in ((master, "buyer"), (cast.rival, "sales")))
    with nothing_changes():
        assert silence(master, gearworks, "LAPSES").rule.startswith("silence_terms.one_open")
        assert silence(master, cast.bearing).refusals == ["NOT_FOUND"]
        assert silence(master, gearworks, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert on_terms(master, "accept_silence_terms", proposed).refusals == [
            "NOT_ALLOWED_NOW"
        ]  # not by whoever said it
        assert on_terms(cast.rival, "accept_silence_terms", proposed, by="sales").refusals == ["NOT_FOUND"]
        assert on_terms(gearworks, "accept_silence_terms", proposed, by="sales", expectedVersion=9).refusals == [
            "STALE"
        ]
        assert on_terms(gearworks, "withdraw_silence_terms", proposed, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert on_terms(gearworks, "revoke_silence_terms", proposed, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    declined = on_terms(gearworks, "decline_silence_terms", proposed, by="sales")
    assert (declined["silenceTerms"]["state"], "ACCEPT_SILENCE_TERMS" in gearworks.todo("sales")) == ("DECLINED", False)
    taken_back = silence(gearworks, master, side="SELLER", by="sales")
    assert "ACCEPT_SILENCE_TERMS" in master.todo()
    assert on_terms(gearworks, "withdraw_silence_terms", taken_back, by="sales")["silenceTerms"]["state"] == "WITHDRAWN"
    agreed = on_terms(gearworks, "accept_silence_terms", silence(master, gearworks), by="sales")
    assert silence(master, gearworks).fields == ["meaning"]
    silent = master.places_order(
        to=gearworks, lines=[line("RV-40E", "10", days={40: "4", 50: "6"}), line("HD-25", "1")]
    )
    past = master.places_order(to=gearworks, lines=[line("RV-40E", "10", days={1: "10"})])
    refused = master.places_order(to=gearworks)
    gearworks.responds(refused, lines=[{"line": 1, "answer": "CHANGED", "unitPrice": "9999"}])
    master.decides(refused, {1: "REFUSE"})
    assert [c["heedsSilence"] for c in clocks_of(gearworks, silent)] == [True]
    answered = master.places_order(to=gearworks)
    at("03-03 10:00")
    gearworks.accepts_all(answered)  # after the limit, before the system acted: it counts

    watch()
    with nothing_changes():
        watch()

    assert master.line_states(silent) == {1: "CONFIRMED", 2: "CONFIRMED"}
    assert {x["agreedRule"].split(".")[0] for x in master.sees(silent)["lines"]} == {"silence"}
    assert [(s["promisedOn"] == s["wantedOn"], s["quantity"]) for s in master.schedules_of(silent)] == [
        (True, "4"), (True, "6"),
    ]  # fmt: skip
    assert [c["ended"] for c in clocks_of(master, silent)] == ["ASSUMED_AGREED"]
    assert [e["event"] for e in master.history_of(silent)][-3:] == [
        "AnswerOverdue",
        "OrderAssumedAgreed",
        "LinesAgreed",
    ]
    assert master.state_of(before) == "PLACED"  # placed before they agreed
    assert master.state_of(refused) == "PLACED"  # the seller has said that it wants other terms
    assert master.state_of(past) == "PLACED" and "SilenceHeld" in [e["event"] for e in master.history_of(past)]
    assert told(gearworks, "sales").count("order_assumed_agreed") == told(master).count("order_assumed_agreed") == 1

    waiting = master.places_order(to=gearworks)
    revoked = on_terms(gearworks, "revoke_silence_terms", agreed, by="sales")
    assert revoked["silenceTerms"]["state"] == "REVOKED"
    at("03-08 10:00")
    watch()
    assert master.state_of(waiting) == "PLACED"  # taken back before it followed

    on_terms(master, "accept_silence_terms", silence(gearworks, master, "LAPSES", side="SELLER", by="sales"))
    lapsing = master.places_order(to=gearworks)
    at("03-15 10:00")
    watch()
    assert (master.state_of(lapsing), [c["ended"] for c in clocks_of(master, lapsing)]) == ("CANCELLED", ["LAPSED"])
    assert "OrderLapsed" in [e["event"] for e in gearworks.history_of(lapsing)]
    replaced = on_terms(gearworks, "accept_silence_terms", silence(master, gearworks, "NOTHING"), by="sales")
    assert replaced["silenceTerms"]["state"] == "IN_FORCE"
    states = [one["state"] for one in master.asks("answer_limits_page")["silenceTerms"]["nodes"]]
    assert states == ["IN_FORCE", "REPLACED", "REVOKED", "WITHDRAWN", "DECLINED"]
    assert cast.rival.asks("answer_limits_page", by="sales")["silenceTerms"]["totalCount"] == 0
