"""Scheduling agreements, their releases, and the buckets a release is made of. Nothing published is ever edited."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.orders.tables import Reason
from collaboration.scheduling_agreements.lifecycle import ReleaseState, SchedulingAgreementState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, maybe_word, ref, word
from kernel.quantities import Exact


class Period(StrEnum):
    """How long a bucket is."""

    DAY = "day"
    WEEK = "week"  # Monday to Sunday


class Zone(StrEnum):
    """How binding a bucket is (EDIFACT 4017: 1, 2, 3, 4)."""

    FIRM = "firm"  # to be delivered
    PRODUCTION = "production"  # the seller may make it, and buy for it
    MATERIAL = "material"  # the seller may buy for it
    FORECAST = "forecast"  # for planning


class SchedulingAgreement(SQLModel, table=True):
    """Releases for one line of a framework agreement, whose price and caps hold for it. ``number`` is the buyer's own.

    ``notice_days``: what is new in the firm zone is for so many days ahead at least. ``zero_on``: the day cumulative figures
    count from, the day both had agreed. ``reason``: why it was declined or ended.
    """

    __tablename__ = "scheduling_agreement"
    __table_args__ = (
        UniqueConstraint("buyer_id", "number"),
        Index("scheduling_agreement_of_seller", "seller_id", "state"),
    )
    id: int | None = key()
    number: str = Field(max_length=50)
    buyer_id: int = ref("firm", index=False)
    seller_id: int = ref("firm", index=False)
    framework_id: int = ref("framework")
    framework_line_id: int = ref("framework_line", index=False)
    item_id: int = ref("item", index=False)
    unit: str = Field(max_length=3)
    notice_days: int
    note: str = Field(default="", max_length=1000)
    state: SchedulingAgreementState = word(SchedulingAgreementState, SchedulingAgreementState.PROPOSED)
    version: int = 1
    zero_on: date | None = None
    reason: str = Field(default="", max_length=400)


class ScheduleRelease(SQLModel, table=True):
    """What the buyer wants when, as of its publication. ``order_id``: the call-off of what was new in the firm zone."""

    __tablename__ = "schedule_release"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)
    id: int | None = key()
    agreement_id: int = ref("scheduling_agreement", index=False)
    number: int
    state: ReleaseState = word(ReleaseState, ReleaseState.PUBLISHED)
    published_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)
    note: str = Field(default="", max_length=1000)
    order_id: int | None = ref("purchase_order", nullable=True)
    reason: Reason | None = maybe_word(Reason)
    answer_note: str = Field(default="", max_length=1000)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReleaseBucket(SQLModel, table=True):
    """So much is wanted in a day or a week, and how binding that is."""

    __tablename__ = "release_bucket"
    __table_args__ = (UniqueConstraint("release_id", "starts_on"),)
    id: int | None = key()
    release_id: int = ref("schedule_release", index=False)
    starts_on: date
    period: Period = word(Period)
    zone: Zone = word(Zone)
    quantity: Decimal = Field(sa_type=Exact)


scope(
    "scheduling_agreement", "schedule_release", "release_bucket",
    because="what one firm wants of another and when is known to these two only",
)  # fmt: skip
