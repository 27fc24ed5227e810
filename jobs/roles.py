"""The processes, one role each: web, relay, worker, timetable. `up` starts them all; a fleet starts some.

Each loads what it does and no more: the parent of the web processes serves nothing itself.
"""

import logging
import os
import signal
import sys
import threading
import time
from importlib import import_module
from typing import Any

from redis import RedisError

from kernel.boot import boot
from kernel.broker import broker, broker_at_once
from kernel.processes import PARENT, die_with_parent
from kernel.settings import Settings

LARGEST_HEAD_BYTES = 64 * 1024
"""The server's own limit on request line and headers; the app refuses politely from half of it on."""


WAITING_THREADS = 256


def begin(settings: Settings | None = None) -> None:
    """What every role does first."""
    if parent := os.environ.get(PARENT):
        die_with_parent(int(parent))
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if settings is not None:
        boot(settings)


def run_web(*, host: str, port: int, processes: int, app: str = "web.wsgi:app") -> None:
    """Serve until SIGTERM. Threads only wait for slow senders; the app's own gate lets one work at a time."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    begin()
    server = Granian(
        app, address=host, port=port, interface=Interfaces.WSGI, workers=processes, blocking_threads=WAITING_THREADS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=LARGEST_HEAD_BYTES),
        log_level=LogLevels.error, respawn_failed_workers=True, workers_kill_timeout=8,
    )  # fmt: skip
    server.serve(target_loader=_load_app)


def _load_app(target: str) -> Any:
    die_with_parent(os.getppid())
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def run_relay(settings: Settings) -> None:
    from jobs.reactions import REACTIONS
    from jobs.relay import Relay

    begin(settings)
    Relay(broker(settings), REACTIONS).run(_told_to_stop())


def run_worker(settings: Settings, *, number: int, of: int) -> None:
    from chain.network.esri import warm
    from jobs import reactions  # noqa: F401 - all jobs are loaded before the first is taken
    from jobs.queues import queues_of
    from jobs.worker import work

    begin(settings)
    if _wait_for_broker(settings):
        work(broker(settings), queues_of(number - 1, of), begin_with=warm)


def run_timetable(settings: Settings) -> None:
    from jobs import timetable

    begin(settings)
    if _wait_for_broker(settings):
        timetable.run(broker(settings))


def cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _told_to_stop() -> threading.Event:
    stop = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda *_: stop.set())
    return stop


def _wait_for_broker(settings: Settings) -> bool:
    """Whether the broker came; False when told to stop before it did."""
    while True:
        try:
            broker_at_once(settings).ping()
            return True
        except RedisError:
            time.sleep(0.2)
