"""Facts about what is asked to change of orders."""

from dataclasses import dataclass

from collaboration.orders.events import Moves
from kernel.events import Fact


@dataclass(frozen=True)
class OrderChanged(Fact):
    """The buyer asked for it; ``state``: noted where nothing was agreed yet, else sent."""

    about = {"order_id": "Order"}
    order_id: int
    change_id: int
    number: int
    state: str
    moves: Moves = ()


@dataclass(frozen=True)
class OrderChangeAnswered(Fact):
    about = {"order_id": "Order"}
    order_id: int
    change_id: int
    number: int
    answer: str
    state: str
    moves: Moves = ()


@dataclass(frozen=True)
class OrderChangeDecided(Fact):
    """The buyer decided on the seller's counter-offer."""

    about = {"order_id": "Order"}
    order_id: int
    change_id: int
    number: int
    decision: str
    state: str
    moves: Moves = ()


@dataclass(frozen=True)
class OrderChangeWithdrawn(Fact):
    about = {"order_id": "Order"}
    order_id: int
    change_id: int
    number: int


@dataclass(frozen=True)
class OrderCancellationRequested(Fact):
    """``state``: accepted at once where nothing was agreed yet."""

    about = {"order_id": "Order"}
    order_id: int
    cancellation_id: int
    requested_by: str
    reason: str
    state: str
    moves: Moves = ()


@dataclass(frozen=True)
class OrderCancellationAnswered(Fact):
    about = {"order_id": "Order"}
    order_id: int
    cancellation_id: int
    requested_by: str
    decision: str
    state: str
    moves: Moves = ()


@dataclass(frozen=True)
class OrderCancellationWithdrawn(Fact):
    about = {"order_id": "Order"}
    order_id: int
    cancellation_id: int
    requested_by: str


@dataclass(frozen=True)
class OrderRepromised(Fact):
    """The seller promised other days; ``waiting`` of them need the buyer."""

    about = {"order_id": "Order"}
    order_id: int
    repromise_id: int
    reason: str
    days: int
    waiting: int
    state: str


@dataclass(frozen=True)
class RepromiseDecided(Fact):
    about = {"order_id": "Order"}
    order_id: int
    repromise_id: int
    decision: str
