"""What people ask about orders."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col

from collaboration.orders.decisions import DEAD
from collaboration.orders.lifecycle import ORDER_LIFE, OrderState
from collaboration.orders.tables import (
    Order,
    OrderLine,
    OrderResponse,
    ResponseLine,
    ResponseSchedule,
    Schedule,
    Tolerance,
)
from collaboration.orders.visibility import (
    lines_visible_to,
    orders_visible_to,
    response_lines_visible_to,
    response_schedules_visible_to,
    responses_visible_to,
    schedules_visible_to,
    side_of,
    tolerances_visible_to,
)
from kernel.access import Actor, Role, Side
from kernel.paging import Page, page
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

DUTIES = {
    "respond_to_order": {Role.SALES}, "decide_on_response": {Role.BUYER}, "send_despatch_advice": {Role.SALES},
    "post_receipt": {Role.PLANNER}, "close_short": {Role.BUYER}, "require_documents": {Role.BUYER, Role.QUALITY},
    "submit_document": {Role.SALES}, "review_document": {Role.QUALITY}, "accept_delivery": {Role.BUYER},
}  # fmt: skip
"""Which role does what: what the buttons of a page follow. The verbs check the same roles."""


def orders(
    work: UnitOfWork, actor: Actor, *, states: Collection[OrderState] | None = None, side: Side | None = None,
    partner_id: int | None = None, number: str | None = None, first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """The actor's orders, newest first; ``number`` is sought from its beginning."""
    return page(work, _filtered(actor, states, side, partner_id, number), Order, first=first, after=after)


def _filtered(
    actor: Actor, states: Collection[OrderState] | None, side: Side | None, partner_id: int | None, number: str | None
) -> Any:
    statement = orders_visible_to(actor)
    if states:
        statement = statement.where(col(Order.state).in_(states))
    if side is not None:
        own = col(Order.buyer_id) if side is Side.BUYER else col(Order.seller_id)
        statement = statement.where(own == actor.party_id)
    if partner_id is not None:
        statement = statement.where((col(Order.buyer_id) == partner_id) | (col(Order.seller_id) == partner_id))
    if number:
        statement = statement.where(col(Order.number).startswith(number, autoescape=True))
    return statement


def count_by_state(work: UnitOfWork, actor: Actor, side: Side | None) -> list[tuple[OrderState, int]]:
    """How many of the actor's orders stand where, for the filter's options."""
    statement = _filtered(actor, None, side, None, None).with_only_columns(col(Order.state), func.count())
    counted = dict(work.session.connection().execute(statement.group_by(col(Order.state))))
    return [(state, counted.get(state, 0)) for state in OrderState]


def order(work: UnitOfWork, actor: Actor, order_id: int) -> Order:
    return work.one(orders_visible_to(actor).where(col(Order.id) == order_id))


def order_by_number(work: UnitOfWork, actor: Actor, number: str) -> Order | None:
    """The actor's order of that number; of several (as buyer and as seller) the newest."""
    found = orders_visible_to(actor).where(col(Order.number) == number)
    return work.maybe(found.order_by(col(Order.id).desc()).limit(1))


def orders_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(orders_visible_to(actor).where(col(Order.id).in_(numbers)))


def lines_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    own = lines_visible_to(actor).where(col(OrderLine.order_id).in_(order_ids))
    return work.rows(own.order_by(col(OrderLine.order_id), col(OrderLine.number)))


def lines_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(lines_visible_to(actor).where(col(OrderLine.id).in_(numbers)))


def schedules_of_lines(work: UnitOfWork, actor: Actor, line_ids: Collection[int]) -> Sequence[Any]:
    own = schedules_visible_to(actor).where(col(Schedule.line_id).in_(line_ids))
    return work.rows(own.order_by(col(Schedule.line_id), col(Schedule.number)))


def schedules_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(schedules_visible_to(actor).where(col(Schedule.id).in_(numbers)))


def responses_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    own = responses_visible_to(actor).where(col(OrderResponse.order_id).in_(order_ids))
    return work.rows(own.order_by(col(OrderResponse.order_id), col(OrderResponse.number)))


def responses_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(responses_visible_to(actor).where(col(OrderResponse.id).in_(numbers)))


def response_lines_of(work: UnitOfWork, actor: Actor, response_ids: Collection[int]) -> Sequence[Any]:
    own = response_lines_visible_to(actor).where(col(ResponseLine.response_id).in_(response_ids))
    return work.rows(own.order_by(col(ResponseLine.id)))


def response_schedules_of(work: UnitOfWork, actor: Actor, line_ids: Collection[int]) -> Sequence[Any]:
    own = response_schedules_visible_to(actor).where(col(ResponseSchedule.response_line_id).in_(line_ids))
    return work.rows(own.order_by(col(ResponseSchedule.id)))


def tolerances(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    return page(work, tolerances_visible_to(actor), Tolerance, first=first, after=after)


def open_verbs(actor: Actor, state: OrderState, side: Side) -> list[str]:
    """What this person may do to an order now: the buttons of its page."""
    return [verb for verb in ORDER_LIFE.verbs(state, side) if actor.has(*DUTIES[verb])]


def side(order: Any, actor: Actor) -> Side:
    return side_of(order, actor)


def total_of(lines: Sequence[Any]) -> Decimal:
    """Quantity times unit price, summed over the lines that are not rejected or cancelled, exact to 6 places."""
    total = sum((line.quantity * line.unit_price for line in lines if line.state not in DEAD), ZERO)
    return round(total, 6) if total else ZERO


def response_lines_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(response_lines_visible_to(actor).where(col(ResponseLine.id).in_(numbers)))


def tolerances_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(tolerances_visible_to(actor).where(col(Tolerance.id).in_(numbers)))
