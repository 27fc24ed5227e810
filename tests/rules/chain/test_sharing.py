"""Which terms count, which grant decides, what a band gives away: no database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain.sharing.decisions import EDGES, Band, Reach, band, deciding, in_force
from chain.sharing.lifecycle import TermsState
from chain.sharing.tables import GrantScope, Level, StatedKind

PROPOSED, ACCEPTED, DECLINED, WITHDRAWN = TermsState


@dataclass
class Version:
    number: int
    state: TermsState
    effective_on: date | None


@dataclass
class Grant:
    id: int
    level: Level
    scope: GrantScope
    chain_id: int | None = None
    item_id: int | None = None
    link_id: int | None = None


FIRST, TODAY, LATER = date(2031, 1, 1), date(2031, 3, 1), date(2031, 3, 2)


@pytest.mark.parametrize(("versions", "number"), [
    ([], None),
    ([(1, ACCEPTED, None)], 1),
    ([(1, PROPOSED, None)], 1),
    ([(1, ACCEPTED, None), (2, PROPOSED, LATER)], 1),
    ([(1, ACCEPTED, None), (2, ACCEPTED, LATER)], 1),
    ([(1, ACCEPTED, None), (2, PROPOSED, TODAY)], 2),
    ([(1, ACCEPTED, None), (2, DECLINED, TODAY)], 1),
    ([(1, ACCEPTED, None), (2, WITHDRAWN, FIRST), (3, ACCEPTED, TODAY)], 3),
    ([(1, DECLINED, None)], None),
], ids=str)  # fmt: skip
def test_the_newest_terms_whose_day_has_come_and_that_nobody_refused_are_in_force(versions, number):
    found = in_force([Version(*v) for v in versions], TODAY)

    assert (found.number if found else None) == number


ALL_BAND = Grant(1, Level.BAND, GrantScope.ALL)
CHAIN_EXACT = Grant(2, Level.EXACT, GrantScope.CHAIN, chain_id=5)
ITEM_NONE = Grant(3, Level.NONE, GrantScope.ITEM, item_id=7)
LINK_EXACT = Grant(4, Level.EXACT, GrantScope.LINK, item_id=7, link_id=9)
NEWER_ALL = Grant(6, Level.EXACT, GrantScope.ALL)


@pytest.mark.parametrize(("grants", "thing", "decides"), [
    ([], Reach(7, 5, 9), None),
    ([ALL_BAND], Reach(), ALL_BAND),
    ([ALL_BAND, CHAIN_EXACT], Reach(8, 5), CHAIN_EXACT),
    ([ALL_BAND, CHAIN_EXACT], Reach(8, 6), ALL_BAND),
    ([ALL_BAND, CHAIN_EXACT, ITEM_NONE], Reach(7, 5), ITEM_NONE),
    ([ALL_BAND, ITEM_NONE, LINK_EXACT], Reach(7, 5, 9), LINK_EXACT),
    ([ALL_BAND, ITEM_NONE, LINK_EXACT], Reach(7, 5, 10), ITEM_NONE),
    ([ITEM_NONE, LINK_EXACT], Reach(7), LINK_EXACT),
    ([NEWER_ALL, ALL_BAND], Reach(7), NEWER_ALL),
    ([CHAIN_EXACT], Reach(7), None),
], ids=str)  # fmt: skip
def test_the_narrowest_grant_decides_and_of_equals_the_newest(grants, thing, decides):
    assert deciding(grants, thing) is decides


@pytest.mark.parametrize(("value", "kind", "low", "high"), [
    ("1999.99", StatedKind.LIST_PRICE, "1000", "2000"), ("2000", StatedKind.LIST_PRICE, "2000", "5000"),
    ("0.4", StatedKind.UNIT_COST, "0.2", "0.5"), ("9", StatedKind.UNIT_COST, "5", "10"),
    ("0", StatedKind.UNIT_COST, "0", "0"), ("299", StatedKind.MONTHLY_CAPACITY, "100", "300"),
    ("300", StatedKind.MONTHLY_CAPACITY, "300", "1000"), ("10", StatedKind.MONTHLY_CAPACITY, "10", "30"),
])  # fmt: skip
def test_a_band_is_told_by_its_fixed_edges(value, kind, low, high):
    assert band(D(value), kind) == Band(D(low), D(high))


@given(
    st.decimals("0.000001", "999999999999", places=6),
    st.sampled_from(StatedKind),
    st.integers(min_value=0, max_value=1_000_000),
)
def test_all_figures_of_a_band_are_told_alike_so_no_number_of_grants_narrows_one_down(value, kind, millionths):
    told = band(value, kind)
    other = told.low + (told.high - told.low) * millionths / 1_000_001

    assert told.low <= value < told.high
    assert band(other, kind) == told
    assert told.high >= told.low * 2 and len(EDGES[kind]) <= 3  # no band is narrower than twice its beginning
