"""What the limits of a link come down to, and which steps a running clock takes when. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from collaboration.answer_clocks.tables import AnswerClock, AnsweredKind, AnswerLimits
from kernel.errors import Invalid

MOST_HOURS = 720
"""Ninety working days of eight hours."""


@dataclass(frozen=True)
class Hours:
    """Working hours of whoever owes an answer; named as the columns of AnswerLimits."""

    seen_within_hours: int | None
    answer_within_hours: int
    remind_before_hours: int
    escalate_after_hours: int


USUAL_HOURS: Mapping[AnsweredKind, Hours] = {
    AnsweredKind.ORDER: Hours(8, 16, 4, 8), AnsweredKind.ORDER_CHANGE: Hours(8, 16, 4, 8),
    AnsweredKind.ORDER_CANCELLATION: Hours(4, 8, 2, 4), AnsweredKind.REPROMISE: Hours(None, 16, 4, 8),
}  # fmt: skip
"""Where a buyer has said nothing: an order is seen within a working day and answered within two."""


class Step(StrEnum):
    """What happens while an answer does not come. Each once."""

    UNSEEN = "unseen"  # whoever owes it is reminded that it has not even acknowledged
    REMIND = "remind"  # reminded before the limit
    LEAD = "lead"  # the limit has passed: its lead is told too
    PARTNER = "partner"  # whoever asked is told


AT = {Step.UNSEEN: "see_by", Step.REMIND: "remind_at", Step.LEAD: "answer_by", Step.PARTNER: "escalate_at"}


def hours_of(rows: Sequence[AnswerLimits], seller_id: int | None, kind: AnsweredKind) -> Hours:
    """The limits of a link: said for that seller, else the buyer's usual ones, else everybody's."""
    for wanted in (seller_id, None):
        for row in rows:
            if row.seller_id == wanted and row.kind is kind:
                return Hours(
                    row.seen_within_hours, row.answer_within_hours, row.remind_before_hours, row.escalate_after_hours
                )
    return USUAL_HOURS[kind]


def check_hours(hours: Hours) -> None:
    """Raises Invalid naming the field."""
    if hours.seen_within_hours is not None and not 1 <= hours.seen_within_hours <= MOST_HOURS:
        raise _not_hours("seenWithinHours", 1)
    if not 1 <= hours.answer_within_hours <= MOST_HOURS:
        raise _not_hours("answerWithinHours", 1)
    if (hours.seen_within_hours or 0) > hours.answer_within_hours:
        raise Invalid(
            "seenWithinHours",
            "what is answered was seen before: not later than the answer",
            "“已收到”的时限不得晚于答复时限",
        )
    if not 0 <= hours.remind_before_hours < hours.answer_within_hours:
        raise Invalid(
            "remindBeforeHours", "the reminder comes before the limit and after the beginning: 0 hours to less than the limit",
            "提醒须在时限之前：0 小时至小于答复时限",
        )  # fmt: skip
    if not 0 <= hours.escalate_after_hours <= MOST_HOURS:
        raise _not_hours("escalateAfterHours", 0)


def _not_hours(field: str, least: int) -> Invalid:
    return Invalid(
        field, f"working hours are {least} to {MOST_HOURS}, whole ones", f"工作小时数为 {least} 至 {MOST_HOURS} 的整数"
    )


@dataclass(frozen=True)
class Instants:
    """Named as the columns of AnswerClock."""

    see_by: datetime | None
    remind_at: datetime
    answer_by: datetime
    escalate_at: datetime


def instants_of(started: datetime, hours: Hours, after: Callable[[datetime, int], datetime]) -> Instants:
    """after: (instant, working hours) -> the first instant by which so many have passed."""
    seen = hours.seen_within_hours
    return Instants(
        see_by=None if seen is None else after(started, seen),
        remind_at=after(started, hours.answer_within_hours - hours.remind_before_hours),
        answer_by=after(started, hours.answer_within_hours),
        escalate_at=after(started, hours.answer_within_hours + hours.escalate_after_hours),
    )


def run_on(
    clock: AnswerClock, held_at: datetime, lifted_at: datetime, left: Callable[[datetime, datetime], timedelta],
    after: Callable[[datetime, timedelta], datetime],
) -> None:  # fmt: skip
    """What was left of a clock when it was held is left of it now; what had passed by then stays.

    left: working time between two instants; after: (instant, working time) -> the first instant by which so much has passed.
    """
    for name in AT.values():
        at = getattr(clock, name)
        if at is not None and at > held_at:
            setattr(clock, name, max(at, after(lifted_at, left(held_at, at))))  # who never opens is not late for it


def is_overdue(clock: AnswerClock, now: datetime) -> bool:
    """Its limit passed while it ran and no answer came."""
    return clock.ended_at is None and clock.answer_by <= (clock.held_at or now)


def steps_of(clock: AnswerClock) -> list[tuple[datetime, Step]]:
    """The steps of a clock, by their instants: whatever was said since, these stay as they were reckoned."""
    found = [(getattr(clock, name), step) for step, name in AT.items()]
    order = list(Step)
    return sorted(((at, step) for at, step in found if at is not None), key=lambda one: (one[0], order.index(one[1])))


def due_steps(clock: AnswerClock, now: datetime) -> list[Step]:
    """Steps that are due and not taken, in their order; several after a standstill."""
    return [step for at, step in steps_of(clock)[clock.steps_taken :] if at <= now]


def next_at(clock: AnswerClock) -> datetime | None:
    return next((at for at, _ in steps_of(clock)[clock.steps_taken :]), None)


def told_steps(clock: AnswerClock, due: Sequence[Step]) -> list[Step]:
    """Of the due steps those that still say something: no reminder of a limit that has passed, nor of an order unseen that was seen."""
    late = Step.LEAD in due
    return [
        step for step in due
        if not (step is Step.UNSEEN and (clock.seen_at is not None or late)) and not (step is Step.REMIND and late)
    ]  # fmt: skip
