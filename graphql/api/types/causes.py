"""Why deliveries were late or short: what each firm states, and what both agree on."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, camel, child, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Node
from api.types.orders import Order, OrderLine, Schedule
from collaboration.causes import decisions, lifecycle, reads, tables

_C, _P, _S = tables.MissCause, tables.MissParty, lifecycle.CauseState
CauseState = described("CauseState", _S, "Where a cause record stands.", {
    _S.OPEN: "No cause is agreed: the miss counts.", _S.AGREED: "Both state the same cause and who answers for it.",
})  # fmt: skip
MissCause = described("MissCause", _C, "Why a delivery was late or short.", {
    _C.CAPACITY: "Capacity.", _C.MATERIAL: "Material.", _C.SPECIFICATION: "Specification.", _C.CALENDAR: "Calendar.",
    _C.TRANSPORT: "Transport.", _C.CREDIT: "Credit.", _C.QUALITY: "Quality.", _C.BUYER_CHANGE: "The buyer changed what it wanted.",
    _C.BUYER_RECEIPT: "The buyer could not receive or counted late.", _C.FORCE_MAJEURE: "Force majeure.",
    _C.OTHER: "Another one, said in the words.",
})  # fmt: skip
MissParty = described("MissParty", _P, "Who answers for a missed delivery.", {
    _P.SELLER: "The seller: it counts.", _P.BUYER: "The buyer: left out once agreed.",
    _P.NEITHER: "Nobody: left out once agreed.", _P.SHARED: "Both in part: it counts.",
})  # fmt: skip


class StatedCause(graphene.ObjectType):
    """What one firm says was the cause."""

    class Meta:
        interfaces = (Node,)

    id = ident("StatedCause")
    side = said(enums.Side, "Which firm says so.", resolver=lambda row, info: _side_of(row, info))
    cause = said(MissCause, "Why.")
    party = said(MissParty, "Who answers for it.")
    note = said(graphene.String, "In its words.")
    agrees = said(graphene.Boolean, "It agreed to what the other firm stated.")
    stated_at = said(DateTime, "When.")


def _side_of(row: Any, info: Any) -> Any:
    record = info.context.batches["cause_record"].one(row.record_id)
    return reads.side_by(record, row.by_party)


def _stated(row: Any, info: Any) -> list[Any]:
    found: list[Any] = info.context.batches["stated_causes"].many(row.id)
    return found


class CauseRecord(graphene.ObjectType):
    """A day of an order line that was missed, and why."""

    class Meta:
        interfaces = (Node,)

    id = ident("CauseRecord")
    side = said(enums.Side, "On which side you stand.", resolver=lambda row, info: reads.side(row, info.context.acting))
    buyer = child(Firm, "firm", "buyer_id", "Who waited.")
    seller = child(Firm, "firm", "seller_id", "Who should have delivered.")
    order = child(Order, "order", "order_id", "The order.")
    order_line = child(OrderLine, "line", "order_line_id", "Its line.")
    schedule = child(Schedule, "schedule", "schedule_id", "The day and quantity.")
    due_on = said(Date, "The day it was missed by.")
    state = said(CauseState, "Where it stands.")
    version = said(graphene.Int, "Give it back with your act.")
    cause = maybe(MissCause, "Once agreed: why.")
    party = maybe(MissParty, "Once agreed: who answers for it.")
    is_left_out = said(graphene.Boolean, "Both agree that the miss is not the seller's: it is left out of on-time figures.",
                       resolver=lambda row, info: decisions.is_excluded(row.party))  # fmt: skip
    agreed_at = maybe(DateTime, "When.")
    reopening_side = maybe(enums.Side, "Which firm asks to open it again.",
                           resolver=lambda row, info: row.reopening_by and reads.side_by(row, row.reopening_by))  # fmt: skip
    stated = many(StatedCause, "What both firms stated, oldest first; the newest of each stands.", resolver=_stated)
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [camel(v) for v in reads.open_verbs(info.context.acting, row, _stated(row, info))],
    )  # fmt: skip


CauseRecordConnection = connection(CauseRecord, "CauseRecord")


class CauseRecordFilter(graphene.InputObjectType):
    """Which misses; conditions are joined by and."""

    side = graphene.InputField(enums.Side, description="Where you are buyer, or seller.")
    partner_id = graphene.InputField(graphene.ID, description="With this firm.")
    order_id = graphene.InputField(graphene.ID, description="Of this order.")
    state = graphene.InputField(CauseState, description="With or without an agreed cause.")


class CauseStateCount(graphene.ObjectType):
    """How many misses stand where."""

    state = said(CauseState, "The state.")
    misses = said(graphene.Int, "How many.")


class CauseTotal(graphene.ObjectType):
    """So many misses of one partner with one agreed cause."""

    partner = child(Firm, "firm", "partner_id", "The other firm.")
    cause = maybe(MissCause, "Why; empty: none is agreed.")
    party = maybe(MissParty, "Who answers for it; empty: none is agreed.")
    misses = said(graphene.Int, "How many.")


NODES = (CauseRecord, StatedCause)
USUAL_LENGTHS = {
    "CauseRecord.stated": 2, "CauseRecord.openVerbs": 2, "Query.causeCounts": 2, "Query.causeTotals": 20,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
