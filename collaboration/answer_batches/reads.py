"""What people ask about answers to, and decisions on, many orders."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from collaboration.answer_batches.tables import AnswerBatch, BatchedAnswer, BatchOutcome
from collaboration.answer_batches.visibility import answer_batches_visible_to, batched_answers_visible_to
from kernel.access import SYSTEM, Actor, Side
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def batches(work: UnitOfWork, actor: Actor, *, side: Side | None, first: int | None, after: str | None) -> Page:
    """What the actor's firm answered, or decided on, in one act, newest first; side: only as that."""
    own = answer_batches_visible_to(actor)
    if side is not None:
        own = own.where(col(AnswerBatch.side) == side)
    return page(work, own, AnswerBatch, first=first, after=after)


def batches_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(answer_batches_visible_to(actor).where(col(AnswerBatch.id).in_(numbers)))


def answers_of(
    work: UnitOfWork, actor: Actor, batch_id: int, *, outcome: BatchOutcome | None, first: int | None, after: str | None
) -> Page:
    """The answers of a batch, or those with one outcome."""
    own = batched_answers_visible_to(actor).where(col(BatchedAnswer.batch_id) == batch_id)
    if outcome is not None:
        own = own.where(col(BatchedAnswer.outcome) == outcome)
    return page(work, own, BatchedAnswer, first=first, after=after)


def answers_of_batches(work: UnitOfWork, actor: Actor, batch_ids: Collection[int]) -> Sequence[Any]:
    own = batched_answers_visible_to(actor).where(col(BatchedAnswer.batch_id).in_(batch_ids))
    return work.rows(own.order_by(col(BatchedAnswer.batch_id), col(BatchedAnswer.id)))


def waiting_answers(work: UnitOfWork, batch_id: int) -> Sequence[int]:
    """Those whose turn has not come, in their order."""
    own = batched_answers_visible_to(SYSTEM).where(
        col(BatchedAnswer.batch_id) == batch_id, col(BatchedAnswer.outcome) == BatchOutcome.WAITING
    )
    return [row.id for row in work.rows(own.order_by(col(BatchedAnswer.id)))]
