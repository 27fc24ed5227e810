"""The scalars of the contract: what they accept, what they answer, and the one sentence when they refuse."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal as PyDecimal
from typing import Any

import graphene
from graphql import FloatValueNode, GraphQLError, IntValueNode, StringValueNode, ValueNode

from kernel.quantities import exact, plain

TEXT_LIMIT = 4000
SAFE_INTEGER = 2**53
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
_BARE = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]*")


def _literal(parse: Callable[[Any], Any], *kinds: type[ValueNode], sentence: str) -> Any:
    """Read a literal of the document by the same rule as a variable."""

    def parse_literal(node: Any, variables: Any = None) -> Any:
        if type(node) not in kinds:
            raise GraphQLError(sentence)
        return parse(node.value)

    return staticmethod(parse_literal)


def _decimal(value: Any) -> PyDecimal:
    if isinstance(value, float):
        raise GraphQLError('Decimal: send it as a string such as "12.50"; a JSON number with a fraction is not exact')
    if not isinstance(value, (str, int, PyDecimal)):
        raise GraphQLError('Decimal: write it as a string such as "12.50"')
    try:
        return exact(value)
    except ValueError as refusal:
        raise GraphQLError(f"Decimal: {refusal}") from None


def _say_decimal(value: Any) -> str:
    if isinstance(value, PyDecimal) and value.is_finite():
        return plain(value)
    if type(value) is int:
        return str(value)
    raise GraphQLError("Decimal: the value to answer with is not a finite decimal")


def _date(value: Any) -> date:
    if type(value) is date:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # shaped like a day, but no calendar has it: the same sentence tells
    raise GraphQLError("Date: write a calendar day as yyyy-MM-dd, such as 2026-11-24, without a time")


def _say_date(value: Any) -> str:
    if type(value) is date:
        return value.isoformat()
    raise GraphQLError("Date: the value to answer with is not a calendar day")


def _instant(value: Any) -> datetime:
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value).astimezone(UTC)
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # a 30 February, an hour 25, a year before the first: the same sentence tells
    raise GraphQLError("DateTime: write an instant with its zone, such as 2026-11-24T03:50:00Z")


def _say_instant(value: Any) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    raise GraphQLError("DateTime: the value to answer with is not an instant with its zone")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError("Text: write a string")
    if len(value) > 2 * TEXT_LIMIT:  # before the normalisation, whose work grows with the length
        raise GraphQLError(_TOO_LONG)
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    if not _BARE.fullmatch(text):
        raise GraphQLError("Text: control characters and half characters are not allowed; only tabs and line feeds")
    if len(text) > TEXT_LIMIT:
        raise GraphQLError(_TOO_LONG)
    return text


_TOO_LONG = f"Text: at most {TEXT_LIMIT} characters are allowed; shorten it or attach a document"


def _say_text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    raise GraphQLError("Text: the value to answer with is not a string")


def _big_literal(digits: str) -> int:
    return _big(int(digits))


def _big(value: Any) -> int:
    if type(value) is int and -SAFE_INTEGER <= value <= SAFE_INTEGER:
        return value
    raise GraphQLError("BigInt: write a whole number between -9007199254740992 and 9007199254740992")


class Decimal(graphene.Scalar):
    """An exact decimal, written as a string of at most 18 digits before and 6 after the point, such as "12.50".

    Accepted: a string, a whole JSON number, or any number literal in the document. Never NaN or infinity.
    """

    serialize = staticmethod(_say_decimal)
    parse_value = staticmethod(_decimal)
    parse_literal = _literal(
        _decimal,
        StringValueNode,
        IntValueNode,
        FloatValueNode,
        sentence='Decimal: write it as a string such as "12.50"',
    )


class Date(graphene.Scalar):
    """A calendar day, yyyy-MM-dd, without time and zone."""

    serialize = staticmethod(_say_date)
    parse_value = staticmethod(_date)
    parse_literal = _literal(
        _date, StringValueNode, sentence='Date: write a calendar day as a string such as "2026-11-24"'
    )


class DateTime(graphene.Scalar):
    """An instant (RFC 3339). Accepted with any zone, always answered in UTC and ending in Z."""

    serialize = staticmethod(_say_instant)
    parse_value = staticmethod(_instant)
    parse_literal = _literal(
        _instant, StringValueNode, sentence='DateTime: write an instant as a string such as "2026-11-24T03:50:00Z"'
    )


class Text(graphene.Scalar):
    """What people write: at most 4,000 characters in Unicode form NFC; of the control characters only tab and line feed."""

    serialize = staticmethod(_say_text)
    parse_value = staticmethod(_text)
    parse_literal = _literal(_text, StringValueNode, sentence="Text: write a string")


class BigInt(graphene.Scalar):
    """A whole number within plus and minus 2 to the power of 53."""

    serialize = staticmethod(_big)
    parse_value = staticmethod(_big)
    parse_literal = _literal(_big_literal, IntValueNode, sentence="BigInt: write a whole number")
