"""A requirement is known to the two parties of its order."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from delivery.requirements.tables import DocumentRequirement
from kernel.access import Actor, lies_under, seen_by


def requirements_visible_to(actor: Actor) -> Select[DocumentRequirement]:
    return seen_by(
        actor,
        select(DocumentRequirement).where(
            lies_under(col(DocumentRequirement.order_id), orders_visible_to(actor), col(Order.id))
        ),
        guests=True,
    )
