"""Facts about supply links. What one firm alone may know of a proposal is about nothing, so that no history tells it."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class SupplyLinkDeclared(Fact):
    about = {"link_id": "SupplyLink"}
    link_id: int


@dataclass(frozen=True)
class SupplyLinkConfirmed(Fact):
    about = {"link_id": "SupplyLink"}
    link_id: int


@dataclass(frozen=True)
class SupplyLinkDisputed(Fact):
    about = {"link_id": "SupplyLink"}
    link_id: int
    reason: str


@dataclass(frozen=True)
class SupplyLinkRestated(Fact):
    about = {"link_id": "SupplyLink"}
    link_id: int


@dataclass(frozen=True)
class ShareBandStated(Fact):
    """The band is the buyer's own: only that one was stated, and whether the supplier sees it, is told."""

    about = {"link_id": "SupplyLink"}
    link_id: int
    shown: bool


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
class SupplyLinkProposed(Fact):
    about = {"proposal_id": "LinkProposal"}
    proposal_id: int


@dataclass(frozen=True)
class LinkProposalAccepted(Fact):
    about = {"proposal_id": "LinkProposal", "link_id": "SupplyLink"}
    proposal_id: int
    link_id: int


@dataclass(frozen=True)
class LinkProposalDeclined(Fact):
    """About nothing: the proposer of an unknown firm reads the proposal's history, and must not learn it was read."""

    proposal_id: int


@dataclass(frozen=True)
class LinkProposalWithdrawn(Fact):
    about = {"proposal_id": "LinkProposal"}
    proposal_id: int


@dataclass(frozen=True)
class LinksDisclosed(Fact):
    about = {"disclosure_id": "LinkDisclosure"}
    disclosure_id: int
    until: date


@dataclass(frozen=True)
class DisclosureRevoked(Fact):
    about = {"disclosure_id": "LinkDisclosure"}
    disclosure_id: int
