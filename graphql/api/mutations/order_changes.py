"""Change a placed order, cancel what was not shipped of it, promise other days; and answer each."""

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
from api.types import order_changes as types
from api.types.fields import maybe
from api.types.orders import Order
from collaboration.changes import verbs
from collaboration.changes.forms import ChangedDay, LineChanged, NewPromise
from collaboration.orders.verbs import order_of

_VERSION = "The version of the order you act on."


class ChangedScheduleInput(graphene.InputObjectType):
    """A day of a changed line."""

    schedule_id = optional(graphene.ID, "Of this schedule of the line; left out: one more day.")
    wanted_on = optional(Date, "The day, today or later; left out: it stays.")
    quantity = needed(Decimal, "How much then; 0 drops the day. Not below what was shipped.")


class ChangedLineInput(graphene.InputObjectType):
    """What is to become of one line; what is left out stays, schedules that are not named as well."""

    action = needed(types.OrderLineAction, "What.")
    line_id = optional(graphene.ID, "The line; for an added one leave it out.")
    number = optional(graphene.Int, "The number of an added line.")
    item_id = optional(graphene.ID, "The item of an added line, one of the seller.")
    quantity = optional(Decimal, "The line's quantity then; alone only where the line has one day.")
    unit_price = optional(Decimal, "The price then.")
    schedules = optional_list(ChangedScheduleInput, "The days that change.")


class ChangeOrderInput(graphene.InputObjectType):
    """What is to change of a placed order."""

    order_id = needed(graphene.ID, "The order.")
    expected_version = needed(graphene.Int, _VERSION)
    note = optional(Text, "A note to the seller.")
    conditional_reason = optional(
        Text, "Why you ask for more of a seller qualified on conditions only; your firm's own record."
    )
    lines = needed_list(ChangedLineInput, "Line by line.")


def _changed(line: Any) -> LineChanged:
    return LineChanged(
        line["action"], maybe_number("OrderLine", line, "line_id"), given(line, "number"),
        maybe_number("Item", line, "item_id"), given(line, "quantity"), given(line, "unit_price"),
        [
            ChangedDay(day["quantity"], given(day, "wanted_on"), maybe_number("Schedule", day, "schedule_id"))
            for day in given(line, "schedules", [])
        ],
    )  # fmt: skip


class ChangeOrder(Mutation):
    """The buyer asks that a placed order be changed; once anything is agreed the seller must accept. Needs BUYER."""

    class Arguments:
        input = input_argument(ChangeOrderInput)

    change = maybe(types.OrderChange, "The change.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        change = verbs.change_order(
            work, actor, order_id=number("Order", input, "order_id"), expected_version=input["expected_version"],
            note=given(input, "note", ""), conditional_reason=given(input, "conditional_reason"),
            lines=[_changed(line) for line in input["lines"]],
        )  # fmt: skip
        return {"change": change, "order": order_of(work, actor, change.order_id)}


class RespondToOrderChangeInput(graphene.InputObjectType):
    """The seller's answer to a change."""

    change_id = needed(graphene.ID, "The change.")
    expected_version = needed(graphene.Int, _VERSION)
    answer = needed(types.OrderChangeAnswer, "All of it, none of it, or other terms.")
    reason = optional(enums.Reason, "Why; a rejection needs it.")
    note = optional(Text, "A note to the buyer.")
    lines = optional_list(ChangedLineInput, "Of CHANGED alone: the lines you offer other terms for; others as asked.")


class RespondToOrderChange(Mutation):
    """The seller accepts a change, rejects it or offers other terms. Needs the role SALES."""

    class Arguments:
        input = input_argument(RespondToOrderChangeInput)

    change = maybe(types.OrderChange, "The change.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        change = verbs.respond_to_order_change(
            work, actor, change_id=number("OrderChange", input, "change_id"),
            expected_version=input["expected_version"], answer=input["answer"], reason=given(input, "reason"),
            note=given(input, "note", ""), lines=[_changed(line) for line in given(input, "lines", [])],
        )  # fmt: skip
        return {"change": change, "order": order_of(work, actor, change.order_id)}


class DecideOnOrderChangeInput(graphene.InputObjectType):
    """The buyer's decision on a counter-offer."""

    change_id = needed(graphene.ID, "The change.")
    expected_version = needed(graphene.Int, _VERSION)
    decision = needed(types.OrderChangeDecision, "Take it, or leave the order as it was agreed.")


class DecideOnOrderChange(Mutation):
    """The buyer takes or refuses the seller's counter-offer to a change. Needs the role BUYER."""

    class Arguments:
        input = input_argument(DecideOnOrderChangeInput)

    change = maybe(types.OrderChange, "The change.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        change = verbs.decide_on_order_change(
            work, actor, change_id=number("OrderChange", input, "change_id"),
            expected_version=input["expected_version"], decision=input["decision"],
        )  # fmt: skip
        return {"change": change, "order": order_of(work, actor, change.order_id)}


class WithdrawOrderChangeInput(graphene.InputObjectType):
    """Which change is taken back."""

    change_id = needed(graphene.ID, "The change.")
    expected_version = needed(graphene.Int, _VERSION)


class WithdrawOrderChange(Mutation):
    """The buyer takes back a change that is not settled. Needs the role BUYER."""

    class Arguments:
        input = input_argument(WithdrawOrderChangeInput)

    change = maybe(types.OrderChange, "The change.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        change = verbs.withdraw_order_change(
            work, actor, change_id=number("OrderChange", input, "change_id"),
            expected_version=input["expected_version"],
        )  # fmt: skip
        return {"change": change, "order": order_of(work, actor, change.order_id)}


