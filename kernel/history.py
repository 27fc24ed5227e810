"""What happened to a thing, for those who may see the thing."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col

from kernel.access import Actor
from kernel.events import Fact
from kernel.paging import Page, page
from kernel.tables import Event
from kernel.visibility import events_about, events_of_a_kind_about
from kernel.work import UnitOfWork


def history(
    work: UnitOfWork, actor: Actor, kind: str, subject_id: int, *, first: int | None, after: str | None,
    newest: bool = False,
) -> Page:  # fmt: skip
    """Events about one thing, oldest first. The caller has just found the thing visible to the actor."""
    return page(work, events_about(actor, kind, subject_id), Event, first=first, after=after, newest=newest)


def last_times(work: UnitOfWork, actor: Actor, fact: type[Fact], numbers: Collection[int]) -> dict[int, datetime]:
    """When this last happened to each of these things. fact: of one thing. The caller has just found them visible to the actor."""
    ((field, kind),) = fact.about.items()
    if not numbers:
        return {}
    found = work.rows(events_of_a_kind_about(actor, fact.__name__, kind, numbers).order_by(col(Event.id)))
    return {event.facts[field]: event.at for event in found}
