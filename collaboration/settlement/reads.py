"""What people ask about invoices, and what of accepted goods is not invoiced yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import col

from collaboration.orders.lifecycle import OrderState
from collaboration.orders.tables import Order, OrderLine, Schedule
from collaboration.orders.visibility import lines_visible_to, orders_visible_to, schedules_visible_to
from collaboration.settlement.forms import Origin
from collaboration.settlement.lifecycle import APPROVED, INVOICE_LIFE, WAITING, InvoiceState
from collaboration.settlement.tables import (
    CreditNote,
    CreditNoteLine,
    Invoice,
    InvoiceLine,
    InvoiceRelease,
    InvoiceResponse,
    SettlementTerms,
)
from collaboration.settlement.visibility import (
    credit_note_lines_visible_to,
    credit_notes_visible_to,
    invoice_lines_visible_to,
    invoice_releases_visible_to,
    invoice_responses_visible_to,
    invoices_visible_to,
    settlement_terms_visible_to,
    side_of,
)
from kernel.access import Actor, Role, Side
from kernel.paging import Page, page
from kernel.quantities import ZERO
from kernel.seeking import sought_text
from kernel.work import UnitOfWork

DUTIES = {
    "draft_invoice": {Role.SALES}, "discard_invoice": {Role.SALES}, "submit_invoice": {Role.SALES}, "respond_to_invoice": {Role.BUYER},
    "answer_invoice_query": {Role.SALES}, "release_invoice": {Role.BUYER}, "approve_release": {Role.LEAD},
    "issue_credit_note": {Role.SALES},
}  # fmt: skip
"""Which role does what: what the buttons of a page follow. The verbs check the same roles."""
MOST_UNINVOICED = 500
NEVER_DELIVERED = (OrderState.PLACED, OrderState.ACKNOWLEDGED, OrderState.COUNTERED, OrderState.REJECTED)


@dataclass(frozen=True)
class InvoiceSought:
    """Which invoices. ``number`` is sought from its beginning; ``order_id``: with a line for this order."""

    states: Collection[InvoiceState] | None = None
    side: Side | None = None
    partner_id: int | None = None
    number: str | None = None
    issued_from: date | None = None
    issued_until: date | None = None
    order_id: int | None = None


def _filtered(actor: Actor, sought: InvoiceSought) -> Any:
    found = invoices_visible_to(actor)
    if sought.states:
        found = found.where(col(Invoice.state).in_(list(sought.states)))
    if sought.side is not None:
        own = col(Invoice.buyer_id) if sought.side is Side.BUYER else col(Invoice.seller_id)
        found = found.where(own == actor.party_id)
    if sought.partner_id is not None:
        found = found.where(
            (col(Invoice.buyer_id) == sought.partner_id) | (col(Invoice.seller_id) == sought.partner_id)
        )
    if sought.number:
        found = found.where(col(Invoice.number).startswith(sought_text(sought.number, "number"), autoescape=True))
    if sought.issued_from is not None:
        found = found.where(col(Invoice.issued_on) >= sought.issued_from)
    if sought.issued_until is not None:
        found = found.where(col(Invoice.issued_on) <= sought.issued_until)
    if sought.order_id is not None:
        lines = invoice_lines_visible_to(actor).where(col(InvoiceLine.order_id) == sought.order_id)
        found = found.where(col(Invoice.id).in_(lines.with_only_columns(col(InvoiceLine.invoice_id))))
    return found


def invoices(work: UnitOfWork, actor: Actor, sought: InvoiceSought, *, first: int | None, after: str | None) -> Page:
    """The actor's invoices, newest first."""
    return page(work, _filtered(actor, sought), Invoice, first=first, after=after)


def all_invoices(work: UnitOfWork, actor: Actor, sought: InvoiceSought, *, most: int) -> Sequence[Any]:
    """The same for a file: at most so many, newest first."""
    return work.rows(_filtered(actor, sought).order_by(col(Invoice.id).desc()).limit(most))


def invoices_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(invoices_visible_to(actor).where(col(Invoice.id).in_(numbers)))


def lines_of_invoices(work: UnitOfWork, actor: Actor, invoice_ids: Collection[int]) -> Sequence[Any]:
    own = invoice_lines_visible_to(actor).where(col(InvoiceLine.invoice_id).in_(invoice_ids))
    return work.rows(own.order_by(col(InvoiceLine.invoice_id), col(InvoiceLine.number)))


def lines_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(invoice_lines_visible_to(actor).where(col(InvoiceLine.id).in_(numbers)))


def responses_of(work: UnitOfWork, actor: Actor, invoice_ids: Collection[int]) -> Sequence[Any]:
    own = invoice_responses_visible_to(actor).where(col(InvoiceResponse.invoice_id).in_(invoice_ids))
    return work.rows(own.order_by(col(InvoiceResponse.invoice_id), col(InvoiceResponse.number)))


