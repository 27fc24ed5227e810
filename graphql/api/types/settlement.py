"""Invoices with their match, answers, releases and credit notes, and how a buyer matches."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.documents import DocumentRequirement
from api.types.fields import Date, Decimal, camel, child, children, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Item, Node
from api.types.orders import Order, OrderLine
from collaboration.settlement import decisions, lifecycle, reads, tables
from collaboration.settlement.answering import open_amount
from collaboration.settlement.judging import PASSING
from delivery.holding import unmet

_S, _M, _R, _A = lifecycle.InvoiceState, tables.MatchOutcome, tables.InvoiceReason, tables.InvoiceAction
InvoiceState = described("InvoiceState", _S, "Where an invoice stands (Peppol Invoice Response).", {
    _S.DRAFT: "Being written; known to its seller's firm alone.", _S.SUBMITTED: "The buyer owes a first answer.",
    _S.ACKNOWLEDGED: "AB: it came.", _S.IN_PROCESS: "IP: it is being worked on.",
    _S.UNDER_QUERY: "UQ: the buyer asks, the seller owes words.", _S.CONDITIONALLY_ACCEPTED: "CA: accepted under a condition said in the note.",
    _S.REJECTED: "RE: final.", _S.ACCEPTED: "AP: it is to be paid.", _S.PART_PAID: "PD with reason PPD: part of it is paid.",
    _S.PAID: "PD: paid, final.",
})  # fmt: skip
MatchOutcome = described("MatchOutcome", _M, "What an invoice line beside its order and receipts comes to.", {
    _M.NO_ORDER: "It names no order line, or one that binds nobody.", _M.NO_RECEIPT: "Nothing of it was accepted yet.",
    _M.QUANTITY_BLOCKED: "More is invoiced in all than was accepted and is tolerated.",
    _M.PRICE_BLOCKED: "The price is not the agreed one.", _M.TAX_DIFFERS: "The buyer expects another tax rate.",
    _M.IN_TOLERANCE: "Not the same, and inside what the buyer tolerates.", _M.MATCHED: "As accepted and agreed.",
})  # fmt: skip
InvoiceReason = described("InvoiceReason", _R, "Why an invoice is queried or rejected (Peppol status clarification).", {
    _R.REF: "References are wrong or missing.", _R.LEG: "Legal data are wrong or missing.", _R.REC: "The receiver is not known.",
    _R.QUA: "Quality.", _R.DEL: "Delivery.", _R.PRI: "Prices.", _R.QTY: "Quantities.", _R.ITM: "Items.", _R.PAY: "Payment terms.",
    _R.UNR: "Not recognised.", _R.FIN: "Finance terms.", _R.PPD: "Paid in part.", _R.OTH: "Another one, said in the note.",
})  # fmt: skip
InvoiceAction = described("InvoiceAction", _A, "What the seller is asked to do (Peppol status action).", {
    _A.NOA: "Nothing.", _A.PIN: "Give more information.", _A.NIN: "Send a new invoice.", _A.CNF: "Credit all of it.",
    _A.CNP: "Credit part of it.", _A.CNA: "Credit the amount in dispute.", _A.OTH: "Something else, said in the note.",
})  # fmt: skip
TaxCategory = described("TaxCategory", tables.TaxCategory, "How a line is taxed (UNCL 5305).", {
    tables.TaxCategory.STANDARD: "S: at a rate above 0.", tables.TaxCategory.ZERO: "Z: at the rate 0.",
    tables.TaxCategory.EXEMPT: "E: exempt.", tables.TaxCategory.REVERSE_CHARGE: "AE: the buyer owes the tax.",
    tables.TaxCategory.OUTSIDE: "O: outside the scope of tax.",
})  # fmt: skip
FapiaoType = described("FapiaoType", tables.FapiaoType, "What kind of fapiao the tax office knows it by; recorded, not filed.", {
    tables.FapiaoType.SPECIAL: "增值税专用发票, on paper or its image.", tables.FapiaoType.ORDINARY: "增值税普通发票.",
    tables.FapiaoType.DIGITAL_SPECIAL: "数电票（增值税专用发票）.", tables.FapiaoType.DIGITAL_ORDINARY: "数电票（普通发票）.",
})  # fmt: skip


def _name(column: str) -> Any:
    """What a colleague is called; empty for people of the other firm."""
    return lambda row, info: getattr(info.context.batches["person"].one(getattr(row, column)), "name", None)


class InvoiceMatch(graphene.ObjectType):
    """How a line was judged last, and by which figures. Quantities are those of the whole order line."""

    outcome = said(MatchOutcome, "What it comes to: the first thing that is wrong, or that it passes.")
    blocked_by = many(MatchOutcome, "All that is wrong.", resolver=lambda row, info: [_M(w) for w in row.blocked_by])
    accepted = said(Decimal, "Accepted at receipt.")
    invoiced_before = said(Decimal, "Invoiced by lines that stand before this one, credit notes taken off.")
    agreed_price = maybe(Decimal, "Agreed last.")
    over = said(Decimal, "More than was accepted; 0 where it is not.", resolver=lambda row, info: _over(row))


def _over(row: Any) -> Any:
    net = row.quantity - row.credited_quantity
    return max(row.invoiced_before + net - row.accepted, net * 0)


class InvoiceLine(graphene.ObjectType):
    """One line of an invoice."""

    class Meta:
        interfaces = (Node,)

    id = ident("InvoiceLine")
    number = said(graphene.Int, "Its number.")
    order = child(Order, "order", "order_id", "The order it is for.", required=False)
    order_line = child(OrderLine, "line", "order_line_id", "The line of the order it is for.", required=False)
    despatch_line_id = maybe(graphene.ID, "The line of the despatch it came with, where the seller said so.",
                             resolver=lambda row, info: row.despatch_line_id and info.context.seal("DespatchLine", row.despatch_line_id))  # fmt: skip
    description = said(graphene.String, "In the seller's words.")
    unit = said(graphene.String, "UNECE Recommendation 20 code.")
    quantity = said(Decimal, "Invoiced.")
    unit_price = said(Decimal, "Without tax.")
    line_amount = said(Decimal, "Quantity times price, to two places.")
    tax_category = said(TaxCategory, "How it is taxed.")
    tax_percent = said(Decimal, "At which rate.")
    credited_quantity = said(Decimal, "Taken back by credit notes.")
    match = maybe(InvoiceMatch, "How it was judged; empty for a draft.",
                  resolver=lambda row, info: row if row.outcome else None)  # fmt: skip


class InvoiceTax(graphene.ObjectType):
    """What is taxed alike (EN 16931 BG-23)."""

    category = said(TaxCategory, "How.")
    percent = said(Decimal, "At which rate.")
    taxable = said(Decimal, "On which amount.")
    tax = said(Decimal, "How much.")


class InvoiceResponse(graphene.ObjectType):
    """One answer of the buyer."""

    number = said(graphene.Int, "1 is the first.")
    state = said(InvoiceState, "What it said.")
    reason = maybe(InvoiceReason, "Why.")
    action = maybe(InvoiceAction, "What the seller is asked to do.")
    note = said(graphene.String, "In the buyer's words.")
    amount = maybe(Decimal, "Of a payment: how much.")
    answered_at = said(DateTime, "When.")
    by_name = maybe(graphene.String, "By whom, where it is a colleague of yours.", resolver=_name("by_user"))
    reply = maybe(graphene.String, "What the seller said to a query.")
    replied_at = maybe(DateTime, "When it did.")


class InvoiceRelease(graphene.ObjectType):
    """Blocked, and let pass by the buyer; known to the buyer's firm alone."""

    line = child(InvoiceLine, "invoice_line", "line_id", "The line.")
    reason = said(graphene.String, "Why.")
    released_by = maybe(graphene.String, "Who let it pass.", resolver=_name("released_by"))
    released_at = said(DateTime, "When.")
    needs_second = said(graphene.Boolean, "Above the limit: it counts once a second person approves.")
    approved_by = maybe(graphene.String, "Who approved it.", resolver=_name("approved_by"))
    approved_at = maybe(DateTime, "When.")
    lapsed_at = maybe(DateTime, "When the line came to be judged otherwise, so that it counts no more.")


