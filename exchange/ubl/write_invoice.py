"""Write an invoice as UBL, so that EN 16931's own rules pass it, and a buyer's answer to one as an ApplicationResponse."""

from lxml import etree

from exchange.ubl.documents import PartyNamed
from exchange.ubl.hardened import APPLICATION_RESPONSE, INVOICE
from exchange.ubl.invoicing import (
    EN_16931,
    INVOICE_TYPE,
    AnswerCode,
    InvoiceAnswer,
    InvoiceDocument,
    InvoicedRow,
    TaxCode,
    TaxRow,
)
from exchange.ubl.writing import amount, begun, finished, leaf, part, write_item, write_party_itself, write_reference

COUNTRY = "CN"
REASON_LIST, ACTION_LIST = "OPStatusReason", "OPStatusAction"
FAPIAO = "fapiao"


def write_invoice(invoice: InvoiceDocument) -> bytes:
    """UBL 2.1. Raises AssertionError when the result does not obey the schema, which would be a bug here."""
    root = begun(INVOICE)
    leaf(root, "CustomizationID", EN_16931)
    leaf(root, "ID", invoice.number)
    leaf(root, "IssueDate", invoice.issued_on.isoformat())
    leaf(root, "DueDate", invoice.due_on.isoformat() if invoice.due_on else "")
    leaf(root, "InvoiceTypeCode", INVOICE_TYPE)
    leaf(root, "Note", invoice.note)
    leaf(root, "DocumentCurrencyCode", invoice.currency)
    write_reference(root, "OrderReference", invoice.order_number)
    if invoice.fapiao_number:
        paper = part(root, "AdditionalDocumentReference")
        leaf(paper, "ID", invoice.fapiao_number)
        leaf(paper, "DocumentDescription", f"{FAPIAO} {invoice.fapiao_type}".strip())
    _write_party(
        root, "AccountingSupplierParty", invoice.seller, taxed=any(t.code is not TaxCode.OUTSIDE for t in invoice.taxes)
    )
    _write_party(
        root,
        "AccountingCustomerParty",
        invoice.buyer,
        taxed=any(t.code is TaxCode.REVERSE_CHARGE for t in invoice.taxes),
    )
    if invoice.payment_terms:
        leaf(part(root, "PaymentTerms"), "Note", invoice.payment_terms)
    total = part(root, "TaxTotal")
    amount(total, "TaxAmount", invoice.tax_amount, currencyID=invoice.currency)
    for tax in invoice.taxes:
        _write_tax(total, tax, invoice.currency)
    sums = part(root, "LegalMonetaryTotal")
    for name, value in (
        ("LineExtensionAmount", invoice.line_extension), ("TaxExclusiveAmount", invoice.tax_exclusive),
        ("TaxInclusiveAmount", invoice.tax_inclusive), ("PayableAmount", invoice.payable),
    ):  # fmt: skip
        amount(sums, name, value, currencyID=invoice.currency)
    for row in invoice.rows:
        _write_row(part(root, "InvoiceLine"), row, invoice)
    return finished(root)


def _write_party(root: etree._Element, role: str, named: PartyNamed, *, taxed: bool) -> None:
    party = part(part(root, role), "Party")
    leaf(part(part(party, "PostalAddress"), "Country"), "IdentificationCode", COUNTRY)
    if taxed and named.codes:  # a Chinese firm's credit code is its tax number; EN 16931 wants the country before it
        tax = part(party, "PartyTaxScheme")
        leaf(tax, "CompanyID", f"{COUNTRY}{named.codes[0][1]}")
        leaf(part(tax, "TaxScheme"), "ID", "VAT")
    entity = part(party, "PartyLegalEntity")
    leaf(entity, "RegistrationName", named.name)
    leaf(entity, "CompanyID", named.codes[0][1] if named.codes else "")  # EN 16931 knows no scheme of Chinese codes


def _write_tax(total: etree._Element, tax: TaxRow, currency: str) -> None:
    subtotal = part(total, "TaxSubtotal")
    amount(subtotal, "TaxableAmount", tax.taxable, currencyID=currency)
    amount(subtotal, "TaxAmount", tax.tax, currencyID=currency)
    category = part(subtotal, "TaxCategory")
    leaf(category, "ID", tax.code.value)
    if tax.code is not TaxCode.OUTSIDE:
        amount(category, "Percent", tax.percent)
    leaf(category, "TaxExemptionReason", tax.exemption)
    leaf(part(category, "TaxScheme"), "ID", "VAT")


def _write_row(line: etree._Element, row: InvoicedRow, invoice: InvoiceDocument) -> None:
    leaf(line, "ID", row.number)
    leaf(line, "Note", row.note)
    amount(line, "InvoicedQuantity", row.quantity, unitCode=row.unit)
    amount(line, "LineExtensionAmount", row.line_amount, currencyID=invoice.currency)
    if row.order_line:
        reference = part(line, "OrderLineReference")
        leaf(reference, "LineID", row.order_line)
        if row.order_number != invoice.order_number:
            write_reference(reference, "OrderReference", row.order_number)
    item = write_item(line, row.item_name, row.buyers_item_number, row.sellers_item_number)
    category = part(item, "ClassifiedTaxCategory")
    leaf(category, "ID", row.tax_code.value)
    if row.tax_code is not TaxCode.OUTSIDE:
        amount(category, "Percent", row.tax_percent)
    leaf(part(category, "TaxScheme"), "ID", "VAT")
    amount(part(line, "Price"), "PriceAmount", row.unit_price, currencyID=invoice.currency)


def write_invoice_answer(answer: InvoiceAnswer) -> bytes:
    """UBL 2.1, with the elements Peppol's Invoice Response (T111) uses. Raises AssertionError, a bug here."""
    root = begun(APPLICATION_RESPONSE)
    leaf(root, "ID", answer.number)
    leaf(root, "IssueDate", answer.issued_on.isoformat())
    leaf(root, "Note", answer.note)
    write_party_itself(part(root, "SenderParty"), answer.sender)
    write_party_itself(part(root, "ReceiverParty"), answer.receiver)
    document = part(root, "DocumentResponse")
    response = part(document, "Response")
    part_paid = answer.code is AnswerCode.PART_PAID
    leaf(response, "ResponseCode", AnswerCode.PAID.value if part_paid else answer.code.value)
    reason = "PPD" if part_paid else answer.reason
    for code, listed in ((reason, REASON_LIST), (answer.action, ACTION_LIST)):
        if code:
            leaf(part(response, "Status"), "StatusReasonCode", code, listID=listed)
    reference = part(document, "DocumentReference")
    leaf(reference, "ID", answer.invoice_number)
    leaf(reference, "IssueDate", answer.invoice_issued_on.isoformat() if answer.invoice_issued_on else "")
    leaf(reference, "DocumentTypeCode", INVOICE_TYPE)
    return finished(root)
