"""What people ask about goods on the road."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from collaboration.logistics.tables import DespatchAdvice, DespatchLine, ReceiptAdvice, ReceiptLine
from collaboration.logistics.visibility import (
    despatch_advices_visible_to,
    despatch_lines_visible_to,
    receipt_lines_visible_to,
    receipts_visible_to,
)
from kernel.access import Actor
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def despatch_advices(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    return page(work, despatch_advices_visible_to(actor), DespatchAdvice, first=first, after=after)


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
