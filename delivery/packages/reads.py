"""What people ask about acceptance."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from collaboration.orders.reads import lines_of_orders, order
from delivery.packages.decisions import Missing, missing
from delivery.packages.tables import AcceptanceCertificate
from delivery.packages.visibility import certificates_visible_to
from delivery.requirements.reads import requirements_of_orders
from kernel.access import Actor
from kernel.work import UnitOfWork


def certificates_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    return work.rows(certificates_visible_to(actor).where(col(AcceptanceCertificate.order_id).in_(order_ids)))


def certificates_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(certificates_visible_to(actor).where(col(AcceptanceCertificate.id).in_(numbers)))


def acceptance_waits_for(work: UnitOfWork, actor: Actor, order_id: int) -> list[Missing]:
    """What is still missing before the buyer can accept: receipts, then documents. Raises NotFound."""
    order(work, actor, order_id)
    return missing(lines_of_orders(work, actor, [order_id]), requirements_of_orders(work, actor, [order_id]))
