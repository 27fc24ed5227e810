"""What was agreed by pair and item within a span of days: by what the resilience of a chain is weighed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlmodel import col

from collaboration.orders.lifecycle import LineState
from collaboration.orders.tables import Order, OrderLine
from collaboration.orders.visibility import lines_visible_to, orders_visible_to
from kernel.access import Actor
from kernel.clock import begin_of, end_of
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

BOUND = (
    LineState.CONFIRMED, LineState.PART_SHIPPED, LineState.SHIPPED, LineState.PART_RECEIVED, LineState.RECEIVED,
    LineState.CLOSED_SHORT,
)  # fmt: skip
"""Lines both sides were bound by."""

Trade = tuple[int, int, int]
"""(seller, buyer, item)."""


@dataclass
class Agreed:
    """``quantity`` in the item's unit; ``value``: money by currency."""

    quantity: Decimal = ZERO
    value: dict[str, Decimal] = field(default_factory=dict)


def agreed_between(work: UnitOfWork, actor: Actor, *, since: date, until: date) -> Mapping[Trade, Agreed]:
    """What the actor's own orders placed from a day to a day, both included, agreed on."""
    placed = orders_visible_to(actor).where(
        col(Order.placed_at) >= begin_of(since), col(Order.placed_at) < end_of(until)
    )
    heads = {
        order.id: order
        for order in work.rows(
            placed.with_only_columns(col(Order.id), col(Order.seller_id), col(Order.buyer_id), col(Order.currency))
        )
    }
    lines = lines_visible_to(actor).where(
        col(OrderLine.order_id).in_(placed.with_only_columns(col(Order.id))), col(OrderLine.state).in_(BOUND)
    )
    found: dict[Trade, Agreed] = {}
    for line in work.rows(lines):
        order = heads[line.order_id]
        one = found.setdefault((order.seller_id, order.buyer_id, line.item_id), Agreed())
        one.quantity += line.quantity
        one.value[order.currency] = one.value.get(order.currency, ZERO) + line.quantity * line.unit_price
    return found
