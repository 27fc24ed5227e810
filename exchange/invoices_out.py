"""Give an invoice, or the buyer's newest answer to it, out as UBL, to either of its two parties."""

from collections.abc import Mapping, Sequence
from typing import Any

from collaboration.orders.reads import lines_by_id, orders_by_id
from collaboration.settlement import decisions
from collaboration.settlement import reads as settlement
from collaboration.settlement.lifecycle import InvoiceState
from collaboration.settlement.tables import TaxCategory
from exchange import reads
from exchange.answers_out import plain_text
from exchange.subjects import note_export, number_behind, parties_of
from exchange.ubl.invoicing import AnswerCode, InvoiceAnswer, InvoiceDocument, InvoicedRow, TaxCode, TaxRow
from exchange.ubl.write_invoice import write_invoice, write_invoice_answer
from kernel.access import Actor
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule
from kernel.work import UnitOfWork

TAX_CODES = {
    TaxCategory.STANDARD: TaxCode.STANDARD, TaxCategory.ZERO: TaxCode.ZERO, TaxCategory.EXEMPT: TaxCode.EXEMPT,
    TaxCategory.REVERSE_CHARGE: TaxCode.REVERSE_CHARGE, TaxCategory.OUTSIDE: TaxCode.OUTSIDE,
}  # fmt: skip
WHY_UNTAXED = {
    TaxCode.EXEMPT: "免税 exempt",
    TaxCode.REVERSE_CHARGE: "Reverse charge",
    TaxCode.OUTSIDE: "不征税 outside the scope",
}
"""EN 16931 wants a reason where no tax is charged; ours holds the category alone."""
ANSWER_CODES = {
    InvoiceState.ACKNOWLEDGED: AnswerCode.RECEIVED, InvoiceState.IN_PROCESS: AnswerCode.IN_PROCESS,
    InvoiceState.UNDER_QUERY: AnswerCode.UNDER_QUERY,
    InvoiceState.CONDITIONALLY_ACCEPTED: AnswerCode.CONDITIONALLY_ACCEPTED, InvoiceState.REJECTED: AnswerCode.REJECTED,
    InvoiceState.ACCEPTED: AnswerCode.ACCEPTED, InvoiceState.PART_PAID: AnswerCode.PART_PAID, InvoiceState.PAID: AnswerCode.PAID,
}  # fmt: skip


def invoice_meant(work: UnitOfWork, actor: Actor, subject: str) -> Any:
    """The invoice of that id or number, if the actor may know of it. Raises NotFound, Invalid where several have it."""
    said = subject.strip()
    found = settlement.invoices_by_id(work, actor, [number_behind("Invoice", said)])
    found = found or reads.invoices_numbered(work, actor, said)
    if len(found) > 1:
        raise Invalid(
            "number", f"{len(found)} invoices have the number {said}; give the invoice's id",
            f"有 {len(found)} 张发票使用编号 {said}；请填写发票的标识",
        )  # fmt: skip
    if not found:
        raise NotFound("number")
    return found[0]


def export_invoice(work: UnitOfWork, actor: Actor, subject: str) -> bytes:
    """An invoice as it was submitted. Raises NotFound, Invalid, NotAllowedNow of a draft."""
    invoice = invoice_meant(work, actor, subject)
    if invoice.state is InvoiceState.DRAFT:
        raise NotAllowedNow(
            "this invoice is a draft; submit it, then export it", "该发票仍是草稿；请先提交再导出",
            rule=Rule("invoice.not_submitted", "卖方提交发票", "the seller, by submitting it"),
        )  # fmt: skip
    note_export(work, actor, "invoice_file", owner_id=invoice.seller_id, subject=("Invoice", invoice.id))
    return write_invoice(_document(work, actor, invoice))


