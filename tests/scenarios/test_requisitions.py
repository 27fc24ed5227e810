"""Somebody needs something; whom the firm's rules name approves it; it becomes a request for quotation or an order (C1)."""

import pytest

from kernel import clock
from tests.scenarios.players import day, fresh
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, instant, offered, seen, versioned

pytestmark = pytest.mark.feature("C1")


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def needs(player, *, by="planner", price="1000", **given):
    line = {
        "number": 1,
        "title": "40 型减速机",
        "quantity": "10",
        "unit": "C62",
        "unitPrice": price,
        "wantedOn": day(40),
    }
    said = {"number": fresh("PR"), "title": "产线备件", "currency": "CNY", "lines": [line]} | given
    return player.acts("draft_requisition", said, by=by)


def of(found):
    return {"requisitionId": found["id"], "expectedVersion": found["version"]}


def submitted(player, *, by="planner", **given):
    return player.acts("submit_requisition", of(needs(player, by=by, **given)["requisition"]), by=by)["requisition"]


def read(player, found, *, by="buyer"):
    return player.asks("requisition_page", by=by, id=found["id"])["requisition"]


def waiting(player, *, by):
    found = player.asks("requisitions", by=by, filter={"toDecide": True})["requisitions"]["nodes"]
    return [one["id"] for one in found]


def person(player, email):
    found = player.asks("people_page", by="lead")["people"]["nodes"]
    return next(one["id"] for one in found if one["email"] == email)


def approved(player, **given):
    found = submitted(player, **given)
    return player.acts("approve_requisition", of(found), by="lead")["requisition"]


def inbox(player, *, by):
    found = player.asks("inbox_page", by=by, filter={"done": False})["inbox"]["nodes"]
    return [entry["what"] for entry in found if entry["subjectKind"] == "Requisition"]


def test_a_lead_decides_where_no_rule_names_anybody_and_never_on_his_own(cast, nothing_changes):
    master = cast.chain_master
    draft = needs(master)["requisition"]
    assert (draft["state"], draft["openVerbs"]) == ("DRAFT", ["draftRequisition", "submitRequisition"])
    assert master.acts("submit_requisition", of(draft), by="quality").refusals == ["NOT_ALLOWED_NOW"]
    found = master.acts("submit_requisition", of(draft), by="planner")["requisition"]
    react()
    assert (found["state"], waiting(master, by="lead"), inbox(master, by="lead")) == (
        "WAITING", [found["id"]], ["requisition.to_approve"],
    )  # fmt: skip
    assert read(master, found)["approver"] is None
    duties = ("lead", "planner", "buyer")
    assert [master.todo(who) for who in duties] == [["APPROVE_REQUISITION"], [], []]
    for who, rule in (("planner", "never_own"), ("buyer", "named_approver")):
        with nothing_changes():
            refused = master.acts("approve_requisition", of(found), by=who)
        assert (refused.refusals, rule in refused.rule) == (["NOT_ALLOWED_NOW"], True)
    no = master.acts("reject_requisition", of(found) | {"reason": "用库存"}, by="lead")["requisition"]
    react()
    assert (no["state"], read(master, found)["reason"], inbox(master, by="planner")) == (
        "REJECTED", "用库存", ["requisition.rejected"],
    )  # fmt: skip
    assert [master.todo(who) for who in duties] == [[], [], []]
    again = needs(master, **of(no))["requisition"]
    assert (again["id"], again["state"]) == (no["id"], "DRAFT")
    own = submitted(master, by="lead")
    assert master.acts("approve_requisition", of(own), by="lead").refusals == ["NOT_ALLOWED_NOW"]
    for stranger in (cast.gearworks, cast.rival):
        assert read(stranger, found) is None
        assert stranger.asks("requisitions")["requisitions"]["nodes"] == []
        assert stranger.acts("approve_requisition", of(again), by="buyer").refusals == ["NOT_FOUND"]


