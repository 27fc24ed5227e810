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
class GuestVerified(Fact):
    about = {"link_id": "GuestLink", "order_id": "Order"}
    link_id: int
    order_id: int
    channel: str
