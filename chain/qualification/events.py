"""Facts about qualification. What stands under a Qualification is read by buyer and supplier alike."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class CategoryAdded(Fact):
    about = {"category_id": "QualificationCategory"}
    category_id: int


@dataclass(frozen=True)
class CategoryChanged(Fact):
    about = {"category_id": "QualificationCategory"}
    category_id: int


@dataclass(frozen=True)
class ItemsAssigned(Fact):
    """The buyer sorted what it buys. In no history: how much that is, is the buyer's own."""

    category_id: int | None
    items: int


@dataclass(frozen=True)
class QualificationProposed(Fact):
    about = {"proposal_id": "QualificationProposal"}
    proposal_id: int
    standing: str


@dataclass(frozen=True)
class QualificationDeclined(Fact):
    about = {"proposal_id": "QualificationProposal"}
    proposal_id: int


@dataclass(frozen=True)
class QualificationApproved(Fact):
    about = {"qualification_id": "Qualification", "proposal_id": "QualificationProposal"}
    qualification_id: int
    proposal_id: int
    state: str
    until: date | None


@dataclass(frozen=True)
class SupplierBlocked(Fact):
    about = {"qualification_id": "Qualification"}
    qualification_id: int


@dataclass(frozen=True)
class SupplierUnblocked(Fact):
    about = {"qualification_id": "Qualification"}
    qualification_id: int


@dataclass(frozen=True)
class QualificationLapsed(Fact):
    """Approved became conditional by itself; ``missing``: the kinds that no longer hold."""

    about = {"qualification_id": "Qualification"}
    qualification_id: int
    missing: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class QualificationRestored(Fact):
    about = {"qualification_id": "Qualification"}
    qualification_id: int
    state: str


@dataclass(frozen=True)
class ConditionalOrderNoted(Fact):
    """An order was placed though the supplier's standing is conditional; the reason is the buyer's own, in no history."""

    qualification_id: int
