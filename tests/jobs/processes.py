"""Real processes for tests: start them, see them, end them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from kernel.processes import PARENT

PATIENCE_SECONDS = 60
"""How long a test waits for what must come; it is not a measure of how fast that should be."""


def start(*arguments: str, environ: Mapping[str, str], log: Path | None = None) -> subprocess.Popen[bytes]:
    """A Python process in a session of its own; what it says goes to ``log``."""
    said = log.open("ab") if log else subprocess.DEVNULL
    command = [sys.executable, "-P", *arguments]
    given = {**environ, PARENT: str(os.getpid())}  # a test run cut short leaves nothing behind
    return subprocess.Popen(command, env=given, stdout=said, stderr=subprocess.STDOUT, start_new_session=True)


class Started(dict[str, subprocess.Popen[bytes]]):
    """Processes of one test by name."""

    def kill(self, name: str) -> None:
        self[name].kill()
        self[name].wait()

    def end(self) -> None:
        for process in self.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until(holds: Callable[[], bool], *, patience: float = PATIENCE_SECONDS) -> None:
    """Come back as soon as it holds; fail the test when it never does."""
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until, "this never came to be"
        time.sleep(0.02)


def descendants(pid: int) -> dict[int, str]:
    """All living processes below this one: number -> command line."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if state != "Z":
                parents[int(entry.name)] = (int(parent), line)
    found: dict[int, str] = {}
    fresh = {pid}
    while fresh:
        fresh = {child for child, (parent, _) in parents.items() if parent in fresh}
        found.update({child: parents[child][1] for child in fresh})
    return found