class CreditNoteLine(graphene.ObjectType):
    """How much of one invoice line is taken back."""

    line = child(InvoiceLine, "invoice_line", "invoice_line_id", "The line.")
    quantity = said(Decimal, "How much.")
    line_amount = said(Decimal, "Worth so much without tax.")


class CreditNote(graphene.ObjectType):
    """The seller takes back part or all of an invoice."""

    class Meta:
        interfaces = (Node,)

    id = ident("CreditNote")
    number = said(graphene.String, "The seller's own for this buyer.")
    issued_on = said(Date, "Its date.")
    reason = said(graphene.String, "Why.")
    line_extension_amount = said(Decimal, "Without tax.")
    tax_amount = said(Decimal, "The tax.")
    payable_amount = said(Decimal, "With tax.")
    lines = children(CreditNoteLine, "credit_note_lines", "What is taken back.")


class HeldPayment(graphene.ObjectType):
    """What of an invoice is not paid until documents are released."""

    amount = said(Decimal, "How much; 0 once none is missing.")
    documents = many(DocumentRequirement, "Which documents of its orders are missing.")


def _lines(row: Any, info: Any) -> Any:
    return info.context.batches["invoice_lines"].many(row.id)


def _orders(row: Any, info: Any) -> list[int]:
    return sorted({line.order_id for line in _lines(row, info) if line.order_id is not None})


