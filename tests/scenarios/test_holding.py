"""The buyer holds an order and lets it go on (features.md 3.3, decision 0051)."""

from datetime import datetime

import pytest

from jobs.scorecards import score_what_was_due
from kernel import clock
from tests.scenarios.amending import answers, cancels, changes, on_cancellation
from tests.scenarios.holding import holds, lifts
from tests.scenarios.players import line
from tests.scenarios.reactions import watch


def limit_of(player, order):
    (one,) = [c for c in player.sees(order)["answerClocks"] if not c["endedAt"]]
    return f"{datetime.fromisoformat(one['answerBy']).astimezone(clock.CHINA):%m-%d %H:%M}", one["overdue"]


def told(player, by):
    return sorted(entry["what"] for entry in player.asks("inbox_page", by=by)["inbox"]["nodes"])


def otif(player, partner, metric="OTIF_AGREED"):
    asked = player.asks("scorecard_page", side="BUYER", partnerId=partner.firm_id, metric=metric)
    return {n["order"]["number"]: (n["miss"], n["dueOn"]) for n in asked["scorecardObservations"]["nodes"]}


@pytest.mark.feature("C9")
def test_while_an_order_is_held_the_sellers_time_stands_still_and_no_answer_is_lost(cast, at, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    agreed = {"partnerId": gearworks.firm_id, "side": "BUYER", "meaning": "ASSUMED_AGREED"}
    terms = master.acts("propose_silence_terms", agreed, by="buyer")["silenceTerms"]
    gearworks.acts("accept_silence_terms", {"termsId": terms["id"], "expectedVersion": 1}, by="sales")["silenceTerms"]
    silent, written = master.places_order(to=gearworks), master.places_order(to=gearworks)
    read = gearworks.version_of(written)
    with nothing_changes():
        assert holds(master, silent, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert holds(gearworks, silent, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert holds(master, silent, expectedVersion=9).refusals == ["STALE"]
        assert holds(master, silent, decidesOn="2027-02-28").fields == ["decidesOn"]
        rivals = {"orderId": silent["order"]["id"], "expectedVersion": 1, "reason": "OTHER"}
        assert cast.rival.acts("hold_order", rivals, by="sales").refusals == ["NOT_FOUND"]
    at("03-01 12:00")

    held = holds(master, silent, decidesOn="2027-03-08", note="改版中")["hold"]
    holds(master, written)["hold"]

    assert (master.state_of(silent), master.version_of(silent)) == ("PLACED", 1)  # the hold lies beside the state
    seen = gearworks.sees(silent)["hold"]
    assert (seen["reason"], seen["note"], seen["decidesOn"]) == ("SPECIFICATION", "改版中", "2027-03-08")
    assert (told(gearworks, "sales").count("order_held"), gearworks.todo("sales")) == (2, [])
    assert master.todo() == ["LIFT_HOLD", "LIFT_HOLD"]
    bench = master.asks("workbench_page", view="HELD")
    assert {n["order"]["number"] for n in bench["workbench"]["nodes"]} == {
        o["order"]["number"] for o in (silent, written)
    }
    assert {c["view"]: c["lines"] for c in bench["workbenchCounts"]}["UNANSWERED"] == 0
    at("03-04 12:30")
    with nothing_changes():
        watch()  # nobody is reminded, nothing is assumed agreed
        assert holds(master, silent).refusals == ["NOT_ALLOWED_NOW"]
        assert lifts(gearworks, silent, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        foreign = {"holdId": held["id"], "expectedVersion": 1}
        made_up = cast.rival.acts("lift_hold", foreign | {"holdId": "A" * 22}, by="sales")
        assert cast.rival.acts("lift_hold", foreign, by="sales").errors == made_up.errors
        assert cast.rival.asks("node", id=held["id"]).data["node"] is None
    assert limit_of(gearworks, silent) == ("03-02 17:30", False)
    assert gearworks.responds(written, "ACCEPTED", expectedVersion=read)["order"]["state"] == "CONFIRMED"

    lifts(master, silent)["hold"]

    # 3.5 of 16 hours had passed: what is left is 4.5 of Thursday and 8 of Friday.
    assert limit_of(gearworks, silent) == ("03-05 17:30", False)
    assert (gearworks.sees(silent)["hold"], gearworks.todo("sales")) == (None, ["RESPOND_TO_ORDER"])
    with nothing_changes():
        assert lifts(master, silent, holdId=held["id"]).refusals == ["NOT_ALLOWED_NOW"]
    at("03-08 08:00")
    watch()
    assert (master.state_of(silent), master.lines_of(silent)[1]["agreedRule"][:8]) == ("CONFIRMED", "silence.")
    events = [e["event"] for e in master.history_of(silent["order"])]
    assert (events.count("OrderHeld"), events.count("HoldLifted")) == (1, 1)


@pytest.mark.feature("C13")
def test_nothing_of_a_held_order_leaves_and_its_days_on_hold_are_no_miss_of_the_sellers(cast, at, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    held, free, late = (
        master.places_order(to=gearworks, lines=[line("RV-40E", "10", days={4: "10"})]) for _ in range(3)
    )
    for order in (held, free, late):
        gearworks.accepts_all(order)["order"]
    on_its_way = gearworks.ships((held, 1, "4"))
    at("03-03 09:00")
    hold = holds(master, held)["hold"]

    with nothing_changes():
        for parts in ([(held, 1, "6")], [(free, 1, "10"), (held, 1, "6")]):  # alone, or beside others
            refused = gearworks.ships(*parts)
            assert refused.refusals == ["NOT_ALLOWED_NOW"]
            assert refused.rule == "order.hold (lifted by the buyer, by lifting the hold)"
            assert held["order"]["number"] in refused.said
    assert "sendDespatchAdvice" not in gearworks.sees(held)["openVerbs"]
    assert master.receives(on_its_way)["receiptAdvice"]  # what is on its way is counted and invoiced
    at("03-08 09:00")  # the agreed day has passed; who takes less on it does not promise it anew
    asked = changes(master, held, {"line": 1, "schedules": [{"of": 0, "quantity": "9"}]})
    assert answers(gearworks, held, asked, "ACCEPTED")["change"]["state"] == "ACCEPTED"
    asked = cancels(master, held)
    on_cancellation(gearworks, held, asked, "answer_order_cancellation", by="sales", decision="REFUSE")["cancellation"]
    at("03-09 09:00")
    holds(master, late)["hold"]  # it was late already
    score_what_was_due()
    assert otif(master, gearworks) == {free["order"]["number"]: (True, "2027-03-05")}  # a held order is not judged
    at("03-10 09:00")
    lifts(master, held, holdId=hold["id"])["hold"]
    lifts(master, late)["hold"]
    master.receives(gearworks.ships((held, 1, "5")))["receiptAdvice"]
    at("03-11 09:00")
    score_what_was_due()
    assert set(otif(master, gearworks)) == {free["order"]["number"], late["order"]["number"]}
    at("03-13 09:00")
    score_what_was_due()

    assert otif(master, gearworks) == {
        free["order"]["number"]: (True, "2027-03-05"), late["order"]["number"]: (True, "2027-03-05"),
        held["order"]["number"]: (False, "2027-03-12"),
    }  # fmt: skip
    assert (master.state_of(held), told(gearworks, "sales").count("hold_lifted")) == ("DELIVERED", 2)


@pytest.mark.feature("C9", "C13")
def test_no_clock_stands_still_where_nobody_can_lift_the_hold_and_no_old_hold_puts_a_new_day_off(cast, at):
    master, gearworks = cast.chain_master, cast.gearworks
    asked_late, came = (
        master.places_order(to=gearworks, lines=[line("RV-40E", "10", days={4: "10"})]) for _ in range(2)
    )
    gearworks.accepts_all(came)["order"]
    on_its_way = gearworks.ships((came, 1, "10"))
    for order in (asked_late, came):
        holds(master, order)["hold"]
    master.receives(on_its_way)["receiptAdvice"]
    assert (master.state_of(came), master.sees(came)["hold"]) == ("DELIVERED", None)
    assert master.todo().count("LIFT_HOLD") == 1
    more = {"action": "ADD", "number": 2, "itemId": master.item("RV-40E"), "quantity": "5", "unitPrice": "1"}
    changes(master, came, more | {"schedules": [{"wantedOn": "2027-03-20", "quantity": "5"}]})["change"]

    # The seller owes an answer to the change, and its clock stands: both see by what, and its buyer can lift it.
    assert gearworks.sees(came)["hold"] and master.todo().count("LIFT_HOLD") == 2
    at("03-11 08:00")
    lifts(master, came)["hold"]
    assert limit_of(gearworks, came) == ("03-12 17:30", False)

    lifts(master, asked_late)["hold"]
    later = {"line": 1, "schedules": [{"of": 0, "quantity": "10", "wantedOn": "2027-03-20"}]}
    changes(master, asked_late, later)["change"]
    gearworks.accepts_all(asked_late)["order"]
    at("03-23 09:00")
    score_what_was_due()
    assert otif(master, gearworks, "OTIF_ORIGINAL")[asked_late["order"]["number"]] == (True, "2027-03-20")
