"""The only clock. Everything else is given the instant it acts at."""

from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
_offset = timedelta()


def now() -> datetime:
    """This instant, UTC, to the microsecond."""
    return datetime.now(UTC) + _offset


def today_of(instant: datetime) -> date:
    """The calendar day in China at an instant: due dates and past dates are judged by it."""
    return instant.astimezone(CHINA).date()


def set_to(instant: datetime | None) -> None:
    """Move the clock (demo chain and tests); None puts it right again."""
    global _offset
    _offset = timedelta() if instant is None else instant - datetime.now(UTC)
