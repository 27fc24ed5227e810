"""Facts about the people of a firm; their colleagues read them in their history."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class PersonInvited(Fact):
    about = {"person_id": "Person"}
    person_id: int


@dataclass(frozen=True)
class InvitationRenewed(Fact):
    about = {"person_id": "Person"}
    person_id: int


@dataclass(frozen=True)
class RoleGiven(Fact):
    about = {"person_id": "Person"}
    person_id: int
    role: str


@dataclass(frozen=True)
class RoleWithdrawn(Fact):
    about = {"person_id": "Person"}
    person_id: int
    role: str


@dataclass(frozen=True)
class PersonClosed(Fact):
    about = {"person_id": "Person"}
    person_id: int
