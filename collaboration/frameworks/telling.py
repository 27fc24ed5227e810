"""Who is told what of a framework agreement: whoever must approve or answer, and of what became of it who asked."""

from collections.abc import Sequence

from sqlmodel import col

from collaboration.frameworks.lifecycle import FrameworkAmendmentState, FrameworkState
from collaboration.frameworks.moving import open_amendment_of
from collaboration.frameworks.reads import amendments_of, approvals_of
from collaboration.frameworks.tables import Framework
from collaboration.frameworks.visibility import frameworks_visible_to
from kernel.access import SYSTEM, Role, Side
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell, tell_person
from kernel.work import UnitOfWork

TO_APPROVE, PROPOSED = "framework.to_approve", "framework.proposed"
AMENDMENT_TO_APPROVE, AMENDMENT_PROPOSED = "framework.amendment_to_approve", "framework.amendment_proposed"
TOLD_TO_BUYER = {"FrameworkAccepted": "framework.accepted", "FrameworkDeclined": "framework.declined"}
TOLD_TO_PROPOSER = {
    "FrameworkAmendmentAccepted": "framework.amendment_accepted",
    "FrameworkAmendmentDeclined": "framework.amendment_declined",
}
TOLD_TO_BOTH = {"FrameworkEnded": "framework.ended", "FrameworkExpired": "framework.expired"}
SETTLED_BY = {
    "FrameworkApproved": (TO_APPROVE,), "FrameworkRejected": (TO_APPROVE,), "FrameworkWithdrawn": (TO_APPROVE, PROPOSED),
    "FrameworkAccepted": (PROPOSED,), "FrameworkDeclined": (PROPOSED,), "FrameworkAmendmentApproved": (AMENDMENT_TO_APPROVE,),
    "FrameworkAmendmentAccepted": (AMENDMENT_PROPOSED,), "FrameworkAmendmentDeclined": (AMENDMENT_PROPOSED,),
    "FrameworkAmendmentWithdrawn": (AMENDMENT_TO_APPROVE, AMENDMENT_PROPOSED),
    "FrameworkEnded": (AMENDMENT_TO_APPROVE, AMENDMENT_PROPOSED), "FrameworkExpired": (AMENDMENT_TO_APPROVE, AMENDMENT_PROPOSED),
}  # fmt: skip
ROLES = {Side.BUYER: frozenset({Role.BUYER}), Side.SELLER: frozenset({Role.SALES})}


def tell_of_framework(work: UnitOfWork, *, framework_id: int, fact: str, number: int | None, event_id: int) -> None:
    """What is to be answered is told while it can be, for a job may come late. number: of an amendment."""
    framework = work.one(frameworks_visible_to(SYSTEM).where(col(Framework.id) == framework_id))
    settle_told(work, subject=("Framework", framework_id), whats=SETTLED_BY.get(fact, ()))
    if fact == "FrameworkSubmitted" and framework.state is FrameworkState.WAITING:
        _ask_approver(work, framework, TO_APPROVE, event_id)
    elif fact == "FrameworkRejected":
        asked = [one for one in approvals_of(work, SYSTEM, [framework_id]) if one.is_approved is False]
        tell_person(
            work, person_id=asked[-1].asked_by, reason=InboxReason.TOLD, subject=("Framework", framework_id),
            what="framework.rejected", once=f"framework.rejected:{event_id}",
        )  # fmt: skip
    elif fact == "FrameworkApproved" and framework.state is FrameworkState.PROPOSED:
        _tell(work, framework, [Side.SELLER], PROPOSED, event_id, must_answer=True)
    elif fact in ("FrameworkAmendmentProposed", "FrameworkAmendmentApproved"):
        _ask_for_amendment(work, framework, event_id)
    elif fact in TOLD_TO_BUYER:
        _tell(work, framework, [Side.BUYER], TOLD_TO_BUYER[fact], event_id)
    elif fact in TOLD_TO_PROPOSER:
        (made,) = (one for one in amendments_of(work, SYSTEM, [framework_id]) if one.number == number)
        _tell(work, framework, [made.proposed_by], TOLD_TO_PROPOSER[fact], event_id)
    elif fact in TOLD_TO_BOTH:
        _tell(work, framework, [Side.BUYER, Side.SELLER], TOLD_TO_BOTH[fact], event_id)


def _ask_for_amendment(work: UnitOfWork, framework: Framework, event_id: int) -> None:
    amendment = open_amendment_of(work, framework.id or 0)
    if amendment is None:
        return
    if amendment.state is FrameworkAmendmentState.WAITING:
        _ask_approver(work, framework, AMENDMENT_TO_APPROVE, event_id)
        return
    other = Side.SELLER if amendment.proposed_by is Side.BUYER else Side.BUYER
    _tell(work, framework, [other], AMENDMENT_PROPOSED, event_id, must_answer=True)


def _ask_approver(work: UnitOfWork, framework: Framework, what: str, event_id: int) -> None:
    waiting = [one for one in approvals_of(work, SYSTEM, [framework.id or 0]) if one.decided_at is None]
    subject, once = ("Framework", framework.id or 0), f"{what}:{event_id}"
    if waiting and waiting[0].approver_id is not None:
        tell_person(
            work,
            person_id=waiting[0].approver_id,
            reason=InboxReason.MUST_ANSWER,
            subject=subject,
            what=what,
            once=once,
        )
    elif waiting:
        tell(
            work, party_id=framework.buyer_id, roles=frozenset({Role.LEAD}), reason=InboxReason.MUST_ANSWER,
            subject=subject, what=what, once=once,
        )  # fmt: skip


def _tell(
    work: UnitOfWork,
    framework: Framework,
    sides: Sequence[Side],
    what: str,
    event_id: int,
    *,
    must_answer: bool = False,
) -> None:
    for side in sides:
        tell(
            work, party_id=framework.buyer_id if side is Side.BUYER else framework.seller_id, roles=ROLES[side],
            reason=InboxReason.MUST_ANSWER if must_answer else InboxReason.TOLD, subject=("Framework", framework.id or 0),
            what=what, once=f"{what}:{event_id}",
        )  # fmt: skip
