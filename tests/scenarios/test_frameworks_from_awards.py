"""What a bid won becomes an order or a framework agreement, one of the two and once, at its own prices (C5, C6)."""

import pytest

from kernel import clock
from tests.scenarios import frameworks
from tests.scenarios.amending import changes
from tests.scenarios.players import day, fresh, promise
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, inbox, issues, offered, seen, time_comes, versioned

GEARS, OTHER = "RV-40E", "RC-40"
STEPS = [{"fromQuantity": "10", "unitPrice": "1300.123456"}, {"fromQuantity": "80", "unitPrice": "1250.25"}]


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def bid_of(rfq, player):
    return next(
        x for line in rfq["comparison"] for x in line["offers"] if x["supplier"]["id"] == player.firm_id
    )  # fmt: skip


def awarded(cast):
    """60 of line 1 go to Gearworks and 40 to the rival; Gearworks' share waits, the rival's is ordered at once."""
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq = issues(master, gearworks, rival)
    mine = offered(gearworks, GEARS, "1", priceBreaks=STEPS, minimumQuantity="5", toolingCost="5000")
    bids(gearworks, rfq, mine, currency="USD")["quotation"]
    bids(rival, rfq, offered(rival, OTHER, "1400"))["quotation"]
    time_comes(rfq)
    rate = {"rates": [{"currency": "USD", "rate": "7.1", "asOn": day(0)}], "deliveries": []}
    master.acts("state_comparison_terms", versioned(seen(master, rfq)) | rate, by="buyer")["rfq"]
    opened = seen(master, rfq)
    shares = [
        {"quotationLineId": bid_of(opened, who)["offer"]["id"], "quantity": quantity, "reason": "分散风险"}
        for who, quantity in ((gearworks, "60"), (rival, "40"))
    ]
    bid = bid_of(opened, gearworks)["quotation"]["id"]
    said = versioned(opened) | {"shares": shares, "orders": [{"quotationId": bid, "later": True}]}
    numbered = master.acts(
        "award_rfq", said | {"orders": [{"quotationId": bid, "later": True, "number": "PO"}]}, by="buyer"
    )
    assert (numbered.refusals, numbered.fields) == (["INVALID"], ["orders.0.later"])
    master.acts("award_rfq", said, by="buyer")["rfq"]
    react()
    return rfq, bid


def from_award(bid, **given):
    return {"quotationId": bid, "number": fresh("FA"), "validFrom": day(0), "validUntil": day(365)} | given


