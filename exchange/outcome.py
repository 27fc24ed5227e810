"""What comes of taking a file in: what was done, what was noticed on the way, what is wrong with the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exchange.ubl.documents import Complaint
from exchange.ubl.official import NotRun
from exchange.ubl.reading import Findings
from exchange.ubl.rule_sets import Failed
from exchange.ubl.rules import Warned

MOST_PLACES = 12
MOST_REMARKS = 100


class Told(str):
    """A line in both languages, English first, that can also be had in one of them."""

    en: str
    zh: str

    def __new__(cls, en: str, zh: str, both: str = "") -> "Told":
        made = super().__new__(cls, both or f"{en} / {zh}")
        made.en, made.zh = en, zh
        return made


def in_language(line: str, lang: str) -> str:
    """A line as one reader reads it; one that was written without languages is as it is."""
    if isinstance(line, Told):
        return line.zh if lang == "zh" else line.en
    return line


@dataclass(frozen=True)
class Outcome:
    """What an import did (or, in a dry run, would do), a line each, and what is wrong with the file, a line each.

    subject: kind and row number of what it is about now, where there is one thing. warnings: of our business rules and of official ones.
    """

    done: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    subject: tuple[str, int] | None = None
    warnings: tuple[Warned | Failed | NotRun, ...] = ()


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

    def refused(self) -> "Outcome":
        return Outcome(complaints=self.complaints())

    def complaints(self) -> tuple[str, ...]:
        return tuple(said(complaint) for complaint in self.findings.told())

    def remarks(self) -> Iterator[str]:
        for (en, zh), places in list(self.noticed.items())[:MOST_REMARKS]:
            where = _listed(places)
            yield Told(f"{where}: {en}", f"{where}：{zh}", f"{where}: {en} / {zh}")
        if (more := len(self.noticed) - MOST_REMARKS) > 0:
            yield Told(f"{more} more remarks are not listed", f"另有 {more} 条说明未列出")


def said(complaint: Complaint) -> str:
    """One line: where, then what is wrong in both languages."""
    where = ", ".join(part for part in (complaint.place, complaint.field) if part)
    return Told(f"{where}: {complaint.en}", f"{where}：{complaint.zh}", f"{where}: {complaint.en} / {complaint.zh}")


def _listed(places: list[str]) -> str:
    """ "OrderLine 1, 2, 5": the word they share once."""
    first, *rest = places[:MOST_PLACES]
    word = first.rpartition(" ")[0]
    shown = ", ".join([first, *(place.removeprefix(f"{word} ") if word else place for place in rest)])
    more = len(places) - MOST_PLACES
    return f"{shown} (+{more})" if more > 0 else shown


def left_out_told(left_out: Sequence[str]) -> str:
    listed = ", ".join(left_out) or "-"
    en, zh = "in the file but not taken over", "文件中未采用的内容"
    return Told(f"{en}: {listed}", f"{zh}：{listed}", f"{en} / {zh}: {listed}")
