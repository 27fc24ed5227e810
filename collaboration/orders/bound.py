"""What of agreed order lines is still to come and still to go: what planning reckons with."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col

from collaboration.orders.decisions import DONE, UNBOUND, due_on, still_missing, to_ship
from collaboration.orders.lifecycle import LineState
from collaboration.orders.reads import schedules_of_lines
from collaboration.orders.tables import Order, OrderLine
from collaboration.orders.visibility import lines_visible_to, orders_visible_to
from kernel.access import Actor
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

BOUND = frozenset(LineState) - UNBOUND - DONE
"""Both are bound, and something may still come."""


def _bound_lines(work: UnitOfWork, actor: Actor, item_ids: Collection[int], *, side: Any) -> dict[int, Any]:
    own = orders_visible_to(actor).where(side == actor.party_id).with_only_columns(col(Order.id))
    lines = lines_visible_to(actor).where(
        col(OrderLine.order_id).in_(own), col(OrderLine.item_id).in_(item_ids), col(OrderLine.state).in_(BOUND)
    )
    return {line.id: line for line in work.rows(lines)}


def open_purchases(work: UnitOfWork, actor: Actor, item_ids: Collection[int]) -> dict[int, list[tuple[date, Decimal]]]:
    """Item id -> (day, quantity) of what is agreed to come to the actor's firm and has not."""
    lines = _bound_lines(work, actor, item_ids, side=col(Order.buyer_id))
    found: dict[int, list[tuple[date, Decimal]]] = {}
    for schedule in schedules_of_lines(work, actor, list(lines)):
        if missing := still_missing(schedule):
            found.setdefault(lines[schedule.line_id].item_id, []).append((due_on(schedule), missing))
    return found


def owed_on_sales(work: UnitOfWork, actor: Actor, item_ids: Collection[int]) -> dict[int, Decimal]:
    """Item id -> what the actor's firm still owes its buyers on agreed lines."""
    lines = _bound_lines(work, actor, item_ids, side=col(Order.seller_id))
    found: dict[int, Decimal] = {}
    for schedule in schedules_of_lines(work, actor, list(lines)):
        item_id = lines[schedule.line_id].item_id
        found[item_id] = found.get(item_id, ZERO) + to_ship(schedule)
    return found
