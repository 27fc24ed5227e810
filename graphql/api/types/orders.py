"""Orders, their lines and schedules, and the answers to them."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.answer_clocks import AnswerClock
from api.types.fields import Date, Decimal, Money, Quantity, child, children, connection, ident, many, maybe, said
from api.types.fields import camel as camel
from api.types.firms import Firm, Item, Node
from chain.items.reads import called_by, said_in_buyers_unit
from collaboration.orders import reads
from collaboration.orders.decisions import is_held
from collaboration.orders.warnings import concerns
from kernel.clock import today_of


def in_unit(column: str, unit: Any) -> Any:
    return lambda row, info: {"value": getattr(row, column), "unit": unit(row, info)}


def own_unit(row: Any, info: Any) -> str:
    unit: str = row.unit
    return unit


class Schedule(graphene.ObjectType):
    """A day and a quantity of an order line. All quantities are in the line's unit."""

    class Meta:
        interfaces = (Node,)

    id = ident("Schedule")
    number = said(graphene.Int, "Position in the line.")
    wanted_on = said(Date, "The day the buyer wants the goods.")
    promised_on = maybe(Date, "The agreed day; empty until agreed, and for a backorder without a day.")
    first_promised_on = maybe(Date, "The first day that was agreed, whatever was promised or changed since.")
    expected_on = maybe(Date, "The day the seller last said, agreed or not.")
    quantity = said(Decimal, "How much; 0 where nothing was promised for this day.")
    shipped = said(Decimal, "Despatched so far.")
    received = said(Decimal, "Received so far, accepted or not.")
    accepted = said(Decimal, "Received and accepted.")
    rejected = said(Decimal, "Received and rejected.")
    never = said(Decimal, "Agreed, but will not come.")
    to_ship = said(Decimal, "What the seller still owes.", resolver=lambda row, info: _still_owed(row, info))


def _still_owed(row: Any, info: Any) -> Any:
    return reads.owed(info.context.batches["line"].one(row.line_id), row)


class OrderLine(graphene.ObjectType):
    """One line of an order: what was last agreed, beside what was first asked."""

    class Meta:
        interfaces = (Node,)

    id = ident("OrderLine")
    number = said(graphene.Int, "The buyer's line number.")
    item = child(Item, "item", "item_id", "What was last agreed on.")
    seller_item_number = said(
        graphene.String, "The seller's number for it.",
        resolver=lambda row, info: info.context.batches["item"].one(row.item_id).number,
    )  # fmt: skip
    buyer_item_number = maybe(
        graphene.String, "What the buyer called it on the day of the order.",
        resolver=lambda row, info: getattr(_called(row, info), "number", None),
    )  # fmt: skip
    buyer_quantity = maybe(
        Quantity, "The agreed quantity in the buyer's own unit, where it counts in another and it comes out exactly.",
        resolver=lambda row, info: _in_buyers_unit(row, info),
    )  # fmt: skip
    quantity = said(Quantity, "Last agreed, or asked until then.", resolver=in_unit("quantity", own_unit))
    unit_price = said(Decimal, "Price of one unit, in the order's currency, last agreed.")
    ordered_quantity = said(Quantity, "First asked.", resolver=in_unit("ordered_quantity", own_unit))
    ordered_unit_price = said(Decimal, "First asked.")
    backorder_maximum = maybe(Decimal, "How much may come later without a day; 0 is never.")
    state = said(enums.LineState, "Where the line stands.")
    agreed_rule = maybe(graphene.String, "The tolerance rule that agreed it, if one did.")
    schedules = children(Schedule, "schedules", "Its days, at most 400.")
    late_days = said(
        graphene.Int,
        "How long something of it has been missing after its agreed day, or its wanted one; 0 while it is not late.",
        resolver=lambda row, info: reads.late_days_of(
            row, info.context.batches["schedules"].many(row.id), info.context.today
        ),
    )
    open_verbs = many(
        graphene.String,
        "What you may do to this line now, by mutation name: the buttons of its row.",
        resolver=lambda row, info: _line_verbs(row, info),
    )


