"""Clocks begin and end with the acts that ask for an answer and give it, in their transaction; a job takes their steps."""

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Select
from sqlmodel import col

from chain.working_hours.decisions import due_after, due_at, worked_between
from chain.working_hours.reads import calendars
from collaboration.answer_clocks.decisions import Step, due_steps, hours_of, instants_of, next_at, run_on, told_steps
from collaboration.answer_clocks.events import AnswerOverdue
from collaboration.answer_clocks.lifecycle import SilenceState
from collaboration.answer_clocks.tables import (
    AnswerClock,
    AnsweredKind,
    AnswerLimits,
    ClockEnd,
    SilenceMeaning,
    SilenceTerms,
)
from collaboration.answer_clocks.visibility import (
    answer_clocks_visible_to,
    answer_limits_visible_to,
    silence_terms_visible_to,
)
from kernel.access import SYSTEM, Role, Side
from kernel.clock import today_of
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork

AT_ONCE = 500


class Ordered(Protocol):
    """The order an answer is owed on."""

    id: int | None
    buyer_id: int
    seller_id: int
    held_at: datetime | None


def start_clock(
    work: UnitOfWork, order: Ordered, kind: AnsweredKind, subject_id: int, *, owed_by: Side,
    heeds_silence: bool = False,
) -> AnswerClock:  # fmt: skip
    """From now on this side owes an answer; its limits are reckoned by the hours it keeps today.

    heeds_silence: what both ends agreed silence means holds for it, if they have agreed anything by now.
    """
    assert order.id is not None
    said = answer_limits_visible_to(SYSTEM).where(
        col(AnswerLimits.buyer_id) == order.buyer_id, col(AnswerLimits.kind) == kind
    )
    hours = hours_of(work.all(said), order.seller_id, kind)
    owes = order.seller_id if owed_by is Side.SELLER else order.buyer_id
    calendar, known = calendars(work, [owes])[owes], []

    def after(start, wanted):  # type: ignore[no-untyped-def]
        found = due_at(start, wanted, calendar)
        known.append(found.is_known)
        return found.at

    at = instants_of(work.now, hours, after)
    clock = AnswerClock(
        order_id=order.id, kind=kind, subject_id=subject_id, buyer_id=order.buyer_id, seller_id=order.seller_id,
        owed_by=owed_by, started_at=work.now, is_calendar_known=all(known),
        silence_id=_silence(work, order) if heeds_silence else None, **vars(at),
    )  # fmt: skip
    clock.next_at = next_at(clock)
    if order.held_at is not None and owed_by is Side.SELLER:
        clock.held_at, clock.next_at = work.now, None
    return work.add(clock)


def hold_clocks(work: UnitOfWork, order_id: int) -> None:
    """The buyer holds the order: what its seller owes stands still. What the buyer owes runs on: who holds gains no time by it."""
    for clock in work.all(_running_of(order_id), lock=True):
        clock.held_at, clock.next_at = work.now, None


def release_clocks(work: UnitOfWork, order_id: int) -> None:
    """The hold is lifted: they run on with the working time that was left of them."""
    for clock in work.all(_running_of(order_id).where(col(AnswerClock.held_at).is_not(None)), lock=True):
        _run_on(work, clock)


def _run_on(work: UnitOfWork, clock: AnswerClock) -> None:
    assert clock.held_at is not None
    calendar = calendars(work, [clock.seller_id])[clock.seller_id]
    known = [clock.is_calendar_known]

    def left(begin: datetime, end: datetime) -> timedelta:
        return worked_between(begin, end, calendar)

    def after(start: datetime, wanted: timedelta) -> datetime:
        found = due_after(start, wanted, calendar)
        known.append(found.is_known)
        return found.at

    run_on(clock, clock.held_at, work.now, left, after)
    clock.held_at, clock.is_calendar_known, clock.next_at = None, all(known), next_at(clock)


def _running_of(order_id: int) -> Select[AnswerClock]:
    return answer_clocks_visible_to(SYSTEM).where(
        col(AnswerClock.order_id) == order_id, col(AnswerClock.ended_at).is_(None),
        col(AnswerClock.owed_by) == Side.SELLER,
    )  # fmt: skip


def _silence(work: UnitOfWork, order: Ordered) -> int | None:
    terms = silence_in_force(work, buyer_id=order.buyer_id, seller_id=order.seller_id)
    return None if terms is None or terms.meaning is SilenceMeaning.NOTHING else terms.id


