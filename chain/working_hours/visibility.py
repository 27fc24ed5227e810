"""A firm's hours and days are known to its own people; a partner reads the limits that were reckoned by them."""

from sqlalchemy import Select, select
from sqlmodel import col

from chain.working_hours.tables import CalendarDay, WorkingSpan
from kernel.access import Actor, Role, seen_by


def working_spans_visible_to(actor: Actor) -> Select[WorkingSpan]:
    spans = select(WorkingSpan)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, spans)
    return seen_by(actor, spans.where(col(WorkingSpan.firm_id) == _own(actor)))


def calendar_days_visible_to(actor: Actor) -> Select[CalendarDay]:
    days = select(CalendarDay)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, days)
    return seen_by(actor, days.where(col(CalendarDay.firm_id) == _own(actor)))


def _own(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id
