"""What people ask about days to recover: what one's firm says of its own links."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from chain.recovery.tables import LinkRecovery
from chain.recovery.visibility import link_recovery_visible_to
from kernel.access import Actor
from kernel.among import among
from kernel.work import UnitOfWork


def link_recovery_of(work: UnitOfWork, actor: Actor, link_ids: Collection[int]) -> Sequence[Any]:
    """What one's firm says of some links it buys by."""
    stated = link_recovery_visible_to(actor).where(
        among(col(LinkRecovery.link_id), link_ids), col(LinkRecovery.withdrawn_at).is_(None)
    )
    return work.rows(stated.order_by(col(LinkRecovery.id)))
