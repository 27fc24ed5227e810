"""Periods give way only where nobody bounded them, units convert exactly or not at all, and a refusal can say what is right."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain.items.decisions import (
    Ratio,
    deliverable,
    giving_way,
    in_force,
    is_withdrawn,
    nearest,
    price_per_item_unit,
    to_buyer_unit,
    to_item_unit,
)

pytestmark = pytest.mark.feature("A5")
TODAY = date(2031, 3, 3)


@dataclass
class Days:
    valid_from: date
    valid_to: date | None


def days(begin, end=None):
    return Days(TODAY + timedelta(days=begin), None if end is None else TODAY + timedelta(days=end))


#   said        ratio (buyer's, item's)   in the item's unit
EXACT = [
    ("10",      (1, 12),      "120"),  # boxes of twelve
    ("0.25",    (1, 12),      "3"),
    ("7",       (1000, 1),    "0.007"),  # grams of an item kept in kilograms
    ("3",       (3, 7),       "7"),
    ("12.5",    (1, 1),       "12.5"),
    ("123456789012345678", (1, 1), "123456789012345678"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "ratio", "meant"), EXACT)
def test_a_quantity_in_the_buyers_unit_is_the_same_in_the_items(said, ratio, meant):
    assert to_item_unit(D(said), Ratio(*ratio)) == D(meant)
    assert to_buyer_unit(D(meant), Ratio(*ratio)) == D(said)


@pytest.mark.parametrize(("said", "ratio"), [("1", (3, 1)), ("0.000001", (2, 1)), ("1", (7, 22))])
def test_what_six_decimals_cannot_say_is_refused_not_rounded(said, ratio):
    with pytest.raises(ValueError, match="six decimals"):
        to_item_unit(D(said), Ratio(*ratio))


def test_a_price_goes_the_other_way():
    assert price_per_item_unit(D("120.60"), Ratio(1, 12)) == D("10.05")
    with pytest.raises(ValueError, match="six decimals"):
        price_per_item_unit(D("100"), Ratio(1, 12))


@given(st.integers(1, 10**6), st.integers(1, 1000), st.integers(1, 1000))
def test_a_conversion_is_exact_or_refused(quantity, buyer_units, item_units):
    true = Fraction(quantity) * item_units / buyer_units
    try:
        meant = to_item_unit(D(quantity), Ratio(buyer_units, item_units))
    except ValueError:
        assert (true * 10**6).denominator != 1
    else:
        assert Fraction(meant) == true


#   quantity  minimum  multiple  below  above
NEAREST = [
    ("7",     "10",    None,     None,  "10"),
    ("7",     "10",    "4",      None,  "12"),
    ("13",    "10",    "4",      "12",  "16"),
    ("0.5",   None,    "0.3",    "0.3", "0.6"),
    ("0.2",   None,    "0.3",    None,  "0.3"),
]  # fmt: skip


@pytest.mark.parametrize(("quantity", "minimum", "multiple", "below", "above"), NEAREST)
def test_a_refusal_names_the_nearest_quantities_that_are_delivered(quantity, minimum, multiple, below, above):
    given_terms = [None if x is None else D(x) for x in (minimum, multiple)]

    found = nearest(D(quantity), *given_terms)

    assert not deliverable(D(quantity), *given_terms)
    assert found == (None if below is None else D(below), D(above))
    assert all(deliverable(x, *given_terms) for x in found if x is not None)


def test_only_an_open_period_that_began_no_later_gives_way():
    opened, bounded, later = days(-9), days(20, 30), days(40)

    assert giving_way([opened], days(0).valid_from, None) == (opened, [])
    assert giving_way([days(0)], days(0).valid_from, None)[1] == []
    assert giving_way([bounded], days(25).valid_from, None) == (None, [bounded])
    assert giving_way([later], days(0).valid_from, None) == (None, [later])
    assert giving_way([later], days(0).valid_from, days(0, 39).valid_to) == (None, [])
    assert giving_way([days(5, 4)], days(0).valid_from, None) == (None, []), "a withdrawn one stands in nobody's way"


def test_both_ends_of_a_period_belong_to_it():
    one, next_one = days(0, 9), days(10)

    assert in_force([one, next_one], days(9).valid_from) is one
    assert in_force([one, next_one], days(10).valid_from) is next_one
    assert in_force([one], days(10).valid_from) is None
    assert is_withdrawn(days(5, 4)) and not is_withdrawn(one)
