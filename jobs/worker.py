"""One worker: takes jobs in order of its queues and does them in its own process."""

import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from uuid import uuid4

from redis import Redis, RedisError
from rq import SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from jobs.lost import ALIVE_SECONDS, sign_of_life
from kernel.errors import DomainError


class Worker(SimpleWorker):
    """Document checks fork a sandbox of their own; all other jobs are too small to pay for a fork each."""

    max_connection_wait_time = 2.0
    log_result_lifespan = False

    def _set_ip_address(self, connection: Redis) -> None:
        # rq would ask the broker, whose answer redis-py cannot read when the socket's path has a space in it.
        self.ip_address = "unknown"


def work(
    broker: Redis, queues: tuple[str, ...], *, stop_when_empty: bool = False, alive_seconds: int = ALIVE_SECONDS,
    begin_with: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Take jobs until SIGTERM, or until none is left. ``alive_seconds``: how long after its death it is missed.

    ``begin_with``: called before the first is taken, such as to compile what jobs compute with.
    """
    worker = Worker(
        list(queues),
        name=f"worker-{uuid4().hex[:12]}",
        connection=broker,
        serializer=JSONSerializer,
        exception_handlers=[give_up_refused],
        job_monitoring_interval=5,
        maintenance_interval=30,
    )
    stop = threading.Event()
    _show_life(broker, worker.name, alive_seconds)
    signs = threading.Thread(target=_live, args=(broker, worker.name, alive_seconds, stop), daemon=True)
    signs.start()
    begin_with()
    worker.work(burst=stop_when_empty, logging_level="WARNING")
    stop.set()
    signs.join()


def give_up_refused(job: Job, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> bool:
    """A refusal is an answer: asking again brings the same. Only faults are tried again."""
    if isinstance(error, DomainError):
        job.retries_left = 0
    return True


def _live(broker: Redis, name: str, seconds: int, stop: threading.Event) -> None:
    while not stop.wait(seconds / 5):
        _show_life(broker, name, seconds)
    with suppress(RedisError):
        broker.delete(sign_of_life(name))


def _show_life(broker: Redis, name: str, seconds: int) -> None:
    with suppress(RedisError):  # a broker that comes back in time has missed nothing
        broker.set(sign_of_life(name), "1", ex=seconds)
