"""Lines of a buyer's open orders by what is the matter with them, each with its limit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func
from sqlmodel import col

from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from collaboration.answer_clocks.reads import running_clocks
from collaboration.answer_clocks.tables import AnsweredKind
from collaboration.holds.reads import held_until
from collaboration.orders.decisions import ANSWER_DAYS, DEAD, DONE, WAITING, due_on, is_held, still_missing
from collaboration.orders.lifecycle import LIVE_ORDER, LineState
from collaboration.orders.tables import Order, OrderLine, ResponseLine, Schedule, Verdict
from collaboration.orders.visibility import (
    lines_visible_to,
    orders_visible_to,
    response_lines_visible_to,
    schedules_visible_to,
)
from kernel.access import Actor, Side
from kernel.clock import end_of, today_of
from kernel.errors import Invalid
from kernel.seeking import sought_text
from kernel.work import UnitOfWork

USUAL_DAYS, MOST_DAYS = 7, 366
AGREED = set(LineState) - DEAD - DONE - WAITING - {LineState.OPEN}


class WorkbenchView(StrEnum):
    """What is the matter with a line."""

    UNANSWERED = "unanswered"  # the seller owes an answer
    DEVIATING = "deviating"  # the seller offers other terms, or a line nobody asked for; the buyer decides
    LATE = "late"  # agreed or expected after the wanted day, or past and still missing
    DUE = "due"  # something of it is due within so many days
    HELD = "held"  # its buyer holds the order


@dataclass(frozen=True)
class WorkbenchLine:
    """``limit``: when it is due, or too late: the limit of the answer or decision, or the end of the day it should come."""

    line_id: int
    order_id: int
    seller_id: int
    item_id: int
    limit: datetime
    late_days: int = 0


@dataclass(frozen=True)
class Narrowed:
    """Which lines: of one seller, of items whose number begins so, due within so many days."""

    seller_id: int | None = None
    item: str | None = None
    days: int = USUAL_DAYS


def workbench(work: UnitOfWork, actor: Actor, view: WorkbenchView, which: Narrowed) -> list[WorkbenchLine]:
    """The lines of orders the actor's firm buys by, first what is due first. Raises Invalid."""
    found = _of_view[view](work, actor, which)
    return sorted(found, key=place_of)


def place_of(line: WorkbenchLine) -> tuple[datetime, int]:
    """Where a line stands in its list."""
    return line.limit, line.line_id


def counts(work: UnitOfWork, actor: Actor, which: Narrowed) -> dict[WorkbenchView, tuple[int, int]]:
    """view -> (lines, those of which the limit has passed)."""
    told = {}
    for view in WorkbenchView:
        found = _of_view[view](work, actor, which)
        told[view] = len(found), sum(one.limit <= work.now for one in found)
    return told


def _orders(work: UnitOfWork, actor: Actor, which: Narrowed) -> dict[int, Any]:
    bought = orders_visible_to(actor).where(col(Order.buyer_id) == actor.party_id, col(Order.state).in_(LIVE_ORDER))
    if which.seller_id is not None:
        bought = bought.where(col(Order.seller_id) == which.seller_id)
    return {row.id: row for row in work.rows(bought)}


def _lines(work: UnitOfWork, actor: Actor, which: Narrowed, states: Collection[LineState]) -> Sequence[Any]:
    live = orders_visible_to(actor).where(col(Order.buyer_id) == actor.party_id, col(Order.state).in_(LIVE_ORDER))
    lines = lines_visible_to(actor).where(
        col(OrderLine.order_id).in_(live.with_only_columns(col(Order.id))), col(OrderLine.state).in_(states)
    )
    if which.item:
        named = items_visible_to(actor).where(
            col(Item.number).startswith(sought_text(which.item, "item"), autoescape=True)
        )
        lines = lines.where(col(OrderLine.item_id).in_(named.with_only_columns(col(Item.id))))
    return work.rows(lines)


def _told(line: Any, order: Any, limit: datetime, late: int = 0) -> WorkbenchLine:
    return WorkbenchLine(line.id, order.id, order.seller_id, line.item_id, limit, late)


def _unanswered(work: UnitOfWork, actor: Actor, which: Narrowed) -> list[WorkbenchLine]:
    orders = _orders(work, actor, which)
    clocks = {
        c.order_id: c.answer_by
        for c in running_clocks(work, actor, owed_by=Side.SELLER)
        if c.kind is AnsweredKind.ORDER
    }
    return [
        _told(line, order, clocks.get(order.id) or limit_without_clock(order.placed_at))
        for line in _lines(work, actor, which, {LineState.OPEN})
        if (order := orders.get(line.order_id)) and not is_held(order)  # of a held order nothing is owed
    ]  # fmt: skip


