"""Facts reach their reactions at least once, and their effects are there exactly once."""

from datetime import timedelta
from pathlib import Path

import pytest
import toys
from processes import PATIENCE_SECONDS, Started, start, wait_until
from redis import Redis

from jobs import lost
from jobs.queues import QUEUES
from jobs.relay import Relay
from jobs.worker import work
from kernel import health, outbox
from kernel.settings import Settings

TOY_RELAY = str(Path(toys.__file__).with_name("toy_relay.py"))
TOY_WORKER = str(Path(toys.__file__).with_name("toy_worker.py"))
NOW = timedelta(0)
"""Sent longer ago than this counts as lost."""


@pytest.fixture(autouse=True)
def _fresh_tries() -> None:
    toys.TRIES.clear()


def finish(broker: Redis, relay: Relay) -> None:
    work(broker, QUEUES, stop_when_empty=True)
    relay.tend()


def once_each(count: int) -> dict[int, int]:
    return dict.fromkeys(range(1, count + 1), 1)


def test_a_fact_has_its_effect_once_and_is_settled(valkey: Redis) -> None:
    relay = Relay(valkey, (toys.GREET,))
    toys.people(3)
    assert outbox.counts() == (3, 0)

    relay.send()
    assert outbox.counts() == (0, 3)
    finish(valkey, relay)

    assert toys.greeted() == once_each(3)
    assert outbox.counts() == (0, 0)


def test_a_fact_nothing_reacts_to_is_settled_at_once(valkey: Redis) -> None:
    toys.people(2)

    Relay(valkey, ()).send()

    assert outbox.counts() == (0, 0)


def test_a_relay_killed_between_sending_and_marking_doubles_nothing(
    valkey: Redis, environ: dict[str, str], started: Started
) -> None:
    toys.people(50)

    started["relay"] = start(TOY_RELAY, "20", environ=environ)
    assert started["relay"].wait(PATIENCE_SECONDS) == -9
    assert outbox.counts() == (50, 0)
    assert valkey.llen("rq:queue:evidence") == 20
    relay = Relay(valkey, (toys.GREET,))
    relay.send()

    assert valkey.llen("rq:queue:evidence") == 50
    finish(valkey, relay)
    assert toys.greeted() == once_each(50)


def test_an_effect_had_before_the_mark_is_not_had_again(
    valkey: Redis, environ: dict[str, str], started: Started
) -> None:
    toys.people(10)
    started["relay"] = start(TOY_RELAY, "10", environ=environ)
    started["relay"].wait(PATIENCE_SECONDS)
    work(valkey, QUEUES, stop_when_empty=True)
    assert toys.greeted() == once_each(10)

    relay = Relay(valkey, (toys.GREET,))
    relay.send()
    finish(valkey, relay)

    assert toys.TRIES["greet"] == 20
    assert toys.greeted() == once_each(10)
    assert outbox.counts() == (0, 0)


def test_a_broker_that_forgot_everything_is_told_again(valkey: Redis) -> None:
    relay = Relay(valkey, (toys.GREET,), resend_after=NOW)
    toys.people(5)
    relay.send()

    valkey.flushall()
    assert relay.send_again() == 5

    finish(valkey, relay)
    assert toys.greeted() == once_each(5)


def test_what_waits_in_the_queue_is_not_sent_twice(valkey: Redis) -> None:
    relay = Relay(valkey, (toys.GREET,), resend_after=NOW)
    toys.people(5)
    relay.send()

    relay.send_again()

    assert valkey.llen("rq:queue:evidence") == 5


def test_a_job_whose_id_lies_about_is_sent_again(valkey: Redis) -> None:
    """A worker that dies between taking a job and starting it leaves the job in no list at all."""
    relay = Relay(valkey, (toys.GREET,), resend_after=NOW)
    toys.people(1)
    relay.send()
    assert valkey.lpop("rq:queue:evidence") == b"greet-1"

    relay.send_again()
    finish(valkey, relay)

    assert toys.greeted() == once_each(1)


