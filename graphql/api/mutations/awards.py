"""What becomes of an award that left it open: an order, or a framework agreement."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, number, optional, optional_list
from api.scalars import Date, Decimal, Text
from api.types.fields import maybe
from api.types.frameworks import Framework
from api.types.orders import Order
from collaboration.frameworks.forms import AwardedCap, FrameworkAwarded
from collaboration.frameworks.verbs import draft_framework_from_award
from collaboration.sourcing.forms import OrderAs
from collaboration.sourcing.verbs import order_award


class OrderAwardInput(graphene.InputObjectType):
    """Whose award, and how its order is placed."""

    quotation_id = needed(graphene.ID, "A bid that won, and was left for later in awarding.")
    number = optional(
        graphene.String, "Your firm's number of the order; the request's with the next -1, -2, … unless said."
    )
    conditional_reason = optional(Text, "Why, though the supplier is qualified on conditions only.")
    wanted_on = optional(Date, "Another day for all its lines.")


class OrderAward(Mutation):
    """Order what one bid won, at its prices, where the award left that for later. Needs the role BUYER.

    What a bid won becomes one order or one framework, once.
    """

    class Arguments:
        input = input_argument(OrderAwardInput)

    order = maybe(Order, "The order.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        quotation_id = number("Quotation", input, "quotation_id")
        how = OrderAs(
            quotation_id, given(input, "number"), given(input, "conditional_reason"), given(input, "wanted_on")
        )
        return {"order": order_award(work, actor, quotation_id=quotation_id, how=how)}


class AwardedCapInput(graphene.InputObjectType):
    """Other caps of an awarded item; in place of the quantity awarded."""

    item_id = needed(graphene.ID, "An item the bid won, each once.")
    quantity_cap = optional(Decimal, "No more may be called off, in the item's unit; left out: no cap in quantity.")
    value_cap = optional(Decimal, "No more may be called off, in the bid's currency.")


class DraftFrameworkFromAwardInput(graphene.InputObjectType):
    """Whose award, and what an award says nothing of."""

    quotation_id = needed(graphene.ID, "A bid that won, and was left for later in awarding.")
    number = needed(graphene.String, "Your firm's own number of the framework, at most 60 characters.")
    valid_from = needed(Date, "The first day on which may be called off.")
    valid_until = needed(Date, "The last; today or later.")
    value_cap = optional(Decimal, "No more may be called off in value over all lines.")
    note = optional(Text, "To the seller; the request, the bid and its charges are named beneath it.")
    caps = optional_list(AwardedCapInput, "Other caps than what was awarded of each item.")


class DraftFrameworkFromAward(Mutation):
    """Turn all that one bid won into a drafted framework: items, prices and minimum quantities as bid. Needs the role BUYER.

    From there it goes the way of any framework: approved in your firm, accepted by the seller. What a bid won becomes one
    order or one framework, once.
    """

    class Arguments:
        input = input_argument(DraftFrameworkFromAwardInput)

    framework = maybe(Framework, "The draft.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        caps = [
            AwardedCap(number("Item", one, "item_id"), given(one, "quantity_cap"), given(one, "value_cap"))
            for one in given(input, "caps", [])
        ]
        said = FrameworkAwarded(
            input["number"], input["valid_from"], input["valid_until"], given(input, "value_cap"), given(input, "note", ""),
            caps,
        )  # fmt: skip
        quotation_id = number("Quotation", input, "quotation_id")
        return {"framework": draft_framework_from_award(work, actor, quotation_id=quotation_id, said=said)}


class AwardActs:
    """What becomes of awards, as their buyer."""

    order_award = OrderAward.Field(description=OrderAward.__doc__)
    draft_framework_from_award = DraftFrameworkFromAward.Field(description=DraftFrameworkFromAward.__doc__)
