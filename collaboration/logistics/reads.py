"""What people ask about goods on the road."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from collaboration.logistics.lifecycle import DESPATCH_LIFE, DespatchState
from collaboration.logistics.tables import DespatchAdvice, DespatchLine, ReceiptAdvice, ReceiptLine
from collaboration.logistics.visibility import (
    despatch_advices_visible_to,
    despatch_lines_visible_to,
    receipt_lines_visible_to,
    receipts_visible_to,
)
from collaboration.orders.reads import DUTIES
from kernel.access import Actor, Role, Side
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def despatch_advices(
    work: UnitOfWork, actor: Actor, *, states: Collection[DespatchState] | None = None, side: Side | None = None,
    first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """Goods on the way to or from the actor's firm, newest first."""
    statement = despatch_advices_visible_to(actor)
    if states:
        statement = statement.where(col(DespatchAdvice.state).in_(states))
    if side is not None:
        own = col(DespatchAdvice.buyer_id) if side is Side.BUYER else col(DespatchAdvice.seller_id)
        statement = statement.where(own == actor.party_id)
    return page(work, statement, DespatchAdvice, first=first, after=after)


def side_of(advice: Any, actor: Actor) -> Side:
    """On which side of a delivery, known to be visible to it, an actor stands."""
    return Side.BUYER if actor.party_id == advice.buyer_id else Side.SELLER


def open_verbs(actor: Actor, state: DespatchState, side: Side) -> list[str]:
    """What this person may do to a delivery now: the buttons of its page."""
    return [verb for verb in DESPATCH_LIFE.verbs(state, side) if actor.has(*DUTIES[verb])]


def reserved_verbs(actor: Actor, state: DespatchState, side: Side) -> list[tuple[str, list[Role]]]:
    """What this person's firm may do now and the person may not: each verb with the roles that may."""
    return [(v, sorted(DUTIES[v])) for v in DESPATCH_LIFE.verbs(state, side) if not actor.has(*DUTIES[v])]


def advices_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(despatch_advices_visible_to(actor).where(col(DespatchAdvice.id).in_(numbers)))


def advices_of_order(work: UnitOfWork, actor: Actor, order_id: int, *, first: int | None, after: str | None) -> Page:
    lines = despatch_lines_visible_to(actor).where(col(DespatchLine.order_id) == order_id)
    own = despatch_advices_visible_to(actor).where(
        col(DespatchAdvice.id).in_(lines.with_only_columns(col(DespatchLine.advice_id)))
    )
    return page(work, own, DespatchAdvice, first=first, after=after, newest=False)


def despatch_lines_of(work: UnitOfWork, actor: Actor, advice_ids: Collection[int]) -> Sequence[Any]:
    own = despatch_lines_visible_to(actor).where(col(DespatchLine.advice_id).in_(advice_ids))
    return work.rows(own.order_by(col(DespatchLine.id)))


def despatch_lines_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(despatch_lines_visible_to(actor).where(col(DespatchLine.id).in_(numbers)))


def receipts_of(work: UnitOfWork, actor: Actor, advice_ids: Collection[int]) -> Sequence[Any]:
    own = receipts_visible_to(actor).where(col(ReceiptAdvice.advice_id).in_(advice_ids))
    return work.rows(own.order_by(col(ReceiptAdvice.id)))


def receipts_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(receipts_visible_to(actor).where(col(ReceiptAdvice.id).in_(numbers)))


def receipt_lines_of(work: UnitOfWork, actor: Actor, receipt_ids: Collection[int]) -> Sequence[Any]:
    own = receipt_lines_visible_to(actor).where(col(ReceiptLine.receipt_id).in_(receipt_ids))
    return work.rows(own.order_by(col(ReceiptLine.id)))


def despatch_lines_of_schedules(work: UnitOfWork, actor: Actor, schedule_ids: Collection[int]) -> Sequence[Any]:
    own = despatch_lines_visible_to(actor).where(col(DespatchLine.schedule_id).in_(schedule_ids))
    return work.rows(own.order_by(col(DespatchLine.id)))


def receipts_of_lines(work: UnitOfWork, actor: Actor, despatch_line_ids: Collection[int]) -> Sequence[Any]:
    """What was counted of despatch lines."""
    own = receipt_lines_visible_to(actor).where(col(ReceiptLine.despatch_line_id).in_(despatch_line_ids))
    return work.rows(own.order_by(col(ReceiptLine.id)))
