"""Decimals, days, instants and texts: what is taken, what is refused, and in which words."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal as PyDecimal

import orjson
import pytest
from graphql import GraphQLError

from api import scalars
from api.run import run
from tests.api.door.toy import schema

TYPES = {"decimal": "Decimal", "day": "Date", "instant": "DateTime", "text": "Text", "big": "BigInt"}


def ask(door, name, value):
    """The value as a variable: (what the resolver was given, or the refusal, whether it ran)."""
    document = f"query($v: {TYPES[name]}) {{ {name}(value: $v) }}"
    answer = run(schema, document, {"v": value}, None, door, may_write=False, idempotency_key=None)
    said = orjson.loads(answer.body)
    return (said["data"][name], True) if "data" in said else (said["errors"][0]["message"], answer.ran)


def ask_literal(door, name, literal):
    answer = run(schema, f"{{ {name}(value: {literal}) }}", None, None, door, may_write=False, idempotency_key=None)
    said = orjson.loads(answer.body)
    return (said["data"][name], True) if "data" in said else (said["errors"][0]["message"], answer.ran)


ACCEPTED = [
    ("decimal", "12.50", PyDecimal("12.50")),
    ("decimal", "-0.000001", PyDecimal("-0.000001")),
    ("decimal", "-0.00", PyDecimal("0.00")),
    ("decimal", "999999999999999999.999999", PyDecimal("999999999999999999.999999")),
    ("decimal", "1E3", PyDecimal("1000")),
    ("decimal", 40, PyDecimal("40")),
    ("day", "2028-02-29", date(2028, 2, 29)),
    ("instant", "2026-11-24T03:50:00Z", datetime(2026, 11, 24, 3, 50, tzinfo=UTC)),
    ("instant", "2026-11-24T11:50:00.25+08:00", datetime(2026, 11, 24, 3, 50, 0, 250000, tzinfo=UTC)),
    ("text", "行\tone\r\ntwo\n", "行\tone\ntwo\n"),
    ("text", "e\u0301", "\u00e9"),
    ("text", "\u202eabc 🏃", "\u202eabc 🏃"),
    ("text", "好" * 4000, "好" * 4000),
    ("text", "", ""),
    ("big", 2**53, 2**53),
    ("big", -(2**53), -(2**53)),
]


@pytest.mark.parametrize(("name", "sent", "meant"), ACCEPTED)
def test_a_good_value_means_the_same_as_variable_and_as_literal(door, name, sent, meant):
    assert ask(door, name, sent) == (repr(meant), True)
    assert ask_literal(door, name, json.dumps(sent)) == (repr(meant), True)


REFUSED = [
    *(("decimal", v) for v in ("NaN", "sNaN", "Infinity", "-Infinity", "1e400", "1e-400", "1_000", " 1", "１２", "0x10",
                               "", "1" * 19, "0.0000001", "1,5", 1.5, 12.0, 1e300, True, [], [0, [1], 0], {"a": 1})),
    *(("day", v) for v in ("2026-02-30", "2026-11-24T00:00:00Z", "2026-11-24T00:00:00", "20261124", "2026-W48-2",
                           "2026-1-2", "24.11.2026", "２０２６-11-24", "", 20261124, True)),
    *(("instant", v) for v in ("2026-11-24T03:50:00", "2026-11-24", "2026-11-24 03:50:00Z", "2026-11-24T25:00:00Z",
                               "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00",
                               "2026-11-24T03:50:00.1234567Z", "", 1764000000, True)),
    *(("text", v) for v in ("a\x1bb", "a\rb", "\x7f", "\x85", "x" * 4001, "好" * 8001, 5, True, ["a"], {"a": "b"})),
    *(("big", v) for v in (2**53 + 1, -(2**53) - 1, 1.0, 1.5, "5", True, float(2**60))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sent"), REFUSED)
def test_a_bad_value_is_refused_in_one_sentence_and_never_runs(door, name, sent):
    said, ran = ask(door, name, sent)

    assert not ran
    assert said.startswith("Variable '$v' got invalid value ")
    assert f"; {TYPES[name]}: " in said
    assert door.writes == []


@pytest.mark.parametrize(
    ("name", "literal"),
    [("decimal", "NaN"), ("decimal", '"NaN"'), ("decimal", "true"), ("decimal", "[1]"), ("decimal", "1e400"),
     ("day", "20261124"), ("day", '"2026-02-30"'), ("instant", "1"), ("instant", '"2026-11-24"'),
     ("text", "5"), ("text", '"\\u001b"'), ("text", "word"), ("big", "9007199254740993"), ("big", "1.0"),
     ("big", '"5"'), ("big", "1" * 60)],
)  # fmt: skip
def test_a_bad_literal_is_refused_the_same_way(door, name, literal):
    said, ran = ask_literal(door, name, literal)

    assert not ran
    assert f"{TYPES[name]}" in said
    assert "Traceback" not in said and "InvalidOperation" not in said


def test_number_literals_keep_every_digit(door):
    assert ask_literal(door, "decimal", "0.1") == ("Decimal('0.1')", True)
    assert ask_literal(door, "decimal", "1.10") == ("Decimal('1.10')", True)
    assert ask_literal(door, "decimal", "123456789012345678.123456") == (
        "Decimal('123456789012345678.123456')",
        True,
    )


def test_a_text_given_as_a_block_keeps_its_lines(door):
    assert ask_literal(door, "text", '"""\n  one\n  two\n"""') == ("'one\\ntwo'", True)


@pytest.mark.parametrize(
    ("scalar", "value", "written"),
    [
        (scalars.Decimal, PyDecimal("1E+3"), "1000"),
        (scalars.Decimal, PyDecimal("0.10"), "0.10"),
        (scalars.Decimal, 5, "5"),
        (scalars.Date, date(2026, 1, 2), "2026-01-02"),
        (scalars.DateTime, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05Z"),
        (scalars.DateTime, datetime.fromisoformat("2026-01-02T11:04:05.5+08:00"), "2026-01-02T03:04:05.500000Z"),
        (scalars.BigInt, 2**40, 2**40),
        (scalars.Text, "好", "好"),
    ],
)
def test_values_are_answered_in_one_written_form(scalar, value, written):
    assert scalar.serialize(value) == written


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        (scalars.Decimal, 0.1),
        (scalars.Decimal, True),
        (scalars.Decimal, PyDecimal("NaN")),
        (scalars.Decimal, "12"),
        (scalars.Date, datetime(2026, 1, 2, tzinfo=UTC)),
        (scalars.Date, "2026-01-02"),
        (scalars.DateTime, datetime(2026, 1, 2)),
        (scalars.DateTime, date(2026, 1, 2)),
        (scalars.BigInt, 2**53 + 1),
        (scalars.BigInt, 1.0),
        (scalars.Text, 5),
    ],
)
def test_a_value_of_the_wrong_kind_is_never_answered_as_if_it_were_right(scalar, value):
    with pytest.raises(GraphQLError):
        scalar.serialize(value)
