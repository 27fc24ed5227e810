"""Official rule sets: Schematron compiled to XSLT, ours of EN 16931 and those an operator has put into a folder.

A set stands in a folder named as the document it is for: ``Invoice/EN16931-UBL-validation.xslt``. Each is run in a process
of its own (0044): the processor behind saxonche starts threads and survives no fork, and a style sheet may loop.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from delivery.checks.sandbox import Ended, Limits, in_a_child
from exchange.ubl.hardened import DOCUMENTS, Refused, parsed

OURS = Path(__file__).parent / "rule_sets"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
LIMITS = Limits(memory_bytes=64 << 30, cpu_seconds=60, wall_seconds=90)
"""The processor maps some 35 GB of addresses it never uses, so that its memory is bounded by its time and the file's size."""
MOST_FAILED = 200
BY_NAMES = re.compile(r"\*:|\[namespace-uri\(\)='[^']*'\]")
"""What a place in a document is said with beside names and positions; a reader knows which document it is."""
SUFFIXES = (".xslt", ".xsl")


class BrokenRuleSet(Exception):
    """A rule set cannot be trusted: it does not run, or no rule of it fired. The text says which, and what to do."""


@dataclass(frozen=True)
class Failed:
    """A rule of an official set that a document breaks. ``flag``: what the set calls it, such as fatal or warning."""

    rule_set: str
    id: str
    flag: str
    place: str
    text: str

    @property
    def rule(self) -> str:
        return f"{self.rule_set} {self.id}"

    def said(self, lang: str) -> str:
        """The set's own text, in its own language."""
        return self.text

    def cure(self, lang: str) -> str:
        return f"请按规则原文更正（{self.flag}）" if lang == "zh" else f"mend it as the rule says ({self.flag})"

    def __str__(self) -> str:
        return f"{self.rule_set} {self.id} ({self.flag}) {self.place}: {self.text}"


@dataclass(frozen=True)
class RuleSet:
    """``document``: the root element it is for."""

    document: str
    path: Path

    @property
    def name(self) -> str:
        return self.path.stem


def rule_sets(folder: Path | None = None) -> list[RuleSet]:
    """Ours, and those in an operator's folder. Raises BrokenRuleSet for a folder nothing can be made of."""
    try:
        return [*_in(OURS), *(_in(folder) if folder is not None else ())]
    except OSError as error:  # it was there when the process began
        raise BrokenRuleSet(f"the folder {folder} cannot be read ({error.strerror}); put it back") from error


def _in(folder: Path) -> Iterator[RuleSet]:
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        if inner.name not in DOCUMENTS:
            listed = ", ".join(DOCUMENTS)
            raise BrokenRuleSet(f"{inner} is named as no document; name the folder of a rule set one of: {listed}")
        sources = [path for path in sorted(inner.iterdir()) if path.suffix == ".sch"]
        found = [path for path in sorted(inner.iterdir()) if path.suffix in SUFFIXES]
        if sources and not found:
            raise BrokenRuleSet(
                f"{sources[0]} is Schematron source; compile it to XSLT that writes SVRL, and put that here"
            )
        yield from (RuleSet(inner.name, path) for path in found)


def failed_rules(content: bytes, sets: list[RuleSet]) -> list[Failed]:
    """What the sets for this document find, set by set. Raises BrokenRuleSet; nothing of a file that is not read at all."""
    try:
        name = etree.QName(parsed(content)).localname
    except Refused:
        return []
    found: list[Failed] = []
    for one in sets:
        if one.document == name:
            found += _run(one, content)
    return found


def _run(rule_set: RuleSet, content: bytes) -> list[Failed]:
    answer = in_a_child(lambda: _transformed(rule_set.path, content), LIMITS)
    if isinstance(answer, Ended):
        why = f"{answer.cause.value} {answer.detail}".strip()
        raise BrokenRuleSet(f"the rule set {rule_set.path} does not run ({why}); mend it or take it out of the folder")
    if not answer["fired"]:
        raise BrokenRuleSet(
            f"no rule of {rule_set.path} fired on this {rule_set.document}: a set that looks at nothing finds nothing; "
            "put it into the folder of the document it is for, or take it out"
        )
    return [Failed(rule_set.name, **one) for one in answer["failed"]]


def _transformed(path: Path, content: bytes) -> dict[str, Any]:
    """Runs in the child alone: what fired and what failed."""
    from saxonche import PySaxonProcessor

    with PySaxonProcessor(license=False) as processor:
        sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))
        return judged(processor, sheet, content)


def judged(processor: Any, sheet: Any, content: bytes) -> dict[str, Any]:
    """What a compiled set finds: how many rules fired, and each that failed, as ``Failed`` takes it."""
    node = processor.parse_xml(xml_text=content.decode("utf-8-sig"))
    report = parsed(sheet.transform_to_string(xdm_node=node).encode())
    broken = [e for kind in ("failed-assert", "successful-report") for e in report.iter(f"{SVRL}{kind}")]
    return {
        "fired": sum(1 for _ in report.iter(f"{SVRL}fired-rule")),
        "failed": [
            {
                "id": e.get("id", ""), "flag": e.get("flag") or e.get("role") or "fatal", "place": BY_NAMES.sub("", e.get("location", "")),
                "text": " ".join("".join(map(str, e.itertext())).split()),
            }
            for e in broken[:MOST_FAILED]
        ],
    }  # fmt: skip
