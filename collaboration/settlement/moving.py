"""What every act on a submitted invoice shares: lock its orders, find it, and check version, state and side."""

from sqlmodel import col

from collaboration.settlement.lifecycle import INVOICE_LIFE, InvoiceState
from collaboration.settlement.matching import lock_orders
from collaboration.settlement.tables import Invoice, InvoiceLine
from collaboration.settlement.visibility import invoice_lines_visible_to, invoices_visible_to, side_of
from kernel.access import Actor
from kernel.errors import Stale
from kernel.work import UnitOfWork


def invoice_to_move(
    work: UnitOfWork, actor: Actor, invoice_id: int, expected_version: int, *, verb: str, outcome: str = ""
) -> tuple[Invoice, InvoiceState]:
    """The invoice, locked, and the state that follows. Raises NotFound, Stale, NotAllowedNow in that order.

    Its orders are locked before it, as whoever matches does: the other way round two acts would wait for each other.
    """
    own = work.rows(invoice_lines_visible_to(actor).where(col(InvoiceLine.invoice_id) == invoice_id))
    lock_orders(work, {line.order_id for line in own if line.order_id is not None})
    invoice = work.one(invoices_visible_to(actor).where(col(Invoice.id) == invoice_id), lock=True, field="invoiceId")
    if invoice.version != expected_version:
        raise Stale(invoice.version)
    after = INVOICE_LIFE.after(invoice.state, verb, by=side_of(invoice, actor), outcome=outcome)
    invoice.version += 1
    return invoice, after


def lines_of(work: UnitOfWork, actor: Actor, invoice_id: int) -> list[InvoiceLine]:
    own = invoice_lines_visible_to(actor).where(col(InvoiceLine.invoice_id) == invoice_id)
    return list(work.all(own.order_by(col(InvoiceLine.number)), lock=True))


def invoice_of(work: UnitOfWork, actor: Actor, invoice_id: int) -> Invoice:
    """The invoice as it stands within this act."""
    return work.one(invoices_visible_to(actor).where(col(Invoice.id) == invoice_id))
