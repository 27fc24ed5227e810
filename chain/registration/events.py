"""Facts about applications. An inviting firm reads them too, so they hold nothing of what was filled in."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class FirmInvited(Fact):
    about = {"application_id": "Application"}
    application_id: int


@dataclass(frozen=True)
class ApplicationBegun(Fact):
    about = {"application_id": "Application"}
    application_id: int


@dataclass(frozen=True)
class CompanyDescribed(Fact):
    about = {"application_id": "Application"}
    application_id: int


@dataclass(frozen=True)
class UsersInvited(Fact):
    about = {"application_id": "Application"}
    application_id: int


@dataclass(frozen=True)
class CompanyRoleSelected(Fact):
    about = {"application_id": "Application"}
    application_id: int


@dataclass(frozen=True)
class PapersUploaded(Fact):
    about = {"application_id": "Application"}
    application_id: int


@dataclass(frozen=True)
class ApplicationSubmitted(Fact):
    about = {"application_id": "Application"}
    application_id: int


@dataclass(frozen=True)
class CheckRecorded(Fact):
    about = {"application_id": "Application"}
    application_id: int


@dataclass(frozen=True)
class ApplicationConfirmed(Fact):
    about = {"application_id": "Application"}
    application_id: int


@dataclass(frozen=True)
class ApplicationDeclined(Fact):
    about = {"application_id": "Application"}
    application_id: int
