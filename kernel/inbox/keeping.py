"""How facts find the followers of what they are about: noted as one more row of the outbox when the change is committed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.inbox.events import FollowedMoved
from kernel.inbox.visibility import followed_among
from kernel.tables import Event

Moved = tuple[int, str, str, int]
"""(event, what happened, kind and number of what it is about)."""

AT_ONCE = 500


def note_followed(session: Session, moved: Sequence[Moved], actor: Actor, now: datetime) -> None:
    """Let a job tell the followers of these things, if they have any: one statement for a usual change."""
    followed = set(map(tuple, session.execute(followed_among(_things(moved)))))
    watched = [one for one in moved if one[2:] in followed]
    for start in range(0, len(watched), AT_ONCE):
        fact = FollowedMoved(tuple(watched[start : start + AT_ONCE]))
        told = Event(
            kind=type(fact).__name__, facts=fact.facts(), by_user=actor.user_id, by_party=actor.party_id, at=now
        )
        session.add(told)
    session.flush()


def _things(moved: Sequence[Moved]) -> Mapping[str, Collection[int]]:
    """Kind -> numbers; of very many, from the first to the last: few things are followed, and one question is enough."""
    things: dict[str, set[int]] = {}
    for _, _, kind, number in moved:
        things.setdefault(kind, set()).add(number)
    if len(moved) <= AT_ONCE:
        return things
    return {kind: range(min(numbers), max(numbers) + 1) for kind, numbers in things.items()}
