"""Who is told what of a pool: whoever it invites of its window and its end, the organiser that it is over."""

from collections.abc import Collection
from datetime import date

from collaboration.pooling.lifecycle import MembershipState, PoolState
from collaboration.pooling.reads import STATED, memberships_by_id, memberships_of, pools_by_id
from kernel.access import SYSTEM, Role
from kernel.clock import today_of
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork

OPENED, CLOSED, TO_SOURCE, NOT_FORMED = "pool.opened", "pool.closed", "pool.to_source", "pool.not_formed"
ALLOTTED, NOT_ALLOTTED, CANCELLED = "pool.allotted", "pool.not_allotted", "pool.cancelled"
BUYERS = frozenset({Role.BUYER})
MUST_ANSWER, TOLD = InboxReason.MUST_ANSWER, InboxReason.TOLD


def tell_of_pool(work: UnitOfWork, *, pool_id: int, fact: str, event_id: int) -> None:
    """Nobody is told who else is told."""
    (pool,) = pools_by_id(work, SYSTEM, [pool_id])
    members = memberships_of(work, SYSTEM, [pool_id])
    if fact != "PoolOpened":
        settle_told(work, subject=("Pool", pool_id), whats=[OPENED, TO_SOURCE])
    if fact == "PoolOpened":
        firms = [one.firm_id for one in members if one.state is MembershipState.INVITED]
        _tell(work, pool_id, firms, OPENED, MUST_ANSWER, event_id, due_on=today_of(pool.closes_at))
    elif fact == "PoolClosed":
        formed = pool.state is not PoolState.NOT_FORMED
        joined = [one.firm_id for one in members if one.state in STATED]
        _tell(work, pool_id, joined, CLOSED if formed else NOT_FORMED, TOLD, event_id)
        if formed:
            _tell(work, pool_id, [pool.organiser_id], TO_SOURCE, MUST_ANSWER, event_id)
        elif pool.organiser_id not in joined:
            _tell(work, pool_id, [pool.organiser_id], NOT_FORMED, TOLD, event_id)
    elif fact == "PoolAwarded":
        due = [one.firm_id for one in members if one.state is MembershipState.ALLOTTED]
        _tell(work, pool_id, due, ALLOTTED, MUST_ANSWER, event_id)
        none = [one.firm_id for one in members if one.state is MembershipState.NOT_ALLOTTED]
        _tell(work, pool_id, none, NOT_ALLOTTED, TOLD, event_id)
    elif fact == "PoolCancelled":
        told = [one.firm_id for one in members if one.state is not MembershipState.DECLINED]
        _tell(work, pool_id, told, CANCELLED, TOLD, event_id)


def tell_of_membership(work: UnitOfWork, *, membership_id: int) -> None:
    """A firm has answered, or ordered, and waits for nothing any more."""
    (one,) = memberships_by_id(work, SYSTEM, [membership_id])
    settle_told(work, subject=("Pool", one.pool_id), whats=[OPENED, ALLOTTED], party_id=one.firm_id)


def _tell(
    work: UnitOfWork, pool_id: int, firms: Collection[int], what: str, reason: InboxReason, event_id: int, *,
    due_on: date | None = None,
) -> None:  # fmt: skip
    for firm_id in firms:
        tell(
            work, party_id=firm_id, roles=BUYERS, reason=reason, subject=("Pool", pool_id), what=what, due_on=due_on,
            once=f"{what}:{event_id}",
        )  # fmt: skip
