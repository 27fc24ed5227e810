"""Facts about scheduling agreements, read by both firms in the history."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class SchedulingAgreementProposed(Fact):
    about = {"agreement_id": "SchedulingAgreement"}
    agreement_id: int


@dataclass(frozen=True)
class SchedulingAgreementAccepted(Fact):
    about = {"agreement_id": "SchedulingAgreement"}
    agreement_id: int


@dataclass(frozen=True)
class SchedulingAgreementDeclined(Fact):
    about = {"agreement_id": "SchedulingAgreement"}
    agreement_id: int


@dataclass(frozen=True)
class SchedulingAgreementEnded(Fact):
    about = {"agreement_id": "SchedulingAgreement"}
    agreement_id: int


@dataclass(frozen=True)
class ReleasePublished(Fact):
    about = {"agreement_id": "SchedulingAgreement"}
    agreement_id: int
    release_id: int
    number: int


@dataclass(frozen=True)
class ReleaseAcknowledged(Fact):
    about = {"agreement_id": "SchedulingAgreement"}
    agreement_id: int
    release_id: int
    number: int


@dataclass(frozen=True)
class ReleaseObjected(Fact):
    about = {"agreement_id": "SchedulingAgreement"}
    agreement_id: int
    release_id: int
    number: int
    reason: str