def _called(row: Any, info: Any) -> Any:
    order = info.context.batches["order"].one(row.order_id)
    names = info.context.batches["calling"].many(row.item_id)
    return called_by(names, order.buyer_id, today_of(order.placed_at))


def _in_buyers_unit(row: Any, info: Any) -> dict[str, Any] | None:
    reference = getattr(_called(row, info), "reference", None)
    if reference is None or reference.buyer_unit == row.unit:
        return None
    value = said_in_buyers_unit(row.quantity, reference)
    return None if value is None else {"value": value, "unit": reference.buyer_unit}


class ResponseSchedule(graphene.ObjectType):
    """A promised day and quantity."""

    promised_on = said(Date, "The day.")
    quantity = said(Decimal, "How much, in the line's unit.")


def _line_verbs(row: Any, info: Any) -> list[str]:
    order, own = info.context.batches["order"].one(row.order_id), info.context.batches["schedules"].many(row.id)
    return [camel(verb) for verb in reads.line_verbs(info.context.acting, order, row, own)]


class LineDifference(graphene.ObjectType):
    """One way in which an answer differs from what was asked."""

    kind = said(enums.DifferenceKind, "In what.")
    asked = maybe(graphene.String, "Amount, price or day asked for.")
    offered = maybe(graphene.String, "Amount, price or day offered.")
    difference = maybe(Decimal, "Offered less asked; days for a day.", resolver=lambda row, info: row.by)
    percent = maybe(Decimal, "The difference in percent of what was asked.")
    least = maybe(Decimal, "The least the pair tolerates, in percent or days; negative is less or earlier.")
    most = maybe(
        Decimal, "The most the pair tolerates, in percent or days, or money of a line's value; empty where any."
    )
    inside = said(graphene.Boolean, "Within the pair's tolerance.")


class OrderResponseLine(graphene.ObjectType):
    """What an answer says of one line, and what became of it."""

    class Meta:
        interfaces = (Node,)

    id = ident("OrderResponseLine")
    line = child(OrderLine, "line", "line_id", "The line.")
    answer = said(enums.LineAnswer, "What is said of it.")
    reason = maybe(enums.Reason, "Why.")
    item = child(Item, "item", "item_id", "The item offered.")
    quantity = said(Decimal, "How much on the promised days together.")
    unit_price = said(Decimal, "The price offered.")
    schedules = children(ResponseSchedule, "response_schedules", "The promised days.")
    backorder_maximum = maybe(Decimal, "How much may come later without a day; 0 is never.")
    verdict = said(enums.LineVerdict, "What became of it.")
    rule = maybe(graphene.String, "The rule that agreed it.")
    decide_by = maybe(DateTime, "While it waits: when the default is decided for the buyer; empty: a person decides.")
    default_decision = maybe(enums.DefaultDecision, "What is decided then.")
    deviation = said(graphene.String, "How it differs from the order, in words; empty if it does not.")
    differences = many(
        LineDifference,
        "While it waits for the buyer: how it differs, beside what the pair tolerates today.",
        resolver=lambda row, info: _differences(row, info),
    )


def _differences(row: Any, info: Any) -> list[Any]:
    batches = info.context.batches
    line = batches["line"].one(row.line_id)
    order = batches["order"].one(line.order_id)
    tolerances = [t for t in batches["tolerances"].many(order.seller_id) if t.buyer_id == order.buyer_id]
    return reads.differences_of(
        row, line, batches["schedules"].many(line.id), batches["response_schedules"].many(row.id), tolerances,
        order.currency,
    )  # fmt: skip


class OrderResponse(graphene.ObjectType):
    """One answer of the seller to an order."""

    class Meta:
        interfaces = (Node,)

    id = ident("OrderResponse")
    number = said(graphene.Int, "1 is the first answer.")
    answer = said(enums.OrderAnswer, "The header.")
    state = said(enums.ResponseState, "Where it stands.")
    reason = maybe(enums.Reason, "Why, when rejected.")
    note = said(graphene.String, "The seller's note.")
    answered_at = said(DateTime, "When it was given.")
    lines = children(OrderResponseLine, "response_lines", "Line by line; empty for an acknowledgement.")


