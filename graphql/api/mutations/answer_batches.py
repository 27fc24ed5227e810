"""Answer many orders in one act."""

from typing import Any

import graphene

from api.mutations.orders import AnsweredLineInput, answered_line
from api.payloads import Mutation, given, input_argument, needed, needed_list, number, optional, optional_list
from api.scalars import Text
from api.types import enums
from api.types.fields import maybe
from api.types.workbench import AnswerBatch
from collaboration.answer_batches import verbs
from collaboration.answer_batches.forms import OrderAnswer


class AnsweredOrderInput(graphene.InputObjectType):
    """The answer to one of the orders."""

    order_id = needed(graphene.ID, "The order.")
    expected_version = needed(graphene.Int, "The version of it you answer.")
    answer = optional(enums.OrderAnswer, "As of respondToOrder; ACCEPTED, all lines as asked, without it.")
    reason = optional(enums.Reason, "Why, when rejected.")
    note = optional(Text, "A note to the buyer.")
    lines = optional_list(AnsweredLineInput, "Line by line, as of respondToOrder.")


class AnswerOrdersInput(graphene.InputObjectType):
    """The answers."""

    orders = needed_list(AnsweredOrderInput, "At most 1000 orders, each once, 20,000 lines in all.")


class AnswerOrders(Mutation):
    """Answer many orders in one act. Each is answered or refused by itself; over 100 lines a job does it. Needs the role SALES."""

    class Arguments:
        input = input_argument(AnswerOrdersInput)

    answer_batch = maybe(AnswerBatch, "What becomes of each order stands in it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        answers = [_answer(one, position) for position, one in enumerate(input["orders"])]
        return {"answer_batch": verbs.answer_orders(work, actor, answers=answers)}


def _answer(one: Any, position: int) -> OrderAnswer:
    return OrderAnswer(
        number("Order", one, "order_id"), one["expected_version"], given(one, "answer") or OrderAnswer.answer,
        given(one, "reason"), given(one, "note", ""),
        [answered_line(line, i) for i, line in enumerate(given(one, "lines", []))],
    )  # fmt: skip


class AnswerBatchActs:
    """Answers to many orders."""

    answer_orders = AnswerOrders.Field(description=AnswerOrders.__doc__)
