"""Requests for quotation and requisitions through every fact anything reacts to."""

from tests.scenarios.players import Cast, day, fresh
from tests.scenarios.sourcing import bids, drafts, issues, offered, seen, versioned


def asks_for_bids(cast: Cast) -> None:
    """One request from draft to award, and a second one given up."""
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
    offer = opened["comparison"][0]["offers"][0]
    share = {"quotationLineId": offer["offer"]["id"], "quantity": "10"}
    bid = {"quotationId": offer["quotation"]["id"]}
    asked = [master.acts("ask_clarification", bid | {"text": "交期？"}, by="buyer")["clarification"] for _ in range(2)]
    said = {"clarificationId": asked[0]["id"], "answer": "三周"}
    gearworks.acts("answer_clarification", said, by="sales")["clarification"]
    said = {"clarificationId": asked[1]["id"], "reason": "重复"}
    master.acts("withdraw_clarification", said, by="buyer")["clarification"]
    later = {"shares": [share], "orders": [bid | {"later": True}]}
    master.acts("award_rfq", versioned(seen(master, rfq)) | later, by="buyer")["rfq"]
    master.acts("order_award", bid, by="buyer")["order"]
    draft = drafts(master, gearworks)["rfq"]
    master.acts("cancel_rfq", versioned(draft) | {"reason": "不再需要"}, by="buyer")["rfq"]


def needs_things(cast: Cast) -> None:
    """One requisition approved, one rejected."""
    master = cast.chain_master
    line = {"number": 1, "title": "件", "quantity": "2", "unit": "C62", "unitPrice": "5", "wantedOn": day(30)}
    for verb, given in (("approve_requisition", {}), ("reject_requisition", {"reason": "用库存"})):
        said = {"number": fresh("PR"), "title": "备件", "currency": "CNY", "lines": [line]}
        found = master.acts("draft_requisition", said, by="planner")["requisition"]
        which = {"requisitionId": found["id"], "expectedVersion": found["version"]}
        found = master.acts("submit_requisition", which, by="planner")["requisition"]
        which = {"requisitionId": found["id"], "expectedVersion": found["version"]}
        master.acts(verb, which | given, by="lead")["requisition"]
