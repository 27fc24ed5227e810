"""Draft, submit, approve, answer and end framework agreements; call off under them."""

from typing import Any

import graphene

from api.mutations.bidding import PriceBreakInput
from api.mutations.orders import WantedScheduleInput
from api.payloads import (
    Mutation,
    given,
    input_argument,
    maybe_number,
    needed,
    needed_list,
    number,
    optional,
)
from api.scalars import Date, Decimal, Text
from api.types import frameworks as types
from api.types.fields import maybe
from api.types.orders import Order
from collaboration.frameworks import verbs
from collaboration.frameworks.forms import (
    FrameworkDrafted,
    IndexClause,
    LineCalledOff,
    LineDrafted,
    Step,
)
from collaboration.orders.forms import WantedDay
from kernel.quantities import ZERO


class IndexClauseInput(graphene.InputObjectType):
    """How a price follows an index: base price × [(1 − weight) + weight × index / base index]."""

    name = needed(graphene.String, "Of the index, at most 80 characters.")
    base_index = needed(Decimal, "The index the line's first price goes with.")
    weight_percent = needed(Decimal, "The index's share of the price, above 0 and at most 100.")
    most_rise_percent = optional(Decimal, "The most one adjustment raises the price, 0 to 100; left out: no limit.")
    most_fall_percent = optional(Decimal, "The most one adjustment lowers the price, 0 to 100; left out: no limit.")
    price_decimals = needed(graphene.Int, "To how many decimals the price is rounded half up, 0 to 6.")


class FrameworkLineInput(graphene.InputObjectType):
    """An item and how much of it may be called off."""

    number = needed(graphene.Int, "Line number, 1 to 999999, each once.")
    item_id = needed(graphene.ID, "An item of the seller, each once.")
    quantity_cap = optional(Decimal, "No more may be called off, in the item's unit.")
    value_cap = optional(Decimal, "No more may be called off, in the framework's currency.")
    price_breaks = needed_list(
        PriceBreakInput,
        "1 to 10 prices by rising quantity of one call-off line, the first from 0 or from the minimum quantity.",
    )
    minimum_quantity = optional(Decimal, "No less is called off at once, in the item's unit; any unless said.")
    index_clause = optional(IndexClauseInput, "How the price follows an index; it is one price then.")


class DraftFrameworkInput(graphene.InputObjectType):
    """A framework agreement as you write it."""

    framework_id = optional(graphene.ID, "A draft or a declined one of your firm, written anew; a new one without it.")
    expected_version = optional(graphene.Int, "Of that one, as you read it.")
    number = needed(graphene.String, "Your firm's own, at most 60 characters.")
    seller_id = needed(graphene.ID, "Who delivers.")
    currency = needed(graphene.String, "Of all its money (ISO 4217).")
    valid_from = needed(Date, "The first day on which may be called off.")
    valid_until = needed(Date, "The last; today or later.")
    value_cap = optional(Decimal, "No more may be called off in value over all lines.")
    note = optional(Text, "To the seller, at most 1,000 characters.")
    lines = needed_list(
        FrameworkLineInput, "1 to 200. Each has a cap of its own unless the framework has one in value."
    )


class DraftFramework(Mutation):
    """Write down what you want to agree on with a seller, or write it anew. Needs the role BUYER."""

    class Arguments:
        input = input_argument(DraftFrameworkInput)

    framework = maybe(types.Framework, "The draft.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        said = FrameworkDrafted(
            number=input["number"], seller_id=number("Firm", input, "seller_id"), currency=input["currency"],
            valid_from=input["valid_from"], valid_until=input["valid_until"],
            lines=[_drafted(line) for line in input["lines"]], value_cap=given(input, "value_cap"),
            note=given(input, "note", ""),
        )  # fmt: skip
        found = verbs.draft_framework(
            work, actor, said, framework_id=maybe_number("Framework", input, "framework_id"),
            expected_version=given(input, "expected_version"),
        )  # fmt: skip
        return {"framework": found}


def steps(breaks: Any) -> list[Step]:
    return [Step(one["from_quantity"], one["unit_price"]) for one in breaks]


def _drafted(line: Any) -> LineDrafted:
    clause = given(line, "index_clause")
    return LineDrafted(
        number=line["number"], item_id=number("Item", line, "item_id"), price_breaks=steps(line["price_breaks"]),
        quantity_cap=given(line, "quantity_cap"), value_cap=given(line, "value_cap"),
        minimum_quantity=given(line, "minimum_quantity", ZERO),
        index_clause=clause and IndexClause(
            clause["name"], clause["base_index"], clause["weight_percent"], clause["price_decimals"],
            given(clause, "most_rise_percent"), given(clause, "most_fall_percent"),
        ),
    )  # fmt: skip


def which(input: Any) -> dict[str, Any]:
    return {"framework_id": number("Framework", input, "framework_id"), "expected_version": input["expected_version"]}


class SubmitFrameworkInput(graphene.InputObjectType):
    """Which framework."""

    framework_id = needed(graphene.ID, "A draft of your firm.")
    expected_version = needed(graphene.Int, "The version you read.")


class SubmitFramework(Mutation):
    """Hand a draft to whom your firm's approval rules name. Needs the role BUYER."""

    class Arguments:
        input = input_argument(SubmitFrameworkInput)

    framework = maybe(types.Framework, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"framework": verbs.submit_framework(work, actor, **which(input))}


