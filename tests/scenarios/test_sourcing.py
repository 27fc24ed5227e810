"""A buyer asks several suppliers for quotations; bids stay sealed until the close, and no invitee learns of another (C3, C4)."""

from datetime import datetime, timedelta

import pytest

from jobs.sourcing import close_due_rfqs
from kernel import clock
from tests.scenarios.players import day
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import (
    asked,
    bids,
    drafts,
    inbox,
    instant,
    issues,
    offered,
    seen,
    time_comes,
    versioned,
)

GEARS, OTHER = "RV-40E", "RC-40"


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def states(player, rfq):
    found = seen(player, rfq)
    return {one["supplier"]["name"][:4]: one["state"] for one in found["invitations"]}


def test_a_request_is_approved_by_another_person_and_issued_to_qualified_invitees(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    draft = drafts(master, gearworks, rival)["rfq"]
    react()

    assert (draft["state"], inbox(master, by="lead"), inbox(gearworks)) == ("DRAFT", ["rfq.to_approve"], [])
    assert (seen(gearworks, draft), seen(cast.bearing, draft)) == (None, None)
    with nothing_changes():
        own = master.acts("approve_rfq", versioned(draft), by="buyer")
        early = master.acts("issue_rfq", versioned(draft), by="buyer")
    assert (own.refusals, "rfq.four_eyes" in own.errors[0]["rule"]) == (["NOT_ALLOWED_NOW"], True)
    assert early.refusals == ["NOT_ALLOWED_NOW"]

    approved = master.acts("approve_rfq", versioned(draft), by="lead")["rfq"]
    anew = asked(gearworks, rival) | versioned(approved)
    draft = master.acts("draft_rfq", anew, by="buyer")["rfq"]
    assert (approved["state"], draft["state"]) == ("APPROVED", "DRAFT")
    approved = master.acts("approve_rfq", versioned(draft), by="lead")["rfq"]
    issued = master.acts("issue_rfq", versioned(approved), by="buyer")["rfq"]
    react()

    assert (issued["state"], inbox(gearworks), inbox(master, by="lead")) == ("ISSUED", ["rfq.issued"], [])
    read = seen(gearworks, issued)
    assert [line["number"] for line in read["lines"]] == [1, 2]
    assert [one["supplier"]["id"] for one in read["invitations"]] == [gearworks.firm_id]
    assert seen(cast.bearing, issued) is None
    assert cast.bearing.asks("rfqs", by="sales")["rfqs"]["nodes"] == []


def test_a_wrong_draft_is_refused_in_one_sentence(cast, nothing_changes):
    wrongs = (
        ({"lines": []}, "lines"), ({"closesAt": "2020-01-01T00:00:00Z"}, "closesAt"), ({"awardBy": "2020-01-01"}, "awardBy"),
        ({"currency": "XYZ"}, "currency"), ({"number": " "}, "number"),
    )  # fmt: skip
    with nothing_changes():
        for wrong, field in wrongs:
            refused = drafts(cast.chain_master, cast.gearworks, **wrong)
            assert (refused.refusals, refused.fields) == (["INVALID"], [field])


def test_a_request_needs_an_invitee_who_is_qualified(cast):
    master = cast.chain_master
    category = {"code": "RED", "name": "减速机", "nameEn": "Reducers", "needs": [], "qualifiedOnly": True}
    made = master.acts("add_category", category, by="lead")["category"]["id"]
    for invitees, given in (((), {}), ((cast.gearworks,), {"categoryId": made})):
        rfq = drafts(master, *invitees, **given)["rfq"]
        rfq = master.acts("approve_rfq", versioned(rfq), by="lead")["rfq"]
        refused = master.acts("issue_rfq", versioned(rfq), by="buyer")
        assert (refused.refusals, refused.errors[0]["fields"]) == (["INVALID"], ["inviteeIds"])
    blocked = {"supplierId": cast.gearworks.firm_id, "categoryId": made, "reason": "停用"}
    master.acts("block_supplier", blocked, by="lead")["qualification"]
    assert "qualification.blocked" in master.acts("issue_rfq", versioned(rfq), by="buyer").errors[0]["rule"]


@pytest.mark.feature("C3")
def test_bids_are_opened_together_late_ones_kept_apart_and_no_invitee_learns_of_another(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq = issues(master, gearworks, rival)
    assert set(states(master, rfq).values()) == {"INVITED"}
    assert (gearworks.todo("sales"), cast.bearing.todo("sales"), master.todo()) == (["SUBMIT_QUOTATION"], [], [])
    gearworks.acts("view_rfq", {"rfqId": rfq["id"]}, by="sales")["invitation"]
    rival.acts("decline_rfq", {"rfqId": rfq["id"], "reason": "产能已满"}, by="sales")["invitation"]
    assert states(master, rfq) == {"苏州精齿": "VIEWED", "无锡锐驰": "DECLINED"}
    rival.acts("intend_to_quote", {"rfqId": rfq["id"]}, by="sales")["invitation"]
    assert states(master, rfq)["无锡锐驰"] == "INTENDS"

    first = bids(gearworks, rfq, offered(gearworks, GEARS, "1311.17"))["quotation"]
    second = bids(gearworks, rfq, offered(gearworks, GEARS, "1299.99"))["quotation"]
    react()
    assert (first["number"], second["number"], second["state"], inbox(gearworks)) == (1, 2, "SUBMITTED", [])
    assert states(master, rfq)["苏州精齿"] == "QUOTED"
    found = seen(master, rfq)
    assert [one["quotations"] for one in found["invitations"]] == [[], []]
    (own,) = seen(gearworks, rfq)["invitations"]
    assert [(q["number"], q["state"], q["currency"], q["lines"]) for q in own["quotations"]] == [
        (1, "SUPERSEDED", "", []), (2, "SUBMITTED", "", []),
    ]  # fmt: skip

    clock.set_to(datetime.fromisoformat(rfq["closesAt"]))  # the closing instant itself, before any job has run
    late = bids(rival, rfq, offered(rival, OTHER, "900.01"))["quotation"]
    came = datetime.fromisoformat(late["submittedAt"])
    assert (late["state"], came >= datetime.fromisoformat(rfq["closesAt"])) == ("LATE", True)
    with nothing_changes():
        for verb in ("withdraw_quotation", "view_rfq", "decline_rfq"):
            assert gearworks.acts(verb, {"rfqId": rfq["id"]}, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    time_comes(rfq, seconds=30)
    close_due_rfqs()

    found = seen(master, rfq)
    assert (found["state"], found["closedEarly"], inbox(master, by="buyer")) == ("CLOSED", "", ["rfq.opened"])
    assert (master.todo(), gearworks.todo("sales"), rival.todo("sales")) == (["AWARD_RFQ"], [], [])
    offers = {one["supplier"]["name"][:4]: one for one in found["invitations"]}
    ((mine,), (their,)) = offers["苏州精齿"]["quotations"], offers["无锡锐驰"]["quotations"]
    assert (mine["state"], mine["lines"][0]["priceBreaks"]) == (
        "OPENED", [{"fromQuantity": "0", "unitPrice": "1299.99"}],
    )  # fmt: skip
    assert (their["state"], their["lines"], offers["无锡锐驰"]["state"]) == ("LATE", [], "LATE")
    assert [q["lines"][0]["priceBreaks"][0]["unitPrice"] for q in seen(gearworks, rfq)["invitations"][0]["quotations"]] == [
        "1311.17", "1299.99",
    ]  # fmt: skip
    (own,) = seen(rival, rfq)["invitations"]
    assert (own["supplier"]["id"], [q["lines"] for q in own["quotations"]]) == (rival.firm_id, [[]])
    assert [event["event"] for event in master.history_of(rfq)].count("RfqClosed") == 1


@pytest.mark.feature("C3")
def test_an_amendment_tells_all_and_a_sealed_bid_counts_again_once_confirmed(cast):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq = issues(master, gearworks, rival)
    bids(gearworks, rfq, offered(gearworks, GEARS, "1311.17"))["quotation"]
    bids(rival, rfq, offered(rival, OTHER, "1200.20"))["quotation"]
    other_unit = [{"number": 1, "title": "40 型减速机", "quantity": "120", "unit": "SET", "wantedOn": day(40)}]
    refused = master.acts("amend_rfq", versioned(rfq) | {"text": "改单位", "lines": other_unit}, by="buyer")
    assert "rfq.kept_line" in refused.errors[0]["rule"]

    more = [{"number": 1, "title": "40 型减速机", "quantity": "120", "unit": "C62", "wantedOn": day(40)}]
    later = instant(hours=72)
    amended = master.acts(
        "amend_rfq", versioned(rfq) | {"text": "数量增至 120", "lines": more, "closesAt": later}, by="buyer"
    )["rfq"]
    react()

    assert (amended["amendment"], amended["closesAt"]) == (1, later)
    assert states(master, rfq) == {"苏州精齿": "INTENDS", "无锡锐驰": "INTENDS"}
    assert (inbox(gearworks), inbox(rival)) == (["rfq.amended"], ["rfq.amended"])
    (own,) = seen(gearworks, rfq)["invitations"]
    assert (own["quotations"][0]["state"], seen(gearworks, rfq)["amendments"][0]["text"]) == ("DRAFT", "数量增至 120")
    stale = {"rfqId": rfq["id"], "amendment": 0}
    assert gearworks.acts("confirm_quotation", stale, by="sales").refusals == ["STALE"]
    confirmed = gearworks.acts("confirm_quotation", stale | {"amendment": 1}, by="sales")["quotation"]
    assert (confirmed["state"], confirmed["amendment"]) == ("SUBMITTED", 1)
    time_comes(amended)

    found = seen(master, rfq)
    shown = {one["supplier"]["name"][:4]: one["quotations"] for one in found["invitations"]}
    assert ([q["state"] for q in shown["苏州精齿"]], shown["无锡锐驰"]) == (["OPENED"], [])
    assert found["lines"][0]["quantity"] == "120"


@pytest.mark.feature("C3")
def test_a_question_is_answered_to_all_and_nobody_but_the_buyer_learns_who_asked(cast):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq = issues(master, gearworks, rival)
    said = {"rfqId": rfq["id"], "text": "精齿想问：可否分批交货？"}
    question = gearworks.acts("ask_rfq_question", said, by="sales")["question"]
    react()
    assert (inbox(master, by="buyer"), seen(rival, rfq)["questions"]) == (["rfq.question_asked"], [])
    assert cast.bearing.acts("ask_rfq_question", said, by="sales").refusals == ["NOT_FOUND"]

    answer = {"questionId": question["id"], "answer": "可以，分两批。", "text": "可否分批交货？"}
    assert rival.acts("answer_rfq_question", answer, by="buyer").refusals == ["NOT_FOUND"]
    master.acts("answer_rfq_question", answer, by="buyer")["question"]
    react()

    (read,) = seen(rival, rfq)["questions"]
    assert (read["text"], read["answer"], read["asker"], read["askedAt"]) == (
        "可否分批交货？", "可以，分两批。", None, None,
    )  # fmt: skip
    assert seen(master, rfq)["questions"][0]["asker"]["id"] == gearworks.firm_id
    assert (inbox(master, by="buyer"), "rfq.question_answered" in inbox(rival)) == ([], True)
    assert master.acts("answer_rfq_question", answer, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    told = rival.asks("history_page", by="sales", id=rfq["id"])["history"]["nodes"]
    assert not any(gearworks.firm_id in str(entry) or "精齿" in str(entry) for entry in told)


@pytest.mark.feature("C3")
def test_a_buyer_closes_early_or_cancels_with_a_reason_all_invitees_read(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    rfq = issues(master, gearworks, rival)
    bids(gearworks, rfq, offered(gearworks, GEARS, "1311.17"))["quotation"]
    now = seen(master, rfq)
    with nothing_changes():
        assert master.acts("close_rfq", versioned(now), by="buyer").errors[0]["fields"] == ["reason"]
        assert gearworks.acts("close_rfq", versioned(now) | {"reason": "x"}, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    master.acts("close_rfq", versioned(now) | {"reason": "各家均已报价"}, by="buyer")["rfq"]
    react()
    assert (seen(rival, rfq)["closedEarly"], seen(rival, rfq)["state"]) == ("各家均已报价", "CLOSED")
    assert bids(rival, rfq, offered(rival, OTHER, "1.01"))["quotation"]["state"] == "LATE"

    other = issues(master, gearworks, rival)
    bids(gearworks, other, offered(gearworks, GEARS, "1311.17"))["quotation"]
    gone = master.acts("cancel_rfq", versioned(seen(master, other)) | {"reason": "项目取消"}, by="buyer")["rfq"]
    react()
    assert (gone["state"], seen(gearworks, other)["cancelled"]) == ("CANCELLED", "项目取消")
    assert ("rfq.cancelled" in inbox(gearworks), "rfq.cancelled" in inbox(rival)) == (True, True)
    time_comes(other)
    assert [one["quotations"] for one in seen(master, other)["invitations"]] == [[], []]
    assert bids(gearworks, other, offered(gearworks, GEARS, "1.01")).refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("C4")
def test_a_quotation_bids_for_some_lines_with_breaks_minimum_lead_time_tooling_and_alternates(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    rfq = issues(master, gearworks, cast.rival)
    steps = [{"fromQuantity": "10", "unitPrice": "1300.5"}, {"fromQuantity": "80", "unitPrice": "1250.25"}]
    whole = offered(
        gearworks, GEARS, "1", priceBreaks=steps, minimumQuantity="10", toolingCost="5000", freight="800.40", note="含检具"
    )  # fmt: skip
    alternate = offered(gearworks, "HD-25", "990", kind="ALTERNATE", leadTimeDays=14)
    bids(gearworks, rfq, whole, alternate, currency="USD", incoterm="EXW", note="首批三周")["quotation"]
    time_comes(rfq)

    (quotation,) = next(
        one["quotations"] for one in seen(master, rfq)["invitations"] if one["supplier"]["id"] == gearworks.firm_id
    )
    assert (quotation["currency"], quotation["incoterm"], quotation["validUntil"], quotation["note"]) == (
        "USD", "EXW", quotation["validUntil"], "首批三周",
    )  # fmt: skip
    first, second = quotation["lines"]
    assert [(x["lineNumber"], x["kind"], x["item"]["number"]) for x in (first, second)] == [
        (1, "BID", "RV-40E"), (1, "ALTERNATE", "HD-25"),
    ]  # fmt: skip
    assert (first["priceBreaks"], first["minimumQuantity"], first["toolingCost"], first["freight"], first["note"]) == (
        steps, "10", "5000", "800.40", "含检具",
    )  # fmt: skip


@pytest.mark.feature("C4")
def test_a_bid_is_withdrawn_before_the_close_alone_and_every_version_is_kept(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    rfq = issues(master, gearworks, cast.rival)
    bids(gearworks, rfq, offered(gearworks, GEARS, "1311.17"))["quotation"]
    gone = gearworks.acts("withdraw_quotation", {"rfqId": rfq["id"]}, by="sales")["quotation"]
    assert (gone["state"], states(master, rfq)["苏州精齿"]) == ("WITHDRAWN", "WITHDRAWN")
    assert gearworks.acts("withdraw_quotation", {"rfqId": rfq["id"]}, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    again = bids(gearworks, rfq, offered(gearworks, GEARS, "1290"))["quotation"]
    clock.set_to(datetime.fromisoformat(rfq["closesAt"]) + timedelta(seconds=1))
    too_late = bids(gearworks, rfq, offered(gearworks, GEARS, "1"))["quotation"]
    assert (again["number"], too_late["number"], too_late["state"]) == (2, 3, "LATE")
    assert states(master, rfq)["苏州精齿"] == "QUOTED"
    time_comes(rfq, seconds=2)
    (own,) = seen(gearworks, rfq)["invitations"]
    assert [q["state"] for q in own["quotations"]] == ["WITHDRAWN", "OPENED", "LATE"]
    assert [len(q["lines"]) for q in own["quotations"]] == [0, 1, 0]


@pytest.mark.feature("C4")
def test_a_wrong_bid_gets_one_sentence_that_does_not_repeat_it(cast, nothing_changes):
    gearworks, rival = cast.gearworks, cast.rival
    rfq = issues(cast.chain_master, gearworks, rival)
    good = offered(gearworks, GEARS, "77123.4561")
    price = {"fromQuantity": "0", "unitPrice": "77123.4561"}
    wrongs = (
        ({"validUntil": day(1)}, good, "validUntil"), ({"currency": "ZZZ"}, good, "currency"),
        ({}, good | {"lineNumber": 9}, "lines.0.lineNumber"), ({}, good | {"lineNumber": 2}, "lines.0.lineUnits"),
        ({}, good | {"priceBreaks": [price | {"unitPrice": "0"}]}, "lines.0.priceBreaks.0.unitPrice"),
        ({}, good | {"priceBreaks": [price, price]}, "lines.0.priceBreaks.1.fromQuantity"),
        ({}, good | {"priceBreaks": [price | {"fromQuantity": "77123"}]}, "lines.0.priceBreaks"),
        ({}, good | {"priceBreaks": []}, "lines.0.priceBreaks"), ({}, good | {"leadTimeDays": -1}, "lines.0.leadTimeDays"),
        ({}, good | {"freight": "-77123.4561"}, "lines.0.freight"), ({}, good | {"lineUnits": 2}, "lines.0.lineUnits"),
        ({}, good | {"itemId": cast.chain_master.item("LT-R20")}, "lines.0.itemId"),
    )  # fmt: skip
    with nothing_changes():
        for given, one, field in wrongs:
            refused = bids(gearworks, rfq, one, **given)
            assert (refused.refusals, refused.errors[0]["fields"]) == (["INVALID"], [field])
            assert "77123" not in str(refused.errors)
        assert bids(gearworks, rfq).errors[0]["fields"] == ["lines"]
        said = {"rfqId": rfq["id"], "amendment": 0, "currency": "CNY", "incoterm": "DAP", "validUntil": day(60)}
        uninvited = cast.bearing.acts("submit_quotation", said | {"lines": [good]}, by="sales")
        assert uninvited.refusals == ["NOT_FOUND"]
        assert bids(gearworks, rfq | {"amendment": 3}, good).refusals == ["STALE"]
    boxed = offered(gearworks, GEARS, "500", line=2, lineUnits=1, itemUnits=12)
    assert bids(gearworks, rfq, good, boxed)["quotation"]["state"] == "SUBMITTED"
