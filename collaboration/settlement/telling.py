"""Who is told what of an invoice: the buyer that it came, the seller what became of it, a lead of a release that waits."""

from typing import Any

from collaboration.settlement.lifecycle import APPROVED, WAITING, InvoiceState
from collaboration.settlement.reads import invoices_by_id, releases_by_id, releases_of, waits_for_second
from kernel.access import SYSTEM, Role
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork

TO_ANSWER, REPLIED, TO_APPROVE = "invoice.to_answer", "invoice.query_answered", "invoice.release_to_approve"
QUERIED, ANSWERED, CREDITED = "invoice.queried", "invoice.answered", "invoice.credited"
SELLERS, BUYERS, LEADS = frozenset({Role.SALES}), frozenset({Role.BUYER}), frozenset({Role.LEAD})
SETTLED = APPROVED | {InvoiceState.REJECTED}


def tell_of_invoice(work: UnitOfWork, *, invoice_id: int, fact: str, event_id: int) -> None:
    """What is to be answered is told while it can be, for a job may come late."""
    (invoice,) = invoices_by_id(work, SYSTEM, [invoice_id])
    if fact == "InvoiceSubmitted" and invoice.state is InvoiceState.SUBMITTED:
        _tell(work, invoice, TO_ANSWER, event_id, answers=True)
    elif fact == "InvoiceAnswered":
        _settle(work, invoice_id, TO_ANSWER, REPLIED, *((QUERIED, TO_APPROVE) if invoice.state in SETTLED else ()))
        queried = invoice.state is InvoiceState.UNDER_QUERY
        _tell(work, invoice, QUERIED if queried else ANSWERED, event_id, answers=queried)
    elif fact == "InvoiceQueryAnswered":
        _settle(work, invoice_id, QUERIED)
        _tell(work, invoice, REPLIED, event_id, answers=invoice.state is InvoiceState.UNDER_QUERY)
    elif fact == "CreditNoteIssued":
        _tell(work, invoice, CREDITED, event_id, answers=False)


def tell_of_release(work: UnitOfWork, *, release_id: int, event_id: int) -> None:
    """A lead is told that a release waits, and no more once none does."""
    (release,) = releases_by_id(work, SYSTEM, [release_id])
    (invoice,) = invoices_by_id(work, SYSTEM, [release.invoice_id])
    if invoice.state in WAITING and waits_for_second(releases_of(work, SYSTEM, [invoice.id])):
        _tell(work, invoice, TO_APPROVE, event_id, answers=True)
    else:
        _settle(work, invoice.id, TO_APPROVE)


TOLD = {
    TO_ANSWER: ("buyer_id", BUYERS), REPLIED: ("buyer_id", BUYERS), CREDITED: ("buyer_id", BUYERS),
    TO_APPROVE: ("buyer_id", LEADS), QUERIED: ("seller_id", SELLERS), ANSWERED: ("seller_id", SELLERS),
}  # fmt: skip


def _tell(work: UnitOfWork, invoice: Any, what: str, event_id: int, *, answers: bool) -> None:
    column, roles = TOLD[what]
    tell(
        work, party_id=getattr(invoice, column), roles=roles, subject=("Invoice", invoice.id), what=what,
        reason=InboxReason.MUST_ANSWER if answers else InboxReason.TOLD,
        due_on=invoice.answer_due_on if what == TO_ANSWER else None, once=f"{what}:{event_id}",
    )  # fmt: skip


def _settle(work: UnitOfWork, invoice_id: int, *whats: str) -> None:
    settle_told(work, subject=("Invoice", invoice_id), whats=whats)
