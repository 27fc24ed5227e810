"""The buyer's workbench and decision queue, and many orders answered or decided on in one act."""

from base64 import b64encode
from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Decimal, Money, connection, described, ident, maybe, said
from api.types.firms import Node
from api.types.jobs import Job
from api.types.orders import Order, OrderLine, OrderResponse
from collaboration.answer_batches.tables import BatchOutcome as BatchOutcomeWord
from collaboration.workbench.reads import WorkbenchView as WorkbenchViewWord

WorkbenchView = described("WorkbenchView", WorkbenchViewWord, "What is the matter with a line of an order you buy by.", {
    WorkbenchViewWord.UNANSWERED: "The seller owes an answer.",
    WorkbenchViewWord.DEVIATING: "The seller offers other terms, or a line nobody asked for; you decide.",
    WorkbenchViewWord.LATE: "Agreed or expected after the wanted day, or its day has passed and something is missing.",
    WorkbenchViewWord.DUE: "Something of it is due within so many days, or should have come.",
    WorkbenchViewWord.HELD: "You hold its order.",
})  # fmt: skip
BatchOutcome = described("BatchOutcome", BatchOutcomeWord, "What became of the answer to one of many orders, or of the decision on it.", {
    BatchOutcomeWord.WAITING: "Its turn has not come.", BatchOutcomeWord.ANSWERED: "The order is answered, or decided on.",
    BatchOutcomeWord.REFUSED: "Nothing of this order was done; the message says why.",
})  # fmt: skip


class WorkbenchLine(graphene.ObjectType):
    """A line of an order, with its limit."""

    line = said(OrderLine, "The line.", resolver=lambda row, info: info.context.batches["line"].one(row.line_id))
    order = said(Order, "Its order.", resolver=lambda row, info: info.context.batches["order"].one(row.order_id))
    limit = said(DateTime, "Until when it is to be answered, decided or delivered.")
    overdue = said(graphene.Boolean, "That has passed.", resolver=lambda row, info: row.limit <= info.context.work.now)
    late_days = said(graphene.Int, "By how many days it comes later than wanted, or is missing since; 0 where neither.")


class WorkbenchCount(graphene.ObjectType):
    """How many lines a view has."""

    view = said(WorkbenchView, "Which.")
    lines = said(graphene.Int, "How many.")
    overdue = said(graphene.Int, "Of how many the limit has passed.")


class WorkbenchFilter(graphene.InputObjectType):
    """Which lines; conditions are joined by and."""

    seller_id = graphene.InputField(graphene.ID, description="Of this seller.")
    item = graphene.InputField(graphene.String, description="The seller's item number begins with this.")
    due_in_days = graphene.InputField(
        graphene.Int, description="For DUE: within so many days, 0 to 366; 7 when nothing is said."
    )


class DeviatingResponse(graphene.ObjectType):
    """An answer that waits for your decision, with the most by which its waiting lines deviate from what was asked."""

    response = said(
        OrderResponse, "The answer.", resolver=lambda row, info: info.context.batches["response"].one(row.response_id)
    )
    order = said(Order, "Its order.", resolver=lambda row, info: info.context.batches["order"].one(row.order_id))
    limit = said(DateTime, "Until when it is to be decided.")
    overdue = said(graphene.Boolean, "That has passed.", resolver=lambda row, info: row.limit <= info.context.work.now)
    default_decision = maybe(
        enums.DefaultDecision, "What is decided for you then; empty: it goes on waiting.",
        resolver=lambda row, info: row.default,
    )  # fmt: skip
    line_count = said(graphene.Int, "How many of its lines wait.", resolver=lambda row, info: row.lines)
    days_late = said(graphene.Int, "The most days after a wanted one; 0 where none.")
    days_early = said(graphene.Int, "The most days before a wanted one; 0 where none.")
    price_percent = said(Decimal, "The price that differs most, in percent of the asked one; negative is cheaper.")
    quantity_percent = said(Decimal, "The quantity that differs most, in percent of the asked one; negative is less.")
    value_change = said(
        Money, "What its waiting lines would come to, less what was asked.",
        resolver=lambda row, info: {
            "amount": row.value_change, "currency": info.context.batches["order"].one(row.order_id).currency,
        },
    )  # fmt: skip
    is_other = said(
        graphene.Boolean, "No figure says it all: another item, an added line, a backorder, goods said to have come."
    )
    has_passed = said(graphene.Boolean, "A promised day is past: it cannot be accepted any more.")


