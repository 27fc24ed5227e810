"""The events about a thing are known to whoever may see the thing; ask only after it was found visible."""

from sqlalchemy import Select, select
from sqlmodel import col

from kernel.access import Actor, seen_by
from kernel.tables import Event, EventSubject


def events_about(actor: Actor, kind: str, subject_id: int) -> Select[Event]:
    """The history of one thing, which the caller has just read through its own visibility rule."""
    named = select(col(EventSubject.event_id)).where(
        col(EventSubject.kind) == kind, col(EventSubject.subject_id) == subject_id
    )
    return seen_by(actor, select(Event).where(col(Event.id).in_(named)))