def _document(work: UnitOfWork, actor: Actor, invoice: Any) -> InvoiceDocument:
    lines = settlement.lines_of_invoices(work, actor, [invoice.id])
    ordered = {x.id: x for x in lines_by_id(work, actor, [x.order_line_id for x in lines if x.order_line_id])}
    orders = {x.id: x for x in orders_by_id(work, actor, [x.order_id for x in lines if x.order_id])}
    items = reads.items_named(work, [x.item_id for x in ordered.values()])
    own = reads.buyers_numbers(work, actor, buyer_id=invoice.buyer_id, item_ids=list(items))
    first = next((orders[x.order_id].number for x in lines if x.order_id), "")
    seller, buyer = parties_of(work, actor, invoice.seller_id, invoice.buyer_id)
    return InvoiceDocument(
        number=plain_text(invoice.number), issued_on=invoice.issued_on, due_on=invoice.due_on, currency=invoice.currency,
        seller=seller, buyer=buyer, rows=tuple(_row(x, ordered, orders, items, own) for x in lines), taxes=_taxes(lines),
        line_extension=invoice.line_extension_amount, tax_exclusive=invoice.tax_exclusive_amount, tax_amount=invoice.tax_amount,
        tax_inclusive=invoice.tax_inclusive_amount, payable=invoice.payable_amount, order_number=plain_text(first),
        payment_terms=plain_text(invoice.payment_terms), note=plain_text(invoice.note),
        fapiao_number=invoice.fapiao_number or "", fapiao_type=invoice.fapiao_type.name if invoice.fapiao_type else "",
    )  # fmt: skip


def _row(
    line: Any, ordered: Mapping[int, Any], orders: Mapping[int, Any], items: Mapping[int, Any], own: Mapping[int, str]
) -> InvoicedRow:
    of = ordered.get(line.order_line_id)
    item = items[of.item_id] if of is not None else None
    return InvoicedRow(
        number=str(line.number), item_name=plain_text(item.name if item else line.description),
        sellers_item_number=plain_text(item.number if item else ""),
        buyers_item_number=plain_text(own.get(item.id, "") if item else ""), quantity=line.quantity, unit=line.unit,
        unit_price=line.unit_price, line_amount=line.line_amount, tax_code=TAX_CODES[line.tax_category],
        tax_percent=line.tax_percent, order_number=plain_text(orders[line.order_id].number) if line.order_id else "",
        order_line=str(of.number) if of is not None else "", note=plain_text(line.description) if item else "",
    )  # fmt: skip


def _taxes(lines: Sequence[Any]) -> tuple[TaxRow, ...]:
    found = []
    for part in decisions.tax_parts(lines):
        code = TAX_CODES[part.category]
        found.append(TaxRow(code, part.percent, part.taxable, part.tax, WHY_UNTAXED.get(code, "")))
    return tuple(found)


def export_invoice_response(work: UnitOfWork, actor: Actor, subject: str) -> bytes:
    """What the buyer last said of an invoice. Raises NotFound, Invalid, NotAllowedNow without an answer."""
    invoice = invoice_meant(work, actor, subject)
    answers = settlement.responses_of(work, actor, [invoice.id])
    if not answers:
        raise NotAllowedNow(
            f"invoice {invoice.number} has no answer yet; the buyer gives it, then export again",
            f"发票 {invoice.number} 尚无答复；请在采购方答复后再导出",
            rule=Rule("invoice.unanswered", "采购方答复发票", "the buyer, by answering"),
        )
    newest = answers[-1]
    note_export(work, actor, "invoice_answer", owner_id=invoice.buyer_id, subject=("Invoice", invoice.id))
    buyer, seller = parties_of(work, actor, invoice.buyer_id, invoice.seller_id)
    return write_invoice_answer(
        InvoiceAnswer(
            number=plain_text(f"{invoice.number}-A{newest.number}"), issued_on=today_of(newest.answered_at),
            invoice_number=plain_text(invoice.number), code=ANSWER_CODES[newest.state], sender=buyer, receiver=seller,
            note=plain_text(newest.note), reason=newest.reason.name if newest.reason else "",
            action=newest.action.name if newest.action else "", invoice_issued_on=invoice.issued_on,
        )
    )  # fmt: skip
