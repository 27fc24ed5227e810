"""Facts about framework agreements, read by both firms in the history; what passes inside the buyer's firm tells no reason."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class FrameworkDrafted(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int


@dataclass(frozen=True)
class FrameworkSubmitted(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int


@dataclass(frozen=True)
class FrameworkApproved(Fact):
    """It is put to the seller."""

    about = {"framework_id": "Framework"}
    framework_id: int


@dataclass(frozen=True)
class FrameworkRejected(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int


@dataclass(frozen=True)
class FrameworkWithdrawn(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int


@dataclass(frozen=True)
class FrameworkAccepted(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int


@dataclass(frozen=True)
class FrameworkDeclined(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int


@dataclass(frozen=True)
class FrameworkEnded(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int


@dataclass(frozen=True)
class FrameworkExpired(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int


@dataclass(frozen=True)
class CalledOff(Fact):
    """An order was called off under it."""

    about = {"framework_id": "Framework", "order_id": "Order"}
    framework_id: int
    order_id: int
    number: str


@dataclass(frozen=True)
class FrameworkAmendmentProposed(Fact):
    """``told_of``: the framework again, once the other firm knows; empty while it waits inside the buyer's firm."""

    about = {"told_of": "Framework"}
    framework_id: int
    told_of: int | None
    number: int


@dataclass(frozen=True)
class FrameworkAmendmentApproved(Fact):
    """It is put to the seller."""

    about = {"framework_id": "Framework"}
    framework_id: int
    number: int


@dataclass(frozen=True)
class FrameworkAmendmentAccepted(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int
    number: int


@dataclass(frozen=True)
class FrameworkAmendmentDeclined(Fact):
    about = {"framework_id": "Framework"}
    framework_id: int
    number: int


@dataclass(frozen=True)
class FrameworkAmendmentWithdrawn(Fact):
    """``told_of``: as of the proposal."""

    about = {"told_of": "Framework"}
    framework_id: int
    told_of: int | None
    number: int
