"""What a firm asks of another's data, for how long, and what it was answered."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from chain.requests.lifecycle import DataRequestState
from kernel.access import scope
from kernel.db import UtcDateTime, key, ref, word
from kernel.quantities import Exact


class DataKind(StrEnum):
    """What may be asked for; each is answered by itself."""

    IDENTITY = "identity"  # the name behind an alias
    CAPACITY = "capacity"  # how much a month is there for the asker
    STOCK = "stock"  # how much lies there for the asker
    LEAD_TIME = "lead_time"  # days from order to despatch


class Criticality(StrEnum):
    """How much hangs on the answer, as the asker sees it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class DataRequest(SQLModel, table=True):
    """Asked by ``asker_id`` of ``holder_id``. ``alias``: the asker knows it by this only, and is told no more.

    ``asker_named``: whether the asked is told who asks. ``item_key``: the item's name made comparable, so that one open
    request is one. ``kinds``: words of DataKind, parted by blanks. ``ends_on``: the last day answers are read.
    """

    __tablename__ = "data_request"
    __table_args__ = (Index("data_request_asker", "asker_id", "asked_at"),)
    id: int | None = key()
    asker_id: int = ref("firm", index=False)
    holder_id: int = ref("firm")
    alias: str | None = Field(default=None, max_length=30)
    asker_named: bool
    reason: str = Field(max_length=400)
    item_text: str = Field(max_length=120)
    item_key: str = Field(max_length=240)
    kinds: str = Field(max_length=120)
    criticality: Criticality = word(Criticality)
    starts_on: date
    ends_on: date
    message: str = Field(default="", max_length=1000)
    state: DataRequestState = word(DataRequestState, DataRequestState.PENDING)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class DataAnswer(SQLModel, table=True):
    """One kind answered: a figure meant for the asker alone, which tells no total of the asked."""

    __tablename__ = "data_answer"
    id: int | None = key()
    request_id: int = ref("data_request")
    kind: DataKind = word(DataKind)
    value: Decimal = Field(sa_type=Exact)
    unit: str = Field(max_length=3)
    stated_on: date


scope("data_request", "data_answer", because="who asks whom for what would tell who stands behind an alias")
