"""Facts about statements. Of a draft its maker alone reads."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class StatementDrafted(Fact):
    """In the audit trail alone: the other firm reads no draft."""

    statement_id: int


@dataclass(frozen=True)
class StatementSent(Fact):
    about = {"statement_id": "Statement"}
    statement_id: int
    edition: int


@dataclass(frozen=True)
class StatementDisputed(Fact):
    about = {"statement_id": "Statement"}
    statement_id: int
    lines: tuple[int, ...]


@dataclass(frozen=True)
class StatementDisputesAnswered(Fact):
    about = {"statement_id": "Statement"}
    statement_id: int
    edition: int


@dataclass(frozen=True)
class StatementConfirmed(Fact):
    """Both say so now. ``set_aside``: lines left out of it, for the next."""

    about = {"statement_id": "Statement"}
    statement_id: int
    edition: int
    set_aside: tuple[int, ...]


@dataclass(frozen=True)
class StatementWithdrawn(Fact):
    about = {"statement_id": "Statement"}
    statement_id: int


@dataclass(frozen=True)
class StatementInvoiced(Fact):
    about = {"statement_id": "Statement", "invoice_id": "Invoice"}
    statement_id: int
    invoice_id: int
