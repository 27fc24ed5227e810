"""A pool is known to its organiser and to whom it invites; a membership to its own firm alone, the organiser included."""

from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlmodel import col

from collaboration.pooling.tables import Pool, PoolInvitation, PoolMembership, PoolTier
from kernel.access import Actor, Role, lies_under, seen_by


def _party(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id


def pools_visible_to(actor: Actor) -> Select[Pool]:
    pools = select(Pool)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, pools)
    asked = select(col(PoolInvitation.id)).where(
        col(PoolInvitation.pool_id) == col(Pool.id), col(PoolInvitation.firm_id) == _party(actor)
    )
    return seen_by(
        actor, pools.where(or_(col(Pool.organiser_id) == _party(actor), asked.correlate(Pool).exists()))
    )  # fmt: skip


def pool_tiers_visible_to(actor: Actor) -> Select[PoolTier]:
    known = lies_under(col(PoolTier.pool_id), pools_visible_to(actor), col(Pool.id))
    return seen_by(actor, select(PoolTier).where(known))


def _of_own_pool(actor: Actor, pool_id: Any) -> Any:
    own = select(col(Pool.id)).where(col(Pool.id) == pool_id, col(Pool.organiser_id) == _party(actor))
    return own.correlate(pool_id.table).exists()


def pool_invitations_visible_to(actor: Actor) -> Select[PoolInvitation]:
    invitations = select(PoolInvitation)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, invitations)
    mine = col(PoolInvitation.firm_id) == _party(actor)
    return seen_by(actor, invitations.where(or_(mine, _of_own_pool(actor, col(PoolInvitation.pool_id)))))


def pool_memberships_visible_to(actor: Actor) -> Select[PoolMembership]:
    memberships = select(PoolMembership)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, memberships)
    known = lies_under(col(PoolMembership.pool_id), pools_visible_to(actor), col(Pool.id))
    return seen_by(actor, memberships.where(and_(col(PoolMembership.firm_id) == _party(actor), known)))
