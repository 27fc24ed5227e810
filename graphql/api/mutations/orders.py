"""Place, answer, decide, tolerate, close short."""

from typing import Any

import graphene

from api.payloads import (
    Mutation,
    given,
    input_argument,
    maybe_number,
    needed,
    needed_list,
    number,
    optional,
    optional_list,
)
from api.scalars import Date, Decimal, Text
from api.types import enums
from api.types.fields import many, maybe
from api.types.orders import Order, OrderResponse, OrderWarning, Tolerance
from api.types.tolerances import ToleranceFigures, tolerance_of
from collaboration.guests import verbs as guests
from collaboration.orders import verbs
from collaboration.orders.forms import LineAnswered, LineAsked, LineDecision, PromisedDay, WantedDay
from collaboration.orders.warnings import warnings_of_sellers


class WantedScheduleInput(graphene.InputObjectType):
    """A day and how much is wanted on it."""

    wanted_on = needed(Date, "The day, today or later.")
    quantity = needed(Decimal, "How much; the days sum to the line's quantity.")


class OrderLineInput(graphene.InputObjectType):
    """One line of a new order."""

    number = needed(graphene.Int, "Line number, 1 to 999999, each once.")
    item_id = needed(graphene.ID, "An item of the seller.")
    quantity = needed(Decimal, "How much, in the item's unit unless `unit` says otherwise; more than 0.")
    unit = optional(
        Text, "The unit this line is said in: the item's, or the buyer's by the cross-reference in force; price alike."
    )
    unit_price = needed(Decimal, "Price of one unit in the order's currency.")
    schedules = needed_list(WantedScheduleInput, "When.")


class InvitedGuestInput(graphene.InputObjectType):
    """Who answers the order without an account, by a signed link; what is done by it is logged under this contact."""

    channel = needed(enums.GuestChannel, "How the person is verified.")
    contact = needed(Text, "Its mail address or telephone number, in full.")
    days = needed(graphene.Int, "For how many days, 1 to 14.")


class PlaceOrderInput(graphene.InputObjectType):
    """A new order."""

    seller_id = needed(graphene.ID, "Who is to deliver.")
    number = needed(Text, "Your own number, unique among your orders.")
    currency = needed(Text, "ISO 4217 code, such as CNY.")
    note = optional(Text, "A note to the seller.")
    conditional_reason = optional(
        Text, "Why you order from a seller qualified on conditions only; your firm's own record."
    )
    lines = needed_list(OrderLineInput, "What.")
    guest = optional(
        InvitedGuestInput, "Who is to answer it without an account. An order to a firm that has not joined needs it."
    )


class PlaceOrder(Mutation):
    """The buyer asks a seller for goods; the seller owes an answer. Needs the role BUYER."""

    class Arguments:
        input = input_argument(PlaceOrderInput)

    order = maybe(Order, "The order placed.")
    guest_url = maybe(graphene.String, "The address of the guest's link, told this once: hand it over yourself.")
    warnings = many(
        OrderWarning,
        "What you should know of the seller; the order is placed all the same.",
        resolver=lambda row, info: row.warnings or [],
    )

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        told = {
            "seller_id": number("Firm", input, "seller_id"), "number": input["number"], "currency": input["currency"],
            "note": given(input, "note", ""), "conditional_reason": given(input, "conditional_reason"),
            "lines": [_asked(line, i) for i, line in enumerate(input["lines"])],
        }  # fmt: skip
        guest = given(input, "guest")
        if guest is not None:
            invited = guests.Invited(guest["channel"], guest["contact"], guest["days"])
            order, token = guests.place_order_with_link(work, actor, invited=invited, **told)
            return {"order": order, "guest_url": f"/guest/{token}"}
        order = verbs.place_order(work, actor, **told)
        return {"order": order, "warnings": warnings_of_sellers(work, actor, [order.seller_id])}


def _asked(line: Any, position: int) -> LineAsked:
    return LineAsked(
        number=line["number"], item_id=number("Item", line, "item_id"),
        quantity=line["quantity"], unit_price=line["unit_price"], unit=given(line, "unit"),
        schedules=[WantedDay(s["wanted_on"], s["quantity"]) for s in line["schedules"]],
    )  # fmt: skip


class PromisedScheduleInput(graphene.InputObjectType):
    """A day and how much will come on it."""

    promised_on = needed(Date, "The day.")
    quantity = needed(Decimal, "How much.")


class AnsweredLineInput(graphene.InputObjectType):
    """What the seller says of one line; what is left out stays as ordered."""

    line_id = optional(graphene.ID, "The line; for an added one the line it goes beside, if any.")
    answer = needed(enums.LineAnswer, "What is said of it.")
    reason = optional(enums.Reason, "Why; a rejected line needs it.")
    quantity = optional(Decimal, "How much instead.")
    unit_price = optional(Decimal, "The price instead.")
    schedules = optional_list(PromisedScheduleInput, "The days instead; several split the line.")
    backorder_maximum = optional(Decimal, "How much may come later without a day; 0 is never.")
    substitute_item_id = optional(graphene.ID, "Another item of yours instead, or the item of an added line.")


