"""Facts about supply links."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class SupplyLinkDeclared(Fact):
    about = {"link_id": "SupplyLink"}
    link_id: int


@dataclass(frozen=True)
class SupplyLinkEnded(Fact):
    about = {"link_id": "SupplyLink"}
    link_id: int
    ended_on: date


@dataclass(frozen=True)
class EvidenceAdded(Fact):
    about = {"link_id": "SupplyLink"}
    link_id: int
    kind: str
    occurred_on: date
    state: str


@dataclass(frozen=True)
class LinksDisclosed(Fact):
    about = {"disclosure_id": "LinkDisclosure"}
    disclosure_id: int
    until: date


@dataclass(frozen=True)
class DisclosureRevoked(Fact):
    about = {"disclosure_id": "LinkDisclosure"}
    disclosure_id: int
