"""Who is told what of a request: invitees of its issue, amendments and end, its buyer of questions and the opening."""

from datetime import date
from typing import Any

from sqlmodel import col

from collaboration.sourcing.lifecycle import ClarificationState, RfqState
from collaboration.sourcing.reads import clarifications_of, invitations_by_id, invitations_of, questions_of
from collaboration.sourcing.tables import Rfq
from collaboration.sourcing.visibility import rfqs_visible_to
from kernel.access import SYSTEM, Role
from kernel.clock import today_of
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork

TO_APPROVE, OPENED, ASKED = "rfq.to_approve", "rfq.opened", "rfq.question_asked"
ISSUED, AMENDED = "rfq.issued", "rfq.amended"
ROUND_OPENED, LEFT_OUT = "rfq.round_opened", "rfq.left_out"
CLOSED, CANCELLED, ANSWERED, AWARDED = "rfq.closed", "rfq.cancelled", "rfq.question_answered", "rfq.awarded"
CLARIFY, CLARIFIED, NOT_NEEDED = "rfq.clarification_asked", "rfq.clarification_answered", "rfq.clarification_withdrawn"
TO_BID = (ISSUED, AMENDED, ROUND_OPENED)
SELLERS, BUYERS, LEADS = frozenset({Role.SALES}), frozenset({Role.BUYER}), frozenset({Role.LEAD})
MUST_ANSWER, TOLD = InboxReason.MUST_ANSWER, InboxReason.TOLD


def tell_of_rfq(work: UnitOfWork, *, rfq_id: int, fact: str, event_id: int) -> None:
    """What is to be answered is told while it can be, for a job may come late."""
    rfq = work.one(rfqs_visible_to(SYSTEM).where(col(Rfq.id) == rfq_id))
    if fact == "RfqDrafted" and rfq.state is RfqState.DRAFT:
        _tell_buyer(work, rfq, TO_APPROVE, LEADS, None, event_id)
    elif fact == "RfqApproved":
        _settle(work, rfq_id, TO_APPROVE)
    elif fact == "RfqIssued" and rfq.state is RfqState.ISSUED:
        _tell_invitees(work, rfq, ISSUED, MUST_ANSWER, event_id)
    elif fact == "RfqAmended" and rfq.state is RfqState.ISSUED:
        _settle(work, rfq_id, *TO_BID)
        _tell_invitees(work, rfq, AMENDED, MUST_ANSWER, event_id)
    elif fact == "RfqRoundOpened":
        _tell_of_round(work, rfq, event_id)
    elif fact == "RfqQuestionAnswered":
        if all(question.answered_at for question in questions_of(work, SYSTEM, [rfq_id])):
            _settle(work, rfq_id, ASKED)
        _tell_invitees(work, rfq, ANSWERED, TOLD, event_id)
    elif fact == "RfqAwarded":
        _settle(work, rfq_id, OPENED)
        _tell_invitees(work, rfq, AWARDED, TOLD, event_id)
    elif fact in ("RfqClosed", "RfqCancelled"):
        _tell_of_end(work, rfq, fact, event_id)


def _tell_of_round(work: UnitOfWork, rfq: Rfq, event_id: int) -> None:
    """Who is asked again learns until when, who is not that its bid stands; neither of the other."""
    _settle(work, rfq.id or 0, OPENED, CLARIFY)
    last = [one for one in invitations_of(work, SYSTEM, [rfq.id or 0]) if one.round >= rfq.round - 1]
    for invitation in last if rfq.state is RfqState.ISSUED else ():
        again = invitation.round == rfq.round
        what = ROUND_OPENED if again else LEFT_OUT
        tell(
            work, party_id=invitation.supplier_id, roles=SELLERS, reason=MUST_ANSWER if again else TOLD,
            subject=("Rfq", rfq.id or 0), what=what, due_on=today_of(rfq.closes_at) if again else None,
            once=f"{what}:{event_id}",
        )  # fmt: skip


