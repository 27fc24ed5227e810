"""A child process with little memory and little time, so that a killer file can end nothing but itself."""

import faulthandler
import gc
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

ANSWER_BYTES = 8 << 20
OUT_OF_MEMORY, BROKEN_OFF = 81, 82
STATM = Path("/proc/self/statm")  # Linux only; elsewhere the memory limit is left to the system


@dataclass(frozen=True)
class Limits:
    """``memory_bytes`` is counted on top of what the parent has mapped when it forks."""

    memory_bytes: int = 512 << 20
    cpu_seconds: int = 20
    wall_seconds: float = 60
    answer_bytes: int = ANSWER_BYTES


class Cause(StrEnum):
    MEMORY = "memory"
    CPU = "cpu"
    TIME = "time"
    SIGNAL = "signal"
    ERROR = "error"


@dataclass(frozen=True)
class Ended:
    """The child gave no answer; ``detail`` names the signal or the error."""

    cause: Cause
    detail: str = ""


def in_a_child(work: Callable[[], Any], limits: Limits) -> Any | Ended:
    """Run ``work`` in a forked child and return its answer, which must be plain JSON; Ended when there is none."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        _answer_and_exit(work, limits, writes)
    status: int | None = None
    try:
        os.close(writes)
        heard = _listen(reads, time.monotonic() + limits.wall_seconds, limits.answer_bytes)
        if heard is not None and len(heard) <= limits.answer_bytes:
            _, status = os.waitpid(child, 0)
    finally:
        # Also on a job's own time-out raised here: no child may outlive the question it was asked.
        os.close(reads)
        if status is None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if heard is None:
        return Ended(Cause.TIME)
    if status is None:
        return Ended(Cause.ERROR, "answer too long")
    return _meaning(heard, os.waitstatus_to_exitcode(status))


def _listen(reads: int, deadline: float, most: int) -> bytes | None:
    """What the child says until it closes the pipe or has said too much; None when the time is up first."""
    heard = bytearray()
    poll = select.poll()
    poll.register(reads, select.POLLIN)
    while (left := deadline - time.monotonic()) > 0:
        if not poll.poll(left * 1000):
            continue
        chunk = os.read(reads, 1 << 16)
        if not chunk or len(heard) > most:
            return bytes(heard)
        heard += chunk
    return None


def _meaning(heard: bytes, code: int) -> Any | Ended:
    if code == 0:
        return json.loads(heard)
    if code == OUT_OF_MEMORY:
        return Ended(Cause.MEMORY)
    if code == -signal.SIGXCPU:
        return Ended(Cause.CPU)
    if code < 0:
        return Ended(Cause.SIGNAL, signal.Signals(-code).name)
    return Ended(Cause.ERROR, heard.decode(errors="replace") if code == BROKEN_OFF else "")


def _answer_and_exit(work: Callable[[], Any], limits: Limits, writes: int) -> None:
    """The child's whole life. It never returns: the parent's code above it must not run twice."""
    code = BROKEN_OFF
    try:
        _fence(limits, writes)
        _say(writes, json.dumps(work()).encode())
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    finally:
        if code == BROKEN_OFF and (kind := sys.exc_info()[0]):
            _say(writes, kind.__name__.encode())
        os._exit(code)


def _fence(limits: Limits, writes: int) -> None:
    gc.freeze()  # a parent's socket freed here would close a number that by then is another file
    faulthandler.disable()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    # Databases, brokers and the terminal stay out of the reach of a file.
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, writes)
    os.closerange(writes + 1, 1 << 16)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    if STATM.exists():
        mapped = int(STATM.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + limits.memory_bytes,) * 2)
    # Should the parent be killed, nobody else is left to end a child that waits.
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + 5)


def _say(writes: int, answer: bytes) -> None:
    while answer:
        answer = answer[os.write(writes, answer) :]
