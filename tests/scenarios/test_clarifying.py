"""Between opening and award the buyer asks one bidder about its bid; no other bidder learns even that it asked (C3, C4)."""

import pytest

from kernel import clock
from tests.scenarios.players import day
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, inbox, instant, issues, offered, seen, time_comes, versioned

GEARS, OTHER = "RV-40E", "RC-40"


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def known_to(player, rfq):
    """All a bidder can read of a request: the page, its history, its inbox, its to-do, all requests it knows."""
    return (
        seen(player, rfq), player.asks("history_page", by="sales", id=rfq["id"])["history"], inbox(player),
        player.todo("sales"), player.asks("rfqs", by="sales")["rfqs"],
    )  # fmt: skip


def asks(player, bid, text="报价是否含检具？"):
    return player.acts("ask_clarification", {"quotationId": bid, "text": text}, by="buyer")


@pytest.mark.feature("C3", "C4")
def test_one_bidder_is_asked_and_answers_without_another_price_and_no_other_learns_of_it(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq = issues(master, gearworks, rival)
    bids(gearworks, rfq, offered(gearworks, GEARS, "1311.17"))["quotation"]
    bids(rival, rfq, offered(rival, OTHER, "1290"))["quotation"]
    (sealed,) = seen(gearworks, rfq)["invitations"][0]["quotations"]
    assert asks(master, sealed["id"]).refusals == ["NOT_FOUND"]  # it is sealed
    time_comes(rfq)
    before, opened = known_to(rival, rfq), seen(master, rfq)
    bid = next(
        x["quotation"]["id"] for x in opened["comparison"][0]["offers"] if x["supplier"]["id"] == gearworks.firm_id
    )
    with nothing_changes():
        assert asks(master, bid, " ").fields == ["text"]
        assert asks(gearworks, bid).refusals == ["NOT_ALLOWED_NOW"]
        assert asks(rival, bid).refusals == ["NOT_FOUND"]
    first, second = (asks(master, bid, text)["clarification"]["id"] for text in ("报价是否含检具？", "能否分批？"))
    react()
    (shown, _) = seen(gearworks, rfq)["clarifications"]
    assert (shown["text"], shown["state"], shown["quotationId"], shown["openVerbs"]) == (
        "报价是否含检具？", "OPEN", bid, ["answerClarification"],
    )  # fmt: skip
    assert (gearworks.todo("sales"), inbox(gearworks).count("rfq.clarification_asked")) == (["ANSWER_CLARIFICATION"], 2)

    share = {"quotationLineId": opened["comparison"][0]["offers"][0]["offer"]["id"], "quantity": "100"}
    said = {"clarificationId": first, "answer": "含，一套。"}
    with nothing_changes():
        refused = master.acts("award_rfq", versioned(seen(master, rfq)) | {"shares": [share]}, by="buyer")
        assert (refused.refusals, "rfq.clarification_open" in refused.errors[0]["rule"]) == (["NOT_ALLOWED_NOW"], True)
        assert master.acts("answer_clarification", said, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        assert gearworks.acts("answer_clarification", said | {"answer": ""}, by="sales").fields == ["answer"]
        for stranger in (rival, cast.bearing):
            assert stranger.acts("answer_clarification", said, by="sales").refusals == ["NOT_FOUND"]
    gearworks.acts("answer_clarification", said, by="sales")["clarification"]
    with nothing_changes():
        assert gearworks.acts("answer_clarification", said, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        silent = {"clarificationId": second, "reason": " "}
        assert master.acts("withdraw_clarification", silent, by="buyer").fields == ["reason"]
        assert gearworks.acts("withdraw_clarification", silent, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    master.acts("withdraw_clarification", silent | {"reason": "图纸已说明"}, by="buyer")["clarification"]
    react()

    answered, withdrawn = seen(master, rfq)["clarifications"]
    assert (answered["answer"], answered["bidder"]["id"], answered["state"]) == (
        "含，一套。", gearworks.firm_id, "ANSWERED",
    )  # fmt: skip
    assert (withdrawn["state"], withdrawn["reason"], withdrawn["answer"]) == ("WITHDRAWN", "图纸已说明", "")
    assert ("rfq.clarification_answered" in inbox(master, by="buyer"), gearworks.todo("sales")) == (True, [])
    assert seen(master, rfq)["comparison"] == opened["comparison"]
    assert known_to(rival, rfq) == before
    assert rival.asks("node", by="sales", id=first).data == {"node": None}

    third = asks(master, bid)["clarification"]["id"]
    round_ = {"visibility": "NONE", "closesAt": instant(hours=9), "awardBy": day(20), "reason": "CLARIFIED"}
    master.acts("open_rfq_round", versioned(seen(master, rfq)) | round_, by="buyer")["rfq"]
    react()
    assert [one["state"] for one in seen(gearworks, rfq)["clarifications"]] == ["ANSWERED", "WITHDRAWN", "LAPSED"]
    late = gearworks.acts("answer_clarification", said | {"clarificationId": third}, by="sales")
    assert (late.refusals, "ANSWER_CLARIFICATION" in gearworks.todo("sales")) == (["NOT_ALLOWED_NOW"], False)
