"""Send goods, count goods."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, needed_list, number, optional, optional_list
from api.scalars import Date, Decimal, Text
from api.types import enums
from api.types.fields import maybe
from api.types.logistics import DespatchAdvice, ReceiptAdvice
from collaboration.logistics import verbs
from collaboration.logistics.forms import Counted, Loaded


class DespatchLineInput(graphene.InputObjectType):
    """One schedule's part of a despatch, in the line's unit."""

    schedule_id = needed(graphene.ID, "The schedule it serves.")
    quantity = needed(Decimal, "How much leaves.")
    outstanding_quantity = optional(
        Decimal, "How much will still come; what neither leaves nor will come never does. Without it the rest follows."
    )
    lot = optional(Text, "Lot number.")
    serials = optional_list(Text, "Serial numbers.")


class SendDespatchAdviceInput(graphene.InputObjectType):
    """Goods on their way to one buyer, of one or several orders."""

    number = needed(Text, "Your delivery note number, unique among yours.")
    shipped_on = needed(Date, "The day they leave.")
    expected_on = optional(Date, "The day they should arrive.")
    lines = needed_list(DespatchLineInput, "What.")


class SendDespatchAdvice(Mutation):
    """The seller tells the buyer what is on its way. Needs the role SALES."""

    class Arguments:
        input = input_argument(SendDespatchAdviceInput)

    despatch_advice = maybe(DespatchAdvice, "The advice sent.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        lines = [
            Loaded(
                number("Schedule", line, "schedule_id"),
                line["quantity"],
                given(line, "outstanding_quantity"),
                given(line, "lot"),
                given(line, "serials", []),
            )  # fmt: skip
            for i, line in enumerate(input["lines"])
        ]
        advice = verbs.send_despatch_advice(
            work, actor, number=input["number"], shipped_on=input["shipped_on"],
            expected_on=given(input, "expected_on"), lines=lines,
        )  # fmt: skip
        return {"despatch_advice": advice}


class ReceiptLineInput(graphene.InputObjectType):
    """What was counted of one despatched line, in the line's unit."""

    despatch_line_id = needed(graphene.ID, "The despatched line.")
    received = needed(Decimal, "What came: accepted + rejected.")
    accepted = needed(Decimal, "What is kept.")
    rejected = needed(Decimal, "What is not.")
    reason = optional(enums.Reason, "Why rejected; needed when anything is.")


class PostReceiptInput(graphene.InputObjectType):
    """The count of a despatch."""

    despatch_advice_id = needed(graphene.ID, "The despatch.")
    lines = needed_list(ReceiptLineInput, "Each despatched line once.")


class PostReceipt(Mutation):
    """The buyer counts what came. Needs the role PLANNER."""

    class Arguments:
        input = input_argument(PostReceiptInput)

    receipt_advice = maybe(ReceiptAdvice, "The receipt posted.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        lines = [
            Counted(
                number("DespatchLine", line, "despatch_line_id"),
                line["received"],
                line["accepted"],
                line["rejected"],
                given(line, "reason"),
            )  # fmt: skip
            for i, line in enumerate(input["lines"])
        ]
        advice_id = number("DespatchAdvice", input, "despatch_advice_id")
        return {"receipt_advice": verbs.post_receipt(work, actor, advice_id=advice_id, lines=lines)}
