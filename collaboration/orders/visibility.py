"""An order and all under it are known to its two parties, and to nobody else: not the operator, not officials."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.orders.tables import (
    Order,
    OrderLine,
    OrderLineRevision,
    OrderResponse,
    ResponseLine,
    ResponseSchedule,
    Schedule,
    Tolerance,
)
from kernel.access import Actor, Role, Side, lies_under, seen_by

NOBODY = -1


def orders_visible_to(actor: Actor) -> Select[Order]:
    orders = select(Order)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, orders)
    party = NOBODY if actor.party_id is None else actor.party_id
    own = orders.where(or_(col(Order.buyer_id) == party, col(Order.seller_id) == party))
    if actor.has(Role.GUEST):
        own = own.where(col(Order.id).in_(actor.only_of("Order")))
    return seen_by(actor, own, guests=True)


def side_of(order: Order, actor: Actor) -> Side:
    """On which side of an order, known to be visible to it, an actor stands."""
    if actor.party_id == order.seller_id:
        return Side.SELLER
    return Side.BUYER if actor.party_id == order.buyer_id else Side.SYSTEM


def lines_visible_to(actor: Actor) -> Select[OrderLine]:
    return seen_by(
        actor,
        select(OrderLine).where(lies_under(col(OrderLine.order_id), orders_visible_to(actor), col(Order.id))),
        guests=True,
    )


def schedules_visible_to(actor: Actor) -> Select[Schedule]:
    return seen_by(
        actor,
        select(Schedule).where(lies_under(col(Schedule.line_id), lines_visible_to(actor), col(OrderLine.id))),
        guests=True,
    )


def responses_visible_to(actor: Actor) -> Select[OrderResponse]:
    return seen_by(
        actor,
        select(OrderResponse).where(lies_under(col(OrderResponse.order_id), orders_visible_to(actor), col(Order.id))),
        guests=True,
    )


def response_lines_visible_to(actor: Actor) -> Select[ResponseLine]:
    return seen_by(
        actor,
        select(ResponseLine).where(
            lies_under(col(ResponseLine.response_id), responses_visible_to(actor), col(OrderResponse.id))
        ),
        guests=True,
    )


def response_schedules_visible_to(actor: Actor) -> Select[ResponseSchedule]:
    return seen_by(
        actor,
        select(ResponseSchedule).where(
            lies_under(col(ResponseSchedule.response_line_id), response_lines_visible_to(actor), col(ResponseLine.id))
        ),
        guests=True,
    )


def line_revisions_visible_to(actor: Actor) -> Select[OrderLineRevision]:
    """How a line stood is known to whoever knows its order."""
    under = lies_under(col(OrderLineRevision.order_id), orders_visible_to(actor), col(Order.id))
    return seen_by(actor, select(OrderLineRevision).where(under), guests=True)


def tolerances_visible_to(actor: Actor) -> Select[Tolerance]:
    party = NOBODY if actor.party_id is None else actor.party_id
    own = select(Tolerance).where(or_(col(Tolerance.buyer_id) == party, col(Tolerance.seller_id) == party))
    if actor.has(Role.GUEST):
        pair = actor.only_of("Firm")
        own = own.where(col(Tolerance.buyer_id).in_(pair), col(Tolerance.seller_id).in_(pair))
    return seen_by(actor, own, guests=True)


def tolerance_between(actor: Actor, *, buyer_id: int, seller_id: int) -> Select[Tolerance]:
    """The tolerance of one pair, for either of its firms."""
    pair = (col(Tolerance.buyer_id) == buyer_id, col(Tolerance.seller_id) == seller_id)
    return tolerances_visible_to(actor).where(*pair)