def releases_of(work: UnitOfWork, actor: Actor, invoice_ids: Collection[int]) -> Sequence[Any]:
    """The buyer's own; the seller is shown none."""
    own = invoice_releases_visible_to(actor).where(col(InvoiceRelease.invoice_id).in_(invoice_ids))
    return work.rows(own.order_by(col(InvoiceRelease.id)))


def releases_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(invoice_releases_visible_to(actor).where(col(InvoiceRelease.id).in_(numbers)))


def credit_notes_of(work: UnitOfWork, actor: Actor, invoice_ids: Collection[int]) -> Sequence[Any]:
    own = credit_notes_visible_to(actor).where(col(CreditNote.invoice_id).in_(invoice_ids))
    return work.rows(own.order_by(col(CreditNote.id)))


def credit_notes_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(credit_notes_visible_to(actor).where(col(CreditNote.id).in_(numbers)))


def credit_note_lines_of(work: UnitOfWork, actor: Actor, note_ids: Collection[int]) -> Sequence[Any]:
    own = credit_note_lines_visible_to(actor).where(col(CreditNoteLine.credit_note_id).in_(note_ids))
    return work.rows(own.order_by(col(CreditNoteLine.id)))


def settlement_terms(work: UnitOfWork, actor: Actor) -> Sequence[Any]:
    """The buyer's own: the row for all sellers first."""
    own = settlement_terms_visible_to(actor)
    return work.rows(own.order_by(col(SettlementTerms.seller_id).is_not(None), col(SettlementTerms.id)).limit(200))


def terms_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(settlement_terms_visible_to(actor).where(col(SettlementTerms.id).in_(numbers)))


def side(invoice: Any, actor: Actor) -> Side:
    return side_of(invoice, actor)


def waits_for_second(releases: Sequence[Any]) -> bool:
    """Whether a release of an invoice waits for a second person."""
    return any(r.needs_second and r.approved_at is None and r.lapsed_at is None for r in releases)


def open_verbs(
    actor: Actor, invoice: Any, responses: Sequence[Any], releases: Sequence[Any], *, blocked: bool
) -> list[str]:
    """What this person may do to an invoice now: the buttons of its page."""
    found = [verb for verb in INVOICE_LIFE.verbs(invoice.state, side_of(invoice, actor)) if actor.has(*DUTIES[verb])]
    closed = set()
    if not responses or responses[-1].reply is not None:
        closed.add("answer_invoice_query")
    if not waits_for_second(releases):
        closed.add("approve_release")
    if not blocked:
        closed.add("release_invoice")
    return [verb for verb in found if verb not in closed]


def open_answers(actor: Actor, invoice: Any) -> list[InvoiceState]:
    """Which answers the life of an invoice allows this person now; whether its lines match is another matter."""
    if not actor.has(*DUTIES["respond_to_invoice"]) or side_of(invoice, actor) is not Side.BUYER:
        return []
    return [m.becomes for m in INVOICE_LIFE if m.verb == "respond_to_invoice" and invoice.state in m.while_in]


@dataclass(frozen=True)
class Uninvoiced:
    """An order line of which more was accepted than is invoiced. ``invoiced``: credit notes taken off, rejected left out."""

    order_id: int
    order_line_id: int
    buyer_id: int
    seller_id: int
    currency: str
    item_id: int
    unit: str
    unit_price: Decimal
    accepted: Decimal
    invoiced: Decimal

    @property
    def quantity(self) -> Decimal:
        """What may be invoiced."""
        return self.accepted - self.invoiced


def uninvoiced(
    work: UnitOfWork, actor: Actor, *, side: Side, partner_id: int | None = None, most: int = MOST_UNINVOICED
) -> list[Uninvoiced]:
    """What the actor's firm bought or sold, was accepted and is not invoiced yet: oldest orders first, at most so many lines."""
    mine, theirs = (
        (col(Order.buyer_id), col(Order.seller_id))
        if side is Side.BUYER
        else (col(Order.seller_id), col(Order.buyer_id))
    )
    own = orders_visible_to(actor).where(mine == actor.party_id, col(Order.state).not_in(NEVER_DELIVERED))
    if partner_id is not None:
        own = own.where(theirs == partner_id)
    lines = lines_visible_to(actor).where(col(OrderLine.order_id).in_(own.with_only_columns(col(Order.id))))
    known = {line.id: line for line in work.rows(lines.order_by(col(OrderLine.order_id), col(OrderLine.number)))}
    accepted = _accepted(work, actor, lines)
    orders = {order.id: order for order in work.rows(own)}
    invoiced = _invoiced(work, actor, lines)
    found = []
    for number, line in known.items():
        order = orders[line.order_id]
        one = Uninvoiced(
            order.id, number, order.buyer_id, order.seller_id, order.currency, line.item_id, line.unit, line.unit_price,
            accepted.get(number, ZERO), invoiced.get(number, ZERO),
        )  # fmt: skip
        if one.quantity > 0:
            found.append(one)
    return found[:most]


