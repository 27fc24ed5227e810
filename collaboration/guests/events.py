"""Facts about links for guests."""

from dataclasses import dataclass
from datetime import datetime

from kernel.events import Fact


@dataclass(frozen=True)
class GuestLinkOpened(Fact):
    about = {"link_id": "GuestLink", "order_id": "Order"}
    link_id: int
    order_id: int
    channel: str
    until: datetime


@dataclass(frozen=True)
class GuestLinkRevoked(Fact):
    about = {"link_id": "GuestLink", "order_id": "Order"}
    link_id: int
    order_id: int


@dataclass(frozen=True)
class GuestCodeAsked(Fact):
    about = {"link_id": "GuestLink"}
    link_id: int
    channel: str


@dataclass(frozen=True)
class OrdersTakenOver(Fact):
    """The firm an order was sent to by link has joined and goes on with it by its own people."""

    about = {"order_ids": "Order"}
    order_ids: tuple[int, ...]


@dataclass(frozen=True)
class GuestVerified(Fact):
    about = {"link_id": "GuestLink", "order_id": "Order"}
    link_id: int
    order_id: int
    channel: str