def silence_in_force(work: UnitOfWork, *, buyer_id: int, seller_id: int) -> SilenceTerms | None:
    """What both ends agree silence means today; None where they agreed nothing, and then it means nothing."""
    pair = silence_terms_visible_to(SYSTEM).where(
        col(SilenceTerms.buyer_id) == buyer_id, col(SilenceTerms.seller_id) == seller_id,
        col(SilenceTerms.state) == SilenceState.IN_FORCE,
    )  # fmt: skip
    return work.maybe(pair)


def running(work: UnitOfWork, kind: AnsweredKind, subject_id: int) -> AnswerClock | None:
    own = answer_clocks_visible_to(SYSTEM).where(
        col(AnswerClock.kind) == kind, col(AnswerClock.subject_id) == subject_id, col(AnswerClock.ended_at).is_(None)
    )
    return work.maybe(own, lock=True)


def mark_seen(work: UnitOfWork, kind: AnsweredKind, subject_id: int) -> None:
    """Whoever owes the answer has told that it has seen what it is about."""
    clock = running(work, kind, subject_id)
    if clock is not None and clock.seen_at is None:
        clock.seen_at = work.now


def stop_clock(work: UnitOfWork, kind: AnsweredKind, subject_id: int, ended: ClockEnd) -> None:
    """No answer is owed any more; nothing where none was. An answer also tells that it was seen."""
    clock = running(work, kind, subject_id)
    if clock is None:
        return
    clock.ended_at, clock.ended, clock.next_at = work.now, ended, None
    if ended is ClockEnd.ANSWERED:
        clock.seen_at = clock.seen_at or work.now
    if clock.steps_taken:
        settle_told(work, subject=("Order", clock.order_id), whats=[_what(clock, step) for step in Step])


def advance_clock(work: UnitOfWork, *, clock_id: int) -> list[Step]:
    """Take the steps that are due, each once; those that were told. Nothing where the answer has come."""
    clock = work.one(answer_clocks_visible_to(SYSTEM).where(col(AnswerClock.id) == clock_id), lock=True)
    if clock.ended_at is not None or clock.held_at is not None:
        return []
    due = due_steps(clock, work.now)
    told = told_steps(clock, due)
    for step in told:
        _tell(work, clock, step)
    clock.steps_taken += len(due)
    clock.next_at = next_at(clock)
    if Step.LEAD in due:
        work.record(
            AnswerOverdue(
                order_id=clock.order_id, kind=clock.kind, owed_by=clock.owed_by, answer_by=clock.answer_by
            )
        )  # fmt: skip
    return told


CLERKS = {Side.BUYER: Role.BUYER, Side.SELLER: Role.SALES}


def _tell(work: UnitOfWork, clock: AnswerClock, step: Step) -> None:
    owes = clock.owed_by
    side = owes if step is not Step.PARTNER else (Side.BUYER if owes is Side.SELLER else Side.SELLER)
    roles = {CLERKS[side], Role.LEAD} if step is Step.LEAD else {CLERKS[side]}
    tell(
        work, party_id=clock.buyer_id if side is Side.BUYER else clock.seller_id, roles=frozenset(roles),
        reason=InboxReason.REMINDER, subject=("Order", clock.order_id), what=_what(clock, step),
        due_on=today_of(clock.answer_by), once=f"answer_clock:{clock.id}:{step}",
    )  # fmt: skip


def _what(clock: AnswerClock, step: Step) -> str:
    return f"answer_{step}_{clock.kind}"


def due_clocks(work: UnitOfWork) -> list[int]:
    """Running clocks with a step that is due, the longest due first; at most 500."""
    due = answer_clocks_visible_to(SYSTEM).where(col(AnswerClock.next_at) <= work.now)
    return [row.id for row in work.rows(due.order_by(col(AnswerClock.next_at)).limit(AT_ONCE))]


def silent_clocks(work: UnitOfWork) -> list[int]:
    """Running clocks of which the limit has passed, and silence is to mean something; at most 500."""
    silent = answer_clocks_visible_to(SYSTEM).where(
        col(AnswerClock.ended_at).is_(None), col(AnswerClock.silence_id).is_not(None), col(AnswerClock.held_at).is_(None),
        col(AnswerClock.answer_by) <= work.now,
    )  # fmt: skip
    return [row.id for row in work.rows(silent.order_by(col(AnswerClock.answer_by)).limit(AT_ONCE))]