@pytest.mark.feature("C5", "C6")
def test_what_a_bid_won_becomes_a_framework_at_its_prices_once_and_losers_learn_nothing(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq, bid = awarded(cast)
    theirs = bid_of(seen(master, rfq), rival)["quotation"]["id"]
    before, told = seen(rival, rfq), rival.asks("history_page", by="sales", id=rfq["id"])["history"]["nodes"]
    assert ("orderAward" in seen(master, rfq)["openVerbs"], "ORDER_AWARD" in master.todo()) == (True, True)
    (won,) = seen(gearworks, rfq)["awards"]
    assert (won["quantity"], won["order"], won["framework"]) == ("60", None, None)

    with nothing_changes():
        for wrong, code, field in (
            ({"quotationId": theirs}, "NOT_ALLOWED_NOW", None), ({"number": " "}, "INVALID", "number"),
            ({"validUntil": day(-1)}, "INVALID", "validUntil"),
            ({"caps": [{"itemId": gearworks.item(GEARS), "quantityCap": "9"}]}, "INVALID", "caps.0.quantityCap"),
            ({"caps": [{"itemId": gearworks.item("HD-25"), "quantityCap": "90"}]}, "INVALID", "caps.0.itemId"),
        ):  # fmt: skip
            refused = master.acts("draft_framework_from_award", from_award(bid) | wrong, by="buyer")
            assert (refused.refusals, refused.errors[0]["fields"]) == ([code], [field] if field else [])
        became = master.acts("order_award", {"quotationId": theirs}, by="buyer").errors[0]
        (ordered,) = [one["order"]["number"] for one in seen(master, rfq)["awards"] if one["order"]]
        assert ordered in became["message"]
        assert gearworks.acts("order_award", {"quotationId": bid}, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        for player, by in ((rival, "sales"), (cast.bearing, "sales")):
            for verb, said in (("draft_framework_from_award", from_award(bid)), ("order_award", {"quotationId": bid})):
                assert player.acts(verb, said, by=by).refusals == ["NOT_FOUND"]

    made = master.acts("draft_framework_from_award", from_award(bid, note="年度协议"), by="buyer")["framework"]
    react()
    draft = frameworks.now(master, made)
    (line,) = draft["lines"]
    assert (line["item"]["number"], line["quantityCap"], line["minimumQuantity"], draft["currency"]) == (
        GEARS, "60", "10", "USD",
    )  # fmt: skip
    assert line["prices"][0]["priceBreaks"] == STEPS
    assert (draft["rfq"]["number"], draft["quotation"]["id"], draft["note"].startswith("年度协议\n")) == (
        rfq["number"], bid, True,
    )  # fmt: skip
    assert ("模具费 5000 USD" in draft["note"], "交货期 21 天" in draft["note"]) == (True, True)
    assert (frameworks.seen(gearworks, made), seen(gearworks, rfq)["awards"][0]["framework"]) == (None, None)
    assert ("orderAward" in seen(master, rfq)["openVerbs"], "ORDER_AWARD" in master.todo()) == (False, False)

    with nothing_changes():
        for verb, said in (("order_award", {"quotationId": bid}), ("draft_framework_from_award", from_award(bid))):
            twice = master.acts(verb, said, by="buyer")
            assert (twice.refusals, "framework" in twice.errors[0]["message"]) == (["NOT_ALLOWED_NOW"], True)
        anew = frameworks.said(
            master, gearworks, frameworks.agreed_line(master, minimumQuantity="10", priceBreaks=STEPS)
        )
        for wrong, field in (
            ({"currency": "CNY"}, "currency"), ({"sellerId": rival.firm_id}, "sellerId"),
            ({"lines": [anew["lines"][0] | {"priceBreaks": STEPS[:1]}]}, "lines.0.priceBreaks"),
            ({"lines": [anew["lines"][0] | {"minimumQuantity": "11"}]}, "lines.0.minimumQuantity"),
        ):  # fmt: skip
            if "sellerId" in wrong:
                wrong["lines"] = [frameworks.agreed_line(master, OTHER)]
            refused = master.acts(
                "draft_framework", anew | {"currency": "USD"} | frameworks.of(draft) | wrong, by="buyer"
            )
            assert (refused.refusals, refused.fields) == (["INVALID"], [field])
            assert "framework.as_awarded" in refused.errors[0]["rule"]
    anew = master.acts(
        "draft_framework", anew | {"currency": "USD", "number": draft["number"]} | frameworks.of(draft), by="buyer"
    )["framework"]

    waiting = master.acts("submit_framework", frameworks.of(anew), by="buyer")["framework"]
    assert master.acts("approve_framework", frameworks.of(waiting), by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    proposed = master.acts("approve_framework", frameworks.of(waiting), by="lead")["framework"]
    shown = frameworks.now(gearworks, proposed)
    assert (shown["rfq"]["number"], shown["quotation"]["id"]) == (rfq["number"], bid)
    assert seen(gearworks, rfq)["awards"][0]["framework"]["number"] == draft["number"]
    gearworks.acts("accept_framework", frameworks.of(shown), by="sales")["framework"]
    agreed = frameworks.now(master, made)
    with nothing_changes():
        less = frameworks.calls_off(master, agreed, "9")
        assert (less.refusals, "framework.minimum_quantity" in less.errors[0]["rule"]) == (["INVALID"], True)
    called = frameworks.calls_off(master, agreed, "80")
    assert master.lines_of(called)[1]["unitPrice"] == "1250.25"
    with nothing_changes():
        less = changes(master, called, {"line": 1, "schedules": [{"of": 0, "quantity": "9"}]})
        assert (less.fields, "framework.minimum_quantity" in less.errors[0]["rule"]) == (["lines.0.quantity"], True)
    gearworks.responds(called, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d30="80")}])["response"]
    with nothing_changes():
        less = master.decides(called, {1: {"decision": "COUNTER", "quantity": "9"}})
        assert (less.fields, "framework.minimum_quantity" in less.errors[0]["rule"]) == (["decisions.0.quantity"], True)

    react()
    assert seen(rival, rfq) == before
    assert rival.asks("history_page", by="sales", id=rfq["id"])["history"]["nodes"] == told
    assert (frameworks.seen(rival, made), rival.asks("frameworks", by="sales")["frameworks"]["totalCount"]) == (None, 0)
    assert inbox(rival).count("rfq.awarded") == 1


@pytest.mark.feature("C5")
def test_what_a_bid_won_is_ordered_later_at_its_prices_and_no_framework_comes_of_it(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq, bid = awarded(cast)
    before = seen(rival, rfq)
    order = master.acts("order_award", {"quotationId": bid, "wantedOn": day(50)}, by="buyer")["order"]
    react()

    line = master.asks("order_page", number=order["number"])["order"]["lines"][0]
    assert (order["number"], line["quantity"]["value"], line["unitPrice"]) == (
        f"{rfq['number']}-2",
        "60",
        "1300.123456",
    )
    assert seen(gearworks, rfq)["awards"][0]["order"]["id"] == order["id"]
    with nothing_changes():
        for verb, said in (("order_award", {"quotationId": bid}), ("draft_framework_from_award", from_award(bid))):
            twice = master.acts(verb, said, by="buyer")
            assert (twice.refusals, order["number"] in twice.errors[0]["message"]) == (["NOT_ALLOWED_NOW"], True)
    assert seen(rival, rfq) == before
