"""Invoices with lines and answers, releases of blocked lines, credit notes, and a buyer's terms of matching."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.settlement.lifecycle import InvoiceState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, maybe_word, ref, word
from kernel.quantities import ZERO, Exact


class TaxCategory(StrEnum):
    """How a line is taxed (UNCL 5305)."""

    STANDARD = "standard"  # S
    ZERO = "zero"  # Z
    EXEMPT = "exempt"  # E
    REVERSE_CHARGE = "reverse_charge"  # AE
    OUTSIDE = "outside"  # O


class FapiaoType(StrEnum):
    """What kind of 发票 the tax office knows it by."""

    SPECIAL = "special"
    ORDINARY = "ordinary"
    DIGITAL_SPECIAL = "digital_special"
    DIGITAL_ORDINARY = "digital_ordinary"


class MatchOutcome(StrEnum):
    """What the comparison of an invoice line with its order and receipts comes to."""

    NO_ORDER = "no_order"
    NO_RECEIPT = "no_receipt"
    QUANTITY_BLOCKED = "quantity_blocked"
    PRICE_BLOCKED = "price_blocked"
    TAX_DIFFERS = "tax_differs"
    IN_TOLERANCE = "in_tolerance"
    MATCHED = "matched"


class InvoiceReason(StrEnum):
    """Why an invoice is queried or rejected (UNCL 4465 subset of Peppol Invoice Response)."""

    REF = "ref"
    LEG = "leg"
    REC = "rec"
    QUA = "qua"
    DEL = "del"
    PRI = "pri"
    QTY = "qty"
    ITM = "itm"
    PAY = "pay"
    UNR = "unr"
    FIN = "fin"
    PPD = "ppd"
    OTH = "oth"


class InvoiceAction(StrEnum):
    """What the seller is asked to do about it."""

    NOA = "noa"
    PIN = "pin"
    NIN = "nin"
    CNF = "cnf"
    CNP = "cnp"
    CNA = "cna"
    OTH = "oth"


class Invoice(SQLModel, table=True):
    """``number`` is the seller's own for this buyer. Totals as EN 16931 names them; ``paid_amount`` is what the buyer said it paid.

    ``held_percent``: the share held while documents are missing, as the buyer's terms stood when it was submitted.
    ``origin_kind`` and ``origin_id``: what it was made from, such as a statement; empty where by hand.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("seller_id", "buyer_id", "number"),
        Index("invoice_state_buyer", "buyer_id", "state"),
        Index("invoice_state_seller", "seller_id", "state"),
        Index("invoice_origin", "origin_kind", "origin_id"),
    )
    id: int | None = key()
    number: str = Field(max_length=60)
    seller_id: int = ref("firm", index=False)
    buyer_id: int = ref("firm", index=False)
    issued_on: date
    due_on: date
    currency: str = Field(max_length=3)
    payment_terms: str = Field(default="", max_length=400)
    note: str = Field(default="", max_length=1000)
    fapiao_number: str | None = Field(default=None, max_length=20)
    fapiao_type: FapiaoType | None = maybe_word(FapiaoType)
    line_extension_amount: Decimal = Field(sa_type=Exact)
    tax_exclusive_amount: Decimal = Field(sa_type=Exact)
    tax_amount: Decimal = Field(sa_type=Exact)
    tax_inclusive_amount: Decimal = Field(sa_type=Exact)
    payable_amount: Decimal = Field(sa_type=Exact)
    credited_amount: Decimal = Field(default=ZERO, sa_type=Exact)
    paid_amount: Decimal = Field(default=ZERO, sa_type=Exact)
    held_percent: Decimal = Field(default=ZERO, sa_type=Exact)
    state: InvoiceState = word(InvoiceState, InvoiceState.DRAFT)
    version: int = 1
    made_at: datetime = Field(sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer_due_on: date | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    origin_kind: str | None = Field(default=None, max_length=40)
    origin_id: int | None = Field(default=None, sa_type=RowNumber)


class InvoiceLine(SQLModel, table=True):
    """``unit_price`` without tax; ``line_amount`` = quantity times price, to 2 places; ``tax_percent`` of that.

    ``outcome`` and what stands beside it: how the line was judged last. ``agreed_price``, ``accepted``, ``invoiced_before``
    are the figures it was judged by, ``blocked_by`` all that is wrong, the first of it being the outcome.
    """

    __tablename__ = "invoice_line"
    __table_args__ = (UniqueConstraint("invoice_id", "number"),)
    id: int | None = key()
    invoice_id: int = ref("invoice", index=False)
    number: int
    order_id: int | None = ref("purchase_order", nullable=True)
    order_line_id: int | None = ref("order_line", nullable=True)
    despatch_line_id: int | None = ref("despatch_line", nullable=True, index=False)
    description: str = Field(default="", max_length=200)
    unit: str = Field(max_length=3)
    quantity: Decimal = Field(sa_type=Exact)
    unit_price: Decimal = Field(sa_type=Exact)
    line_amount: Decimal = Field(sa_type=Exact)
    tax_category: TaxCategory = word(TaxCategory)
    tax_percent: Decimal = Field(sa_type=Exact)
    credited_quantity: Decimal = Field(default=ZERO, sa_type=Exact)
    credited_amount: Decimal = Field(default=ZERO, sa_type=Exact)
    outcome: MatchOutcome | None = maybe_word(MatchOutcome)
    blocked_by: list[str] = Field(default=[], sa_type=JSON)
    accepted: Decimal = Field(default=ZERO, sa_type=Exact)
    invoiced_before: Decimal = Field(default=ZERO, sa_type=Exact)
    agreed_price: Decimal | None = Field(default=None, sa_type=Exact)


class InvoiceResponse(SQLModel, table=True):
    """One answer of the buyer. ``reply``: what the seller said to a query; ``amount``: what a payment came to."""

    __tablename__ = "invoice_response"
    __table_args__ = (UniqueConstraint("invoice_id", "number"),)
    id: int | None = key()
    invoice_id: int = ref("invoice", index=False)
    number: int
    state: InvoiceState = word(InvoiceState)
    reason: InvoiceReason | None = maybe_word(InvoiceReason)
    action: InvoiceAction | None = maybe_word(InvoiceAction)
    note: str = Field(default="", max_length=1000)
    amount: Decimal | None = Field(default=None, sa_type=Exact)
    answered_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)
    reply: str | None = Field(default=None, max_length=1000)
    replied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    replied_by: int | None = Field(default=None, sa_type=RowNumber)


