"""How promised days fall on wanted ones, and what of it deviates (Appendix A, order response)."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collaboration.orders.decisions import Allowed, Matched, Promise, Terms, Wanted, deviations, match_promises

JUL, AUG = date(2031, 7, 15), date(2031, 8, 15)
AMOUNTS = st.decimals("0.000001", "1000", places=6)
DAYS = st.dates(date(2031, 1, 1), date(2031, 12, 31))


@st.composite
def offers(draw):
    wanted = [Wanted(i, draw(DAYS), draw(AMOUNTS)) for i in range(1, draw(st.integers(1, 6)) + 1)]
    promised = [Promise(draw(DAYS | st.none()), draw(AMOUNTS)) for _ in range(draw(st.integers(1, 6)))]
    return wanted, promised


def test_a_split_keeps_the_wanted_day_beside_each_promised_one():
    assert match_promises([Wanted(1, JUL, D(30))], [Promise(AUG, D(12)), Promise(JUL, D(18))]) == [
        Matched(1, JUL, JUL, D(18)), Matched(None, JUL, AUG, D(12)),
    ]  # fmt: skip


def test_a_backorder_without_a_day_comes_last():
    assert match_promises([Wanted(1, JUL, D(6))], [Promise(None, D(3)), Promise(JUL, D(2))]) == [
        Matched(1, JUL, JUL, D(2)), Matched(None, JUL, None, D(3)),
    ]  # fmt: skip


def test_one_promise_may_serve_several_wanted_days():
    assert match_promises([Wanted(1, JUL, D(4)), Wanted(2, AUG, D(6))], [Promise(JUL, D(12))]) == [
        Matched(1, JUL, JUL, D(4)), Matched(2, AUG, JUL, D(8)),
    ]  # fmt: skip


@given(offers())
@settings(max_examples=150)
def test_nothing_promised_is_lost_or_made_up(offer):
    wanted, promised = offer

    found = match_promises(wanted, promised)

    assert sum(m.quantity for m in found) == sum(p.quantity for p in promised)
    assert all(m.quantity > 0 for m in found)
    by_day = {day: sum(m.quantity for m in found if m.promised_on == day) for day in {p.on for p in promised}}
    assert by_day == {day: sum(p.quantity for p in promised if p.on == day) for day in by_day}


@given(offers())
@settings(max_examples=150)
def test_each_wanted_day_is_kept_once_and_no_earlier_one_overfilled(offer):
    wanted, promised = offer

    found = match_promises(wanted, promised)

    kept = [m.schedule_id for m in found if m.schedule_id is not None]
    assert len(kept) == len(set(kept)) and set(kept) <= {w.schedule_id for w in wanted}
    last = max(w.on for w in wanted)
    for day in {w.on for w in wanted} - {last}:
        assert sum(m.quantity for m in found if m.wanted_on == day) <= sum(w.quantity for w in wanted if w.on == day)


def by_days(found):
    """(wanted, promised) day -> how much of the one falls on the other."""
    days = {(m.wanted_on, m.promised_on) for m in found}
    return {pair: sum(m.quantity for m in found if (m.wanted_on, m.promised_on) == pair) for pair in days}


@given(offers())
@settings(max_examples=100)
def test_the_order_of_what_is_given_does_not_matter(offer):
    wanted, promised = offer

    found, again = match_promises(wanted, promised), match_promises(wanted[::-1], promised[::-1])

    assert by_days(again) == by_days(found)


ASKED = Terms(D(100), D(200), 7)
PAIR = Allowed("r", D(10), D(5), days_early=2, days_late=3, price_percent=D(1))


def on(days):
    return [Matched(1, JUL, JUL + timedelta(days=days), D(100))]


@pytest.mark.parametrize(("offered", "days", "inside"), [
    (ASKED, 0, []), (Terms(D(90), D(200), 7), 0, [True]), (Terms(D("89.999999"), D(200), 7), 0, [False]),
    (Terms(D(105), D(200), 7), 0, [True]), (Terms(D("105.000001"), D(200), 7), 0, [False]),
    (Terms(D(100), D(202), 7), 0, [True]), (Terms(D(100), D(198), 7), 0, [True]), (Terms(D(100), D("202.01"), 7), 0, [False]),
    (Terms(D(100), D("197.99"), 7), 0, [False]), (ASKED, 3, [True]), (ASKED, 4, [False]), (ASKED, -2, [True]),
    (ASKED, -3, [False]), (Terms(D(100), D(200), 8), 0, [False]), (Terms(D(90), D(203), 7), 3, [True, False, True]),
])  # fmt: skip
def test_each_difference_is_judged_by_the_tolerance_bounds_included(offered, days, inside):
    assert [d.inside for d in deviations(ASKED, offered, on(days), PAIR, "CNY")] == inside


def test_a_backorder_without_a_day_is_never_inside():
    (found,) = deviations(ASKED, ASKED, [Matched(1, JUL, None, D(100))], Allowed("r", days_late=365), "CNY")

    assert not found.inside


@given(AMOUNTS, AMOUNTS, st.integers(-30, 30))
@settings(max_examples=150)
def test_without_a_tolerance_everything_but_the_same_is_outside(quantity, price, days):
    offered = Terms(quantity, price, 7)

    found = deviations(ASKED, offered, on(days), Allowed(""), "CNY")

    assert len(found) == (quantity != 100) + (price != 200) + (days != 0)
    assert not any(d.inside for d in found)


@given(AMOUNTS, AMOUNTS, st.integers(-30, 30), st.decimals("0", "50", places=2), st.integers(0, 20))
@settings(max_examples=150)
def test_a_wider_tolerance_never_lets_less_through(quantity, price, days, percent, more):
    offered = Terms(quantity, price, 7)
    narrow = Allowed("n", percent, percent, more, more, percent)
    wide = Allowed("w", percent + 1, percent + 1, more + 1, more + 1, percent + 1)

    outside = [sum(not d.inside for d in deviations(ASKED, offered, on(days), rule, "CNY")) for rule in (narrow, wide)]

    assert outside[1] <= outside[0]
