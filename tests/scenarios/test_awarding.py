"""Opened bids are compared by total cost and awarded by line or share; orders follow, losers learn their own rank (C5)."""

from datetime import datetime

import pytest

from kernel import clock
from tests.scenarios.players import day
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, inbox, issues, offered, seen, time_comes, versioned

GEARS, OTHER = "RV-40E", "RC-40"


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def opened(cast, mine, theirs, **given):
    """Gearworks and Rival have bid, and their bids are opened."""
    rfq = issues(cast.chain_master, cast.gearworks, cast.rival)
    bids(cast.gearworks, rfq, *mine, **given)["quotation"]
    bids(cast.rival, rfq, *theirs)["quotation"]
    time_comes(rfq)
    found = seen(cast.chain_master, rfq)
    assert found is not None
    return found


def compared(rfq, line=1):
    """(supplier, rank, total) of a line's offers, in the order shown."""
    (one,) = [found for found in rfq["comparison"] if found["line"]["number"] == line]
    return [
        (x["supplier"]["name"][:4], x["rank"], x["cost"]["total"] if x["cost"] else x["missing"]) for x in one["offers"]
    ]


def offer_of(rfq, player, kind="BID"):
    return next(
        x for line in rfq["comparison"] for x in line["offers"]
        if x["supplier"]["id"] == player.firm_id and x["offer"]["kind"] == kind
    )  # fmt: skip


def awards(cast, rfq, *shares, **given):
    said = [{"quotationLineId": offer_of(rfq, player)["offer"]["id"]} | share for player, share in shares]
    now = seen(cast.chain_master, rfq)
    return cast.chain_master.acts("award_rfq", versioned(now) | {"shares": said} | given, by="buyer")


@pytest.mark.feature("C5")
def test_the_lowest_by_total_cost_is_ordered_and_the_loser_learns_its_own_rank(cast):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    mine = offered(gearworks, GEARS, "150", toolingCost="300", freight="20", priceBreaks=[
        {"fromQuantity": "0", "unitPrice": "160"}, {"fromQuantity": "100", "unitPrice": "150"},
    ])  # fmt: skip
    rfq = opened(cast, [mine], [offered(rival, OTHER, "1100")], currency="USD", incoterm="EXW")
    assert compared(rfq) == [("无锡锐驰", 1, "110000"), ("苏州精齿", None, ["USD", "exw"])]
    early = awards(cast, rfq, (gearworks, {"quantity": "100", "reason": "x"}))
    assert "rfq.not_compared" in early.errors[0]["rule"]

    stated = {
        "rates": [{"currency": "USD", "rate": "7.1", "asOn": day(0)}], "deliveries": [{"incoterm": "EXW", "percent": "2"}]
    }  # fmt: skip
    master.acts("state_comparison_terms", versioned(seen(master, rfq)) | stated, by="buyer")["rfq"]
    rfq = seen(master, rfq)
    assert compared(rfq) == [("无锡锐驰", 1, "110000"), ("苏州精齿", 2, "110902")]
    assert offer_of(rfq, gearworks)["cost"] == {
        "bought": "100", "goods": "106500", "freight": "142", "tooling": "2130", "delivery": "2130", "total": "110902",
        "perUnit": "1109.02",
    }  # fmt: skip
    assert (seen(gearworks, rfq)["comparison"], seen(gearworks, rfq)["comparisonTerms"]) == ([], [])

    done = awards(cast, rfq, (rival, {"quantity": "100"}))["rfq"]
    react()

    assert done["state"] == "PARTLY_AWARDED"  # nobody bid for line 2
    after = seen(master, rfq)
    (award,) = after["awards"]
    order = master.asks("order_page", number=award["order"]["number"])["order"]
    assert (order["seller"]["id"], order["currency"], rfq["number"] in order["note"]) == (rival.firm_id, "CNY", True)
    (line,) = order["lines"]
    assert (line["item"]["number"], line["quantity"]["value"], line["unitPrice"]) == (OTHER, "100", "1100")
    assert {one["supplier"]["id"]: one["state"] for one in after["invitations"]} == {
        gearworks.firm_id: "NOT_AWARDED", rival.firm_id: "AWARDED",
    }  # fmt: skip
    lost = seen(gearworks, rfq)
    (own,) = lost["invitations"]
    assert [(q["state"], [x["rank"] for x in q["lines"]]) for q in own["quotations"]] == [("NOT_AWARDED", [2])]
    assert (lost["awards"], lost["comparison"], inbox(gearworks)) == ([], [], ["rfq.awarded", "rfq.closed"])
    assert not any(word in str(lost) for word in (rival.firm_id, "锐驰", "1100", OTHER))
    assert cast.bearing.asks("rfq_page", by="sales", id=rfq["id"])["rfq"] is None
    assert awards(cast, rfq, (rival, {"quantity": "1"})).refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("C5")
