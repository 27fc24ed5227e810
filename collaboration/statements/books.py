"""The books a statement rests on: what was received, had come already, was credited, and what other statements hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import or_
from sqlmodel import col

from collaboration.logistics.reads import advices_by_id, despatch_lines_by_id, receipts_by_id
from collaboration.logistics.tables import ReceiptAdvice, ReceiptLine
from collaboration.logistics.visibility import receipt_lines_visible_to, receipts_visible_to
from collaboration.orders.reads import lines_by_id, response_schedules_of, responses_by_id
from collaboration.orders.tables import LineAnswer, Order, OrderLine, OrderLineRevision, ResponseLine, Verdict
from collaboration.orders.visibility import (
    line_revisions_visible_to,
    lines_visible_to,
    orders_visible_to,
    response_lines_visible_to,
)
from collaboration.settlement.reads import invoices_by_id
from collaboration.settlement.reads import lines_by_id as invoice_lines_by_id
from collaboration.settlement.tables import CreditNote, CreditNoteLine
from collaboration.settlement.visibility import credit_note_lines_visible_to, credit_notes_visible_to
from collaboration.statements.tables import Statement, StatementLine, StatementSource
from collaboration.statements.visibility import statement_lines_visible_to, statements_visible_to
from kernel.access import SYSTEM
from kernel.quantities import ZERO
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class Pair:
    """Two firms and a currency: what a statement is between."""

    buyer_id: int
    seller_id: int
    currency: str


def pair_of(statement: Any) -> Pair:
    return Pair(statement.buyer_id, statement.seller_id, statement.currency)


@dataclass(frozen=True)
class Booked:
    """One thing in the books. ``unit_price`` and ``line_amount`` where the document itself says them."""

    source: StatementSource
    source_id: int
    happened_at: datetime
    reference: str
    order_line_id: int
    accepted: Decimal = ZERO
    rejected: Decimal = ZERO
    credited: Decimal = ZERO
    unit_price: Decimal | None = None
    line_amount: Decimal | None = None


def received(
    work: UnitOfWork, pair: Pair, *, begins: datetime, ends: datetime, also: Collection[int]
) -> Iterable[Booked]:
    """Lines the buyer counted in the span, and those of these numbers whenever that was."""
    posted = receipts_visible_to(SYSTEM).where(
        col(ReceiptAdvice.buyer_id) == pair.buyer_id, col(ReceiptAdvice.seller_id) == pair.seller_id,
        col(ReceiptAdvice.posted_at) >= begins, col(ReceiptAdvice.posted_at) < ends,
    )  # fmt: skip
    lines = receipt_lines_visible_to(SYSTEM).where(
        or_(
            col(ReceiptLine.receipt_id).in_(posted.with_only_columns(col(ReceiptAdvice.id))),
            col(ReceiptLine.id).in_(also),
        )
    )
    rows = [row for row in work.rows(lines) if row.accepted or row.rejected]
    receipts = {r.id: r for r in receipts_by_id(work, SYSTEM, {row.receipt_id for row in rows})}
    sent = {x.id: x for x in despatch_lines_by_id(work, SYSTEM, {row.despatch_line_id for row in rows})}
    advices = {a.id: a for a in advices_by_id(work, SYSTEM, {x.advice_id for x in sent.values()})}
    for row in rows:
        despatched = sent[row.despatch_line_id]
        yield Booked(
            StatementSource.RECEIPT, row.id, receipts[row.receipt_id].posted_at, advices[despatched.advice_id].number,
            despatched.line_id, row.accepted, row.rejected,
        )  # fmt: skip


def delivered(
    work: UnitOfWork, pair: Pair, *, begins: datetime, ends: datetime, also: Collection[int]
) -> Iterable[Booked]:
    """What the buyer agreed had come already: no receipt tells of it. It happened when that was agreed."""
    orders = _orders(pair).with_only_columns(col(Order.id))
    lines = lines_visible_to(SYSTEM).where(col(OrderLine.order_id).in_(orders)).with_only_columns(col(OrderLine.id))
    answered = response_lines_visible_to(SYSTEM).where(
        col(ResponseLine.answer) == LineAnswer.ALREADY_DELIVERED, col(ResponseLine.verdict) == Verdict.ACCEPTED,
        col(ResponseLine.line_id).in_(lines),
    )  # fmt: skip
    rows = work.rows(answered)
    responses = {r.id: r for r in responses_by_id(work, SYSTEM, {row.response_id for row in rows})}
    came: dict[int, Decimal] = {}
    for day in response_schedules_of(work, SYSTEM, [row.id for row in rows]):
        came[day.response_line_id] = came.get(day.response_line_id, ZERO) + day.quantity
    revisions = revisions_of(work, {row.line_id for row in rows})
    for row in rows:
        response = responses[row.response_id]
        agreed_at = next(
            (r.at for r in revisions.get(row.line_id, ()) if r.agreed and r.version > response.answered_version),
            response.answered_at,
        )
        if begins <= agreed_at < ends or row.id in also:
            yield Booked(
                StatementSource.DELIVERED, row.id, agreed_at, f"{response.number}", row.line_id, came.get(row.id, ZERO),
                unit_price=row.unit_price,
            )  # fmt: skip


def credited(
    work: UnitOfWork, pair: Pair, *, begins: datetime, ends: datetime, also: Collection[int]
) -> Iterable[Booked]:
    """Lines of credit notes issued in the span, of invoice lines that name an order line."""
    notes = credit_notes_visible_to(SYSTEM).where(
        col(CreditNote.buyer_id) == pair.buyer_id, col(CreditNote.seller_id) == pair.seller_id,
        col(CreditNote.issued_at) >= begins, col(CreditNote.issued_at) < ends,
    )  # fmt: skip
    lines = credit_note_lines_visible_to(SYSTEM).where(
        or_(
            col(CreditNoteLine.credit_note_id).in_(notes.with_only_columns(col(CreditNote.id))),
            col(CreditNoteLine.id).in_(also),
        )
    )
    rows = work.rows(lines)
    heads = work.rows(
        credit_notes_visible_to(SYSTEM).where(col(CreditNote.id).in_({row.credit_note_id for row in rows}))
    )
    known = {note.id: note for note in heads}
    invoiced = {x.id: x for x in invoice_lines_by_id(work, SYSTEM, {row.invoice_line_id for row in rows})}
    invoices = {i.id: i for i in invoices_by_id(work, SYSTEM, {note.invoice_id for note in heads})}
    for row in rows:
        note, line = known[row.credit_note_id], invoiced[row.invoice_line_id]
        if line.order_line_id is not None and invoices[note.invoice_id].currency == pair.currency:
            yield Booked(
                StatementSource.CREDIT_NOTE, row.id, note.issued_at, note.number, line.order_line_id,
                credited=row.quantity, unit_price=line.unit_price, line_amount=row.line_amount,
            )  # fmt: skip


def _orders(pair: Pair) -> Any:
    return orders_visible_to(SYSTEM).where(
        col(Order.buyer_id) == pair.buyer_id, col(Order.seller_id) == pair.seller_id,
        col(Order.currency) == pair.currency,
    )  # fmt: skip


def ordered(work: UnitOfWork, pair: Pair, line_ids: Collection[int]) -> tuple[dict[int, Any], dict[int, Any]]:
    """(order line, order) of these lines by their numbers, those of the pair's currency alone."""
    lines = {line.id: line for line in lines_by_id(work, SYSTEM, line_ids)}
    own = _orders(pair).where(col(Order.id).in_({line.order_id for line in lines.values()}))
    orders = {order.id: order for order in work.rows(own)}
    return {number: line for number, line in lines.items() if line.order_id in orders}, orders


