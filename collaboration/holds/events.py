"""Facts about holds of orders."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class OrderHeld(Fact):
    """The buyer holds the order: nothing of it is to leave until it lifts the hold."""

    about = {"order_id": "Order"}
    order_id: int
    hold_id: int
    reason: str
    decides_on: date | None


@dataclass(frozen=True)
class HoldLifted(Fact):
    about = {"order_id": "Order"}
    order_id: int
    hold_id: int
