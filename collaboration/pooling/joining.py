"""Who is asked into a pool states how much it needs, changes that, declines or leaves; and at last orders its share."""

from datetime import date
from decimal import Decimal

from collaboration.orders.forms import LineAsked, WantedDay
from collaboration.orders.verbs import place_order
from collaboration.pooling import decisions
from collaboration.pooling.events import PoolDeclined, PoolJoined, PoolLeft, PoolShareOrdered
from collaboration.pooling.moving import membership_to_move
from collaboration.pooling.tables import PoolMembership
from collaboration.sourcing.costs import exactly
from collaboration.sourcing.decisions import in_item_unit
from kernel.access import Actor
from kernel.errors import Limit, Rule
from kernel.quantities import positive
from kernel.work import UnitOfWork


def join_pool(
    work: UnitOfWork, actor: Actor, *, pool_id: int, quantity: Decimal, baseline_price: Decimal | None = None
) -> PoolMembership:
    """State how much one's firm needs, or state it anew, while the window is open; nobody else reads it.

    baseline_price: what it paid last per unit, for its own savings statement. Raises NotFound, NotAllowedNow, Invalid, Limit.
    """
    pool, membership = membership_to_move(work, actor, pool_id, "join_pool")
    decisions.check_step(positive(quantity, "quantity"), pool.share_step, "quantity")
    if baseline_price is not None:
        positive(baseline_price, "baselinePrice")
    if membership.statements >= decisions.MOST_STATEMENTS:
        raise Limit(
            f"a firm states its need {decisions.MOST_STATEMENTS} times at most, for sums could be probed by moving it",
            f"每家单位最多填报 {decisions.MOST_STATEMENTS} 次，以免以反复改动试探总量",
            rule=Rule("pool.statements", "组织方发起新的联合采购", "the organiser, by a new pool"),
        )  # fmt: skip
    membership.statements += 1
    membership.quantity, membership.baseline_price = quantity, baseline_price
    work.record(PoolJoined(membership_id=membership.id or 0))
    return membership


def decline_pool(work: UnitOfWork, actor: Actor, *, pool_id: int) -> PoolMembership:
    """Not this time; while the window is open one may think again. Raises NotFound, NotAllowedNow."""
    _pool, membership = membership_to_move(work, actor, pool_id, "decline_pool")
    work.record(PoolDeclined(membership_id=membership.id or 0))
    return membership


def leave_pool(work: UnitOfWork, actor: Actor, *, pool_id: int) -> PoolMembership:
    """Take one's need back, before the window is over alone. Raises NotFound, NotAllowedNow."""
    _pool, membership = membership_to_move(work, actor, pool_id, "leave_pool")
    membership.quantity = membership.baseline_price = None
    work.record(PoolLeft(membership_id=membership.id or 0))
    return membership


def order_pool_share(
    work: UnitOfWork, actor: Actor, *, pool_id: int, expected_version: int, number: str, wanted_on: date | None = None,
    conditional_reason: str | None = None,
) -> PoolMembership:  # fmt: skip
    """One's firm orders its share from the seller the pool chose, at the pool's price, in its own name.

    expected_version: of the membership. Raises NotFound, NotAllowedNow, Stale, and what ``place_order`` does.
    """
    pool, m = membership_to_move(work, actor, pool_id, "order_pool_share", expected_version=expected_version)
    assert m.share and m.seller_id and m.item_id and m.unit_price is not None
    bought = exactly(in_item_unit(m.share, m.line_units, m.item_units))
    order = place_order(
        work, actor, seller_id=m.seller_id, number=number, currency=pool.currency, conditional_reason=conditional_reason,
        lines=[
            LineAsked(
                number=1, item_id=m.item_id, quantity=bought, unit_price=m.unit_price,
                schedules=[WantedDay(wanted_on or pool.wanted_on, bought)],
            )
        ],
        note=f"联合采购 {pool.number} · {pool.incoterm.value.upper()}",
    )  # fmt: skip
    m.order_id = order.id
    work.record(PoolShareOrdered(membership_id=m.id or 0))
    return m
