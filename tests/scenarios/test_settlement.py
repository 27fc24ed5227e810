"""An invoice is matched with order and receipts, answered, released, credited and paid (C18)."""

import io
from base64 import b64decode

import pytest
from openpyxl import load_workbook

from tests.rules.checks.samples import pdf
from tests.scenarios.players import day
from tests.scenarios.settling import (
    billed,
    comes,
    credits,
    invoices,
    matches_by,
    on,
    outcomes,
    received,
    releases,
    responds,
    seen,
    uninvoiced,
)


@pytest.mark.feature("C18")
def test_a_seller_invoices_what_was_accepted_and_is_paid(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = received(cast, ("RV-40E", "10", "10"), ("RV-80E", "5", "3"))
    assert uninvoiced(gearworks, "SELLER") == [(1, "10"), (2, "3")] == uninvoiced(master, "BUYER")
    kept = invoices(gearworks, order, (1, "10"), (2, "3"), verb="draft_invoice", number="F-1")
    assert kept["invoice"]["state"] == "DRAFT"
    assert seen(master, kept) is None and master.asks("invoices")["invoices"]["totalCount"] == 0
    assert (seen(gearworks, kept)["lines"][0]["match"], uninvoiced(gearworks, "SELLER")) == (
        None,
        [(1, "10"), (2, "3")],
    )

    draft = {"invoiceId": kept["invoice"]["id"], "expectedVersion": kept["invoice"]["version"]}
    fapiao = {"fapiaoNumber": "24322000000012345678", "fapiaoType": "DIGITAL_SPECIAL", "paymentTerms": "月结30天"}
    with nothing_changes():
        assert invoices(gearworks, order, (1, "1"), **draft | {"expectedVersion": 9}).refusals == ["STALE"]
        assert on(master, kept, "respond_to_invoice", by="buyer", answer="PAID").refusals == ["NOT_FOUND"]
        discarded = {"invoiceId": draft["invoiceId"], "expectedVersion": 1}
        assert master.acts("discard_invoice", discarded, by="sales").refusals == ["NOT_FOUND"]
        assert gearworks.acts("discard_invoice", discarded | {"expectedVersion": 9}, by="sales").refusals == ["STALE"]
    gearworks.acts("discard_invoice", discarded, by="sales")["number"]
    assert seen(gearworks, kept) is None and uninvoiced(gearworks, "SELLER") == [(1, "10"), (2, "3")]
    assert gearworks.acts("discard_invoice", discarded, by="sales").refusals == ["NOT_FOUND"]
    kept = invoices(gearworks, order, (1, "10"), verb="draft_invoice", number="F-1")  # its number is free again
    draft = {"invoiceId": kept["invoice"]["id"], "expectedVersion": kept["invoice"]["version"]}
    sent = invoices(gearworks, order, (1, "10"), (2, "3"), number="F-1", **draft, **fapiao)
    for_order = {"filter": {"orderId": order["order"]["id"]}}
    assert [n["number"] for n in master.asks("invoices", **for_order)["invoices"]["nodes"]] == ["F-1"]
    assert cast.rival.asks("invoices", **for_order)["invoices"]["totalCount"] == 0
    assert on(gearworks, sent, "discard_invoice", by="sales").refusals == ["NOT_ALLOWED_NOW"]

    found = seen(master, sent)
    assert (found["state"], outcomes(master, sent), found["blockedLines"]) == ("SUBMITTED", ["MATCHED", "MATCHED"], 0)
    assert [found[name] for name in ("lineExtensionAmount", "taxAmount", "payableAmount", "openAmount")] == [
        "1300.00", "169.00", "1469.00", "1469.00",
    ]  # fmt: skip
    assert (found["fapiaoNumber"], found["paymentTerms"]) == ("24322000000012345678", "月结30天")
    assert uninvoiced(gearworks, "SELLER") == [] == uninvoiced(master, "BUYER")
    assert "RESPOND_TO_INVOICE" in master.todo() and "RESPOND_TO_INVOICE" not in master.todo("planner")
    with nothing_changes():
        assert invoices(gearworks, order, (2, "1"), number="F-1").fields == ["number"]
        assert responds(master, sent, "ACCEPTED", by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert responds(gearworks, sent, "ACCEPTED", by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert responds(master, sent, "PAID").refusals == ["NOT_ALLOWED_NOW"]
        assert responds(master, sent, "SUBMITTED").fields == ["answer"]
        assert responds(master, sent, "ACCEPTED", amount="5").fields == ["amount"]
        assert invoices(gearworks, order, (1, "1"), **draft).refusals == ["STALE"]
        assert responds(master, sent, "UNDER_QUERY").fields == ["reason"]
        assert responds(master, sent, "REJECTED").fields == ["reason"]
        assert responds(master, sent, "REJECTED", reason="OTH").fields == ["note"]

    assert responds(master, sent, "ACKNOWLEDGED")["invoice"]["state"] == "ACKNOWLEDGED"
    assert responds(master, sent, "IN_PROCESS")["invoice"]["state"] == "IN_PROCESS"
    assert responds(master, sent, "ACKNOWLEDGED").refusals == ["NOT_ALLOWED_NOW"]
    assert on(gearworks, sent, "answer_invoice_query", by="sales", text="?").refusals == ["NOT_ALLOWED_NOW"]
    assert responds(master, sent, "UNDER_QUERY", reason="PAY", action="PIN")["invoice"]["state"] == "UNDER_QUERY"
    assert "ANSWER_INVOICE_QUERY" in gearworks.todo("sales") and "RESPOND_TO_INVOICE" not in master.todo()
    on(gearworks, sent, "answer_invoice_query", by="sales", text="按框架合同月结")["invoice"]
    assert on(gearworks, sent, "answer_invoice_query", by="sales", text="再答").rule.startswith(
        "invoice.query_answered"
    )
    assert "RESPOND_TO_INVOICE" in master.todo() and "ANSWER_INVOICE_QUERY" not in gearworks.todo("sales")
    assert responds(master, sent, "UNDER_QUERY", reason="OTH", note="请补合同号")["invoice"]["state"] == "UNDER_QUERY"
    responds(master, sent, "CONDITIONALLY_ACCEPTED", note="补合同号后付款")["invoice"]
    assert responds(master, sent, "UNDER_QUERY", reason="PAY").refusals == ["NOT_ALLOWED_NOW"]
    assert responds(master, sent, "ACCEPTED")["invoice"]["state"] == "ACCEPTED"
    assert responds(master, sent, "REJECTED", reason="QTY").refusals == ["NOT_ALLOWED_NOW"]
    assert responds(master, sent, "PART_PAID").fields == ["amount"]
    assert responds(master, sent, "PART_PAID", amount="1469").fields == ["amount"]
    assert responds(master, sent, "PART_PAID", amount="1000")["invoice"]["openAmount"] == "469.00"
    assert responds(master, sent, "PAID")["invoice"]["state"] == "PAID"
    told = seen(gearworks, sent)["responses"]
    assert [(x["state"], x["reason"], x["amount"]) for x in told[-2:]] == [
        ("PART_PAID", "PPD", "1000"), ("PAID", None, "469.00"),
    ]  # fmt: skip
    assert told[2]["reply"] == "按框架合同月结" and told[0]["byName"] is None
    assert [e["event"] for e in gearworks.history_of(sent["invoice"])][-1] == "InvoiceAnswered"


@pytest.mark.feature("C18")
def test_bad_figures_are_named_by_line_and_field_with_the_right_one(cast, nothing_changes):
    gearworks, rival = cast.gearworks, cast.rival
    order = received(cast, ("RV-40E", "10", "10"))
    good = billed(gearworks, order, (1, "3", "33.335", "13"), (1, "3", "33.335", "6"))
    one = good["lines"][0]
    foreign = cast.chain_master.places_order(to=rival, item="RC-40")

    def refused(**given):
        answer = gearworks.acts("submit_invoice", good | given, by="sales")
        return answer.refusals, answer.fields, answer.said

    with nothing_changes():
        assert refused(lines=[one | {"lineAmount": "100.00"}])[1:] == (
            ["lines.0.lineAmount"],
            "3 times 33.335 is 100.01",
        )
        fields, said = refused(totals={"lineExtensionAmount": "200.02", "taxAmount": "19.01"})[1:]
        assert (fields, "19.00" in said) == (["totals.taxAmount"], True)
        assert refused(lines=[one, one])[1] == ["lines.1.number"]
        assert refused(lines=[one | {"quantity": "0"}])[1] == ["lines.0.quantity"]
        assert refused(lines=[one | {"taxPercent": "0", "taxCategory": "STANDARD"}])[1] == ["lines.0.taxPercent"]
        assert refused(lines=[one | {"unit": "KGM"}])[1] == ["lines.0.unit"]
        assert refused(lines=[one | {"orderLineId": None}])[1] == ["lines.0.description"]
        assert refused(lines=[one | {"orderLineId": None, "description": "运费"}])[1] == ["lines.0.unit"]
        assert refused(lines=[])[1] == ["lines"]
        assert refused(currency="USD")[1] == ["currency"]
        assert refused(issuedOn=day(1))[1] == ["issuedOn"]
        assert refused(dueOn=day(-1))[1] == ["dueOn"]
        assert refused(fapiaoNumber="12345678")[1] == ["fapiaoType"]
        assert refused(fapiaoNumber="12345678", fapiaoType="DIGITAL_SPECIAL")[1] == ["fapiaoNumber"]
        line_of_rival = rival.lines_of(foreign)[1]["id"]
        assert refused(lines=[one | {"orderLineId": line_of_rival}])[:2] == (["NOT_FOUND"], ["lines.0.orderLineId"])
        assert refused(lines=[one | {"despatchLineId": one["orderLineId"]}])[1] == ["lines.0.despatchLineId"]
        assert refused(buyerId=gearworks.firm_id)[1] == ["buyerId"]
    right = {"lineExtensionAmount": "200.02", "taxExclusiveAmount": "200.02", "taxAmount": "19.00",
             "taxInclusiveAmount": "219.02", "payableAmount": "219.02"}  # fmt: skip
    sent = gearworks.acts("submit_invoice", good | {"totals": right}, by="sales")
    assert sent["invoice"]["taxAmount"] == "19.00"
    taxes = seen(gearworks, sent)["taxes"]
    assert [(t["percent"], t["taxable"], t["tax"]) for t in taxes] == [
        ("6", "100.01", "6.00"),
        ("13", "100.01", "13.00"),
    ]


@pytest.mark.feature("C18")
def test_each_line_is_matched_and_again_when_goods_come_or_the_price_is_agreed_anew(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    assert matches_by(master, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert matches_by(gearworks, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    assert matches_by(master, pricePercent="101").fields == ["pricePercent"]
    matches_by(master, quantityPercent="10", quantityAbsolute="2", pricePercent="1", taxPercent="13")["settlementTerms"]
    assert gearworks.asks("settlement_terms")["settlementTerms"] == []
    order = received(cast, ("RV-40E", "40", "30"), ("RV-80E", "5", "0"), ("RV-40E", "5", "5"))
    freight = {
        "number": 9,
        "description": "运费",
        "unit": "C62",
        "quantity": "1",
        "unitPrice": "50",
        "taxPercent": "13",
    }

    said = billed(gearworks, order, (1, "32"), (2, "5"), (3, "4", "100.90"), (3, "1", "99"), (1, "1", "100", "6"))
    sent = gearworks.acts("submit_invoice", said | {"lines": [*said["lines"], freight]}, by="sales")

    assert outcomes(gearworks, sent) == [
        "IN_TOLERANCE", "NO_RECEIPT", "IN_TOLERANCE", "IN_TOLERANCE", "QUANTITY_BLOCKED", "NO_ORDER",
    ]  # fmt: skip
    last = seen(gearworks, sent)["lines"][4]["match"]
    assert (last["blockedBy"], last["accepted"], last["invoicedBefore"], last["over"]) == (
        ["QUANTITY_BLOCKED", "TAX_DIFFERS"], "30", "32", "3",
    )  # fmt: skip
    other = invoices(gearworks, order, (1, "7"))
    assert outcomes(master, other) == ["QUANTITY_BLOCKED"]  # two invoices never count the same goods
    read = seen(master, sent)["version"]

    comes(cast, order, (1, "10"), (2, "5"))

    assert outcomes(master, sent)[:2] == ["MATCHED", "MATCHED"] and outcomes(master, sent)[4] == "TAX_DIFFERS"
    assert outcomes(master, other) == ["MATCHED"]
    assert seen(master, sent)["version"] == read + 1
    assert [e["event"] for e in master.history_of(other["invoice"])][-1] == "InvoiceMatched"
    with nothing_changes():
        refused = responds(master, other, "ACCEPTED", expectedVersion=1)
        blocked = responds(master, sent, "ACCEPTED")
    assert (refused.refusals, blocked.rule.split()[0]) == (["STALE"], "invoice.all_lines_match")
    dear = invoices(gearworks, received(cast, ("RV-40E", "2", "2"), price="90"), (1, "2"))
    assert outcomes(master, dear) == ["PRICE_BLOCKED"]
    matches_by(master, seller=gearworks, pricePercent="20")["settlementTerms"]  # its own row stands in place of all
    assert outcomes(master, dear) == ["IN_TOLERANCE"]  # what waits is judged anew
    assert outcomes(master, invoices(gearworks, received(cast, ("RV-40E", "2", "2"), price="90"), (1, "2"))) == [
        "IN_TOLERANCE"
    ]


@pytest.mark.feature("C18")
def test_an_order_changed_after_the_invoice_is_matched_by_the_new_price(cast):
    from tests.scenarios.amending import answers, changes

    order = received(cast, ("RV-40E", "10", "4"))
    sent = invoices(cast.gearworks, order, (1, "4", "95"))
    assert outcomes(cast.chain_master, sent) == ["PRICE_BLOCKED"]

    asked = changes(cast.chain_master, order, {"line": 1, "unitPrice": "95"})
    assert outcomes(cast.chain_master, sent) == ["PRICE_BLOCKED"]  # the last agreement stands
    answers(cast.gearworks, order, asked, "ACCEPTED")["change"]

    assert outcomes(cast.chain_master, sent) == ["MATCHED"]


@pytest.mark.feature("C18")
def test_a_blocked_line_is_released_and_above_the_limit_by_two_persons(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    matches_by(master, releaseLimit="500")["settlementTerms"]
    order = received(cast, ("RV-40E", "20", "4"), ("RV-80E", "5", "0"))
    small = invoices(gearworks, order, (2, "5"))
    releases(master, small, 1)["invoice"]
    assert responds(master, small, "ACCEPTED")["invoice"]["state"] == "ACCEPTED"  # 500 is not above 500

    sent = invoices(gearworks, order, (1, "6"), (1, "3"))
    with nothing_changes():
        assert releases(master, sent, 1, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert releases(gearworks, sent, 1, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert releases(master, sent, 1, reason=" ").fields == ["reason"]
        assert releases(master, sent, 1, 1).fields == ["invoiceLineIds"]
        assert on(master, sent, "approve_release", by="lead").rule.startswith("invoice.release_waits")
    releases(master, sent, 2)["invoice"]
    assert responds(master, sent, "ACCEPTED").rule.startswith("invoice.all_lines_match")
    releases(master, sent, 1)["invoice"]  # small each, together above the limit
    assert [r["needsSecond"] for r in seen(master, sent)["releases"]] == [True, True]
    assert seen(gearworks, sent)["releases"] == []
    assert not [e for e in gearworks.history_of(sent["invoice"]) if "Release" in e["event"]]
    assert "APPROVE_RELEASE" in master.todo("lead")
    with nothing_changes():
        assert responds(master, sent, "ACCEPTED").refusals == ["NOT_ALLOWED_NOW"]
        assert on(master, sent, "approve_release", by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        assert on(gearworks, sent, "approve_release", by="sales").refusals == ["NOT_ALLOWED_NOW"]
    comes(cast, order, (1, "1"))  # judged anew: what was released was another case
    assert [bool(r["lapsedAt"]) for r in seen(master, sent)["releases"]] == [True, True]
    assert on(master, sent, "approve_release", by="lead").refusals == ["NOT_ALLOWED_NOW"]

    releases(master, sent, 1, 2)["invoice"]
    on(master, sent, "approve_release", by="lead")["invoice"]

    assert "APPROVE_RELEASE" not in master.todo("lead")
    assert seen(master, sent)["releases"][-1]["approvedBy"] is not None
    assert responds(master, sent, "ACCEPTED")["invoice"]["state"] == "ACCEPTED"


@pytest.mark.feature("C18")
def test_a_release_is_approved_by_nobody_who_made_it_or_decided_on_the_order(cast, nothing_changes):
    master = cast.chain_master
    known = {one["email"].split("@")[0]: one["id"] for one in master.asks("people_page")["people"]["nodes"]}

    def turns(person, verb, role):
        master.acts(verb, {"personId": known[person], "role": role}, by="lead")["person"]

    matches_by(master, releaseLimit="1")["settlementTerms"]
    sent = invoices(cast.gearworks, received(cast, ("RV-40E", "9", "1")), (1, "9"))  # placed by the buyer
    turns("sales", "give_role", "BUYER")
    turns("buyer", "give_role", "SALES")
    releases(master, sent, 1, by="sales")["invoice"]
    for person in ("buyer", "sales"):  # a new duty does not undo what one did
        turns(person, "withdraw_role", "BUYER")
        turns(person, "give_role", "LEAD")

    with nothing_changes():
        assert on(master, sent, "approve_release", by="buyer").rule.startswith("separated.approve_release")
        assert on(master, sent, "approve_release", by="sales").rule.startswith("invoice.second_person")
    on(master, sent, "approve_release", by="lead")["invoice"]


@pytest.mark.feature("C18")
def test_a_credit_note_takes_back_no_more_than_was_invoiced(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = received(cast, ("RV-40E", "10", "7"))
    sent = invoices(gearworks, order, (1, "9", "33.335"))
    next_one = invoices(gearworks, order, (1, "2"))
    assert outcomes(master, sent) + outcomes(master, next_one) == ["QUANTITY_BLOCKED", "QUANTITY_BLOCKED"]
    with nothing_changes():
        assert credits(gearworks, sent, (1, "9.5")).fields == ["lines.0.quantity"]
        assert credits(gearworks, sent, (1, "1"), (1, "1")).fields == ["lines.1.invoiceLineId"]
        assert credits(gearworks, sent).fields == ["lines"]
        assert credits(gearworks, sent, (1, "1"), issuedOn=day(1)).fields == ["issuedOn"]
        assert credits(gearworks, sent, (1, "1"), reason="").fields == ["reason"]
        assert credits(master, sent, (1, "1"), by="sales").refusals == ["NOT_ALLOWED_NOW"]

    part = credits(gearworks, sent, (1, "4"), number="CN-7")

    # 9 at 33.335 are 300.02 and 39.00 tax; 5 stay: 166.68 and 21.67
    note = part["creditNote"]
    assert (note["lineExtensionAmount"], note["taxAmount"], note["payableAmount"]) == ("133.34", "17.33", "150.67")
    assert part["invoice"]["openAmount"] == "188.35"
    assert outcomes(master, next_one) == ["MATCHED"]
    assert credits(gearworks, sent, (1, "1"), number="CN-7").fields == ["number"]
    rest = credits(gearworks, sent, (1, "5"))
    assert (rest["invoice"]["openAmount"], rest["invoice"]["creditedAmount"]) == ("0.00", "339.02")
    assert uninvoiced(gearworks, "SELLER") == [(1, "5")]
    assert responds(master, next_one, "REJECTED", reason="REF", action="NIN")["invoice"]["state"] == "REJECTED"
    assert uninvoiced(gearworks, "SELLER") == [(1, "7")]
    assert credits(gearworks, next_one, (1, "1")).refusals == ["NOT_ALLOWED_NOW"]

    owed = invoices(gearworks, order, (1, "7", "100", "0"))
    responds(master, owed, "ACCEPTED")["invoice"]
    responds(master, owed, "PART_PAID", amount="600")["invoice"]
    assert credits(gearworks, owed, (1, "2"))["invoice"]["openAmount"] == "-100.00"  # paid too much
    assert responds(master, owed, "PAID", amount="1").fields == ["amount"]
    assert responds(master, owed, "PAID")["invoice"]["openAmount"] == "-100.00"


@pytest.mark.feature("C18")
def test_missing_documents_hold_a_share_until_they_are_released(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    matches_by(master, heldPercent="10")["settlementTerms"]
    order = received(cast, ("RV-40E", "10", "10"))
    asked = master.requires_documents(order, {"title": "材质证明"})["requirements"][0]
    sent = invoices(gearworks, order, (1, "10", "100", "0"))

    for player in (gearworks, master):
        held = seen(player, sent)["held"]
        assert (held["amount"], [d["title"] for d in held["documents"]]) == ("100.00", ["材质证明"])
    responds(master, sent, "ACCEPTED")["invoice"]
    with nothing_changes():
        assert responds(master, sent, "PAID").rule.startswith("invoice.documents_held")
        assert responds(master, sent, "PART_PAID", amount="900.01").fields == ["amount"]
    assert responds(master, sent, "PART_PAID", amount="900")["invoice"]["openAmount"] == "100.00"
    revision = gearworks.hands_in(asked, pdf())
    assert seen(gearworks, sent)["held"]["amount"] == "100.00"
    master.reviews(revision)["revision"]

    assert seen(gearworks, sent)["held"] == {"amount": "0", "documents": []}
    assert responds(master, sent, "PAID")["invoice"]["state"] == "PAID"


@pytest.mark.feature("C18")
def test_a_rival_learns_nothing_of_an_invoice(cast, nothing_changes):
    order = received(cast, ("RV-40E", "10", "10"))
    sent = invoices(cast.gearworks, order, (1, "10"))["invoice"]
    book = load_workbook(io.BytesIO(b64decode(cast.gearworks.asks("invoices_xlsx")["invoiceList"]["xlsx"])))
    assert [row[0].value for row in book["发票 Invoices"]][-1] == sent["number"]
    assert [c.value for c in list(book["发票行 Lines"])[-1]][7:10] == [10, 100, 1000]

    for name, player in cast.outsiders.items():
        with nothing_changes():
            assert seen(player, sent) is None, name
            assert player.asks("invoices", filter={"number": sent["number"]})["invoices"]["totalCount"] == 0
            counts = player.asks("invoices")["invoiceCounts"]
            assert sum(one["invoices"] for one in counts) == 0
            assert player.asks("uninvoiced", side="SELLER", partnerId=cast.chain_master.firm_id)["uninvoiced"] == []
            assert responds(player, sent, "ACCEPTED").refusals == ["NOT_FOUND"]
            listed = load_workbook(io.BytesIO(b64decode(player.asks("invoices_xlsx")["invoiceList"]["xlsx"])))
            assert sent["number"] not in str([[c.value for c in row] for sheet in listed for row in sheet])


def test_the_first_answer_is_due_on_the_buyer_s_third_working_day(cast):
    standing = {n: "OPEN" if n in (2, 4, 7) else "CLOSED" for n in range(1, 9)}
    given = {"days": [{"on": day(n), "standing": said} for n, said in standing.items()]}
    assert cast.chain_master.acts("set_calendar_days", given, by="buyer").refusals == []

    sent = invoices(cast.gearworks, received(cast, ("RV-40E", "1", "1")), (1, "1"))

    assert seen(cast.gearworks, sent)["answerDueOn"] == day(7)