def _accepted(work: UnitOfWork, actor: Actor, lines: Any) -> dict[int, Decimal]:
    """Amounts are added here, not by the database (see Exact)."""
    found: dict[int, Decimal] = {}
    under = schedules_visible_to(actor).where(col(Schedule.line_id).in_(lines.with_only_columns(col(OrderLine.id))))
    for row in work.rows(under):
        found[row.line_id] = found.get(row.line_id, ZERO) + row.accepted
    return found


def _invoiced(work: UnitOfWork, actor: Actor, lines: Any) -> dict[int, Decimal]:
    counted = invoices_visible_to(actor).where(col(Invoice.state).in_(WAITING | APPROVED))
    claims = invoice_lines_visible_to(actor).where(
        col(InvoiceLine.order_line_id).in_(lines.with_only_columns(col(OrderLine.id))),
        col(InvoiceLine.invoice_id).in_(counted.with_only_columns(col(Invoice.id))),
    )
    found: dict[int, Decimal] = {}
    for row in work.rows(claims):
        found[row.order_line_id] = found.get(row.order_line_id, ZERO) + row.quantity - row.credited_quantity
    return found


def left_of_lines(work: UnitOfWork, actor: Actor, order_line_ids: Collection[int]) -> dict[int, Decimal]:
    """Order line -> accepted and not invoiced; credit notes taken off, rejected invoices left out. Never less than 0."""
    lines = lines_visible_to(actor).where(col(OrderLine.id).in_(order_line_ids))
    invoiced = _invoiced(work, actor, lines)
    accepted = _accepted(work, actor, lines)
    return {number: max(accepted.get(number, ZERO) - invoiced.get(number, ZERO), ZERO) for number in order_line_ids}


def invoiced_from(work: UnitOfWork, actor: Actor, origin: Origin) -> dict[int, Decimal]:
    """Order line -> invoiced by invoices made from this; credit notes taken off, rejected invoices left out."""
    made = invoices_visible_to(actor).where(
        col(Invoice.origin_kind) == origin.kind, col(Invoice.origin_id) == origin.number,
        col(Invoice.state).in_(WAITING | APPROVED),
    )  # fmt: skip
    found: dict[int, Decimal] = {}
    for row in lines_of_invoices(work, actor, [one.id for one in work.rows(made)]):
        if row.order_line_id is not None:
            left = row.quantity - row.credited_quantity
            found[row.order_line_id] = found.get(row.order_line_id, ZERO) + left
    return found


TO_DECIDE = WAITING - {InvoiceState.UNDER_QUERY}


def invoices_to_answer(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """What waits for the buyer: not decided on, and no query of it open. Oldest first."""
    asked = invoice_responses_visible_to(actor).where(
        col(InvoiceResponse.invoice_id) == col(Invoice.id), col(InvoiceResponse.state) == InvoiceState.UNDER_QUERY,
        col(InvoiceResponse.reply).is_(None),
    )  # fmt: skip
    open_query = asked.with_only_columns(col(InvoiceResponse.id)).correlate(Invoice).exists()
    found = invoices_visible_to(actor).where(
        col(Invoice.buyer_id) == actor.party_id,
        or_(col(Invoice.state).in_(TO_DECIDE), and_(col(Invoice.state) == InvoiceState.UNDER_QUERY, ~open_query)),
    )
    return work.rows(found.order_by(col(Invoice.id)).limit(most))


def queries_to_answer(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Queries to the actor's firm that it has not answered; of each invoice the last, for an earlier one is past."""
    queried = invoices_visible_to(actor).where(
        col(Invoice.seller_id) == actor.party_id, col(Invoice.state) == InvoiceState.UNDER_QUERY
    )
    own = invoice_responses_visible_to(actor).where(
        col(InvoiceResponse.invoice_id).in_(queried.with_only_columns(col(Invoice.id)))
    )
    last = {row.invoice_id: row for row in work.rows(own.order_by(col(InvoiceResponse.id)))}
    return [row for row in last.values() if row.reply is None][:most]


def releases_to_approve(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Releases that wait for a second person of the buyer, oldest first."""
    waiting = invoices_visible_to(actor).where(col(Invoice.state).in_(WAITING))
    own = invoice_releases_visible_to(actor).where(
        col(InvoiceRelease.needs_second), col(InvoiceRelease.approved_at).is_(None),
        col(InvoiceRelease.lapsed_at).is_(None), col(InvoiceRelease.released_by) != actor.user_id,
        col(InvoiceRelease.invoice_id).in_(waiting.with_only_columns(col(Invoice.id))),
    )  # fmt: skip
    return work.rows(own.order_by(col(InvoiceRelease.id)).limit(most))


def count_invoices(work: UnitOfWork, actor: Actor, own: Side | None) -> list[tuple[InvoiceState, int]]:
    """How many stand where, for the filter's options."""
    found = _filtered(actor, InvoiceSought(side=own)).with_only_columns(col(Invoice.state), func.count())
    counted = {row.state: row[1] for row in work.session.connection().execute(found.group_by(col(Invoice.state)))}
    return [(state, counted.get(state, 0)) for state in InvoiceState]
