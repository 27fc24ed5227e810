"""Facts about answers to, and decisions on, many orders."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class OrdersAnswered(Fact):
    """A seller answered many orders in one act; ``deferred``: a job gives the answers."""

    about = {"batch_id": "AnswerBatch"}
    batch_id: int
    orders: int
    lines: int
    deferred: bool


@dataclass(frozen=True)
class ResponsesDecided(Fact):
    """A buyer decided on the waiting answers of many orders in one act; ``deferred``: a job does it."""

    about = {"batch_id": "AnswerBatch"}
    batch_id: int
    orders: int
    lines: int
    deferred: bool


@dataclass(frozen=True)
class AnswerBatchSettled(Fact):
    about = {"batch_id": "AnswerBatch"}
    batch_id: int
    answered: int
    refused: int
