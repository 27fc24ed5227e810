"""What people do about statements, each from its own part of this concept."""

from collaboration.statements.answering import answer_statement_disputes, confirm_statement, dispute_statement
from collaboration.statements.billing import invoice_statement
from collaboration.statements.making import draft_statement, propose_statement, send_statement, withdraw_statement

__all__ = [
    "answer_statement_disputes", "confirm_statement", "dispute_statement", "draft_statement", "invoice_statement",
    "propose_statement", "send_statement", "withdraw_statement",
]  # fmt: skip
