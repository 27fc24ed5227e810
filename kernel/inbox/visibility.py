"""An inbox is known to its person alone, and an entry only while that person may see what it is about."""

from collections.abc import Collection, Mapping

from sqlalchemy import Select, and_, false, or_, select
from sqlmodel import col

from kernel.access import SYSTEM, Actor, Role, seen_by
from kernel.inbox.tables import Following, InboxEntry
from kernel.sight import in_sight
from kernel.sight import kinds as known_kinds


def inbox_visible_to(actor: Actor, kinds: Collection[str] | None = None) -> Select[InboxEntry]:
    """``kinds``: those that occur in it, where they have been asked for; the fewer, the cheaper."""
    entries = select(InboxEntry)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, entries)
    seen = [
        and_(col(InboxEntry.subject_kind) == kind, in_sight(actor, kind, col(InboxEntry.subject_id)))
        for kind in (known_kinds() if kinds is None else [k for k in kinds if k in known_kinds()])
    ]
    return seen_by(actor, entries.where(col(InboxEntry.person_id) == actor.user_id, or_(false(), *seen)))


def kinds_told(actor: Actor) -> Select[str]:
    """Which kinds of things one's open entries are about."""
    own = select(col(InboxEntry.subject_kind)).where(col(InboxEntry.person_id) == actor.user_id)
    return seen_by(actor, own.distinct())


def followings_visible_to(actor: Actor) -> Select[Following]:
    """What one follows oneself; what one may see no more is shown no more."""
    followings = select(Following)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, followings)
    seen = [
        and_(col(Following.subject_kind) == kind, in_sight(actor, kind, col(Following.subject_id)))
        for kind in known_kinds()
    ]
    return seen_by(actor, followings.where(col(Following.person_id) == actor.user_id, or_(false(), *seen)))


def followed_among(things: Mapping[str, Collection[int]]) -> Select[str, int]:
    """(kind, number) of those of some things that anybody follows: only the unit of work asks, to answer nobody."""
    number = col(Following.subject_id)
    named = [
        and_(
            col(Following.subject_kind) == kind,
            number.between(numbers[0], numbers[-1]) if isinstance(numbers, range) else number.in_(numbers),
        )
        for kind, numbers in things.items()
    ]
    followed = select(col(Following.subject_kind), col(Following.subject_id)).where(or_(false(), *named))
    return seen_by(SYSTEM, followed.distinct())
