"""What relay and workers do, in this process and at once: every reaction to every fact that waits."""

from sqlalchemy import select
from sqlmodel import col

from jobs.answer_clocks import watch_answer_clocks
from jobs.reactions import REACTIONS
from kernel import clock, db, outbox
from kernel.access import unscoped
from kernel.tables import Event

JOBS_OF = {on.event.__name__: frozenset(o.name for o in REACTIONS if o.event is on.event) for on in REACTIONS}


def react(*, once: bool = False) -> int:
    """Let all that is due happen; how many facts there were. once: and not what follows from that."""
    done = 0
    while not (once and done) and (events := taken()):
        for event in events:
            for on in REACTIONS:
                if on.event.__name__ == event.kind:
                    on.job(event.id)
        done += len(events)
    if done:
        outbox.settle(JOBS_OF, clock.now())
    return done


def watch() -> None:
    """The timetable looks at the answer clocks, and all that follows happens."""
    watch_answer_clocks()
    react()


def taken() -> list[outbox.Waiting]:
    """Marked as sent first: on PostgreSQL a job waits for the lock of the fact it reacts to."""
    with outbox.unsent(500, clock.now()) as batch:
        batch.settled |= {event.id for event in batch.events if event.kind not in JOBS_OF}
        return list(batch.events)


def facts_of(kind: str) -> list[int]:
    """The numbers of the facts of a kind, whether or not anything has reacted to them: what a worker may be handed twice."""
    with unscoped("a test hands a job its fact once more"), db.session(writes=False) as session:
        return list(session.scalars(select(col(Event.id)).where(col(Event.kind) == kind)).all())
