"""What is asked to change of an order is known to whoever knows the order, and to nobody else."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.changes.tables import (
    OrderCancellation,
    OrderChange,
    OrderChangeLine,
    OrderChangeSchedule,
    Repromise,
    RepromisedDay,
)
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from kernel.access import Actor, lies_under, seen_by


def order_changes_visible_to(actor: Actor) -> Select[OrderChange]:
    under = lies_under(col(OrderChange.order_id), orders_visible_to(actor), col(Order.id))
    return seen_by(actor, select(OrderChange).where(under), guests=True)


def order_change_lines_visible_to(actor: Actor) -> Select[OrderChangeLine]:
    under = lies_under(col(OrderChangeLine.change_id), order_changes_visible_to(actor), col(OrderChange.id))
    return seen_by(actor, select(OrderChangeLine).where(under), guests=True)


def order_change_schedules_visible_to(actor: Actor) -> Select[OrderChangeSchedule]:
    lines = order_change_lines_visible_to(actor)
    under = lies_under(col(OrderChangeSchedule.change_line_id), lines, col(OrderChangeLine.id))
    return seen_by(actor, select(OrderChangeSchedule).where(under), guests=True)


def order_cancellations_visible_to(actor: Actor) -> Select[OrderCancellation]:
    under = lies_under(col(OrderCancellation.order_id), orders_visible_to(actor), col(Order.id))
    return seen_by(actor, select(OrderCancellation).where(under), guests=True)


def repromises_visible_to(actor: Actor) -> Select[Repromise]:
    under = lies_under(col(Repromise.order_id), orders_visible_to(actor), col(Order.id))
    return seen_by(actor, select(Repromise).where(under), guests=True)


def repromised_days_visible_to(actor: Actor) -> Select[RepromisedDay]:
    under = lies_under(col(RepromisedDay.repromise_id), repromises_visible_to(actor), col(Repromise.id))
    return seen_by(actor, select(RepromisedDay).where(under), guests=True)