class InvoiceRelease(SQLModel, table=True):
    """The buyer lets a blocked line pass as it was judged then; judged otherwise later, the release lapses."""

    __tablename__ = "invoice_release"
    id: int | None = key()
    invoice_id: int = ref("invoice")
    line_id: int = ref("invoice_line", index=False)
    reason: str = Field(max_length=400)
    released_by: int = Field(sa_type=RowNumber)
    released_at: datetime = Field(sa_type=UtcDateTime)
    needs_second: bool
    approved_by: int | None = Field(default=None, sa_type=RowNumber)
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lapsed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CreditNote(SQLModel, table=True):
    """The seller takes back part or all of one invoice (UBL CreditNote). ``number`` is the seller's own for this buyer."""

    __tablename__ = "credit_note"
    __table_args__ = (UniqueConstraint("seller_id", "buyer_id", "number"),)
    id: int | None = key()
    number: str = Field(max_length=60)
    invoice_id: int = ref("invoice")
    seller_id: int = ref("firm", index=False)
    buyer_id: int = ref("firm", index=False)
    issued_on: date
    reason: str = Field(max_length=400)
    line_extension_amount: Decimal = Field(sa_type=Exact)
    tax_amount: Decimal = Field(sa_type=Exact)
    payable_amount: Decimal = Field(sa_type=Exact)
    issued_at: datetime = Field(sa_type=UtcDateTime)


class CreditNoteLine(SQLModel, table=True):
    """How much of one invoice line is taken back, at its own price and tax."""

    __tablename__ = "credit_note_line"
    __table_args__ = (UniqueConstraint("credit_note_id", "invoice_line_id"),)
    id: int | None = key()
    credit_note_id: int = ref("credit_note", index=False)
    invoice_line_id: int = ref("invoice_line")
    quantity: Decimal = Field(sa_type=Exact)
    line_amount: Decimal = Field(sa_type=Exact)


class SettlementTerms(SQLModel, table=True):
    """How a buyer matches: one row for all sellers (``seller_id`` empty), and one that stands in its place for a seller.

    Of a percentage and an absolute the narrower counts; neither: nothing is tolerated. Amounts are in ``currency``.
    ``tax_percent``: what lines must be taxed at; empty: any. ``release_limit``: above it a second person approves a release.
    ``held_percent``: the share of an invoice held while documents of its orders are missing.
    """

    __tablename__ = "settlement_terms"
    __table_args__ = (UniqueConstraint("buyer_id", "seller_id"),)
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    seller_id: int | None = ref("firm", nullable=True)
    currency: str = Field(max_length=3)
    quantity_percent: Decimal | None = Field(default=None, sa_type=Exact)
    quantity_absolute: Decimal | None = Field(default=None, sa_type=Exact)
    price_percent: Decimal | None = Field(default=None, sa_type=Exact)
    price_absolute: Decimal | None = Field(default=None, sa_type=Exact)
    tax_percent: Decimal | None = Field(default=None, sa_type=Exact)
    release_limit: Decimal | None = Field(default=None, sa_type=Exact)
    held_percent: Decimal = Field(default=ZERO, sa_type=Exact)
    set_at: datetime = Field(sa_type=UtcDateTime)


scope(
    "invoice", "invoice_line", "invoice_response", "invoice_release", "credit_note", "credit_note_line", "settlement_terms",
    because="an invoice is known to its two firms only, and how its buyer matches and releases to the buyer",
)  # fmt: skip
