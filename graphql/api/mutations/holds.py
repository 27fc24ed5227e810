"""Hold an order, and lift the hold."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, number, optional
from api.scalars import Date, Text
from api.types import enums
from api.types.fields import maybe
from api.types.orders import Order, OrderHold
from collaboration.holds import verbs
from collaboration.orders.verbs import order_of

_VERSION = "The version of the order you act on."


class HoldOrderInput(graphene.InputObjectType):
    """Which order is held, and why."""

    order_id = needed(graphene.ID, "The order.")
    expected_version = needed(graphene.Int, _VERSION)
    reason = needed(enums.Reason, "Why; the seller is told.")
    note = optional(Text, "A note to the seller.")
    decides_on = optional(Date, "The day by which you expect to decide, today or later.")


class HoldOrder(Mutation):
    """Hold an order: nothing of it is despatched and the seller's clocks stand still until you lift the hold. Needs the role BUYER."""

    class Arguments:
        input = input_argument(HoldOrderInput)

    order = maybe(Order, "The order, held; its version is as it was.")
    hold = maybe(OrderHold, "The hold.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        order_id = number("Order", input, "order_id")
        hold = verbs.hold_order(
            work, actor, order_id=order_id, expected_version=input["expected_version"], reason=input["reason"],
            note=given(input, "note", ""), decides_on=given(input, "decides_on"),
        )  # fmt: skip
        return {"order": order_of(work, actor, order_id), "hold": hold}


class LiftHoldInput(graphene.InputObjectType):
    """Which hold is lifted."""

    hold_id = needed(graphene.ID, "The hold.")
    expected_version = needed(graphene.Int, _VERSION)


class LiftHold(Mutation):
    """Let a held order go on: the seller's clocks run on with what was left of them. Needs the role BUYER."""

    class Arguments:
        input = input_argument(LiftHoldInput)

    order = maybe(Order, "The order.")
    hold = maybe(OrderHold, "The hold, lifted.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        hold_id = number("OrderHold", input, "hold_id")
        hold = verbs.lift_hold(work, actor, hold_id=hold_id, expected_version=input["expected_version"])
        return {"order": order_of(work, actor, hold.order_id), "hold": hold}


class OrderHoldActs:
    """Holds of orders."""

    hold_order = HoldOrder.Field(description=HoldOrder.__doc__)
    lift_hold = LiftHold.Field(description=LiftHold.__doc__)
