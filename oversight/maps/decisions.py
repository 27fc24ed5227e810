"""How a figure may be shown to officials."""

from dataclasses import dataclass
from datetime import date

from kernel.access import SMALLEST_GROUP


@dataclass(frozen=True)
class Shown:
    """A count as it may be shown: the number, or None with the words that stand in for it."""

    firms: int | None
    withheld: bool
    display: str


def shown(count: int) -> Shown:
    """Groups of one or two firms are the firms themselves: said as "<3" (features.md B6)."""
    if 0 < count < SMALLEST_GROUP:
        return Shown(None, True, f"<{SMALLEST_GROUP}")
    return Shown(count, False, str(count))


def published_on(asked: date) -> date:
    """The day officials' figures stand for: the first of the month.

    A figure that moved from day to day would tell which firm joined; within a month it does not move.
    """
    return asked.replace(day=1)
