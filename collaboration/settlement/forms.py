"""What people fill in about invoices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from collaboration.settlement.tables import FapiaoType, TaxCategory


@dataclass(frozen=True)
class InvoicedLine:
    """One line as the seller fills it in. ``line_amount`` left out follows; ``unit`` left out is the order line's.

    Without ``order_line_id`` a ``description`` and a ``unit`` say what it is for.
    """

    number: int
    quantity: Decimal
    unit_price: Decimal
    tax_percent: Decimal
    order_line_id: int | None = None
    despatch_line_id: int | None = None
    description: str = ""
    unit: str | None = None
    line_amount: Decimal | None = None
    tax_category: TaxCategory | None = None


@dataclass(frozen=True)
class TotalsSaid:
    """Document totals as the seller says them; what is left out follows from the lines."""

    line_extension_amount: Decimal | None = None
    tax_exclusive_amount: Decimal | None = None
    tax_amount: Decimal | None = None
    tax_inclusive_amount: Decimal | None = None
    payable_amount: Decimal | None = None


@dataclass(frozen=True)
class InvoiceGiven:
    """A whole invoice as the seller fills it in."""

    number: str
    buyer_id: int
    issued_on: date
    due_on: date
    currency: str
    lines: Sequence[InvoicedLine]
    totals: TotalsSaid = TotalsSaid()
    payment_terms: str = ""
    note: str = ""
    fapiao_number: str | None = None
    fapiao_type: FapiaoType | None = None


@dataclass(frozen=True)
class Origin:
    """What an invoice is made from: a kind of thing, such as a statement, and its row number."""

    kind: str
    number: int


@dataclass(frozen=True)
class CreditedLine:
    """How much of one invoice line is taken back."""

    invoice_line_id: int
    quantity: Decimal


@dataclass(frozen=True)
class TermsGiven:
    """How a buyer matches: see ``SettlementTerms``."""

    currency: str
    quantity_percent: Decimal | None = None
    quantity_absolute: Decimal | None = None
    price_percent: Decimal | None = None
    price_absolute: Decimal | None = None
    tax_percent: Decimal | None = None
    release_limit: Decimal | None = None
    held_percent: Decimal = Decimal(0)