class RequestOrderCancellationInput(graphene.InputObjectType):
    """What is to be cancelled, and why."""

    order_id = needed(graphene.ID, "The order.")
    expected_version = needed(graphene.Int, _VERSION)
    reason = needed(enums.Reason, "Why.")
    note = optional(Text, "A note to the other side.")


class RequestOrderCancellation(Mutation):
    """Either side asks that what was not shipped be cancelled; unanswered orders the buyer cancels at once. Needs BUYER or SALES."""

    class Arguments:
        input = input_argument(RequestOrderCancellationInput)

    cancellation = maybe(types.OrderCancellation, "The cancellation.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.request_order_cancellation(
            work, actor, order_id=number("Order", input, "order_id"), expected_version=input["expected_version"],
            reason=input["reason"], note=given(input, "note", ""),
        )  # fmt: skip
        return {"cancellation": made, "order": order_of(work, actor, made.order_id)}


class AnswerOrderCancellationInput(graphene.InputObjectType):
    """The other side's answer."""

    cancellation_id = needed(graphene.ID, "The cancellation.")
    expected_version = needed(graphene.Int, _VERSION)
    decision = needed(types.OrderChangeDecision, "Let the rest go, or let the order stand.")
    note = optional(Text, "A note to who asked.")


class AnswerOrderCancellation(Mutation):
    """The side that was asked lets the rest of the order go, or lets it stand. Needs BUYER or SALES."""

    class Arguments:
        input = input_argument(AnswerOrderCancellationInput)

    cancellation = maybe(types.OrderCancellation, "The cancellation.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.answer_order_cancellation(
            work, actor, cancellation_id=number("OrderCancellation", input, "cancellation_id"),
            expected_version=input["expected_version"], decision=input["decision"], note=given(input, "note", ""),
        )  # fmt: skip
        return {"cancellation": made, "order": order_of(work, actor, made.order_id)}


class WithdrawOrderCancellationInput(graphene.InputObjectType):
    """Which cancellation is taken back."""

    cancellation_id = needed(graphene.ID, "The cancellation.")
    expected_version = needed(graphene.Int, _VERSION)


class WithdrawOrderCancellation(Mutation):
    """Whoever asked for a cancellation takes it back. Needs BUYER or SALES."""

    class Arguments:
        input = input_argument(WithdrawOrderCancellationInput)

    cancellation = maybe(types.OrderCancellation, "The cancellation.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.withdraw_order_cancellation(
            work, actor, cancellation_id=number("OrderCancellation", input, "cancellation_id"),
            expected_version=input["expected_version"],
        )  # fmt: skip
        return {"cancellation": made, "order": order_of(work, actor, made.order_id)}


class RepromisedDayInput(graphene.InputObjectType):
    """Another day for one schedule."""

    schedule_id = needed(graphene.ID, "The schedule, of which something is still to be shipped.")
    promised_on = needed(Date, "The day, today or later.")


class RepromiseOrderInput(graphene.InputObjectType):
    """Which agreed days move, and why."""

    order_id = needed(graphene.ID, "The order.")
    expected_version = needed(graphene.Int, _VERSION)
    reason = needed(enums.Reason, "Why.")
    note = optional(Text, "A note to the buyer.")
    days = needed_list(RepromisedDayInput, "Day by day.")


class RepromiseOrder(Mutation):
    """The seller promises other days than agreed: inside the pair's tolerance by rule, else the buyer decides. Needs SALES."""

    class Arguments:
        input = input_argument(RepromiseOrderInput)

    repromise = maybe(types.Repromise, "The new promise.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.repromise_order(
            work, actor, order_id=number("Order", input, "order_id"), expected_version=input["expected_version"],
            reason=input["reason"], note=given(input, "note", ""),
            days=[NewPromise(number("Schedule", day, "schedule_id"), day["promised_on"]) for day in input["days"]],
        )  # fmt: skip
        return {"repromise": made, "order": order_of(work, actor, made.order_id)}


class DecideOnRepromiseInput(graphene.InputObjectType):
    """The buyer's decision on new days."""

    repromise_id = needed(graphene.ID, "The new promise.")
    expected_version = needed(graphene.Int, _VERSION)
    decision = needed(types.OrderChangeDecision, "Agree to all of its days, or let the agreed ones stand.")


class DecideOnRepromise(Mutation):
    """The buyer agrees to new days, or lets the agreed ones stand. Needs the role BUYER."""

    class Arguments:
        input = input_argument(DecideOnRepromiseInput)

    repromise = maybe(types.Repromise, "The new promise.")
    order = maybe(Order, "The order after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.decide_on_repromise(
            work, actor, repromise_id=number("Repromise", input, "repromise_id"),
            expected_version=input["expected_version"], decision=input["decision"],
        )  # fmt: skip
        return {"repromise": made, "order": order_of(work, actor, made.order_id)}


class OrderChangeActs:
    """Changes of placed orders."""

    change_order = ChangeOrder.Field(description=ChangeOrder.__doc__)
    respond_to_order_change = RespondToOrderChange.Field(description=RespondToOrderChange.__doc__)
    decide_on_order_change = DecideOnOrderChange.Field(description=DecideOnOrderChange.__doc__)
    withdraw_order_change = WithdrawOrderChange.Field(description=WithdrawOrderChange.__doc__)
    request_order_cancellation = RequestOrderCancellation.Field(description=RequestOrderCancellation.__doc__)
    answer_order_cancellation = AnswerOrderCancellation.Field(description=AnswerOrderCancellation.__doc__)
    withdraw_order_cancellation = WithdrawOrderCancellation.Field(description=WithdrawOrderCancellation.__doc__)
    repromise_order = RepromiseOrder.Field(description=RepromiseOrder.__doc__)
    decide_on_repromise = DecideOnRepromise.Field(description=DecideOnRepromise.__doc__)
