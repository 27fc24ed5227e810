"""What people ask about required documents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlmodel import col

from collaboration.orders.lifecycle import OrderState
from collaboration.orders.reads import open_verbs as order_verbs
from collaboration.orders.reads import order
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from delivery.requirements.decisions import DUE_SOON_DAYS
from delivery.requirements.lifecycle import REQUIREMENT_LIFE, RequirementState
from delivery.requirements.tables import DocumentRequirement
from delivery.requirements.visibility import requirements_visible_to
from kernel.access import Actor, Side
from kernel.errors import Invalid
from kernel.paging import Page, checked_first, place_of
from kernel.work import UnitOfWork

DEAD_ORDERS = (OrderState.REJECTED, OrderState.CANCELLED)
"""Their documents are owed by nobody any more."""


@dataclass(frozen=True)
class DocumentCounts:
    """Required documents of orders that live: each is in one of the three states; overdue and due soon are not satisfied."""

    required: int
    submitted: int
    satisfied: int
    overdue: int
    due_soon: int


def requirements(work: UnitOfWork, actor: Actor, order_id: int) -> Sequence[Any]:
    """All required documents of one order, at most 500 by rule. Raises NotFound for a hidden order."""
    order(work, actor, order_id)
    return requirements_of_orders(work, actor, [order_id])


def requirements_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    own = requirements_visible_to(actor).where(col(DocumentRequirement.order_id).in_(order_ids))
    return work.rows(own.order_by(col(DocumentRequirement.order_id), col(DocumentRequirement.id)))


def requirements_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(requirements_visible_to(actor).where(col(DocumentRequirement.id).in_(numbers)))


def all_requirements(
    work: UnitOfWork, actor: Actor, *, states: Collection[RequirementState] | None, overdue: bool | None,
    due_until: date | None, side: Side | None, today: date, first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """Required documents of all orders that live, first what is due first. Raises Invalid for a foreign cursor."""
    wanted = _of_living_orders(actor, side)
    if states:
        wanted = wanted.where(col(DocumentRequirement.state).in_(states))
    if overdue is not None:
        late = _overdue(today)
        wanted = wanted.where(late if overdue else ~late)
    if due_until is not None:
        wanted = wanted.where(col(DocumentRequirement.due_on) <= due_until)
    size, place = checked_first(first), place_of(after)
    beyond = wanted if place is None else wanted.where(_behind(work, actor, place))
    ordered = beyond.order_by(col(DocumentRequirement.due_on), col(DocumentRequirement.id)).limit(size + 1)
    rows = work.rows(ordered)
    return Page(rows[:size], len(rows) > size, place is not None, wanted)


def count_requirements(work: UnitOfWork, actor: Actor, *, side: Side | None, today: date) -> DocumentCounts:
    """How many required documents stand where, over all orders that live."""
    soon = and_(
        _open(), col(DocumentRequirement.due_on) >= today,
        col(DocumentRequirement.due_on) <= today + timedelta(days=DUE_SOON_DAYS),
    )  # fmt: skip
    conditions = (*(col(DocumentRequirement.state) == state for state in RequirementState), _overdue(today), soon)
    counted = _of_living_orders(actor, side).with_only_columns(
        *(func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in conditions)
    )
    return DocumentCounts(*(int(n) for n in work.session.connection().execute(counted).one()))


def open_verbs(actor: Actor, requirement: Any, order_row: Any, side: Side) -> list[str]:
    """What this person may do for a requirement now: open to its side, in its state and in its order's."""
    allowed = order_verbs(actor, order_row, side)
    return [verb for verb in REQUIREMENT_LIFE.verbs(requirement.state, side) if verb in allowed]


def _of_living_orders(actor: Actor, side: Side | None) -> Select[DocumentRequirement]:
    orders = orders_visible_to(actor).where(col(Order.state).not_in(DEAD_ORDERS))
    if side is not None:
        orders = orders.where((col(Order.buyer_id) if side is Side.BUYER else col(Order.seller_id)) == actor.party_id)
    return requirements_visible_to(actor).where(
        col(DocumentRequirement.order_id).in_(orders.with_only_columns(col(Order.id)))
    )


def _open() -> ColumnElement[bool]:
    return col(DocumentRequirement.state) != RequirementState.SATISFIED


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(_open(), col(DocumentRequirement.due_on) < today)


def _behind(work: UnitOfWork, actor: Actor, place: int) -> ColumnElement[bool]:
    """What stands after the row of a cursor. A requirement keeps its day, so its place in the list stays."""
    last = work.maybe(requirements_visible_to(actor).where(col(DocumentRequirement.id) == place))
    if last is None:
        raise Invalid("after", "this cursor is none of this list; begin without it", "游标无效，请从第一页开始")
    same_day = and_(col(DocumentRequirement.due_on) == last.due_on, col(DocumentRequirement.id) > place)
    return or_(col(DocumentRequirement.due_on) > last.due_on, same_day)


def due_between(
    work: UnitOfWork, actor: Actor, *, since: date, before: date, after_id: int, most: int
) -> Sequence[Any]:
    """Required documents of orders that came to be, due from a day and before another, by number."""
    own = requirements_visible_to(actor).where(
        col(DocumentRequirement.due_on) >= since, col(DocumentRequirement.due_on) < before,
        col(DocumentRequirement.id) > after_id, col(DocumentRequirement.order_id).in_(_agreed(actor)),
    )  # fmt: skip
    return work.rows(own.order_by(col(DocumentRequirement.id)).limit(most))


def _agreed(actor: Actor) -> Select[int | None]:
    states = {OrderState.CONFIRMED, OrderState.IN_DELIVERY, OrderState.DELIVERED, OrderState.ACCEPTED}
    return orders_visible_to(actor).where(col(Order.state).in_(states)).with_only_columns(col(Order.id))
