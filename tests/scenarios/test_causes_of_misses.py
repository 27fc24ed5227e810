"""A late or short delivery ends with what both say and one agreed cause; only what both agree on is left out (idea 10)."""

import pytest

from jobs.scorecards import score_what_was_due
from tests.scenarios.explaining import agrees, misses, promised, reopens, shown, states
from tests.scenarios.players import day, line
from tests.scenarios.reactions import react

pytestmark = pytest.mark.feature("A8")


def on_time(player, partner, side="BUYER"):
    found = player.asks("scorecard_page", side=side, partnerId=partner.firm_id)["scorecard"]
    return {
        f["metric"]: (f["value"], f["misses"], f["excluded"])
        for f in found["figures"]
        if f["metric"].startswith("OTIF")
    }


def counts(player, side):
    found = player.asks("cause_records", counted={"side": side})["causeCounts"]
    return {one["state"]: one["misses"] for one in found}


def test_a_miss_counts_until_both_agree_that_it_was_not_the_sellers(cast, after_days, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    kept, late, short = (promised(cast) for _ in range(3))
    master.receives(gearworks.ships((kept, 1, "10")))["receiptAdvice"]
    master.receives(gearworks.ships((short, 1, "6")))["receiptAdvice"]
    after_days(3)
    score_what_was_due()
    score_what_was_due()

    two, one = misses(master, "BUYER")
    assert [(x["order"]["number"], x["dueOn"], x["state"]) for x in (one, two)] == [
        (late["order"]["number"], day(-1), "OPEN"), (short["order"]["number"], day(-1), "OPEN"),
    ]  # fmt: skip
    assert [x["id"] for x in misses(gearworks, "SELLER")] == [two["id"], one["id"]]
    assert misses(master, "BUYER", orderId=late["order"]["id"])[0]["id"] == one["id"]
    assert counts(gearworks, "SELLER") == {"OPEN": 2, "AGREED": 0} == counts(master, "BUYER")
    before = {"OTIF_AGREED": ("33.3", 2, 0), "OTIF_ORIGINAL": ("33.3", 2, 0)}
    assert on_time(master, gearworks) == before
    with nothing_changes():
        assert agrees(master, one).fields == ["statedCauseId"]  # nobody has stated any
        assert reopens(master, one).refusals == ["NOT_ALLOWED_NOW"]
        assert states(master, one, "BUYER_CHANGE", "SELLER").fields == ["party"]
        assert states(master, one, "FORCE_MAJEURE", "SHARED").fields == ["party"]
        assert states(master, one, "OTHER", "SELLER", " ").fields == ["note"]
        assert states(master, one, "CAPACITY", "SELLER", by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert states(rival, one, "CAPACITY", "SELLER", by="sales").refusals == ["NOT_FOUND"]
        assert states(master, one, "CAPACITY", "SELLER", expectedVersion=9).refusals == ["STALE"]
        assert shown(rival, one) is None and misses(rival, "SELLER") == [] == misses(rival, "BUYER")

    states(gearworks, one, "BUYER_CHANGE", "BUYER", "您方推迟了图纸")["causeRecord"]
    states(master, one, "CAPACITY", "SELLER", "产能不足")["causeRecord"]
    react()
    assert on_time(master, gearworks) == before and "STATE_CAUSE" in gearworks.todo("sales")
    read = shown(master, one)["stated"][0]["id"]
    states(gearworks, one, "SPECIFICATION", "NEITHER", "图纸双方都改过")["causeRecord"]
    react()
    assert "STATE_CAUSE" in master.todo() and "STATE_CAUSE" not in gearworks.todo("sales")
    with nothing_changes():
        assert agrees(master, one, statedCauseId=read).fields == ["statedCauseId"]  # they say otherwise now
    assert agrees(master, one, note="同意")["causeRecord"]["isLeftOut"] is True
    react()

    assert on_time(master, gearworks) == {"OTIF_AGREED": ("50", 1, 1), "OTIF_ORIGINAL": ("50", 1, 1)}
    assert on_time(gearworks, master, "SELLER") == on_time(master, gearworks)
    found = shown(gearworks, one)
    assert (found["cause"], found["party"], [(s["side"], s["cause"], s["agrees"]) for s in found["stated"]][-1]) == (
        "SPECIFICATION", "NEITHER", ("BUYER", "SPECIFICATION", True),
    )  # fmt: skip
    assert "STATE_CAUSE" not in master.todo() + gearworks.todo("sales")
    with nothing_changes():
        assert states(gearworks, one, "OTHER", "BUYER").refusals == ["NOT_ALLOWED_NOW"]
    states(master, two, "MATERIAL", "SHARED")["causeRecord"]
    agrees(gearworks, two)["causeRecord"]
    assert on_time(master, gearworks)["OTIF_AGREED"] == ("50", 1, 1)  # what is shared counts
    totals = master.asks("cause_totals", side="BUYER")["causeTotals"]
    assert sorted((t["partner"]["id"] == gearworks.firm_id, t["cause"], t["party"], t["misses"]) for t in totals) == [
        (True, "MATERIAL", "SHARED", 1), (True, "SPECIFICATION", "NEITHER", 1),
    ]  # fmt: skip
    assert rival.asks("cause_totals", side="SELLER")["causeTotals"] == []

    assert reopens(gearworks, one)["causeRecord"]["reopeningSide"] == "SELLER"
    assert reopens(gearworks, one).rule.startswith("cause.reopened_by_both")
    react()
    assert on_time(master, gearworks)["OTIF_AGREED"] == ("50", 1, 1) and "STATE_CAUSE" in master.todo()
    assert reopens(master, one)["causeRecord"]["state"] == "OPEN"
    assert on_time(master, gearworks) == before
    assert [e["event"] for e in gearworks.history_of(one)] == [ "CauseStated", "CauseStated", "CauseStated", "CauseAgreed", "CauseReopeningAsked", "CauseReopened",
    ]  # fmt: skip


def test_a_contest_both_agreed_to_and_a_cause_do_not_undo_each_other(cast, after_days):
    master, gearworks = cast.chain_master, cast.gearworks
    promised(cast)
    after_days(3)
    score_what_was_due()
    (record,) = misses(master, "BUYER")
    asked = {"side": "SELLER", "partnerId": master.firm_id, "metric": "OTIF_AGREED"}
    (event,) = gearworks.asks("scorecard_page", **asked)["scorecardObservations"]["nodes"]
    said = {"observationId": event["id"], "reason": "停电"}
    contest = gearworks.acts("contest_observation", said, by="sales")["contest"]
    master.acts("agree_to_contest", {"contestId": contest["id"]}, by="buyer")["contest"]
    assert on_time(master, gearworks) == {"OTIF_AGREED": (None, 0, 1), "OTIF_ORIGINAL": ("0", 1, 0)}

    states(gearworks, record, "FORCE_MAJEURE", "NEITHER")["causeRecord"]
    agrees(master, record)["causeRecord"]
    assert on_time(master, gearworks) == {"OTIF_AGREED": (None, 0, 1), "OTIF_ORIGINAL": (None, 0, 1)}
    reopens(master, record)["causeRecord"]
    reopens(gearworks, record)["causeRecord"]
    assert on_time(master, gearworks) == {"OTIF_AGREED": (None, 0, 1), "OTIF_ORIGINAL": ("0", 1, 0)}


def test_goods_both_agree_had_come_on_time_are_on_time(cast, after_days):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(
        gearworks, lines=[line("RV-40E", "10", days={1: "10"}), line("RV-80E", "4", days={1: "4"})]
    )
    gearworks.responds(order, lines=[
        {"line": 1, "answer": "ALREADY_DELIVERED", "schedules": [{"promisedOn": day(-2), "quantity": "10"}]},
        {"line": 2, "answer": "ACCEPTED"},
    ])  # fmt: skip
    master.decides(order, {1: "ACCEPT"})["order"]
    after_days(3)
    score_what_was_due()

    assert on_time(master, gearworks)["OTIF_AGREED"] == ("50", 1, 0)
    (event,) = [
        e for e in master.asks("scorecard_page", side="BUYER", partnerId=gearworks.firm_id, metric="OTIF_ORIGINAL")[
            "scorecardObservations"]["nodes"] if not e["miss"]
    ]  # fmt: skip
    assert (event["doneOn"], event["sourceKind"]) == (day(-5), "OrderResponse")
    assert [x["orderLine"]["number"] for x in misses(gearworks, "SELLER")] == [2]