def test_shares_are_split_and_not_taking_the_lowest_needs_a_reason(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    mine = [
        offered(gearworks, GEARS, "1000", minimumQuantity="30"),
        offered(gearworks, GEARS, "50", line=2, lineUnits=1, itemUnits=12),
    ]
    rfq = opened(cast, mine, [offered(rival, OTHER, "1100")])
    assert compared(rfq, 2) == [("苏州精齿", 1, "6000")]
    wrongs = (
        ([(gearworks, {"quantity": "60"}), (rival, {"sharePercent": "30"})], "shares.1.reason"),
        ([(gearworks, {"quantity": "101"})], "shares.0.quantity"), ([(gearworks, {"quantity": "29"})], "shares.0.quantity"),
        ([(gearworks, {"quantity": "80"}), (rival, {"quantity": "21", "reason": "x"})], "shares.1.quantity"),
        ([(gearworks, {})], "shares.0.quantity"), ([(gearworks, {"quantity": "0"})], "shares.0.quantity"),
        ([(gearworks, {"quantity": "30"}), (gearworks, {"quantity": "30"})], "shares.1.quotationLineId"),
    )  # fmt: skip
    with nothing_changes():
        for shares, field in wrongs:
            refused = awards(cast, rfq, *shares)
            assert (refused.refusals, refused.fields) == (["INVALID"], [field])
        assert awards(cast, rfq).fields == ["reason"]
        assert awards(cast, rfq, (gearworks, {"quantity": "60"}), orders=[
            {"quotationId": offer_of(rfq, rival)["quotation"]["id"]}
        ]).fields == ["orders.0.quotationId"]  # fmt: skip
        assert gearworks.acts(
            "award_rfq", versioned(rfq) | {"shares": []}, by="buyer"
        ).refusals == ["NOT_ALLOWED_NOW"]  # fmt: skip

    boxes = next(x for x in rfq["comparison"][1]["offers"])["offer"]["id"]
    number = "PO-" + rfq["number"]
    said = [
        {"quotationLineId": offer_of(rfq, gearworks)["offer"]["id"], "sharePercent": "70"},
        {"quotationLineId": boxes, "quantity": "10"},
        {"quotationLineId": offer_of(rfq, rival)["offer"]["id"], "sharePercent": "30", "reason": "第二来源"},
    ]  # fmt: skip
    orders = [{"quotationId": offer_of(rfq, gearworks)["quotation"]["id"], "number": number, "wantedOn": day(50)}]
    done = master.acts("award_rfq", versioned(rfq) | {"shares": said, "orders": orders}, by="buyer")["rfq"]

    assert done["state"] == "AWARDED"
    after = seen(master, rfq)
    assert [(a["lineNumber"], a["quantity"], a["reason"]) for a in after["awards"]] == [
        (1, "70", ""), (2, "10", ""), (1, "30", "第二来源"),
    ]  # fmt: skip
    order = master.asks("order_page", number=number)["order"]
    assert [(x["quantity"]["value"], x["schedules"][0]["wantedOn"]) for x in order["lines"]] == [
        ("70", day(50)),
        ("120", day(50)),
    ]
    assert {one["supplier"]["id"]: one["quotations"][0]["state"] for one in after["invitations"]} == {
        gearworks.firm_id: "PARTLY_AWARDED", rival.firm_id: "PARTLY_AWARDED",
    }  # fmt: skip
    won = seen(rival, rfq)
    assert [(a["lineNumber"], a["quantity"], a["reason"]) for a in won["awards"]] == [(1, "30", "")]


@pytest.mark.feature("C5")
def test_nothing_is_awarded_with_a_reason_and_an_expired_offer_is_not_ordered(cast):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq = opened(cast, [offered(gearworks, GEARS, "1000")], [offered(rival, OTHER, "1100")])
    whole = awards(cast, rfq, (gearworks, {"quantity": "100"}), orders=[])
    assert whole["rfq"]["state"] == "PARTLY_AWARDED"
    (own,) = seen(gearworks, rfq)["invitations"]
    assert own["quotations"][0]["state"] == "AWARDED"

    other = opened(cast, [offered(gearworks, GEARS, "1000")], [offered(rival, OTHER, "1100")])
    clock.set_to(datetime.fromisoformat(day(61) + "T12:00:00+00:00"))
    late = awards(cast, other, (gearworks, {"quantity": "100"}))
    assert "quotation.expired" in late.errors[0]["rule"]
    none = awards(cast, other, reason="预算取消")["rfq"]
    assert (none["state"], seen(rival, other)["notAwarded"]) == ("NOT_AWARDED", "预算取消")
    assert {one["state"] for one in seen(master, other)["invitations"]} == {"NOT_AWARDED"}
