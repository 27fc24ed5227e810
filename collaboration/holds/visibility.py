"""A hold is known to whoever knows its order, and to nobody else."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.holds.tables import OrderHold
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from kernel.access import Actor, lies_under, seen_by


def order_holds_visible_to(actor: Actor) -> Select[OrderHold]:
    under = lies_under(col(OrderHold.order_id), orders_visible_to(actor), col(Order.id))
    return seen_by(actor, select(OrderHold).where(under), guests=True)
