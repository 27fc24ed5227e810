"""What one act over many orders says is done order by order: some at once, more by a job, each in a transaction or savepoint of its own."""

from collections.abc import Sequence

from sqlmodel import col

from collaboration.answer_batches.events import AnswerBatchSettled
from collaboration.answer_batches.forms import given, given_decision
from collaboration.answer_batches.tables import AnswerBatch, BatchedAnswer, BatchOutcome
from collaboration.answer_batches.visibility import answer_batches_visible_to, batched_answers_visible_to
from collaboration.orders.forms import LineDecision
from collaboration.orders.tables import ResponseLine, Verdict
from collaboration.orders.verbs import decide_on_response, respond_to_order
from collaboration.orders.visibility import response_lines_visible_to
from kernel.access import SYSTEM, Actor, Side
from kernel.errors import DomainError
from kernel.progress.tables import JobState
from kernel.progress.verbs import finish_job, queue_job
from kernel.work import UnitOfWork

AT_ONCE_LINES = 100
"""So many lines are done while the asker waits; more would hold the one writer of SQLite for others to wait too."""


def give(work: UnitOfWork, actor: Actor, batch: AnswerBatch, rows: Sequence[BatchedAnswer], *, kind: str) -> None:
    """Do a batch now, or leave it to a job of this kind."""
    assert batch.id is not None and actor.party_id is not None
    if is_deferred(batch):
        job = queue_job(work, party_id=actor.party_id, kind=kind, subject=("AnswerBatch", batch.id))
        batch.job_id = job.id
        return
    for row in rows:
        _give(work, actor, batch.side, row)
    finish_batch(work, batch_id=batch.id)


def is_deferred(batch: AnswerBatch) -> bool:
    return batch.lines > AT_ONCE_LINES


def settle_answer(work: UnitOfWork, actor: Actor, *, answer_id: int) -> None:
    """Do what is said of one order; nothing where it was done, or refused, before."""
    row = work.one(batched_answers_visible_to(SYSTEM).where(col(BatchedAnswer.id) == answer_id), lock=True)
    if row.outcome is BatchOutcome.WAITING:
        batch = work.one(answer_batches_visible_to(SYSTEM).where(col(AnswerBatch.id) == row.batch_id))
        _give(work, actor, batch.side, row)


def refuse_answer(work: UnitOfWork, *, answer_id: int, refused: DomainError) -> None:
    """Nobody is left to give it: say why."""
    row = work.one(batched_answers_visible_to(SYSTEM).where(col(BatchedAnswer.id) == answer_id), lock=True)
    if row.outcome is BatchOutcome.WAITING:
        _refuse(work, row, refused)


def _give(work: UnitOfWork, actor: Actor, side: Side, row: BatchedAnswer) -> None:
    try:
        with work.savepoint():
            if side is Side.SELLER:
                respond_to_order(
                    work, actor, order_id=row.order_id, expected_version=row.expected_version, **given(row.given)
                )
            else:
                _decide(work, actor, row)
    except DomainError as refused:
        _refuse(work, row, refused)
    else:
        row.outcome, row.settled_at = BatchOutcome.ANSWERED, work.now


def _decide(work: UnitOfWork, actor: Actor, row: BatchedAnswer) -> None:
    """Every line of the answer that waits is decided alike: the version says that they are those that were shown."""
    response_id, decision = given_decision(row.given)
    waiting = response_lines_visible_to(actor).where(
        col(ResponseLine.response_id) == response_id, col(ResponseLine.verdict) == Verdict.WAITING
    )
    lines = [LineDecision(one.line_id, decision) for one in work.rows(waiting.order_by(col(ResponseLine.id)))]
    decide_on_response(
        work, actor, response_id=response_id, expected_version=row.expected_version, decisions=lines
    )  # fmt: skip


def _refuse(work: UnitOfWork, row: BatchedAnswer, refused: DomainError) -> None:
    row.outcome, row.settled_at, row.code = BatchOutcome.REFUSED, work.now, refused.code
    row.message_en, row.message_zh = refused.en[:1000], refused.zh[:1000]


def finish_batch(work: UnitOfWork, *, batch_id: int) -> None:
    """Every order has its outcome; once."""
    batch = work.one(answer_batches_visible_to(SYSTEM).where(col(AnswerBatch.id) == batch_id), lock=True)
    if batch.finished_at is not None:
        return
    batch.finished_at = work.now
    own = batched_answers_visible_to(SYSTEM).where(col(BatchedAnswer.batch_id) == batch_id)
    refused = work.count(own.where(col(BatchedAnswer.outcome) == BatchOutcome.REFUSED))
    if batch.job_id is not None:
        finish_job(work, batch.job_id, state=JobState.DONE)
    work.record(AnswerBatchSettled(batch_id=batch_id, answered=batch.orders - refused, refused=refused))
