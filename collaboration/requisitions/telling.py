"""Whoever decides on a requisition is told that it waits, and whoever asked, what became of it."""

from collaboration.requisitions.reads import requisitions_by_id
from kernel.access import SYSTEM, Role
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell, tell_person
from kernel.work import UnitOfWork

TO_APPROVE = "requisition.to_approve"
ENDS = {"RequisitionApproved": "requisition.approved", "RequisitionRejected": "requisition.rejected"}


def tell_of_requisition(work: UnitOfWork, *, requisition_id: int, fact: str, event_id: int) -> None:
    (found,) = requisitions_by_id(work, SYSTEM, [requisition_id])
    about = ("Requisition", requisition_id)
    once = f"{fact}:{event_id}"
    if fact != "RequisitionSubmitted":
        settle_told(work, subject=about, whats=[TO_APPROVE])
        tell_person(
            work, person_id=found.requested_by, reason=InboxReason.TOLD, subject=about, what=ENDS[fact], once=once
        )
    elif found.state != "waiting":
        return
    elif found.approver_id is not None:
        tell_person(
            work, person_id=found.approver_id, reason=InboxReason.MUST_ANSWER, subject=about, what=TO_APPROVE, once=once
        )
    else:
        tell(
            work, party_id=found.firm_id, roles=frozenset({Role.LEAD}), reason=InboxReason.MUST_ANSWER, subject=about,
            what=TO_APPROVE, once=once,
        )  # fmt: skip