def test_two_relays_at_once_double_nothing(valkey: Redis, environ: dict[str, str], started: Started) -> None:
    toys.people(100)

    started["one"] = start(TOY_RELAY, environ=environ)
    started["two"] = start(TOY_RELAY, environ=environ)
    toys.people(100, start=100)
    wait_until(lambda: outbox.counts() == (0, 200))

    assert valkey.llen("rq:queue:evidence") == 200
    work(valkey, QUEUES, stop_when_empty=True)
    wait_until(lambda: outbox.counts() == (0, 0))
    assert toys.greeted() == once_each(200)


def test_a_job_that_always_fails_is_shown_dead_and_holds_up_nobody(valkey: Redis, settings: Settings) -> None:
    relay = Relay(valkey, (toys.on(toys.stumble), toys.GREET), resend_after=NOW)
    toys.people(3)
    relay.send()

    finish(valkey, relay)

    assert toys.greeted() == once_each(3)
    assert toys.TRIES["stumble"] == 15
    assert health.dead_jobs(settings) == ["stumble-1", "stumble-2", "stumble-3"]
    assert outbox.counts() == (0, 3)
    relay.send_again()
    assert valkey.llen("rq:queue:evidence") == 0


def test_a_refusal_is_not_asked_again(valkey: Redis, settings: Settings) -> None:
    relay = Relay(valkey, (toys.on(toys.refuse),))
    toys.people(1)
    relay.send()

    finish(valkey, relay)

    assert toys.TRIES["refuse"] == 1
    assert health.dead_jobs(settings) == ["refuse-1"]


def test_a_retry_waits_for_its_time_and_is_then_made(valkey: Redis) -> None:
    relay = Relay(valkey, (toys.on(toys.stumble, retry_seconds=(3600,)),))
    toys.people(1)
    relay.send()
    finish(valkey, relay)
    assert (toys.TRIES["stumble"], valkey.llen("rq:queue:evidence")) == (1, 0)

    valkey.zadd("rq:scheduled:evidence", {"stumble-1": 1})
    relay.tend()
    finish(valkey, relay)

    assert toys.TRIES["stumble"] == 2


def test_a_job_begun_by_a_worker_that_died_is_begun_again(
    valkey: Redis, environ: dict[str, str], started: Started, settings: Settings
) -> None:
    relay = Relay(valkey, (toys.on(toys.greet_slowly),))
    toys.people(1)
    relay.send()
    started["worker"] = start(TOY_WORKER, environ=environ)
    wait_until((settings.home / "began").exists)
    relay.tend()
    assert valkey.zcard("rq:wip:evidence") == 1

    started.kill("worker")
    wait_until(lambda: not valkey.keys("chainmaster:worker:*"))
    relay.tend()
    started["worker"] = start(TOY_WORKER, environ=environ)

    wait_until(lambda: toys.greeted() == once_each(1))
    wait_until(lambda: valkey.zcard("rq:wip:evidence") == 0)


def test_a_job_that_kills_its_workers_is_dead_in_the_end(
    valkey: Redis, environ: dict[str, str], started: Started, settings: Settings
) -> None:
    relay = Relay(valkey, (toys.on(toys.kill_worker, retry_seconds=(0,)),))
    toys.people(1)
    relay.send()

    for _ in range(2):
        started["worker"] = start(TOY_WORKER, environ=environ)
        assert started["worker"].wait(PATIENCE_SECONDS) == 9
        wait_until(lambda: not valkey.keys("chainmaster:worker:*"))
        relay.tend()

    assert health.dead_jobs(settings) == ["kill_worker-1"]
    assert lost.held(relay.queues["evidence"]) == {"kill_worker-1"}


def test_a_broker_that_was_away_finds_everything_waiting(
    valkey: Redis, environ: dict[str, str], started: Started
) -> None:
    started["relay"] = start(TOY_RELAY, environ=environ)
    started["worker"] = start(TOY_WORKER, environ=environ)
    toys.people(5)
    wait_until(lambda: toys.greeted() == once_each(5))

    started.kill("broker")
    toys.people(5, start=5)
    started["broker"] = start("-m", "jobs.embedded", environ=environ)

    wait_until(lambda: toys.greeted() == once_each(10))
    wait_until(lambda: outbox.counts() == (0, 0))
