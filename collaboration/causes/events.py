"""Facts about the causes of missed deliveries; both firms may know each."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class CauseStated(Fact):
    about = {"record_id": "CauseRecord"}
    record_id: int
    cause: str
    party: str


@dataclass(frozen=True)
class CauseAgreed(Fact):
    """``excluded``: the miss is left out of on-time figures."""

    about = {"record_id": "CauseRecord"}
    record_id: int
    cause: str
    party: str
    excluded: bool


@dataclass(frozen=True)
class CauseReopeningAsked(Fact):
    about = {"record_id": "CauseRecord"}
    record_id: int


@dataclass(frozen=True)
class CauseReopened(Fact):
    about = {"record_id": "CauseRecord"}
    record_id: int
