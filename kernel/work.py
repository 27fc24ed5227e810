"""The unit of work: one transaction, the facts it records, the audit entries it leaves."""

from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select
from sqlmodel import SQLModel

from kernel import audit, clock, db
from kernel.access import SYSTEM, Actor, unscoped
from kernel.errors import NotFound
from kernel.events import Fact
from kernel.inbox.keeping import Moved, note_followed
from kernel.ledger import keeping
from kernel.tables import Event, EventClaim, EventSubject

T = TypeVar("T")
R = TypeVar("R", bound=SQLModel)


class UnitOfWork:
    """Opened by a door, committed once at its end. Verbs never commit, enqueue or read the clock.

    ``now``: the instant, UTC, this whole transaction acts at. ``actor``: who acts. ``readings``: what of others' is being
    given out, for the access ledger (``kernel.ledger.verbs.note``).
    """

    def __init__(self, session: Session, actor: Actor, now: datetime) -> None:
        self.session, self.actor, self.now = session, actor, now
        self.readings: dict[keeping.Reading, int] = {}
        self._recorded: list[audit.Recorded] = []
        self._moved: list[Moved] = []

    def one(self, statement: Select[T], *, lock: bool = False, field: str = "id") -> T:
        """The one thing a visible select leads to, locked until the end if a verb will move it. Raises NotFound."""
        found = self.maybe(statement, lock=lock)
        if found is None:
            raise NotFound(field)
        return found

    def maybe(self, statement: Select[T], *, lock: bool = False) -> T | None:
        if lock:
            statement = statement.with_for_update().execution_options(populate_existing=True)
        return self.session.scalars(statement).first()

    def all(self, statement: Select[T], *, lock: bool = False) -> Sequence[T]:
        if lock:
            statement = statement.with_for_update().execution_options(populate_existing=True)
        return self.session.scalars(statement).all()

    def rows(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        """The same rows as plain tuples with names: a fifth of the cost of objects, for reading only."""
        entities = [d["entity"] for d in statement.column_descriptions]
        if len(entities) == 1 and statement.column_descriptions[0]["expr"] is entities[0]:
            statement = statement.with_only_columns(*entities[0].__table__.columns, maintain_column_froms=True)
        found = self.session.connection().execute(statement)
        # SQLAlchemy's own rows find a column by asking Python for it every time it is read.
        return list(map(_row_type(tuple(found.keys()))._make, found.all()))

    def count(self, statement: Select[*tuple[Any, ...]]) -> int:
        counted = select(func.count()).select_from(statement.order_by(None).subquery())
        return self.session.execute(counted.execution_options(**statement.get_execution_options())).scalar_one()

    def add(self, row: R) -> R:
        """Write a new row now, so that it has its number."""
        self.session.add(row)
        self.session.flush()
        return row

    def record(self, fact: Fact) -> Event:
        """Write down that this happened: in the outbox, in the history of what it is about, in the audit trail."""
        event = Event(
            kind=type(fact).__name__, facts=fact.facts(),
            by_user=self.actor.user_id, by_party=self.actor.party_id, at=self.now,
        )  # fmt: skip
        self.add(event)
        assert event.id is not None
        for kind, subject_id in dict.fromkeys(fact.subjects()):
            self.session.add(EventSubject(kind=kind, subject_id=subject_id, event_id=event.id))
            self._moved.append((event.id, event.kind, kind, subject_id))
        self._recorded.append(event)
        return event

    def add_many(self, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """Write many new rows of one shape; their numbers, in the same order. For bulk forms of verbs alone."""
        return db.insert_many(self.session, table.__table__, rows)  # type: ignore[attr-defined]

    def record_many(self, facts: Sequence[Fact]) -> Sequence[int]:
        """``record`` for each of them; the numbers of the events."""
        told: list[dict[str, Any]] = [
            {"kind": type(fact).__name__, "facts": fact.facts(), "by_user": self.actor.user_id,
             "by_party": self.actor.party_id, "at": self.now}
            for fact in facts
        ]  # fmt: skip
        numbers = self.add_many(Event, told)
        moved = [
            (number, type(fact).__name__, kind, subject_id)
            for fact, number in zip(facts, numbers, strict=True) for kind, subject_id in dict.fromkeys(fact.subjects())
        ]  # fmt: skip
        self.add_many(EventSubject, [
            {"kind": kind, "subject_id": subject_id, "event_id": number} for number, _, kind, subject_id in moved
        ])  # fmt: skip
        self._moved += moved
        self._recorded += [audit.Written(number, **row) for row, number in zip(told, numbers, strict=True)]
        return numbers

    def claim(self, event_id: int, *, by: str) -> Event | None:
        """The event, if this job has not had its effect yet; None on every later run."""
        with unscoped("a job reads the fact it reacts to"):
            claimed = {"event_id": event_id, "job": by, "at": self.now}
            if not db.insert_new(self.session, EventClaim.__table__, claimed):  # type: ignore[attr-defined]
                return None
            return self.session.get(Event, event_id)

    def facts_of(self, event_id: int) -> dict[str, Any]:
        """What an event says, whether or not a job has claimed it."""
        with unscoped("a job reads the fact it reacts to"):
            return self.session.get_one(Event, event_id).facts

    def unclaimed(self, event_id: int, *, by: str) -> Event | None:
        """The event, while this job has not had its effect: for work that must be done before the claim, such as a mail."""
        with unscoped("a job reads the fact it reacts to"):
            if self.session.get(EventClaim, (event_id, by)) is not None:
                return None
            return self.session.get(Event, event_id)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo everything inside if it raises: rows, facts and all."""
        kept, moved, read = len(self._recorded), len(self._moved), dict(self.readings)
        try:
            with self.session.begin_nested():
                yield
                self.session.flush()
        except BaseException:
            del self._recorded[kept:], self._moved[moved:]
            self.readings = read
            self.session.connection().info.pop("flushing", None)
            raise

    def commit(self) -> None:
        self.session.flush()
        if self._moved:
            note_followed(self.session, self._moved, self.actor, self.now)
            self._moved = []
        if self._recorded:
            audit.append(self.session, self._recorded)
            self._recorded = []
        if fresh := self.readings_to_keep():
            keeping.add_entries(self.session, fresh, self.now)
        self.session.commit()

    def readings_to_keep(self) -> keeping.Readings:
        if not self.readings:
            return {}
        return keeping.not_yet_kept(self.session, self.readings, self.actor, self.now)


@cache
def _row_type(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names)  # noqa: PYI024 - its fields are known only now


@contextmanager
def unit_of_work(
    actor: Actor = SYSTEM, *, writes: bool = True, waits: bool = True, now: datetime | None = None
) -> Iterator[UnitOfWork]:
    """One transaction: committed when the block ends well, undone when it does not.

    ``waits``: see ``kernel.db.session``; raises Busy.

    What one that only reads gives of others' secrets enters the access ledger by a second, short one at its end.
    """
    fresh: keeping.Readings = {}
    with db.session(writes=writes, waits=waits) as session:
        work = UnitOfWork(session, actor, now or clock.now())
        try:
            yield work
            if writes:
                work.commit()
            else:
                fresh = work.readings_to_keep()
        except BaseException:
            session.rollback()
            raise
    if fresh:
        keeping.keep_apart(fresh, work.now)
