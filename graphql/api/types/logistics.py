"""Despatch advices and receipts."""

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, Decimal, child, children, connection, ident, many, maybe, said
from api.types.firms import Firm, Node
from api.types.orders import Order, OrderLine, ReservedVerb, Schedule, camel, reserved
from collaboration.logistics import reads


class DespatchLine(graphene.ObjectType):
    """One schedule's part of a despatch, in the line's unit."""

    class Meta:
        interfaces = (Node,)

    id = ident("DespatchLine")
    order = child(Order, "order", "order_id", "The order it belongs to.")
    line = child(OrderLine, "line", "line_id", "The order line.")
    schedule = child(Schedule, "schedule", "schedule_id", "The schedule it serves.")
    quantity = said(Decimal, "How much left.")
    outstanding_quantity = said(
        Decimal, "How much will still come on this schedule.", resolver=lambda row, info: row.outstanding
    )
    never = said(Decimal, "How much never will.")
    unit = said(graphene.String, "UNECE Recommendation 20 code.")
    lot = maybe(graphene.String, "Lot number.")
    serials = many(graphene.String, "Serial numbers.")


class ReceiptLine(graphene.ObjectType):
    """What was counted of one despatched line."""

    despatch_line = child(DespatchLine, "despatch_line", "despatch_line_id", "The despatched line.")
    received = said(Decimal, "What came: accepted + rejected.")
    accepted = said(Decimal, "What is kept.")
    rejected = said(Decimal, "What is not.")
    short = said(Decimal, "Despatched and not received.")
    over = said(Decimal, "Received and not despatched.")
    reason = maybe(enums.Reason, "Why rejected.")


class ReceiptAdvice(graphene.ObjectType):
    """What the buyer counted of a despatch. Corrected by reversal only."""

    class Meta:
        interfaces = (Node,)

    id = ident("ReceiptAdvice")
    posted_at = said(DateTime, "When it was posted.")
    lines = children(ReceiptLine, "receipt_lines", "Line by line.")


class DespatchAdvice(graphene.ObjectType):
    """Goods on their way: 发货通知."""

    class Meta:
        interfaces = (Node,)

    id = ident("DespatchAdvice")
    number = said(graphene.String, "The seller's delivery note number.")
    state = said(enums.DespatchState, "Where it stands.")
    version = said(graphene.Int, "Grows with every act.")
    shipped_on = said(Date, "The day the goods left.")
    expected_on = maybe(Date, "The day they should arrive.")
    buyer = child(Firm, "firm", "buyer_id", "Who receives.")
    seller = child(Firm, "firm", "seller_id", "Who sent.")
    lines = children(DespatchLine, "despatch_lines", "Line by line.")
    receipts = children(ReceiptAdvice, "receipts", "What was counted so far.")
    side = said(
        enums.Side, "On which side you stand.", resolver=lambda row, info: reads.side_of(row, info.context.acting)
    )
    open_verbs = many(
        graphene.String,
        "What you may do now, by mutation name: the buttons.",
        resolver=lambda row, info: [
            camel(verb)
            for verb in reads.open_verbs(info.context.acting, row.state, reads.side_of(row, info.context.acting))
        ],
    )
    reserved_verbs = many(
        ReservedVerb,
        "What a colleague may do now, and you may not.",
        resolver=lambda row, info: reserved(
            reads.reserved_verbs(info.context.acting, row.state, reads.side_of(row, info.context.acting))
        ),
    )


DespatchAdviceConnection = connection(DespatchAdvice, "DespatchAdvice")


class DespatchAdviceFilter(graphene.InputObjectType):
    """Which despatch advices; conditions are joined by and."""

    states = graphene.InputField(
        graphene.List(graphene.NonNull(enums.DespatchState)), description="Standing in one of these."
    )
    side = graphene.InputField(enums.Side, description="Where you are buyer, or seller.")
