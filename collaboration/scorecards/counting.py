"""From what happened to what counts: each order, answer, receipt and document once for each metric."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col

from collaboration.answer_clocks.reads import clocks_of_orders
from collaboration.answer_clocks.tables import AnsweredKind, ClockEnd
from collaboration.holds.reads import PutOff
from collaboration.logistics.reads import (
    despatch_lines_by_id,
    despatch_lines_of_schedules,
    receipt_lines_of,
    receipts_by_id,
    receipts_of_lines,
)
from collaboration.orders.reads import (
    lines_answered,
    lines_by_id,
    orders_by_id,
    response_lines_of,
    response_schedules_of,
    responses_of_orders,
    schedules_of_lines,
)
from collaboration.orders.tables import Answer, LineAnswer, Schedule, Verdict
from collaboration.scorecards.decisions import Came, whole_on
from collaboration.scorecards.tables import Metric, ScorecardObservation
from collaboration.scorecards.visibility import uncounted_schedules
from kernel import db
from kernel.access import SYSTEM
from kernel.clock import today_of
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

AT_ONCE = 500
ONE = Decimal(1)


def _count(
    work: UnitOfWork, order: Any, metric: Metric, *, subject: tuple[str, int], source: tuple[str, int], on: date,
    value: Decimal, of: Decimal = ONE, due_on: date | None = None, done_on: date | None = None,
) -> bool:  # fmt: skip
    """One event, once for each metric and subject; whether it was new."""
    seen = {
        "buyer_id": order.buyer_id, "supplier_id": order.seller_id, "order_id": order.id, "metric": metric,
        "subject_kind": subject[0], "subject_id": subject[1], "source_kind": source[0], "source_id": source[1],
        "occurred_on": on, "due_on": due_on, "done_on": done_on, "value": value, "of": of, "excluded": False,
        "counted_at": work.now,
    }  # fmt: skip
    return db.insert_new(work.session, ScorecardObservation.__table__, seen)  # type: ignore[attr-defined]


def count_answer(work: UnitOfWork, *, order_id: int) -> bool:
    """Hours from an order, as it was last asked, to its first answer; an acknowledgement is none."""
    (order,) = orders_by_id(work, SYSTEM, [order_id])
    answers = [r for r in responses_of_orders(work, SYSTEM, [order_id]) if r.answer is not Answer.ACKNOWLEDGED]
    if not answers:
        return False
    first = min(answers, key=lambda r: r.number)
    asked_at = max([order.placed_at, *(at for at in _asked_anew(work, order_id) if at <= first.answered_at)])
    hours = Decimal(int((first.answered_at - asked_at).total_seconds())) / 3600
    return _count(
        work, order, Metric.ANSWER_HOURS, subject=("Order", order_id), source=("OrderResponse", first.id),
        on=today_of(first.answered_at), value=round(max(hours, ZERO), 2), due_on=today_of(asked_at),
        done_on=today_of(first.answered_at),
    )  # fmt: skip


def _asked_anew(work: UnitOfWork, order_id: int) -> list[datetime]:
    """When the buyer changed what it asks while the seller owed an answer: what was said before answered something else."""
    clocks = clocks_of_orders(work, SYSTEM, [order_id])
    return [c.ended_at for c in clocks if c.kind is AnsweredKind.ORDER and c.ended is ClockEnd.REPLACED]


def count_promises(work: UnitOfWork, *, order_id: int, line_ids: Sequence[int]) -> None:
    """Days the agreed day of a line is after the first the seller promised for it, since it was last asked otherwise."""
    (order,) = orders_by_id(work, SYSTEM, [order_id])
    since = max(_asked_anew(work, order_id), default=order.placed_at)
    answers = sorted(responses_of_orders(work, SYSTEM, [order_id]), key=lambda r: r.number)
    answers = [answer for answer in answers if answer.answered_at >= since]
    said = [x for x in response_lines_of(work, SYSTEM, [r.id for r in answers]) if x.line_id in set(line_ids)]
    days: dict[int, list[date]] = {}
    for day in response_schedules_of(work, SYSTEM, [x.id for x in said]):
        days.setdefault(day.response_line_id, []).append(day.promised_on)
    first: dict[int, tuple[int, date]] = {}
    for answered in sorted(said, key=lambda x: x.id):
        if answered.id in days:
            first.setdefault(answered.line_id, (answered.response_id, max(days[answered.id])))
    agreed: dict[int, date] = {}
    for schedule in schedules_of_lines(work, SYSTEM, line_ids):
        if schedule.promised_on:
            agreed[schedule.line_id] = max(schedule.promised_on, agreed.get(schedule.line_id, date.min))
    for line_id, last in agreed.items():
        response, promised = first.get(line_id, (answers[-1].id if answers else 0, last))
        _count(
            work, order, Metric.PROMISE_DRIFT, subject=("OrderLine", line_id), source=("OrderResponse", response),
            on=today_of(work.now), value=Decimal(max(0, (last - promised).days)), due_on=promised, done_on=last,
        )  # fmt: skip


def count_receipt(work: UnitOfWork, *, receipt_id: int) -> None:
    """Of every received line what was rejected: parts per million over all of them."""
    (receipt,) = receipts_by_id(work, SYSTEM, [receipt_id])
    counted = receipt_lines_of(work, SYSTEM, [receipt_id])
    sent = {x.id: x for x in despatch_lines_by_id(work, SYSTEM, {r.despatch_line_id for r in counted})}
    orders = {o.id: o for o in orders_by_id(work, SYSTEM, {x.order_id for x in sent.values()})}
    for row in counted:
        if row.received:
            _count(
                work, orders[sent[row.despatch_line_id].order_id], Metric.PPM,
                subject=("DespatchLine", row.despatch_line_id), source=("ReceiptAdvice", receipt_id),
                on=today_of(receipt.posted_at), value=row.rejected, of=row.received,
            )  # fmt: skip


def count_document(
    work: UnitOfWork, *, order_id: int, requirement_id: int, due_on: date, handed_in_on: date | None
) -> bool:
    """A required document whose day has passed: handed in by it, in the revision that was released, or not."""
    (order,) = orders_by_id(work, SYSTEM, [order_id])
    kept = handed_in_on is not None and handed_in_on <= due_on
    subject = ("DocumentRequirement", requirement_id)
    return _count(
        work, order, Metric.DOCUMENTS, subject=subject, source=subject, on=due_on, value=ONE if kept else ZERO,
        due_on=due_on, done_on=handed_in_on,
    )  # fmt: skip


def count_deliveries(work: UnitOfWork) -> int:
    """Every schedule whose agreed day has passed: wholly accepted by that day, and by the day first asked; how many.

    Days on which the buyer held the order put both off; while it holds it nothing of it is counted. At most 500 at once;
    call again while any were counted.
    """
    today = today_of(work.now)
    past = func.coalesce(col(Schedule.promised_on), col(Schedule.wanted_on)) < today
    binding = uncounted_schedules().where(past, col(Schedule.promised_on).is_not(None), col(Schedule.wanted_on) < today)
    last = 0
    while schedules := work.rows(binding.where(col(Schedule.id) > last).order_by(col(Schedule.id)).limit(AT_ONCE)):
        last = schedules[-1].id
        if counted := _count_schedules(work, schedules, today):
            return counted
    return 0


def _count_schedules(work: UnitOfWork, schedules: Sequence[Any], today: date) -> int:
    lines = {line.id: line for line in lines_by_id(work, SYSTEM, {s.line_id for s in schedules})}
    orders = {o.id: o for o in orders_by_id(work, SYSTEM, {line.order_id for line in lines.values()})}
    came = _came(work, [s.id for s in schedules])
    delivered = _agreed_delivered(work, lines)
    put_off, counted = PutOff(work, orders), 0
    for schedule in schedules:
        line = lines[schedule.line_id]
        days = put_off.wanted_day(line, schedule.wanted_on), put_off.agreed_day(line, schedule.promised_on)
        if max(days) >= today:
            continue
        receipts, parts = came.get(schedule.id, (0, []))
        source = ("ReceiptAdvice", receipts) if receipts else ("Order", line.order_id)
        done_on = whole_on(parts, schedule.quantity)
        if not receipts and line.id in delivered and schedule.accepted >= schedule.quantity:
            source, done_on = ("OrderResponse", delivered[line.id]), schedule.promised_on
        for metric, due_on in zip((Metric.OTIF_ORIGINAL, Metric.OTIF_AGREED), days, strict=True):
            hit = done_on is not None and done_on <= due_on
            counted += _count(
                work, orders[line.order_id], metric, subject=("Schedule", schedule.id), source=source, on=due_on,
                value=ONE if hit else ZERO, due_on=due_on, done_on=done_on,
                of=ONE if schedule.quantity else ZERO,  # a day both dropped is neither kept nor missed
            )  # fmt: skip
    return counted


def _agreed_delivered(work: UnitOfWork, line_ids: Iterable[int]) -> dict[int, int]:
    """Line -> the answer by which both agree that its goods had come already (42): no receipt tells of them."""
    answered = lines_answered(work, SYSTEM, list(line_ids), answer=LineAnswer.ALREADY_DELIVERED)
    return {row.line_id: row.response_id for row in answered if row.verdict is Verdict.ACCEPTED}


def _came(work: UnitOfWork, schedule_ids: Iterable[int]) -> dict[int, tuple[int, list[Came]]]:
    """schedule -> (last receipt, what was accepted on which day)."""
    sent = {x.id: x for x in despatch_lines_of_schedules(work, SYSTEM, list(schedule_ids))}
    counted = receipts_of_lines(work, SYSTEM, list(sent))
    posted = {r.id: r for r in receipts_by_id(work, SYSTEM, {c.receipt_id for c in counted})}
    found: dict[int, tuple[int, list[Came]]] = {}
    for row in sorted(counted, key=lambda c: c.receipt_id):
        schedule_id = sent[row.despatch_line_id].schedule_id
        earlier = found.get(schedule_id, (0, []))[1]
        found[schedule_id] = (
            row.receipt_id,
            [*earlier, Came(today_of(posted[row.receipt_id].posted_at), row.accepted)],
        )
    return found
