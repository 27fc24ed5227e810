"""What people fill in of a request and of a quotation: the plain values verbs take, whichever door they came through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from collaboration.sourcing.tables import BidKind, Incoterm, RoundReason, RoundVisibility
from kernel.quantities import ZERO


@dataclass(frozen=True)
class RfqLineAsked:
    number: int
    title: str
    quantity: Decimal
    unit: str
    wanted_on: date


@dataclass(frozen=True)
class RfqAsked:
    """A draft. ``award_by``: the last day of deciding; ``category_id``: the buyer's own, by which invitees must be qualified."""

    number: str
    title: str
    currency: str
    incoterm: Incoterm
    closes_at: datetime
    award_by: date
    lines: Sequence[RfqLineAsked]
    invitee_ids: Sequence[int]
    note: str = ""
    category_id: int | None = None


@dataclass(frozen=True)
class RoundAsked:
    """A further round. ``invitee_ids``: all of the last one unless said. The last three are an auction's alone."""

    visibility: RoundVisibility
    closes_at: datetime
    reason: RoundReason
    note: str = ""
    award_by: date | None = None
    invitee_ids: Sequence[int] | None = None
    left_out_reason: str = ""
    least_step: Decimal = ZERO
    extension_minutes: int = 0
    most_extensions: int = 0


@dataclass(frozen=True)
class Break:
    """From so much on, in the item's unit, this price per unit of the item."""

    from_quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True)
class LineOffered:
    """One line of a quotation. Without ``line_units`` and ``item_units`` the factor both firms know is taken."""

    line_number: int
    item_id: int
    lead_time_days: int
    price_breaks: Sequence[Break]
    kind: BidKind = BidKind.BID
    line_units: int | None = None
    item_units: int | None = None
    minimum_quantity: Decimal = ZERO
    tooling_cost: Decimal = ZERO
    freight: Decimal = ZERO
    note: str = ""


@dataclass(frozen=True)
class Offer:
    """All a quotation says. Amounts are in ``currency``."""

    currency: str
    incoterm: Incoterm
    valid_until: date
    lines: Sequence[LineOffered] = field(default=())
    note: str = ""


@dataclass(frozen=True)
class RateStated:
    """So much of the request's currency is one of ``currency``, as on a day."""

    currency: str
    rate: Decimal
    as_on: date


@dataclass(frozen=True)
class DeliveryStated:
    """So many percent of the goods come on top of an offer on these terms of delivery."""

    incoterm: Incoterm
    percent: Decimal


@dataclass(frozen=True)
class Share:
    """What of a line goes to an offer: a quantity in the request's unit, or a percentage of what was asked."""

    quotation_line_id: int
    quantity: Decimal | None = None
    share_percent: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class OrderAs:
    """How the order to one bidder is placed. ``wanted_on``: another day for all its lines.

    ``later``: not in the act of awarding; it is ordered, or a framework is drafted from it, once its buyer says so.
    """

    quotation_id: int
    number: str | None = None
    conditional_reason: str | None = None
    wanted_on: date | None = None
    later: bool = False
