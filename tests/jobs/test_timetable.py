"""What happens at its time happens once, and says so when it finds something wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from jobs import nightly
from jobs.queues import QUEUES, queues_of
from jobs.timetable import TIMETABLE, scheduler
from jobs.worker import work
from kernel import clock, db, idempotency
from kernel.access import Actor, unscoped
from kernel.settings import Settings
from kernel.work import unit_of_work


@pytest.fixture(autouse=True)
def _clock_is_put_right() -> object:
    yield
    clock.set_to(None)


def test_two_timetables_enqueue_a_job_once_and_a_worker_can_do_it(valkey: Redis) -> None:
    one, two = scheduler(valkey), scheduler(valkey)
    due = datetime(2026, 11, 23, 18, 10, tzinfo=UTC)
    for made in (one, two):
        for entry in made.get_jobs():
            entry.next_enqueue_time = due

    one.enqueue_jobs()
    two.enqueue_jobs()

    assert sorted(valkey.lrange("rq:queue:notices", 0, -1)) == sorted(
        f"{at.job.__name__}-20261123T1810".encode() for at in TIMETABLE
    )
    work(valkey, QUEUES, stop_when_empty=True)
    assert valkey.zcard("rq:finished:notices") == len(TIMETABLE)


def test_the_night_forgets_keys_past_their_day_and_no_others(settings: Settings) -> None:
    clock.set_to(clock.now() - timedelta(hours=25))
    with unit_of_work(Actor(7)) as work:
        idempotency.remember(work, "old", "f")
    clock.set_to(None)
    with unit_of_work(Actor(7)) as work:
        idempotency.remember(work, "new", "f")

    nightly.forget_what_has_ended()

    with unscoped("the test looks"), db.session(writes=False) as session:
        assert session.connection().exec_driver_sql("SELECT key FROM idempotency_key").scalars().all() == ["new"]


def test_a_broken_trail_ends_the_nightly_job_with_its_place(settings: Settings) -> None:
    from jobs.people import first_operator

    first_operator()
    nightly.verify_audit_trail()
    with unscoped("the test tampers"), db.session(writes=True) as session:
        session.connection().exec_driver_sql("DELETE FROM audit_entry")
        session.commit()

    with pytest.raises(nightly.TrailBroken, match="party 0, entry 1: the chain ends at 0, its head says 1"):
        nightly.verify_audit_trail()


def test_one_worker_is_always_free_of_documents() -> None:
    assert queues_of(0, 1) == ("evidence", "notices", "documents", "network")
    for workers in (2, 3, 4):
        taken = [queues_of(n, workers) for n in range(workers)]
        assert "documents" not in taken[-1]
        assert all(queues[0] == "documents" for queues in taken[:-1])
        assert all(queues[-1] == "network" for queues in taken)
