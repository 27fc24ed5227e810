"""Telling an applicant, and the people it named, what became of its application."""

from sqlmodel import col

from chain.registration.decisions import DUTIES
from chain.registration.lifecycle import ApplicationState
from chain.registration.tables import Application
from chain.registration.visibility import applications_visible_to
from kernel.access import SYSTEM
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell, tell_person
from kernel.work import UnitOfWork

DECLINED = "application_declined"


def tell_of_application(work: UnitOfWork, *, application_id: int, fact: str, event_id: int) -> None:
    """Declined, the applicant is to mend it, and no longer once it has; confirmed, all who were named are told.

    Colleagues read no application, so theirs is about the firm. Who invited the firm reads its state and no more.
    """
    application = work.one(applications_visible_to(SYSTEM).where(col(Application.id) == application_id))
    subject = ("Application", application_id)
    if fact == "ApplicationDeclined" and application.state is ApplicationState.DECLINED:
        tell_person(
            work, person_id=application.applicant_id, reason=InboxReason.MUST_ANSWER, subject=subject, what=DECLINED,
            once=f"{DECLINED}:{event_id}",
        )  # fmt: skip
    if fact != "ApplicationDeclined":
        settle_told(work, subject=subject, whats=(DECLINED,))
    if fact == "ApplicationConfirmed":
        what = "application_confirmed"
        once = f"{what}:{application_id}"
        tell_person(
            work, person_id=application.applicant_id, reason=InboxReason.TOLD, subject=subject, what=what, once=once
        )
        tell(
            work, party_id=application.firm_id, roles=frozenset(DUTIES), reason=InboxReason.TOLD, what=what,
            subject=("Firm", application.firm_id or 0), once=once,
        )  # fmt: skip
