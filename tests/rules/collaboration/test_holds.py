"""Which days of a hold put off the day a delivery is judged by."""

from datetime import date

import pytest

from collaboration.holds.decisions import check_decides_on, days_since, due_after_holds
from kernel.errors import Invalid


def march(day: int) -> date:
    return date(2027, 3, day)


@pytest.mark.parametrize(
    ("due", "holds", "since", "put_off"),
    [
        (10, [], 1, 10),
        (10, [(3, 5)], 1, 12),  # two days before it was due
        (10, [(10, 12)], 1, 12),  # from the very day on
        (10, [(11, 20)], 1, 10),  # late already
        (10, [(12, 14), (8, 11)], 1, 15),  # put off by the first, the second began before it was late
        (10, [(3, 5)], 6, 10),  # agreed only afterwards
        (10, [(3, 9)], 7, 12),  # agreed while it was held: only what came then
        (10, [(4, 4)], 1, 10),  # lifted on its first day
    ],
)
def test_days_on_hold_after_the_agreement_and_before_the_goods_are_late_put_it_off(due, holds, since, put_off):
    spans = [(march(held), march(lifted)) for held, lifted in holds]

    assert due_after_holds(march(due), spans, march(since)) == march(put_off)


def test_a_day_is_agreed_since_it_was_first_said_and_stayed():
    first = days_since({}, [march(10), march(12)], march(1))
    moved = days_since(first, [march(12), march(20)], march(5))

    assert moved == {march(12): march(1), march(20): march(5)}
    assert days_since(moved, [march(10)], march(7)) == {march(10): march(7)}  # it had gone, and came back


def test_the_buyer_expects_to_decide_today_or_within_a_year():
    check_decides_on(None, march(1))
    check_decides_on(march(1), march(1))
    for wrong in (date(2027, 2, 28), date(2028, 3, 2)):
        with pytest.raises(Invalid):
            check_decides_on(wrong, march(1))
