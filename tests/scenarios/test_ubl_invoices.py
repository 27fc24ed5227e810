"""An invoice and the buyer's answer to it travel as files: the match is the same, EN 16931 passes what we write."""

import pytest

from exchange.ubl.rule_sets import failed_rules, rule_sets
from tests.scenarios.settling import billed, outcomes, received, seen
from tests.scenarios.test_ubl import edited, kinds, sends, taken

pytestmark = [pytest.mark.feature("K2"), pytest.mark.feature("C18")]


def test_an_invoice_is_submitted_by_a_file_matched_and_answered_by_a_file(cast, nothing_changes):
    order = received(cast, ("RV-40E", "10", "10"), ("RV-80E", "4", "4"))
    given = billed(cast.gearworks, order, (1, "4"), number="INV-UBL-1")
    first = cast.gearworks.acts("submit_invoice", given, by="sales")["invoice"]["id"]
    file = taken(cast.gearworks, "INVOICE", first)
    assert file == taken(cast.chain_master, "INVOICE", first)
    assert [f for f in failed_rules(file, rule_sets()) if f.flag == "fatal"] == []
    assert cast.rival.asks("ubl_document", kind="INVOICE", id=first).problems

    second = edited(file, (">INV-UBL-1<", ">INV-UBL-2<"))
    with nothing_changes():
        again = sends(cast.gearworks, "INVOICE", file, by="sales")
        wrong = sends(
            cast.gearworks,
            "INVOICE",
            edited(second, ('PayableAmount currencyID="CNY">', 'PayableAmount currencyID="CNY">9')),
            by="sales",
        )
        lost = sends(cast.gearworks, "INVOICE", edited(second, ("<cbc:LineID>1<", "<cbc:LineID>9<")), by="sales")
        buyers = sends(cast.chain_master, "INVOICE", second, by="buyer")
        rivals = sends(cast.rival, "INVOICE", second, by="sales")
        trial = sends(cast.gearworks, "INVOICE", second, by="sales", dryRun=True)
    assert again.said.startswith("Invoice, ID: ") and wrong.said.startswith(
        "Invoice, LegalMonetaryTotal/PayableAmount: "
    )
    assert lost.said.startswith("InvoiceLine 1, OrderLineReference/LineID: ")
    assert buyers.refusals == ["NOT_ALLOWED_NOW"] and rivals.refusals[0] == "INVALID"
    assert trial["outcome"]["warnings"] == []

    made = sends(cast.gearworks, "INVOICE", second, by="sales")["outcome"]["subjectId"]
    assert outcomes(cast.chain_master, {"id": made}) == ["MATCHED"]

    query = _answer(file, "UQ", "INV-UBL-2", reason="PRI")
    with nothing_changes():
        silent = sends(cast.chain_master, "INVOICE_RESPONSE", _answer(file, "UQ", "INV-UBL-2"), by="buyer")
        unknown = sends(cast.chain_master, "INVOICE_RESPONSE", _answer(file, "AP", "INV-NONE"), by="buyer")
        sellers = sends(cast.gearworks, "INVOICE_RESPONSE", query, by="sales")
    assert silent.refusals == unknown.refusals == sellers.refusals == ["INVALID"]
    sends(cast.chain_master, "INVOICE_RESPONSE", query, by="buyer")["outcome"]

    assert seen(cast.gearworks, {"id": made}, by="sales")["state"] == "UNDER_QUERY"
    back = taken(cast.gearworks, "INVOICE_RESPONSE", made)
    assert (kinds(back, "ResponseCode"), kinds(back, "StatusReasonCode")) == (["UQ"], ["PRI"])
    assert cast.rival.asks("ubl_document", kind="INVOICE_RESPONSE", id=made).problems


def _answer(invoice, code, number, *, reason=""):
    """As the buyer's system writes it; the parties are those of the invoice."""
    names = kinds(invoice, "PartyLegalEntity/{*}CompanyID")
    parties = "".join(
        f"<cac:{role}><cac:PartyIdentification><cbc:ID>{name}</cbc:ID></cac:PartyIdentification></cac:{role}>"
        for role, name in (("SenderParty", names[1]), ("ReceiverParty", names[0]))
    )
    status = (
        f'<cac:Status><cbc:StatusReasonCode listID="OPStatusReason">{reason}</cbc:StatusReasonCode></cac:Status>'
        if reason
        else ""
    )
    return (
        '<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2" '
        'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
        'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>R</cbc:ID>'
        f"<cbc:IssueDate>2027-01-01</cbc:IssueDate>{parties}<cac:DocumentResponse><cac:Response>"
        f"<cbc:ResponseCode>{code}</cbc:ResponseCode>{status}</cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{number}</cbc:ID></cac:DocumentReference></cac:DocumentResponse></ApplicationResponse>"
    ).encode()
