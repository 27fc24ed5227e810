"""Answer many orders in one act: some at once, more by a job, each order in a transaction or savepoint of its own."""

from collections.abc import Sequence

from sqlmodel import col

from collaboration.answer_batches.events import AnswerBatchSettled, OrdersAnswered
from collaboration.answer_batches.forms import OrderAnswer, given, kept
from collaboration.answer_batches.tables import AnswerBatch, BatchedAnswer, BatchOutcome
from collaboration.answer_batches.visibility import answer_batches_visible_to, batched_answers_visible_to
from collaboration.orders.decisions import ANSWERABLE
from collaboration.orders.tables import Order, OrderLine
from collaboration.orders.verbs import respond_to_order
from collaboration.orders.visibility import lines_visible_to, orders_visible_to
from kernel.access import SYSTEM, Actor, Role, require
from kernel.bulk import portions
from kernel.errors import DomainError, Invalid, Limit, NotFound, Rule
from kernel.progress.tables import JobState
from kernel.progress.verbs import finish_job, queue_job
from kernel.work import UnitOfWork

MOST_ORDERS, MOST_LINES = 1_000, 20_000
AT_ONCE_LINES = 100
"""So many lines are answered while the asker waits; more would hold the one writer of SQLite for others to wait too."""
TOO_MANY = Rule("answer_batch.most", "分几次提交", "you, by answering in several acts")


def answer_orders(work: UnitOfWork, actor: Actor, *, answers: Sequence[OrderAnswer]) -> AnswerBatch:
    """The seller answers many orders, each with the version it read; what is refused of one stops no other.

    Up to 100 lines in all it is done at once, else by a job; the outcome of each order stands in the batch.
    Raises NotAllowedNow, NotFound for an order that is none of the actor's, Invalid for one named twice, Limit.
    """
    require(actor, Role.SALES)
    assert actor.party_id is not None
    lines = _check(work, actor, answers)
    batch = work.add(
        AnswerBatch(
            seller_id=actor.party_id, by_user=actor.user_id, orders=len(answers), lines=lines, opened_at=work.now
        )
    )
    assert batch.id is not None
    rows = [
        BatchedAnswer(batch_id=batch.id, order_id=one.order_id, expected_version=one.expected_version, given=kept(one))
        for one in answers
    ]
    work.session.add_all(rows)
    work.session.flush()
    deferred = lines > AT_ONCE_LINES
    work.record(OrdersAnswered(batch_id=batch.id, orders=len(answers), lines=lines, deferred=deferred))
    if deferred:
        job = queue_job(work, party_id=actor.party_id, kind="answer_orders", subject=("AnswerBatch", batch.id))
        batch.job_id = job.id
        return batch
    for row in rows:
        _answer(work, actor, row)
    finish_batch(work, batch_id=batch.id)
    return batch


def _check(work: UnitOfWork, actor: Actor, answers: Sequence[OrderAnswer]) -> int:
    """How many lines wait for an answer in these orders. Raises Invalid, NotFound, Limit."""
    if not answers:
        raise Invalid("orders", "name at least one order", "请至少选择一张订单")
    seen: set[int] = set()
    for position, one in enumerate(answers):
        if one.order_id in seen:
            raise Invalid(f"orders.{position}.orderId", "this order is named twice", "同一订单重复提交")
        seen.add(one.order_id)
    sold = orders_visible_to(actor).where(col(Order.seller_id) == actor.party_id)
    known = {row.id for part in portions(seen) for row in work.rows(sold.where(col(Order.id).in_(part)))}
    for position, one in enumerate(answers):
        if one.order_id not in known:
            raise NotFound(f"orders.{position}.orderId")
    waiting = lines_visible_to(actor).where(col(OrderLine.state).in_(ANSWERABLE))
    lines = sum(work.count(waiting.where(col(OrderLine.order_id).in_(part))) for part in portions(seen))
    if len(answers) > MOST_ORDERS or lines > MOST_LINES:
        raise Limit(
            f"one act answers at most {MOST_ORDERS} orders and {MOST_LINES} lines, these are {len(answers)} and {lines}",
            f"一次最多答复 {MOST_ORDERS} 张订单、{MOST_LINES} 行，本次为 {len(answers)} 张、{lines} 行",
            fields=("orders",), rule=TOO_MANY,
        )  # fmt: skip
    return lines


def settle_answer(work: UnitOfWork, actor: Actor, *, answer_id: int) -> None:
    """Give one of the answers; nothing where it was given, or refused, before."""
    row = work.one(batched_answers_visible_to(SYSTEM).where(col(BatchedAnswer.id) == answer_id), lock=True)
    if row.outcome is BatchOutcome.WAITING:
        _answer(work, actor, row)


def refuse_answer(work: UnitOfWork, *, answer_id: int, refused: DomainError) -> None:
    """Nobody is left to give it: say why."""
    row = work.one(batched_answers_visible_to(SYSTEM).where(col(BatchedAnswer.id) == answer_id), lock=True)
    if row.outcome is BatchOutcome.WAITING:
        _refuse(work, row, refused)


def _answer(work: UnitOfWork, actor: Actor, row: BatchedAnswer) -> None:
    try:
        with work.savepoint():
            respond_to_order(
                work, actor, order_id=row.order_id, expected_version=row.expected_version, **given(row.given)
            )
    except DomainError as refused:
        _refuse(work, row, refused)
    else:
        row.outcome, row.settled_at = BatchOutcome.ANSWERED, work.now


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
