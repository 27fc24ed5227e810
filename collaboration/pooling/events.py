"""Facts about joint purchasing: of a pool what all invited may know, of a membership what its own firm may."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class PoolOpened(Fact):
    about = {"pool_id": "Pool"}
    pool_id: int


@dataclass(frozen=True)
class PoolClosed(Fact):
    """The window is over; whether enough joined."""

    about = {"pool_id": "Pool"}
    pool_id: int
    formed: bool


@dataclass(frozen=True)
class PoolSourced(Fact):
    about = {"pool_id": "Pool"}
    pool_id: int


@dataclass(frozen=True)
class PoolAwarded(Fact):
    """Shares are allotted; what of it is whose, each reads of itself."""

    about = {"pool_id": "Pool"}
    pool_id: int


@dataclass(frozen=True)
class PoolCancelled(Fact):
    about = {"pool_id": "Pool"}
    pool_id: int


@dataclass(frozen=True)
class PoolJoined(Fact):
    """That a firm has said how much, and not how much."""

    about = {"membership_id": "PoolMembership"}
    membership_id: int


@dataclass(frozen=True)
class PoolDeclined(Fact):
    about = {"membership_id": "PoolMembership"}
    membership_id: int


@dataclass(frozen=True)
class PoolLeft(Fact):
    about = {"membership_id": "PoolMembership"}
    membership_id: int


@dataclass(frozen=True)
class PoolShareOrdered(Fact):
    about = {"membership_id": "PoolMembership"}
    membership_id: int
