"""An invoice is known to its two firms, a draft to its seller; how a buyer matches and releases is the buyer's own."""

from sqlalchemy import Select, and_, or_, select
from sqlmodel import col

from collaboration.settlement.lifecycle import InvoiceState
from collaboration.settlement.tables import (
    CreditNote,
    CreditNoteLine,
    Invoice,
    InvoiceLine,
    InvoiceRelease,
    InvoiceResponse,
    SettlementTerms,
)
from kernel.access import Actor, Role, Side, lies_under, own_party, seen_by


def side_of(invoice: Invoice, actor: Actor) -> Side:
    """On which side of an invoice, known to be visible to it, an actor stands."""
    if actor.party_id == invoice.seller_id:
        return Side.SELLER
    return Side.BUYER if actor.party_id == invoice.buyer_id else Side.SYSTEM


def invoices_visible_to(actor: Actor) -> Select[Invoice]:
    invoices = select(Invoice)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, invoices)
    received = and_(col(Invoice.buyer_id) == own_party(actor), col(Invoice.state) != InvoiceState.DRAFT)
    return seen_by(actor, invoices.where(or_(col(Invoice.seller_id) == own_party(actor), received)))


def invoice_lines_visible_to(actor: Actor) -> Select[InvoiceLine]:
    known = lies_under(col(InvoiceLine.invoice_id), invoices_visible_to(actor), col(Invoice.id))
    return seen_by(actor, select(InvoiceLine).where(known))


def invoice_responses_visible_to(actor: Actor) -> Select[InvoiceResponse]:
    known = lies_under(col(InvoiceResponse.invoice_id), invoices_visible_to(actor), col(Invoice.id))
    return seen_by(actor, select(InvoiceResponse).where(known))


def invoice_releases_visible_to(actor: Actor) -> Select[InvoiceRelease]:
    """Who of the buyer let what pass, and why, is the buyer's own."""
    own = invoices_visible_to(actor)
    if not actor.has(Role.SYSTEM):
        own = own.where(col(Invoice.buyer_id) == own_party(actor))
    return seen_by(
        actor, select(InvoiceRelease).where(lies_under(col(InvoiceRelease.invoice_id), own, col(Invoice.id)))
    )


def credit_notes_visible_to(actor: Actor) -> Select[CreditNote]:
    known = lies_under(col(CreditNote.invoice_id), invoices_visible_to(actor), col(Invoice.id))
    return seen_by(actor, select(CreditNote).where(known))


def credit_note_lines_visible_to(actor: Actor) -> Select[CreditNoteLine]:
    known = lies_under(col(CreditNoteLine.credit_note_id), credit_notes_visible_to(actor), col(CreditNote.id))
    return seen_by(actor, select(CreditNoteLine).where(known))


def settlement_terms_visible_to(actor: Actor) -> Select[SettlementTerms]:
    terms = select(SettlementTerms)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, terms)
    return seen_by(actor, terms.where(col(SettlementTerms.buyer_id) == own_party(actor)))
