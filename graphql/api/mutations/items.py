"""Keep items, state what buyers call them, count stock."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, maybe_number, needed, number, optional
from api.scalars import Date, Decimal, Text
from api.types.fields import maybe
from api.types.firms import Item
from api.types.items import CrossReference, StockCount
from chain.items import verbs
from chain.items.referring import ReferenceTerms


class AddItemInput(graphene.InputObjectType):
    """A new item of your range."""

    number = needed(Text, "Your own number, unique among your items.")
    name = needed(Text, "Name.")
    unit = needed(Text, "UNECE Recommendation 20 code, such as C62.")
    lead_time_days = optional(graphene.Int, "Days from order to despatch; 0 when nothing is said.")


class AddItem(Mutation):
    """Add an item your firm makes, under its own number. Needs the role SALES or PLANNER."""

    class Arguments:
        input = input_argument(AddItemInput)

    item = maybe(Item, "The item.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        item = verbs.add_item(
            work, actor, number=input["number"], name=input["name"], unit=input["unit"],
            lead_time_days=given(input, "lead_time_days", 0),
        )  # fmt: skip
        return {"item": item}


class DescribeItemInput(graphene.InputObjectType):
    """What you order of a firm that has not joined."""

    firm_id = needed(graphene.ID, "A firm you wrote down by `reachFirm`.")
    stage_id = needed(graphene.ID, "At which stage of a chain it is made.")
    number = needed(Text, "The firm's number for it, or yours.")
    name = needed(Text, "Name.")
    unit = needed(Text, "UNECE Recommendation 20 code, such as C62.")


class DescribeItem(Mutation):
    """Say what you order of a firm that has not joined. Needs the role BUYER."""

    class Arguments:
        input = input_argument(DescribeItemInput)

    item = maybe(Item, "The item; the firm's own once it takes its orders over.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        item = verbs.describe_item(
            work, actor, firm_id=number("Firm", input, "firm_id"), stage_id=number("Stage", input, "stage_id"),
            number=input["number"], name=input["name"], unit=input["unit"],
        )  # fmt: skip
        return {"item": item}


class ChangeItemInput(graphene.InputObjectType):
    """What to correct; what is left out stays."""

    item_id = needed(graphene.ID, "An item your firm makes.")
    expected_version = needed(graphene.Int, "The version you read.")
    name = optional(Text, "Name.")
    lead_time_days = optional(graphene.Int, "Days from order to despatch.")


class ChangeItem(Mutation):
    """The maker corrects an item's name or lead time; number and unit stay. Needs the role SALES or PLANNER."""

    class Arguments:
        input = input_argument(ChangeItemInput)

    item = maybe(Item, "The item after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        item = verbs.change_item(
            work, actor, item_id=number("Item", input, "item_id"), expected_version=input["expected_version"],
            name=given(input, "name"), lead_time_days=given(input, "lead_time_days"),
        )  # fmt: skip
        return {"item": item}


class RetireItemInput(graphene.InputObjectType):
    """Which item to take out of the range."""

    item_id = needed(graphene.ID, "An item your firm makes.")
    expected_version = needed(graphene.Int, "The version you read.")


class RetireItem(Mutation):
    """The maker takes an item out of its range: nobody orders it any more. Needs the role SALES or PLANNER."""

    class Arguments:
        input = input_argument(RetireItemInput)

    item = maybe(Item, "The item after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        item = verbs.retire_item(
            work, actor, item_id=number("Item", input, "item_id"), expected_version=input["expected_version"]
        )
        return {"item": item}


