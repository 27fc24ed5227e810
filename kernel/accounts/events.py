"""Facts about people and their keys."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class PersonAdded(Fact):
    about = {"person_id": "Person"}
    person_id: int
    roles: str


@dataclass(frozen=True)
class PasswordSet(Fact):
    about = {"person_id": "Person"}
    person_id: int


@dataclass(frozen=True)
class TokenIssued(Fact):
    about = {"person_id": "Person"}
    person_id: int
    scope: str
    days: int


@dataclass(frozen=True)
class TokenRevoked(Fact):
    about = {"person_id": "Person"}
    person_id: int
