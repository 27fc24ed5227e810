"""Official rules for whoever answers a request: a process beside it holds the compiled sets, and has little time.

Decision 0054. The command line runs them in a process of its own instead, and takes its time (``rule_sets``).
"""

import atexit
import json
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from lxml import etree

from exchange.ubl.hardened import Refused, parsed
from exchange.ubl.rule_sets import BrokenRuleSet, Failed, RuleSet, rule_sets
from kernel.errors import NotAllowedNow, Rule
from kernel.rule_folder import rule_folder

SECONDS, STARTING_SECONDS, RESTING_SECONDS = 2.0, 6.0, 60.0
"""For a document; where the process is still to start and compile; and how long a set that took longer is left alone."""
MENDED = Rule(
    "ubl.rule_set_fires_nothing", "平台运营方修正或移除该规则集", "the operator, by mending the rule set or taking it out"
)  # fmt: skip


@dataclass(frozen=True)
class NotRun:
    """Official rules were not run on a document, and why: it is not known to keep them."""

    en: str
    zh: str
    rule: str = "not run"
    place: str = ""

    def said(self, lang: str) -> str:
        return f"官方规则未运行：{self.zh}" if lang == "zh" else f"official rules were not run: {self.en}"

    def cure(self, lang: str) -> str:
        return (
            "请用命令行核对，或联系平台运营方" if lang == "zh" else "check it by the command line, or ask the operator"
        )

    def __str__(self) -> str:
        return f"{self.said('en')} / {self.said('zh')}"


NOT_IN_ORDER = NotRun("a set in the operator's folder does not run", "平台规则集文件夹中有无法运行的规则集")


@dataclass
class RuleProcess:
    """The process beside us, started by the first document that has a set; one question at a time."""

    running: "subprocess.Popen[bytes] | None" = None
    folder: Path | None = None
    rests_until: float = 0.0
    turn: Lock = field(default_factory=Lock)

    def asked(self, content: bytes) -> dict[str, Any] | None:
        """Its answer; None where there is none in time, and then it is ended and left alone for a while."""
        with self.turn:
            if time.monotonic() < self.rests_until:
                return None
            for fresh in (False, True):  # one that had ended by itself, idle, is started once more
                starts = (
                    fresh or self.running is None or self.running.poll() is not None or self.folder != rule_folder()
                )
                if starts:
                    self._start()
                try:
                    return self._answer(content, STARTING_SECONDS if starts else SECONDS)
                except TimeoutError:
                    break
                except (OSError, ValueError):
                    if starts:
                        break
                except BaseException:  # what was asked would be answered to whoever asks next
                    self.end()
                    raise
            self.end()
            self.rests_until = time.monotonic() + RESTING_SECONDS
            return None

    def _start(self) -> None:
        self.end()
        self.folder = rule_folder()
        # Its surroundings are told nothing of ours: no secret, no database.
        surroundings = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath, "TZ": "UTC", "LANG": "C.UTF-8"}
        self.running = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "exchange.ubl.rule_process", str(self.folder or "")], env=surroundings,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _answer(self, content: bytes, seconds: float) -> dict[str, Any]:
        """Raises TimeoutError, OSError and ValueError where the process has ended."""
        assert self.running is not None and self.running.stdin is not None and self.running.stdout is not None
        deadline, says, hears = time.monotonic() + seconds, self.running.stdin.fileno(), self.running.stdout.fileno()
        os.set_blocking(says, False)
        left = len(content).to_bytes(8, "big") + content
        while left:
            self._wait(says, select.POLLOUT, deadline)
            left = left[os.write(says, left) :]
        size = int.from_bytes(self._heard(hears, 8, deadline), "big")
        found: dict[str, Any] = json.loads(self._heard(hears, size, deadline))
        return found

    def _heard(self, hears: int, size: int, deadline: float) -> bytes:
        heard = bytearray()
        while len(heard) < size:
            self._wait(hears, select.POLLIN, deadline)
            piece = os.read(hears, min(size - len(heard), 1 << 16))
            if not piece:
                raise OSError("the rule process has ended")
            heard += piece
        return bytes(heard)

    def _wait(self, pipe: int, for_what: int, deadline: float) -> None:
        waits = select.poll()  # select knows no pipe above 1,023, and a web process has many connections
        waits.register(pipe, for_what)
        if not waits.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError

    def end(self) -> None:
        if self.running is None:
            return
        with suppress(OSError):
            self.running.kill()
        self.running.wait()
        for pipe in (self.running.stdin, self.running.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self.running = None


PROCESS = RuleProcess()
atexit.register(PROCESS.end)


def official_on(content: bytes, *, sealed: bool = False) -> list[Failed | NotRun]:
    """What official rule sets say of a document; nothing where none is for it, or it is not read at all.

    sealed: an answer may be kept, and the text of a rule may repeat what the document says: they are not run on it.

    Raises NotAllowedNow where a set fires no rule: a set that looks at nothing must not look like one that is content.
    """
    try:
        name = etree.QName(parsed(content)).localname
        for_it = [one for one in _sets() if one.document == name]
    except Refused:
        return []
    except BrokenRuleSet:  # its sentence names a folder of the operator's machine, who reads it at the command line
        return [NOT_IN_ORDER]
    if not for_it:
        return []
    if sealed:
        return [NotRun("a bid is sealed, and a rule may repeat what it says", "报价须密封，而规则结果可能复述其内容")]
    answer = PROCESS.asked(content)
    if answer is None:
        return [NotRun(f"no answer within {SECONDS:g} seconds", f"{SECONDS:g} 秒内没有结果")]
    if answer["silent"]:
        named = ", ".join(answer["silent"])
        raise NotAllowedNow(
            f"no rule of the official set {named} fired on this {name}: a set that looks at nothing finds nothing",
            f"官方规则集 {named} 对该 {name} 没有触发任何规则：未检查不等于合格", rule=MENDED,
        )  # fmt: skip
    return [*(Failed(**one) for one in answer["failed"]), *([NOT_IN_ORDER] if answer["broken"] else [])]


def _sets() -> list[RuleSet]:
    return rule_sets(rule_folder())
