"""Read a UBL Invoice and the ApplicationResponse that answers one, as found in the wild."""

from datetime import date
from decimal import Decimal

from exchange.ubl.documents import Complaint
from exchange.ubl.hardened import APPLICATION_RESPONSE, INVOICE
from exchange.ubl.headings import currency_of, issued_of, number_of, opened, party_in, party_of
from exchange.ubl.invoicing import (
    INVOICE_TYPE,
    AnswerCode,
    InvoiceAnswer,
    InvoiceDocument,
    InvoicedRow,
    TaxCode,
    TaxRow,
)
from exchange.ubl.order_lines import names_of, price_of, quantity_of
from exchange.ubl.reading import Findings, Node, shown
from exchange.ubl.write_invoice import ACTION_LIST, FAPIAO
from kernel.quantities import ZERO

TOTALS = ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")


def read_invoice(content: bytes) -> tuple[InvoiceDocument | None, list[Complaint]]:
    """The invoice and no complaint, or none and every complaint there is. Totals are taken as said, not reckoned."""
    root, refused = opened(content, INVOICE)
    if root is None:
        return None, refused
    findings = Findings()
    invoice = Node(root, "Invoice", "", findings)
    number, issued_on = number_of(invoice, "发票"), issued_of(invoice)
    kind = invoice.text("InvoiceTypeCode")
    if kind != INVOICE_TYPE:
        en = f"type {shown(kind)} is not taken; {INVOICE_TYPE} (commercial invoice) is"
        invoice.complain("InvoiceTypeCode", en, f"不接受类型 {shown(kind)}；只接受 {INVOICE_TYPE}（商业发票）")
    currency, _ = currency_of(invoice, root)
    seller, buyer = party_of(invoice, "AccountingSupplierParty"), party_of(invoice, "AccountingCustomerParty")
    order_number = invoice.part("OrderReference").text("ID")
    due_on, terms = invoice.day("DueDate"), "\n".join(t.texts("Note") for t in invoice.parts("PaymentTerms"))
    for name in ("AllowanceCharge", "PrepaidPayment"):
        if invoice.parts(name):
            invoice.complain(name, f"{name} is not held here; put it into a line", f"不支持 {name}；请计入发票行")
    paper, paper_type = _fapiao(invoice)
    sums = invoice.part("LegalMonetaryTotal")
    totals = [sums.leaf(name).number() for name in TOTALS]
    tax_amount, taxes = _taxes(invoice)
    rows = _rows(invoice, currency, order_number)
    note = invoice.texts("Note")
    if findings.complaints or issued_on is None:
        return None, findings.told()
    first = [ZERO if total is None else total for total in totals]
    return InvoiceDocument(
        number, issued_on, due_on, currency, seller, buyer, rows, taxes, first[0], first[1], tax_amount, first[2], first[3],
        order_number, terms, note, paper, paper_type, findings.left_out(root),
    ), []  # fmt: skip


def _fapiao(invoice: Node) -> tuple[str, str]:
    for reference in invoice.parts("AdditionalDocumentReference"):
        word, _, kind = reference.text("DocumentDescription").partition(" ")
        number = reference.text("ID")
        if word == FAPIAO:
            return number, kind
    return "", ""


def _taxes(invoice: Node) -> tuple[Decimal, tuple[TaxRow, ...]]:
    found, whole = [], ZERO
    for total in invoice.parts("TaxTotal"):
        whole += total.leaf("TaxAmount").number() or ZERO
        for one in total.parts("TaxSubtotal"):
            category = one.part("TaxCategory")
            code, percent = _category(category)
            category.part("TaxScheme").text("ID")
            taxable, tax = (one.leaf(name).number() or ZERO for name in ("TaxableAmount", "TaxAmount"))
            if code is not None:
                found.append(TaxRow(code, percent, taxable, tax, category.text("TaxExemptionReason")))
    return whole, tuple(found)


def _category(category: Node) -> tuple[TaxCode | None, Decimal]:
    code, percent = category.text("ID"), category.leaf("Percent").number() or ZERO
    try:
        return TaxCode(code), percent
    except ValueError:
        listed = ", ".join(code.value for code in TaxCode)
        category.complain(
            "ID",
            f"{shown(code)} is no tax category taken here: {listed}",
            f"{shown(code)} 不是支持的税种代码：{listed}",
        )
        return None, percent


