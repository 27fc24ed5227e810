"""A firm says when it works."""

from collections.abc import Sequence

from chain.working_hours.decisions import MOST_DAYS, Span, check_week, minutes_of
from chain.working_hours.events import CalendarDaysSet, WorkingHoursSet
from chain.working_hours.forms import DayGiven, DayStanding, SpanGiven
from chain.working_hours.tables import CalendarDay, WorkingSpan
from chain.working_hours.visibility import calendar_days_visible_to, working_spans_visible_to
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, Rule
from kernel.texts import words
from kernel.work import UnitOfWork

KEEPERS = (Role.LEAD, Role.SALES, Role.BUYER)
LONGEST_NOTE = 200
TOO_MANY_DAYS = Rule(
    "working_hours.days", "本单位删除不再需要的日期", "your firm, by taking back days it no longer needs"
)


def set_working_hours(work: UnitOfWork, actor: Actor, *, spans: Sequence[SpanGiven]) -> Sequence[tuple[int, Span]]:
    """The firm says anew in which spans of each weekday it works. What is running keeps the limits it has.

    Raises NotAllowedNow, Invalid naming the span.
    """
    require(actor, *KEEPERS)
    assert actor.party_id is not None
    week = [
        (one.weekday, Span(minutes_of(one.opens, f"spans.{n}.opens"), minutes_of(one.closes, f"spans.{n}.closes")))
        for n, one in enumerate(spans)
    ]
    check_week(week)
    for row in work.all(working_spans_visible_to(actor), lock=True):
        work.session.delete(row)
    work.session.flush()
    work.session.add_all(
        WorkingSpan(firm_id=actor.party_id, weekday=weekday, opens=span.opens, closes=span.closes)
        for weekday, span in week
    )
    work.record(WorkingHoursSet(firm_id=actor.party_id, spans=len(week)))
    return sorted(week)


def set_calendar_days(work: UnitOfWork, actor: Actor, *, days: Sequence[DayGiven]) -> Sequence[CalendarDay]:
    """The firm says of days that it is open or closed, or takes back what it said; those it says something of.

    Raises NotAllowedNow, Invalid naming the day, Limit.
    """
    require(actor, *KEEPERS)
    assert actor.party_id is not None
    _check_days(work, days)
    known = {row.on: row for row in work.all(calendar_days_visible_to(actor), lock=True)}
    for one in days:
        row = known.get(one.on)
        if one.standing is DayStanding.USUAL:
            if row is not None:
                work.session.delete(known.pop(one.on))
            continue
        if row is None:
            row = known[one.on] = CalendarDay(firm_id=actor.party_id, on=one.on, is_open=True)
            work.session.add(row)
        row.is_open, row.note = one.standing is DayStanding.OPEN, one.note.strip()
    if len(known) > MOST_DAYS:
        raise Limit(
            f"a firm says something of at most {MOST_DAYS} days", f"最多登记 {MOST_DAYS} 天", fields=("days",),
            rule=TOO_MANY_DAYS,
        )  # fmt: skip
    work.session.flush()
    work.record(CalendarDaysSet(firm_id=actor.party_id, days=len(days)))
    return [known[on] for on in sorted(known)]


def _check_days(work: UnitOfWork, days: Sequence[DayGiven]) -> None:
    if not days or len(days) > MOST_DAYS:
        raise Invalid("days", f"name 1 to {MOST_DAYS} days", f"请填写 1 至 {MOST_DAYS} 天")
    today, seen = today_of(work.now), set()
    for position, one in enumerate(days):
        place = f"days.{position}"
        if one.on in seen:
            raise Invalid(f"{place}.on", "this day is named twice", "同一日期重复填写")
        seen.add(one.on)
        if one.standing is not DayStanding.USUAL and not today.year - 1 <= one.on.year <= today.year + 5:
            raise Invalid(f"{place}.on", "name a day of the last year or the next five", "日期应在去年至未来五年之内")
        words(one.note, f"{place}.note", LONGEST_NOTE, least=0, one_line=True)
