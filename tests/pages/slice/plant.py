"""Trade between the cast, planted through the verbs people use, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col

from collaboration.logistics import verbs as logistics
from collaboration.logistics.forms import Loaded
from collaboration.logistics.tables import DespatchAdvice
from collaboration.logistics.visibility import despatch_advices_visible_to
from collaboration.orders import verbs as orders
from collaboration.orders.forms import LineAnswered, LineAsked, PromisedDay, ToleranceGiven, WantedDay
from collaboration.orders.tables import Answer, LineAnswer, Order, OrderLine, Schedule
from collaboration.orders.visibility import (
    lines_visible_to,
    orders_visible_to,
    responses_visible_to,
    schedules_visible_to,
)
from kernel import clock, ids
from kernel.access import SYSTEM
from kernel.work import unit_of_work
from seeds.cast import BEARING, GEARWORKS, LONGTENG, Seated

BUYER, PLANNER, SELLER = "buyer@longteng.example", "planner@longteng.example", "sales@gearworks.example"
RIVAL, OFFICIAL = "sales@rival.example", "official@jiangsu.example"

Asked = tuple[str, int | str, str, Sequence[int]]
"""Item number, quantity, unit price, days from today on which an equal part is wanted."""

__all__ = ["BEARING", "BUYER", "GEARWORKS", "LONGTENG", "OFFICIAL", "PLANNER", "RIVAL", "SELLER", "Trade", "day"]


def day(offset: int) -> date:
    return clock.today_of(clock.now()) + timedelta(days=offset)


@dataclass
class Trade:
    """Acts by people of the cast; things are named by their outward ids."""

    seated: Seated

    def places(self, number: str, *lines: Asked, by: str = BUYER, to: str = GEARWORKS, at: int = 0) -> str:
        """An order; ``at``: how many days ago."""
        actor = self.seated.actors[by]
        with unit_of_work(actor, now=clock.now() - timedelta(days=at)) as work:
            order = orders.place_order(
                work, actor, seller_id=self.seated.firms[to], number=number, currency="CNY",
                lines=[self._asked(n, line) for n, line in enumerate(lines, start=1)],
            )  # fmt: skip
        return ids.seal("Order", order.id or 0)

    def _asked(self, number: int, line: Asked) -> LineAsked:
        item, quantity, price, days = line
        each = Decimal(quantity) / len(days)
        wanted = [WantedDay(day(offset), each) for offset in days]
        return LineAsked(number * 10, self.seated.items[item], Decimal(quantity), Decimal(price), wanted)

    def answers(self, order: str, answer: Answer = Answer.ACCEPTED, *lines: LineAnswered, by: str = SELLER) -> None:
        actor = self.seated.actors[by]
        with unit_of_work(actor) as work:
            orders.respond_to_order(
                work, actor, order_id=_number("Order", order), expected_version=self.row(order).version, answer=answer,
                lines=lines,
            )  # fmt: skip

    def offers_later(self, order: str, *offsets: int, by: str = SELLER) -> None:
        """Every line in full, on other days: offsets in the order of the lines."""
        lines = [
            LineAnswered(LineAnswer.CHANGED, line_id=line.id, schedules=[PromisedDay(day(offset), line.quantity)])
            for line, offset in zip(self.lines(order), offsets, strict=True)
        ]
        self.answers(order, Answer.CHANGED, *lines, by=by)

    def ships(self, order: str, number: str, *quantities: int | str, by: str = SELLER) -> str:
        """The first schedules of an order, in their order."""
        actor = self.seated.actors[by]
        loaded = [Loaded(s.id or 0, Decimal(q)) for s, q in zip(self.schedules(order), quantities, strict=False)]
        with unit_of_work(actor) as work:
            advice = logistics.send_despatch_advice(
                work, actor, number=number, shipped_on=day(0), expected_on=day(1), lines=loaded
            )
        return ids.seal("DespatchAdvice", advice.id or 0)

    def tolerates(self, *, days_late: int, by: str = BUYER, of: str = GEARWORKS) -> None:
        actor = self.seated.actors[by]
        with unit_of_work(actor) as work:
            orders.set_tolerance(
                work, actor, seller_id=self.seated.firms[of], given=ToleranceGiven(days_late=days_late)
            )

    def row(self, order: str) -> Order:
        return self._one(orders_visible_to(SYSTEM).where(col(Order.id) == _number("Order", order)))

    def lines(self, order: str) -> Sequence[OrderLine]:
        own = lines_visible_to(SYSTEM).where(col(OrderLine.order_id) == _number("Order", order))
        return self._all(own.order_by(col(OrderLine.number)))

    def schedules(self, order: str) -> Sequence[Schedule]:
        own = schedules_visible_to(SYSTEM).where(col(Schedule.line_id).in_([x.id for x in self.lines(order)]))
        return self._all(own.order_by(col(Schedule.line_id), col(Schedule.number)))

    def advice(self, advice: str) -> DespatchAdvice:
        wanted = col(DespatchAdvice.id) == _number("DespatchAdvice", advice)
        return self._one(despatch_advices_visible_to(self.seated.actors[BUYER]).where(wanted))

    def answers_given(self) -> int:
        with unit_of_work(SYSTEM, writes=False) as work:
            return work.count(responses_visible_to(SYSTEM))

    def stands(self, order: str) -> tuple[str, int, list[str]]:
        """(state, version, states of the lines): what a refused act must leave as it was."""
        row = self.row(order)
        return row.state.value, row.version, [line.state.value for line in self.lines(order)]

    @staticmethod
    def _one(statement: Any) -> Any:
        with unit_of_work(SYSTEM, writes=False) as work:
            return work.one(statement)

    @staticmethod
    def _all(statement: Any) -> Any:
        with unit_of_work(SYSTEM, writes=False) as work:
            return work.all(statement)


def _number(kind: str, outward: str) -> int:
    return ids.number_of(kind, outward)
