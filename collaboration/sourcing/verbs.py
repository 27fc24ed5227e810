"""What people do about requests for quotation, each from its own part of this concept."""

from collaboration.sourcing.awarding import award_rfq, state_comparison_terms
from collaboration.sourcing.bidding import confirm_quotation, submit_quotation, withdraw_quotation
from collaboration.sourcing.clarifying import answer_clarification, ask_clarification, withdraw_clarification
from collaboration.sourcing.inviting import (
    answer_rfq_question,
    ask_rfq_question,
    decline_rfq,
    intend_to_quote,
    view_rfq,
)
from collaboration.sourcing.opening import close_due_rfq, close_rfq
from collaboration.sourcing.ordering import order_award
from collaboration.sourcing.requesting import amend_rfq, approve_rfq, cancel_rfq, draft_rfq, issue_rfq
from collaboration.sourcing.rounds import open_rfq_round

__all__ = [
    "amend_rfq", "answer_clarification", "answer_rfq_question", "approve_rfq", "ask_clarification", "ask_rfq_question", "award_rfq", "cancel_rfq", "close_due_rfq", "close_rfq",
    "confirm_quotation", "decline_rfq", "draft_rfq", "intend_to_quote", "issue_rfq", "open_rfq_round", "order_award", "state_comparison_terms", "submit_quotation", "view_rfq",
    "withdraw_clarification", "withdraw_quotation",
]  # fmt: skip
