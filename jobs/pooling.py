"""Joint purchasing: windows that are over are closed, and who is part of a pool is told of it."""

from collaboration.pooling import telling
from collaboration.pooling.reads import due_pools
from collaboration.pooling.verbs import close_pool
from kernel.access import SYSTEM
from kernel.work import unit_of_work


def close_due_pools() -> None:
    """Every minute: each pool whose window is over, in a transaction of its own. Safe to run twice."""
    with unit_of_work(writes=False) as work:
        due = due_pools(work, SYSTEM, work.now)
    for pool_id in due:
        with unit_of_work() as work:
            close_pool(work, pool_id=pool_id)


def tell_of_pool(event_id: int) -> None:
    """A pool was opened, closed, awarded or cancelled. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_pool")
        if event:
            telling.tell_of_pool(work, pool_id=event.facts["pool_id"], fact=event.kind, event_id=event_id)


def tell_of_membership(event_id: int) -> None:
    """A firm has joined, declined, left or ordered its share. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_membership")
        if event:
            telling.tell_of_membership(work, membership_id=event.facts["membership_id"])
