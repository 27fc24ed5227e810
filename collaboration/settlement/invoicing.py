"""The seller writes an invoice and hands it over; the system matches it at once."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col

from chain.firms.verbs import partner
from chain.working_hours.reads import calendars
from collaboration.logistics.tables import DespatchLine
from collaboration.logistics.visibility import despatch_lines_visible_to
from collaboration.orders.tables import Order, OrderLine
from collaboration.orders.visibility import lines_visible_to, orders_visible_to
from collaboration.settlement import decisions
from collaboration.settlement.decisions import LineReckoned
from collaboration.settlement.events import InvoiceDiscarded, InvoiceDrafted, InvoiceSubmitted
from collaboration.settlement.forms import InvoicedLine, InvoiceGiven, Origin
from collaboration.settlement.judging import PASSING
from collaboration.settlement.lifecycle import INVOICE_LIFE
from collaboration.settlement.matching import NO_ORDER, lock_orders, match_lines, terms_between, write
from collaboration.settlement.tables import Invoice, InvoiceLine
from collaboration.settlement.visibility import invoice_lines_visible_to, invoices_visible_to
from kernel.access import Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotFound, Stale
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

Places = dict[int, OrderLine]
"""Position in what was given -> the order line it names."""


def draft_invoice(
    work: UnitOfWork, actor: Actor, given: InvoiceGiven, *, invoice_id: int | None = None,
    expected_version: int | None = None,
) -> Invoice:  # fmt: skip
    """Keep an invoice to be handed over later, known to the seller's firm alone. Raises NotFound, NotAllowedNow, Invalid, Stale."""
    require(actor, Role.SALES)
    invoice, _lines = _written(work, actor, given, "draft_invoice", invoice_id, expected_version)
    assert invoice.id is not None
    work.record(InvoiceDrafted(invoice_id=invoice.id, number=invoice.number))
    return invoice


def discard_invoice(work: UnitOfWork, actor: Actor, *, invoice_id: int, expected_version: int) -> str:
    """Throw a draft away: its number and what it was for are free again. Its number. Raises NotFound, Stale, NotAllowedNow."""
    require(actor, Role.SALES)
    invoice = _draft(work, actor, invoice_id, expected_version, "discard_invoice")
    _drop_lines(work, actor, invoice)
    work.session.delete(invoice)
    work.session.flush()
    work.record(InvoiceDiscarded(invoice_id=invoice_id, number=invoice.number))
    return invoice.number


def _drop_lines(work: UnitOfWork, actor: Actor, invoice: Invoice) -> None:
    for old in work.all(invoice_lines_visible_to(actor).where(col(InvoiceLine.invoice_id) == invoice.id)):
        work.session.delete(old)
    work.session.flush()


def submit_invoice(
    work: UnitOfWork, actor: Actor, given: InvoiceGiven, *, invoice_id: int | None = None,
    expected_version: int | None = None, origin: Origin | None = None,
) -> Invoice:  # fmt: skip
    """Hand an invoice over, a new one or what a draft has become; each line is matched at once.

    origin: what it was made from. Raises NotFound, NotAllowedNow, Invalid naming line and field, Stale.
    """
    require(actor, Role.SALES)
    invoice, lines = _written(work, actor, given, "submit_invoice", invoice_id, expected_version)
    assert invoice.id is not None
    invoice.state = INVOICE_LIFE.after(invoice.state, "submit_invoice", by=Side.SELLER)
    invoice.submitted_at = work.now
    working = calendars(work, [invoice.buyer_id])[invoice.buyer_id]
    invoice.answer_due_on = decisions.first_answer_due(today_of(work.now), lambda day: bool(working.spans_on(day)))
    terms = terms_between(work, buyer_id=invoice.buyer_id, seller_id=invoice.seller_id)
    invoice.held_percent = ZERO if terms is None else terms.held_percent
    if origin is not None:
        invoice.origin_kind, invoice.origin_id = origin.kind, origin.number
    work.session.flush()
    for line in lines:
        if line.order_line_id is None:
            write(line, NO_ORDER)
    match_lines(work, {line.order_line_id for line in lines if line.order_line_id is not None}, telling=invoice.id)
    blocked = sum(line.outcome not in PASSING for line in lines)
    work.record(InvoiceSubmitted(invoice_id=invoice.id, number=invoice.number, lines=len(lines), blocked=blocked))
    return invoice


