"""What a proposed tolerance would have agreed, and the risk it would let through: pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest

from collaboration.orders.decisions import Allowed, DeviationKind, Matched, Terms, deviations
from collaboration.orders.tables import Verdict
from collaboration.replay.decisions import Answered, late_and_short, replay

DAY = date(2031, 7, 1)
ASKED = Terms(D(10), D(100), 7)


def on(days):
    return DAY + timedelta(days=days)


def answered(number=1, *, late=0, offered=ASKED, verdict=Verdict.ACCEPTED, **given):
    return Answered(
        response_line_id=number, order_id=number, line_id=number, line_number=1, seller_id=3, item_id=7,
        answered_at=datetime(2031, 6, number, tzinfo=UTC), currency="CNY", asked=ASKED, offered=offered,
        days=[Matched(1, DAY, on(late), offered.quantity)], wanted=[(DAY, D(10))], verdict=verdict,
        in_force=Allowed("tolerance.pair.1", days_late=1), **given,
    )  # fmt: skip


@pytest.mark.parametrize(("came", "is_over", "today", "late", "short"), [
    ([], False, 0, 0, 0), ([], False, 3, 3, 0), ([(0, 10)], True, 9, 0, 0), ([(0, 6), (4, 4)], True, 9, 4, 0),
    ([(0, 9)], True, 9, 0, 1), ([(5, 9)], True, 9, 5, 1), ([(0, 9)], False, 9, 9, 0), ([(-3, 12)], True, 9, 0, 0),
    ([], True, 9, 0, 10),
], ids=["not due", "missing", "on the day", "in parts", "short", "late and short", "rest missing", "early and over", "nothing"])  # fmt: skip
def test_what_came_is_laid_on_the_wanted_day(came, is_over, today, late, short):
    arrived = [(on(days), D(quantity)) for days, quantity in came]

    assert late_and_short([(DAY, D(10))], arrived, is_over=is_over, today=on(today)) == (late, short)


def test_each_of_several_wanted_days_is_kept_or_not():
    wanted = [(on(10), D(5)), (DAY, D(5))]

    assert late_and_short(wanted, [(on(1), D(5)), (on(10), D(5))], is_over=True, today=on(30)) == (1, 0)
    assert late_and_short(wanted, [(DAY, D(5))], is_over=False, today=on(12)) == (2, 0)


def test_an_outcome_counts_what_was_agreed_then_today_and_under_the_proposal_with_its_risks():
    dearer = replace(ASKED, unit_price=D(102))
    answers = [
        answered(1, late=2, verdict=Verdict.BY_RULE),  # by a rule that was wider then
        answered(2, late=1, verdict=Verdict.ACCEPTED),
        answered(3, late=3, verdict=Verdict.REFUSED),
        answered(4, offered=dearer, verdict=Verdict.CANCELLED),
        answered(5, late=9, verdict=Verdict.ACCEPTED),  # outside the proposal: no risk of its
        answered(6, late=-1, came=[(on(4), D(8))], is_bound=True, is_over=True),
    ]

    found = replay(answers, Allowed("p", days_early=1, days_late=3, price_percent=D(2)), on(60))

    assert (found.differed, found.agreed_then, found.agreed_today, found.agreed_proposed) == (6, 1, 1, 5)
    assert (found.share(found.agreed_then), found.share(found.agreed_proposed)) == (D("16.7"), D("83.3"))
    assert (found.declined, found.late, found.short, found.extra_days) == (2, 1, 1, 6)
    assert found.price_rises == {"CNY": D(20)}
    assert [risk.answered.response_line_id for risk in found.risks] == [6, 4, 3, 2, 1]
    nothing = replay([], Allowed("p"), DAY)
    assert (nothing.differed, nothing.share(0), nothing.risks) == (0, 0, [])


def test_a_value_limit_and_an_unlimited_over_bound_what_is_inside():
    more, wide = Terms(D(99), D(100), 7), Allowed("w", is_over_unlimited=True, days_late=3)
    days = [Matched(1, DAY, DAY, D(99))]

    assert [d.inside for d in deviations(ASKED, more, days, wide, "CNY")] == [True]
    assert [d.inside for d in deviations(ASKED, replace(more, quantity=D(9)), days, wide, "CNY")] == [False]
    up_to = replace(wide, value_limit=D(9900), value_currency="CNY")
    assert [d.inside for d in deviations(ASKED, more, days, up_to, "CNY")] == [True]
    for rule, currency in ((replace(up_to, value_limit=D("9899.99")), "CNY"), (up_to, "EUR")):
        over = deviations(ASKED, more, days, rule, currency)
        assert [(d.kind, d.inside) for d in over] == [(DeviationKind.QUANTITY, True), (DeviationKind.VALUE, False)]
    assert deviations(ASKED, ASKED, [Matched(1, DAY, DAY, D(10))], replace(up_to, value_limit=D(1)), "CNY") == []
    shrunk = deviations(
        ASKED,
        replace(ASKED, quantity=D(1)),
        [],
        replace(up_to, quantity_under_percent=D(100), value_limit=D(500)),
        "CNY",
    )
    assert [d.kind for d in shrunk if not d.inside] == [DeviationKind.VALUE]  # what it is worth less counts too
