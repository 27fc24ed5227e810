"""No run of call-offs, answers, changes and cancellations takes a framework over its caps; figures are the sums of their parts."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal as D
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from sqlmodel import col, select

from collaboration.changes import verbs as changes
from collaboration.changes.forms import LineChanged
from collaboration.changes.tables import ChangeAnswer, ChangeDecision, LineAction, OrderCancellation, OrderChange
from collaboration.frameworks import verbs as frameworks
from collaboration.frameworks.decisions import index_price, price_entry_on
from collaboration.frameworks.forms import FrameworkDrafted, IndexClause, LineCalledOff, LineDrafted, Step
from collaboration.frameworks.reads import usage_of_lines
from collaboration.frameworks.tables import FrameworkLine, FrameworkPrice
from collaboration.orders import verbs as orders
from collaboration.orders.forms import LineAnswered, LineDecision, PromisedDay, WantedDay
from collaboration.orders.tables import (
    Answer,
    Decision,
    LineAnswer,
    Order,
    OrderLine,
    OrderResponse,
    Reason,
    Schedule,
)
from collaboration.scheduling_agreements.decisions import Part, cumulative
from kernel.access import unscoped
from kernel.clock import today_of
from kernel.errors import DomainError
from kernel.work import unit_of_work
from seeds.cast import Seated

BUYER, LEAD, SELLER = "buyer@longteng.example", "lead@longteng.example", "sales@gearworks.example"
CAP, WORTH, NUMBERS = D(100), D(9000), count(1)
QUANTITY = st.sampled_from([D(q) for q in ("0.5", "5", "20", "40", "60", "90", "100", "101")])
STEP = st.tuples(
    st.sampled_from(["call", "call", "accept", "reject", "offer", "decide", "change", "agree", "cancel", "let_go", "close"]),
    st.integers(0, 3), QUANTITY, st.sampled_from(list(Decision)[:2] + [Decision.CANCEL]),
)  # fmt: skip


def rows(table: Any, *where: Any) -> list[Any]:
    with unscoped("a test looks at all there is"), unit_of_work(writes=False) as work:
        return list(work.session.scalars(select(table).where(*where).order_by(table.id)))


class Play:
    """One agreed framework, and whoever may doing what comes next to one of its newest orders."""

    def __init__(self, seated: Seated) -> None:
        self.who = seated.actors
        buyer, self.refused, self.done = self.who[BUYER], 0, 0
        seller_id, items = self.who[SELLER].party_id, seated.items
        with unit_of_work() as work:
            today = today_of(work.now)
            said = FrameworkDrafted(
                f"FA-{next(NUMBERS)}", seller_id or 0, "CNY", today, today + timedelta(days=90),
                [LineDrafted(1, items["RV-40E"], [Step(D(0), D(100)), Step(D(50), D(80))], CAP)], WORTH,
            )  # fmt: skip
            made = frameworks.draft_framework(work, buyer, said)
            self.id = made.id or 0
            frameworks.submit_framework(work, buyer, framework_id=self.id, expected_version=1)
            frameworks.approve_framework(work, self.who[LEAD], framework_id=self.id, expected_version=2)
            frameworks.accept_framework(work, self.who[SELLER], framework_id=self.id, expected_version=3)
        (self.line,) = rows(FrameworkLine, col(FrameworkLine.framework_id) == self.id)

    def acts(self, step: tuple[str, int, D, Decision]) -> None:
        name, which, quantity, decision = step
        try:
            with unit_of_work() as work:
                if name == "call":
                    wanted = [WantedDay(today_of(work.now) + timedelta(days=9), quantity)]
                    frameworks.call_off(
                        work, self.who[BUYER], framework_id=self.id, number=f"CO-{next(NUMBERS)}",
                        lines=[LineCalledOff(self.line.id, quantity, wanted)],
                    )  # fmt: skip
                else:
                    own = rows(Order, col(Order.framework_id) == self.id)
                    if own:
                        self._on(work, name, own[-1 - which % len(own)], quantity, decision)
            self.done += 1
        except DomainError:
            self.refused += 1

    def _on(self, work: Any, name: str, order: Order, quantity: D, decision: Decision) -> None:
        buyer, seller = self.who[BUYER], self.who[SELLER]
        (line,) = rows(OrderLine, col(OrderLine.order_id) == order.id)
        named = {"order_id": order.id or 0, "expected_version": order.version}
        newest: Callable[[Any], Any] = lambda table: (rows(table, col(table.order_id) == order.id) or [None])[-1]  # noqa: E731
        if name in ("accept", "reject"):
            answer = Answer.ACCEPTED if name == "accept" else Answer.REJECTED
            orders.respond_to_order(work, seller, answer=answer, reason=Reason.CAPACITY, **named)
        elif name == "offer":
            days = [PromisedDay(today_of(work.now) + timedelta(days=30), quantity)]
            said = LineAnswered(LineAnswer.CHANGED, line.id, Reason.CAPACITY, quantity, schedules=days)
            orders.respond_to_order(work, seller, answer=Answer.CHANGED, lines=[said], **named)
        elif name == "decide" and newest(OrderResponse):
            orders.decide_on_response(
                work, buyer, response_id=newest(OrderResponse).id, expected_version=order.version,
                decisions=[LineDecision(line.id, decision)],
            )  # fmt: skip
        elif name == "change":
            action = LineAction.REOPEN if line.state.value in ("rejected", "cancelled") else LineAction.CHANGE
            changes.change_order(work, buyer, lines=[LineChanged(action, line.id, quantity=quantity)], **named)
        elif name == "agree" and newest(OrderChange):
            changes.respond_to_order_change(
                work,
                seller,
                change_id=newest(OrderChange).id,
                expected_version=order.version,
                answer=ChangeAnswer.ACCEPTED,
            )
        elif name == "cancel":
            changes.request_order_cancellation(work, buyer, reason=Reason.OTHER, **named)
        elif name == "let_go" and newest(OrderCancellation):
            changes.answer_order_cancellation(
                work, seller, cancellation_id=newest(OrderCancellation).id, expected_version=order.version,
                decision=ChangeDecision.ACCEPT,
            )  # fmt: skip
        elif name == "close":
            orders.close_short(work, buyer, line_id=line.id)

    def holds(self) -> None:
        """Reckoned here once more, from the rows alone."""
        quantity = value = D(0)
        (entry,) = rows(FrameworkPrice, col(FrameworkPrice.line_id) == self.line.id)
        assert entry.agreed_at is not None
        for line in rows(OrderLine, col(OrderLine.framework_line_id) == self.line.id):
            assert line.unit_price in (D(100), D(80))
            if line.state.value not in ("rejected", "cancelled", "added_proposed"):
                never = sum((s.never for s in rows(Schedule, col(Schedule.line_id) == line.id)), D(0))
                quantity, value = quantity + line.quantity - never, value + (line.quantity - never) * line.unit_price
        assert quantity <= CAP and value <= WORTH
        with unit_of_work(writes=False) as work:
            (usage,) = usage_of_lines(work, self.who[SELLER], [self.line.id])
        assert quantity <= usage.called <= CAP and value <= usage.value <= WORTH
        assert usage.quantity_left == CAP - usage.called


@pytest.mark.feature("C6")
def test_no_run_of_acts_takes_a_framework_over_its_caps(settings: Any, seated: Seated) -> None:
    told = {"done": 0, "refused": 0}

    @profile(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.lists(STEP, min_size=12, max_size=20))
    def played(steps: list[tuple[str, int, D, Decision]]) -> None:
        play = Play(seated)
        for step in steps:
            play.acts(step)
            play.holds()
        told["done"] += play.done
        told["refused"] += play.refused

    played()
    assert told["done"] > 60 and told["refused"] > 15


class Entry:
    def __init__(self, id: int, valid_from: date) -> None:
        self.id, self.valid_from = id, valid_from


DAY = st.integers(0, 40).map(lambda n: date(2031, 1, 1) + timedelta(days=n))
AMOUNT = st.decimals(D("0.01"), D(9999), places=2)


@given(st.lists(DAY, max_size=8), DAY)
def test_the_price_of_a_day_is_the_last_agreed_entry_that_begins_by_it(days: list[date], day: date) -> None:
    entries = [Entry(n, on) for n, on in enumerate(days, start=1)]
    held = None
    for walked in sorted({*days, day}):
        if walked <= day:
            held = max((e for e in entries if e.valid_from == walked), key=lambda e: e.id, default=held)

    assert price_entry_on(entries, day) is held


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, st.integers(1, 100), st.integers(0, 100), st.integers(0, 100), st.integers(0, 6))
def test_an_index_moves_a_price_by_its_share_and_never_beyond_its_limits(
    base: D, base_index: D, index: D, before: D, weight: int, rise: int, fall: int, decimals: int
) -> None:
    free = IndexClause("i", base_index, D(weight), decimals)
    made = index_price(free, base_price=base, index=index, price_before=before)
    exact = base * (1 - D(weight) / 100 + D(weight) / 100 * index / base_index)
    assert abs(made.price - exact) <= D(1).scaleb(-decimals) / 2 + D("1e-15") and made.limited_by is None
    bound = IndexClause("i", base_index, D(weight), 6, D(rise), D(fall))
    held = index_price(bound, base_price=base, index=index, price_before=before)
    assert before * (100 - fall) / 100 <= held.price <= before * (100 + rise) / 100


PART = st.builds(Part, DAY, AMOUNT, AMOUNT, AMOUNT)


@pytest.mark.feature("C7")
@given(st.lists(PART, max_size=12), st.lists(PART, max_size=12), DAY)
def test_cumulative_figures_are_the_sums_of_their_parts(some: list[Part], more: list[Part], on: date) -> None:
    whole, one, other = cumulative(some + more, on), cumulative(some, on), cumulative(more, on)
    for name in ("called", "called_in_all", "called_later", "shipped", "received", "in_transit", "backlog"):
        assert getattr(whole, name) == getattr(one, name) + getattr(other, name)
    assert whole.called == sum((p.called for p in some + more if p.wanted_on <= on), D(0))
    assert whole.backlog == whole.called - whole.received