def _written(
    work: UnitOfWork, actor: Actor, given: InvoiceGiven, verb: str, invoice_id: int | None, expected_version: int | None
) -> tuple[Invoice, Sequence[InvoiceLine]]:
    """The invoice as it is said now, its orders locked."""
    found = None if invoice_id is None else _draft(work, actor, invoice_id, expected_version, verb)
    reckoned = decisions.check_given(given, today_of(work.now))
    if partner(work, actor, given.buyer_id, field="buyerId").id == actor.party_id:
        raise Invalid("buyerId", "a firm sends no invoice to itself", "不能向本单位开票")
    places = _order_lines(work, actor, given)
    _check_number(work, actor, given, invoice_id)
    assert actor.party_id is not None
    totals = decisions.totals_of(reckoned)
    said: dict[str, Any] = vars(totals) | {
        "number": given.number.strip(), "buyer_id": given.buyer_id, "issued_on": given.issued_on, "due_on": given.due_on,
        "currency": given.currency, "payment_terms": given.payment_terms.strip(), "note": given.note.strip(),
        "fapiao_number": given.fapiao_number, "fapiao_type": given.fapiao_type,
    }  # fmt: skip
    if found is None:
        found = work.add(Invoice(seller_id=actor.party_id, made_at=work.now, **said))
    else:
        for name, value in said.items():
            setattr(found, name, value)
        found.version += 1
        _drop_lines(work, actor, found)
    lines = [_line(found, one, reckoned[n], places.get(n)) for n, one in enumerate(given.lines)]
    work.session.add_all(lines)
    work.session.flush()
    return found, lines


def _draft(work: UnitOfWork, actor: Actor, invoice_id: int, expected_version: int | None, verb: str) -> Invoice:
    """Raises NotFound, Stale, NotAllowedNow in that order."""
    own = invoices_visible_to(actor).where(col(Invoice.id) == invoice_id, col(Invoice.seller_id) == actor.party_id)
    found = work.one(own, lock=True, field="invoiceId")
    if found.version != expected_version:
        raise Stale(found.version)
    INVOICE_LIFE.after(found.state, verb, by=Side.SELLER)
    return found


def _line(invoice: Invoice, one: InvoicedLine, reckoned: LineReckoned, ordered: OrderLine | None) -> InvoiceLine:
    assert invoice.id is not None
    return InvoiceLine(
        invoice_id=invoice.id, number=one.number, order_id=ordered.order_id if ordered else None, order_line_id=one.order_line_id,
        despatch_line_id=one.despatch_line_id, description=one.description.strip(),
        unit=ordered.unit if ordered else one.unit or "", quantity=one.quantity, unit_price=one.unit_price,
        line_amount=reckoned.line_amount, tax_category=reckoned.tax_category, tax_percent=reckoned.tax_percent,
    )  # fmt: skip


def _check_number(work: UnitOfWork, actor: Actor, given: InvoiceGiven, invoice_id: int | None) -> None:
    number = given.number.strip()
    taken = invoices_visible_to(actor).where(
        col(Invoice.seller_id) == actor.party_id, col(Invoice.buyer_id) == given.buyer_id, col(Invoice.number) == number
    )
    if any(row.id != invoice_id for row in work.rows(taken)):
        raise Invalid(
            "number", f"you have an invoice numbered {number} to this buyer already", f"对该采购方已有发票号 {number}"
        )


def _order_lines(work: UnitOfWork, actor: Actor, given: InvoiceGiven) -> Places:
    """What each line is for: an order line of this buyer, in the invoice's currency. Raises NotFound, Invalid."""
    named = {one.order_line_id for one in given.lines if one.order_line_id is not None}
    lines = {x.id: x for x in work.all(lines_visible_to(actor).where(col(OrderLine.id).in_(named)))}
    own = orders_visible_to(actor).where(
        col(Order.id).in_({x.order_id for x in lines.values()}), col(Order.seller_id) == actor.party_id,
        col(Order.buyer_id) == given.buyer_id,
    )  # fmt: skip
    orders = {order.id: order for order in work.all(own)}
    sent = _despatched(work, actor, given)
    found: Places = {}
    for n, one in enumerate(given.lines):
        if one.order_line_id is None:
            if one.despatch_line_id is not None:
                raise Invalid(
                    f"lines.{n}.orderLineId", "what was despatched names its order line", "引用发货行时须同时引用订单行"
                )
            continue
        line = lines.get(one.order_line_id)
        if line is None or line.order_id not in orders:
            raise NotFound(f"lines.{n}.orderLineId")
        _check_line(one, line, orders[line.order_id], given, f"lines.{n}")
        if one.despatch_line_id is not None and sent.get(one.despatch_line_id) != line.id:
            raise NotFound(f"lines.{n}.despatchLineId")
        found[n] = line
    lock_orders(work, {line.order_id for line in found.values()})
    return found


def _check_line(one: InvoicedLine, line: OrderLine, order: Order, given: InvoiceGiven, place: str) -> None:
    if order.currency != given.currency:
        raise Invalid(
            "currency", f"order {order.number} is in {order.currency}; one invoice is in one currency",
            f"订单 {order.number} 的币种为 {order.currency}，一张发票只有一个币种",
        )  # fmt: skip
    if one.unit not in (None, line.unit):
        raise Invalid(f"{place}.unit", f"the order counts this line in {line.unit}", f"订单中该行的单位为 {line.unit}")


def _despatched(work: UnitOfWork, actor: Actor, given: InvoiceGiven) -> dict[int | None, int]:
    """Despatch line -> its order line."""
    named = {one.despatch_line_id for one in given.lines if one.despatch_line_id is not None}
    rows = work.rows(despatch_lines_visible_to(actor).where(col(DespatchLine.id).in_(named))) if named else []
    return {row.id: row.line_id for row in rows}
