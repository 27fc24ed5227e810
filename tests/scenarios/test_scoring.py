"""A scorecard counts what happened, opens to it, bends only where both agree, and gates orders by the buyer's own limits."""

from datetime import timedelta

import pytest

from jobs.scorecards import score_what_was_due
from kernel import clock
from tests.rules.checks.samples import pdf
from tests.scenarios.players import day, line, promise

pytestmark = pytest.mark.feature("A8")
ALL = ("OTIF_AGREED", "OTIF_ORIGINAL", "ANSWER_HOURS", "PROMISE_DRIFT", "PPM", "DOCUMENTS")


def card(player, partner, side="BUYER", metric=None):
    asked = player.asks("scorecard_page", side=side, partnerId=partner.firm_id, metric=metric)
    found = asked["scorecard"]
    return found | {f["metric"]: f for f in found["figures"]} if found else None


def events(player, partner, metric, side="BUYER"):
    asked = player.asks("scorecard_page", side=side, partnerId=partner.firm_id, metric=metric)
    return asked["scorecardObservations"]["nodes"]


def weighs(buyer, *, version=0, warn=None, block=None, **weights):
    said = {
        "expectedVersion": version, "warnBelow": warn, "blockBelow": block,
        "weights": [{"metric": m, "weight": w} for m, w in weights.items()],
    }  # fmt: skip
    return buyer.acts("set_scorecard_terms", said, by="lead")


def delivered(buyer, seller, *, asked=5, promised=8, counts=()):
    """One order of ten, wanted in some days, promised for a later one, shipped at once and received today."""
    order = buyer.places_order(seller, lines=[line("RV-40E", "10", days={asked: "10"})])
    days = promise(**{f"d{promised}": "10"})
    seller.responds(order, lines=[{"line": 1, "answer": "CHANGED", "reason": "CAPACITY", "schedules": days}])
    buyer.decides(order, {1: "ACCEPT"})["order"]
    sent = seller.ships((order, 1, "10"))
    return order, lambda: buyer.receives(sent, *counts, reason="MATERIAL" if counts else None)


def test_every_figure_has_its_formula_and_opens_to_the_events_behind_it(cast, after_days):
    buyer, seller = cast.chain_master, cast.gearworks
    kept, receive = delivered(buyer, seller)
    (asked,) = buyer.requires_documents(kept, {"due": day(7)})["requirements"]
    buyer.reviews(seller.hands_in(asked, pdf()), "APPROVED")["revision"]
    receive()["receiptAdvice"]
    late, receive_late = delivered(buyer, seller, counts=[("10", "8", "2")])
    buyer.requires_documents(late, {"due": day(7)})["requirements"]
    after_days(9)
    receive_late()["receiptAdvice"]
    score_what_was_due()
    score_what_was_due()

    own = card(buyer, seller)
    assert {m: own[m]["value"] for m in ALL} == {
        "OTIF_AGREED": "50", "OTIF_ORIGINAL": "50", "ANSWER_HOURS": "0", "PROMISE_DRIFT": "0", "PPM": "100000", "DOCUMENTS": "50",
    }  # fmt: skip
    assert {m: (own[m]["counted"], own[m]["misses"]) for m in ALL} == {
        "OTIF_AGREED": (2, 1), "OTIF_ORIGINAL": (2, 1), "ANSWER_HOURS": (2, 0), "PROMISE_DRIFT": (2, 0), "PPM": (2, 1), "DOCUMENTS": (2, 1),
    }  # fmt: skip
    assert (own["score"], own["band"]) == ("55", "NONE")
    bad, good = events(buyer, seller, "OTIF_AGREED")
    assert (good["order"]["number"], good["miss"], good["dueOn"]) == (kept["order"]["number"], False, day(-1))
    assert (bad["order"]["number"], bad["miss"], bad["doneOn"], bad["sourceKind"]) == (
        late["order"]["number"],
        True,
        None,
        "ReceiptAdvice",
    )
    assert card(seller, buyer, "SELLER")["score"] == "55"
    assert [e["id"] for e in events(seller, buyer, "PPM", "SELLER")] == [e["id"] for e in events(buyer, seller, "PPM")]
    for outsider in (cast.rival, cast.bearing, cast.dealer):
        assert card(outsider, seller) is None and card(outsider, buyer, "SELLER") is None


