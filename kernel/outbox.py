"""The outbox as the relay sees it: which facts wait, which are on their way, which have had all their effects."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from kernel import db
from kernel.access import unscoped
from kernel.tables import Event, EventClaim

WHY = "the relay carries every fact and reads none"


@dataclass(frozen=True)
class Waiting:
    """An event by number and kind: all the relay needs to know of it."""

    id: int
    kind: str


@dataclass
class Batch:
    """Facts to send. The caller puts those that nothing reacts to in ``settled``."""

    events: Sequence[Waiting]
    settled: set[int] = field(default_factory=set)


@contextmanager
def unsent(limit: int, now: datetime) -> Iterator[Batch]:
    """The oldest unsent facts; they count as sent once the block ends well, and as unsent when it does not.

    PostgreSQL locks them meanwhile, so that a second relay takes others. SQLite has one lock for all, which a relay
    must not hold while it talks to the broker: there, two relays may send the same fact, and its job id tells.
    """
    oldest = select(col(Event.id), col(Event.kind)).where(col(Event.sent_at).is_(None), col(Event.settled_at).is_(None))
    oldest = oldest.order_by(col(Event.id)).limit(limit).with_for_update(skip_locked=True)
    with unscoped(WHY), db.session(writes=False) as reading:
        batch = Batch(_waiting(reading, oldest))
        yield batch
        if not batch.events:
            return
        if reading.get_bind().dialect.name == "postgresql":
            _mark(reading, batch, now)
            reading.commit()
            return
        reading.rollback()
        with db.session(writes=True) as writing:
            _mark(writing, batch, now)
            writing.commit()


def newer(than: int, limit: int) -> Sequence[Waiting]:
    """Unsent facts after one by number, oldest first: for a process that is its own relay."""
    after = select(col(Event.id), col(Event.kind)).where(col(Event.id) > than, col(Event.sent_at).is_(None))
    with unscoped(WHY), db.session(writes=False) as session:
        return _waiting(session, after.order_by(col(Event.id)).limit(limit))


def overdue(sent_before: datetime, limit: int) -> Sequence[Waiting]:
    """Facts sent before an instant whose reactions have not all had their effect, longest waiting first."""
    late = select(col(Event.id), col(Event.kind)).where(
        col(Event.settled_at).is_(None), col(Event.sent_at) < sent_before
    )
    with unscoped(WHY), db.session(writes=False) as session:
        return _waiting(session, late.order_by(col(Event.sent_at)).limit(limit))


def claims(events: Sequence[Waiting]) -> set[tuple[int, str]]:
    """(event, job) of the effects these facts have had."""
    made = select(col(EventClaim.event_id), col(EventClaim.job))
    with unscoped(WHY), db.session(writes=False) as session:
        made = made.where(col(EventClaim.event_id).in_([event.id for event in events]))
        return {(row.event_id, row.job) for row in session.execute(made)}


def mark_sent_again(event_ids: Sequence[int], now: datetime) -> None:
    with unscoped(WHY), db.session(writes=True) as session:
        session.execute(update(Event).where(col(Event.id).in_(event_ids)).values(sent_at=now))
        session.commit()


def settle(jobs_of: Mapping[str, frozenset[str]], now: datetime) -> int:
    """Settle every sent fact which all jobs that react to its kind have claimed; how many that were."""
    with unscoped(WHY), db.session(writes=False) as session:
        open_kinds = select(col(Event.kind)).where(*_on_its_way()).distinct()
        done = [i for kind in session.scalars(open_kinds) for i in _claimed(session, kind, jobs_of.get(kind))]
    for start in range(0, len(done), 500):
        with unscoped(WHY), db.session(writes=True) as session:
            some = done[start : start + 500]
            session.execute(update(Event).where(col(Event.id).in_(some)).values(settled_at=now))
            session.commit()
    return len(done)


def settle_here(event_ids: Sequence[int], now: datetime) -> None:
    """Facts whose every job the caller has run itself: sent and settled."""
    with unscoped(WHY), db.session(writes=True) as session:
        session.execute(update(Event).where(col(Event.id).in_(event_ids)).values(sent_at=now, settled_at=now))
        session.commit()


def counts() -> tuple[int, int]:
    """(facts not sent yet, facts sent whose effects are not all there yet)."""
    with unscoped(WHY), db.session(writes=False) as session:
        new = (
            select(func.count()).select_from(Event).where(col(Event.sent_at).is_(None), col(Event.settled_at).is_(None))
        )
        going = select(func.count()).select_from(Event).where(*_on_its_way())
        return session.execute(new).scalar_one(), session.execute(going).scalar_one()


def _on_its_way() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Event.settled_at).is_(None), col(Event.sent_at).is_not(None)


def _claimed(session: Session, kind: str, jobs: frozenset[str] | None) -> Sequence[int]:
    names = jobs or frozenset()
    claims = select(func.count()).where(col(EventClaim.event_id) == col(Event.id), col(EventClaim.job).in_(names))
    claimed = select(col(Event.id)).where(
        *_on_its_way(), col(Event.kind) == kind, claims.scalar_subquery() == len(names)
    )
    return [number for number in session.scalars(claimed) if number is not None]


def _waiting(session: Session, statement: Select[int | None, str]) -> Sequence[Waiting]:
    return [Waiting(row.id, row.kind) for row in session.execute(statement)]


def _mark(session: Session, batch: Batch, now: datetime) -> None:
    numbers = [e.id for e in batch.events]
    unmarked = update(Event).where(col(Event.id).in_(numbers), col(Event.sent_at).is_(None))
    session.execute(unmarked.values(sent_at=now))
    if batch.settled:
        session.execute(update(Event).where(col(Event.id).in_(sorted(batch.settled))).values(settled_at=now))
