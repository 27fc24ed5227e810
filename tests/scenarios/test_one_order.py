"""One order from button to acceptance: what issue 3 promises, told through the API."""

import json

from tests.rules.checks.samples import pdf

BUYER, PLANNER, QUALITY = "采购员", "计划员", "质量工程师"


def travelled(cast):
    """An order ordered, answered, sent, received, documented, reviewed and accepted."""
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, item="RV-40E", quantity="10")
    gearworks.accepts_all(order)
    (needed,) = master.requires_documents(order, {"reviewer": "quality@longteng.example"})["requirements"]
    advice = gearworks.ships((order, 1, "10"))
    receipt = master.receives(advice)
    handed = gearworks.hands_in(needed, pdf())
    master.reviews(handed["revision"])
    certificate = master.accepts_delivery(order)
    return order, needed, advice, receipt, handed, certificate


def test_an_order_travels_from_button_to_acceptance(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, item="RV-40E", quantity="10")
    assert master.state_of(order) == gearworks.state_of(order) == "PLACED"

    assert gearworks.accepts_all(order)["response"]["state"] == "AGREED"
    assert master.state_of(order) == "CONFIRMED"

    (needed,) = master.requires_documents(order, {"reviewer": "quality@longteng.example"})["requirements"]
    assert needed["state"] == "REQUIRED"

    advice = gearworks.ships((order, 1, "10"))
    assert (master.state_of(order), master.line_states(order)) == ("IN_DELIVERY", {1: "SHIPPED"})

    master.receives(advice)
    assert (master.state_of(order), master.line_states(order)) == ("DELIVERED", {1: "RECEIVED"})

    handed = gearworks.hands_in(needed, pdf())
    assert handed["revision"]["state"] == "CHECKING"
    (seen,) = master.documents_of(order)
    assert (seen["state"], seen["revisions"][0]["state"]) == ("SUBMITTED", "IN_REVIEW")
    assert seen["revisions"][0]["pageCount"] == 1

    assert master.reviews(handed["revision"])["revision"]["state"] == "RELEASED"
    assert master.documents_of(order)[0]["state"] == "SATISFIED"

    certificate = master.accepts_delivery(order)["certificate"]
    assert (certificate["documents"], len(certificate["snapshotHash"])) == (1, 64)
    assert master.state_of(order) == gearworks.state_of(order) == "ACCEPTED"


def test_each_is_asked_to_do_his_part_and_nobody_else(cast):
    master, gearworks = cast.chain_master, cast.gearworks

    order = master.places_order(to=gearworks, quantity="10")
    assert gearworks.todo() == ["RESPOND_TO_ORDER"]
    assert master.todo("buyer") == []

    gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED", "quantity": "9"}])
    assert gearworks.todo() == []
    assert (master.todo("buyer"), master.todo("planner")) == (["DECIDE_ON_RESPONSE"], [])

    master.decides(order, {1: "ACCEPT"})
    (needed,) = master.requires_documents(order)["requirements"]
    assert sorted(gearworks.todo()) == ["SEND_DESPATCH_ADVICE", "SUBMIT_DOCUMENT"]
    assert master.todo("buyer") == []

    advice = gearworks.ships((order, 1, "9"))
    handed = gearworks.hands_in(needed, pdf())
    assert gearworks.todo() == []
    assert (master.todo("planner"), master.todo("quality")) == (["POST_RECEIPT"], ["REVIEW_DOCUMENT"])

    master.receives(advice)
    master.reviews(handed["revision"])
    assert (master.todo("buyer"), master.todo("planner"), master.todo("quality")) == (["ACCEPT_DELIVERY"], [], [])

    master.accepts_delivery(order)
    assert master.todo("buyer") == []
    assert {name: other.todo() for name, other in cast.outsiders.items()} == dict.fromkeys(cast.outsiders, [])


def test_every_step_stands_in_the_history_with_who_and_when(cast):
    order, *_ = travelled(cast)

    told = cast.chain_master.history_of(order)

    assert [(one["event"], one["byName"]) for one in told] == [
        ("OrderPlaced", BUYER), ("OrderAnswered", None), ("LinesAgreed", None), ("DocumentsRequired", BUYER),
        ("DespatchAdviceSent", None), ("ReceiptPosted", PLANNER), ("DocumentSubmitted", None), ("ChecksFinished", None),
        ("DocumentReviewed", QUALITY), ("DeliveryAccepted", BUYER),
    ]  # fmt: skip
    firms = [one["byFirm"]["name"][:2] if one["byFirm"] else "平台" for one in told]
    assert firms == ["龙腾", "苏州", "苏州", "龙腾", "苏州", "龙腾", "苏州", "平台", "龙腾", "龙腾"]
    assert [one["at"] for one in told] == sorted(one["at"] for one in told)
    assert json.loads(told[1]["facts"])["state"] == "confirmed"


