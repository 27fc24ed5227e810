"""A requirement is known to the two parties of its order."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from delivery.requirements.tables import DocumentRequirement
from kernel.access import Actor, seen_by


def requirements_visible_to(actor: Actor) -> Select[DocumentRequirement]:
    orders = orders_visible_to(actor).with_only_columns(col(Order.id))
    return seen_by(actor, select(DocumentRequirement).where(col(DocumentRequirement.order_id).in_(orders)))
