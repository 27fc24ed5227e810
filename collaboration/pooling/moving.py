"""How a pool and one's own membership are found and moved: locked, in the version one read."""

from sqlmodel import col

from collaboration.pooling.lifecycle import MEMBERSHIP_LIFE, POOL_LIFE, PoolSide
from collaboration.pooling.reads import is_over
from collaboration.pooling.tables import Pool, PoolMembership
from collaboration.pooling.visibility import pool_memberships_visible_to, pools_visible_to
from kernel.access import Actor, Role, require
from kernel.errors import NotAllowedNow, Rule, Stale
from kernel.work import UnitOfWork

PAST_WINDOW = Rule("pool.past_window", "组织方发起新的联合采购", "the organiser, by a new pool")


def pool_to_move(work: UnitOfWork, actor: Actor, pool_id: int, verb: str, *, expected_version: int) -> Pool:
    """A pool for its organiser to act on. Raises NotFound, NotAllowedNow, Stale."""
    pool = work.one(pools_visible_to(actor).where(col(Pool.id) == pool_id), lock=True, field="poolId")
    require(actor, Role.BUYER)
    by = PoolSide.ORGANISER if pool.organiser_id == actor.party_id else PoolSide.MEMBER
    pool.state = POOL_LIFE.after(pool.state, verb, by=by)
    if pool.version != expected_version:
        raise Stale(pool.version)
    pool.version += 1
    return pool


def membership_to_move(
    work: UnitOfWork, actor: Actor, pool_id: int, verb: str, *, expected_version: int | None = None
) -> tuple[Pool, PoolMembership]:
    """A pool and one's own membership, both locked, moved. Raises NotFound, NotAllowedNow past the window, Stale."""
    pool = work.one(pools_visible_to(actor).where(col(Pool.id) == pool_id), lock=True, field="poolId")
    require(actor, Role.BUYER)
    own = pool_memberships_visible_to(actor).where(col(PoolMembership.pool_id) == pool_id)
    membership = work.maybe(own, lock=True)
    if membership is None:
        raise POOL_LIFE.refusal(pool.state, verb, PoolSide.ORGANISER)
    POOL_LIFE.after(pool.state, verb, by=PoolSide.MEMBER)
    if is_over(pool, work.now):
        raise NotAllowedNow(
            "the window is over: nothing is stated or taken back any more", "填报窗口已截止，不能再填报或退出", rule=PAST_WINDOW
        )  # fmt: skip
    membership.state = MEMBERSHIP_LIFE.after(membership.state, verb, by=PoolSide.MEMBER)
    if expected_version is not None and membership.version != expected_version:
        raise Stale(membership.version)
    membership.version += 1
    return pool, membership
