"""What people fill in of a framework agreement: the plain values verbs take, whichever door they came through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from collaboration.orders.forms import WantedDay
from kernel.quantities import ZERO


@dataclass(frozen=True)
class Step:
    """From so much of one call-off line on, in the item's unit, this price of one."""

    from_quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True)
class IndexClause:
    """How a price follows an index (see ``decisions.index_price``); a limit left empty is none."""

    name: str
    base_index: Decimal
    weight_percent: Decimal
    price_decimals: int
    most_rise_percent: Decimal | None = None
    most_fall_percent: Decimal | None = None


@dataclass(frozen=True)
class LineDrafted:
    """``minimum_quantity``: no less of the item is called off at once."""

    number: int
    item_id: int
    price_breaks: Sequence[Step]
    quantity_cap: Decimal | None = None
    value_cap: Decimal | None = None
    index_clause: IndexClause | None = None
    minimum_quantity: Decimal = ZERO


@dataclass(frozen=True)
class FrameworkDrafted:
    """A framework as its buyer writes it. Money in ``currency``."""

    number: str
    seller_id: int
    currency: str
    valid_from: date
    valid_until: date
    lines: Sequence[LineDrafted]
    value_cap: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class IndexRead:
    """What an index was on a day, and where that can be read."""

    value: Decimal
    on: date
    source: str


@dataclass(frozen=True)
class LineAmended:
    """Other caps of a line, or other prices from a day on: said, or reckoned from what its index is now."""

    line_id: int
    quantity_cap: Decimal | None = None
    value_cap: Decimal | None = None
    price_from: date | None = None
    price_breaks: Sequence[Step] = field(default=())
    index: IndexRead | None = None


@dataclass(frozen=True)
class Amended:
    """What is to be otherwise; what is left empty stays."""

    lines: Sequence[LineAmended] = field(default=())
    valid_until: date | None = None
    value_cap: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class LineCalledOff:
    """So much of a line of the framework, in its unit, on these days. Its price is for the framework to say."""

    line_id: int
    quantity: Decimal
    schedules: Sequence[WantedDay]


@dataclass(frozen=True)
class AwardedCap:
    """Other caps of an awarded item than the quantity that was awarded."""

    item_id: int
    quantity_cap: Decimal | None = None
    value_cap: Decimal | None = None


@dataclass(frozen=True)
class FrameworkAwarded:
    """What an award says nothing of: the framework's own number, its days, and caps where they are others."""

    number: str
    valid_from: date
    valid_until: date
    value_cap: Decimal | None = None
    note: str = ""
    caps: Sequence[AwardedCap] = field(default=())