def test_both_parties_read_the_same_history_without_each_others_names(cast):
    order, *_ = travelled(cast)

    ours, theirs = cast.chain_master.history_of(order), cast.gearworks.history_of(order)

    assert [(one["event"], one["at"], one["facts"]) for one in ours] == [
        (one["event"], one["at"], one["facts"]) for one in theirs
    ]
    assert {one["byName"] for one in theirs if one["byFirm"] and "龙腾" in one["byFirm"]["name"]} == {None}


def test_the_link_turns_from_declared_to_seen_in_orders_as_trade_adds_evidence(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    declared = master.link_for("RV-40E")
    assert (declared["basis"], declared["state"], declared["confidence"]) == ("DECLARED", "DECLARED", 0.4)
    assert [one["kind"] for one in declared["evidence"]] == ["DECLARATION"]

    order = master.places_order(to=gearworks, item="RV-40E", quantity="10")
    assert master.link_for("RV-40E") == declared  # an order nobody agreed to is no evidence

    gearworks.accepts_all(order)
    ordered = master.link_for("RV-40E")
    assert (ordered["basis"], ordered["state"], ordered["confidence"]) == ("SEEN_IN_ORDERS", "CONFIRMED", 0.82)

    advice = gearworks.ships((order, 1, "10"))
    assert master.link_for("RV-40E")["confidence"] == 0.964

    master.receives(advice)
    received = gearworks.link_for("RV-40E")
    assert received["confidence"] == 0.9964
    assert [(one["kind"], one["count"]) for one in received["evidence"]] == [
        ("DECLARATION", 1), ("DESPATCH", 1), ("ORDER", 1), ("RECEIPT", 1),
    ]  # fmt: skip
    assert master.link_for("RV-80E")["basis"] == "DECLARED"


def test_nobody_but_the_two_parties_finds_anything_of_it(cast):
    order, needed, advice, receipt, handed, certificate = travelled(cast)
    schedule = cast.chain_master.schedules_of(order)[0]["id"]
    line = cast.chain_master.lines_of(order)[1]["id"]
    made = [
        order["order"]["id"], line, schedule, needed["id"], advice["despatchAdvice"]["id"], receipt["receiptAdvice"]["id"],
        handed["revision"]["id"], certificate["certificate"]["id"], advice["despatchAdvice"]["lines"][0]["id"],
    ]  # fmt: skip

    for name, other in cast.outsiders.items():
        assert other.sees(order) is None, name
        wrong = other.asks("node", id="A" * 22)
        for number in made:
            found = other.asks("node", id=number)
            assert (found.data, found.problems) == (wrong.data, wrong.problems), (name, number)
            told = other.asks("history_page", id=number)
            assert told.data == other.asks("history_page", id="A" * 22).data, (name, number)
        assert other.asks("orders_page")["orders"]["totalCount"] == 0, name
        assert other.asks("despatch_advices_page")["despatchAdvices"]["totalCount"] == 0, name


def test_whoever_is_no_party_is_refused_every_act_as_for_a_made_up_id(cast, nothing_changes):
    order, needed, advice, _, handed, _ = travelled(cast)
    line = cast.chain_master.lines_of(order)[1]["id"]
    schedule = cast.chain_master.schedules_of(order)[0]["id"]
    number = order["order"]["id"]
    acts = {
        "respond_to_order": {"orderId": number, "expectedVersion": 1, "answer": "ACCEPTED"},
        "close_short": {"lineId": line},
        "send_despatch_advice": {
            "number": "X", "shippedOn": "2031-01-01", "lines": [{"scheduleId": schedule, "quantity": "1"}],
        },
        "post_receipt": {"despatchAdviceId": advice["despatchAdvice"]["id"], "lines": [
            {"despatchLineId": advice["despatchAdvice"]["lines"][0]["id"], "received": "1", "accepted": "1", "rejected": "0"},
        ]},
        "require_documents": {"orderId": number, "requirements": [
            {"documentType": "02-04", "title": "t", "language": "zh", "format": "PDF", "due": "2031-01-01"},
        ]},
        "submit_document": {
            "requirementId": needed["id"], "uploadId": "A" * 22, "number": "1", "revision": "B", "title": "t", "language": "zh",
        },
        "review_document": {"revisionId": handed["revision"]["id"], "verdict": "APPROVED"},
        "accept_delivery": {"orderId": number},
    }  # fmt: skip

    with nothing_changes():
        for name, other in cast.outsiders.items():
            for act, given in acts.items():
                assert other.acts(act, given, by="buyer").refusals == ["NOT_FOUND"], (name, act)
