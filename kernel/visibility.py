"""The events about a thing are known to whoever may see the thing; ask only after it was found visible."""

from collections.abc import Collection

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


def events_of_a_kind_about(actor: Actor, event: str, kind: str, subject_ids: Collection[int]) -> Select[Event]:
    """When one thing happened to each of many, which the caller has just read through their own visibility rule."""
    named = select(col(EventSubject.event_id)).where(
        col(EventSubject.kind) == kind, col(EventSubject.subject_id).in_(subject_ids)
    )
    return seen_by(actor, select(Event).where(col(Event.id).in_(named), col(Event.kind) == event))
