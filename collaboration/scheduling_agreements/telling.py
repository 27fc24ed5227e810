"""Each side is told what the other did about a scheduling agreement, and what it must answer."""

from sqlmodel import col

from collaboration.scheduling_agreements.lifecycle import ReleaseState, SchedulingAgreementState
from collaboration.scheduling_agreements.reads import releases_by_id
from collaboration.scheduling_agreements.tables import SchedulingAgreement
from collaboration.scheduling_agreements.visibility import scheduling_agreements_visible_to
from kernel.access import SYSTEM, Role
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork

PROPOSED, PUBLISHED = "scheduling_agreement.proposed", "release.published"
TOLD_TO_BUYER = {
    "SchedulingAgreementAccepted": "scheduling_agreement.accepted", "SchedulingAgreementDeclined": "scheduling_agreement.declined",
    "ReleaseAcknowledged": "release.acknowledged", "ReleaseObjected": "release.objected",
}  # fmt: skip
BUYERS, SELLERS = frozenset({Role.BUYER}), frozenset({Role.SALES})


def tell_of_agreement(work: UnitOfWork, *, agreement_id: int, release_id: int | None, fact: str, event_id: int) -> None:
    """What is to be answered is told while it can be, for a job may come late."""
    found = work.one(scheduling_agreements_visible_to(SYSTEM).where(col(SchedulingAgreement.id) == agreement_id))
    settle_told(work, subject=("SchedulingAgreement", agreement_id), whats=[PROPOSED, PUBLISHED])
    if fact in TOLD_TO_BUYER:
        _tell(work, found, TOLD_TO_BUYER[fact], event_id, to_buyer=True)
    elif fact == "SchedulingAgreementProposed" and found.state is SchedulingAgreementState.PROPOSED:
        _tell(work, found, PROPOSED, event_id, must_answer=True)
    elif fact == "SchedulingAgreementEnded":
        _tell(work, found, "scheduling_agreement.ended", event_id)
    elif fact == "ReleasePublished":
        (release,) = releases_by_id(work, SYSTEM, [release_id or 0])
        if release.state is ReleaseState.PUBLISHED:
            _tell(work, found, PUBLISHED, event_id, must_answer=True)


def _tell(
    work: UnitOfWork, agreement: SchedulingAgreement, what: str, event_id: int, *, to_buyer: bool = False,
    must_answer: bool = False,
) -> None:  # fmt: skip
    tell(
        work, party_id=agreement.buyer_id if to_buyer else agreement.seller_id, roles=BUYERS if to_buyer else SELLERS,
        reason=InboxReason.MUST_ANSWER if must_answer else InboxReason.TOLD,
        subject=("SchedulingAgreement", agreement.id or 0), what=what, once=f"{what}:{event_id}",
    )  # fmt: skip
