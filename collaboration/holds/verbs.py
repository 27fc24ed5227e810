"""The buyer holds an order, and lifts the hold."""

from datetime import date

from sqlmodel import col

from collaboration.answer_clocks.running import hold_clocks, release_clocks
from collaboration.holds.decisions import check_decides_on
from collaboration.holds.events import HoldLifted, OrderHeld
from collaboration.holds.tables import OrderHold
from collaboration.holds.visibility import order_holds_visible_to
from collaboration.orders.moving import HOLD, check_note, order_to_move
from collaboration.orders.tables import Order, Reason
from kernel.access import Actor, Role
from kernel.clock import today_of
from kernel.errors import NotAllowedNow, Rule
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import tell
from kernel.work import UnitOfWork


def hold_order(
    work: UnitOfWork, actor: Actor, *, order_id: int, expected_version: int, reason: Reason, note: str = "",
    decides_on: date | None = None,
) -> OrderHold:  # fmt: skip
    """The buyer holds an order: nothing of it leaves, and the seller's clocks stand still, until it lifts the hold.

    decides_on: by when it expects to. What is asked and agreed stays as it is, and so does the order's version: an
    answer written before goes in. Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    order = order_to_move(work, actor, order_id, verb="hold_order", duty=Role.BUYER, version=expected_version)
    if order.held_at is not None:
        raise NotAllowedNow("this order is on hold already", "该订单已暂停", rule=HOLD)
    check_decides_on(decides_on, today_of(work.now))
    hold = work.add(
        OrderHold(
            order_id=order_id, reason=reason, note=check_note(note), decides_on=decides_on, held_at=work.now,
            held_by=actor.user_id,
        )
    )  # fmt: skip
    assert hold.id is not None
    order.held_at = work.now
    hold_clocks(work, order_id)
    work.record(OrderHeld(order_id=order_id, hold_id=hold.id, reason=reason, decides_on=decides_on))
    _tell_seller(work, order, "order_held", hold)
    return hold


def lift_hold(work: UnitOfWork, actor: Actor, *, hold_id: int, expected_version: int) -> OrderHold:
    """The buyer lets the order go on: the seller's clocks run on with what was left of them. Raises NotFound, Stale, NotAllowedNow."""
    own = order_holds_visible_to(actor).where(col(OrderHold.id) == hold_id)
    found = work.one(own, field="holdId")
    order = order_to_move(work, actor, found.order_id, verb="lift_hold", duty=Role.BUYER, version=expected_version)
    hold = work.one(own, lock=True)
    if hold.lifted_at is not None:
        raise NotAllowedNow(
            "this hold was lifted already", "该暂停已解除",
            rule=Rule("order.hold_lifted", "采购方可再次暂停", "the buyer, by holding the order again"),
        )  # fmt: skip
    hold.lifted_at, hold.lifted_by, order.held_at = work.now, actor.user_id, None
    release_clocks(work, found.order_id)
    work.record(HoldLifted(order_id=found.order_id, hold_id=hold_id))
    _tell_seller(work, order, "hold_lifted", hold)
    return hold


def _tell_seller(work: UnitOfWork, order: Order, what: str, hold: OrderHold) -> None:
    tell(
        work, party_id=order.seller_id, roles=frozenset({Role.SALES}), reason=InboxReason.TOLD,
        subject=("Order", hold.order_id), what=what, once=f"{what}:{hold.id}",
    )  # fmt: skip
