"""Facts about terms, grants and figures. No value is in them: a history is read by both firms, an outbox by jobs."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class TermsProposed(Fact):
    about = {"terms_id": "Terms"}
    terms_id: int
    number: int
    sha256: str
    effective_on: date


@dataclass(frozen=True)
class TermsAccepted(Fact):
    about = {"terms_id": "Terms"}
    terms_id: int
    number: int
    sha256: str
    by_both: bool


@dataclass(frozen=True)
class TermsDeclined(Fact):
    about = {"terms_id": "Terms"}
    terms_id: int
    number: int


@dataclass(frozen=True)
class TermsWithdrawn(Fact):
    about = {"terms_id": "Terms"}
    terms_id: int
    number: int


@dataclass(frozen=True)
class AccessGranted(Fact):
    about = {"grant_id": "AccessGrant"}
    grant_id: int
    field_class: str
    level: str
    scope: str
    since: date
    until: date


@dataclass(frozen=True)
class AccessRevoked(Fact):
    about = {"grant_id": "AccessGrant"}
    grant_id: int


@dataclass(frozen=True)
class FigureStated(Fact):
    """In the history of nothing: whoever is shown a figure by a grant need not learn when its owner stated others."""

    figure_id: int


@dataclass(frozen=True)
class FigureAllocated(Fact):
    about = {"allocated_figure_id": "AllocatedFigure"}
    allocated_figure_id: int


@dataclass(frozen=True)
class AllocationWithdrawn(Fact):
    about = {"allocated_figure_id": "AllocatedFigure"}
    allocated_figure_id: int