def _held(row: Any, info: Any) -> dict[str, Any]:
    batch = info.context.batches["requirements"]
    orders = _orders(row, info) if row.held_percent else []
    batch.expect(orders)
    documents = [one for order_id in orders for one in unmet(batch.many(order_id))]
    due = row.payable_amount - row.credited_amount
    return {"amount": decisions.held_amount(due, row.held_percent, len(documents)), "documents": documents}


def blocked(row: Any, info: Any) -> int:
    return sum(line.outcome is not None and line.outcome not in PASSING for line in _lines(row, info))


def _verbs(row: Any, info: Any) -> list[str]:
    batches = info.context.batches
    found = reads.open_verbs(
        info.context.acting, row, batches["invoice_responses"].many(row.id), batches["invoice_releases"].many(row.id),
        blocked=bool(blocked(row, info)),
    )  # fmt: skip
    return [camel(verb) for verb in found]


class Invoice(graphene.ObjectType):
    """What a seller asks to be paid. Amounts are in its currency, totals named as EN 16931 names them."""

    class Meta:
        interfaces = (Node,)

    id = ident("Invoice")
    number = said(graphene.String, "The seller's own for this buyer.")
    side = said(enums.Side, "On which side you stand.", resolver=lambda row, info: reads.side(row, info.context.acting))
    buyer = child(Firm, "firm", "buyer_id", "Who is to pay.")
    seller = child(Firm, "firm", "seller_id", "Who is to be paid.")
    issued_on = said(Date, "Its date.")
    due_on = said(Date, "When it is to be paid.")
    currency = said(graphene.String, "ISO 4217 code.")
    payment_terms = said(graphene.String, "In the seller's words.")
    note = said(graphene.String, "In the seller's words.")
    fapiao_number = maybe(graphene.String, "Under which the tax office knows it.")
    fapiao_type = maybe(FapiaoType, "What kind the tax office knows it by.")
    line_extension_amount = said(Decimal, "All lines, without tax.")
    tax_exclusive_amount = said(Decimal, "Without tax.")
    tax_amount = said(Decimal, "The tax.")
    tax_inclusive_amount = said(Decimal, "With tax.")
    payable_amount = said(Decimal, "To be paid.")
    credited_amount = said(Decimal, "Taken back by credit notes, with tax.")
    paid_amount = said(Decimal, "Paid, as the buyer says.")
    open_amount = said(Decimal, "Still to be paid.", resolver=lambda row, info: open_amount(row))
    state = said(InvoiceState, "Where it stands.")
    version = said(graphene.Int, "Give it back with your act.")
    made_at = said(DateTime, "When it was written first.")
    submitted_at = maybe(DateTime, "When it was handed over.")
    answer_due_on = maybe(Date, "Until when the buyer owes a first answer: three working days.")
    answered_at = maybe(DateTime, "When the buyer first answered.")
    blocked_lines = said(graphene.Int, "So many lines do not match.", resolver=blocked)
    held = said(HeldPayment, "What is not paid until documents are released.", resolver=_held)
    taxes = many(InvoiceTax, "By category and rate.", resolver=lambda row, info: decisions.tax_parts(_lines(row, info)))
    lines = children(InvoiceLine, "invoice_lines", "Line by line.")
    responses = children(InvoiceResponse, "invoice_responses", "What the buyer answered, oldest first.")
    releases = children(InvoiceRelease, "invoice_releases", "What the buyer let pass; empty for the seller.")
    credit_notes = children(CreditNote, "credit_notes", "What the seller took back.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.", resolver=_verbs)
    open_answers = many(InvoiceState, "Which answers you may give now.",
                        resolver=lambda row, info: reads.open_answers(info.context.acting, row))  # fmt: skip


