"""When a firm works."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import col

from chain.working_hours.decisions import USUAL_WEEK, Calendar, Span
from chain.working_hours.public_days import public_day
from chain.working_hours.tables import CalendarDay, WorkingSpan
from chain.working_hours.visibility import calendar_days_visible_to, working_spans_visible_to
from kernel.access import SYSTEM, Actor
from kernel.work import UnitOfWork


def calendars(work: UnitOfWork, firm_ids: Collection[int]) -> Mapping[int, Calendar]:
    """When these firms work, for the limits that are reckoned by it: whoever asks is told limits and not hours."""
    weeks: dict[int, dict[int, list[Span]]] = {}
    spans = working_spans_visible_to(SYSTEM).where(col(WorkingSpan.firm_id).in_(firm_ids))
    for row in work.rows(spans.order_by(col(WorkingSpan.weekday), col(WorkingSpan.opens))):
        weeks.setdefault(row.firm_id, {}).setdefault(row.weekday, []).append(Span(row.opens, row.closes))
    days: dict[int, dict[date, bool]] = {}
    said = calendar_days_visible_to(SYSTEM).where(col(CalendarDay.firm_id).in_(firm_ids))
    for row in work.rows(said):
        days.setdefault(row.firm_id, {})[row.on] = row.is_open
    return {
        firm_id: Calendar(public_day, weeks.get(firm_id, USUAL_WEEK), days.get(firm_id, {})) for firm_id in firm_ids
    }


def own_spans(work: UnitOfWork, actor: Actor) -> Sequence[tuple[int, Span]]:
    """(ISO weekday, span) of the actor's firm; the usual ones where it has said nothing."""
    rows = work.rows(
        working_spans_visible_to(actor).order_by(col(WorkingSpan.weekday), col(WorkingSpan.opens))
    )  # fmt: skip
    if not rows:
        return [(weekday, span) for weekday, spans in sorted(USUAL_WEEK.items()) for span in spans]
    return [(row.weekday, Span(row.opens, row.closes)) for row in rows]


def says_own_hours(work: UnitOfWork, actor: Actor) -> bool:
    return work.count(working_spans_visible_to(actor)) > 0


def own_days(work: UnitOfWork, actor: Actor, *, since: date) -> Sequence[Any]:
    """Days the actor's firm says something of, from a day on."""
    own = calendar_days_visible_to(actor).where(col(CalendarDay.on) >= since)
    return work.rows(own.order_by(col(CalendarDay.on)))


def unusual_public_days(since: date, days: int) -> list[tuple[date, bool]]:
    """(day, whether it is worked) where the public calendar has a weekday off, or a day of a weekend worked."""
    walked = [since + timedelta(days=n) for n in range(days)]
    return [
        (on, said.is_made_up) for on in walked
        if (said := public_day(on)).is_made_up or (said.is_off and on.isoweekday() <= 5)
    ]  # fmt: skip
