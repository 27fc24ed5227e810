"""A child that eats memory, burns time, breaks down or looks around harms nothing and is named for what it did."""

import os
import resource
import signal
import threading
from pathlib import Path

import pytest

from delivery.checks.catalogue import Step
from delivery.checks.findings import Check, Declared, Finding, Format, Said, Verdict
from delivery.checks.run import answer_of
from delivery.checks.sandbox import ANSWER_BYTES, Cause, Ended, Limits, in_a_child

HUNGRY = Check("hungry", 1, Said("A child is fed.", "子进程正常。"))
LITTLE = Limits(memory_bytes=64 << 20, cpu_seconds=1, wall_seconds=20)


def eat_memory() -> int:
    return len(bytearray(1 << 30))


def burn_time() -> None:
    while True:
        pass


def break_down() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def wait_for_ever() -> None:
    """Without the alarm that a well-meaning child keeps set."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.pause()


def raise_an_error() -> None:
    raise ZeroDivisionError


ENDS = {
    "memory": (eat_memory, Ended(Cause.MEMORY)),
    "processor time": (burn_time, Ended(Cause.CPU)),
    "signal": (break_down, Ended(Cause.SIGNAL, "SIGSEGV")),
    "error": (raise_an_error, Ended(Cause.ERROR, "ZeroDivisionError")),
    "silent exit": (lambda: os._exit(3), Ended(Cause.ERROR)),
    "endless answer": (lambda: "x" * (ANSWER_BYTES * 4), Ended(Cause.ERROR, "answer too long")),
}


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())


@pytest.mark.parametrize("case", ENDS)
def test_a_child_that_ends_badly_is_named_for_it(case: str) -> None:
    work, ended = ENDS[case]
    before = children()

    limits = Limits() if case == "endless answer" else LITTLE
    assert in_a_child(work, limits) == ended
    assert children() == before


def test_a_child_that_waits_is_ended_when_its_time_is_up() -> None:
    before = children()

    assert in_a_child(wait_for_ever, Limits(wall_seconds=0.2)) == Ended(Cause.TIME)
    assert children() == before


@pytest.mark.parametrize(
    ("work", "cause", "words"),
    [
        (eat_memory, "memory", "more than 64 MB of memory"),
        (burn_time, "cpu", "more than 1 s of computing time"),
        (break_down, "signal", "the reader broke down (SIGSEGV)"),
        (raise_an_error, "error", "the reader stopped (ZeroDivisionError)"),
    ],
)
def test_a_check_without_an_answer_says_why_and_what_to_do(tmp_path: Path, work, cause: str, words: str) -> None:
    def look(path: Path, declared: Declared) -> Finding:
        work()
        return HUNGRY.passed()

    finding = answer_of(Step(HUNGRY, look, ()), tmp_path, Declared("a.pdf", 1, "", Format.PDF), LITTLE).finding

    assert (finding.check, finding.verdict, finding.evidence["cause"]) == ("hungry", Verdict.NOT_CHECKED, cause)
    assert words in finding.en
    assert finding.zh.startswith("此项检查未能完成")
    assert finding.cure_en and finding.cure_zh


def test_a_healthy_child_answers_in_plain_json() -> None:
    assert in_a_child(lambda: {"n": [1, "二", None]}, Limits()) == {"n": [1, "二", None]}


def test_a_child_cannot_reach_what_its_parent_has_open(tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w+b") as secret:
        number = secret.fileno()

        assert in_a_child(lambda: os.fstat(number).st_size, Limits()) == Ended(Cause.ERROR, "OSError")
        assert os.fstat(number).st_size == 0


def test_a_child_writes_no_file(tmp_path: Path) -> None:
    target = tmp_path / "written"

    assert in_a_child(lambda: target.write_bytes(b"x"), Limits()) == Ended(Cause.ERROR, "OSError")
    assert target.read_bytes() == b""


def test_a_child_leaves_no_core_and_has_little_time() -> None:
    def limits() -> list[list[int]]:
        return [list(resource.getrlimit(which)) for which in (resource.RLIMIT_CORE, resource.RLIMIT_CPU)]

    assert in_a_child(limits, Limits()) == [[0, 0], [20, 21]]


def test_a_time_out_of_the_job_itself_leaves_no_child_behind() -> None:
    class JobOver(Exception):
        """As a queue's own time limit raises it."""

    def over(number: int, frame: object) -> None:
        raise JobOver

    before, former = children(), signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(JobOver):
            in_a_child(wait_for_ever, Limits())
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)

    assert children() == before