class StateCrossReferenceInput(graphene.InputObjectType):
    """What a buyer calls an item, and its terms, from a day on."""

    item_id = needed(graphene.ID, "The supplier's item.")
    buyer_id = optional(graphene.ID, "For the supplier: which buyer. A buyer states its own.")
    buyer_number = needed(Text, "The buyer's own number.")
    buyer_unit = optional(Text, "The unit the buyer counts in; the item's when nothing is said.")
    buyer_units = optional(graphene.Int, "So many of the buyer's unit ... 1 when nothing is said.")
    item_units = optional(graphene.Int, "... are so many of the item's. 1 when nothing is said.")
    minimum = optional(Decimal, "The least one order line may ask for, in the item's unit.")
    multiple = optional(Decimal, "A line asks for a multiple of this, in the item's unit.")
    lead_time_days = optional(graphene.Int, "Days from order to despatch for this buyer.")
    valid_from = optional(Date, "The first day; today when nothing is said.")
    valid_to = optional(Date, "The last day; until further notice when nothing is said.")


class StateCrossReference(Mutation):
    """Either end states a buyer's number and terms for an item. Needs SALES at its maker, or BUYER at the buyer.

    A period without an end closes the day before the new one begins; periods never overlap.
    """

    class Arguments:
        input = input_argument(StateCrossReferenceInput)

    cross_reference = maybe(CrossReference, "What is stated.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        terms = ReferenceTerms(
            buyer_number=input["buyer_number"], buyer_unit=given(input, "buyer_unit"),
            buyer_units=given(input, "buyer_units", 1), item_units=given(input, "item_units", 1),
            minimum=given(input, "minimum"), multiple=given(input, "multiple"),
            lead_time_days=given(input, "lead_time_days"),
        )  # fmt: skip
        reference = verbs.state_cross_reference(
            work, actor, item_id=number("Item", input, "item_id"), buyer_id=maybe_number("Firm", input, "buyer_id"),
            terms=terms, valid_from=given(input, "valid_from"), valid_to=given(input, "valid_to"),
        )  # fmt: skip
        return {"cross_reference": reference}


class EndCrossReferenceInput(graphene.InputObjectType):
    """Which period ends when."""

    reference_id = needed(graphene.ID, "The cross-reference.")
    expected_version = needed(graphene.Int, "The version you read.")
    last_day = needed(Date, "The last day, yesterday or later; before its first day takes it back.")


class EndCrossReference(Mutation):
    """Either end ends a cross-reference. Needs SALES at the item's maker, or BUYER at the buyer."""

    class Arguments:
        input = input_argument(EndCrossReferenceInput)

    cross_reference = maybe(CrossReference, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        reference = verbs.end_cross_reference(
            work, actor, reference_id=number("CrossReference", input, "reference_id"),
            expected_version=input["expected_version"], last_day=input["last_day"],
        )  # fmt: skip
        return {"cross_reference": reference}


class CountStockInput(graphene.InputObjectType):
    """How much of an item is where."""

    item_id = needed(graphene.ID, "An item your firm makes or buys.")
    site_id = optional(graphene.ID, "A site of your firm.")
    quantity = needed(Decimal, "How much, in the item's unit; 0 or more.")
    counted_on = needed(Date, "On which day, today or earlier.")


class CountStock(Mutation):
    """Say what your firm has in stock; nobody else reads it. Needs the role PLANNER."""

    class Arguments:
        input = input_argument(CountStockInput)

    stock_count = maybe(StockCount, "The count.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        count = verbs.count_stock(
            work, actor, item_id=number("Item", input, "item_id"), site_id=maybe_number("Site", input, "site_id"),
            quantity=input["quantity"], counted_on=input["counted_on"],
        )  # fmt: skip
        return {"stock_count": count}


class ItemActs:
    """What is done with items."""

    describe_item = DescribeItem.Field(description=DescribeItem.__doc__)
    add_item = AddItem.Field(description=AddItem.__doc__)
    change_item = ChangeItem.Field(description=ChangeItem.__doc__)
    retire_item = RetireItem.Field(description=RetireItem.__doc__)
    state_cross_reference = StateCrossReference.Field(description=StateCrossReference.__doc__)
    end_cross_reference = EndCrossReference.Field(description=EndCrossReference.__doc__)
    count_stock = CountStock.Field(description=CountStock.__doc__)
