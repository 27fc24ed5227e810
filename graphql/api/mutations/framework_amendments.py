"""Amend a framework agreement: propose, approve inside the buyer's firm, accept, decline, take back."""

from typing import Any

import graphene

from api.mutations.bidding import PriceBreakInput
from api.mutations.frameworks import steps, which
from api.payloads import Mutation, given, input_argument, needed, number, optional, optional_list
from api.scalars import Date, Decimal, Text
from api.types import frameworks as types
from api.types.fields import maybe
from collaboration.frameworks import verbs
from collaboration.frameworks.forms import Amended, IndexRead, LineAmended


class IndexReadInput(graphene.InputObjectType):
    """What an index was on a day."""

    value = needed(Decimal, "More than 0.")
    on = needed(Date, "The day, within the year before.")
    source = needed(graphene.String, "Where that can be read, at most 200 characters.")


class FrameworkLineAmendedInput(graphene.InputObjectType):
    """What of a line is to be otherwise; what is left out stays."""

    line_id = needed(graphene.ID, "The line.")
    quantity_cap = optional(Decimal, "Another cap in quantity; no less than was called off.")
    value_cap = optional(Decimal, "Another cap in value; no less than was called off.")
    price_from = optional(Date, "From which day on the new price holds: today or later.")
    price_breaks = optional_list(PriceBreakInput, "The new prices by rising quantity, the first from 0.")
    index = optional(IndexReadInput, "In place of prices: what the line's index is; the clause makes the price of it.")


class ProposeFrameworkAmendmentInput(graphene.InputObjectType):
    """What is to be otherwise; what is left out stays."""

    framework_id = needed(graphene.ID, "One your firm has agreed to.")
    expected_version = needed(graphene.Int, "The version you read.")
    valid_until = optional(Date, "Another last day.")
    value_cap = optional(Decimal, "Another cap in value over all lines.")
    lines = optional_list(FrameworkLineAmendedInput, "Line by line.")
    note = optional(Text, "Why, at most 1,000 characters.")


class ProposeFrameworkAmendment(Mutation):
    """Propose other caps, days or prices; one amendment is open at a time. Needs the role BUYER, at the seller SALES.

    What lets the buyer spend more than its firm has approved waits for whom its rules name first.
    """

    class Arguments:
        input = input_argument(ProposeFrameworkAmendmentInput)

    amendment = maybe(types.FrameworkAmendment, "The amendment.")
    framework = maybe(types.Framework, "The framework.", resolver=lambda row, info: _of_amendment(row, info))

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        said = Amended(
            lines=[_amended(line) for line in given(input, "lines", [])], valid_until=given(input, "valid_until"),
            value_cap=given(input, "value_cap"), note=given(input, "note", ""),
        )  # fmt: skip
        return {"amendment": verbs.propose_framework_amendment(work, actor, **which(input), said=said)}


def _amended(line: Any) -> LineAmended:
    index = given(line, "index")
    return LineAmended(
        line_id=number("FrameworkLine", line, "line_id"), quantity_cap=given(line, "quantity_cap"),
        value_cap=given(line, "value_cap"), price_from=given(line, "price_from"),
        price_breaks=steps(given(line, "price_breaks", [])),
        index=index and IndexRead(index["value"], index["on"], index["source"]),
    )  # fmt: skip


def _of_amendment(row: Any, info: Any) -> Any:
    return None if row.amendment is None else info.context.batches["framework"].one(row.amendment.framework_id)


class ApproveFrameworkAmendmentInput(graphene.InputObjectType):
    """Which amendment."""

    amendment_id = needed(graphene.ID, "One of your firm's that waits for you.")
    expected_version = needed(graphene.Int, "The version of the framework you read.")


def _amendment(input: Any) -> dict[str, Any]:
    return {
        "amendment_id": number("FrameworkAmendment", input, "amendment_id"),
        "expected_version": input["expected_version"],
    }


class ApproveFrameworkAmendment(Mutation):
    """Let a colleague's amendment be put to the seller, where the rules name you, or nobody and you are a lead."""

    class Arguments:
        input = input_argument(ApproveFrameworkAmendmentInput)

    amendment = maybe(types.FrameworkAmendment, "After it.")
    framework = maybe(types.Framework, "The framework.", resolver=lambda row, info: _of_amendment(row, info))

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"amendment": verbs.approve_framework_amendment(work, actor, **_amendment(input))}


class AcceptFrameworkAmendmentInput(graphene.InputObjectType):
    """Which amendment."""

    amendment_id = needed(graphene.ID, "One the other firm proposes.")
    expected_version = needed(graphene.Int, "The version of the framework you read.")


class AcceptFrameworkAmendment(Mutation):
    """Agree to what the other firm proposes. Needs the role BUYER or SALES, or LEAD; where it lets your firm spend more than
    was approved, whom your rules name.
    """

    class Arguments:
        input = input_argument(AcceptFrameworkAmendmentInput)

    amendment = maybe(types.FrameworkAmendment, "After it.")
    framework = maybe(types.Framework, "The framework.", resolver=lambda row, info: _of_amendment(row, info))

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"amendment": verbs.accept_framework_amendment(work, actor, **_amendment(input))}


class DeclineFrameworkAmendmentInput(graphene.InputObjectType):
    """Which amendment, and why."""

    amendment_id = needed(graphene.ID, "One the other firm proposes.")
    expected_version = needed(graphene.Int, "The version of the framework you read.")
    reason = needed(Text, "At most 400 characters.")


class DeclineFrameworkAmendment(Mutation):
    """Do not agree to what the other firm proposes, and say why. Needs the role BUYER or SALES, or LEAD."""

    class Arguments:
        input = input_argument(DeclineFrameworkAmendmentInput)

    amendment = maybe(types.FrameworkAmendment, "After it.")
    framework = maybe(types.Framework, "The framework.", resolver=lambda row, info: _of_amendment(row, info))

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.decline_framework_amendment(work, actor, **_amendment(input), reason=input["reason"])
        return {"amendment": found}


class WithdrawFrameworkAmendmentInput(graphene.InputObjectType):
    """Which amendment."""

    amendment_id = needed(graphene.ID, "One your firm proposes.")
    expected_version = needed(graphene.Int, "The version of the framework you read.")


class WithdrawFrameworkAmendment(Mutation):
    """Take back what your firm proposes. Needs the role BUYER or SALES, or LEAD."""

    class Arguments:
        input = input_argument(WithdrawFrameworkAmendmentInput)

    amendment = maybe(types.FrameworkAmendment, "After it.")
    framework = maybe(types.Framework, "The framework.", resolver=lambda row, info: _of_amendment(row, info))

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"amendment": verbs.withdraw_framework_amendment(work, actor, **_amendment(input))}


class FrameworkAmendmentActs:
    """Amendments of framework agreements."""

    propose_framework_amendment = ProposeFrameworkAmendment.Field(description=ProposeFrameworkAmendment.__doc__)
    approve_framework_amendment = ApproveFrameworkAmendment.Field(description=ApproveFrameworkAmendment.__doc__)
    accept_framework_amendment = AcceptFrameworkAmendment.Field(description=AcceptFrameworkAmendment.__doc__)
    decline_framework_amendment = DeclineFrameworkAmendment.Field(description=DeclineFrameworkAmendment.__doc__)
    withdraw_framework_amendment = WithdrawFrameworkAmendment.Field(description=WithdrawFrameworkAmendment.__doc__)
