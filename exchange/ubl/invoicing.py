"""What a UBL invoice and the buyer's answer to it say, in our words; totals by the names of EN 16931."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exchange.ubl.documents import PartyNamed

INVOICE_TYPE = "380"
EN_16931 = "urn:cen.eu:en16931:2017"


class TaxCode(StrEnum):
    """UNCL 5305, the subset that is taxed here."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    OUTSIDE = "O"


class AnswerCode(StrEnum):
    """UNCL 4343, the subset of Peppol's Invoice Response (T111); PPD is PD with the reason PPD there."""

    RECEIVED = "AB"
    IN_PROCESS = "IP"
    UNDER_QUERY = "UQ"
    CONDITIONALLY_ACCEPTED = "CA"
    REJECTED = "RE"
    ACCEPTED = "AP"
    PART_PAID = "PPD"
    PAID = "PD"


@dataclass(frozen=True)
class InvoicedRow:
    """One line. ``order_number`` and ``order_line``: what it is for; empty where it says neither.

    line_amount: None where the document leaves it to be reckoned.
    """

    number: str
    item_name: str
    sellers_item_number: str
    buyers_item_number: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    line_amount: Decimal | None
    tax_code: TaxCode
    tax_percent: Decimal
    order_number: str = ""
    order_line: str = ""
    note: str = ""


@dataclass(frozen=True)
class TaxRow:
    """What is taxed alike (BG-23)."""

    code: TaxCode
    percent: Decimal
    taxable: Decimal
    tax: Decimal
    exemption: str = ""


@dataclass(frozen=True)
class InvoiceDocument:
    """An invoice. Totals as EN 16931 names them (BG-22). ``fapiao_number``: what the tax office knows it by."""

    number: str
    issued_on: date
    due_on: date | None
    currency: str
    seller: PartyNamed
    buyer: PartyNamed
    rows: tuple[InvoicedRow, ...]
    taxes: tuple[TaxRow, ...]
    line_extension: Decimal
    tax_exclusive: Decimal
    tax_amount: Decimal
    tax_inclusive: Decimal
    payable: Decimal
    order_number: str = ""
    payment_terms: str = ""
    note: str = ""
    fapiao_number: str = ""
    fapiao_type: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class InvoiceAnswer:
    """The buyer's answer to an invoice (ApplicationResponse). reason, action: Peppol's lists OPStatusReason, OPStatusAction."""

    number: str
    issued_on: date
    invoice_number: str
    code: AnswerCode
    sender: PartyNamed
    receiver: PartyNamed
    note: str = ""
    reason: str = ""
    action: str = ""
    invoice_issued_on: date | None = None
    left_out: tuple[str, ...] = ()
