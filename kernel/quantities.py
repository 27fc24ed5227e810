"""Exact amounts: finite decimals, never floats, with the bounds every door enforces."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from kernel.errors import Invalid

WHOLE_DIGITS, FRACTION_DIGITS = 18, 6
STORED_WHOLE_DIGITS = 30
"""Columns also keep sums of what the doors let in, which may be longer."""
ZERO = Decimal(0)


def exact(text: str | int | Decimal, *, whole_digits: int = WHOLE_DIGITS) -> Decimal:
    """A plain finite decimal of at most 18 digits before and 6 after the point.

    Raises ValueError in one sentence otherwise. An exponent is written out: "1E3" is 1000.
    """
    if isinstance(text, bool | float):
        raise ValueError('a decimal must be written as a string such as "12.50"')
    if isinstance(text, str) and (len(text) > 64 or not text.isascii() or "_" in text or text != text.strip()):
        raise ValueError('a decimal must be written as plain digits such as "12.50"')
    try:
        value = Decimal(text)
    except (InvalidOperation, TypeError, ValueError):
        raise ValueError('a decimal must be written as plain digits such as "12.50"') from None
    if not value.is_finite():
        raise ValueError("a decimal must be finite")
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if value.adjusted() >= whole_digits or (value and value.adjusted() < -WHOLE_DIGITS):
        raise ValueError("a decimal has at most 18 digits before and 6 after the point")
    if exponent < -FRACTION_DIGITS:
        shorter = value.quantize(Decimal(1).scaleb(-FRACTION_DIGITS))
        if shorter != value:
            raise ValueError("a decimal has at most 18 digits before and 6 after the point")
        value = shorter
    if exponent > 0:
        value = value.quantize(Decimal(1))
    return abs(value) if value == 0 else value


def plain(value: Decimal) -> str:
    """How an amount is written in JSON, XML and on pages: digits only, no exponent."""
    text = str(value)
    return format(value, "f") if "E" in text else text


def positive(value: Decimal, field: str) -> Decimal:
    if value <= 0:
        raise Invalid(field, f"{field} must be more than 0", f"{field} 必须大于 0")
    return value


def not_negative(value: Decimal, field: str) -> Decimal:
    if value < 0:
        raise Invalid(field, f"{field} must not be negative", f"{field} 不能为负数")
    return value


class Exact(TypeDecorator[Decimal]):
    """A decimal column kept digit for digit: NUMERIC on PostgreSQL, text on SQLite, whose numbers are floats.

    Never add, compare or sort by such a column in SQL: text does not order as numbers do. Amounts are
    reckoned in ``decisions.py``.
    """

    impl = String(40)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric())
        return dialect.type_descriptor(String(40))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        value = exact(value, whole_digits=STORED_WHOLE_DIGITS)
        return value if dialect.name == "postgresql" else plain(value)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any] | None:
        # Lists are mostly decimals, and mostly the same few: read once, and without a call into Python for the rest.
        return super().result_processor(dialect, coltype) if dialect.name == "postgresql" else _read


@lru_cache(maxsize=4096)
def _read(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
