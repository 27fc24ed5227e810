"""Both servers of a run, started as `chainmaster web` starts one, and ended with it."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import Asked, ask
from jobs.supervisor import python
from kernel.processes import PARENT

PATIENCE_SECONDS = 60


@contextmanager
def product(home: Path, url: str) -> Iterator[int]:
    """`chainmaster web` on a home and a database; its port."""
    port = free_port()
    command = python("jobs.command", "web", "--port", str(port))
    with _running(command, port, {"CHAINMASTER_HOME": str(home), "DATABASE_URL": url}):
        yield port


@contextmanager
def plain(url: str) -> Iterator[int]:
    """The plain endpoint on a database of its own; its port."""
    port = free_port()
    with _running(python("bench.serve", str(port)), port, {"PLAIN_DATABASE_URL": url}):
        yield port


@contextmanager
def _running(command: list[str], port: int, environ: dict[str, str]) -> Iterator[None]:
    given = {**os.environ, **environ, PARENT: str(os.getpid())}
    process = subprocess.Popen(command, env=given, start_new_session=True)
    try:
        _wait_for(port, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            ask(port, Asked("GET", "/healthz"))
            return
        except (OSError, RuntimeError):
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port
