"""Judge invoice lines by what is in the books now: at submission, and again whenever receipts, orders or invoices change."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from collaboration.orders.decisions import UNBOUND
from collaboration.orders.tables import Order, OrderLine, Schedule
from collaboration.orders.visibility import lines_visible_to, orders_visible_to, schedules_visible_to
from collaboration.settlement.events import InvoiceMatched
from collaboration.settlement.judging import PASSING, Agreed, Allowed, Claim, Judgement, judge_all
from collaboration.settlement.lifecycle import APPROVED, WAITING
from collaboration.settlement.tables import Invoice, InvoiceLine, InvoiceRelease, MatchOutcome, SettlementTerms
from collaboration.settlement.visibility import (
    invoice_lines_visible_to,
    invoice_releases_visible_to,
    invoices_visible_to,
    settlement_terms_visible_to,
)
from kernel.access import SYSTEM
from kernel.quantities import ZERO
from kernel.work import UnitOfWork


def lock_orders(work: UnitOfWork, order_ids: Collection[int]) -> None:
    """Whoever counts accepted goods of an order does so alone."""
    own = orders_visible_to(SYSTEM).where(col(Order.id).in_(order_ids))
    work.all(own.order_by(col(Order.id)), lock=True)


def terms_between(work: UnitOfWork, *, buyer_id: int, seller_id: int) -> SettlementTerms | None:
    """How the buyer matches this seller's invoices: its own row, else the one for all. The seller is never shown it."""
    own = settlement_terms_visible_to(SYSTEM).where(col(SettlementTerms.buyer_id) == buyer_id)
    rows = {row.seller_id: row for row in work.all(own.where(
        col(SettlementTerms.seller_id).is_(None) | (col(SettlementTerms.seller_id) == seller_id)
    ))}  # fmt: skip
    return rows.get(seller_id, rows.get(None))


def allowed_by(terms: SettlementTerms | None, currency: str) -> Allowed:
    """An absolute in another currency tolerates nothing."""
    if terms is None:
        return Allowed()
    absolute = terms.price_absolute
    return Allowed(
        terms.quantity_percent, terms.quantity_absolute, terms.price_percent,
        absolute if absolute is None or terms.currency == currency else ZERO, terms.tax_percent,
    )  # fmt: skip


def rematch_orders(work: UnitOfWork, order_ids: Collection[int]) -> None:
    """Receipts or terms of these orders changed: judge every invoice line of theirs that waits. Safe to run twice."""
    lock_orders(work, order_ids)
    own = invoice_lines_visible_to(SYSTEM).where(col(InvoiceLine.order_id).in_(order_ids))
    match_lines(work, {line.order_line_id for line in work.rows(own) if line.order_line_id is not None})


def rematch_by_terms(work: UnitOfWork, *, terms_id: int) -> None:
    """A buyer matches otherwise from now on: judge what waits of it, of one seller or of all. Safe to run twice."""
    terms = work.one(settlement_terms_visible_to(SYSTEM).where(col(SettlementTerms.id) == terms_id))
    waiting = invoices_visible_to(SYSTEM).where(
        col(Invoice.buyer_id) == terms.buyer_id, col(Invoice.state).in_(WAITING)
    )
    if terms.seller_id is not None:
        waiting = waiting.where(col(Invoice.seller_id) == terms.seller_id)
    lines = invoice_lines_visible_to(SYSTEM).where(
        col(InvoiceLine.invoice_id).in_(waiting.with_only_columns(col(Invoice.id))),
        col(InvoiceLine.order_id).is_not(None),
    )
    rematch_orders(work, {line.order_id for line in work.rows(lines)})