class RespondToOrderInput(graphene.InputObjectType):
    """The seller's answer."""

    order_id = needed(graphene.ID, "The order.")
    expected_version = needed(graphene.Int, "The version of the order you answer.")
    answer = needed(enums.OrderAnswer, "The header; only CHANGED takes lines that differ.")
    reason = optional(enums.Reason, "Why, when rejected.")
    note = optional(Text, "A note to the buyer.")
    lines = optional_list(AnsweredLineInput, "Line by line: once one open line is answered, all are.")


class RespondToOrder(Mutation):
    """The seller answers an order. Inside the pair's tolerance lines are agreed by rule. Needs the role SALES."""

    class Arguments:
        input = input_argument(RespondToOrderInput)

    response = maybe(OrderResponse, "The answer given.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        order_id = number("Order", input, "order_id")
        response = verbs.respond_to_order(
            work, actor, order_id=order_id, expected_version=input["expected_version"], answer=input["answer"],
            reason=given(input, "reason"), note=given(input, "note", ""),
            lines=[answered_line(line, i) for i, line in enumerate(given(input, "lines", []))],
        )  # fmt: skip
        return {"response": response, "order": verbs.order_of(work, actor, order_id)}


def answered_line(line: Any, position: int) -> LineAnswered:
    return LineAnswered(
        answer=line["answer"], line_id=maybe_number("OrderLine", line, "line_id"),
        reason=given(line, "reason"), quantity=given(line, "quantity"), unit_price=given(line, "unit_price"),
        schedules=[PromisedDay(s["promised_on"], s["quantity"]) for s in given(line, "schedules", [])],
        backorder_maximum=given(line, "backorder_maximum"),
        substitute_item_id=maybe_number("Item", line, "substitute_item_id"),
    )  # fmt: skip


class LineDecisionInput(graphene.InputObjectType):
    """What the buyer makes of one line."""

    line_id = needed(graphene.ID, "A line that waits.")
    decision = needed(enums.LineDecision, "Accept, refuse, counter or cancel.")
    quantity = optional(Decimal, "With COUNTER: how much is wanted instead; the days sum to it.")
    unit_price = optional(Decimal, "With COUNTER: the price instead.")
    schedules = optional_list(WantedScheduleInput, "With COUNTER: the days instead, all of them.")


class DecideOnResponseInput(graphene.InputObjectType):
    """The buyer's decisions on an answer."""

    response_id = needed(graphene.ID, "The answer.")
    expected_version = needed(graphene.Int, "The version of the order you decide on.")
    decisions = needed_list(LineDecisionInput, "Line by line; others may be decided later.")


class DecideOnResponse(Mutation):
    """The buyer decides on changed and added lines. Needs the role BUYER."""

    class Arguments:
        input = input_argument(DecideOnResponseInput)

    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        decisions = [
            LineDecision(
                number("OrderLine", one, "line_id"),
                one["decision"],
                given(one, "quantity"),
                given(one, "unit_price"),
                [WantedDay(s["wanted_on"], s["quantity"]) for s in given(one, "schedules", [])],
            )
            for one in input["decisions"]
        ]
        response_id = number("OrderResponse", input, "response_id")
        order = verbs.decide_on_response(
            work, actor, response_id=response_id, expected_version=input["expected_version"], decisions=decisions
        )
        return {"order": order}


class CloseShortInput(graphene.InputObjectType):
    """Which line is given up."""

    line_id = needed(graphene.ID, "The line.")
    expected_version = optional(graphene.Int, "The version of the order you act on.")


class CloseShort(Mutation):
    """The buyer gives up what has not been shipped of a line. Needs the role BUYER."""

    class Arguments:
        input = input_argument(CloseShortInput)

    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        line_id = number("OrderLine", input, "line_id")
        version = given(input, "expected_version")
        return {"order": verbs.close_short(work, actor, line_id=line_id, expected_version=version)}


class SetToleranceInput(ToleranceFigures):
    """Which deviations are agreed to without asking; what is left out is 0, or none."""

    seller_id = needed(graphene.ID, "Whose answers it judges.")
    item_id = optional(graphene.ID, "For one item of the seller; for all without it.")


class SetTolerance(Mutation):
    """The buyer says which deviations of a seller it agrees to. Needs the role BUYER."""

    class Arguments:
        input = input_argument(SetToleranceInput)

    tolerance = maybe(Tolerance, "As it stands now.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        tolerance = verbs.set_tolerance(
            work, actor, seller_id=number("Firm", input, "seller_id"), item_id=maybe_number("Item", input, "item_id"),
            given=tolerance_of(input),
        )  # fmt: skip
        return {"tolerance": tolerance}
