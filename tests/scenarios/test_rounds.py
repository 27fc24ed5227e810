"""After the opening a buyer asks once more, sealed or in a reverse auction; who does not bid again keeps its bid (C3)."""

from datetime import datetime, timedelta

import pytest

from jobs.sourcing import close_due_rfqs
from kernel import clock
from tests.scenarios.players import day
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, inbox, instant, issues, offered, seen, time_comes, versioned

GEARS, OTHER = "RV-40E", "RC-40"
ONE_LINE = [{"number": 1, "title": "40 型减速机", "quantity": "100", "unit": "C62", "wantedOn": day(40)}]


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def opened(cast, mine: str, their: str):
    """Both have bid for one line, and the time has come."""
    rfq = issues(cast.chain_master, cast.gearworks, cast.rival, lines=ONE_LINE)
    bids(cast.gearworks, rfq, offered(cast.gearworks, GEARS, mine))["quotation"]
    bids(cast.rival, rfq, offered(cast.rival, OTHER, their))["quotation"]
    time_comes(rfq)
    return seen(cast.chain_master, rfq)


def opens(buyer, rfq, *, visibility="NONE", by="buyer", **given):
    said = versioned(rfq) | {
        "visibility": visibility, "closesAt": instant(hours=24), "awardBy": day(20), "reason": "PRICES_TOO_HIGH",
    } | given  # fmt: skip
    return buyer.acts("open_rfq_round", said, by=by)


def bids_of(player, rfq, firm):
    found = seen(player, rfq)["invitations"]
    quotations = next(one["quotations"] for one in found if one["supplier"]["id"] == firm.firm_id)
    return [
        (q["round"], q["state"], q["lines"][0]["priceBreaks"][0]["unitPrice"] if q["lines"] else None) for q in quotations
    ]  # fmt: skip


