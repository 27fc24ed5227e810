"""Facts about orders."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kernel.events import Fact

Moves = tuple[dict[str, str | int], ...]
"""Lines an act moved: line number, from which state, to which; with the order's number where there are several."""


@dataclass(frozen=True)
class OrderPlaced(Fact):
    about = {"order_id": "Order"}
    order_id: int
    number: str
    lines: int


@dataclass(frozen=True)
class OrderAnswered(Fact):
    """The seller answered; ``waiting`` lines need the buyer."""

    about = {"order_id": "Order"}
    order_id: int
    response_id: int
    answer: str
    accepted: int
    by_rule: int
    waiting: int
    rejected: int
    state: str
    moves: Moves = ()


@dataclass(frozen=True)
class ResponseDecided(Fact):
    about = {"order_id": "Order"}
    order_id: int
    response_id: int
    accepted: int
    refused: int
    cancelled: int
    state: str
    countered: int = 0
    moves: Moves = ()


@dataclass(frozen=True)
class ResponseLapsed(Fact):
    """The buyer let its time pass: what it had said beforehand was decided for it."""

    about = {"order_id": "Order"}
    order_id: int
    response_id: int
    accepted: int
    refused: int
    state: str
    moves: Moves = ()


@dataclass(frozen=True)
class OrderAssumedAgreed(Fact):
    """The seller let its time pass: by what both firms had agreed, the order stands as it was asked."""

    about = {"order_id": "Order"}
    order_id: int
    silence_id: int
    state: str
    moves: Moves = ()


@dataclass(frozen=True)
class OrderLapsed(Fact):
    """The seller let its time pass: by what both firms had agreed, nobody is bound by the order."""

    about = {"order_id": "Order"}
    order_id: int
    silence_id: int
    state: str
    moves: Moves = ()


@dataclass(frozen=True)
class SilenceHeld(Fact):
    """Silence was to mean something and did not: the terms were taken back, or a wanted day has passed."""

    about = {"order_id": "Order"}
    order_id: int
    silence_id: int


@dataclass(frozen=True)
class LinesAgreed(Fact):
    """These lines bind both firms as from now."""

    about = {"order_id": "Order"}
    order_id: int
    line_ids: tuple[int, ...]
    rule: str | None


@dataclass(frozen=True)
class LineClosedShort(Fact):
    about = {"order_id": "Order"}
    order_id: int
    line_id: int
    line_number: int
    never: Decimal
    moves: Moves = ()


@dataclass(frozen=True)
class ToleranceSet(Fact):
    about = {"tolerance_id": "Tolerance"}
    tolerance_id: int
    on: date
