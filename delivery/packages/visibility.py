"""A certificate is known to the two parties of its order."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from delivery.packages.tables import AcceptanceCertificate
from kernel.access import Actor, lies_under, seen_by


def certificates_visible_to(actor: Actor) -> Select[AcceptanceCertificate]:
    return seen_by(
        actor,
        select(AcceptanceCertificate).where(
            lies_under(col(AcceptanceCertificate.order_id), orders_visible_to(actor), col(Order.id))
        ),
    )