def revisions_of(work: UnitOfWork, line_ids: Collection[int]) -> Mapping[int, list[Any]]:
    """Order line -> how it stood from version to version, oldest first."""
    own = line_revisions_visible_to(SYSTEM).where(col(OrderLineRevision.line_id).in_(line_ids))
    found: dict[int, list[Any]] = {}
    for row in work.rows(own.order_by(col(OrderLineRevision.line_id), col(OrderLineRevision.version))):
        found.setdefault(row.line_id, []).append(row)
    return found


def _statements(pair: Pair) -> Any:
    return statements_visible_to(SYSTEM).where(
        col(Statement.buyer_id) == pair.buyer_id, col(Statement.seller_id) == pair.seller_id,
        col(Statement.currency) == pair.currency,
    )  # fmt: skip


def statements_touching(pair: Pair, since: date, until: date) -> Any:
    """The query of a pair's statements, drafts and withdrawn ones too, of periods that share a day with this one."""
    return _statements(pair).where(col(Statement.period_from) <= until, col(Statement.period_until) >= since)


def _lines(pair: Pair, leaving_out: int) -> Any:
    own = _statements(pair).where(col(Statement.id) != leaving_out)
    return statement_lines_visible_to(SYSTEM).where(
        col(StatementLine.statement_id).in_(own.with_only_columns(col(Statement.id)))
    )


def held(work: UnitOfWork, pair: Pair, *, at: datetime, leaving_out: int) -> Sequence[Any]:
    """Lines that counted at an instant in another statement sent before it."""
    sent = statements_visible_to(SYSTEM).where(col(Statement.sent_at) <= at).with_only_columns(col(Statement.id))
    return work.rows(
        _lines(pair, leaving_out).where(
            col(StatementLine.statement_id).in_(sent),
            or_(col(StatementLine.released_at).is_(None), col(StatementLine.released_at) > at),
        )
    )


def set_aside(work: UnitOfWork, pair: Pair, *, before: datetime, leaving_out: int) -> Sequence[Any]:
    """Lines other statements set aside by then, oldest first."""
    found = _lines(pair, leaving_out).where(col(StatementLine.is_set_aside), col(StatementLine.released_at) <= before)
    return work.rows(found.order_by(col(StatementLine.id)))
