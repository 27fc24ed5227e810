"""From the outbox to the queues: at least once, never lost. The claim of each job makes it once."""

import logging
import threading
from datetime import timedelta

from redis import Redis, RedisError
from rq import Retry
from rq.exceptions import DuplicateJobError
from sqlalchemy.exc import OperationalError

from jobs import lost
from jobs.queues import QUEUES, queue
from jobs.reactions import On
from kernel import clock, outbox
from kernel.broker import RELAY_ALIVE, RELAY_SILENCE_SECONDS

BATCH = 500
POLL_SECONDS = 0.2
TEND_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 5.0
NEVER = -1

log = logging.getLogger("chainmaster.relay")


class Relay:
    """One of any number: two relays at once send twice at worst, and a job id is taken only once."""

    def __init__(
        self, broker: Redis, reactions: tuple[On, ...], *, resend_after: timedelta = timedelta(seconds=30)
    ) -> None:
        self.broker, self.resend_after = broker, resend_after
        self.reactions: dict[str, list[On]] = {}
        for on in reactions:
            self.reactions.setdefault(on.event.__name__, []).append(on)
        self.queues = {name: queue(name, broker) for name in {*QUEUES, *(on.queue for on in reactions)}}
        self._jobs_of = {kind: frozenset(on.name for on in ons) for kind, ons in self.reactions.items()}

    def run(self, stop: threading.Event) -> None:
        """Deliver until told to stop. A broker or database that is away is waited for, longer each time."""
        wait, tended = POLL_SECONDS, 0.0
        while not stop.wait(wait):
            try:
                sent = self.send()
                if (now := clock.now().timestamp()) - tended >= TEND_SECONDS:
                    self.tend()
                    tended = now
                wait = 0.0 if sent == BATCH else POLL_SECONDS
            except (RedisError, OperationalError) as error:
                wait = min(LONGEST_WAIT_SECONDS, max(wait, POLL_SECONDS) * 2)
                log.warning("nothing is delivered just now, next try in %.1f s: %s", wait, error)

    def send(self) -> int:
        """Send the oldest unsent facts; how many there were."""
        with outbox.unsent(BATCH, clock.now()) as batch:
            for event in batch.events:
                for on in self.reactions.get(event.kind, ()):
                    self.enqueue(on, event.id)
                if event.kind not in self.reactions:
                    batch.settled.add(event.id)
        return len(batch.events)

    def tend(self) -> None:
        """Settle what is done, move what is due, revive what a dead worker left, send again what is nowhere."""
        self.broker.set(RELAY_ALIVE, clock.now().isoformat(), ex=RELAY_SILENCE_SECONDS)
        outbox.settle(self._jobs_of, clock.now())
        for at in self.queues.values():
            lost.enqueue_due(at)
            lost.revive(at)
        self.send_again()

    def send_again(self) -> int:
        """Send facts again whose jobs the broker has lost; how many facts were late.

        Jobs the broker still holds stay as they are, waiting or dead; so do those that have had their effect.
        """
        now = clock.now()
        late = outbox.overdue(now - self.resend_after, BATCH)
        if not late:
            return 0
        done = outbox.claims(late)
        held = set[str]().union(*(lost.held(at) for at in self.queues.values()))
        for event in late:
            for on in self.reactions.get(event.kind, ()):
                job_id = f"{on.name}-{event.id}"
                if (event.id, on.name) not in done and job_id not in held:
                    lost.forget(self.queues[on.queue], job_id)
                    self.enqueue(on, event.id)
        outbox.mark_sent_again([event.id for event in late], now)
        return len(late)

    def enqueue(self, on: On, event_id: int) -> None:
        job = f"{on.job.__module__}.{on.job.__qualname__}"
        tries = Retry(max=len(on.retry_seconds), interval=list(on.retry_seconds)) if on.retry_seconds else None
        try:
            self.queues[on.queue].enqueue(
                job, event_id, job_id=f"{on.name}-{event_id}", unique=True, retry=tries,
                job_timeout=on.timeout_seconds, result_ttl=0, failure_ttl=NEVER,
            )  # fmt: skip
        except DuplicateJobError:
            log.debug("%s is under way for event %s already", on.name, event_id)
