"""Cause records of late or short deliveries, and what each firm stated."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.causes.lifecycle import CauseState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, maybe_word, ref, word


class MissCause(StrEnum):
    """Why a delivery was late or short; the first six as a line is changed or rejected for (orders' Reason)."""

    CAPACITY = "capacity"
    MATERIAL = "material"
    SPECIFICATION = "specification"
    CALENDAR = "calendar"
    TRANSPORT = "transport"
    CREDIT = "credit"
    QUALITY = "quality"
    BUYER_CHANGE = "buyer_change"
    BUYER_RECEIPT = "buyer_receipt"
    FORCE_MAJEURE = "force_majeure"
    OTHER = "other"


class MissParty(StrEnum):
    """Who answers for it."""

    SELLER = "seller"
    BUYER = "buyer"
    NEITHER = "neither"
    SHARED = "shared"


class CauseRecord(SQLModel, table=True):
    """One for each day of an order line that was missed. ``cause`` and ``party``: once agreed, of ``stated_id``.

    ``due_on``: the day it was missed by. ``reopening_by``: the firm that asks to open it again; the other has to agree.
    """

    __tablename__ = "cause_record"
    __table_args__ = (
        UniqueConstraint("schedule_id"),
        Index("cause_record_buyer", "buyer_id", "state"),
        Index("cause_record_seller", "seller_id", "state"),
    )
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    seller_id: int = ref("firm", index=False)
    order_id: int = ref("purchase_order")
    order_line_id: int = ref("order_line", index=False)
    schedule_id: int = ref("schedule", index=False)
    due_on: date
    state: CauseState = word(CauseState, CauseState.OPEN)
    version: int = 1
    cause: MissCause | None = maybe_word(MissCause)
    party: MissParty | None = maybe_word(MissParty)
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reopening_by: int | None = ref("firm", nullable=True, index=False)
    opened_at: datetime = Field(sa_type=UtcDateTime)


class StatedCause(SQLModel, table=True):
    """What one firm says was the cause. Its newest stands; earlier ones stay to be read. ``agrees``: to the other's."""

    __tablename__ = "stated_cause"
    id: int | None = key()
    record_id: int = ref("cause_record")
    by_party: int = ref("firm", index=False)
    by_user: int = Field(sa_type=RowNumber)
    cause: MissCause = word(MissCause)
    party: MissParty = word(MissParty)
    note: str = Field(max_length=400)
    agrees: bool = False
    stated_at: datetime = Field(sa_type=UtcDateTime)


scope("cause_record", "stated_cause", because="why a delivery between two firms failed is known to the two")
