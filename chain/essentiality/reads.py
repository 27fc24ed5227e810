"""What people ask about essentiality: a chain's table, and what one's firm says of its own links."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from chain.essentiality.tables import LinkEssentiality, StageEssentiality
from chain.essentiality.visibility import link_essentiality_visible_to, stage_essentiality_visible_to
from kernel.access import Actor
from kernel.among import among
from kernel.work import UnitOfWork


def stage_essentiality_of(work: UnitOfWork, actor: Actor, chain_ids: Collection[int]) -> Sequence[Any]:
    """The pairs of stages that were set, of some chains."""
    rows = stage_essentiality_visible_to(actor).where(col(StageEssentiality.chain_id).in_(chain_ids))
    return work.rows(rows.order_by(col(StageEssentiality.supplier_stage_id), col(StageEssentiality.buyer_stage_id)))


def link_essentiality_of(work: UnitOfWork, actor: Actor, link_ids: Collection[int]) -> Sequence[Any]:
    """What one's firm says of some links it buys by."""
    stated = link_essentiality_visible_to(actor).where(
        among(col(LinkEssentiality.link_id), link_ids), col(LinkEssentiality.withdrawn_at).is_(None)
    )
    return work.rows(stated.order_by(col(LinkEssentiality.id)))