def limit_without_clock(asked_at: datetime) -> datetime:
    """Of what was asked before there were clocks, or has none: the end of the third day after."""
    return end_of(today_of(asked_at) + timedelta(days=ANSWER_DAYS))


def _deviating(work: UnitOfWork, actor: Actor, which: Narrowed) -> list[WorkbenchLine]:
    orders = _orders(work, actor, which)
    lines = [line for line in _lines(work, actor, which, WAITING) if line.order_id in orders]
    said = response_lines_visible_to(actor).where(col(ResponseLine.verdict) == Verdict.WAITING)
    decide_by = {row.line_id: row.decide_by for row in work.rows(said)}
    found = []
    for line in lines:
        order = orders[line.order_id]
        limit = decide_by.get(line.id) or limit_without_clock(order.answered_at or order.placed_at)
        found.append(_told(line, order, limit))
    return found


def _late(work: UnitOfWork, actor: Actor, which: Narrowed) -> list[WorkbenchLine]:
    """By how many days it comes after the wanted day, or has been missing since the agreed one: the greater."""
    orders, today = _orders(work, actor, which), today_of(work.now)
    lines = {line.id: line for line in _lines(work, actor, which, AGREED) if line.order_id in orders}
    wanted, agreed, expected = col(Schedule.wanted_on), col(Schedule.promised_on), col(Schedule.expected_on)
    slipping = (func.coalesce(agreed, wanted) > wanted) | (expected > wanted) | (func.coalesce(agreed, wanted) < today)
    days: dict[int, tuple[date, int]] = {}
    for schedule in _schedules(work, actor, lines, slipping):
        due = due_on(schedule)
        comes = max(due, schedule.expected_on or due)
        late = max((comes - schedule.wanted_on).days, (today - due).days)
        first, most = days.get(schedule.line_id, (due, 0))
        days[schedule.line_id] = min(first, due), max(most, late)
    return [
        _told(line, orders[line.order_id], end_of(days[number][0]), days[number][1])
        for number, line in lines.items() if number in days
    ]  # fmt: skip


def _due(work: UnitOfWork, actor: Actor, which: Narrowed) -> list[WorkbenchLine]:
    if not 0 <= which.days <= MOST_DAYS:
        raise Invalid("days", f"name 0 to {MOST_DAYS} days", f"天数应为 0 至 {MOST_DAYS}")
    orders, until = _orders(work, actor, which), today_of(work.now) + timedelta(days=which.days)
    states = AGREED | {LineState.OPEN, LineState.CHANGE_PROPOSED}
    lines = {line.id: line for line in _lines(work, actor, which, states) if line.order_id in orders}
    falling = func.coalesce(col(Schedule.promised_on), col(Schedule.wanted_on)) <= until
    first: dict[int, date] = {}
    for schedule in _schedules(work, actor, lines, falling):
        due = due_on(schedule)
        first[schedule.line_id] = min(first.get(schedule.line_id, due), due)
    return [_told(lines[number], orders[lines[number].order_id], end_of(day)) for number, day in first.items()]


def _held(work: UnitOfWork, actor: Actor, which: Narrowed) -> list[WorkbenchLine]:
    """By the day the buyer expected to decide."""
    orders = {n: row for n, row in _orders(work, actor, which).items() if is_held(row)}
    until = held_until(work, actor, orders) if orders else {}
    lines = _lines(work, actor, which, set(LineState) - DEAD - DONE) if orders else ()
    return [
        _told(line, orders[line.order_id], end_of(until[line.order_id])) for line in lines if line.order_id in until
    ]


def _schedules(work: UnitOfWork, actor: Actor, lines: Collection[int], where: Any) -> list[Any]:
    """Those of these lines of which something is still missing."""
    live = orders_visible_to(actor).where(col(Order.buyer_id) == actor.party_id, col(Order.state).in_(LIVE_ORDER))
    under = lines_visible_to(actor).where(col(OrderLine.order_id).in_(live.with_only_columns(col(Order.id))))
    found = schedules_visible_to(actor).where(
        col(Schedule.line_id).in_(under.with_only_columns(col(OrderLine.id))), where
    )
    return [row for row in work.rows(found) if row.line_id in lines and still_missing(row)]


_of_view = {
    WorkbenchView.UNANSWERED: _unanswered, WorkbenchView.DEVIATING: _deviating, WorkbenchView.LATE: _late,
    WorkbenchView.DUE: _due, WorkbenchView.HELD: _held,
}  # fmt: skip
