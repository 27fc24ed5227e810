"""Scorecards count what happened: answers, promises and receipts as they come, deliveries and documents once their day has passed."""

from datetime import timedelta

from collaboration.causes.verbs import open_cause_records
from collaboration.scorecards.decisions import PERIOD_DAYS
from collaboration.scorecards.verbs import (
    count_answer,
    count_deliveries,
    count_document,
    count_promises,
    count_receipt,
)
from delivery.documents.reads import first_released
from delivery.requirements.reads import due_between
from kernel.access import SYSTEM
from kernel.clock import today_of
from kernel.work import unit_of_work

AT_ONCE = 500


def score_answer(event_id: int) -> None:
    """The seller answered an order. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="score_answer")
        if event:
            count_answer(work, order_id=event.facts["order_id"])


def score_promises(event_id: int) -> None:
    """Lines were agreed. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="score_promises")
        if event:
            count_promises(work, order_id=event.facts["order_id"], line_ids=event.facts["line_ids"])


def score_receipt(event_id: int) -> None:
    """Goods were counted. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="score_receipt")
        if event:
            count_receipt(work, receipt_id=event.facts["receipt_id"])


def score_what_was_due() -> None:
    """Every night: deliveries and documents whose day has passed, each once. Safe to run twice, and to be missed for days."""
    counted = 1
    while counted:
        with unit_of_work() as work:
            counted = count_deliveries(work)
    opened = 1
    while opened:
        with unit_of_work() as work:
            opened = open_cause_records(work)
    after = 0
    while True:
        with unit_of_work() as work:
            today = today_of(work.now)
            found = due_between(
                work, SYSTEM, since=today - timedelta(days=PERIOD_DAYS), before=today, after_id=after, most=AT_ONCE
            )
            released = first_released(work, SYSTEM, [r.id for r in found])
            for row in found:
                handed_in = released.get(row.id)
                count_document(
                    work, order_id=row.order_id, requirement_id=row.id, due_on=row.due_on,
                    handed_in_on=today_of(handed_in) if handed_in else None,
                )  # fmt: skip
        if not found:
            return
        after = found[-1].id
