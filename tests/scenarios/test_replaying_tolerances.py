"""A buyer tries a tolerance on the answers it was given before it adopts it (features.md C11 and idea 4)."""

import pytest

from tests.scenarios.players import line, promise

PROPOSED = {"daysLate": 5, "pricePercent": "1"}


def told(player, *, by="buyer", rule=PROPOSED, **given):
    return player.asks("replay_tolerance", by=by, rule=rule, **given)


@pytest.mark.feature("C11")
def test_a_proposed_tolerance_is_replayed_with_the_risk_it_lets_through(cast, after_days, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    master.tolerates(gearworks, daysLate=1)
    master.tolerates(gearworks, itemId=master.item("RV-80E"), daysLate=1)
    by_rule, late, refused, dearer = (master.places_order(to=gearworks) for _ in range(4))
    apart = master.places_order(to=gearworks, lines=[line("RV-80E", "10")])
    others = master.places_order(to=rival, lines=[line("RC-40", "10")])
    for order, change in (
        (by_rule, {"schedules": promise(d21="10")}), (late, {"schedules": promise(d25="10")}),
        (refused, {"schedules": promise(d22="10"), "unitPrice": "1212.50"}), (dearer, {"unitPrice": "1210.50"}),
        (apart, {"schedules": promise(d24="10")}),
    ):  # fmt: skip
        gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED"} | change])["response"]
    rival.responds(others, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d24="10")}])["response"]
    for order, decision in ((late, "ACCEPT"), (refused, "REFUSE"), (dearer, "ACCEPT")):
        master.decides(order, {1: decision})["order"]
    after_days(27)
    master.receives(gearworks.ships((late, 1, "8", "0")))["receiptAdvice"]

    with nothing_changes():
        found = told(master, sellerId=gearworks.firm_id)["replayTolerance"]
        whole = told(master, by="lead")["replayTolerance"]
        recent = told(master, days=26)["replayTolerance"]
        item = told(master, sellerId=gearworks.firm_id, itemId=master.item("RV-80E"))["replayTolerance"]

    assert [found[x] for x in ("differed", "agreedThen", "agreedToday", "agreedProposed")] == [4, 1, 1, 4]
    assert [found[x] for x in ("shareThen", "shareToday", "shareProposed")] == ["25.0", "25.0", "100.0"]
    assert [found[x] for x in ("declined", "late", "short", "extraDays", "riskCount")] == [1, 3, 1, 8, 4]
    assert found["priceRises"] == [{"amount": "220.000000", "currency": "CNY"}]
    assert (found["notKept"], found["ruledApart"]) == (0, 1)
    by_number = {risk["order"]["number"]: risk for risk in found["risks"]}
    assert list(by_number) == [x["order"]["number"] for x in (dearer, refused, late, by_rule)]
    one, other = by_number[late["order"]["number"]], by_number[refused["order"]["number"]]
    assert (one["verdict"], one["isDeclined"], one["lateDays"], one["extraDays"]) == ("ACCEPTED", False, 7, 5)
    assert (one["short"], one["seller"]["id"], one["item"]["number"]) == (
        {"value": "2", "unit": "C62"}, gearworks.firm_id, "RV-40E",
    )  # fmt: skip
    assert (other["verdict"], other["isDeclined"], other["lateDays"]) == ("REFUSED", True, 0)
    assert other["priceRise"] == {"amount": "120.000000", "currency": "CNY"}
    assert (whole["differed"], whole["agreedProposed"], whole["ruledApart"], recent["differed"]) == (5, 5, 1, 0)
    assert (item["differed"], item["agreedProposed"], item["ruledApart"]) == (1, 1, 0)

    master.tolerates(gearworks, **PROPOSED)["tolerance"]  # adopted: what was proposed is in force
    assert told(master, sellerId=gearworks.firm_id)["replayTolerance"]["agreedToday"] == 4


def test_only_the_buyers_people_replay_and_nothing_of_others_enters(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    order = rival.places_order(to=cast.bearing, lines=[line("CRB-100", "10")])
    cast.bearing.responds(order, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d24="10")}])["response"]

    with nothing_changes():
        assert told(rival)["replayTolerance"]["differed"] == 1
        assert told(master)["replayTolerance"]["differed"] == told(cast.dealer)["replayTolerance"]["differed"] == 0
        for refused, rule in (
            (told(master, by="planner"), "duty.buyer"), (told(cast.carrier), "duty.buyer"),
            (told(cast.official), "duty.buyer"), (told(gearworks, sellerId=gearworks.firm_id), "replay.own_answers"),
        ):  # fmt: skip
            assert refused.problems[0]["extensions"]["code"] == "NOT_ALLOWED_NOW"
            assert rule in str(refused.problems[0])
        for wrong, field in (
            ({"days": 0}, "days"), ({"days": 732}, "days"), ({"itemId": master.item("RV-40E")}, "itemId"),
            ({"rule": {"pricePercent": "101"}}, "rule.pricePercent"), ({"rule": {"valueLimit": "5"}}, "rule.valueCurrency"),
        ):  # fmt: skip
            refused = told(master, **wrong)
            assert (refused.problems[0]["extensions"]["code"], field in str(refused.problems[0])) == ("INVALID", True)
        hidden = told(master, sellerId=gearworks.firm_id, itemId=rival.item("RC-40"))
        assert hidden.problems[0]["extensions"]["code"] == "NOT_FOUND"
