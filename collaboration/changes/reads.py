"""What people ask about changes, cancellations and new promises of their orders, and what they may do to each."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from collaboration.changes.lifecycle import (
    CANCELLATION_LIFE,
    ORDER_CHANGE_LIFE,
    REPROMISE_LIFE,
    CancellationSide,
    CancellationState,
    OrderChangeState,
    RepromiseState,
)
from collaboration.changes.tables import (
    OrderCancellation,
    OrderChange,
    OrderChangeLine,
    OrderChangeSchedule,
    Repromise,
    RepromisedDay,
)
from collaboration.changes.visibility import (
    order_cancellations_visible_to,
    order_change_lines_visible_to,
    order_change_schedules_visible_to,
    order_changes_visible_to,
    repromised_days_visible_to,
    repromises_visible_to,
)
from collaboration.orders.lifecycle import BOUND_ORDER
from collaboration.orders.reads import duties
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to, side_of
from kernel.access import Actor, Side
from kernel.work import UnitOfWork


def changes_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    own = order_changes_visible_to(actor).where(col(OrderChange.order_id).in_(order_ids))
    return work.rows(own.order_by(col(OrderChange.order_id), col(OrderChange.number)))


def changes_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(order_changes_visible_to(actor).where(col(OrderChange.id).in_(numbers)))


def lines_of_changes(work: UnitOfWork, actor: Actor, change_ids: Collection[int]) -> Sequence[Any]:
    own = order_change_lines_visible_to(actor).where(col(OrderChangeLine.change_id).in_(change_ids))
    return work.rows(own.order_by(col(OrderChangeLine.change_id), col(OrderChangeLine.number), col(OrderChangeLine.id)))


def days_of_change_lines(work: UnitOfWork, actor: Actor, line_ids: Collection[int]) -> Sequence[Any]:
    own = order_change_schedules_visible_to(actor).where(col(OrderChangeSchedule.change_line_id).in_(line_ids))
    return work.rows(own.order_by(col(OrderChangeSchedule.id)))


def cancellations_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    own = order_cancellations_visible_to(actor).where(col(OrderCancellation.order_id).in_(order_ids))
    return work.rows(own.order_by(col(OrderCancellation.order_id), col(OrderCancellation.number)))


def cancellations_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(order_cancellations_visible_to(actor).where(col(OrderCancellation.id).in_(numbers)))


def repromises_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    own = repromises_visible_to(actor).where(col(Repromise.order_id).in_(order_ids))
    return work.rows(own.order_by(col(Repromise.order_id), col(Repromise.number)))


def repromises_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(repromises_visible_to(actor).where(col(Repromise.id).in_(numbers)))


def days_of_repromises(work: UnitOfWork, actor: Actor, repromise_ids: Collection[int]) -> Sequence[Any]:
    own = repromised_days_visible_to(actor).where(col(RepromisedDay.repromise_id).in_(repromise_ids))
    return work.rows(own.order_by(col(RepromisedDay.repromise_id), col(RepromisedDay.id)))


def days_of_schedules(work: UnitOfWork, actor: Actor, schedule_ids: Collection[int]) -> Sequence[Any]:
    """Every new promise ever made for these schedules, oldest first: how often and how far a promise drifted."""
    own = repromised_days_visible_to(actor).where(col(RepromisedDay.schedule_id).in_(schedule_ids))
    return work.rows(own.order_by(col(RepromisedDay.schedule_id), col(RepromisedDay.id)))


def change_verbs(actor: Actor, change: Any, order: Any) -> list[str]:
    """What this person may do to a change now: its buttons."""
    side = side_of(order, actor)
    return [verb for verb in ORDER_CHANGE_LIFE.verbs(change.state, side) if actor.has(*duties(verb, side))]


def cancellation_verbs(actor: Actor, cancellation: Any, order: Any) -> list[str]:
    side = side_of(order, actor)
    stands = CancellationSide.REQUESTER if side is cancellation.requested_by else CancellationSide.ANSWERER
    return [verb for verb in CANCELLATION_LIFE.verbs(cancellation.state, stands) if actor.has(*duties(verb, side))]


def repromise_verbs(actor: Actor, repromise: Any, order: Any) -> list[str]:
    side = side_of(order, actor)
    if order.state not in BOUND_ORDER:
        return []  # all of it has come: no promise is left to decide on
    open_to = [verb for verb in REPROMISE_LIFE.verbs(repromise.state, side) if verb != "repromise_order"]
    return [verb for verb in open_to if actor.has(*duties(verb, side))]


def open_changes(work: UnitOfWork, actor: Actor, side: Side, *states: OrderChangeState, most: int) -> Sequence[Any]:
    """Changes that stand so, of the orders where the actor's firm is on this side."""
    own = order_changes_visible_to(actor).where(
        col(OrderChange.state).in_(states), col(OrderChange.order_id).in_(_orders(actor, side))
    )
    return work.rows(own.order_by(col(OrderChange.id)).limit(most))


def open_cancellations(work: UnitOfWork, actor: Actor, side: Side, *, most: int) -> Sequence[Any]:
    """Cancellations the other side of these orders asked for, and nobody answered."""
    other = Side.SELLER if side is Side.BUYER else Side.BUYER
    own = order_cancellations_visible_to(actor).where(
        col(OrderCancellation.state) == CancellationState.REQUESTED,
        col(OrderCancellation.requested_by) == other,
        col(OrderCancellation.order_id).in_(_orders(actor, side)),
    )
    return work.rows(own.order_by(col(OrderCancellation.id)).limit(most))


def open_repromises(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """New promises that wait for the actor's firm, as the buyer."""
    live = orders_visible_to(actor).where(col(Order.buyer_id) == actor.party_id, col(Order.state).in_(BOUND_ORDER))
    own = repromises_visible_to(actor).where(
        col(Repromise.state) == RepromiseState.WAITING,
        col(Repromise.order_id).in_(live.with_only_columns(col(Order.id))),
    )
    return work.rows(own.order_by(col(Repromise.id)).limit(most))


def _orders(actor: Actor, side: Side) -> Any:
    own = col(Order.buyer_id) if side is Side.BUYER else col(Order.seller_id)
    return orders_visible_to(actor).where(own == actor.party_id).with_only_columns(col(Order.id))