class OrderOutlook(graphene.ObjectType):
    """How an order stands today: what is not confirmed, what slips."""

    line_count = said(graphene.Int, "How many lines.")
    unanswered_lines = said(graphene.Int, "Lines the seller owes an answer for.")
    waiting_lines = said(graphene.Int, "Changed or added lines that wait for the buyer.")
    late_lines = said(graphene.Int, "Lines of which something is missing after the agreed day, or the wanted one.")
    next_due_on = maybe(Date, "The earliest day on which something still has to come.")
    unanswered_days = maybe(graphene.Int, "Days since it was placed; empty once answered.")
    answer_due_on = maybe(Date, "The day an answer is due; empty once answered.")


class ReservedVerb(graphene.ObjectType):
    """What your firm may do now, but not you."""

    verb = said(graphene.String, "The mutation.")
    roles = many(enums.Role, "A colleague with one of these may.")


def reserved(pairs: list[tuple[str, list[Any]]]) -> list[dict[str, Any]]:
    return [{"verb": camel(verb), "roles": roles} for verb, roles in pairs]


class OrderWarning(graphene.ObjectType):
    """Something the buyer should know of the seller. It refuses nothing."""

    code = said(enums.OrderWarningCode, "What about.")
    message = said(graphene.String, "One sentence, in the language of the request.",
                   resolver=lambda row, info: row.said(info.context.lang))  # fmt: skip
    rule = said(graphene.String, "The rule that warns, and who can put it right.",
                resolver=lambda row, info: row.rule.said(info.context.lang))  # fmt: skip


def _warnings(row: Any, info: Any) -> list[Any]:
    context = info.context
    return context.batches["order_warnings"].many(row.seller_id) if concerns(context.acting, row) else []


class OrderHold(graphene.ObjectType):
    """The buyer holds an order: nothing of it is to be despatched, and the seller's clocks stand still, until it lifts the hold."""

    class Meta:
        interfaces = (Node,)

    id = ident("OrderHold")
    reason = said(enums.Reason, "Why.")
    note = said(graphene.String, "The buyer's note.")
    decides_on = maybe(Date, "The day by which the buyer expects to decide, if it said one.")
    held_at = said(DateTime, "Since when.")
    lifted_at = maybe(DateTime, "Until when; empty while it stands.")


class Order(graphene.ObjectType):
    """An order, known to its two parties only."""

    class Meta:
        interfaces = (Node,)

    id = ident("Order")
    number = said(graphene.String, "The buyer's own number.")
    type_code = said(
        graphene.String, "UNTDID 1001: 220 order, 226 call-off under a framework agreement.",
        resolver=lambda row, info: reads.type_code(row),
    )  # fmt: skip
    framework = maybe(
        "api.types.frameworks.Framework", "Of a call-off: what it is called off under.",
        resolver=lambda row, info: info.context.batches["framework"].one(row.framework_id),
    )  # fmt: skip
    state = said(enums.OrderState, "Derived from the lines.")
    version = said(graphene.Int, "Grows with every act; send it back as `expectedVersion`.")
    currency = said(graphene.String, "ISO 4217 code.")
    note = said(graphene.String, "The buyer's note.")
    placed_at = said(DateTime, "When it was placed.")
    open_amendment = maybe(enums.Amendment, "What of it is open between you: one at a time.")
    hold = maybe(
        OrderHold, "While the buyer holds it: beside the state, which stays what the lines say.",
        resolver=lambda row, info: _hold(row, info),
    )  # fmt: skip
    holds = children(OrderHold, "order_holds", "Every hold of it, oldest first.")
    buyer = child(Firm, "firm", "buyer_id", "Who ordered.")
    seller = child(Firm, "firm", "seller_id", "Who delivers.")
    lines = children(OrderLine, "lines", "By number.")
    total = said(Money, "Sum of quantity x unit price over live lines.", resolver=lambda row, info: _total(row, info))
    responses = children(OrderResponse, "responses", "The answers, oldest first.")
    side = said(enums.Side, "On which side you stand.", resolver=lambda row, info: reads.side(row, info.context.acting))
    open_verbs = many(
        graphene.String,
        "What you may do now, by mutation name: the buttons.",
        resolver=lambda row, info: [
            camel(verb) for verb in reads.open_verbs(info.context.acting, row, reads.side(row, info.context.acting))
        ],
    )
    reserved_verbs = many(
        ReservedVerb,
        "What a colleague may do now, and you may not.",
        resolver=lambda row, info: reserved(
            reads.reserved_verbs(info.context.acting, row, reads.side(row, info.context.acting))
        ),
    )
    warnings = many(
        OrderWarning,
        "What you, as its buyer, should know of the seller today; empty for the seller, and once it is rejected or cancelled.",
        resolver=_warnings,
    )
    answer_clocks = children(AnswerClock, "answer_clocks", "The answers that are and were owed on it, oldest first.")
    outlook = said(
        OrderOutlook, "How it stands today: what a list shows.", resolver=lambda row, info: _outlook(row, info)
    )


