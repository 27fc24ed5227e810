"""Which units say the same in other words, and how an amount in one is written exactly in another."""

from decimal import Decimal, localcontext

from kernel.codes import UNIT_WORDS
from kernel.quantities import exact

COUNTS = frozenset({"C62", "EA", "H87", "NAR", "PCE"})
"""One, each, piece, number of articles (UNECE Rec 20), and the piece of EDIFACT and older lists: all count things."""

MEASURES = (
    {"GRM": 1, "KGM": 1000, "TNE": 1_000_000},  # mass, in grams
    {"MMT": 1, "CMT": 10, "MTR": 1000, "KMT": 1_000_000},  # length, in millimetres
)
DIGITS = 80


def factor(unit: str, into: str) -> Decimal | None:
    """How many of ``into`` one ``unit`` is; None where no exact number says."""
    if unit == into or {unit, into} <= COUNTS:
        return Decimal(1)
    for sizes in MEASURES:
        if unit in sizes and into in sizes:
            return Decimal(sizes[unit]) / Decimal(sizes[into])
    return None


def times(amount: Decimal, by: Decimal) -> Decimal:
    """Raises ValueError when the product cannot be kept to the digit."""
    with localcontext(prec=DIGITS):
        product = amount * by
    return exact(product)


def over(amount: Decimal, by: Decimal) -> Decimal:
    """Raises ValueError when the quotient cannot be kept to the digit."""
    with localcontext(prec=DIGITS):
        quotient = amount / by
    return exact(quotient)


def unit_shown(code: str, lang: str) -> str:
    """The code with its word: ``KGM (kg)``."""
    words = UNIT_WORDS.get(code)
    return code if words is None else f"{code} ({words[0 if lang == 'zh' else 1]})"
