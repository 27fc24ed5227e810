"""Pure rules of items: periods that may not overlap, exact conversion between two units, quantities a supplier delivers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from kernel.errors import Invalid
from kernel.quantities import FRACTION_DIGITS, exact

FAR = date.max
FARTHEST_DAYS = 3650
DIGITS = 80


class Period(Protocol):
    """From a day to a day, both included; no last day: until further notice."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


P = TypeVar("P", bound=Period)


def check_days(valid_from: date, valid_to: date | None, today: date) -> None:
    """A period stated today lies within reach of today. Raises Invalid("validFrom" or "validTo")."""
    if abs((valid_from - today).days) > FARTHEST_DAYS:
        raise Invalid("validFrom", "it begins within ten years of today", "起始日期应在今天前后十年之内")
    if valid_to is not None and not valid_from <= valid_to <= today + timedelta(days=2 * FARTHEST_DAYS):
        raise Invalid(
            "validTo",
            f"it ends on {valid_from} or later, and within twenty years",
            f"截止日期应在 {valid_from} 或以后，且不超过二十年",
        )


def is_withdrawn(period: Any) -> bool:
    return period.valid_to is not None and period.valid_to < period.valid_from


def is_in_force(period: Any, on: date) -> bool:
    return bool(period.valid_from <= on <= (period.valid_to or FAR))


def in_force(periods: Iterable[P], on: date) -> P | None:
    """The one period of a thing that covers a day."""
    return next((p for p in periods if is_in_force(p, on)), None)


def overlapping(periods: Sequence[P], valid_from: date, valid_to: date | None) -> list[P]:
    """Those that share a day with a period to be stated."""
    last = valid_to or FAR
    return [p for p in periods if not is_withdrawn(p) and p.valid_from <= last and (p.valid_to or FAR) >= valid_from]


def giving_way(periods: Sequence[P], valid_from: date, valid_to: date | None) -> tuple[P | None, list[P]]:
    """(the period without an end that a new one closes the day before, those that stand in the new one's way).

    Only what has no end and began no later gives way: a period somebody bounded, or one that begins later, was meant.
    """
    met = overlapping(periods, valid_from, valid_to)
    closed = next((p for p in met if p.valid_to is None and p.valid_from <= valid_from), None)
    return closed, [p for p in met if p is not closed]


def day_before(day: date) -> date:
    return day - timedelta(days=1)


@dataclass(frozen=True)
class Ratio:
    """``buyer_units`` of the buyer's unit are ``item_units`` of the item's: 1 box = 12 pieces is (1, 12)."""

    buyer_units: int
    item_units: int


def to_item_unit(quantity: Decimal, ratio: Ratio) -> Decimal:
    """A quantity said in the buyer's unit, in the item's. Raises ValueError where six decimals cannot say it."""
    return _times(quantity, ratio.item_units, ratio.buyer_units)


def to_buyer_unit(quantity: Decimal, ratio: Ratio) -> Decimal:
    """The other way round. Raises ValueError where six decimals cannot say it."""
    return _times(quantity, ratio.buyer_units, ratio.item_units)


def price_per_item_unit(price: Decimal, ratio: Ratio) -> Decimal:
    """A price per buyer's unit, per unit of the item. Raises ValueError where six decimals cannot say it."""
    return _times(price, ratio.buyer_units, ratio.item_units)


def _times(amount: Decimal, above: int, below: int) -> Decimal:
    scaled = Fraction(amount) * above / below * 10**FRACTION_DIGITS
    if scaled.denominator != 1:
        raise ValueError("this comes out exactly in no six decimals")
    with localcontext(prec=DIGITS):
        return exact(Decimal(scaled.numerator).scaleb(-FRACTION_DIGITS).normalize())


def deliverable(quantity: Decimal, minimum: Decimal | None, multiple: Decimal | None) -> bool:
    """Whether a supplier that delivers from a minimum on, and in a multiple, delivers this much."""
    if minimum is not None and quantity < minimum:
        return False
    with localcontext(prec=DIGITS):
        return multiple is None or quantity % multiple == 0


def nearest(quantity: Decimal, minimum: Decimal | None, multiple: Decimal | None) -> tuple[Decimal | None, Decimal]:
    """(the next deliverable quantity below, if there is one, and the next above) a quantity that is not."""
    least = minimum or Decimal(0)
    if multiple is None:
        return None, least
    with localcontext(prec=DIGITS):
        below = quantity // multiple * multiple
        lowest = least // multiple * multiple
        lowest = lowest if lowest and lowest >= least else lowest + multiple
        return (below if below >= lowest else None), max(below + multiple, lowest)
