"""How an award of several firms is shared out, and what a sum tells: checked over drawn needs."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from collaboration.pooling.decisions import saved, shared, telling, tier_reached
from collaboration.pooling.tables import PoolRule

WISHES = st.lists(st.integers(1, 400), min_size=3, max_size=12)


@given(WISHES, st.data(), st.sampled_from(("1", "0.5", "25")), st.integers(0, 60))
def test_shares_sum_to_the_award_and_nobody_gets_more_than_it_needs(steps, data, step, sure):
    step = Decimal(step)
    wishes = {n: count * step for n, count in enumerate(steps)}
    award = data.draw(st.integers(0, sum(steps))) * step
    guaranteed = sure * step
    for rule in PoolRule:
        got = shared(award, wishes, rule=rule, guaranteed=guaranteed, step=step)
        assert sum(got.values()) == award
        assert all(0 <= got[n] <= wishes[n] and got[n] % step == 0 for n in wishes)
    pro_rata = shared(award, wishes, rule=PoolRule.PRO_RATA, guaranteed=Decimal(0), step=step)
    for n in wishes:
        assert abs(pro_rata[n] * sum(steps) - award * steps[n]) < step * sum(steps)
    first = {n: min(wish, guaranteed) for n, wish in wishes.items()}
    if award >= sum(first.values()):
        got = shared(award, wishes, rule=PoolRule.GUARANTEED_FIRST, guaranteed=guaranteed, step=step)
        assert all(got[n] >= first[n] for n in wishes)


@given(st.lists(st.integers(1, 1000).map(Decimal), max_size=8))
def test_a_sum_is_told_of_three_at_least_of_whom_none_is_most_of_it(parts):
    fits = len(parts) >= 3 and all(part * 10 <= sum(parts) * 7 for part in parts)
    assert telling(parts) == fits
    assert tier_reached(parts, [Decimal(1)]) == (1 if fits else None)


def test_savings_are_exact_and_may_be_a_loss():
    assert saved(Decimal(21), Decimal("100"), Fraction("88.80")) == Decimal("235.2")
    assert saved(Decimal(3), Decimal("10"), Fraction("10.01")) == Decimal("-0.03")
    assert saved(Decimal(3), None, Fraction(10)) is None
