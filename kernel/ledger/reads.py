"""What a firm asks of its access ledger."""

from datetime import date

from sqlmodel import col

from kernel.access import Actor
from kernel.clock import begin_of, end_of
from kernel.ledger.tables import AccessEntry
from kernel.ledger.visibility import access_entries_visible_to
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def access_entries(
    work: UnitOfWork, actor: Actor, *, viewer_id: int | None, since: date | None, until: date | None,
    exported: bool | None, first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """Who read or exported what of the actor's firm, newest first; days are China's, both included."""
    entries = access_entries_visible_to(actor)
    if viewer_id is not None:
        entries = entries.where(col(AccessEntry.viewer_id) == viewer_id)
    if since is not None:
        entries = entries.where(col(AccessEntry.at) >= begin_of(since))
    if until is not None:
        entries = entries.where(col(AccessEntry.at) < end_of(until))
    if exported:
        entries = entries.where(col(AccessEntry.exported))
    return page(work, entries, AccessEntry, first=first, after=after)
