"""One line of an order as the contract knows it: its days, what is offered for it, what binding and shipping make of it (features.md 3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal as D
from typing import Any

NIL = D(0)
DEAD = {"REJECTED", "CANCELLED"}
DONE = {"RECEIVED", "CLOSED_SHORT"}
ASKED = {"OPEN", "CHANGE_PROPOSED"}
WAITS = {"CHANGE_PROPOSED", "ADDED_PROPOSED"}
LOOSE = DEAD | ASKED | WAITS
"""Lines that bind nobody."""
TO_ANSWER = {"PLACED", "ACKNOWLEDGED", "COUNTERED"}
BINDING = {"CONFIRMED", "IN_DELIVERY"}
BUYER, PLANNER, SELLER, RIVAL = "buyer", "planner", "seller", "rival"
PEOPLE = (BUYER, PLANNER, SELLER, RIVAL)


class Refused(Exception):
    """With the code of api.md."""


def refuse_if(wrong: object, code: str) -> None:
    if wrong:
        raise Refused(code)


@dataclass
class Day:
    """A schedule: requested, promised, loaded, shipped, received (3.3)."""

    wanted: date
    quantity: D
    promised: date | None = None
    first: date | None = None
    expected: date | None = None
    shipped: D = NIL
    accepted: D = NIL
    rejected: D = NIL
    lost: D = NIL
    never: D = NIL

    @property
    def kept(self) -> D:
        """On its way or kept: no agreement goes below it."""
        return self.shipped - self.rejected - self.lost

    @property
    def owed(self) -> D:
        return max(NIL, self.quantity - self.never - self.kept)

    @property
    def on_road(self) -> D:
        return self.kept - self.accepted

    @property
    def due(self) -> date:
        return self.promised or self.wanted

    def promise(self, on: date | None) -> None:
        self.promised = self.expected = on
        self.first = self.first or on


@dataclass
class Offer:
    """What the seller said of a line that waits for the buyer."""

    code: str
    price: D
    item: str
    days: list[tuple[date | None, D]]
    backorder: D | None
    decide_by: datetime | None = None


@dataclass
class Line:
    number: int
    item: str
    price: D
    days: list[Day]
    state: str = "OPEN"
    backorder: D | None = None
    by_rule: bool = False
    offer: Offer | None = None
    quantity: D = NIL
    asked: tuple[D, D, str] = (NIL, NIL, "")

    def __post_init__(self) -> None:
        self.ask()

    def ask(self) -> None:
        """What its days come to is asked from now on, at its price."""
        self.quantity = sum((d.quantity for d in self.days), NIL)
        self.asked = (self.quantity, self.price, self.item)

    @property
    def owed(self) -> D:
        return sum((d.owed for d in self.days), NIL)

    def on_its_way(self) -> str:
        """3.3: confirmed, part shipped, shipped, part received, received; short where something never comes."""
        if all(d.accepted >= d.quantity - d.never and not d.on_road for d in self.days):
            return "CLOSED_SHORT" if any(d.never for d in self.days) else "RECEIVED"
        if any(d.accepted or d.rejected for d in self.days):
            return "PART_RECEIVED"
        if not any(d.shipped for d in self.days):
            return "CONFIRMED"
        return "PART_SHIPPED" if self.owed else "SHIPPED"

    def laid(self, offered: Sequence[tuple[date | None, D]]) -> list[tuple[Day, date | None, D]]:
        """Promised amounts laid end to end on the wanted ones, earliest first; the last wanted day takes what is over."""
        wanted = sorted((d for d in self.days if d.quantity), key=lambda d: d.wanted)
        edges, at = [], NIL
        for day in wanted:
            edges.append((at, at + day.quantity))
            at += day.quantity
        edges[-1] = (edges[-1][0], D("Infinity"))
        parts, start = [], NIL
        for on, quantity in sorted(offered, key=lambda o: (o[0] is None, o[0] or date.min)):
            for day, (low, high) in zip(wanted, edges, strict=True):
                shared = min(high, start + quantity) - max(low, start)
                if shared > 0:
                    parts.append((day, on, shared))
            start += quantity
        return parts

    def agree(self, offer: Offer) -> None:
        """Both are bound to what was offered: a wanted day keeps the first part that falls on it, further parts are split off."""
        parts, taken = self.laid(offer.days), set()
        for day in self.days:
            day.quantity = NIL
        for day, on, quantity in parts:
            if id(day) in taken:
                day = Day(day.wanted, NIL)
                self.days.append(day)
            taken.add(id(day))
            day.quantity = quantity
            day.promise(on)
        self.quantity, self.price, self.item = sum((q for _, _, q in parts), NIL), offer.price, offer.item
        self.backorder, self.offer, self.state = offer.backorder, None, "CONFIRMED"
        if offer.code == "ALREADY_DELIVERED":
            for day in self.days:
                if day.promised and day.quantity:
                    day.shipped = day.accepted = day.quantity
            self.state = self.on_its_way()

    def let_go(self) -> None:
        """What was not shipped is cancelled; what was shipped stays."""
        if not any(d.kept or d.accepted or d.rejected for d in self.days):
            self.state = "CANCELLED"
            return
        for day in self.days:
            day.quantity -= day.owed
        self.ask()
        self.state = self.on_its_way()


@dataclass
class Answered:
    """One line of an answer: UNCL 1229 by name. number: of an ordered line, or that an added one goes beside."""

    number: int
    code: str
    reason: bool = True
    quantity: D | None = None
    price: D | None = None
    days: list[tuple[date, D]] = field(default_factory=list)
    backorder: D | None = None
    item: str | None = None


@dataclass
class Decided:
    number: int
    word: str
    quantity: D | None = None
    price: D | None = None
    days: list[tuple[date, D]] = field(default_factory=list)


@dataclass
class Changed:
    """One line of an order change. days: position of a schedule or None for one more, a day or None as it is, quantity."""

    number: int
    action: str
    quantity: D | None = None
    price: D | None = None
    days: list[tuple[int | None, date | None, D]] = field(default_factory=list)
    item: str | None = None
    by_seller: bool = False


@dataclass
class Tolerance:
    under: D = NIL
    over: D = NIL
    price: D = NIL
    early: int = 0
    late: int = 0
    hours: int | None = None
    default: str | None = None
    is_set: bool = False

    def holds(self, least: D, asked: D, offered: D, most: D) -> bool:
        return asked * (100 - least) / 100 <= offered <= asked * (100 + most) / 100

    def room(self, day: Day) -> D:
        """How much more than agreed may still leave or come: what is over already takes from it."""
        return max(NIL, day.quantity * self.over / 100 - max(NIL, day.kept - (day.quantity - day.never)))


@dataclass
class Load:
    """A line of a despatch, and whether it was counted."""

    line: int
    day: int
    quantity: D
    counted: bool = False


def told(line: Line) -> dict[str, Any]:
    bound = line.state not in LOOSE
    return {
        "state": line.state, "quantity": line.quantity, "price": line.price, "item": line.item, "asked": line.asked[:2],
        "rule": bound and line.by_rule, "backorder": bound and line.backorder or NIL,
        "days": [_told_day(d, line.state in DEAD) for d in line.days if d.quantity or d.shipped],
    }  # fmt: skip


def _told_day(day: Day, dead: bool) -> tuple[Any, ...]:
    return (
        str(day.wanted), day.promised and str(day.promised), day.first and str(day.first), day.expected and str(day.expected),
        day.quantity, day.shipped, day.accepted + day.rejected, day.accepted, day.rejected, day.never, NIL if dead else day.owed,
    )  # fmt: skip
