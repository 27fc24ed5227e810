"""Answer many orders, or decide on the answers to many, in one act."""

from typing import Any

import graphene

from api.mutations.orders import AnsweredLineInput, answered_line
from api.payloads import Mutation, given, input_argument, needed, needed_list, number, optional, optional_list
from api.scalars import Text
from api.types import enums
from api.types.fields import maybe
from api.types.workbench import AnswerBatch
from collaboration.answer_batches import verbs
from collaboration.answer_batches.forms import OrderAnswer, ResponseDecision


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


class ResponseDecisionInput(graphene.InputObjectType):
    """The decision on one of the answers: for every line of it that waits."""

    response_id = needed(graphene.ID, "The answer.")
    expected_version = needed(graphene.Int, "The version of its order you decide on.")
    decision = needed(enums.LineDecision, "ACCEPT, REFUSE or CANCEL; COUNTER says its terms in decideOnResponse.")


class DecideOnResponsesInput(graphene.InputObjectType):
    """The decisions."""

    decisions = needed_list(ResponseDecisionInput, "At most 1000, each of another order, 20,000 waiting lines in all.")


class DecideOnResponses(Mutation):
    """Decide on the waiting answers of many orders in one act, each by itself; over 100 lines a job does it. Needs the role BUYER."""

    class Arguments:
        input = input_argument(DecideOnResponsesInput)

    answer_batch = maybe(AnswerBatch, "What becomes of each order stands in it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        decisions = [
            ResponseDecision(number("OrderResponse", one, "response_id"), one["expected_version"], one["decision"])
            for one in input["decisions"]
        ]
        return {"answer_batch": verbs.decide_on_responses(work, actor, decisions=decisions)}


class AnswerBatchActs:
    """Answers to many orders, and decisions on them."""

    answer_orders = AnswerOrders.Field(description=AnswerOrders.__doc__)
    decide_on_responses = DecideOnResponses.Field(description=DecideOnResponses.__doc__)
