"""Facts about invoices. What a buyer says among its own people is in no fact both firms read."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class InvoiceDrafted(Fact):
    about = {"invoice_id": "Invoice"}
    invoice_id: int
    number: str


@dataclass(frozen=True)
class InvoiceDiscarded(Fact):
    """Its seller threw a draft away; nobody else ever knew of it."""

    about = {"invoice_id": "Invoice"}
    invoice_id: int
    number: str


@dataclass(frozen=True)
class InvoiceSubmitted(Fact):
    """``blocked``: so many of its lines do not match."""

    about = {"invoice_id": "Invoice"}
    invoice_id: int
    number: str
    lines: int
    blocked: int


@dataclass(frozen=True)
class InvoiceMatched(Fact):
    """Receipts, orders or other invoices changed, and lines of this one are judged otherwise."""

    about = {"invoice_id": "Invoice"}
    invoice_id: int
    lines: tuple[int, ...]
    blocked: int


@dataclass(frozen=True)
class InvoiceAnswered(Fact):
    about = {"invoice_id": "Invoice"}
    invoice_id: int
    response_id: int
    state: str
    reason: str | None


@dataclass(frozen=True)
class InvoiceQueryAnswered(Fact):
    about = {"invoice_id": "Invoice"}
    invoice_id: int
    response_id: int


@dataclass(frozen=True)
class InvoiceReleased(Fact):
    """Known to the buyer's firm alone. ``waiting``: a second person approves it first."""

    about = {"release_ids": "InvoiceRelease"}
    release_ids: tuple[int, ...]
    invoice_id: int
    lines: tuple[int, ...]
    waiting: bool


@dataclass(frozen=True)
class ReleaseApproved(Fact):
    """Known to the buyer's firm alone."""

    about = {"release_ids": "InvoiceRelease"}
    release_ids: tuple[int, ...]
    invoice_id: int
    lines: tuple[int, ...]


@dataclass(frozen=True)
class CreditNoteIssued(Fact):
    about = {"invoice_id": "Invoice", "credit_note_id": "CreditNote"}
    invoice_id: int
    credit_note_id: int
    number: str


@dataclass(frozen=True)
class SettlementTermsSet(Fact):
    """How a buyer matches, said anew; in the audit trail alone."""

    terms_id: int
