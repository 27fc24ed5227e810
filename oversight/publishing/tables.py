"""What was published for officials, month by month, and what each figure was made of."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import UtcDateTime, key, ref, word
from oversight.publishing.blocking import StopBand
from oversight.publishing.marking import StageMark


class Measure(StrEnum):
    """What a published figure counts."""

    FIRMS = "firms"  # firms that work at the stage, each weighing one
    LINKS = "links"  # confirmed supply links of the stage's items, each firm weighing as many as it supplies


class PublishedTable(SQLModel, table=True):
    """The figures of one chain for one month, frozen. ``period``: the first of the month the figures stand for."""

    __tablename__ = "published_table"
    __table_args__ = (UniqueConstraint("chain_id", "period"),)
    id: int | None = key()
    chain_id: int = ref("chain", index=False)
    period: date
    published_at: datetime = Field(sa_type=UtcDateTime)


class PublishedFigure(SQLModel, table=True):
    """Prefectures of one stage told as one figure. ``places``: GB/T 2260 codes, parted by blanks."""

    __tablename__ = "published_figure"
    __table_args__ = (UniqueConstraint("table_id", "measure", "stage_id", "places"),)
    id: int | None = key()
    table_id: int = ref("published_table", index=False)
    stage_id: int = ref("stage", index=False)
    measure: Measure = word(Measure)
    places: str = Field(max_length=120)
    value: int


class PublishedMark(SQLModel, table=True):
    """A stage of a chain is marked for a month, frozen with its figures. No firm, place or number stands in it."""

    __tablename__ = "published_mark"
    __table_args__ = (UniqueConstraint("table_id", "stage_id", "mark"),)
    id: int | None = key()
    table_id: int = ref("published_table", index=False)
    stage_id: int = ref("stage", index=False)
    mark: StageMark = word(StageMark)


class PublishedStop(SQLModel, table=True):
    """How much of a stage stops when a prefecture does, in words frozen with a month's figures, which they follow from.

    ``own``: what its firms there are of the stage; ``whole``: with all it needs. ``measure``: what it is weighed by.
    """

    __tablename__ = "published_stop"
    __table_args__ = (UniqueConstraint("table_id", "place", "stage_id"),)
    id: int | None = key()
    table_id: int = ref("published_table", index=False)
    place: str = Field(max_length=6)
    stage_id: int = ref("stage", index=False)
    own: StopBand = word(StopBand)
    whole: StopBand = word(StopBand)
    measure: Measure = word(Measure)


class FigureShare(SQLModel, table=True):
    """What one firm added to a published figure when it was made: for the next month's check, shown to nobody."""

    __tablename__ = "figure_share"
    id: int | None = key()
    figure_id: int = ref("published_figure")
    place: str = Field(max_length=6)
    firm_id: int = ref("firm", index=False)
    weight: int


scope(
    "published_table", "published_figure", "published_mark", "published_stop",
    because="officials read their region's figures only",
)  # fmt: skip
scope("figure_share", because="who is behind a figure is what publishing keeps secret")
