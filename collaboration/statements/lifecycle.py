"""The life of a statement: either firm makes it, the other answers, and only what both say is agreed (features.md C19).

The rows name the side for each verb; whether it is its maker or the other who may act is told by ``MAKERS``.
"""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class StatementState(StrEnum):
    """Where a statement stands."""

    DRAFT = "draft"  # known to its maker's firm alone
    SENT = "sent"  # the other firm owes an answer
    DISPUTED = "disputed"  # its maker owes an answer to what the other disputes
    AGREED = "agreed"  # both say so: what the seller invoices
    WITHDRAWN = "withdrawn"  # by its maker; what it held may stand in another


class DisputeState(StrEnum):
    """What became of a disputed line."""

    OPEN = "open"
    CORRECTED = "corrected"  # the line says now what the other firm said it should
    UPHELD = "upheld"  # its maker stands by the line
    SET_ASIDE = "set_aside"  # the line left this statement and is carried over to the next


BUYER, SELLER, SYSTEM = Side
S = StatementState
MAKERS = frozenset({"send_statement", "withdraw_statement", "answer_statement_disputes"})
"""Verbs of the firm that made the statement; confirming and disputing are the other's."""


def _both(verb: str, while_in: set[StatementState], becomes: StatementState) -> tuple[Move[StatementState], ...]:
    return tuple(Move(verb, side, while_in, becomes) for side in (BUYER, SELLER))


STATEMENT_LIFE = Lifecycle(
    ("statement", "对账单"),
    *_both("send_statement", {S.DRAFT}, S.SENT),
    *_both("confirm_statement", {S.SENT}, S.AGREED),
    *_both("dispute_statement", {S.SENT}, S.DISPUTED),
    *_both("answer_statement_disputes", {S.DISPUTED}, S.SENT),
    *_both("withdraw_statement", {S.DRAFT, S.SENT, S.DISPUTED}, S.WITHDRAWN),
    Move("invoice_statement", SELLER, {S.AGREED}, S.AGREED),
    begins={S.DRAFT},
)
