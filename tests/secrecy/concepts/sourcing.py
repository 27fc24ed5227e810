"""Requests for quotation in the access table: drafts, one to Gearworks alone, sealed, amended, opened and awarded ones."""

from typing import Any

from collaboration.sourcing import visibility as sourcing
from kernel.access import Actor
from tests.scenarios.players import Player, day
from tests.scenarios.sourcing import asked, bids, instant, offered, seen, versioned
from tests.secrecy.knowing import Ledger, Table, party_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NOT_BUYER = "planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
NOT_ASKED = f"bearing steel dealer {NO_TRADER}"
_NEW = {
    "done": "buyer bearing", "NOT_ALLOWED_NOW": f"{NOT_BUYER} {NO_TRADER} stranger", "INVALID": "gearworks",
    "NOT_FOUND": "rival steel dealer",
}  # fmt: skip
_TO_ALL = {"done": "buyer", "NOT_ALLOWED_NOW": f"{NOT_BUYER} gearworks rival stranger", "NOT_FOUND": NOT_ASKED}
_UNTOLD = {"NOT_ALLOWED_NOW": f"{NOT_BUYER} stranger", "NOT_FOUND": f"gearworks rival {NOT_ASKED}"}
_ALONE = {"done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "NOT_FOUND": f"rival {NOT_ASKED}"}
_OF_BID = {
    "done": "buyer", "NOT_ALLOWED_NOW": f"{NOT_BUYER} gearworks stranger", "NOT_FOUND": f"rival {NOT_ASKED}",
}  # fmt: skip
ACCESS = {
    "rfqs": {"seen": f"{LONGTENG} gearworks rival", "empty": f"{NOT_ASKED} stranger"},
    "rfq_page": {"seen": f"{LONGTENG} gearworks", "empty": f"rival {NOT_ASKED} stranger"},
    "draft_rfq": _NEW,
    "approve_rfq": {
        "done": "lead", "NOT_ALLOWED_NOW": "buyer planner quality sales stranger",
        "NOT_FOUND": f"gearworks rival {NOT_ASKED}",
    },
    "issue_rfq": {"done": "buyer"} | _UNTOLD,
    "open_rfq_round": {"done": "buyer", "NOT_ALLOWED_NOW": f"{NOT_BUYER} gearworks rival stranger", "NOT_FOUND": NOT_ASKED},
    "auction_now": {"seen": f"{LONGTENG} gearworks rival", "empty": f"{NOT_ASKED} stranger"},
    "amend_rfq": _TO_ALL, "close_rfq": _TO_ALL, "cancel_rfq": _TO_ALL, "state_comparison_terms": _TO_ALL, "award_rfq": _TO_ALL,
    "answer_rfq_question": {
        "done": "buyer", "NOT_ALLOWED_NOW": f"{NOT_BUYER} gearworks stranger", "NOT_FOUND": f"rival {NOT_ASKED}",
    },
    "ask_clarification": _OF_BID, "withdraw_clarification": _OF_BID, "order_award": _OF_BID,
    "draft_framework_from_award": _OF_BID,
    "answer_clarification": {
        "done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "NOT_FOUND": f"rival {NOT_ASKED}",
    },
    "view_rfq": _ALONE, "intend_to_quote": _ALONE, "decline_rfq": _ALONE, "ask_rfq_question": _ALONE,
    "submit_quotation": _ALONE,
    "confirm_quotation": _ALONE,
    "withdraw_quotation": {"done": "gearworks rival", "NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "NOT_FOUND": NOT_ASKED},
}  # fmt: skip


def _version(world: World, name: str) -> dict[str, Any]:
    found = seen(world.cast.chain_master, {"id": world.made[name]})
    assert found is not None
    return versioned(found)


def _award(world: World) -> dict[str, Any]:
    return _version(world, "rfq opened") | {"shares": [], "reason": "新"}


def _round(world: World) -> dict[str, Any]:
    return _version(world, "rfq opened") | {
        "visibility": "NONE", "closesAt": instant(hours=9), "awardBy": day(20), "reason": "TOO_FEW_OFFERS",
    }  # fmt: skip


def _bid(world: World) -> dict[str, Any]:
    gearworks = world.cast.gearworks
    return {
        "rfqId": world.made["rfq alone"], "amendment": 0, "currency": "CNY", "incoterm": "DAP", "validUntil": day(60),
        "lines": [offered(gearworks, "RV-40E", "3")],
    }  # fmt: skip


INPUTS = {
    "draft_rfq": lambda w: asked(w.cast.gearworks),
    "approve_rfq": lambda w: _version(w, "rfq draft"),
    "issue_rfq": lambda w: _version(w, "rfq approved"),
    "amend_rfq": lambda w: _version(w, "rfq sealed") | {"text": "新"},
    "close_rfq": lambda w: _version(w, "rfq sealed") | {"reason": "新"},
    "cancel_rfq": lambda w: _version(w, "rfq sealed") | {"reason": "新"},
    "state_comparison_terms": lambda w: _version(w, "rfq opened") | {"rates": [], "deliveries": []},
    "award_rfq": _award,
    "open_rfq_round": _round,
    "answer_rfq_question": lambda w: {"questionId": w.made["rfq question"], "answer": "新"},
    "ask_clarification": lambda w: {"quotationId": w.made["quotation opened"], "text": "新"},
    "answer_clarification": lambda w: {"clarificationId": w.made["clarification"], "answer": "新"},
    "withdraw_clarification": lambda w: {"clarificationId": w.made["clarification"], "reason": "新"},
    "order_award": lambda w: {"quotationId": w.made["quotation awarded"]},
    "draft_framework_from_award": lambda w: {
        "quotationId": w.made["quotation awarded"],
        "number": "新",
        "validFrom": day(0),
        "validUntil": day(99),
    },
    "view_rfq": lambda w: {"rfqId": w.made["rfq alone"]},
    "intend_to_quote": lambda w: {"rfqId": w.made["rfq alone"]},
    "decline_rfq": lambda w: {"rfqId": w.made["rfq alone"]},
    "ask_rfq_question": lambda w: {"rfqId": w.made["rfq alone"], "text": "新"},
    "submit_quotation": _bid,
    "confirm_quotation": lambda w: {"rfqId": w.made["rfq amended"], "amendment": 1},
    "withdraw_quotation": lambda w: {"rfqId": w.made["rfq sealed"]},
}
VARIABLES = {"rfq_page": lambda w: {"id": w.made["rfq alone"]}, "auction_now": lambda w: {"id": w.made["rfq auction"]}}
UNDER = {
    "rfqs": lambda world, at: {"first": 100},
    "rfq_page": lambda world, at: {"id": (at or world.small)["rfq"]},
    "auction_now": lambda world, at: {"id": (at or world.small)["rfq"]},
}


def _invited(ledger: Ledger, rfq_id: int) -> set[int]:
    return {row.supplier_id for row in ledger.of("rfq_invitation") if row.rfq_id == rfq_id}


def _buys(ledger: Ledger, rfq_id: int, actor: Actor | None) -> bool:
    return bool(ledger.row("rfq", rfq_id).buyer_id == party_of(actor))


def _bidder(ledger: Ledger, invitation_id: int) -> int:
    return int(ledger.row("rfq_invitation", invitation_id).supplier_id)


def _knows_rfq(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    me = party_of(actor)
    return me == row.buyer_id or (row.issued_at is not None and me in _invited(ledger, row.id))


def _knows_invitation(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    known = _knows_rfq(ledger, ledger.row("rfq", row.rfq_id), actor)
    return _buys(ledger, row.rfq_id, actor) or (row.supplier_id == party_of(actor) and known)


def _knows_question(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    mine = _buys(ledger, row.rfq_id, actor) or _bidder(ledger, row.invitation_id) == party_of(actor)
    return mine or (row.answered_at is not None and _knows_rfq(ledger, ledger.row("rfq", row.rfq_id), actor))


def _knows_clarification(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return _buys(ledger, row.rfq_id, actor) or _bidder(ledger, row.invitation_id) == party_of(actor)


def _knows_quotation(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    shown = row.state in ("opened", "awarded", "partly_awarded", "not_awarded", "late", "former")
    return _bidder(ledger, row.invitation_id) == party_of(actor) or (shown and _buys(ledger, row.rfq_id, actor))


def _knows_round(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    me = party_of(actor)
    asked = {
        one.supplier_id for one in ledger.of("rfq_invitation") if one.rfq_id == row.rfq_id and one.round >= row.number
    }
    return _buys(ledger, row.rfq_id, actor) or (
        me in asked and _knows_rfq(ledger, ledger.row("rfq", row.rfq_id), actor)
    )


def _knows_term(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return _buys(ledger, row.rfq_id, actor)


TABLES = {table.name: table for table in (
    Table("rfq",             "Rfq",           sourcing.rfqs_visible_to,             _knows_rfq),
    Table("rfq_line",        None,            sourcing.rfq_lines_visible_to,        under("rfq_id", "rfq")),
    Table("rfq_amendment",   None,            sourcing.rfq_amendments_visible_to,   under("rfq_id", "rfq")),
    Table("rfq_round",       None,            sourcing.rfq_rounds_visible_to,       _knows_round),
    Table("rfq_invitation",  "RfqInvitation", sourcing.invitations_visible_to,      _knows_invitation),
    Table("rfq_question",    "RfqQuestion",   sourcing.rfq_questions_visible_to,    _knows_question),
    Table("rfq_clarification", "RfqClarification", sourcing.clarifications_visible_to, _knows_clarification),
    Table("quotation",       "Quotation",     sourcing.quotations_visible_to,       _knows_quotation),
    Table("quotation_line",  "QuotationLine", sourcing.quotation_lines_visible_to,  under("quotation_id", "quotation")),
    Table("price_break",     None,            sourcing.price_breaks_visible_to,     under("quotation_line_id", "quotation_line")),
    Table("comparison_term", None,            sourcing.comparison_terms_visible_to, _knows_term),
    Table("rfq_award",       None,            sourcing.awards_visible_to,           under("quotation_line_id", "quotation_line")),
)}  # fmt: skip


def _approved(buyer: Player, *invitees: Player, **given: Any) -> dict[str, Any]:
    rfq = buyer.acts("draft_rfq", asked(*invitees, **given), by="buyer")["rfq"]
    approved: dict[str, Any] = buyer.acts("approve_rfq", versioned(rfq), by="lead")["rfq"]
    return approved


def _issued(buyer: Player, *invitees: Player, **given: Any) -> dict[str, Any]:
    issued: dict[str, Any] = buyer.acts("issue_rfq", versioned(_approved(buyer, *invitees, **given)), by="buyer")["rfq"]
    return issued


def prepare(world: World) -> None:
    """Longteng asks Gearworks and Rival: drafts, sealed, amended, opened and awarded; and Gearworks alone."""
    master, gearworks, rival = world.cast.chain_master, world.cast.gearworks, world.cast.rival
    longteng, mine, theirs = (world.party_of(one) for one in (master, gearworks, rival))
    hidden = {"title": world.marked("秘-询价草稿", longteng)}
    drafted = master.acts("draft_rfq", asked(gearworks, rival, **hidden), by="buyer")["rfq"]
    world.made["rfq draft"] = drafted["id"]
    world.made["rfq approved"] = _approved(master, gearworks, rival)["id"]
    alone = {
        "title": world.marked("秘-询价-只问精齿", longteng, mine),
        "note": world.marked("秘-询价说明", longteng, mine),
    }
    world.made["rfq alone"] = _issued(master, gearworks, **alone)["id"]

    sealed = _issued(master, gearworks, rival, title=world.marked("秘-询价-密封", longteng, mine, theirs))
    world.made["rfq sealed"] = sealed["id"]
    nobody = [world.marked("61007.4501"), world.marked("秘-密封备注")]
    bids(gearworks, sealed, offered(gearworks, "RV-40E", nobody[0]), note=nobody[1])["quotation"]
    bids(rival, sealed, offered(rival, "RC-40", world.marked("61009.4502")))["quotation"]
    question = {"rfqId": sealed["id"], "text": world.marked("秘-精齿的提问", longteng, mine)}
    world.made["rfq question"] = gearworks.acts("ask_rfq_question", question, by="sales")["question"]["id"]

    amended = _issued(master, gearworks)
    world.made["rfq amended"] = amended["id"]
    bids(gearworks, amended, offered(gearworks, "RV-40E", "9"))["quotation"]
    said = {"text": world.marked("秘-变更说明", longteng, mine)}
    master.acts("amend_rfq", _version(world, "rfq amended") | said, by="buyer")["rfq"]

    world.made["rfq opened"] = _opened(world, "62011.4503", "62013.4504")["id"]
    _clarify(world, _opened(world, "67011.4512", "67013.4513"))
    rate = {"currency": "USD", "rate": world.marked("7.123457", longteng), "asOn": day(0)}
    terms = {"rates": [rate], "deliveries": [{"incoterm": "EXW", "percent": world.marked("3.141593", longteng)}]}
    master.acts("state_comparison_terms", _version(world, "rfq opened") | terms, by="buyer")["rfq"]

    awarded = _opened(world, "63011.4505", "63013.4506")
    second, first = (awarded["comparison"][0]["offers"][n] for n in (1, 0))
    reason = world.marked("秘-未选最低价的理由", longteng)
    shares = [{"quotationLineId": one["offer"]["id"], "quantity": "5", "reason": reason} for one in (second, first)]
    mine_won = next(one for one in (second, first) if one["supplier"]["id"] == gearworks.firm_id)["quotation"]["id"]
    world.made["quotation awarded"] = mine_won
    said = {"shares": shares, "orders": [{"quotationId": mine_won, "later": True}]}
    master.acts("award_rfq", versioned(awarded) | said, by="buyer")["rfq"]

    left = _opened(world, "64011.4507", "64013.4508")
    said = {
        "visibility": "RANK", "closesAt": instant(hours=9), "awardBy": day(20), "reason": "OTHER", "leastStep": "1",
        "note": world.marked("秘-轮次说明", longteng, mine), "inviteeIds": [gearworks.firm_id],
        "leftOutReason": world.marked("秘-未邀请的理由", longteng, theirs),
    }  # fmt: skip
    master.acts("open_rfq_round", versioned(left) | said, by="buyer")["rfq"]
    both = _opened(world, "65011.4509", "65013.4510")
    world.made["rfq auction"] = both["id"]
    auction = {
        "visibility": "RANK",
        "closesAt": instant(hours=9),
        "awardBy": day(20),
        "reason": "PRICES_TOO_HIGH",
        "leastStep": "1",
    }
    again = master.acts("open_rfq_round", versioned(both) | auction, by="buyer")["rfq"]
    own = [offered(gearworks, "RV-40E", world.marked("65003.4511", mine)), offered(gearworks, "RV-40E", "5", line=2)]
    own[1] |= {"lineUnits": 1, "itemUnits": 1}
    bids(gearworks, again, *own)["quotation"]


def _clarify(world: World, rfq: dict[str, Any]) -> None:
    """Of the bid of Gearworks one question is answered and another waits; the rival learns of neither."""
    master, gearworks = world.cast.chain_master, world.cast.gearworks
    both = world.party_of(master), world.party_of(gearworks)
    offers = rfq["comparison"][0]["offers"]
    bid = next(one["quotation"]["id"] for one in offers if one["supplier"]["id"] == gearworks.firm_id)
    world.made["quotation opened"] = bid
    for n in (1, 2):
        said = {"quotationId": bid, "text": world.marked(f"秘-澄清问题-{n}", *both)}
        world.made["clarification"] = master.acts("ask_clarification", said, by="buyer")["clarification"]["id"]
        if n == 1:
            said = {"clarificationId": world.made["clarification"], "answer": world.marked("秘-澄清答复", *both)}
            gearworks.acts("answer_clarification", said, by="sales")["clarification"]


def _opened(world: World, price: str, other: str) -> dict[str, Any]:
    """Both have bid and asked, and the buyer has closed it early."""
    master, gearworks, rival = world.cast.chain_master, world.cast.gearworks, world.cast.rival
    longteng, mine, theirs = (world.party_of(one) for one in (master, gearworks, rival))
    rfq = _issued(master, gearworks, rival)
    bids(gearworks, rfq, offered(gearworks, "RV-40E", world.marked(price, longteng, mine)))["quotation"]
    bids(rival, rfq, offered(rival, "RC-40", world.marked(other, longteng, theirs)))["quotation"]
    text = {"rfqId": rfq["id"], "text": "可否分批？"}
    question = gearworks.acts("ask_rfq_question", text, by="sales")["question"]
    master.acts("answer_rfq_question", {"questionId": question["id"], "answer": "可以"}, by="buyer")["question"]
    now = seen(master, rfq)
    assert now is not None
    master.acts("close_rfq", versioned(now) | {"reason": "已齐"}, by="buyer")["rfq"]
    found = seen(master, rfq)
    assert found is not None
    return found


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """One request with so many lines, invitees, amendments, questions, offers and prices, opened; so many beside it."""
    master, gearworks, rival = growing.cast.chain_master, growing.cast.gearworks, growing.cast.rival
    for _ in range(count):
        _issued(master, gearworks)
    partners = [
        item["maker"]["id"] for item in master.asks("items", filter={"number": "G-"}, first=100)["items"]["nodes"]
    ][:count]
    lines = [
        {"number": n + 1, "title": f"件{n}", "quantity": "10", "unit": "C62", "wantedOn": day(30)} for n in range(count)
    ]
    rfq = _issued(master, gearworks, rival, lines=lines, inviteeIds=[gearworks.firm_id, rival.firm_id, *partners])
    for n in range(count):
        text = {"rfqId": rfq["id"], "text": f"问{n}"}
        question = gearworks.acts("ask_rfq_question", text, by="sales")["question"]
        master.acts("answer_rfq_question", {"questionId": question["id"], "answer": "答"}, by="buyer")["question"]
        now = seen(master, rfq)
        assert now is not None
        rfq = master.acts("amend_rfq", versioned(now) | {"text": f"改{n}"}, by="buyer")["rfq"]
    steps = [{"fromQuantity": str(n), "unitPrice": str(90 - n)} for n in range(min(count, 10))]
    for player, item in ((gearworks, "RV-40E"), (rival, "RC-40")):
        offers = [offered(player, item, "1", line=n + 1, priceBreaks=steps) for n in range(count)]
        for _ in range(2):
            bids(player, rfq, *offers)["quotation"]
    now = seen(master, rfq)
    assert now is not None
    rfq = master.acts("close_rfq", versioned(now) | {"reason": "已齐"}, by="buyer")["rfq"]
    opened = seen(master, rfq)
    assert opened is not None
    for n in range(min(count, 10)):
        for offer in opened["comparison"][0]["offers"]:
            said = {"quotationId": offer["quotation"]["id"], "text": f"澄{n}"}
            asked = master.acts("ask_clarification", said, by="buyer")["clarification"]
            said = {"clarificationId": asked["id"], "reason": "已清楚"}
            master.acts("withdraw_clarification", said, by="buyer")["clarification"]
    shares = [
        {"quotationLineId": offer["offer"]["id"], "quantity": "5"} for line in opened["comparison"] for offer in line["offers"]
    ]  # fmt: skip
    master.acts("award_rfq", versioned(opened) | {"shares": shares}, by="buyer")["rfq"]
    return {"rfq": rfq["id"]}