def test_an_event_is_left_out_only_where_both_agree_and_only_within_ten_days(cast, after_days, nothing_changes):
    buyer, seller = cast.chain_master, cast.gearworks
    for _ in range(3):
        delivered(buyer, seller)
    after_days(9)
    score_what_was_due()
    first, second, third = events(seller, buyer, "OTIF_AGREED", "SELLER")
    assert card(buyer, seller)["OTIF_AGREED"]["value"] == "0"

    said = {"observationId": first["id"], "reason": "货已于约定日送达，贵司延迟登记收货"}
    assert cast.rival.acts("contest_observation", said, by="sales").refusals == ["NOT_FOUND"]
    contest = seller.acts("contest_observation", said, by="sales")["contest"]
    assert contest["state"] == "OPEN"
    with nothing_changes():
        assert seller.acts("contest_observation", said, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert seller.acts("agree_to_contest", {"contestId": contest["id"]}, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert buyer.acts("agree_to_contest", {"contestId": contest["id"]}, by="planner").refusals == [
            "NOT_ALLOWED_NOW"
        ]
    assert card(buyer, seller)["OTIF_AGREED"]["counted"] == 3
    assert buyer.asks("inbox_counts", by="quality")["inboxCounts"]["mustAnswer"] == 1
    agreed = buyer.acts("agree_to_contest", {"contestId": contest["id"], "answer": "情况属实"}, by="quality")
    assert agreed["contest"]["state"] == "AGREED"
    assert buyer.asks("inbox_counts", by="quality")["inboxCounts"]["mustAnswer"] == 0
    assert (card(buyer, seller)["OTIF_AGREED"]["counted"], card(buyer, seller)["OTIF_AGREED"]["excluded"]) == (2, 1)

    contest = seller.acts("contest_observation", {"observationId": second["id"], "reason": "暴雨"}, by="sales")[
        "contest"
    ]
    refused = buyer.acts("refuse_contest", {"contestId": contest["id"], "answer": "未提前通知"}, by="buyer")
    assert refused["contest"]["state"] == "REFUSED"
    assert card(buyer, seller)["OTIF_AGREED"]["counted"] == 2
    (stands,) = [e for e in events(seller, buyer, "OTIF_AGREED", "SELLER") if e["id"] == second["id"]]
    assert (stands["contest"]["reason"], stands["contest"]["answer"], stands["openVerbs"]) == ("暴雨", "未提前通知", [])

    after_days(11)
    with nothing_changes():
        too_late = seller.acts("contest_observation", {"observationId": third["id"], "reason": "晚了"}, by="sales")
    assert (too_late.refusals, too_late.rule.split(" ")[0]) == (["NOT_ALLOWED_NOW"], "scorecard.ten_days")


def test_the_buyers_own_limits_stop_orders_and_weights_total_a_hundred(cast, after_days, nothing_changes):
    buyer, seller = cast.chain_master, cast.gearworks
    for _ in range(3):
        delivered(buyer, seller)
    after_days(9)
    score_what_was_due()
    with nothing_changes():
        assert weighs(buyer, OTIF_AGREED=60, PPM=39).fields == ["weights"]
        assert weighs(buyer, OTIF_AGREED=100, warn=30, block=50).fields == ["blockBelow"]
        assert buyer.acts("set_scorecard_terms", {"expectedVersion": 0, "weights": []}, by="buyer").refusals == [
            "NOT_ALLOWED_NOW"
        ]

    weighs(buyer, OTIF_AGREED=60, ANSWER_HOURS=40, warn=50, block=30)["terms"]
    assert (card(buyer, seller)["score"], card(buyer, seller)["band"]) == ("40", "WARN")
    assert buyer.places_order(seller).refusals == []
    assert weighs(buyer, OTIF_AGREED=100).refusals == ["STALE"]
    weighs(buyer, version=1, OTIF_AGREED=80, ANSWER_HOURS=20, warn=50, block=30)["terms"]
    with nothing_changes():
        refused = buyer.places_order(seller)
    assert (refused.refusals, refused.fields) == (["NOT_ALLOWED_NOW"], ["sellerId"])
    assert refused.rule.startswith("scorecard.blocked")
    assert buyer.places_order(cast.rival, item="RC-40").refusals == []


def test_promises_that_move_and_slow_answers_are_counted(cast):
    buyer, seller = cast.chain_master, cast.gearworks
    order = buyer.places_order(seller, lines=[line("RV-40E", "10", days={20: "10"})])
    seller.acknowledges(order)["order"]
    clock.set_to(clock.now() + timedelta(hours=72))
    try:
        changed = [{"line": 1, "answer": "CHANGED", "reason": "CAPACITY", "schedules": promise(d20="10")}]
        seller.responds(order, lines=changed)["order"]
        buyer.decides(order, {1: "REFUSE"})["order"]
        changed = [{"line": 1, "answer": "CHANGED", "reason": "CAPACITY", "schedules": promise(d24="10")}]
        seller.responds(order, lines=changed)["order"]
        buyer.decides(order, {1: "ACCEPT"})["order"]

        own = card(buyer, seller)
        assert (own["ANSWER_HOURS"]["value"], own["ANSWER_HOURS"]["points"]) == ("72", "50")
        assert (own["PROMISE_DRIFT"]["value"], own["PROMISE_DRIFT"]["points"], own["score"]) == ("4", "60", None)
    finally:
        clock.set_to(None)
