"""What a firm tells partners of a disruption, to whom; what each addressee makes of it; what was passed on, what was asked."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.notices.lifecycle import NoticeState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class Cause(StrEnum):
    """Why, in the words of CX-0146."""

    STRIKE = "strike"
    NATURAL_DISASTER = "natural_disaster"
    PRODUCTION_INCIDENT = "production_incident"
    PANDEMIC_OR_EPIDEMIC = "pandemic_or_epidemic"
    LOGISTICS_DISRUPTION = "logistics_disruption"
    WAR = "war"
    OTHER = "other"


class Effect(StrEnum):
    """What it does to the sender's demand or capacity, in the words of CX-0146."""

    DEMAND_REDUCED = "demand_reduced"
    DEMAND_INCREASED = "demand_increased"
    CAPACITY_REDUCED = "capacity_reduced"
    CAPACITY_INCREASED = "capacity_increased"


class Impact(StrEnum):
    """What an addressee makes of a notice."""

    NONE = "none"
    WATCH = "watch"
    ACT = "act"


class DisruptionNotice(SQLModel, table=True):
    """One telling, by one firm. ``source``: random, the same on every notice of one disruption, whoever sends it.

    ``left_percent``: how much capacity is left. ``content_at``: when what it says was last said; ``resolution``: how it
    ended. ``started_at`` is the draft's own time, told to nobody.
    """

    __tablename__ = "disruption_notice"
    __table_args__ = (
        Index("disruption_notice_sender", "sender_id", "source"),
        Index("disruption_notice_source", "source"),
    )
    id: int | None = key()
    sender_id: int = ref("firm", index=False)
    source: str = Field(max_length=32)
    cause: Cause = word(Cause)
    effect: Effect = word(Effect)
    left_percent: int | None = None
    starts_on: date
    expected_end_on: date | None = None
    text: str = Field(max_length=4000)
    resolution: str = Field(default="", max_length=4000)
    state: NoticeState = word(NoticeState, NoticeState.DRAFT)
    started_at: datetime = Field(sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    content_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class NoticeSite(SQLModel, table=True):
    """A site of the sender a notice names: its name and prefecture (GB/T 2260) as said then."""

    __tablename__ = "notice_site"
    __table_args__ = (UniqueConstraint("notice_id", "site_id"),)
    id: int | None = key()
    notice_id: int = ref("disruption_notice", index=False)
    site_id: int = ref("site", index=False)
    name: str = Field(max_length=80)
    prefecture: str = Field(max_length=6)


class NoticeItem(SQLModel, table=True):
    """An item a notice names."""

    __tablename__ = "notice_item"
    __table_args__ = (UniqueConstraint("notice_id", "item_id"),)
    id: int | None = key()
    notice_id: int = ref("disruption_notice", index=False)
    item_id: int = ref("item", index=False)


class NoticeAddressee(SQLModel, table=True):
    """A notice is meant for a firm. ``read_at``: when that firm said it had read what the notice says now."""

    __tablename__ = "notice_addressee"
    __table_args__ = (UniqueConstraint("notice_id", "addressee_id"),)
    id: int | None = key()
    notice_id: int = ref("disruption_notice", index=False)
    addressee_id: int = ref("firm")
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NoticeAssessment(SQLModel, table=True):
    """What an addressee makes of a notice, for its own people. ``of_version``: of the notice, when it was read."""

    __tablename__ = "notice_assessment"
    __table_args__ = (UniqueConstraint("notice_id", "firm_id"),)
    id: int | None = key()
    notice_id: int = ref("disruption_notice", index=False)
    firm_id: int = ref("firm")
    impact: Impact = word(Impact)
    note: str = Field(default="", max_length=1000)
    of_version: int
    by_user: int = Field(sa_type=RowNumber)
    assessed_at: datetime = Field(sa_type=UtcDateTime)


class NoticeForwarding(SQLModel, table=True):
    """A firm's notice passes on another one, its own or one it was sent: that firm's own record."""

    __tablename__ = "notice_forwarding"
    __table_args__ = (UniqueConstraint("notice_id"),)
    id: int | None = key()
    firm_id: int = ref("firm")
    notice_id: int = ref("disruption_notice", index=False)
    forwards_id: int = ref("disruption_notice", index=False)


class NoticeRequest(SQLModel, table=True):
    """A data request was made because of a notice, and ends with it."""

    __tablename__ = "notice_request"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: int | None = key()
    notice_id: int = ref("disruption_notice")
    request_id: int = ref("data_request", index=False)


scope(
    "disruption_notice", "notice_site", "notice_item", "notice_addressee", "notice_assessment", "notice_forwarding",
    "notice_request", because="who tells whom of a disruption would tell who supplies whom, and who else was told",
)  # fmt: skip
