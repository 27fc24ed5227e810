"""Take a UBL Invoice in, or the ApplicationResponse that answers one, through the same verbs as pages and API."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from collaboration.orders.reads import lines_of_orders
from collaboration.settlement.forms import InvoicedLine, InvoiceGiven, TotalsSaid
from collaboration.settlement.lifecycle import InvoiceState
from collaboration.settlement.tables import FapiaoType, InvoiceAction, InvoiceReason
from collaboration.settlement.verbs import respond_to_invoice, submit_invoice
from delivery.holding import missing_documents
from exchange import reads
from exchange.invoices_out import ANSWER_CODES, TAX_CODES
from exchange.outcome import Outcome, Report, Told, left_out_told
from exchange.parties import matching
from exchange.parties import shown as firm_shown
from exchange.subjects import parties_of
from exchange.taking_in import check_named, of_a_firm, refused, tried
from exchange.ubl.invoicing import InvoiceDocument, InvoicedRow
from exchange.ubl.read_invoice import read_invoice, read_invoice_answer
from exchange.ubl.reading import shown
from exchange.units import factor, over, times, unit_shown
from kernel.access import Actor, Role
from kernel.work import UnitOfWork

CATEGORIES = {code: category for category, code in TAX_CODES.items()}
STATES = {code: state for state, code in ANSWER_CODES.items()}
PLACE, ANSWER = "Invoice", "ApplicationResponse"
FIELDS = {
    "number": "ID", "issuedOn": "IssueDate", "dueOn": "DueDate", "currency": "DocumentCurrencyCode", "note": "Note",
    "lines": "InvoiceLine", "orderLineId": "OrderLineReference/LineID", "quantity": "InvoicedQuantity",
    "unitPrice": "Price/PriceAmount", "lineAmount": "LineExtensionAmount", "taxPercent": "Item/ClassifiedTaxCategory/Percent",
    "taxCategory": "Item/ClassifiedTaxCategory/ID", "unit": "InvoicedQuantity/@unitCode", "description": "Item/Name",
    "lineExtensionAmount": "LegalMonetaryTotal/LineExtensionAmount", "taxExclusiveAmount": "LegalMonetaryTotal/TaxExclusiveAmount",
    "taxAmount": "TaxTotal/TaxAmount", "taxInclusiveAmount": "LegalMonetaryTotal/TaxInclusiveAmount",
    "payableAmount": "LegalMonetaryTotal/PayableAmount", "paymentTerms": "PaymentTerms/Note",
    "fapiaoNumber": "AdditionalDocumentReference/ID", "fapiaoType": "AdditionalDocumentReference/DocumentDescription",
}  # fmt: skip


def import_invoice(work: UnitOfWork, actor: Actor, content: bytes) -> Outcome:
    """Submit the invoice in a file, or say everything that is wrong with it. Raises NotAllowedNow."""
    of_a_firm(actor, Role.SALES)
    document, faults = read_invoice(content)
    if document is None:
        return refused(faults)
    report = Report()
    buyer = _buyer(work, actor, report, document)
    if buyer is None:
        return report.refused()
    given = _given(work, actor, report, document, buyer)
    if given is None or report.faulty:
        return report.refused()
    places = [f"InvoiceLine {n}" for n in range(1, len(given.lines) + 1)]
    made = tried(
        work, report, document=PLACE, places=places, fields=FIELDS, act=lambda: submit_invoice(work, actor, given)
    )
    if made is None or report.faulty:
        return report.refused()
    told = Told(
        f"invoice {document.number} to {buyer.name}: {len(given.lines)} line(s)",
        f"对 {buyer.name} 提交发票 {document.number}：共 {len(given.lines)} 行",
    )
    return Outcome((told, *report.remarks(), left_out_told(document.left_out)), subject=("Invoice", made.id))


def _buyer(work: UnitOfWork, actor: Actor, report: Report, document: InvoiceDocument) -> Any:
    """The partner invoiced, or None when it was complained of."""
    own, partners = reads.own_firm_and_partners(work, actor)
    (us,) = parties_of(work, actor, own.id)
    check_named(report, PLACE, "AccountingSupplierParty", document.seller, us, partners)
    found = list(matching(document.buyer, partners))
    if len(found) == 1:
        return found[0]
    report.complain(
        PLACE, "AccountingCustomerParty/Party",
        f"{firm_shown(document.buyer)} is not one of your partners by credit code or name; put its credit code in "
        "PartyLegalEntity/CompanyID",
        f"{firm_shown(document.buyer)} 的统一社会信用代码和名称均不属于您的合作单位；请在 PartyLegalEntity/CompanyID 中填写",
    )  # fmt: skip
    return None


def _given(
    work: UnitOfWork, actor: Actor, report: Report, document: InvoiceDocument, buyer: Any
) -> InvoiceGiven | None:
    if document.due_on is None:
        report.complain(PLACE, "DueDate", "say until when it is to be paid", "请填写付款到期日")
    kind = FapiaoType.__members__.get(document.fapiao_type)
    if document.fapiao_number and kind is None:
        listed = ", ".join(FapiaoType.__members__)
        report.complain(
            PLACE, "AdditionalDocumentReference/DocumentDescription", f"say what fapiao it is: fapiao and one of {listed}",
            f"请注明发票类型：fapiao 加 {listed} 之一",
        )  # fmt: skip
    lines = _lines(work, actor, report, document, buyer)
    if report.faulty or document.due_on is None:
        return None
    totals = TotalsSaid(
        document.line_extension, document.tax_exclusive, document.tax_amount, document.tax_inclusive, document.payable
    )
    return InvoiceGiven(
        document.number, buyer.id, document.issued_on, document.due_on, document.currency, lines, totals,
        document.payment_terms, document.note, document.fapiao_number or None, kind,
    )  # fmt: skip


def _lines(work: UnitOfWork, actor: Actor, report: Report, document: InvoiceDocument, buyer: Any) -> list[InvoicedLine]:
    named = {row.order_number for row in document.rows if row.order_number}
    orders = {
        o.number: o for number in named for o in reads.orders_numbered(work, actor, number) if o.buyer_id == buyer.id
    }
    own = lines_of_orders(work, actor, [o.id for o in orders.values()])
    ordered = {(line.order_id, str(line.number)): line for line in own}
    found = []
    for position, row in enumerate(document.rows, start=1):
        place = f"InvoiceLine {position}"
        line = None
        if row.order_line:
            order = orders.get(row.order_number)
            line = ordered.get((order.id, row.order_line.lstrip("0"))) if order is not None else None
            if line is None:
                report.complain(
                    place, "OrderLineReference/LineID",
                    f"this buyer has no line {shown(row.order_line)} in an order {shown(row.order_number)} to you",
                    f"该采购方向贵单位的订单 {shown(row.order_number)} 没有第 {shown(row.order_line)} 行",
                )  # fmt: skip
                continue
        made = _line(report, place, row, position, line)
        if made is not None:
            found.append(made)
    return found


def _line(report: Report, place: str, row: InvoicedRow, position: int, line: Any) -> InvoicedLine | None:
    number = int(row.number) if row.number.isascii() and row.number.isdigit() and len(row.number) < 7 else position
    rate = factor(row.unit, line.unit) if line is not None else Decimal(1)
    if rate is None:
        report.complain(
            place, "InvoicedQuantity/@unitCode", f"the order counts in {unit_shown(line.unit, 'en')}; invoice in it",
            f"订单的计量单位为 {unit_shown(line.unit, 'zh')}；请按此单位开票",
        )  # fmt: skip
        return None
    try:
        quantity, price = times(row.quantity, rate), over(row.unit_price, rate)
    except ValueError:
        report.complain(
            place, "InvoicedQuantity", f"is no exact quantity in {line.unit}; state it in {line.unit}",
            f"无法精确换算为 {line.unit}；请按 {line.unit} 填写",
        )  # fmt: skip
        return None
    return InvoicedLine(
        number=number, quantity=quantity, unit_price=price, tax_percent=row.tax_percent,
        order_line_id=None if line is None else line.id, description=row.note if line is not None else row.item_name,
        unit=None if line is not None else row.unit, line_amount=row.line_amount, tax_category=CATEGORIES[row.tax_code],
    )  # fmt: skip


def import_invoice_response(work: UnitOfWork, actor: Actor, content: bytes) -> Outcome:
    """Answer the invoice in a file, or say everything that is wrong with it. Raises NotAllowedNow."""
    of_a_firm(actor, Role.BUYER)
    answer, faults = read_invoice_answer(content)
    if answer is None:
        return refused(faults)
    report = Report()
    _, partners = reads.own_firm_and_partners(work, actor)
    sellers = {firm.id for firm in matching(answer.receiver, partners)}
    found = [i for i in reads.invoices_numbered(work, actor, answer.invoice_number) if i.buyer_id == actor.party_id]
    found = [i for i in found if i.seller_id in sellers] if len(found) > 1 else found
    if len(found) != 1:
        report.complain(
            ANSWER, "DocumentResponse/DocumentReference/ID",
            f"no invoice {shown(answer.invoice_number)} to you is meant for certain; give its number and its seller's credit code",
            f"没有找到开给贵单位的发票 {shown(answer.invoice_number)}；请填写发票号和卖方的统一社会信用代码",
        )  # fmt: skip
        return report.refused()
    (invoice,) = found
    for role, named, firm_id in (
        ("SenderParty", answer.sender, invoice.buyer_id),
        ("ReceiverParty", answer.receiver, invoice.seller_id),
    ):
        check_named(report, ANSWER, role, named, parties_of(work, actor, firm_id)[0], partners)
    reason = _word(report, InvoiceReason, answer.reason)
    action = _word(report, InvoiceAction, answer.action)
    state = STATES[answer.code]
    if state is InvoiceState.PART_PAID:
        report.complain(
            ANSWER, "DocumentResponse/Response/ResponseCode",
            "a part payment says how much, which this document cannot; record it on the invoice's page",
            "部分付款须填写金额，而该单据无法表达；请在发票页面登记",
        )  # fmt: skip
    if not report.faulty:
        tried(
            work, report, document=ANSWER, places=(), fields={"note": "Note", "reason": "DocumentResponse/Response/Status/StatusReasonCode"},
            act=lambda: respond_to_invoice(
                work, actor, invoice_id=invoice.id, expected_version=invoice.version, answer=state, missing=missing_documents,
                reason=reason, action=action, note=answer.note,
            ),
        )  # fmt: skip
    if report.faulty:
        return report.refused()
    told = Told(
        f"invoice {invoice.number} answered {answer.code.value}", f"发票 {invoice.number} 已答复 {answer.code.value}"
    )
    return Outcome((told, *report.remarks(), left_out_told(answer.left_out)), subject=("Invoice", invoice.id))


def _word(report: Report, words: Any, code: str) -> Any:
    """One of our own words; a code that is none of them is complained of."""
    if not code:
        return None
    found: Sequence[Any] = [word for word in words if word.name == code]
    if not found:
        listed = ", ".join(word.name for word in words)
        report.complain(
            ANSWER, "DocumentResponse/Response/Status/StatusReasonCode", f"{shown(code)} is none of {listed}",
            f"{shown(code)} 不在 {listed} 之中",
        )  # fmt: skip
        return None
    return found[0]
