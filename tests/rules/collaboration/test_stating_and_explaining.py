"""Whatever is stated, invoiced and credited in whatever order, nothing is proposed twice; agreed causes leave out what they say."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collaboration.causes.decisions import is_excluded
from collaboration.causes.tables import MissParty
from collaboration.scorecards.decisions import figures
from collaboration.scorecards.tables import Metric
from collaboration.statements.decisions import check_period, content_of, hash_of, month_before, price_at, proposal
from collaboration.statements.tables import StatementSource
from kernel.errors import Invalid

quantities = st.decimals("0", "30", places=1)


@dataclass
class Line:
    order_line_id: int
    quantity: D
    unit_price: D
    is_set_aside: bool = False
    source: StatementSource = StatementSource.RECEIPT


lines = st.lists(
    st.builds(
        Line, st.integers(1, 3), quantities, st.sampled_from([D("9.5"), D(10)]), st.booleans(),
        st.sampled_from(StatementSource),
    ),
    max_size=12,
)  # fmt: skip
by_line = st.dictionaries(st.integers(1, 3), quantities)


@settings(max_examples=150, deadline=None)
@given(lines, by_line, by_line)
def test_a_proposal_is_never_more_than_is_stated_or_free_and_once_invoiced_nothing_is_left(known, free, done):
    found = proposal(known, uninvoiced=free, claimed=done)

    for order_line in (1, 2, 3):
        stated = sum(
            (x.quantity for x in known if x.order_line_id == order_line and not x.is_set_aside
             and x.source is not StatementSource.CREDIT_NOTE),
            D(0),
        )  # fmt: skip
        mine = sum((x.quantity for x in found if x.order_line_id == order_line), D(0))
        left = max(stated - done.get(order_line, D(0)), D(0))
        assert mine == min(left, free.get(order_line, D(0)))
    claimed = {n: done.get(n, D(0)) + sum((x.quantity for x in found if x.order_line_id == n), D(0)) for n in (1, 2, 3)}
    still = {n: free.get(n, D(0)) - sum((x.quantity for x in found if x.order_line_id == n), D(0)) for n in (1, 2, 3)}
    assert proposal(known, uninvoiced=still, claimed=claimed) == []
    assert all(x.quantity > 0 for x in found)


@dataclass
class Event:
    metric: Metric
    value: D
    of: D
    excluded: bool


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.none() | st.sampled_from(MissParty)), max_size=20))
def test_on_time_with_agreed_causes_is_what_one_counts_by_hand(days):
    events = [Event(Metric.OTIF_AGREED, D(hit), D(1), not hit and is_excluded(party)) for hit, party in days]

    (found,) = [f for f in figures(events, {}) if f.metric is Metric.OTIF_AGREED]

    hits = sum(hit for hit, _ in days)
    not_sellers = sum(not hit and party in (MissParty.BUYER, MissParty.NEITHER) for hit, party in days)
    counted = len(days) - not_sellers
    assert (found.counted, found.excluded, found.misses) == (counted, not_sellers, counted - hits)
    if counted:
        assert abs(found.value - D(100 * hits) / counted) <= D("0.05")
    else:
        assert found.value is None


def test_the_same_lines_are_the_same_bytes_and_any_other_figure_is_another_hash():
    told = {
        "buyer": "A", "seller": "B", "currency": "CNY", "since": date(2031, 3, 1), "until": date(2031, 3, 31),
        "cut_at": datetime(2031, 4, 1, tzinfo=UTC),
    }  # fmt: skip
    one = {"reference": "送货-1", "quantity": D("2.50"), "line_amount": D("25.00"), "happened_on": date(2031, 3, 2)}
    same = dict(reversed(list(one.items())))

    text = content_of(**told, lines=[one])

    assert text == content_of(**told, lines=[same]) and "送货-1" in text and '"total":"25.00"' in text
    assert hash_of(text) != hash_of(content_of(**told, lines=[one | {"quantity": D("2.51")}]))
    in_china = told | {"cut_at": told["cut_at"].astimezone(timezone(timedelta(hours=8)))}
    assert '"cut":"2031-04-01T00:00:00+00:00"' in text and content_of(**in_china, lines=[one]) == text


@dataclass
class Revision:
    agreed: bool
    at: datetime
    unit_price: D


def test_a_price_is_the_one_both_were_bound_by_that_instant():
    known = [
        Revision(True, datetime(2031, 3, 1, tzinfo=UTC), D(10)), Revision(False, datetime(2031, 3, 5, tzinfo=UTC), D(8)),
        Revision(True, datetime(2031, 3, 9, tzinfo=UTC), D(9)),
    ]  # fmt: skip

    assert price_at(known, datetime(2031, 3, 8, tzinfo=UTC), D(7)) == D(10)
    assert price_at(known, datetime(2031, 3, 9, tzinfo=UTC), D(7)) == D(9)
    assert price_at([], datetime(2031, 3, 9, tzinfo=UTC), D(7)) == D(7)


def test_a_period_has_ended_and_is_not_too_long_and_a_month_is_a_calendars():
    today = date(2032, 3, 1)
    check_period(date(2032, 2, 1), date(2032, 2, 29), today)
    for since, until in (
        (date(2032, 2, 1), today), (date(2032, 2, 2), date(2032, 2, 1)), (date(2031, 2, 1), date(2032, 2, 29)),
        (date(2029, 2, 1), date(2029, 2, 28)),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            check_period(since, until, today)
    assert month_before(today) == (date(2032, 2, 1), date(2032, 2, 29))
    assert month_before(date(2032, 1, 31)) == (date(2031, 12, 1), date(2031, 12, 31))
