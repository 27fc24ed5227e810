"""What happened to a thing, for those who may see the thing."""

from kernel.access import Actor
from kernel.paging import Page, page
from kernel.tables import Event
from kernel.visibility import events_about
from kernel.work import UnitOfWork


def history(
    work: UnitOfWork, actor: Actor, kind: str, subject_id: int, *, first: int | None, after: str | None,
    newest: bool = False,
) -> Page:  # fmt: skip
    """Events about one thing, oldest first. The caller has just found the thing visible to the actor."""
    return page(work, events_about(actor, kind, subject_id), Event, first=first, after=after, newest=newest)
