"""The only clock. Everything else is given the instant it acts at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_offset = timedelta()
_still: datetime | None = None


def now() -> datetime:
    """This instant, UTC, to the microsecond."""
    return _still or datetime.now(UTC) + _offset


def today_of(instant: datetime) -> date:
    """The calendar day in China at an instant: due dates and past dates are judged by it."""
    return instant.astimezone(CHINA).date()


def begin_of(day: date) -> datetime:
    """The instant a calendar day begins in China; of the calendar's very first day, the first there is."""
    return FIRST if day <= date.min else datetime.combine(day, time(), CHINA)


def end_of(day: date) -> datetime:
    """The instant the next one begins; of the calendar's last day, the last there is."""
    return LAST if day >= date.max else begin_of(day + timedelta(days=1))


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
