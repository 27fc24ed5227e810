"""Statements of a period between two firms, line by line, with what is disputed."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, Decimal, camel, child, children, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Item, Node
from api.types.orders import Order, OrderLine
from api.types.settlement import InvoiceReason
from collaboration.statements import billing, lifecycle, reads, tables

_S, _D, _F = lifecycle.StatementState, lifecycle.DisputeState, tables.StatementSource
StatementState = described("StatementState", _S, "Where a statement stands.", {
    _S.DRAFT: "Known to its maker's firm alone.", _S.SENT: "The other firm confirms it or disputes lines.",
    _S.DISPUTED: "Its maker owes an answer to each disputed line.", _S.AGREED: "Both say so; the seller may invoice it.",
    _S.WITHDRAWN: "Taken back by its maker.",
})  # fmt: skip
DisputeState = described("DisputeState", _D, "What became of a disputed line.", {
    _D.OPEN: "Its maker owes an answer.", _D.CORRECTED: "The line says now what it should.",
    _D.UPHELD: "Its maker stands by the line.", _D.SET_ASIDE: "The line is carried over to the next statement.",
})  # fmt: skip
StatementSource = described("StatementSource", _F, "What a line is made from.", {
    _F.RECEIPT: "A line the buyer counted.", _F.DELIVERED: "Goods the buyer agreed had come already.",
    _F.CREDIT_NOTE: "A line of a credit note; its amount is below 0.",
})  # fmt: skip


class StatementDispute(graphene.ObjectType):
    """A line is wrong, as the firm says that did not make the statement."""

    class Meta:
        interfaces = (Node,)

    id = ident("StatementDispute")
    edition = said(graphene.Int, "Of which edition.")
    reason = said(InvoiceReason, "Why.")
    note = said(graphene.String, "In its words.")
    right_quantity = maybe(Decimal, "The quantity it should be.")
    right_price = maybe(Decimal, "The price it should be.")
    state = said(DisputeState, "What became of it.")
    answer = said(graphene.String, "What the statement's maker says.")
    disputed_at = said(DateTime, "When.")
    answered_at = maybe(DateTime, "When it was answered.")


def _disputes(row: Any, info: Any) -> list[Any]:
    return [d for d in info.context.batches["statement_disputes"].many(row.statement_id) if d.line_id == row.id]


class StatementLine(graphene.ObjectType):
    """One thing that happened in the period."""

    class Meta:
        interfaces = (Node,)

    id = ident("StatementLine")
    number = said(graphene.Int, "Its number.")
    source = said(StatementSource, "What it is made from.")
    happened_on = said(Date, "The day in China.", resolver=lambda row, info: reads.day_of(row))
    reference = said(graphene.String, "Delivery note, answer or credit note by its number.")
    order = child(Order, "order", "order_id", "Its order.")
    order_line = child(OrderLine, "line", "order_line_id", "The line of the order.")
    item = child(Item, "item", "item_id", "What it is.")
    unit = said(graphene.String, "UNECE Recommendation 20 code.")
    accepted = said(Decimal, "Accepted then; 0 of a credit note.")
    rejected = said(Decimal, "Rejected then; not part of the amount.")
    agreed_price = said(Decimal, "The price both were bound by that day, without tax.")
    quantity = said(Decimal, "As the statement says; below 0 of a credit note.")
    unit_price = said(Decimal, "As the statement says, without tax.")
    line_amount = said(Decimal, "Quantity times price, to two places.")
    is_carried_over = said(graphene.Boolean, "An earlier statement had set it aside.",
                           resolver=lambda row, info: row.carried_from_id is not None)  # fmt: skip
    is_set_aside = said(graphene.Boolean, "It left this statement for the next and counts no more in the total.")
    disputes = many(StatementDispute, "What was disputed of it, oldest first.", resolver=_disputes)


class StatementEdition(graphene.ObjectType):
    """A statement as it read then."""

    number = said(graphene.Int, "1 is the first.")
    content_hash = said(graphene.String, "SHA-256 of its text.")
    content = said(graphene.String, "The text itself: JSON with sorted keys, the same for both firms.")
    made_at = said(DateTime, "When.")


class StatementRemade(graphene.ObjectType):
    """The first edition made again from the books as they stood at its cut."""

    content_hash = said(graphene.String, "SHA-256 of what came out.")
    is_same = said(graphene.Boolean, "The very same bytes.")
    later = said(graphene.Int, "So many things happened since the period ended; they wait for the next statement.")


class StatementProposal(graphene.ObjectType):
    """One line still to be invoiced of an agreed statement."""

    order_line = child(OrderLine, "line", "order_line_id", "For which order line.")
    quantity = said(Decimal, "Accepted, stated and not invoiced.")
    unit_price = said(Decimal, "As stated.")


def _lines(row: Any, info: Any) -> list[Any]:
    found: list[Any] = info.context.batches["statement_lines"].many(row.id)
    return found


def _proposal(row: Any, info: Any) -> list[Any]:
    if row.state is not _S.AGREED:
        return []
    found = billing.proposed(info.context.work, row, _lines(row, info))
    info.context.batches["line"].expect([one.order_line_id for one in found])
    return found


def _settable(row: Any, info: Any) -> list[Any]:
    allowed = reads.stood_by(info.context.batches["statement_disputes"].many(row.id))
    return [line for line in _lines(row, info) if line.id in allowed and not line.is_set_aside]


class Statement(graphene.ObjectType):
    """What two firms delivered and credited in a period, made by one and answered by the other (对账单)."""

    class Meta:
        interfaces = (Node,)

    id = ident("Statement")
    side = said(enums.Side, "On which side you stand.", resolver=lambda row, info: reads.side(row, info.context.acting))
    buyer = child(Firm, "firm", "buyer_id", "Who accepted.")
    seller = child(Firm, "firm", "seller_id", "Who delivered.")
    maker = child(Firm, "firm", "maker_id", "Who made it.")
    currency = said(graphene.String, "ISO 4217 code.")
    period_from = said(Date, "First day, in China.")
    period_until = said(Date, "Last day.")
    state = said(StatementState, "Where it stands.")
    version = said(graphene.Int, "Give it back with your act.")
    edition = said(graphene.Int, "Grows with every correction.")
    content_hash = said(graphene.String, "SHA-256 of its text as it reads now.")
    total_amount = said(Decimal, "All lines that were not set aside, without tax.")
    cut_at = said(DateTime, "It rests on the books as they stood then.")
    sent_at = maybe(DateTime, "When it was handed over.")
    agreed_at = maybe(DateTime, "When both agreed.")
    invoiced_at = maybe(DateTime, "When it was invoiced last.")
    lines = children(StatementLine, "statement_lines", "Line by line, as they happened.")
    editions = children(StatementEdition, "statement_editions", "How it read before, and now.")
    may_set_aside = many(
        StatementLine, "Lines the confirming firm may leave for the next statement.", resolver=_settable
    )
    remade = said(StatementRemade, "Whether it comes out the same again; later things told beside it.",
                  resolver=lambda row, info: reads.remade(info.context.work, info.context.acting, row))  # fmt: skip
    proposal = many(StatementProposal, "Once agreed: what is still to be invoiced.", resolver=_proposal)
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [camel(verb) for verb in reads.open_verbs(info.context.acting, row)],
    )  # fmt: skip


StatementConnection = connection(Statement, "Statement")


class StatementFilter(graphene.InputObjectType):
    """Which statements; conditions are joined by and."""

    states = graphene.InputField(
        graphene.List(graphene.NonNull(StatementState)), description="Standing in one of these."
    )
    side = graphene.InputField(enums.Side, description="Where you are buyer, or seller.")
    partner_id = graphene.InputField(graphene.ID, description="With this firm.")
    on = graphene.InputField(Date, description="Whose period this day is in.")
    order_id = graphene.InputField(graphene.ID, description="With a line of this order.")


class StatementStateCount(graphene.ObjectType):
    """How many statements stand in one state."""

    state = said(StatementState, "The state.")
    statements = said(graphene.Int, "How many.")


class StatementFile(graphene.ObjectType):
    """A statement as a file."""

    xlsx = said(graphene.String, "An Excel workbook in base64: the statement, its lines, what was disputed.")


NODES = (Statement, StatementLine, StatementDispute)
USUAL_LENGTHS = {
    "Statement.lines": 40, "Statement.editions": 2, "Statement.maySetAside": 1, "Statement.proposal": 20,
    "Statement.openVerbs": 2, "StatementLine.disputes": 1, "Query.statementCounts": 5,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
