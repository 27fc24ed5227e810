"""Keeps child processes alive: starts them, starts the dead again, copies what they say, ends them all."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from jobs.journal import Journal
from kernel.processes import PARENT

POLL_SECONDS = 0.1
STEADY_SECONDS = 10
"""Who lived this long died of something new and is started again at once."""
LONGEST_REST_SECONDS = 10.0
GRACE_SECONDS = 12

log = logging.getLogger("chainmaster.supervisor")


@dataclass
class Child:
    """One process to keep alive. Those with ``ends_last`` serve the others and are stopped after them.

    A ``quiet`` one speaks to its log file only.
    """

    name: str
    command: Sequence[str]
    ends_last: bool = False
    quiet: bool = False
    process: subprocess.Popen[str] | None = None
    born: float = 0.0
    deaths: int = 0
    rests_until: float = field(default=0.0)


class Supervisor:
    """``tell`` gets each line a child says, with the child's name; the same goes to a log file of its own."""

    def __init__(
        self, children: Sequence[Child], logs: Path, tell: Callable[[str, str], None], environ: Mapping[str, str]
    ) -> None:
        self.children, self.logs, self.tell = children, logs, tell
        self.environ = {**environ, PARENT: str(os.getpid()), "PYTHONUNBUFFERED": "1"}
        self.stopping = threading.Event()

    def run(self, each_turn: Callable[[], None]) -> None:
        """Until SIGINT or SIGTERM. Nothing that was started is left when this returns."""
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, lambda *_: self.stopping.set())
        try:
            while not self.stopping.is_set():
                self.tend()
                each_turn()
                self.stopping.wait(POLL_SECONDS)
        finally:
            self.stop()

    def tend(self) -> None:
        """Start who does not run. Called from one thread only: children end with the thread that made them."""
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                self._bury(child)
            if child.process is None and time.monotonic() >= child.rests_until:
                self._start(child)

    def stop(self) -> None:
        """Ask all to end, those who serve others last; end by force who does not listen."""
        for last in (False, True):
            group = [c for c in self.children if c.process is not None and c.ends_last is last]
            for child in group:
                _signal(child, signal.SIGTERM)
            until = time.monotonic() + GRACE_SECONDS
            for child in group:
                _wait(child, until)
                _signal(child, signal.SIGKILL)
                _wait(child, time.monotonic() + 1)
                child.process = None

    def _start(self, child: Child) -> None:
        child.born = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 - commands of our own making
            child.command, env=self.environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
        )  # fmt: skip
        assert child.process.stdout is not None
        threading.Thread(target=self._copy, args=(child, child.process.stdout), daemon=True).start()

    def _bury(self, child: Child) -> None:
        assert child.process is not None
        _signal(child, signal.SIGKILL)  # what it started itself must not outlive it
        if time.monotonic() - child.born > STEADY_SECONDS:
            child.deaths = 0
        rest = 0.0 if child.deaths == 0 else min(LONGEST_REST_SECONDS, 0.25 * 2**child.deaths)
        child.deaths += 1
        child.rests_until = time.monotonic() + rest
        self.tell(child.name, f"ended with {child.process.returncode}, starts again in {rest:g} s")
        child.process = None

    def _copy(self, child: Child, said: IO[str]) -> None:
        with Journal(self.logs / f"{child.name}.log") as journal, said:
            for line in said:
                journal.write(line)
                if not child.quiet and not line[:1].isspace():  # the inside of a traceback is for the file
                    self.tell(child.name, line.rstrip())


def python(module: str, *arguments: str) -> list[str]:
    """A module run in this interpreter. -P: nothing of ours is looked for where the user happens to stand."""
    return [sys.executable, "-P", "-m", module, *arguments]


def _signal(child: Child, signum: int) -> None:
    assert child.process is not None
    try:
        # The whole group, since a session was begun for it; but a polite word is for the head alone.
        if signum == signal.SIGKILL:
            os.killpg(child.process.pid, signum)
        else:
            child.process.send_signal(signum)
    except ProcessLookupError:
        return


def _wait(child: Child, until: float) -> None:
    assert child.process is not None
    try:
        child.process.wait(timeout=max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        log.warning("%s does not end when asked", child.name)
