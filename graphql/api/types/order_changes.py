"""What is asked to change of an order, what it was from version to version, and in what two versions differ."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, Decimal, camel, child, children, described, ident, many, maybe, said
from api.types.firms import Firm, Item, Node
from api.types.orders import OrderLine, Schedule
from collaboration.changes import lifecycle, reads, tables
from collaboration.orders import reads as order_reads
from collaboration.orders import revisions

_CHANGE, _CANCELLATION, _PROMISE = lifecycle.OrderChangeState, lifecycle.CancellationState, lifecycle.RepromiseState
OrderChangeState = described("OrderChangeState", _CHANGE, "Where a change of an order stands.", {
    _CHANGE.NOTED: "Nothing was agreed yet: what is asked stands changed at once.",
    _CHANGE.SENT: "The seller owes an answer; the last agreement stands.",
    _CHANGE.COUNTERED: "The seller offers other terms; the buyer owes a decision.",
    _CHANGE.ACCEPTED: "Both are bound by it.", _CHANGE.REJECTED: "What was agreed before stands.",
    _CHANGE.WITHDRAWN: "The buyer took it back.",
})  # fmt: skip
OrderCancellationState = described("OrderCancellationState", _CANCELLATION, "Where a cancellation stands.", {
    _CANCELLATION.REQUESTED: "The other side owes an answer; the order stands.",
    _CANCELLATION.ACCEPTED: "What was not shipped is cancelled.", _CANCELLATION.REFUSED: "The order stands.",
    _CANCELLATION.WITHDRAWN: "Whoever asked took it back.",
})  # fmt: skip
RepromiseState = described("RepromiseState", _PROMISE, "Where a new promise stands.", {
    _PROMISE.WAITING: "The buyer owes a decision; the agreed day stands.", _PROMISE.AGREED: "The buyer agreed.",
    _PROMISE.AGREED_BY_RULE: "Inside the pair's tolerance of the wanted day.",
    _PROMISE.REFUSED: "The agreed day stands; the new one is what the seller expects.",
    _PROMISE.SUPERSEDED: "A newer promise or a change took its place.",
})  # fmt: skip
OrderLineAction = described("OrderLineAction", tables.LineAction, "What a change does to a line (UNCL 1229).", {
    tables.LineAction.ADD: "1: one more line.", tables.LineAction.DELETE: "2: what was not shipped is not wanted any more.",
    tables.LineAction.CHANGE: "3: other quantity, price or days.",
    tables.LineAction.NONE: "4: in a counter-offer: stays as it was agreed.",
    tables.LineAction.REOPEN: "74: a cancelled, rejected or shortened line is wanted after all.",
})  # fmt: skip
OrderChangeAnswer = described("OrderChangeAnswer", tables.ChangeAnswer, "What the seller says to a change.", {
    tables.ChangeAnswer.ACCEPTED: "AP: as asked, all of it.", tables.ChangeAnswer.REJECTED: "RE: what was agreed stands.",
    tables.ChangeAnswer.CHANGED: "CA: other terms for some lines.",
})  # fmt: skip
OrderChangeDecision = described("OrderChangeDecision", tables.ChangeDecision, "What one side makes of what the other asks.", {
    tables.ChangeDecision.ACCEPT: "It is so.", tables.ChangeDecision.REFUSE: "What was agreed before stands.",
})  # fmt: skip


def _order(row: Any, info: Any) -> Any:
    return info.context.batches["order"].one(row.order_id)


class OrderChangeSchedule(graphene.ObjectType):
    """A day and quantity a changed line is to have."""

    schedule = maybe(Schedule, "Of this schedule; empty: one more.",
                     resolver=lambda row, info: info.context.batches["schedule"].one(row.schedule_id))  # fmt: skip
    wanted_on = said(Date, "The day.")
    quantity = said(Decimal, "How much, in the line's unit; 0 drops the day.")


class OrderChangeLine(graphene.ObjectType):
    """What is to become of one line."""

    offered_by = said(enums.Side, "Asked by the buyer, or offered instead by the seller.")
    action = said(OrderLineAction, "What.")
    number = said(graphene.Int, "The line's number.")
    line = maybe(OrderLine, "The line; empty for one to be added.",
                 resolver=lambda row, info: info.context.batches["line"].one(row.line_id))  # fmt: skip
    item = child(Item, "item", "item_id", "Its item.")
    unit = said(graphene.String, "Its unit, a UNECE Recommendation 20 code.")
    quantity = maybe(Decimal, "The line's quantity then; empty: it stays.")
    unit_price = maybe(Decimal, "The price then; empty: it stays.")
    schedules = children(OrderChangeSchedule, "order_change_schedules", "The days that change; others stay.")


class OrderChange(graphene.ObjectType):
    """A change the buyer asks of a placed order. The last agreement stands until both are bound by it."""

    class Meta:
        interfaces = (Node,)

    id = ident("OrderChange")
    number = said(graphene.Int, "1 is the first change of the order.")
    state = said(OrderChangeState, "Where it stands.")
    note = said(graphene.String, "The buyer's note.")
    sent_at = said(DateTime, "When it was asked.")
    reason = maybe(enums.Reason, "Why it was rejected or countered.")
    answer_note = said(graphene.String, "The seller's note.")
    answered_at = maybe(DateTime, "When the seller answered.")
    settled_at = maybe(DateTime, "Since when it is settled.")
    lines = children(OrderChangeLine, "order_change_lines", "Line by line; a counter-offer beside what was asked.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in reads.change_verbs(info.context.acting, row, _order(row, info))])  # fmt: skip


class OrderCancellation(graphene.ObjectType):
    """One side asks that what was not shipped of an order be cancelled."""

    class Meta:
        interfaces = (Node,)

    id = ident("OrderCancellation")
    state = said(OrderCancellationState, "Where it stands.")
    requested_by = said(enums.Side, "Who asks.")
    reason = said(enums.Reason, "Why.")
    note = said(graphene.String, "In the words of who asks.")
    requested_at = said(DateTime, "When.")
    answer_note = said(graphene.String, "In the words of who answered.")
    answered_at = maybe(DateTime, "When it was answered or withdrawn.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in reads.cancellation_verbs(info.context.acting, row, _order(row, info))])  # fmt: skip


class RepromisedDay(graphene.ObjectType):
    """One schedule's new day."""

    schedule = child(Schedule, "schedule", "schedule_id", "The schedule.")
    line = child(OrderLine, "line", "line_id", "Its line.")
    agreed_on = maybe(Date, "The day agreed when it was said.")
    promised_on = said(Date, "The day promised instead.")
    rule = maybe(graphene.String, "The tolerance it is inside of.")


