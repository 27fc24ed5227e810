"""Working time, reckoned: which spans of a day are worked, and when so much working time has passed. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from kernel.errors import Invalid

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
DAY_MINUTES = 24 * 60
MOST_SPANS = 4
MOST_DAYS = 400
FARTHEST_DAYS = 4_000
"""So far the days are walked: a firm that is closed for longer has no limit that could be told."""


@dataclass(frozen=True, order=True)
class Span:
    """``opens``, ``closes``: minutes after midnight in China, the second exclusive."""

    opens: int
    closes: int


@dataclass(frozen=True)
class PublicDay:
    """What the public calendar says of a day: off, or worked to make up for one (调休); neither on a usual one.

    ``is_known``: the State Council's calendar of that year is known; else only the day of the week says anything.
    """

    is_off: bool = False
    is_made_up: bool = False
    is_known: bool = True


Week = Mapping[int, Sequence[Span]]
"""ISO weekday, Monday 1 -> the spans worked, in their order."""

USUAL_SPANS = (Span(8 * 60 + 30, 12 * 60), Span(13 * 60, 17 * 60 + 30))
USUAL_WEEK: Week = dict.fromkeys(range(1, 6), USUAL_SPANS)
"""08:30 to 12:00 and 13:00 to 17:30, Monday to Friday: eight hours a day, where a firm says nothing."""


@dataclass(frozen=True)
class Calendar:
    """When somebody works. ``days``: open or closed whatever else says; ``public``: what the public calendar says of a day."""

    public: Callable[[date], PublicDay]
    week: Week = field(default_factory=lambda: USUAL_WEEK)
    days: Mapping[date, bool] = field(default_factory=dict)

    def spans_on(self, on: date) -> Sequence[Span]:
        """What is worked on a day, joined where spans touch.

        A public day off is not worked. A day worked though its weekday has no hours, such as a Saturday made up for a
        holiday (调休), has the hours of the week's first worked day.
        """
        own, said, public = self.week.get(on.isoweekday(), ()), self.days.get(on), self.public(on)
        open_anyway = public.is_made_up if said is None else said
        closed_anyway = public.is_off if said is None else not said
        if closed_anyway or not (own or open_anyway):
            return ()
        usual = own or next((self.week[day] for day in sorted(self.week) if self.week[day]), ())
        return joined(usual)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same minutes without overlaps: two records of one firm may have become one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.opens <= found[-1].closes:
            found[-1] = Span(found[-1].opens, max(found[-1].closes, span.closes))
        else:
            found.append(span)
    return found


@dataclass(frozen=True)
class Due:
    """``is_known``: the public calendar was known on every day that was walked."""

    at: datetime
    is_known: bool


def due_at(started: datetime, hours: int, calendar: Calendar) -> Due:
    """The first instant by which so many working hours have passed since ``started``; ``started`` itself for none.

    Outside working hours the clock stands still. At the end of a span it is that end, not the next beginning.
    """
    return due_after(started, timedelta(hours=hours), calendar)


def worked_between(begin: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time passes from one instant to a later one; looked for on at most so many days as limits are."""
    found, day, last = timedelta(), begin.astimezone(CHINA).date(), end.astimezone(CHINA).date()
    for _ in range(FARTHEST_DAYS):
        if day > last:
            break
        midnight = datetime.combine(day, time(), CHINA)
        for span in calendar.spans_on(day):
            begins = max(begin, midnight + timedelta(minutes=span.opens))
            found += max(timedelta(), min(end, midnight + timedelta(minutes=span.closes)) - begins)
        day += timedelta(days=1)
    return found


def due_after(started: datetime, left: timedelta, calendar: Calendar) -> Due:
    """As due_at, of working time that need not be whole hours."""
    day, known = started.astimezone(CHINA).date(), True
    if left <= timedelta():
        return Due(started, True)
    for _ in range(FARTHEST_DAYS):
        known = known and (day in calendar.days or calendar.public(day).is_known)
        midnight = datetime.combine(day, time(), CHINA)
        for span in calendar.spans_on(day):
            begins = max(started, midnight + timedelta(minutes=span.opens))
            ends = midnight + timedelta(minutes=span.closes)
            if begins >= ends:
                continue
            if ends - begins >= left:
                return Due((begins + left).astimezone(started.tzinfo), known)
            left -= ends - begins
        day += timedelta(days=1)
    return Due(datetime.combine(day, time(), CHINA).astimezone(started.tzinfo), False)


def check_week(spans: Sequence[tuple[int, Span]]) -> None:
    """spans: (ISO weekday, span). Raises Invalid naming the first that cannot be."""
    if not spans:
        raise Invalid("spans", "a week has at least one span that is worked", "每周至少有一个工作时段")
    seen: dict[int, list[Span]] = {}
    for position, (weekday, span) in enumerate(spans):
        place = f"spans.{position}"
        if not 1 <= weekday <= 7:
            raise Invalid(f"{place}.weekday", "a weekday is 1, Monday, to 7, Sunday", "星期为 1（周一）至 7（周日）")
        if not 0 <= span.opens < span.closes <= DAY_MINUTES:
            raise Invalid(
                f"{place}.closes", "a span ends after it begins, on the same day", "时段的结束须晚于开始，且在同一天内"
            )
        own = seen.setdefault(weekday, [])
        if any(span.opens < other.closes and other.opens < span.closes for other in own):
            raise Invalid(f"{place}.opens", "two spans of a day overlap", "同一天的两个时段重叠")
        own.append(span)
        if len(own) > MOST_SPANS:
            raise Invalid(f"{place}.weekday", f"a day has at most {MOST_SPANS} spans", f"每天最多 {MOST_SPANS} 个时段")


def minutes_of(said: str, place: str) -> int:
    """Minutes after midnight of 08:30; 24:00 is the end of the day. Raises Invalid."""
    hours, colon, minutes = said.strip().replace("：", ":").partition(":")
    if colon and hours.isascii() and minutes.isascii() and hours.isdigit() and minutes.isdigit() and len(minutes) == 2:
        found = int(hours[:3]) * 60 + int(minutes)
        if len(hours) <= 2 and int(minutes) < 60 and found <= DAY_MINUTES:
            return found
    raise Invalid(place, "write a time of day as 08:30", "时间请写成 08:30 的形式")


def clock_of(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