class DeviationFilter(graphene.InputObjectType):
    """Which answers; conditions are joined by and. With any bound, what no figure says is left out."""

    seller_id = graphene.InputField(graphene.ID, description="Of this seller.")
    days = graphene.InputField(graphene.Int, description="No day deviates by more than so many, later or earlier.")
    price_percent = graphene.InputField(Decimal, description="No price deviates by more, dearer or cheaper.")
    quantity_percent = graphene.InputField(Decimal, description="No quantity deviates by more, over or under.")


def _said(zh: str, en: str) -> Any:
    return lambda row, info: getattr(row, zh if info.context.lang == "zh" else en)


class BatchedAnswer(graphene.ObjectType):
    """The answer to one of many orders, or the decision on it, and what became of it."""

    order = said(Order, "The order.", resolver=lambda row, info: info.context.batches["order"].one(row.order_id))
    expected_version = said(graphene.Int, "The version that was answered or decided on.")
    outcome = said(BatchOutcome, "What became of it.")
    code = maybe(graphene.String, "Of a refusal: its code.")
    message = said(
        graphene.String, "Of a refusal: one sentence, in the language of the request.",
        resolver=_said("message_zh", "message_en"),
    )  # fmt: skip
    settled_at = maybe(DateTime, "When.")


class AnswerBatch(graphene.ObjectType):
    """Many orders answered, or decided on, in one act, known to your firm alone."""

    class Meta:
        interfaces = (Node,)

    id = ident("AnswerBatch")
    side = said(enums.Side, "SELLER: you answered; BUYER: you decided on answers.")
    order_count = said(graphene.Int, "How many orders.", resolver=lambda row, info: row.orders)
    line_count = said(graphene.Int, "How many lines waited in them.", resolver=lambda row, info: row.lines)
    answered = said(
        graphene.Int,
        "How many are answered, or decided on.",
        resolver=lambda row, info: _outcomes(row, info, BatchOutcomeWord.ANSWERED),
    )
    refused = said(
        graphene.Int,
        "How many were refused.",
        resolver=lambda row, info: _outcomes(row, info, BatchOutcomeWord.REFUSED),
    )
    opened_at = said(DateTime, "When it was sent.")
    finished_at = maybe(DateTime, "When the last order had its outcome.")
    job = maybe(
        Job, "The job that does it; empty where it was done at once.",
        resolver=lambda row, info: info.context.batches["job"].one(row.job_id),
    )  # fmt: skip


def _outcomes(row: Any, info: Any, outcome: BatchOutcomeWord) -> int:
    return sum(one.outcome is outcome for one in info.context.batches["batched_answers"].many(row.id))


def workbench_file(found: Any, info: Any) -> str:
    from exchange.lists import workbench  # openpyxl loads only where a file is made

    batches = info.context.batches
    batches["line"].expect(one.line_id for one in found.lines)
    batches["order"].expect(one.order_id for one in found.lines)
    made = workbench.workbook(
        found.view, found.lines, found.as_of, line=batches["line"].one, order=batches["order"].one,
        firm=batches["firm"].one, item=batches["item"].one, schedules=batches["schedules"].many,
    )  # fmt: skip
    return b64encode(made).decode()


WorkbenchLineConnection = connection(WorkbenchLine, "WorkbenchLine")
BatchedAnswerConnection = connection(BatchedAnswer, "BatchedAnswer")
DeviatingResponseConnection = connection(DeviatingResponse, "DeviatingResponse")
AnswerBatchConnection = connection(AnswerBatch, "AnswerBatch")
NODES = (AnswerBatch,)
USUAL_LENGTHS = {"Query.workbenchCounts": 5}
