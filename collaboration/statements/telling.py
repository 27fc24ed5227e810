"""Who is told what of a statement: the other firm that it came, its maker of disputes and agreement, the seller what to invoice."""

from typing import Any

from collaboration.statements.lifecycle import StatementState
from collaboration.statements.reads import DUTIES, statements_by_id
from kernel.access import SYSTEM, Side
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork

TO_SEND, TO_CONFIRM, TO_ANSWER = "statement.to_send", "statement.to_confirm", "statement.to_answer"
AGREED, WITHDRAWN = "statement.agreed", "statement.withdrawn"


def tell_of_statement(work: UnitOfWork, *, statement_id: int, event_id: int) -> None:
    """What is to be answered is told as the statement stands now, for a job may come late."""
    (one,) = statements_by_id(work, SYSTEM, [statement_id])
    other = one.seller_id if one.maker_id == one.buyer_id else one.buyer_id
    settle_told(work, subject=("Statement", statement_id), whats=(TO_SEND, TO_CONFIRM, TO_ANSWER))
    if one.state is StatementState.SENT:
        _tell(work, one, other, TO_CONFIRM, event_id, answers=True)
    elif one.state is StatementState.DISPUTED:
        _tell(work, one, one.maker_id, TO_ANSWER, event_id, answers=True)
    elif one.state is StatementState.AGREED:
        _tell(work, one, one.maker_id, AGREED, event_id, answers=False)
        if one.maker_id != one.seller_id:
            _tell(work, one, one.seller_id, AGREED, event_id, answers=False)
    elif one.state is StatementState.WITHDRAWN and one.sent_at is not None:
        _tell(work, one, other, WITHDRAWN, event_id, answers=False)


def tell_of_proposal(work: UnitOfWork, *, statement_id: int) -> None:
    """A draft the platform made waits for the seller to read and send."""
    (one,) = statements_by_id(work, SYSTEM, [statement_id])
    _tell(work, one, one.maker_id, TO_SEND, 0, answers=True)


def _tell(work: UnitOfWork, one: Any, party_id: int, what: str, event_id: int, *, answers: bool) -> None:
    side = Side.BUYER if party_id == one.buyer_id else Side.SELLER
    tell(
        work, party_id=party_id, roles=frozenset({DUTIES[side]}), subject=("Statement", one.id), what=what,
        reason=InboxReason.MUST_ANSWER if answers else InboxReason.TOLD, once=f"{what}:{one.id}:{event_id}",
    )  # fmt: skip
