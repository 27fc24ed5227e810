"""What people fill in about working hours."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayStanding(StrEnum):
    """What a firm says of one day."""

    OPEN = "open"
    CLOSED = "closed"
    USUAL = "usual"  # takes back what was said of it


@dataclass(frozen=True)
class SpanGiven:
    """``opens``, ``closes`` as 08:30; weekday 1 is Monday."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True)
class DayGiven:
    on: date
    standing: DayStanding
    note: str = ""
