"""What people ask about required documents."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from collaboration.orders.reads import order
from delivery.requirements.tables import DocumentRequirement
from delivery.requirements.visibility import requirements_visible_to
from kernel.access import Actor
from kernel.work import UnitOfWork


def requirements(work: UnitOfWork, actor: Actor, order_id: int) -> Sequence[Any]:
    """All required documents of one order, at most 500 by rule. Raises NotFound for a hidden order."""
    order(work, actor, order_id)
    return requirements_of_orders(work, actor, [order_id])


def requirements_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    own = requirements_visible_to(actor).where(col(DocumentRequirement.order_id).in_(order_ids))
    return work.rows(own.order_by(col(DocumentRequirement.order_id), col(DocumentRequirement.id)))


def requirements_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(requirements_visible_to(actor).where(col(DocumentRequirement.id).in_(numbers)))