@pytest.mark.feature("C3")
def test_a_sealed_round_is_sealed_again_and_who_does_not_bid_keeps_its_bid(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    first = opened(cast, "1311.17", "1300.00")
    with nothing_changes():
        wrong = opens(master, first, inviteeIds=[gearworks.firm_id])
        other = opens(master, first, reason="OTHER")
        stepped = opens(master, first, leastStep="1")
        assert opens(rival, first).refusals == ["NOT_ALLOWED_NOW"]
        assert (cast.bearing.acts("open_rfq_round", versioned(first) | {
            "visibility": "NONE", "closesAt": instant(hours=1), "reason": "OTHER"}, by="sales").refusals) == ["NOT_FOUND"]  # fmt: skip
    assert [one.fields for one in (wrong, other, stepped)] == [["leftOutReason"], ["note"], ["leastStep"]]

    second = opens(master, first)["rfq"]
    react()
    assert (second["state"], second["round"], "rfq.round_opened" in inbox(gearworks)) == ("ISSUED", 2, True)
    assert bids_of(master, first, gearworks) == [(1, "OPENED", "1311.17")]  # the former round stays readable
    bids(gearworks, second, offered(gearworks, GEARS, "1250.00"))["quotation"]
    assert bids_of(master, first, gearworks) == [(1, "OPENED", "1311.17")]
    assert bids_of(gearworks, first, gearworks)[1] == (2, "SUBMITTED", None)
    time_comes(second)

    assert bids_of(master, first, gearworks) == [(1, "FORMER", "1311.17"), (2, "OPENED", "1250.00")]
    assert bids_of(master, first, rival) == [(1, "OPENED", "1300.00")]
    found = seen(master, first)
    ranked = [(o["rank"], o["offer"]["priceBreaks"][0]["unitPrice"]) for o in found["comparison"][0]["offers"]]
    assert ranked == [(1, "1250.00"), (2, "1300.00")]
    assert [(one["number"], one["visibility"], one["reason"]) for one in found["rounds"]] == [
        (1, "NONE", None), (2, "NONE", "PRICES_TOO_HIGH"),
    ]  # fmt: skip

    third = opens(master, found, inviteeIds=[gearworks.firm_id], leftOutReason="交期不符")["rfq"]
    react()
    left = seen(rival, first)
    assert ("rfq.left_out" in inbox(rival), left["invitations"][0]["leftOut"]) == (True, "交期不符")
    assert ([one["number"] for one in left["rounds"]], left["openVerbs"]) == ([1, 2], ["withdrawQuotation"])
    assert (seen(gearworks, first)["invitations"][0]["leftOut"], left["closesAt"]) == ("", second["closesAt"])
    with nothing_changes():
        refused = bids(rival, third, offered(rival, OTHER, "1.00"))
    assert (refused.refusals, "rfq.left_out" in refused.errors[0]["rule"]) == (["NOT_ALLOWED_NOW"], True)

    amended = master.acts("amend_rfq", versioned(third) | {"text": "数量不变，交货地改为南京"}, by="buyer")["rfq"]
    word = {"rfqId": first["id"], "amendment": 1}
    gearworks.acts("confirm_quotation", word, by="sales")["quotation"]
    gearworks.acts("withdraw_quotation", {"rfqId": first["id"]}, by="sales")["quotation"]
    rival.acts("confirm_quotation", word, by="sales")["quotation"]
    time_comes(amended)
    assert [state for _round, state, _price in bids_of(master, first, gearworks)] == ["FORMER", "FORMER"]
    (last,) = seen(master, first)["comparison"][0]["offers"]
    assert last["supplier"]["id"] == rival.firm_id
    award = {"shares": [{"quotationLineId": last["offer"]["id"], "quantity": "100"}]}
    done = master.acts("award_rfq", versioned(seen(master, first)) | award, by="buyer")["rfq"]
    assert (done["state"], bids_of(rival, first, rival)[0][1]) == ("AWARDED", "AWARDED")
    assert opens(master, seen(master, first)).refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("C3")
def test_in_an_auction_each_reads_its_own_rank_lowers_its_own_bid_and_a_second_late_is_late(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    first = opened(cast, "1300.00", "1310.00")
    auction = opens(
        master, first, visibility="RANK", closesAt=instant(hours=1), leastStep="500", extensionMinutes=5, mostExtensions=1
    )["rfq"]  # fmt: skip

    def stands(player):
        return seen(player, first)["auction"]

    assert (gearworks.todo("sales"), rival.todo("sales")) == (["SUBMIT_QUOTATION"], ["SUBMIT_QUOTATION"])
    nothing = {"ownTotal": None, "ownRank": None, "bestTotal": None, "bids": None}
    assert stands(gearworks) == nothing | {"ownTotal": "130000", "ownRank": 1}
    with nothing_changes():
        for offer, given, field in (
            (offered(rival, OTHER, "1305.01"), {}, "lines"), (offered(rival, OTHER, "1"), {"currency": "USD"}, "currency"),
            (offered(rival, OTHER, "1"), {"incoterm": "EXW"}, "incoterm"), (offered(rival, OTHER, "1", kind="ALTERNATE"), {}, "lines"),
        ):  # fmt: skip
            refused = bids(rival, auction, offer, **given)
            assert (refused.refusals, refused.fields) == (["INVALID"], [field])
        assert rival.acts("withdraw_quotation", {"rfqId": first["id"]}, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert master.acts("amend_rfq", versioned(auction) | {"text": "x"}, by="buyer").refusals == ["NOT_ALLOWED_NOW"]

    assert bids(rival, auction, offered(rival, OTHER, "1295.00"))["quotation"]["state"] == "STANDING"
    assert (gearworks.todo("sales"), rival.todo("sales")) == (["SUBMIT_QUOTATION"], [])  # until one has bid in it
    assert (stands(gearworks)["ownRank"], stands(rival)) == (2, nothing | {"ownTotal": "129500", "ownRank": 1})
    assert bids(gearworks, auction, offered(gearworks, GEARS, "1295.00"))["quotation"]["number"] == 2
    assert stands(gearworks)["ownRank"] == 2  # as low, and later
    assert stands(master) == nothing | {"bids": 2}
    assert bids_of(master, first, rival) == [(1, "OPENED", "1310.00")]
    for other in (cast.bearing, cast.official):
        assert other.asks("auction_now", by="sales", id=first["id"])["rfq"] is None

    ends = datetime.fromisoformat(auction["closesAt"])
    clock.set_to(ends - timedelta(minutes=2))
    bids(gearworks, auction, offered(gearworks, GEARS, "1280.00"))["quotation"]
    now = seen(gearworks, first)
    assert datetime.fromisoformat(now["closesAt"]) == ends + timedelta(minutes=5)
    clock.set_to(ends + timedelta(minutes=4))
    bids(rival, auction, offered(rival, OTHER, "1275.00"))["quotation"]
    assert seen(gearworks, first)["rounds"][1]["extensions"] == 1  # as often as was said, and no more

    clock.set_to(ends + timedelta(minutes=5, seconds=1))
    late = bids(gearworks, auction, offered(gearworks, GEARS, "1.00"))["quotation"]
    close_due_rfqs()
    react()
    assert late["state"] == "LATE"
    found = seen(master, first)
    ranked = [(o["rank"], o["cost"]["total"]) for o in found["comparison"][0]["offers"]]
    assert (found["state"], ranked) == ("CLOSED", [(1, "127500"), (2, "128000")])
    assert (stands(gearworks)["ownRank"], stands(gearworks)["ownTotal"]) == (2, "128000")
    assert [state for _round, state, _price in bids_of(master, first, gearworks)] == ["FORMER", "OPENED", "LATE"]


@pytest.mark.feature("C3")
def test_where_the_best_price_is_told_nothing_else_is_and_the_earlier_of_equals_wins(cast):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    first = opened(cast, "1300.00", "1310.00")
    auction = opens(master, first, visibility="BEST_PRICE", closesAt=instant(hours=1), leastStep="100")["rfq"]
    bids(rival, auction, offered(rival, OTHER, "1290.00"))["quotation"]
    bids(gearworks, auction, offered(gearworks, GEARS, "1290.00"))["quotation"]

    shown = {one: seen(one, first)["auction"] for one in (master, gearworks, rival)}
    assert shown[gearworks] == {"ownTotal": "129000", "ownRank": None, "bestTotal": "129000", "bids": None}
    assert shown[master] == {"ownTotal": None, "ownRank": None, "bestTotal": "129000", "bids": 2}
    told = str(seen(gearworks, first))
    assert rival.firm_id not in told and "锐驰" not in told

    time_comes(auction)
    offers = seen(master, first)["comparison"][0]["offers"]
    assert [(o["supplier"]["id"], o["rank"]) for o in offers] == [(rival.firm_id, 1), (gearworks.firm_id, 2)]
    later = {"shares": [{"quotationLineId": offers[1]["offer"]["id"], "quantity": "100"}]}
    refused = master.acts("award_rfq", versioned(seen(master, first)) | later, by="buyer")
    assert "rfq.not_lowest" in refused.errors[0]["rule"]
