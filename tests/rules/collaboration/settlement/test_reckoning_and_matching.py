"""Whatever is received, invoiced and credited in whatever order: no goods are paid for twice, and totals are exact."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collaboration.settlement.decisions import (
    LineReckoned,
    amount_of,
    credit,
    first_answer_due,
    held_amount,
    tax_parts,
    totals_of,
)
from collaboration.settlement.forms import CreditedLine
from collaboration.settlement.judging import PASSING, Agreed, Allowed, Claim, judge_all
from collaboration.settlement.tables import MatchOutcome, TaxCategory
from kernel.errors import Invalid

BEGAN = datetime(2031, 3, 1, tzinfo=UTC)
PRICE = D("33.335")
quantities = st.decimals("0.1", "30", places=1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("receive"), quantities), st.tuples(st.just("invoice"), quantities),
        st.tuples(st.just("credit"), quantities), st.tuples(st.sampled_from(["accept", "release"]), st.just(D(0))),
    ),
    min_size=3, max_size=25,
)  # fmt: skip
tolerances = st.builds(
    Allowed, quantity_percent=st.none() | st.decimals("0", "20", places=1),
    quantity_absolute=st.none() | st.decimals("0", "5", places=1),
)  # fmt: skip


@dataclass
class Books:
    """One order line: what was accepted, and every claim on it."""

    accepted: D = D(0)
    claims: list[Claim] = field(default_factory=list)
    released: bool = False

    def judged(self, allowed):
        return judge_all(self.claims, Agreed(PRICE, self.accepted), allowed)


@settings(max_examples=120, deadline=None)
@given(steps, tolerances)
def test_what_passes_never_exceeds_what_was_accepted_and_is_tolerated(acts, allowed):
    books = Books()
    for n, (act, quantity) in enumerate(acts):
        waiting = [c for c in books.claims if not c.is_approved]
        if act == "receive":
            books.accepted += quantity
        elif act == "invoice":
            books.claims.append(Claim(n, quantity, PRICE, D(13), False, BEGAN + timedelta(minutes=n)))
        elif act == "credit" and books.claims:
            one = books.claims[n % len(books.claims)]
            books.claims[n % len(books.claims)] = replace(one, quantity=max(D(0), one.quantity - quantity))
        elif act in ("accept", "release") and waiting:
            last = waiting[-1]  # out of turn: it stands before the others from now on
            if act == "release" or books.judged(allowed)[last.line_id].outcome in PASSING:
                books.released |= act == "release"
                books.claims = [replace(c, is_approved=True) if c is last else c for c in books.claims]

        judged = books.judged(allowed)
        fit = [c for c in books.claims if not c.is_approved and c.quantity and judged[c.line_id].outcome in PASSING]
        if fit or not books.released:
            # What passes, passes for all that stands before it as well: with what was accepted it stays inside.
            claimed = sum((c.quantity for c in books.claims if c.is_approved or c in fit), D(0))
            assert claimed <= books.accepted + allowed.over(books.accepted)
        if allowed == Allowed():
            assert MatchOutcome.IN_TOLERANCE not in {j.outcome for j in judged.values()}


lines = st.lists(
    st.tuples(st.decimals("0.001", "9999", places=3), st.decimals("0", "9999", places=4), st.sampled_from([0, 6, 9, 13])),
    min_size=1, max_size=8,
)  # fmt: skip


@dataclass
class Line:
    id: int
    number: int
    quantity: D
    unit_price: D
    line_amount: D
    tax_category: TaxCategory
    tax_percent: D
    credited_quantity: D = D(0)
    credited_amount: D = D(0)


@settings(max_examples=80, deadline=None)
@given(lines, st.data())
def test_totals_follow_from_lines_and_all_credit_notes_together_are_the_invoice(given_lines, data):
    invoice = [
        Line(n, n, q, p, amount_of(q, p), TaxCategory.STANDARD if t else TaxCategory.ZERO, D(t))
        for n, (q, p, t) in enumerate(given_lines, 1)
    ]
    totals = totals_of(invoice)
    assert totals.line_extension_amount == sum(line.line_amount for line in invoice) == totals.tax_exclusive_amount
    assert totals.tax_amount == sum(part.tax for part in tax_parts(invoice))
    assert totals.payable_amount == totals.tax_exclusive_amount + totals.tax_amount
    assert totals.payable_amount == round(totals.payable_amount, 2)

    net, tax = D(0), D(0)
    while any(line.quantity > line.credited_quantity for line in invoice):
        left = [line for line in invoice if line.quantity > line.credited_quantity]
        some = data.draw(st.lists(st.sampled_from(left), min_size=1, unique_by=lambda x: x.id), label="lines")
        asked = []
        for line in some:
            rest = line.quantity - line.credited_quantity
            part = data.draw(st.sampled_from([rest, (rest / 2).quantize(D("0.001"))]), label="part")
            asked.append(CreditedLine(line.id, part or rest))
        taken = credit(invoice, asked, tax_left=totals.tax_amount - tax)
        assert taken.tax >= 0
        for number, quantity, amount in taken.lines:
            line = invoice[number - 1]
            line.credited_quantity += quantity
            line.credited_amount += amount
        net, tax = net + taken.net, tax + taken.tax
        assert net <= totals.line_extension_amount and tax <= totals.tax_amount

    assert (net, tax) == (totals.line_extension_amount, totals.tax_amount)
    with pytest.raises(Invalid):
        credit(invoice, [CreditedLine(1, D("0.001"))], tax_left=D(0))


def test_of_a_percentage_and_an_absolute_the_narrower_counts():
    assert Allowed(D(10), D(2)).over(D(100)) == D(2)
    assert Allowed(D(10), D(2)).over(D(10)) == D(1)
    assert Allowed(None, D(2)).over(D(10)) == D(2)
    assert Allowed().over(D(10)) == D(0)


def test_halves_go_away_from_zero_and_tax_is_reckoned_on_all_of_a_rate_together():
    parts = tax_parts([LineReckoned(TaxCategory.STANDARD, D(13), D("0.05"))] * 3)

    assert amount_of(D(1), D("0.005")) == D("0.01")
    assert [(part.taxable, part.tax) for part in parts] == [(D("0.15"), D("0.02"))]
    assert (held_amount(D("33.33"), D(10), 1), held_amount(D("33.33"), D(10), 0)) == (D("3.33"), D(0))


def test_the_first_answer_is_due_after_three_working_days():
    friday = date(2026, 12, 4)

    assert first_answer_due(friday, lambda day: False) == friday + timedelta(days=60)
    assert first_answer_due(friday, lambda day: day.weekday() < 5 and day != date(2026, 12, 8)) == date(2026, 12, 10)
    assert first_answer_due(friday, lambda day: True) == date(2026, 12, 7)
