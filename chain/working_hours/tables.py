"""The hours a firm works on each day of the week, and days on which it is closed or open all the same."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import key, ref


class WorkingSpan(SQLModel, table=True):
    """From ``opens`` until ``closes``, minutes after midnight in China, on ``weekday`` (ISO 8601: Monday is 1)."""

    __tablename__ = "working_span"
    __table_args__ = (UniqueConstraint("firm_id", "weekday", "opens"),)
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    weekday: int
    opens: int
    closes: int


class CalendarDay(SQLModel, table=True):
    """One day on which a firm is open or closed, whatever its week and the public calendar say."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("firm_id", "on"),)
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    on: date
    is_open: bool
    note: str = Field(default="", max_length=200)


scope("working_span", "calendar_day", because="when a firm works is its own; partners read the limits that follow")
