"""What offers come to beside one another: one unit, one currency, freight, terms of delivery and tooling in. Pure.

Reckoned in fractions, said in 6 decimals, half to even.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from collaboration.sourcing.decisions import in_item_unit
from collaboration.sourcing.forms import Break
from collaboration.sourcing.tables import Incoterm
from kernel.quantities import FRACTION_DIGITS

_ALL_AT_ONCE = datetime.min
_WIDE = Context(prec=80, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Terms:
    """Against what offers are compared. ``rates``: so much of ``currency`` is one of another.

    ``delivery_percents``: what the buyer adds to the goods of an offer on other terms of delivery than its own.
    """

    currency: str
    incoterm: Incoterm
    rates: Mapping[str, Decimal]
    delivery_percents: Mapping[Incoterm, Decimal]


@dataclass(frozen=True)
class Offered:
    """One offer of a line, as opened; money in ``currency``, quantities in the item's unit but for ``line_units``."""

    currency: str
    incoterm: Incoterm
    line_units: int
    item_units: int
    breaks: Sequence[Break]
    minimum_quantity: Decimal
    tooling_cost: Decimal
    freight: Decimal


@dataclass(frozen=True)
class Cost:
    """In the request's currency. ``bought``: of the item, no less than its minimum; ``per_unit``: of the request's unit."""

    bought: Decimal
    goods: Decimal
    freight: Decimal
    tooling: Decimal
    delivery: Decimal
    total: Decimal
    per_unit: Decimal


def price_at(breaks: Sequence[Break], quantity: Fraction | Decimal) -> Decimal | None:
    """The price of the last break that begins at a quantity or below; None below the first."""
    reached = [step for step in breaks if Fraction(step.from_quantity) <= Fraction(quantity)]
    return reached[-1].unit_price if reached else None


def missing(offer: Offered, terms: Terms) -> list[str]:
    """What the buyer has still to state before an offer can be compared: a currency's rate, terms of delivery."""
    found = [] if offer.currency == terms.currency or offer.currency in terms.rates else [offer.currency]
    same = offer.incoterm == terms.incoterm or offer.incoterm in terms.delivery_percents
    return found if same else [*found, offer.incoterm.value]


def cost_of(quantity: Decimal, offer: Offered, terms: Terms) -> Cost | None:
    """The whole of a line from one bidder; None where something is missing or no price reaches so low.

    quantity: more than 0, in the request's unit.
    """
    if missing(offer, terms):
        return None
    wanted = in_item_unit(quantity, offer.line_units, offer.item_units)
    bought = max(wanted, Fraction(offer.minimum_quantity))
    price = price_at(offer.breaks, bought)
    if price is None:
        return None
    rate = Fraction(1) if offer.currency == terms.currency else Fraction(terms.rates[offer.currency])
    percent = Fraction(0 if offer.incoterm == terms.incoterm else terms.delivery_percents[offer.incoterm])
    goods = bought * Fraction(price) * rate
    freight, tooling = Fraction(offer.freight) * rate, Fraction(offer.tooling_cost) * rate
    delivery = goods * percent / 100
    total = goods + freight + tooling + delivery
    parts = (bought, goods, freight, tooling, delivery, total, total / Fraction(quantity))
    return Cost(*(rounded(part) for part in parts))


def rounded(amount: Fraction) -> Decimal:
    whole = round(amount * 10**FRACTION_DIGITS)  # half to even
    return _WIDE.scaleb(Decimal(whole), -FRACTION_DIGITS).normalize(_WIDE)


def exactly(amount: Fraction) -> Decimal:
    """Raises ValueError where 6 decimals cannot say it."""
    if (amount * 10**FRACTION_DIGITS).denominator != 1:
        raise ValueError("six decimals cannot say this")
    return rounded(amount)


def ranks(totals: Iterable[tuple[int, Decimal | None]], came: Mapping[int, datetime] | None = None) -> dict[int, int]:
    """Offer -> place by total cost, 1 the lowest; equals share a place, what cannot be compared has none.

    came: when each was handed in, where the earlier of equals goes first.
    """
    at = came or {}
    known = [(number, (total, at.get(number, _ALL_AT_ONCE))) for number, total in totals if total is not None]
    return {number: 1 + sum(other < total for _, other in known) for number, total in known}
