"""Who is told what of certificates, standings and scorecards, in its own inbox."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from chain.certificates.reads import (
    certificates_by_id,
    requests_by_id,
    showings_by_id,
    showings_of,
    verifications_by_id,
    versions_by_id,
)
from chain.qualification.reads import proposals_by_id, qualifications_by_id
from collaboration.scorecards.reads import contests_by_id
from kernel.access import SYSTEM, Role
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork, unit_of_work

MUST_ANSWER, TOLD, REMINDER = InboxReason.MUST_ANSWER, InboxReason.TOLD, InboxReason.REMINDER
SUPPLIER, JUDGES, LEADS = frozenset({Role.SALES, Role.QUALITY}), frozenset({Role.QUALITY}), frozenset({Role.LEAD})
BUYERS = frozenset({Role.QUALITY, Role.BUYER})


def tell_of_request(event_id: int) -> None:
    """A certificate is asked for, shown or refused. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_request")
        if event is None:
            return
        facts = event.facts
        for request in _some(
            requests_by_id, work, [facts["request_id"]] if "request_id" in facts else facts["request_ids"]
        ):
            subject = ("CertificateRequest", request.id)
            if event.kind == "CertificateRequested":
                tell(
                    work, party_id=request.supplier_id, roles=SUPPLIER, reason=MUST_ANSWER, subject=subject,
                    what="certificate_requested", due_on=request.due_on, once=f"asked:{request.id}",
                )  # fmt: skip
            else:
                settle_told(work, subject=subject, whats=["certificate_requested"])
            if event.kind == "CertificateRequestRefused":
                tell(
                    work, party_id=request.buyer_id, roles=JUDGES, reason=TOLD, subject=subject,
                    what="certificate_request_refused", once=f"refused:{request.id}:{event_id}",
                )  # fmt: skip
        if event.kind == "CertificateShown":
            for showing in _some(showings_by_id, work, [facts["showing_id"]]):
                _to_verify(work, showing, "certificate_shown", event_id)


def tell_of_renewal(event_id: int) -> None:
    """Whoever sees a certificate verifies its new paper. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_renewal")
        if event:
            for showing in showings_of(work, SYSTEM, [event.facts["certificate_id"]]):
                _to_verify(work, showing, "certificate_renewed", event_id)


def _to_verify(work: UnitOfWork, showing: Any, what: str, event_id: int) -> None:
    tell(
        work, party_id=showing.buyer_id, roles=JUDGES, reason=MUST_ANSWER, subject=("CertificateShowing", showing.id),
        what=what, once=f"verify:{showing.id}:{event_id}",
    )  # fmt: skip


def tell_of_verdict(event_id: int) -> None:
    """The buyer has looked; the supplier hears of what is not accepted. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_verdict")
        if event is None:
            return
        supplier, buyer = event.facts["owner_id"], event.facts["buyer_id"]
        (verdict,) = verifications_by_id(work, SYSTEM, [event.facts["verification_id"]])
        for showing in showings_of(work, SYSTEM, _certificates_of(work, verdict)):
            if showing.buyer_id == buyer:
                whats = ["certificate_shown", "certificate_renewed"]
                settle_told(work, subject=("CertificateShowing", showing.id), whats=whats)
        if event.facts["verdict"] == "not_accepted":
            tell(
                work, party_id=supplier, roles=SUPPLIER, reason=TOLD, what="certificate_not_accepted",
                subject=("CertificateVerification", verdict.id), once=f"verdict:{event_id}",
            )  # fmt: skip


def _certificates_of(work: UnitOfWork, verdict: Any) -> list[int]:
    return [version.certificate_id for version in versions_by_id(work, SYSTEM, [verdict.version_id])]


def tell_of_end(event_id: int) -> None:
    """A certificate ends in 60, 30 or 7 days. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_end")
        if event is None:
            return
        facts = event.facts
        (certificate,) = certificates_by_id(work, SYSTEM, [facts["certificate_id"]])
        tell(
            work, party_id=facts["firm_id"], roles=SUPPLIER if facts["firm_id"] == certificate.owner_id else JUDGES,
            reason=REMINDER, subject=("Certificate", certificate.id), what="certificate_ends",
            due_on=date.fromisoformat(facts["valid_until"]), once=f"ends:{facts['version_id']}:{facts['days']}",
        )  # fmt: skip


def tell_of_proposal(event_id: int) -> None:
    """A lead has something to decide, or has decided. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_proposal")
        if event is None:
            return
        for proposal in _some(proposals_by_id, work, [event.facts["proposal_id"]]):
            subject = ("QualificationProposal", proposal.id)
            if event.kind == "QualificationProposed":
                tell(
                    work, party_id=proposal.buyer_id, roles=LEADS, reason=MUST_ANSWER, subject=subject,
                    what="qualification_proposed", once=f"proposed:{proposal.id}",
                )  # fmt: skip
            else:
                settle_told(work, subject=subject, whats=["qualification_proposed"])


STANDING_WHATS = {
    "QualificationApproved": "qualification_approved", "SupplierBlocked": "supplier_blocked",
    "SupplierUnblocked": "supplier_unblocked", "QualificationLapsed": "qualification_lapsed",
    "QualificationRestored": "qualification_restored",
}  # fmt: skip
BY_ITSELF = {"QualificationLapsed", "QualificationRestored"}


def tell_of_standing(event_id: int) -> None:
    """The supplier hears where it stands now; the buyer of what moved by itself. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_standing")
        if event is None:
            return
        for found in _some(qualifications_by_id, work, [event.facts["qualification_id"]]):
            firms = [(found.supplier_id, SUPPLIER)] + ([(found.buyer_id, BUYERS)] if event.kind in BY_ITSELF else [])
            for firm_id, roles in firms:
                tell(
                    work, party_id=firm_id, roles=roles, reason=TOLD, subject=("Qualification", found.id),
                    what=STANDING_WHATS[event.kind], once=f"standing:{event_id}",
                )  # fmt: skip


def tell_of_contest(event_id: int) -> None:
    """The buyer owes an answer to an objection, or has given it. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_contest")
        if event is None:
            return
        for contest in _some(contests_by_id, work, [event.facts["contest_id"]]):
            subject = ("ScorecardContest", contest.id)
            if event.kind == "ObservationContested":
                tell(
                    work, party_id=contest.buyer_id, roles=BUYERS, reason=MUST_ANSWER, subject=subject,
                    what="observation_contested", once=f"contest:{contest.id}",
                )  # fmt: skip
                continue
            settle_told(work, subject=subject, whats=["observation_contested"])
            what = "contest_agreed" if event.kind == "ContestAgreed" else "contest_refused"
            tell(
                work, party_id=contest.supplier_id, roles=SUPPLIER, reason=TOLD, subject=subject, what=what,
                once=f"contest:{contest.id}:{event_id}",
            )  # fmt: skip


def _some(read: Any, work: UnitOfWork, numbers: Iterable[int]) -> Any:
    return read(work, SYSTEM, list(numbers))
