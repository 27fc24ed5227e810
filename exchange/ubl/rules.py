"""Business rules of our own for UBL documents, after the published meaning of Peppol's: warnings, never refusals.

A rule looks at a document alone and at what is known of the deal it belongs to; it does not know whether the document
comes in or goes out. The tables: ``rules_of_ordering``, ``rules_of_quoting``, ``rules_of_invoicing``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lxml import etree

from exchange.ubl.hardened import CAC, CBC, Refused, parsed
from kernel.quantities import exact

MOST_WARNINGS = 200


@dataclass(frozen=True)
class Facts:
    """What is known of the deal a document belongs to; what is None is not known, and rules that need it stay silent.

    ordered: the order's line number -> quantity; live: those that are neither rejected nor cancelled. next_sequence: of its next change. award_by, requested: of the request.
    """

    today: date
    ordered: Mapping[str, Decimal] | None = None
    live: frozenset[str] | None = None
    order_currency: str | None = None
    next_sequence: int | None = None
    award_by: date | None = None
    requested: frozenset[str] | None = None


@dataclass(frozen=True)
class Part:
    """An element of a document and where it stands, such as ``OrderLine[2]/LineItem``."""

    element: etree._Element
    place: str

    def parts(self, path: str) -> Iterator["Part"]:
        """The aggregates along a path of names, each told apart by its position where it may repeat."""
        name, _, rest = path.partition("/")
        found = self.element.findall(f"{{{CAC}}}{name}")
        for position, element in enumerate(found, start=1):
            where = f"{name}[{position}]" if len(found) > 1 else name
            below = Part(element, f"{self.place}/{where}" if self.place else where)
            if rest:
                yield from below.parts(rest)
            else:
                yield below

    def text(self, path: str) -> str:
        """The text of the one leaf at the end of a path; empty where there is none."""
        *aggregates, leaf = path.split("/")
        found = self.element.find("/".join([*(f"{{{CAC}}}{name}" for name in aggregates), f"{{{CBC}}}{leaf}"]))
        return "" if found is None else (found.text or "").strip()

    def number(self, path: str) -> Decimal | None:
        try:
            return exact(self.text(path))
        except ValueError:
            return None

    def day(self, path: str) -> date | None:
        try:
            return date.fromisoformat(self.text(path)[:10])
        except ValueError:
            return None

    def at(self, path: str) -> str:
        """The place of something below."""
        return f"{self.place}/{path}" if self.place else path


Check = Callable[[Part, Facts], Iterable[str]]
"""A document and what is known -> the places that break the rule."""


@dataclass(frozen=True)
class RuleOfTrade:
    """``documents``: names of root elements it looks at. ``after``: the published rule or text it follows, by its name."""

    id: str
    documents: tuple[str, ...]
    en: str
    zh: str
    cure_en: str
    cure_zh: str
    check: Check
    after: str = ""
    severity: str = field(default="warning", init=False)


@dataclass(frozen=True)
class Warned:
    """A rule broken at a place. ``place``: a path below the root, by names, positions in brackets."""

    rule: str
    place: str
    en: str
    zh: str
    cure_en: str
    cure_zh: str

    def said(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en

    def cure(self, lang: str) -> str:
        return self.cure_zh if lang == "zh" else self.cure_en

    def __str__(self) -> str:
        return f"{self.rule} {self.place}: {self.en}; {self.cure_en} / {self.zh}；{self.cure_zh}"


def warnings_in(content: bytes, rules: Iterable[RuleOfTrade], facts: Facts) -> list[Warned]:
    """What the rules find, in the order of their table; nothing of a file that is not read at all."""
    try:
        root = parsed(content)
    except Refused:
        return []
    document, name = Part(root, ""), etree.QName(root).localname
    found = (
        Warned(rule.id, place, rule.en, rule.zh, rule.cure_en, rule.cure_zh)
        for rule in rules if name in rule.documents for place in rule.check(document, facts)
    )  # fmt: skip
    return [warned for warned, _ in zip(found, range(MOST_WARNINGS), strict=False)]
