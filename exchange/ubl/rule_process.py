"""A process that holds compiled official rule sets and judges documents one after the other: ``python -m`` by ``official``.

Compiling EN 16931's sheet takes 0.4 s, running it on ten lines 0.01 s; so it is compiled once. What comes in and goes out
is a length in 8 bytes, then as many: a document, and JSON ``{"failed", "silent", "broken"}``.
"""

import json
import resource
import select
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

from exchange.ubl.hardened import Refused, parsed
from exchange.ubl.rule_sets import BrokenRuleSet, RuleSet, judged, rule_sets

IDLE_SECONDS, MOST_DOCUMENTS = 600, 500
"""After so long without a question, or so many, the process ends and gives its memory back; the next question starts another."""
LONGEST_SECONDS = 10
"""Whoever asked waits less; if it is gone, killed while a set loops, nobody else ends this process."""


Stamp = tuple[int, int, int]


def main(folder: str) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    asks, answers = sys.stdin.buffer, sys.stdout.buffer
    with PySaxonProcessor(license=False) as processor:
        sheets: dict[RuleSet, tuple[Stamp, Any]] = {}
        for _ in range(MOST_DOCUMENTS):
            if not select.select([asks], [], [], IDLE_SECONDS)[0]:
                return
            size = asks.read(8)
            if len(size) < 8:
                return
            content = _whole(asks, size)
            signal.alarm(LONGEST_SECONDS)
            answer = json.dumps(_answer(processor, sheets, folder, content)).encode()
            signal.alarm(0)
            answers.write(len(answer).to_bytes(8, "big") + answer)
            answers.flush()


def _whole(asks: BinaryIO, size: bytes) -> bytes:
    return asks.read(int.from_bytes(size, "big"))


def _answer(processor: Any, sheets: dict[RuleSet, tuple[Stamp, Any]], folder: str, content: bytes) -> dict[str, Any]:
    name, found = etree.QName(parsed(content)).localname, {"failed": [], "silent": [], "broken": []}  # type: ignore[var-annotated]
    try:
        sets = [one for one in rule_sets(Path(folder) if folder else None) if one.document == name]
    except BrokenRuleSet as broken:
        return found | {"broken": [str(broken)]}
    for one in sets:
        try:
            report = judged(processor, _sheet(processor, sheets, one), content)
        except (PySaxonApiError, Refused, ValueError, OSError) as error:
            found["broken"].append(f"{one.name}: {type(error).__name__}")
            continue
        if not report["fired"]:
            found["silent"].append(one.name)
        found["failed"] += [{"rule_set": one.name, **failed} for failed in report["failed"]]
    return found


def _sheet(processor: Any, sheets: dict[RuleSet, tuple[Stamp, Any]], one: RuleSet) -> Any:
    """The compiled set; compiled anew where the operator has put another file in its place."""
    told = one.path.stat()
    stamp = told.st_mtime_ns, told.st_size, told.st_ino
    if one not in sheets or sheets[one][0] != stamp:
        sheets[one] = stamp, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(one.path))
    return sheets[one][1]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