class Repromise(graphene.ObjectType):
    """The seller promises other days than agreed, and says why."""

    class Meta:
        interfaces = (Node,)

    id = ident("Repromise")
    number = said(graphene.Int, "1 is the first of the order.")
    state = said(RepromiseState, "Where it stands.")
    reason = said(enums.Reason, "Why.")
    note = said(graphene.String, "The seller's note.")
    promised_at = said(DateTime, "When it was said.")
    settled_at = maybe(DateTime, "Since when it is settled.")
    days = children(RepromisedDay, "repromised_days", "Day by day.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in reads.repromise_verbs(info.context.acting, row, _order(row, info))])  # fmt: skip


class OrderAmendments(graphene.ObjectType):
    """All that was ever asked to change of an order, oldest first."""

    changes = many(OrderChange, "By the buyer.", resolver=lambda row, info: _of(row, info, "order_changes"))
    cancellations = many(OrderCancellation, "By either side.",
                         resolver=lambda row, info: _of(row, info, "order_cancellations"))  # fmt: skip
    repromises = many(Repromise, "By the seller.", resolver=lambda row, info: _of(row, info, "repromises"))


def _of(order: Any, info: Any, batch: str) -> Any:
    return info.context.batches[batch].many(order.id)


class OrderVersionLine(graphene.ObjectType):
    """How a line stood as from a version."""

    number = said(graphene.Int, "The line's number.", resolver=lambda row, info: row.line_number)
    state = said(enums.LineState, "Where it stood.")
    agreed = said(graphene.Boolean, "Both were bound by it; else it was asked, rejected or cancelled.")
    rule = maybe(graphene.String, "The tolerance rule that agreed it.")
    item = child(Item, "item", "item_id", "Of what.")
    quantity = said(Decimal, "How much, in the line's unit.")
    unit_price = said(Decimal, "At what price.")


class OrderVersion(graphene.ObjectType):
    """A version of an order in which lines came to stand otherwise; the lines it does not name stood as before."""

    version = said(graphene.Int, "The order's version.")
    act = said(graphene.String, "By which mutation.", resolver=lambda rows, info: camel(rows[0].act))
    at = said(DateTime, "When.")
    firm = maybe(Firm, "By whom.", resolver=lambda rows, info: info.context.batches["firm"].one(rows[0].by_party))
    lines = many(OrderVersionLine, "The lines that changed.", resolver=lambda rows, info: rows)

    @staticmethod
    def resolve_version(rows: Any, info: Any) -> int:
        number: int = rows[0].version
        return number

    @staticmethod
    def resolve_at(rows: Any, info: Any) -> Any:
        return rows[0].at


class OrderFieldChange(graphene.ObjectType):
    """One field of one line that two versions tell differently."""

    line_number = said(graphene.Int, "The line.")
    field = said(graphene.String, "Which field, such as `quantity` or `schedules.2.promisedOn`.")
    earlier = maybe(graphene.String, "In the earlier version; empty where the line or day was not there.")
    later = maybe(graphene.String, "In the later version.")


def versions(info: Any, order: Any) -> list[list[Any]]:
    """The revisions of an order, by version."""
    found: dict[int, list[Any]] = {}
    for row in order_reads.revisions_of_orders(info.context.work, info.context.acting, [order.id]):
        found.setdefault(row.version, []).append(row)
    return list(found.values())


def difference(info: Any, order: Any, earlier: int, later: int) -> list[revisions.FieldChange]:
    """What two versions of an order tell differently, field by field."""
    kept = order_reads.revisions_of_orders(info.context.work, info.context.acting, [order.id])
    items = info.context.batches["item"]
    items.expect({row.item_id for row in kept})
    numbers = {row.item_id: items.one(row.item_id).number for row in kept}
    return revisions.differences_between(
        revisions.standing_at(kept, earlier), revisions.standing_at(kept, later), numbers
    )


NODES = (OrderChange, OrderCancellation, Repromise)
USUAL_LENGTHS = {
    "OrderAmendments.changes": 2, "OrderAmendments.cancellations": 1, "OrderAmendments.repromises": 2,
    "OrderChange.lines": 3, "OrderChangeLine.schedules": 2, "OrderChange.openVerbs": 1,
    "OrderCancellation.openVerbs": 1, "Repromise.days": 3, "Repromise.openVerbs": 1, "Query.orderVersions": 5,
    "OrderVersion.lines": 5, "Query.orderDifference": 10,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