def test_rules_name_by_amount_category_and_supplier_and_no_currency_leads_around_them(cast, nothing_changes):
    master = cast.chain_master
    category = master.acts(
        "add_category", {"code": "RED", "name": "减速机", "nameEn": "Reducers", "needs": [], "qualifiedOnly": False}, by="lead"
    )["category"]["id"]  # fmt: skip
    who = {name: person(master, f"{name}@longteng.example") for name in ("buyer", "quality", "lead", "planner")}
    rules = [
        {"currency": "CNY", "fromAmount": "0", "approverId": who["buyer"]},
        {"currency": "CNY", "fromAmount": "100000", "approverId": who["lead"]},
        {"currency": "CNY", "fromAmount": "0", "categoryId": category, "approverId": who["quality"]},
        {"currency": "CNY", "fromAmount": "0", "supplierId": cast.rival.firm_id, "approverId": who["planner"]},
    ]
    assert master.acts("set_approval_rules", {"rules": rules}, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    theirs = cast.gearworks.asks("people_page")["people"]["nodes"][0]["id"]
    with nothing_changes():
        for wrong, field in (
            ({"fromAmount": "-1"}, "rules.0.fromAmount"), ({"approverId": theirs}, "rules.0.approverId"),
            ({"currency": "ZZZ"}, "rules.0.currency"),
        ):  # fmt: skip
            assert master.acts("set_approval_rules", {"rules": [rules[0] | wrong]}, by="lead").fields == [field]
    master.acts("set_approval_rules", {"rules": rules}, by="lead")["approvalRules"]
    assert [rule["approver"] for rule in master.asks("approval_rules")["approvalRules"]] == [
        "采购员", "采购主管", "质量工程师", "计划员",
    ]  # fmt: skip

    def named(**given):
        return read(master, submitted(master, **given))["approver"]

    assert (named(), named(price="9999.99"), named(price="10000")) == ("采购员", "采购员", "采购主管")
    assert named(price="10000", categoryId=category) == "质量工程师"
    assert named(by="quality", categoryId=category) == "采购员"  # never one's own: the next rule that fits
    assert named(by="buyer", supplierId=cast.rival.firm_id) == "计划员"
    assert named(by="buyer") is None
    foreign = needs(master, currency="USD")["requisition"]
    refused = master.acts("submit_requisition", of(foreign), by="planner")
    assert (refused.fields, "requisition.currency" in refused.rule) == (["currency"], True)


def test_an_approved_requisition_becomes_an_order_of_no_more_than_was_approved(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    found = approved(master, supplierId=gearworks.firm_id)
    line = {"number": 1, "itemId": master.item("RV-40E"), "unitPrice": "990.5"}
    said = of(found) | {"sellerId": gearworks.firm_id, "number": fresh("PO"), "lines": [line]}
    with nothing_changes():
        over = master.acts("order_requisition", said | {"lines": [line | {"unitPrice": "1000.01"}]}, by="buyer")
        assert "requisition.within_approved" in over.rule
        other = master.acts("order_requisition", said | {"sellerId": cast.rival.firm_id}, by="buyer")
        assert (other.fields, master.acts("order_requisition", said | {"lines": []}, by="buyer").fields) == (
            ["sellerId"], ["lines"],
        )  # fmt: skip
        assert master.acts("order_requisition", said, by="planner").refusals == ["NOT_ALLOWED_NOW"]
    done = master.acts("order_requisition", said, by="buyer")["requisition"]
    order = read(master, done)["order"]
    assert (done["state"], order["number"]) == ("ORDERED", said["number"])
    (ordered,) = gearworks.asks("order_page", number=said["number"])["order"]["lines"]
    assert (ordered["quantity"]["value"], ordered["unitPrice"]) == ("10", "990.5")
    assert master.acts("finish_requisition", of(done), by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert master.acts("finish_requisition", of(done), by="planner")["requisition"]["state"] == "DONE"
    assert read(gearworks, done) is None


def test_an_approved_requisition_becomes_a_request_and_follows_what_comes_of_it(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    found = approved(master)

    def sourced(of_which):
        how = {
            "number": fresh("RFQ"), "incoterm": "DAP", "closesAt": instant(hours=48), "awardBy": day(10),
            "inviteeIds": [gearworks.firm_id],
        }  # fmt: skip
        return master.acts("source_requisition", of(of_which) | how, by="buyer")["requisition"]

    first = sourced(found)
    assert first["state"] == "SOURCING"
    rfq = seen(master, read(master, first)["rfq"])
    assert [(x["title"], x["quantity"]) for x in rfq["lines"]] == [("40 型减速机", "10")]
    master.acts("cancel_rfq", versioned(rfq) | {"reason": "改规格"}, by="buyer")["rfq"]
    react()
    again = read(master, found)
    assert (again["state"], again["rfq"]) == ("APPROVED", None)

    sourced(again)
    rfq = seen(master, read(master, found)["rfq"])
    rfq = master.acts("approve_rfq", versioned(rfq), by="lead")["rfq"]
    rfq = master.acts("issue_rfq", versioned(rfq), by="buyer")["rfq"]
    bids(gearworks, rfq, offered(gearworks, "RV-40E", "950"))["quotation"]
    master.acts("close_rfq", versioned(seen(master, rfq)) | {"reason": "只邀一家"}, by="buyer")["rfq"]
    opened = seen(master, rfq)
    share = {"quotationLineId": opened["comparison"][0]["offers"][0]["offer"]["id"], "quantity": "10"}
    master.acts("award_rfq", versioned(opened) | {"shares": [share]}, by="buyer")["rfq"]
    react()
    assert read(master, found)["state"] == "ORDERED"


def test_a_wrong_requisition_is_refused_in_one_sentence(cast, nothing_changes):
    wrongs = (
        ({"lines": []}, "lines"), ({"price": "0"}, "lines.0.unitPrice"), ({"currency": "XYZ"}, "currency"),
        ({"number": " "}, "number"),
    )  # fmt: skip
    with nothing_changes():
        for wrong, field in wrongs:
            refused = needs(cast.chain_master, **wrong)
            assert (refused.refusals, refused.fields) == (["INVALID"], [field])
