"""What a person asks of its inbox, and of what it follows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import col

from kernel.access import Actor
from kernel.errors import Invalid
from kernel.inbox.tables import Following, InboxEntry, InboxReason
from kernel.inbox.visibility import followings_visible_to, inbox_visible_to, kinds_told
from kernel.paging import MOST_FIRST, Page, page
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class Counts:
    """Of what is not put away: all, unread, and what waits for an answer."""

    open: int
    unread: int
    must_answer: int


def inbox(
    work: UnitOfWork, actor: Actor, *, reasons: Collection[InboxReason] | None, unread: bool | None, done: bool,
    first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """What one was told, newest first; ``done``: what one has put away, else what one has not."""
    entries = _seen(work, actor)
    entries = entries.where(col(InboxEntry.done_at).is_not(None) if done else col(InboxEntry.done_at).is_(None))
    if reasons:
        entries = entries.where(col(InboxEntry.reason).in_(list(reasons)))
    if unread:
        entries = entries.where(col(InboxEntry.read_at).is_(None))
    return page(work, entries, InboxEntry, first=first, after=after)


def entry(work: UnitOfWork, actor: Actor, entry_id: int) -> InboxEntry:
    return work.one(_seen(work, actor).where(col(InboxEntry.id) == entry_id))  # type: ignore[no-any-return]


def entries_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(_seen(work, actor).where(col(InboxEntry.id).in_(numbers)))


def counts(work: UnitOfWork, actor: Actor) -> Counts:
    """In one statement, after one that asks what kinds of things there are."""
    seen = _seen(work, actor).where(col(InboxEntry.done_at).is_(None))
    summed = seen.with_only_columns(
        col(InboxEntry.reason), func.count(), func.count(col(InboxEntry.read_at)), maintain_column_froms=True
    ).group_by(col(InboxEntry.reason))
    rows = [tuple(row) for row in work.session.execute(summed)]
    return Counts(
        open=sum(all_ for _, all_, _ in rows),
        unread=sum(all_ - read for _, all_, read in rows),
        must_answer=sum(all_ for reason, all_, _ in rows if reason is InboxReason.MUST_ANSWER),
    )


def _seen(work: UnitOfWork, actor: Actor) -> Any:
    kinds = work.session.scalars(kinds_told(actor)).all()
    return inbox_visible_to(actor, kinds)


def followings(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    return page(work, followings_visible_to(actor), Following, first=first, after=after)


def followed(work: UnitOfWork, actor: Actor, things: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Those of some things, by kind and number, that the actor follows. Raises Invalid for more than a hundred."""
    if len(things) > MOST_FIRST:
        raise Invalid("ids", f"ask for at most {MOST_FIRST} things at a time", f"一次最多查询 {MOST_FIRST} 项")
    named = {kind: [number for k, number in things if k == kind] for kind, _ in things}
    if not named:
        return []
    any_of = or_(*(
        and_(col(Following.subject_kind) == kind, col(Following.subject_id).in_(numbers)) for kind, numbers in named.items()
    ))  # fmt: skip
    own = work.rows(followings_visible_to(actor).where(any_of))
    return [(row.subject_kind, row.subject_id) for row in own]
