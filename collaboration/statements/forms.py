"""What people fill in about statements."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from collaboration.settlement.tables import FapiaoType, InvoiceReason
from collaboration.statements.lifecycle import DisputeState


@dataclass(frozen=True)
class Disputed:
    """One line that is wrong, why, and what it should say."""

    line_id: int
    reason: InvoiceReason
    note: str
    right_quantity: Decimal | None = None
    right_price: Decimal | None = None


@dataclass(frozen=True)
class Answered:
    """What becomes of one dispute: CORRECTED, UPHELD or SET_ASIDE."""

    dispute_id: int
    outcome: DisputeState
    note: str = ""


@dataclass(frozen=True)
class InvoiceAsked:
    """What an invoice says besides its lines, which an agreed statement proposes. ``tax_percent``: of all of them."""

    number: str
    issued_on: date
    due_on: date
    tax_percent: Decimal
    payment_terms: str = ""
    fapiao_number: str | None = None
    fapiao_type: FapiaoType | None = None
