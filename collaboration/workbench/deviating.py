"""The answers that wait for a buyer's decision, each with the most by which it deviates from what was asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import col

from collaboration.orders.decisions import Deviation, DeviationKind
from collaboration.orders.lifecycle import LineState, OrderState
from collaboration.orders.reads import differences_of
from collaboration.orders.tables import (
    DefaultDecision,
    LineAnswer,
    Order,
    OrderLine,
    OrderResponse,
    ResponseLine,
    ResponseSchedule,
    Schedule,
    Verdict,
)
from collaboration.orders.visibility import (
    lines_visible_to,
    orders_visible_to,
    response_lines_visible_to,
    response_schedules_visible_to,
    responses_visible_to,
    schedules_visible_to,
)
from collaboration.workbench.reads import limit_without_clock
from kernel.access import Actor
from kernel.bulk import by_column
from kernel.clock import today_of
from kernel.errors import Invalid
from kernel.quantities import ZERO
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class Deviating:
    """An answer that waits: the most of each kind over its waiting lines, in days and in percent of what was asked.

    ``is_other``: something no figure says: another item, an added line, a backorder, goods said to have come, a price of 0
    that is one no more. ``has_passed``: a promised day is past. ``value_change``: offered less asked, in the order's currency.
    """

    response_id: int
    order_id: int
    limit: datetime
    default: DefaultDecision | None
    lines: int
    days_late: int
    days_early: int
    price_percent: Decimal
    quantity_percent: Decimal
    value_change: Decimal
    is_other: bool
    has_passed: bool


@dataclass(frozen=True)
class Within:
    """Which answers: of one seller; deviating by no more than so many days and percents, in either direction."""

    seller_id: int | None = None
    days: int | None = None
    price_percent: Decimal | None = None
    quantity_percent: Decimal | None = None


def deviating(work: UnitOfWork, actor: Actor, which: Within) -> list[Deviating]:
    """What waits for the actor's firm as buyer, first what is to be decided first. Raises Invalid."""
    for name, bound in (("days", which.days), ("pricePercent", which.price_percent), ("quantityPercent", which.quantity_percent)):  # fmt: skip
        if bound is not None and bound < 0:
            raise Invalid(f"filter.{name}", "name 0 or more", "应为 0 或更大的数")
    found = [one for one in _all(work, actor, which.seller_id) if _is_within(one, which)]
    return sorted(found, key=place_in_queue)


def place_in_queue(one: Deviating) -> tuple[datetime, int]:
    return one.limit, one.response_id


def _is_within(one: Deviating, which: Within) -> bool:
    bounds: list[tuple[Decimal | int | None, Decimal | int]] = [
        (which.days, max(one.days_late, one.days_early)), (which.price_percent, abs(one.price_percent)),
        (which.quantity_percent, abs(one.quantity_percent)),
    ]  # fmt: skip
    if all(bound is None for bound, _ in bounds):
        return True
    return not one.is_other and all(bound is None or by <= bound for bound, by in bounds)


def _all(work: UnitOfWork, actor: Actor, seller_id: int | None) -> Iterable[Deviating]:
    bought = orders_visible_to(actor).where(
        col(Order.buyer_id) == actor.party_id, col(Order.state) == OrderState.COUNTERED
    )
    if seller_id is not None:
        bought = bought.where(col(Order.seller_id) == seller_id)
    orders = {row.id: row for row in work.rows(bought)}
    under = lines_visible_to(actor).where(col(OrderLine.order_id).in_(bought.with_only_columns(col(Order.id))))
    lines = {row.id: row for row in work.rows(under)}
    line_ids = under.with_only_columns(col(OrderLine.id))
    said = response_lines_visible_to(actor).where(
        col(ResponseLine.line_id).in_(line_ids), col(ResponseLine.verdict) == Verdict.WAITING
    )
    wanted = schedules_visible_to(actor).where(col(Schedule.line_id).in_(line_ids))
    schedules = by_column(work.rows(wanted.order_by(col(Schedule.number))), "line_id")
    days = response_schedules_visible_to(actor).where(
        col(ResponseSchedule.response_line_id).in_(said.with_only_columns(col(ResponseLine.id)))
    )
    promised = by_column(work.rows(days), "response_line_id")
    given = responses_visible_to(actor).where(
        col(OrderResponse.id).in_(said.with_only_columns(col(ResponseLine.response_id)))
    )
    answered = {row.id: row for row in work.rows(given)}
    today = today_of(work.now)
    for response_id, own in by_column(work.rows(said), "response_id").items():
        response = answered[response_id]
        order = orders[response.order_id]
        judged = [
            _Said(one, lines[one.line_id], promised[one.id], schedules[one.line_id], order.currency) for one in own
        ]
        yield _told(response, judged, today)


class _Said:
    """One waiting line with what was asked of it."""

    def __init__(self, said: Any, line: Any, days: Sequence[Any], schedules: Sequence[Any], currency: str) -> None:
        self.said, self.days = said, days
        self.differences: list[Deviation] = differences_of(said, line, schedules, days, (), currency)
        self.is_added = line.state is LineState.ADDED_PROPOSED
        asked = ZERO if self.is_added else line.ordered_quantity * line.ordered_unit_price
        self.change = (said.quantity + (said.backorder_maximum or ZERO)) * said.unit_price - asked

    def is_other(self) -> bool:
        strange = {DeviationKind.ITEM, DeviationKind.BACKORDER}
        return self.is_added or self.said.answer is LineAnswer.ALREADY_DELIVERED or any(
            d.kind in strange or (d.kind is not DeviationKind.DAY and d.percent is None) for d in self.differences
        )  # fmt: skip

    def has_passed(self, today: date) -> bool:
        return self.said.answer is not LineAnswer.ALREADY_DELIVERED and any(d.promised_on < today for d in self.days)


def _told(response: Any, judged: Sequence[_Said], today: date) -> Deviating:
    differences = [d for one in judged for d in one.differences]
    days = [int(d.by or 0) for d in differences if d.kind is DeviationKind.DAY]
    limited = min((one.said for one in judged if one.said.decide_by), key=lambda said: said.decide_by, default=None)
    return Deviating(
        response_id=response.id, order_id=response.order_id, lines=len(judged),
        limit=limited.decide_by if limited else limit_without_clock(response.answered_at),
        default=limited.default_decision if limited else None,
        days_late=max([0, *days]), days_early=-min([0, *days]),
        price_percent=_most(differences, DeviationKind.PRICE),
        quantity_percent=_most(differences, DeviationKind.QUANTITY),
        value_change=round(sum((one.change for one in judged), ZERO), 6).normalize(),
        is_other=any(one.is_other() for one in judged), has_passed=any(one.has_passed(today) for one in judged),
    )  # fmt: skip


def _most(differences: Sequence[Deviation], kind: DeviationKind) -> Decimal:
    """The difference in percent that is farthest from none."""
    found = (d.percent for d in differences if d.kind is kind and d.percent is not None)
    return max(found, key=abs, default=ZERO).normalize()
