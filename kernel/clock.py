"""The only clock. Everything else is given the instant it acts at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
_offset = timedelta()
_still: datetime | None = None


def now() -> datetime:
    """This instant, UTC, to the microsecond."""
    return _still or datetime.now(UTC) + _offset


def today_of(instant: datetime) -> date:
    """The calendar day in China at an instant: due dates and past dates are judged by it."""
    return instant.astimezone(CHINA).date()


def set_to(instant: datetime | None) -> None:
    """Move the clock (tests); None puts it right again."""
    global _offset, _still
    _offset, _still = timedelta() if instant is None else instant - datetime.now(UTC), None


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let the clock stand still at an instant of the past: the demo chain's year is replayed so."""
    global _still
    before, _still = _still, instant
    try:
        yield
    finally:
        _still = before
