"""What comes of taking a file in: what was done, what was noticed on the way, what is wrong with the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from exchange.ubl.documents import Complaint
from exchange.ubl.reading import Findings

MOST_PLACES = 12
MOST_REMARKS = 100


@dataclass(frozen=True)
class Outcome:
    """What an import did (or, in a dry run, would do), a line each, and what is wrong with the file, a line each."""

    done: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()


@dataclass
class Report:
    """Kept while a file is judged: complaints refuse it, remarks only say how it was understood."""

    findings: Findings = field(default_factory=Findings)
    noticed: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def faulty(self) -> bool:
        return bool(self.findings.complaints)

    def complain(self, place: str, path: str, en: str, zh: str) -> None:
        """``place``, ``path``: as in Complaint. The same twice is told once."""
        told = Complaint(place, path, en, zh)
        if told not in self.findings.complaints:
            self.findings.tell(told)

    def remark(self, place: str, en: str, zh: str) -> None:
        """What is true of many places is told once, with all of them."""
        self.noticed.setdefault((en, zh), []).append(place)

    def complaints(self) -> tuple[str, ...]:
        return tuple(said(complaint) for complaint in self.findings.told())

    def remarks(self) -> Iterator[str]:
        for (en, zh), places in list(self.noticed.items())[:MOST_REMARKS]:
            yield f"{_listed(places)}: {en} / {zh}"
        if (more := len(self.noticed) - MOST_REMARKS) > 0:
            yield f"{more} more remarks are not listed / 另有 {more} 条说明未列出"


def said(complaint: Complaint) -> str:
    """One line: where, then what is wrong in both languages."""
    where = ", ".join(part for part in (complaint.place, complaint.field) if part)
    return f"{where}: {complaint.en} / {complaint.zh}"


def _listed(places: list[str]) -> str:
    """ "OrderLine 1, 2, 5": the word they share once."""
    first, *rest = places[:MOST_PLACES]
    word = first.rpartition(" ")[0]
    shown = ", ".join([first, *(place.removeprefix(f"{word} ") if word else place for place in rest)])
    more = len(places) - MOST_PLACES
    return f"{shown} (+{more})" if more > 0 else shown