def match_lines(work: UnitOfWork, order_line_ids: Collection[int], *, telling: int | None = None) -> None:
    """Judge every waiting invoice line of these order lines, whose orders the caller has locked.

    ``telling``: an invoice whose own act tells what became of its lines.
    """
    found = invoice_lines_visible_to(SYSTEM).where(col(InvoiceLine.order_line_id).in_(order_line_ids))
    lines = work.all(found.order_by(col(InvoiceLine.id)), lock=True)
    heads = invoices_visible_to(SYSTEM).where(
        col(Invoice.id).in_({line.invoice_id for line in lines}), col(Invoice.state).in_(WAITING | APPROVED)
    )
    invoices = {invoice.id: invoice for invoice in work.all(heads.order_by(col(Invoice.id)), lock=True)}
    agreed = _agreed(work, order_line_ids)
    terms = {
        pair: terms_between(work, buyer_id=pair[0], seller_id=pair[1])
        for pair in {(head.buyer_id, head.seller_id) for head in invoices.values()}
    }
    by_order_line: dict[int, list[InvoiceLine]] = {}
    for line in lines:
        if line.order_line_id is not None and line.invoice_id in invoices:
            by_order_line.setdefault(line.order_line_id, []).append(line)
    changed: dict[int, list[InvoiceLine]] = {}
    for order_line_id, own in sorted(by_order_line.items()):
        head = invoices[own[0].invoice_id]
        judged = judge_all(
            [_claim(line, invoices[line.invoice_id]) for line in own], agreed.get(order_line_id),
            allowed_by(terms[head.buyer_id, head.seller_id], head.currency),
        )  # fmt: skip
        for line in own:
            if line.id in judged and write(line, judged[line.id]):
                changed.setdefault(line.invoice_id, []).append(line)
    for invoice_id, moved in changed.items():
        lapse(work, moved)
        invoice = invoices[invoice_id]
        if invoice_id != telling:
            invoice.version += 1
            blocked = sum(line.outcome not in PASSING for line in moved)
            numbers = tuple(sorted(line.number for line in moved))
            work.record(InvoiceMatched(invoice_id=invoice_id, lines=numbers, blocked=blocked))


def _claim(line: InvoiceLine, invoice: Invoice) -> Claim:
    assert line.id is not None and invoice.submitted_at is not None
    return Claim(
        line.id, line.quantity - line.credited_quantity, line.unit_price, line.tax_percent,
        invoice.state in APPROVED, invoice.submitted_at,
    )  # fmt: skip


def _agreed(work: UnitOfWork, order_line_ids: Collection[int]) -> dict[int, Agreed]:
    """Order line -> what both are bound by; none for one that binds nobody and of which nothing was accepted."""
    accepted: dict[int, Any] = dict.fromkeys(order_line_ids, ZERO)
    for schedule in work.all(schedules_visible_to(SYSTEM).where(col(Schedule.line_id).in_(order_line_ids)), lock=True):
        accepted[schedule.line_id] += schedule.accepted
    lines = work.all(lines_visible_to(SYSTEM).where(col(OrderLine.id).in_(order_line_ids)), lock=True)
    return {
        line.id: Agreed(line.unit_price, accepted[line.id])
        for line in lines if line.id is not None and (line.state not in UNBOUND or accepted[line.id])
    }  # fmt: skip


def write(line: InvoiceLine, judged: Judgement) -> bool:
    """Whether the line was judged otherwise before."""
    told = [word.value for word in judged.blocked_by]
    after = (judged.outcome, told, judged.accepted, judged.invoiced_before, judged.agreed_price)
    before = (line.outcome, line.blocked_by, line.accepted, line.invoiced_before, line.agreed_price)
    line.outcome, line.blocked_by, line.accepted, line.invoiced_before, line.agreed_price = after
    return before != after


def lapse(work: UnitOfWork, lines: Sequence[InvoiceLine]) -> None:
    """What was released was released as it was judged then."""
    own = invoice_releases_visible_to(SYSTEM).where(
        col(InvoiceRelease.line_id).in_([line.id for line in lines]), col(InvoiceRelease.lapsed_at).is_(None)
    )
    for release in work.all(own, lock=True):
        release.lapsed_at = work.now


NO_ORDER = Judgement(MatchOutcome.NO_ORDER, (MatchOutcome.NO_ORDER,), ZERO, ZERO, None)
"""Of a line that names no order line."""
