"""A certificate is known to the two parties of its order."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from delivery.packages.tables import AcceptanceCertificate
from kernel.access import Actor, seen_by


def certificates_visible_to(actor: Actor) -> Select[AcceptanceCertificate]:
    orders = orders_visible_to(actor).with_only_columns(col(Order.id))
    return seen_by(actor, select(AcceptanceCertificate).where(col(AcceptanceCertificate.order_id).in_(orders)))
