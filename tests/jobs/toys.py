"""Reactions that exist for tests only: one that leaves a trace, and the ways in which one can go wrong."""

import os
import signal
from collections import Counter
from pathlib import Path

from jobs.reactions import On
from kernel.access import SYSTEM
from kernel.accounts.events import PersonAdded
from kernel.accounts.verbs import add_person
from kernel.errors import NotAllowedNow
from kernel.progress.verbs import queue_job
from kernel.progress.visibility import jobs_visible_to
from kernel.work import unit_of_work

TRIES: Counter[str] = Counter()
AT_ONCE = (0, 0, 0, 0)
"""Four tries more, without a wait."""


def greet(event_id: int) -> None:
    """Leaves one row per event."""
    TRIES["greet"] += 1
    with unit_of_work() as work:
        if work.claim(event_id, by="greet"):
            queue_job(work, party_id=1, kind="greet", subject=("Event", event_id))


def stumble(event_id: int) -> None:
    TRIES["stumble"] += 1
    raise RuntimeError("this one always fails")


def refuse(event_id: int) -> None:
    TRIES["refuse"] += 1
    raise NotAllowedNow("not this one", "不允许")


def greet_slowly(event_id: int) -> None:
    """Says that it began, then waits to be killed; done quickly once it was."""
    began = Path(os.environ["CHAINMASTER_HOME"]) / "began"
    if not began.exists():
        began.touch()
        while True:
            signal.pause()
    with unit_of_work() as work:
        if work.claim(event_id, by="greet_slowly"):
            queue_job(work, party_id=1, kind="greet", subject=("Event", event_id))


def kill_worker(event_id: int) -> None:
    os._exit(9)


def on(job: object, queue: str = "evidence", **given: object) -> On:
    return On(PersonAdded, queue, job, **{"retry_seconds": AT_ONCE, **given})  # type: ignore[arg-type]


GREET = on(greet)


def people(count: int, *, start: int = 0) -> list[int]:
    """That many facts, a transaction each."""
    made = []
    for number in range(start, start + count):
        with unit_of_work() as work:
            person = add_person(work, SYSTEM, email=f"p{number}@firm.example", name="甲", roles=frozenset())
        made.append(person.id)
    return made


def greeted() -> Counter[int]:
    """Event -> how many traces it left."""
    with unit_of_work(writes=False) as work:
        return Counter(job.subject_id for job in work.all(jobs_visible_to(SYSTEM)))
