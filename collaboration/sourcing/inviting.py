"""An invitee views a request, means to bid or declines, and asks; the buyer answers to all without saying who asked."""

from sqlmodel import col

from collaboration.sourcing import decisions
from collaboration.sourcing.events import (
    QuotationIntended,
    RfqDeclined,
    RfqQuestionAnswered,
    RfqQuestionAsked,
    RfqViewed,
)
from collaboration.sourcing.moving import invited_in_time, rfq_to_move
from collaboration.sourcing.tables import RfqInvitation, RfqQuestion
from collaboration.sourcing.visibility import rfq_questions_visible_to
from kernel.access import Actor, Role
from kernel.errors import Limit, NotAllowedNow, Rule
from kernel.texts import words
from kernel.work import UnitOfWork

MOST_QUESTIONS = 50
ANSWERED = Rule("rfq.answered_once", "采购方以变更通知更正", "the buyer, by an amendment")


def view_rfq(work: UnitOfWork, actor: Actor, *, rfq_id: int) -> RfqInvitation:
    """An invitee has read the request; the buyer may know that. Raises NotFound, NotAllowedNow."""
    _, invitation = invited_in_time(work, actor, rfq_id, "view_rfq")
    invitation.viewed_at = work.now
    work.record(RfqViewed(invitation_id=invitation.id or 0))
    return invitation


def intend_to_quote(work: UnitOfWork, actor: Actor, *, rfq_id: int) -> RfqInvitation:
    """An invitee says that it means to bid; it binds nobody. Raises NotFound, NotAllowedNow."""
    _, invitation = invited_in_time(work, actor, rfq_id, "intend_to_quote")
    invitation.viewed_at = invitation.viewed_at or work.now
    invitation.reason = ""
    work.record(QuotationIntended(invitation_id=invitation.id or 0))
    return invitation


def decline_rfq(work: UnitOfWork, actor: Actor, *, rfq_id: int, reason: str = "") -> RfqInvitation:
    """An invitee will not bid; before the close it may think again. Raises NotFound, NotAllowedNow, Invalid("reason")."""
    _, invitation = invited_in_time(work, actor, rfq_id, "decline_rfq")
    invitation.viewed_at = invitation.viewed_at or work.now
    invitation.reason = words(reason, "reason", decisions.LONGEST_REASON, least=0)
    work.record(RfqDeclined(invitation_id=invitation.id or 0))
    return invitation


def ask_rfq_question(work: UnitOfWork, actor: Actor, *, rfq_id: int, text: str) -> RfqQuestion:
    """An invitee asks; until it is answered the buyer alone reads it. Raises NotFound, NotAllowedNow, Invalid, Limit."""
    _, invitation = invited_in_time(work, actor, rfq_id, "ask_rfq_question")
    invitation.viewed_at = invitation.viewed_at or work.now
    assert invitation.id is not None
    said = words(text, "text", decisions.LONGEST_QUESTION)
    own = rfq_questions_visible_to(actor).where(col(RfqQuestion.invitation_id) == invitation.id)
    if work.count(own) >= MOST_QUESTIONS:
        raise Limit(
            f"an invitee asks {MOST_QUESTIONS} questions at most", f"每家供应商最多提问 {MOST_QUESTIONS} 次",
            rule=Rule("rfq.questions", "采购方另行沟通", "the buyer, by talking to you"),
        )  # fmt: skip
    question = work.add(RfqQuestion(rfq_id=rfq_id, invitation_id=invitation.id, text=said, asked_at=work.now))
    work.record(RfqQuestionAsked(invitation_id=invitation.id))
    return question


def answer_rfq_question(
    work: UnitOfWork, actor: Actor, *, question_id: int, answer: str, text: str | None = None
) -> RfqQuestion:
    """The buyer answers a question to all invitees. text: the question as all are to read it, where it named its asker.

    Raises NotFound, NotAllowedNow, Invalid.
    """
    question = work.one(
        rfq_questions_visible_to(actor).where(col(RfqQuestion.id) == question_id), lock=True, field="questionId"
    )
    rfq = rfq_to_move(work, actor, question.rfq_id, "answer_rfq_question", duty=(Role.BUYER,))
    decisions.check_open(rfq.state, rfq.closes_at, work.now)
    if question.answered_at is not None:
        raise NotAllowedNow(
            "this question is answered, and all have read it", "该问题已答复并告知所有受邀方", rule=ANSWERED
        )
    question.answer = words(answer, "answer", decisions.LONGEST_ANSWER)
    if text is not None:
        question.text = words(text, "text", decisions.LONGEST_QUESTION)
    question.answered_at = work.now
    work.record(RfqQuestionAnswered(rfq_id=question.rfq_id))
    return question
