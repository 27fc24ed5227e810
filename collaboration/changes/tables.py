"""Order changes with their lines and days as asked and as countered; cancellations; new promises. Nothing sent is ever edited."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.changes.lifecycle import CancellationState, OrderChangeState, RepromiseState
from collaboration.orders.tables import Reason
from kernel.access import Side, scope
from kernel.db import RowNumber, UtcDateTime, key, maybe_word, ref, word
from kernel.quantities import Exact


class LineAction(StrEnum):
    """What a change does to a line (UNCL 1229: 1, 2, 3, 4, 74)."""

    ADD = "add"
    DELETE = "delete"  # what was not shipped is not wanted any more
    CHANGE = "change"
    NONE = "none"  # in a counter-offer: this line stays as it was agreed
    REOPEN = "reopen"  # a cancelled, rejected or shortened line is wanted after all


class ChangeAnswer(StrEnum):
    """What the seller says to a change (UBL OrderResponseCode AP, RE, CA)."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CHANGED = "changed"


class ChangeDecision(StrEnum):
    """What one side makes of what the other asks or offers as a whole."""

    ACCEPT = "accept"
    REFUSE = "refuse"


class OrderChange(SQLModel, table=True):
    """One change of an order by its buyer; ``number`` counts them from 1 (UBL SequenceNumberID)."""

    __tablename__ = "order_change"
    __table_args__ = (UniqueConstraint("order_id", "number"),)
    id: int | None = key()
    order_id: int = ref("purchase_order", index=False)
    number: int
    state: OrderChangeState = word(OrderChangeState)
    note: str = Field(default="", max_length=4000)
    changed_version: int
    sent_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)
    reason: Reason | None = maybe_word(Reason)
    answer_note: str = Field(default="", max_length=4000)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OrderChangeLine(SQLModel, table=True):
    """What is to become of one line. ``offered_by``: asked by the buyer, or the seller's counter-offer to it.

    What is empty stays as it is. ``line_id`` is empty for an added line until both are bound by it.
    """

    __tablename__ = "order_change_line"
    __table_args__ = (UniqueConstraint("change_id", "offered_by", "number"),)
    id: int | None = key()
    change_id: int = ref("order_change", index=False)
    offered_by: Side = word(Side)
    action: LineAction = word(LineAction)
    number: int
    line_id: int | None = ref("order_line", nullable=True)
    item_id: int = ref("item", index=False)
    unit: str = Field(max_length=3)
    quantity: Decimal | None = Field(default=None, sa_type=Exact)
    unit_price: Decimal | None = Field(default=None, sa_type=Exact)


class OrderChangeSchedule(SQLModel, table=True):
    """A day and quantity of a changed line: of ``schedule_id``, or one more."""

    __tablename__ = "order_change_schedule"
    id: int | None = key()
    change_line_id: int = ref("order_change_line")
    schedule_id: int | None = ref("schedule", nullable=True, index=False)
    wanted_on: date
    quantity: Decimal = Field(sa_type=Exact)


class OrderCancellation(SQLModel, table=True):
    """One side asks that what was not shipped of an order be cancelled."""

    __tablename__ = "order_cancellation"
    __table_args__ = (UniqueConstraint("order_id", "number"),)
    id: int | None = key()
    order_id: int = ref("purchase_order", index=False)
    number: int
    state: CancellationState = word(CancellationState)
    requested_by: Side = word(Side)
    reason: Reason = word(Reason)
    note: str = Field(default="", max_length=4000)
    requested_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)
    answer_note: str = Field(default="", max_length=4000)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Repromise(SQLModel, table=True):
    """The seller promises other days than agreed, and says why."""

    __tablename__ = "repromise"
    __table_args__ = (UniqueConstraint("order_id", "number"),)
    id: int | None = key()
    order_id: int = ref("purchase_order", index=False)
    number: int
    state: RepromiseState = word(RepromiseState)
    reason: Reason = word(Reason)
    note: str = Field(default="", max_length=4000)
    promised_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RepromisedDay(SQLModel, table=True):
    """One schedule's new day: what was ``agreed_on`` when it was said, and what is ``promised_on`` instead."""

    __tablename__ = "repromised_day"
    __table_args__ = (UniqueConstraint("repromise_id", "schedule_id"),)
    id: int | None = key()
    repromise_id: int = ref("repromise", index=False)
    line_id: int = ref("order_line", index=False)
    schedule_id: int = ref("schedule")
    agreed_on: date | None = None
    promised_on: date
    rule: str | None = Field(default=None, max_length=80)


scope(
    "order_change", "order_change_line", "order_change_schedule", "order_cancellation", "repromise", "repromised_day",
    because="what is asked to change of an order is known to its two parties only",
)  # fmt: skip
