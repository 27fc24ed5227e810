"""What is still to be shipped on a firm's orders, and when: what a disruption would keep from coming, or from going out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col

from collaboration.orders.decisions import DEAD, DONE, due_on, to_ship
from collaboration.orders.lifecycle import LIVE_ORDER, LineState
from collaboration.orders.tables import Order, OrderLine, Schedule
from collaboration.orders.visibility import lines_visible_to, orders_visible_to, schedules_visible_to
from kernel.access import Actor
from kernel.work import UnitOfWork

AGREED = {LineState.CONFIRMED, LineState.PART_SHIPPED, LineState.PART_RECEIVED}
OPEN = set(LineState) - DEAD - DONE - {LineState.ADDED_PROPOSED}


@dataclass(frozen=True)
class Coming:
    """``quantity`` in ``unit`` of an item is owed by the agreed day, or the wanted one until then."""

    order_id: int
    seller_id: int
    buyer_id: int
    item_id: int
    due_on: date
    quantity: Decimal
    unit: str


def coming(work: UnitOfWork, actor: Actor, *, first: date, last: date, agreed_only: bool = False) -> Sequence[Coming]:
    """Of the actor's live orders, bought and sold, what is due from a day to a day and not shipped yet; by day.

    agreed_only: of lines both sides are bound by.
    """
    live = orders_visible_to(actor).where(col(Order.state).in_(LIVE_ORDER))
    lines = lines_visible_to(actor).where(
        col(OrderLine.order_id).in_(live.with_only_columns(col(Order.id))),
        col(OrderLine.state).in_(AGREED if agreed_only else OPEN),
    )
    day = func.coalesce(col(Schedule.promised_on), col(Schedule.wanted_on))
    due = schedules_visible_to(actor).where(
        col(Schedule.line_id).in_(lines.with_only_columns(col(OrderLine.id))), day >= first, day <= last
    )
    line_of = {line.id: line for line in work.rows(lines)}
    order_of = {order.id: order for order in work.rows(live)}
    found = [
        Coming(order.id, order.seller_id, order.buyer_id, line.item_id, due_on(one), to_ship(one), line.unit)
        for one in work.rows(due)
        if (line := line_of[one.line_id]) and (order := order_of[line.order_id]) and to_ship(one) > 0
    ]
    return sorted(found, key=lambda one: (one.due_on, one.order_id, one.item_id))
