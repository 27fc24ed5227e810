"""What a check says about a file: its verdict, the evidence for it, and what to do about it."""

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from delivery.checks.formats import Format as Format

Evidence = dict[str, str | int | bool]


class Verdict(StrEnum):
    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True)
class Declared:
    """What the sender said of the file before sending it, and the format that was asked for.

    ``number`` and ``revision`` are those of the document the file is handed in as; "" where it has none.
    """

    filename: str
    size: int
    sha256: str
    format: Format
    number: str = ""
    revision: str = ""


class Said(NamedTuple):
    """One sentence in both languages."""

    en: str
    zh: str


@dataclass(frozen=True)
class Finding:
    check: str
    version: int
    verdict: Verdict
    evidence: Evidence
    en: str
    zh: str
    cure_en: str
    cure_zh: str


@dataclass(frozen=True)
class Shown:
    """A finding together with what the check has to show: a picture, or the beginning of the text."""

    finding: Finding
    png: bytes = b""
    text: str = ""


def storable(text: str) -> str:
    """Text out of a stranger's file, without what a database refuses or a page cannot show."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


@dataclass(frozen=True)
class Check:
    """One rule a file must meet. Raise ``version`` when the same file could get another verdict than before.

    A check that is not ``mandatory`` may stay unanswered without the file being refused.
    """

    id: str
    version: int
    rule: Said
    mandatory: bool = field(default=True)

    def passed(self, **evidence: str | int | bool) -> Finding:
        return self._finding(Verdict.PASSED, self.rule, Said("", ""), evidence)

    def warned(self, said: Said, cure: Said, **evidence: str | int | bool) -> Finding:
        return self._finding(Verdict.WARNED, said, cure, evidence)

    def failed(self, said: Said, cure: Said, **evidence: str | int | bool) -> Finding:
        return self._finding(Verdict.FAILED, said, cure, evidence)

    def not_checked(self, said: Said, cure: Said, **evidence: str | int | bool) -> Finding:
        return self._finding(Verdict.NOT_CHECKED, said, cure, evidence)

    def _finding(self, verdict: Verdict, said: Said, cure: Said, evidence: Evidence) -> Finding:
        clean = {key: storable(fact) if isinstance(fact, str) else fact for key, fact in evidence.items()}
        words = [storable(sentence) for sentence in (*said, *cure)]
        return Finding(self.id, self.version, verdict, clean, *words)