def _hold(row: Any, info: Any) -> Any:
    if not is_held(row):
        return None
    return next((one for one in info.context.batches["order_holds"].many(row.id) if one.lifted_at is None), None)


def _outlook(row: Any, info: Any) -> Any:
    lines = info.context.batches["lines"].many(row.id)
    schedules = {line.id: info.context.batches["schedules"].many(line.id) for line in lines}
    return reads.outlook_of(row, lines, schedules, info.context.today)


def _total(row: Any, info: Any) -> dict[str, Any]:
    lines = info.context.batches["lines"].many(row.id)
    return {"amount": reads.total_of(lines), "currency": row.currency}


class Tolerance(graphene.ObjectType):
    """Deviations two firms agree to without asking."""

    class Meta:
        interfaces = (Node,)

    id = ident("Tolerance")
    buyer = child(Firm, "firm", "buyer_id", "Who set it.")
    seller = child(Firm, "firm", "seller_id", "Whose answers it judges.")
    item = maybe(
        Item, "For one item; empty: for all.", resolver=lambda row, info: info.context.batches["item"].one(row.item_id)
    )
    quantity_under_percent = said(Decimal, "How much less.")
    quantity_over_percent = said(Decimal, "How much more.")
    price_percent = said(Decimal, "How much dearer or cheaper.")
    days_early = said(graphene.Int, "How many days before the wanted one.")
    days_late = said(graphene.Int, "How many days after it.")
    is_over_unlimited = said(graphene.Boolean, "Any quantity over is inside, whatever the percentage.")
    value_limit = maybe(
        Money, "Of a line worth more, or in another currency, nothing is agreed by rule; empty: no limit.",
        resolver=lambda row, info: _limit(row),
    )  # fmt: skip
    decide_within_hours = maybe(
        graphene.Int, "So many hours an answer outside waits for the buyer, by the clock on the wall; empty: no limit."
    )
    default_decision = maybe(enums.DefaultDecision, "What is decided for the buyer once they have passed.")


def _limit(row: Any) -> dict[str, Any] | None:
    return None if row.value_limit is None else {"amount": row.value_limit, "currency": row.value_currency}


class OrderStateCount(graphene.ObjectType):
    """How many of your orders stand where."""

    state = said(enums.OrderState, "Where.")
    orders = said(graphene.Int, "How many.")


OrderConnection = connection(Order, "Order")
ToleranceConnection = connection(Tolerance, "Tolerance")


class OrderFilter(graphene.InputObjectType):
    """Which orders; values inside a list are joined by or, conditions by and."""

    states = graphene.InputField(
        graphene.List(graphene.NonNull(enums.OrderState)), description="Standing in one of these."
    )
    side = graphene.InputField(enums.Side, description="Where you are buyer, or seller.")
    partner_id = graphene.InputField(graphene.ID, description="With this firm on the other side.")
    number = graphene.InputField(graphene.String, description="Number begins with this.")
    late = graphene.InputField(
        graphene.Boolean, description="True: only those with a line missing after its agreed day, or its wanted one."
    )