def _tell_of_end(work: UnitOfWork, rfq: Rfq, fact: str, event_id: int) -> None:
    _settle(work, rfq.id or 0, TO_APPROVE, OPENED, ASKED, CLARIFY, *TO_BID)
    if rfq.issued_at is not None:
        _tell_invitees(work, rfq, CLOSED if fact == "RfqClosed" else CANCELLED, TOLD, event_id)
    if fact == "RfqClosed" and rfq.state is RfqState.CLOSED:
        _tell_buyer(work, rfq, OPENED, BUYERS, rfq.award_by, event_id)


def tell_of_invitation(work: UnitOfWork, *, invitation_id: int, fact: str, event_id: int) -> None:
    """An invitee has answered, and waits for nothing any more; or it asks its buyer."""
    (invitation,) = invitations_by_id(work, SYSTEM, [invitation_id])
    rfq = work.one(rfqs_visible_to(SYSTEM).where(col(Rfq.id) == invitation.rfq_id))
    if fact in CLARIFYING:
        _tell_of_clarification(work, rfq, invitation, fact, event_id)
    elif fact != "RfqQuestionAsked":
        about = ("Rfq", invitation.rfq_id)
        settle_told(work, subject=about, whats=TO_BID, party_id=invitation.supplier_id)
    elif rfq.state is RfqState.ISSUED:
        _tell_buyer(work, rfq, ASKED, BUYERS, None, event_id)


CLARIFYING = ("ClarificationAsked", "ClarificationAnswered", "ClarificationWithdrawn")


def _tell_of_clarification(work: UnitOfWork, rfq: Rfq, invitation: Any, fact: str, event_id: int) -> None:
    """Told to the bidder that is asked and to the buyer, of itself alone."""
    mine = [one for one in clarifications_of(work, SYSTEM, [rfq.id or 0]) if one.invitation_id == invitation.id]
    waits = any(one.state is ClarificationState.OPEN for one in mine)
    about = ("Rfq", rfq.id or 0)
    if not waits:
        settle_told(work, subject=about, whats=(CLARIFY,), party_id=invitation.supplier_id)
    if fact == "ClarificationAnswered":
        tell(
            work, party_id=rfq.buyer_id, roles=BUYERS, reason=TOLD, subject=about, what=CLARIFIED,
            once=f"{CLARIFIED}:{event_id}",
        )  # fmt: skip
    elif fact == "ClarificationWithdrawn" or waits:
        what = CLARIFY if fact == "ClarificationAsked" else NOT_NEEDED
        tell(
            work, party_id=invitation.supplier_id, roles=SELLERS, reason=MUST_ANSWER if what == CLARIFY else TOLD,
            subject=about, what=what, due_on=rfq.award_by if what == CLARIFY else None, once=f"{what}:{event_id}",
        )  # fmt: skip


def _tell_invitees(work: UnitOfWork, rfq: Rfq, what: str, reason: InboxReason, event_id: int) -> None:
    due_on = today_of(rfq.closes_at) if reason is MUST_ANSWER else None
    for invitation in invitations_of(work, SYSTEM, [rfq.id or 0]):
        tell(
            work, party_id=invitation.supplier_id, roles=SELLERS, reason=reason, subject=("Rfq", rfq.id or 0),
            what=what, due_on=due_on, once=f"{what}:{event_id}",
        )  # fmt: skip


def _tell_buyer(
    work: UnitOfWork, rfq: Rfq, what: str, roles: frozenset[Role], due_on: date | None, event_id: int
) -> None:
    tell(
        work, party_id=rfq.buyer_id, roles=roles, reason=MUST_ANSWER, subject=("Rfq", rfq.id or 0), what=what,
        due_on=due_on, once=f"{what}:{event_id}",
    )  # fmt: skip


def _settle(work: UnitOfWork, rfq_id: int, *whats: str) -> None:
    settle_told(work, subject=("Rfq", rfq_id), whats=whats)
