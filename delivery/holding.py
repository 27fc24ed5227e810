"""Which documents keep a share of an invoice from being paid: required of its orders, and not released."""

from collections.abc import Collection, Sequence
from typing import Any

from delivery.requirements.lifecycle import RequirementState
from delivery.requirements.reads import requirements_of_orders
from kernel.access import Actor
from kernel.work import UnitOfWork


def unmet(requirements: Sequence[Any]) -> list[Any]:
    """Those of which no revision is released."""
    return [row for row in requirements if row.state is not RequirementState.SATISFIED]


def missing_documents(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    """Unmet requirements of these orders; none once all are released, so nothing has to be freed by hand."""
    return unmet(requirements_of_orders(work, actor, order_ids))
