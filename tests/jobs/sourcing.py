"""One request for quotation through every fact anything reacts to, and a second one given up."""

from tests.scenarios.players import Cast
from tests.scenarios.sourcing import bids, drafts, issues, offered, seen, versioned


def asks_for_bids(cast: Cast) -> None:
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq = issues(master, gearworks, rival)
    bids(gearworks, rfq, offered(gearworks, "RV-40E", "1200"))["quotation"]
    rival.acts("decline_rfq", {"rfqId": rfq["id"]}, by="sales")["invitation"]
    question = gearworks.acts("ask_rfq_question", {"rfqId": rfq["id"], "text": "可否分批？"}, by="sales")["question"]
    master.acts("answer_rfq_question", {"questionId": question["id"], "answer": "可以"}, by="buyer")["question"]
    now = seen(master, rfq)
    master.acts("amend_rfq", versioned(now) | {"text": "补充图纸"}, by="buyer")["rfq"]
    gearworks.acts("confirm_quotation", {"rfqId": rfq["id"], "amendment": 1}, by="sales")["quotation"]
    master.acts("close_rfq", versioned(seen(master, rfq)) | {"reason": "已齐"}, by="buyer")["rfq"]
    opened = seen(master, rfq)
    assert opened is not None
    share = {"quotationLineId": opened["comparison"][0]["offers"][0]["offer"]["id"], "quantity": "10"}
    master.acts("award_rfq", versioned(opened) | {"shares": [share]}, by="buyer")["rfq"]
    draft = drafts(master, gearworks)["rfq"]
    master.acts("cancel_rfq", versioned(draft) | {"reason": "不再需要"}, by="buyer")["rfq"]
