"""A walk through a document that tells what is wrong where, and notices what nobody asked for."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lxml import etree

from exchange.ubl.documents import Complaint
from exchange.ubl.hardened import CAC, CBC
from kernel.quantities import exact

MOST_COMPLAINTS = 500
QUOTED = re.compile(r'"[^"]*"|(?<![\w.])\d+(?:\.\d+)?(?:-\d\d-\d\d)?(?![\w])', re.ASCII)
A_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)


@dataclass
class Findings:
    """What the walk has found: complaints, and per path the children that were asked for.

    discreet: complaints do not repeat what the file says (see ``veiled``).
    """

    complaints: list[Complaint] = field(default_factory=list)
    untold: int = 0
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    discreet: bool = False

    @property
    def told_so_far(self) -> int:
        return len(self.complaints) + self.untold

    def tell(self, complaint: Complaint) -> None:
        if len(self.complaints) < MOST_COMPLAINTS:
            self.complaints.append(veiled(complaint) if self.discreet else complaint)
        else:
            self.untold += 1

    def told(self) -> list[Complaint]:
        if not self.untold:
            return self.complaints
        en = f"{self.untold} more problems are not listed; mend these first and import again"
        zh = f"另有 {self.untold} 处问题未列出；请先修正以上问题后重新导入"
        return [*self.complaints, Complaint("File", "", en, zh)]

    def left_out(self, root: etree._Element) -> tuple[str, ...]:
        return tuple(sorted(set(self._unasked(root, ""))))

    def _unasked(self, element: etree._Element, path: str) -> Iterator[str]:
        for child in element:
            name = etree.QName(child).localname
            below = f"{path}/{name}" if path else name
            if name not in self.asked[path]:
                yield below
            elif below in self.asked:
                yield from self._unasked(child, below)


@dataclass(frozen=True)
class Node:
    """One element, present or not. Whatever is asked of an absent one is absent too."""

    element: etree._Element | None
    place: str
    path: str
    findings: Findings
    base: str = ""

    @property
    def present(self) -> bool:
        return self.element is not None

    def complain(self, field_below: str, en: str, zh: str) -> None:
        here = self.path.removeprefix(self.base).strip("/")
        self.findings.tell(Complaint(self.place, "/".join(p for p in (here, field_below) if p), en, zh))

    def parts(self, name: str) -> list["Node"]:
        """The aggregate children (cac) of that name."""
        return self._children(CAC, name)

    def part(self, name: str) -> "Node":
        return self._only(CAC, name)

    def rows(self, name: str) -> list["Node"]:
        """The aggregate children of that name, each a place of its own: ``OrderLine 2``."""
        return [
            Node(part.element, f"{name} {place}", part.path, part.findings, part.path)
            for place, part in enumerate(self.parts(name), start=1)
        ]

    def leaves(self, name: str) -> list["Node"]:
        """The basic children (cbc) of that name."""
        return self._children(CBC, name)

    def leaf(self, name: str) -> "Node":
        return self._only(CBC, name)

    def _children(self, namespace: str, name: str) -> list["Node"]:
        self.findings.asked[self.path].add(name)
        path = f"{self.path}/{name}" if self.path else name
        if namespace == CAC:
            self.findings.asked[path].update(())
        found = [] if self.element is None else self.element.findall(f"{{{namespace}}}{name}")
        return [Node(element, self.place, path, self.findings, self.base) for element in found]

    def _only(self, namespace: str, name: str) -> "Node":
        found = self._children(namespace, name)
        if len(found) > 1:
            en = f"{name} occurs {len(found)} times; it may occur once: remove the others"
            self.complain(name, en, f"{name} 出现了 {len(found)} 次，只允许出现一次；请删除多余的")
        path = f"{self.path}/{name}" if self.path else name
        return found[0] if found else Node(None, self.place, path, self.findings, self.base)

    def value(self) -> str:
        """The trimmed text of this leaf; empty when absent."""
        if self.element is None:
            return ""
        if len(self.element):
            self.complain("", "this holds elements where only text belongs", "此处只能是文本，却包含了其他元素")
        return (self.element.text or "").strip()

    def attribute(self, name: str) -> str:
        return "" if self.element is None else str(self.element.get(name, "")).strip()

    def text(self, name: str) -> str:
        """The text of a leaf that may occur once, on one line."""
        return " ".join(self.leaf(name).value().split())

    def texts(self, name: str) -> str:
        """The texts of a leaf that may repeat, one under the other."""
        return "\n".join(text for leaf in self.leaves(name) if (text := leaf.value()))

    def number(self) -> Decimal | None:
        """The exact number in this leaf; None when absent, or when it is none (then it is told)."""
        if self.element is None:
            return None
        text = self.value()
        try:
            return exact(text)
        except ValueError:
            self.complain(
                "",
                f"{shown(text)} is not a number we can keep: write plain digits, at most 18 before "
                'and 6 after the point, such as "12.50"',
                f"{shown(text)} 不是可保存的数字：请写成普通数字，整数最多 18 位、小数最多 6 位，例如 12.50",
            )
            return None

    def day(self, name: str) -> date | None:
        """The calendar day in a leaf, as the sender wrote it: a time zone is not applied."""
        leaf = self.leaf(name)
        if not leaf.present:
            return None
        text = leaf.value()
        match = A_DAY.fullmatch(text)
        try:
            return date.fromisoformat(match[1] if match else "")
        except ValueError:
            en = f"{shown(text)} is not a day: write it as YYYY-MM-DD, such as 2026-11-24"
            leaf.complain("", en, f"{shown(text)} 不是日期：请写成 YYYY-MM-DD，例如 2026-11-24")
            return None


def veiled(complaint: Complaint) -> Complaint:
    """The same without anything quoted from the file, and without its figures."""
    en, zh = (QUOTED.sub("…", text) for text in (complaint.en, complaint.zh))
    return Complaint(complaint.place, complaint.field, en, zh)


def shown(text: str) -> str:
    """A foreign value as it is quoted in a complaint."""
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