InvoiceConnection = connection(Invoice, "Invoice")


class InvoiceFilter(graphene.InputObjectType):
    """Which invoices; conditions are joined by and."""

    states = graphene.InputField(graphene.List(graphene.NonNull(InvoiceState)), description="Standing in one of these.")
    side = graphene.InputField(enums.Side, description="Where you are buyer, or seller.")
    partner_id = graphene.InputField(graphene.ID, description="With this firm.")
    number = graphene.InputField(graphene.String, description="Whose number begins so.")
    issued_from = graphene.InputField(Date, description="Dated this day or later.")
    issued_until = graphene.InputField(Date, description="Dated this day or earlier.")
    order_id = graphene.InputField(graphene.ID, description="With a line for this order.")


class InvoiceStateCount(graphene.ObjectType):
    """How many invoices stand in one state."""

    state = said(InvoiceState, "The state.")
    invoices = said(graphene.Int, "How many.")


class InvoiceList(graphene.ObjectType):
    """A list of invoices as a file."""

    xlsx = said(graphene.String, "An Excel workbook in base64: invoices, their lines with the match, credit notes.")


class UninvoicedLine(graphene.ObjectType):
    """An order line of which more was accepted than is invoiced."""

    order = child(Order, "order", "order_id", "Its order.")
    order_line = child(OrderLine, "line", "order_line_id", "The line.")
    item = child(Item, "item", "item_id", "Its item.")
    buyer = child(Firm, "firm", "buyer_id", "Who accepted it.")
    seller = child(Firm, "firm", "seller_id", "Who may invoice it.")
    currency = said(graphene.String, "Of the order.")
    unit = said(graphene.String, "UNECE Recommendation 20 code.")
    unit_price = said(Decimal, "Agreed last, without tax.")
    accepted = said(Decimal, "Accepted at receipt.")
    invoiced = said(Decimal, "Invoiced already, credit notes taken off.")
    quantity = said(Decimal, "May be invoiced.")


class SettlementTerms(graphene.ObjectType):
    """How your firm matches invoices, of all sellers or of one; your firm's own."""

    seller = child(Firm, "firm", "seller_id", "For this seller alone; empty: for all others.", required=False)
    currency = said(graphene.String, "Of the amounts below.")
    quantity_percent = maybe(Decimal, "So much more than accepted is tolerated.")
    quantity_absolute = maybe(Decimal, "But no more units than this.")
    price_percent = maybe(Decimal, "A price may differ by so much.")
    price_absolute = maybe(Decimal, "But by no more than this per unit.")
    tax_percent = maybe(Decimal, "The rate lines must have; empty: any.")
    release_limit = maybe(Decimal, "Above it a second person approves a release; empty: never.")
    held_percent = said(Decimal, "The share held while documents are missing.")
    set_at = said(DateTime, "When it was said.")


NODES = (Invoice, InvoiceLine, CreditNote)
USUAL_LENGTHS = {
    "InvoiceMatch.blockedBy": 1, "HeldPayment.documents": 2, "Invoice.taxes": 1, "Invoice.lines": 5, "Invoice.responses": 3,
    "Invoice.releases": 1, "Invoice.creditNotes": 1, "CreditNote.lines": 3, "Invoice.openVerbs": 2, "Invoice.openAnswers": 3,
    "Query.uninvoiced": 50, "Query.settlementTerms": 5, "Query.invoiceCounts": 10,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
