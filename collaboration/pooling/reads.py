"""What people ask about pools: the terms to all invited, one's own to each member, sums to the organiser."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select
from sqlmodel import col

from collaboration.pooling import decisions
from collaboration.pooling.lifecycle import MEMBERSHIP_LIFE, POOL_LIFE, MembershipState, PoolSide, PoolState
from collaboration.pooling.tables import Pool, PoolInvitation, PoolMembership, PoolTier
from collaboration.pooling.visibility import (
    pool_invitations_visible_to,
    pool_memberships_visible_to,
    pool_tiers_visible_to,
    pools_visible_to,
)
from collaboration.sourcing.lifecycle import RfqState
from collaboration.sourcing.reads import rfqs_by_id
from kernel.access import SYSTEM, Actor, Role
from kernel.paging import Page, page
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

STATED = (
    MembershipState.JOINED, MembershipState.ALLOTTED, MembershipState.NOT_ALLOTTED, MembershipState.ORDERED,
)  # fmt: skip
"""Whose quantity counts."""
GIVEN_UP = (RfqState.CANCELLED, RfqState.NOT_AWARDED)


@dataclass(frozen=True)
class PoolSums:
    """What the organiser reads of all members together. ``total``: None until the window is over, and where too few joined.

    ``concentrated``: one member makes up more than 70 % of it, so that it tells of that one. ``saved``: by those who stated what
    they paid before, ``saved_by`` of them; None where that would tell what one saved.
    """

    joined: int
    total: Decimal | None
    concentrated: bool
    allotted: Decimal | None
    saved: Decimal | None
    saved_by: int


def pools(
    work: UnitOfWork, actor: Actor, *, states: Collection[PoolState] | None, first: int | None, after: str | None
) -> Page:
    """One's firm's own and those it is asked into, newest first."""
    visible = pools_visible_to(actor)
    if states:
        visible = visible.where(col(Pool.state).in_(list(states)))
    return page(work, visible, Pool, first=first, after=after)


def pools_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(pools_visible_to(actor).where(col(Pool.id).in_(numbers)))


def tiers_of(work: UnitOfWork, actor: Actor, pool_ids: Collection[int]) -> Sequence[Any]:
    known = pool_tiers_visible_to(actor).where(col(PoolTier.pool_id).in_(pool_ids))
    return work.rows(known.order_by(col(PoolTier.id)))


def invitations_of(work: UnitOfWork, actor: Actor, pool_ids: Collection[int]) -> Sequence[Any]:
    """To the organiser all, to who is asked its own."""
    known = pool_invitations_visible_to(actor).where(col(PoolInvitation.pool_id).in_(pool_ids))
    return work.rows(known.order_by(col(PoolInvitation.id)))


def memberships_of(work: UnitOfWork, actor: Actor, pool_ids: Collection[int]) -> Sequence[Any]:
    """One's own of each pool; to the system all."""
    known = pool_memberships_visible_to(actor).where(col(PoolMembership.pool_id).in_(pool_ids))
    return work.rows(known.order_by(col(PoolMembership.id)))


def memberships_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(pool_memberships_visible_to(actor).where(col(PoolMembership.id).in_(numbers)))


def stated(work: UnitOfWork, pool_id: int, *, but: int | None = None) -> dict[int, Decimal]:
    """Membership -> what it stated, of all that count. but: a firm to leave out."""
    return {
        one.id: one.quantity for one in memberships_of(work, SYSTEM, [pool_id]) if one.state in STATED and one.firm_id != but
    }  # fmt: skip


def tier_told(work: UnitOfWork, actor: Actor, pool: Any) -> Decimal | None:
    """The tier that the others' needs reach together, without the asker's own, so that nobody learns by moving his own.

    To whoever has not joined and does not organise the pool: None, as where it would give one of them away.
    """
    own = next(iter(memberships_of(work, actor, [pool.id])), None)
    if pool.organiser_id != actor.party_id and (own is None or own.state not in STATED):
        return None
    tiers = [tier.from_quantity for tier in tiers_of(work, actor, [pool.id])]
    return decisions.tier_reached(list(stated(work, pool.id, but=actor.party_id).values()), tiers)


