"""Limits of a buyer's links, the clocks that run by them, and what both ends agreed silence means."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.answer_clocks.lifecycle import SilenceState
from kernel.access import Side, scope
from kernel.db import RowNumber, UtcDateTime, key, maybe_word, ref, word


class AnsweredKind(StrEnum):
    """The kinds of documents that ask for an answer."""

    ORDER = "order"
    ORDER_CHANGE = "order_change"
    ORDER_CANCELLATION = "order_cancellation"
    REPROMISE = "repromise"


class ClockEnd(StrEnum):
    """How a clock came to its end."""

    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"  # whoever asked no longer does
    REPLACED = "replaced"  # it is asked otherwise now, and a new clock runs
    ASSUMED_AGREED = "assumed_agreed"
    LAPSED = "lapsed"


class SilenceMeaning(StrEnum):
    """What both ends agreed it means that an order is not answered in time."""

    NOTHING = "nothing"
    LAPSES = "lapses"  # nobody is bound by it any more
    ASSUMED_AGREED = "assumed_agreed"  # both are bound by it as it was asked


class AnswerLimits(SQLModel, table=True):
    """Working hours of whoever owes the answer. ``seller_id`` is empty in a buyer's usual limits.

    ``remind_before_hours``: before the limit; ``escalate_after_hours``: after it, whoever asked is told.
    """

    __tablename__ = "answer_limits"
    __table_args__ = (UniqueConstraint("buyer_id", "seller_id", "kind"),)
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    seller_id: int | None = ref("firm", nullable=True)
    kind: AnsweredKind = word(AnsweredKind)
    seen_within_hours: int | None = None
    answer_within_hours: int
    remind_before_hours: int
    escalate_after_hours: int
    set_at: datetime = Field(sa_type=UtcDateTime)


class AnswerClock(SQLModel, table=True):
    """One answer that is, or was, owed. Its instants are reckoned once, when it starts, and anew after a hold.

    ``subject_id``: the document asked about, of ``kind``; ``owed_by``: the side that owes. ``steps_taken``: of
    decisions.steps_of; ``next_at``: when the next is due. ``is_calendar_known``: see working_hours.Due.
    ``held_at``: since when it stands still, for the buyer holds the order; while so, no step is due.
    ``silence_id``: the terms under which silence is to mean something, while nothing came of it.
    """

    __tablename__ = "answer_clock"
    __table_args__ = (
        Index("answer_clock_subject", "kind", "subject_id"),
        Index("answer_clock_next", "next_at"),
        Index("answer_clock_buyer", "buyer_id", "ended_at"),
        Index("answer_clock_seller", "seller_id", "ended_at"),
    )
    id: int | None = key()
    order_id: int = ref("purchase_order")
    kind: AnsweredKind = word(AnsweredKind)
    subject_id: int = Field(sa_type=RowNumber)
    buyer_id: int = ref("firm", index=False)
    seller_id: int = ref("firm", index=False)
    owed_by: Side = word(Side)
    started_at: datetime = Field(sa_type=UtcDateTime)
    see_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remind_at: datetime = Field(sa_type=UtcDateTime)
    answer_by: datetime = Field(sa_type=UtcDateTime)
    escalate_at: datetime = Field(sa_type=UtcDateTime)
    is_calendar_known: bool
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended: ClockEnd | None = maybe_word(ClockEnd)
    steps_taken: int = 0
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    silence_id: int | None = ref("silence_terms", nullable=True)
    held_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SilenceTerms(SQLModel, table=True):
    """What silence on an order means between two firms, once both agreed."""

    __tablename__ = "silence_terms"
    id: int | None = key()
    buyer_id: int = ref("firm")
    seller_id: int = ref("firm")
    meaning: SilenceMeaning = word(SilenceMeaning)
    state: SilenceState = word(SilenceState, SilenceState.PROPOSED)
    proposed_by: Side = word(Side)
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


scope(
    "answer_limits", "answer_clock", "silence_terms",
    because="until when a pair owes each other answers, and what they agreed, is known to the two only",
)  # fmt: skip
