"""What people do about invoices, each from its own part of this concept."""

from collaboration.settlement.answering import answer_invoice_query, respond_to_invoice
from collaboration.settlement.crediting import issue_credit_note
from collaboration.settlement.invoicing import discard_invoice, draft_invoice, submit_invoice
from collaboration.settlement.moving import invoice_of
from collaboration.settlement.releasing import approve_release, release_invoice
from collaboration.settlement.terms import set_settlement_terms

__all__ = [
    "answer_invoice_query", "approve_release", "discard_invoice", "draft_invoice", "invoice_of", "issue_credit_note", "release_invoice",
    "respond_to_invoice", "set_settlement_terms", "submit_invoice",
]  # fmt: skip