def sums_of(work: UnitOfWork, actor: Actor, pool: Any) -> PoolSums | None:
    """To the organiser alone."""
    if pool.organiser_id != actor.party_id:
        return None
    members = [one for one in memberships_of(work, SYSTEM, [pool.id]) if one.state in STATED]
    wishes = [one.quantity for one in members]
    known = (
        pool.closed_at is not None
        and pool.state is not PoolState.NOT_FORMED
        and len(wishes) >= decisions.FEWEST_MEMBERS
    )
    awarded = pool.state is PoolState.AWARDED
    savings = [amount for one in members if awarded and (amount := saved_by(one)) is not None]
    told = decisions.telling([abs(one) for one in savings])
    return PoolSums(
        joined=len(members), total=sum(wishes, ZERO) if known else None,
        concentrated=known and not decisions.telling(wishes),
        allotted=sum((one.share for one in members), ZERO) if awarded else None,
        saved=sum(savings, ZERO) if told else None, saved_by=len(savings) if told else 0,
    )  # fmt: skip


def saved_by(membership: Any) -> Decimal | None:
    """What a member saves on its share; None before it is allotted one, and where it did not say what it paid before."""
    if not membership.share or membership.unit_price is None:
        return None
    price = decisions.price_per_unit(membership.unit_price, membership.line_units, membership.item_units)
    return decisions.saved(membership.share, membership.baseline_price, price)


def pool_verbs(work: UnitOfWork, actor: Actor, pool: Any, membership: Any) -> list[str]:
    """What this person may do to a pool now. membership: its firm's own, if any."""
    if not actor.has(Role.BUYER):
        return []
    found = list[str]()
    if pool.organiser_id == actor.party_id:
        found = POOL_LIFE.verbs(pool.state, PoolSide.ORGANISER)
        if pool.state is PoolState.SOURCING:
            decided = given_up(work, actor, pool)
            found = [verb for verb in found if (verb == "award_pool") != decided]
    if membership is not None and not is_over(pool, work.now):
        now = POOL_LIFE.verbs(pool.state, PoolSide.MEMBER)
        found += [verb for verb in MEMBERSHIP_LIFE.verbs(membership.state, PoolSide.MEMBER) if verb in now]
    return found


def given_up(work: UnitOfWork, actor: Actor, pool: Any) -> bool:
    """Whether the request the total was asked for by has come to nothing."""
    (rfq,) = rfqs_by_id(work, actor, [pool.rfq_id])
    return rfq.state in GIVEN_UP


def is_over(pool: Any, now: datetime) -> bool:
    """By the server's clock: at the closing instant itself nothing is stated or taken back any more."""
    return pool.state is PoolState.OPEN and bool(now >= pool.closes_at)


def due_pools(work: UnitOfWork, actor: Actor, now: datetime) -> list[int]:
    due = pools_visible_to(actor).where(col(Pool.state) == PoolState.OPEN, col(Pool.closes_at) <= now)
    return [row.id for row in work.rows(due.order_by(col(Pool.closes_at), col(Pool.id)))]


def pools_to_join(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Those the actor's firm is asked into and has not answered, until the window is over."""
    window = col(Pool.state) == PoolState.OPEN, col(Pool.closes_at) > work.now
    asked = _with_own(actor, MembershipState.INVITED).where(*window)
    return work.rows(asked.order_by(col(Pool.closes_at), col(Pool.id)).limit(most))


def pools_to_order(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Those of which the actor's firm has a share and has not ordered it."""
    allotted = _with_own(actor, MembershipState.ALLOTTED).where(col(Pool.state) == PoolState.AWARDED)
    return work.rows(allotted.order_by(col(Pool.id)).limit(most))


def _with_own(actor: Actor, state: MembershipState) -> Select[Pool]:
    own = pool_memberships_visible_to(actor).where(
        col(PoolMembership.firm_id) == actor.party_id, col(PoolMembership.state) == state
    )
    return pools_visible_to(actor).where(col(Pool.id).in_(own.with_only_columns(col(PoolMembership.pool_id))))
