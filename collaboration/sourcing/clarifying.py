"""Between opening and award the buyer asks one bidder about its bid, and the bidder answers; the bid stays as it is."""

from collections.abc import Sequence

from sqlmodel import col

from collaboration.sourcing import decisions
from collaboration.sourcing.events import ClarificationAnswered, ClarificationAsked, ClarificationWithdrawn
from collaboration.sourcing.lifecycle import CLARIFICATION_LIFE, RFQ_LIFE, ClarificationState, QuotationState
from collaboration.sourcing.tables import Quotation, Rfq, RfqClarification
from collaboration.sourcing.visibility import (
    clarifications_visible_to,
    quotations_visible_to,
    rfqs_visible_to,
    side_of,
)
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.errors import Limit, NotAllowedNow, Rule
from kernel.texts import words
from kernel.work import UnitOfWork

MOST_CLARIFICATIONS = 50
NO_BID = Rule(
    "rfq.clarify_a_bid", "采购方对已开启且有效的报价提问", "the buyer, about a bid that was opened and stands"
)
WAITS = Rule(
    "rfq.clarification_open", "报价方答复，或采购方撤回提问", "the bidder, by answering, or the buyer, by taking the question back"
)  # fmt: skip


def ask_clarification(work: UnitOfWork, actor: Actor, *, quotation_id: int, text: str) -> RfqClarification:
    """The buyer asks one bidder about its opened bid. Nobody else learns of it, so the request keeps its version.

    Raises NotFound, NotAllowedNow, Invalid("text"), Limit.
    """
    seen = quotations_visible_to(actor).where(col(Quotation.id) == quotation_id)
    quotation = work.one(seen, field="quotationId")
    rfq = _locked(work, actor, quotation.rfq_id)
    RFQ_LIFE.after(rfq.state, "ask_clarification", by=side_of(rfq, actor))
    require(actor, Role.BUYER)
    if quotation.state is not QuotationState.OPENED or quotation.spoiled:
        raise NotAllowedNow(
            "ask about a bid that was opened and stands", "只能就已开启且有效的报价提问", rule=NO_BID
        )  # fmt: skip
    said = words(text, "text", decisions.LONGEST_QUESTION)
    own = clarifications_visible_to(actor).where(col(RfqClarification.invitation_id) == quotation.invitation_id)
    if work.count(own) >= MOST_CLARIFICATIONS:
        raise Limit(
            f"a bidder is asked {MOST_CLARIFICATIONS} questions at most", f"对每家报价方最多提问 {MOST_CLARIFICATIONS} 次",
            rule=Rule("rfq.clarifications", "采购方开启新一轮报价", "the buyer, by a further round"),
        )  # fmt: skip
    made = work.add(
        RfqClarification(
            rfq_id=quotation.rfq_id, invitation_id=quotation.invitation_id, quotation_id=quotation_id, text=said,
            asked_at=work.now,
        )
    )  # fmt: skip
    assert made.id is not None
    work.record(ClarificationAsked(invitation_id=quotation.invitation_id, clarification_id=made.id))
    return made


def answer_clarification(work: UnitOfWork, actor: Actor, *, clarification_id: int, answer: str) -> RfqClarification:
    """The bidder answers in words; another price takes a further round. Raises NotFound, NotAllowedNow, Invalid("answer")."""
    found = _to_move(work, actor, clarification_id, "answer_clarification", Role.SALES)
    found.answer, found.answered_at = words(answer, "answer", decisions.LONGEST_ANSWER), work.now
    work.record(ClarificationAnswered(invitation_id=found.invitation_id, clarification_id=clarification_id))
    return found


def withdraw_clarification(work: UnitOfWork, actor: Actor, *, clarification_id: int, reason: str) -> RfqClarification:
    """The buyer does without an answer, and says why to its bidder. Raises NotFound, NotAllowedNow, Invalid("reason")."""
    found = _to_move(work, actor, clarification_id, "withdraw_clarification", Role.BUYER)
    found.reason = words(reason, "reason", decisions.LONGEST_REASON)
    work.record(ClarificationWithdrawn(invitation_id=found.invitation_id, clarification_id=clarification_id))
    return found


def _locked(work: UnitOfWork, actor: Actor, rfq_id: int) -> Rfq:
    """The request of what is asked or answered, so that no award passes it by; its version stays, for all invitees read that."""
    return work.one(rfqs_visible_to(actor).where(col(Rfq.id) == rfq_id), lock=True, field="rfqId")


def _to_move(work: UnitOfWork, actor: Actor, clarification_id: int, verb: str, duty: Role) -> RfqClarification:
    seen = clarifications_visible_to(actor).where(col(RfqClarification.id) == clarification_id)
    rfq = _locked(work, actor, work.one(seen, field="clarificationId").rfq_id)
    found = work.one(seen, lock=True, field="clarificationId")
    found.state = CLARIFICATION_LIFE.after(found.state, verb, by=side_of(rfq, actor))
    require(actor, duty)
    return found


def open_clarifications(work: UnitOfWork, rfq_id: int) -> Sequence[RfqClarification]:
    """Those of a request its bidders owe an answer to, locked."""
    own = clarifications_visible_to(SYSTEM).where(
        col(RfqClarification.rfq_id) == rfq_id, col(RfqClarification.state) == ClarificationState.OPEN
    )
    return work.all(own.order_by(col(RfqClarification.id)), lock=True)


def check_none_open(work: UnitOfWork, rfq_id: int) -> None:
    """What was asked is answered or taken back before a request is awarded. Raises NotAllowedNow."""
    waiting = len(open_clarifications(work, rfq_id))
    if waiting:
        raise NotAllowedNow(
            f"{waiting} question(s) of yours to bidders wait for an answer: wait for it, or take the question back with a reason",
            f"有 {waiting} 个向报价方提出的问题尚未答复：请等待答复，或写明理由撤回提问", rule=WAITS,
        )  # fmt: skip


def lapse_open(work: UnitOfWork, rfq_id: int, verb: str) -> None:
    """A further round, or the end of the request, goes past what was not answered."""
    for one in open_clarifications(work, rfq_id):
        one.state = CLARIFICATION_LIFE.after(one.state, verb, by=Side.BUYER)