class ApproveFrameworkInput(graphene.InputObjectType):
    """Which framework."""

    framework_id = needed(graphene.ID, "One that waits for you.")
    expected_version = needed(graphene.Int, "The version you read.")


class ApproveFramework(Mutation):
    """Let a colleague's framework be put to the seller, where the rules name you, or nobody and you are a lead."""

    class Arguments:
        input = input_argument(ApproveFrameworkInput)

    framework = maybe(types.Framework, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"framework": verbs.approve_framework(work, actor, **which(input))}


class RejectFrameworkInput(graphene.InputObjectType):
    """Which framework, and why."""

    framework_id = needed(graphene.ID, "One that waits for you.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "At most 400 characters.")


class RejectFramework(Mutation):
    """Say no to a colleague's framework, and why; by whom may approve it."""

    class Arguments:
        input = input_argument(RejectFrameworkInput)

    framework = maybe(types.Framework, "After it: a draft again.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"framework": verbs.reject_framework(work, actor, **which(input), reason=input["reason"])}


class WithdrawFrameworkInput(graphene.InputObjectType):
    """Which framework."""

    framework_id = needed(graphene.ID, "One of your firm's that waits or is proposed.")
    expected_version = needed(graphene.Int, "The version you read.")


class WithdrawFramework(Mutation):
    """Take back what nobody has agreed to yet: it is a draft again. Needs the role BUYER."""

    class Arguments:
        input = input_argument(WithdrawFrameworkInput)

    framework = maybe(types.Framework, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"framework": verbs.withdraw_framework(work, actor, **which(input))}


class AcceptFrameworkInput(graphene.InputObjectType):
    """Which framework."""

    framework_id = needed(graphene.ID, "One that is proposed to your firm.")
    expected_version = needed(graphene.Int, "The version you read.")


class AcceptFramework(Mutation):
    """The seller agrees: from now on orders may be called off under it. Needs the role SALES."""

    class Arguments:
        input = input_argument(AcceptFrameworkInput)

    framework = maybe(types.Framework, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"framework": verbs.accept_framework(work, actor, **which(input))}


class DeclineFrameworkInput(graphene.InputObjectType):
    """Which framework, and why."""

    framework_id = needed(graphene.ID, "One that is proposed to your firm.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "At most 400 characters.")


class DeclineFramework(Mutation):
    """The seller does not agree, and says why. Needs the role SALES."""

    class Arguments:
        input = input_argument(DeclineFrameworkInput)

    framework = maybe(types.Framework, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"framework": verbs.decline_framework(work, actor, **which(input), reason=input["reason"])}


class EndFrameworkInput(graphene.InputObjectType):
    """Which framework, and why."""

    framework_id = needed(graphene.ID, "One of your firm's that is agreed.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "At most 400 characters.")


class EndFramework(Mutation):
    """Call off no more under it; what was called off stands. Needs the role BUYER."""

    class Arguments:
        input = input_argument(EndFrameworkInput)

    framework = maybe(types.Framework, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"framework": verbs.end_framework(work, actor, **which(input), reason=input["reason"])}


class CallOffLineInput(graphene.InputObjectType):
    """So much of a line of the framework. Its price is the framework's of today."""

    line_id = needed(graphene.ID, "A line of the framework, each once.")
    quantity = needed(Decimal, "How much, in the line's unit; more than 0.")
    schedules = needed_list(WantedScheduleInput, "When; the days sum to the quantity.")


class CallOffInput(graphene.InputObjectType):
    """An order under a framework agreement."""

    framework_id = needed(graphene.ID, "One your firm has agreed to as its buyer.")
    number = needed(Text, "Your own number, unique among your orders.")
    lines = needed_list(CallOffLineInput, "What.")
    note = optional(Text, "A note to the seller.")
    conditional_reason = optional(
        Text, "Why you order from a seller qualified on conditions only; your firm's own record."
    )


class CallOff(Mutation):
    """Order under a framework what its caps leave, at its price of today; the seller owes an answer. Needs the role BUYER.

    What is more than a cap leaves is refused, and the refusal says what is left. It answers no version of the framework.
    """

    class Arguments:
        input = input_argument(CallOffInput)

    order = maybe(Order, "The order, of type 226.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        lines = [
            LineCalledOff(
                number("FrameworkLine", one, "line_id"), one["quantity"],
                [WantedDay(s["wanted_on"], s["quantity"]) for s in one["schedules"]],
            )
            for one in input["lines"]
        ]  # fmt: skip
        order = verbs.call_off(
            work, actor, framework_id=number("Framework", input, "framework_id"), number=input["number"], lines=lines,
            note=given(input, "note", ""), conditional_reason=given(input, "conditional_reason"),
        )  # fmt: skip
        return {"order": order}


class FrameworkActs:
    """Framework agreements."""

    draft_framework = DraftFramework.Field(description=DraftFramework.__doc__)
    submit_framework = SubmitFramework.Field(description=SubmitFramework.__doc__)
    approve_framework = ApproveFramework.Field(description=ApproveFramework.__doc__)
    reject_framework = RejectFramework.Field(description=RejectFramework.__doc__)
    withdraw_framework = WithdrawFramework.Field(description=WithdrawFramework.__doc__)
    accept_framework = AcceptFramework.Field(description=AcceptFramework.__doc__)
    decline_framework = DeclineFramework.Field(description=DeclineFramework.__doc__)
    end_framework = EndFramework.Field(description=EndFramework.__doc__)
    call_off = CallOff.Field(description=CallOff.__doc__)
