"""What a UBL request for quotation and a quotation say, in our words."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from exchange.ubl.documents import PartyNamed
from kernel.quantities import ZERO


@dataclass(frozen=True)
class RequestedLine:
    """What is asked for. ``title``: in the buyer's words."""

    number: str
    title: str
    quantity: Decimal
    unit: str
    wanted_on: date | None


@dataclass(frozen=True)
class RfqDocument:
    """A request for quotation as one bidder gets it, or with no ``seller`` as its buyer keeps it.

    closes_at: in China; is_time_said: by the document itself. award_by: offers must hold until that day; None where a
    document read says none. amendment: 0 as first issued.
    """

    number: str
    issued_on: date
    closes_on: date
    closes_at: time
    award_by: date | None
    currency: str
    incoterm: str
    buyer: PartyNamed
    seller: PartyNamed
    title: str
    note: str
    lines: tuple[RequestedLine, ...]
    issued_at: time = time(0)
    amendment: int = 0
    is_time_said: bool = True
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class PriceFrom:
    """The price of one unit of the item from a quantity on."""

    from_quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True)
class QuotedLine:
    """An offer for one line. ``request_line``: the line of the request.

    unit: of the item, in which its prices are. factor: how many of them one of the request's unit is; None: not said.
    lead_time_days: None where the document says none. alternate: something else than was asked for.
    """

    request_line: str
    item_name: str
    sellers_item_number: str
    unit: str
    prices: tuple[PriceFrom, ...]
    lead_time_days: int | None
    factor: Decimal | None = None
    quantity: Decimal | None = None
    minimum_quantity: Decimal = ZERO
    tooling_cost: Decimal = ZERO
    freight: Decimal = ZERO
    alternate: bool = False
    note: str = ""


@dataclass(frozen=True)
class QuotationDocument:
    """A bid. rfq_number: the request it answers. valid_until: the last day it holds; None where it says none."""

    number: str
    issued_on: date
    rfq_number: str
    currency: str
    incoterm: str
    valid_until: date | None
    seller: PartyNamed
    buyer: PartyNamed
    note: str
    lines: tuple[QuotedLine, ...]
    total: Decimal = ZERO
    rfq_version: str = ""
    left_out: tuple[str, ...] = ()
