"""A reverse auction over drawn bids: what stands only falls, the end moves so often as was said, the earlier of equals leads."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from collaboration.sourcing.auctioning import extend
from collaboration.sourcing.costs import ranks
from collaboration.sourcing.decisions import check_step, is_late
from collaboration.sourcing.lifecycle import RfqState
from kernel.errors import Invalid

START = datetime(2031, 3, 1, 8, tzinfo=UTC)
BIDS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 2000), st.integers(0, 40)), max_size=30)


@given(BIDS, st.integers(1, 50), st.integers(0, 30), st.integers(0, 4))
def test_what_stands_only_falls_by_the_step_and_the_end_moves_as_was_said(drawn, step, minutes, most):
    rfq = SimpleNamespace(closes_at=START + timedelta(hours=2))
    auction = SimpleNamespace(
        extension_minutes=minutes, most_extensions=most if minutes else 0, extensions=0, closes_at=None
    )
    stands: dict[int, Decimal] = {}
    now = START
    for firm, total, later in drawn:
        now += timedelta(minutes=later)
        if is_late(RfqState.ISSUED, rfq.closes_at, now):
            continue
        before, ends = dict(stands), rfq.closes_at
        try:
            check_step(Decimal(total), stands.get(firm), Decimal(step))
        except Invalid:
            assert total > before[firm] - step
            continue
        stands[firm] = Decimal(total)
        extend(rfq, auction, now)
        assert firm not in before or stands[firm] <= before[firm] - step
        moved = rfq.closes_at - ends
        assert moved in (timedelta(0), timedelta(minutes=minutes))
        assert not moved or ends - now <= timedelta(minutes=minutes)
    assert rfq.closes_at <= START + timedelta(hours=2, minutes=minutes * most)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8))
def test_of_equal_bids_the_earlier_leads_and_every_place_is_taken_once(totals):
    came = {n: START + timedelta(seconds=n) for n in range(len(totals))}
    places = ranks(((n, Decimal(total)) for n, total in enumerate(totals)), came)
    assert sorted(places.values()) == list(range(1, len(totals) + 1))
    assert sorted(places, key=places.__getitem__) == sorted(range(len(totals)), key=lambda n: (totals[n], n))