def _rows(invoice: Node, currency: str, order_number: str) -> tuple[InvoicedRow, ...]:
    lines = invoice.rows("InvoiceLine")
    if not lines:
        invoice.complain("InvoiceLine", "the invoice has no InvoiceLine", "发票没有 InvoiceLine")
    found = [_row(line, currency, order_number) for line in lines]
    return tuple(row for row in found if row is not None)


def _row(line: Node, currency: str, order_number: str) -> InvoicedRow | None:
    told = line.findings.told_so_far
    item = line.part("Item")
    quantity, unit = quantity_of(line, "InvoicedQuantity")
    price, _ = price_of(line.part("Price"), unit, currency)
    if price is None and line.findings.told_so_far == told:
        line.complain(
            "Price/PriceAmount", "the line has no price; give PriceAmount", "该行没有单价；请填写 PriceAmount"
        )
    if line.parts("AllowanceCharge"):
        line.complain(
            "AllowanceCharge", "charges of a line are not held; put them into its price", "不支持行级费用；请计入单价"
        )
    name, buyers, sellers, _ = names_of(item)
    category = item.part("ClassifiedTaxCategory")
    code, percent = _category(category)
    category.part("TaxScheme").text("ID")
    reference = line.part("OrderLineReference")
    order_line, order = reference.text("LineID"), reference.part("OrderReference").text("ID") or order_number
    amount, number, note = line.leaf("LineExtensionAmount").number(), line.text("ID"), line.texts("Note")
    if told != line.findings.told_so_far or quantity is None or price is None or code is None:
        return None
    return InvoicedRow(
        number, name, sellers, buyers, quantity, unit, price, amount, code, percent, order if order_line else "", order_line, note
    )  # fmt: skip


def read_invoice_answer(content: bytes) -> tuple[InvoiceAnswer | None, list[Complaint]]:
    """The answer and no complaint, or none and every complaint there is."""
    root, refused = opened(content, APPLICATION_RESPONSE)
    if root is None:
        return None, refused
    findings = Findings()
    answer = Node(root, "ApplicationResponse", "", findings)
    number, issued_on = number_of(answer, "发票答复"), issued_of(answer)
    sender, receiver = (
        party_in(answer.part("SenderParty"), "SenderParty"),
        party_in(answer.part("ReceiverParty"), "ReceiverParty"),
    )
    document = answer.part("DocumentResponse")
    invoice_number, invoice_on = _about(document)
    code, reason, action = _said(document.part("Response"))
    note = answer.texts("Note")
    if findings.complaints or issued_on is None or code is None:
        return None, findings.told()
    return InvoiceAnswer(
        number,
        issued_on,
        invoice_number,
        code,
        sender,
        receiver,
        note,
        reason,
        action,
        invoice_on,
        findings.left_out(root),
    ), []


def _about(document: Node) -> tuple[str, date | None]:
    references = document.parts("DocumentReference")
    number = references[0].text("ID") if references else ""
    if len(references) != 1 or not number:
        document.complain("DocumentReference/ID", "name the one invoice that is answered", "请填写所答复的一张发票")
        return "", None
    references[0].text("DocumentTypeCode")
    return number, references[0].day("IssueDate")


def _said(response: Node) -> tuple[AnswerCode | None, str, str]:
    """(code, reason, action); the reason PPD of a payment makes it a part."""
    code, reason, action = response.text("ResponseCode"), "", ""
    for status in response.parts("Status"):
        leaf = status.leaf("StatusReasonCode")
        if leaf.attribute("listID") == ACTION_LIST:
            action = leaf.value()
        else:
            reason = leaf.value()
    try:
        found = AnswerCode(code)
    except ValueError:
        listed = ", ".join(code.value for code in AnswerCode)
        response.complain("ResponseCode", f"{shown(code)} is none of {listed}", f"{shown(code)} 不是答复代码：{listed}")
        return None, reason, action
    if found is AnswerCode.PAID and reason == "PPD":
        return AnswerCode.PART_PAID, reason, action
    return found, reason, action
