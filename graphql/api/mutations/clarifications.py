"""A buyer asks one bidder about its opened bid; the bidder answers, or the buyer takes the question back."""

from typing import Any

import graphene

from api.payloads import Mutation, input_argument, needed, number
from api.scalars import Text
from api.types.clarifications import RfqClarification
from api.types.fields import maybe
from collaboration.sourcing import verbs


class AskClarificationInput(graphene.InputObjectType):
    """About which bid, and what."""

    quotation_id = needed(graphene.ID, "An opened bid of a closed request of yours.")
    text = needed(Text, "The question, at most 1,000 characters; its bidder alone reads it.")


class AskClarification(Mutation):
    """Ask one bidder about its opened bid; no other bidder learns of it. Needs the role BUYER."""

    class Arguments:
        input = input_argument(AskClarificationInput)

    clarification = maybe(RfqClarification, "The question.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.ask_clarification(
            work, actor, quotation_id=number("Quotation", input, "quotation_id"), text=input["text"]
        )
        return {"clarification": made}


class AnswerClarificationInput(graphene.InputObjectType):
    """Which question, and the answer."""

    clarification_id = needed(graphene.ID, "An open question about your bid.")
    answer = needed(Text, "At most 2,000 characters; your bid stays as it is.")


class AnswerClarification(Mutation):
    """Answer a question about your bid; its prices stay, others take a further round. Needs the role SALES."""

    class Arguments:
        input = input_argument(AnswerClarificationInput)

    clarification = maybe(RfqClarification, "The question with its answer.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.answer_clarification(
            work, actor, clarification_id=number("RfqClarification", input, "clarification_id"), answer=input["answer"]
        )
        return {"clarification": found}


class WithdrawClarificationInput(graphene.InputObjectType):
    """Which question, and why."""

    clarification_id = needed(graphene.ID, "An open question of yours.")
    reason = needed(Text, "Why you do without an answer, for its bidder; at most 400 characters.")


class WithdrawClarification(Mutation):
    """Take a question back that was not answered; no award passes an open one. Needs the role BUYER."""

    class Arguments:
        input = input_argument(WithdrawClarificationInput)

    clarification = maybe(RfqClarification, "The question.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.withdraw_clarification(
            work, actor, clarification_id=number("RfqClarification", input, "clarification_id"), reason=input["reason"]
        )
        return {"clarification": found}


class ClarificationActs:
    """Questions about opened bids, from both sides."""

    ask_clarification = AskClarification.Field(description=AskClarification.__doc__)
    answer_clarification = AnswerClarification.Field(description=AnswerClarification.__doc__)
    withdraw_clarification = WithdrawClarification.Field(description=WithdrawClarification.__doc__)
