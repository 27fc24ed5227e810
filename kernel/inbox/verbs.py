"""Tell people something, follow things, read and put away what one was told."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlmodel import col

from kernel import db
from kernel.access import SYSTEM, Actor, Role
from kernel.accounts.decisions import actor_of, managers
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.errors import Invalid, Limit, NotAllowedNow, NotFound, Rule
from kernel.inbox.events import EntriesDone, EntriesRead, Followed, Unfollowed
from kernel.inbox.tables import Following, InboxEntry, InboxReason
from kernel.inbox.visibility import followings_visible_to, inbox_visible_to
from kernel.sight import seen, told_of
from kernel.work import UnitOfWork

MOST_FOLLOWED = 500
AT_ONCE = 100


def tell(
    work: UnitOfWork, *, party_id: int | None, roles: frozenset[Role], reason: InboxReason, subject: tuple[str, int],
    what: str, due_on: date | None = None, once: str,
) -> None:  # fmt: skip
    """Put one entry into the inbox of each person of a firm who has one of the roles, but for who just did it.

    what: a stable code the page turns into words; subject: (kind, row number); once: a repeat under it does nothing.
    party_id: None for the installation's own people. Where nobody of a firm has the roles, whoever manages its people is
    told. Who joins later is not.
    """
    people = work.rows(
        people_visible_to(SYSTEM).where(col(Person.party_id) == party_id, col(Person.closed_at).is_(None))
    )
    fit = [p for p in people if not roles.isdisjoint(p.roles.split())] or (managers(people) if party_id else [])
    for person in fit:
        if person.id != work.actor.user_id:
            _put(work, person.id, reason, subject, what, due_on, once)


def tell_person(
    work: UnitOfWork, *, person_id: int, reason: InboxReason, subject: tuple[str, int], what: str,
    due_on: date | None = None, once: str,
) -> None:  # fmt: skip
    """The same to one person."""
    _put(work, person_id, reason, subject, what, due_on, once)


def _put(
    work: UnitOfWork, person_id: int, reason: InboxReason, subject: tuple[str, int], what: str, due_on: date | None,
    once: str,
) -> None:  # fmt: skip
    told = {
        "person_id": person_id, "reason": reason, "subject_kind": subject[0], "subject_id": subject[1], "what": what,
        "due_on": due_on, "once": once, "told_at": work.now,
    }  # fmt: skip
    db.insert_new(work.session, InboxEntry.__table__, told)  # type: ignore[attr-defined]


def settle_told(
    work: UnitOfWork, *, subject: tuple[str, int], whats: Collection[str], party_id: int | None = None
) -> None:
    """What somebody had to answer is answered, or no longer needs it: put away for all who were told.

    party_id: for the people of this firm alone, where several were told and each answers for itself.
    """
    waiting = inbox_visible_to(SYSTEM).where(
        col(InboxEntry.subject_kind) == subject[0], col(InboxEntry.subject_id) == subject[1],
        col(InboxEntry.what).in_(whats), col(InboxEntry.done_at).is_(None),
    )  # fmt: skip
    if party_id is not None:
        people = people_visible_to(SYSTEM).where(col(Person.party_id) == party_id)
        waiting = waiting.where(col(InboxEntry.person_id).in_(people.with_only_columns(col(Person.id))))
    for entry in work.all(waiting, lock=True):
        entry.done_at = work.now
        entry.read_at = entry.read_at or work.now


def tell_followers(work: UnitOfWork, moved: Sequence[tuple[int, str, str, int]], *, by_user: int) -> None:
    """Tell of facts those who follow what they are about and may see it now; nobody of what he did himself.

    moved: (event, what happened, kind and number of what it is about). A fact about several followed things is told once.
    """
    for event_id, what, kind, number in moved:
        followers = followings_visible_to(SYSTEM).where(
            col(Following.subject_kind) == kind,
            col(Following.subject_id) == number,
            col(Following.person_id) != by_user,
        )
        ids = [f.person_id for f in work.rows(followers)]
        people = people_visible_to(SYSTEM).where(col(Person.id).in_(ids), col(Person.closed_at).is_(None))
        for person in work.rows(people.order_by(col(Person.id))):
            if _is_there(work, told_of(actor_of(person), kind, number)):
                _put(work, person.id, InboxReason.FOLLOWED, (kind, number), what, None, f"fact:{event_id}")


def follow(work: UnitOfWork, actor: Actor, *, kind: str, number: int) -> Following:
    """Be told of what happens to a thing one sees. Following twice is following. Raises NotFound, NotAllowedNow, Limit."""
    if not _is_there(work, seen(actor, kind, number)):
        raise NotFound("id")
    if not _is_there(work, told_of(actor, kind, number)):
        raise NotAllowedNow(
            "what happens to this is not told to you, so it cannot be followed", "该内容的动态不向您公开，无法关注",
            rule=Rule("follow.not_told", "拥有该内容的企业", "the firms it belongs to"),
        )  # fmt: skip
    own = followings_visible_to(actor)
    found = work.maybe(own.where(col(Following.subject_kind) == kind, col(Following.subject_id) == number))
    if found is not None:
        return found
    if work.count(own) >= MOST_FOLLOWED:
        raise Limit(
            f"you follow {MOST_FOLLOWED} things already; unfollow some first", f"最多关注 {MOST_FOLLOWED} 项，请先取消部分关注",
            rule=Rule("follow.most", "本人取消部分关注", "you, by unfollowing some"),
        )  # fmt: skip
    fresh = {"person_id": actor.user_id, "subject_kind": kind, "subject_id": number, "since": work.now}
    if db.insert_new(work.session, Following.__table__, fresh):  # type: ignore[attr-defined]
        work.record(Followed(subject_kind=kind, subject_id=number))
    return work.one(own.where(col(Following.subject_kind) == kind, col(Following.subject_id) == number))


def _is_there(work: UnitOfWork, number: Select[Any] | None) -> bool:
    return number is not None and bool(work.rows(number))


def unfollow(work: UnitOfWork, actor: Actor, *, kind: str, number: int) -> None:
    """Be told no more. What one does not follow is not found."""
    own = followings_visible_to(actor).where(col(Following.subject_kind) == kind, col(Following.subject_id) == number)
    found = work.one(own, lock=True)
    work.session.delete(found)
    work.session.flush()
    work.record(Unfollowed(subject_kind=kind, subject_id=number))


def mark_read(work: UnitOfWork, actor: Actor, *, entry_ids: Collection[int]) -> Sequence[InboxEntry]:
    """One has read these. Raises NotFound for one that is not one's own, Invalid."""
    entries = _own(work, actor, entry_ids)
    fresh = [entry for entry in entries if entry.read_at is None]
    for entry in fresh:
        entry.read_at = work.now
    if fresh:
        work.record(EntriesRead(tuple(entry.id or 0 for entry in fresh)))
    return entries


def mark_done(work: UnitOfWork, actor: Actor, *, entry_ids: Collection[int]) -> Sequence[InboxEntry]:
    """Put these away; that also reads them. Raises NotFound for one that is not one's own, Invalid."""
    entries = _own(work, actor, entry_ids)
    fresh = [entry for entry in entries if entry.done_at is None]
    for entry in fresh:
        entry.done_at = work.now
        entry.read_at = entry.read_at or work.now
    if fresh:
        work.record(EntriesDone(tuple(entry.id or 0 for entry in fresh)))
    return entries


def _own(work: UnitOfWork, actor: Actor, entry_ids: Collection[int]) -> Sequence[InboxEntry]:
    numbers = sorted(set(entry_ids))
    if not 1 <= len(numbers) <= AT_ONCE:
        raise Invalid("entryIds", f"name 1 to {AT_ONCE} entries", f"请选择 1 至 {AT_ONCE} 条消息")
    seen = inbox_visible_to(actor).where(col(InboxEntry.id).in_(numbers)).order_by(col(InboxEntry.id))
    found = work.all(seen, lock=True)
    if len(found) < len(numbers):
        raise NotFound("entryIds")
    return found
