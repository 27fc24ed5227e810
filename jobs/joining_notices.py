"""A firm that asked to join is told what became of it, and of what others said to it before it was here."""

from chain.links import telling as links
from chain.registration import telling as applications
from chain.registration.reads import applications_by_id
from kernel.access import SYSTEM
from kernel.work import unit_of_work


def tell_of_application(event_id: int) -> None:
    """An application was submitted, confirmed or declined. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_application")
        if event:
            number = event.facts["application_id"]
            applications.tell_of_application(work, application_id=number, fact=event.kind, event_id=event_id)


def tell_of_waiting_proposals(event_id: int) -> None:
    """Links proposed to a firm's credit code before it joined reach it now. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_waiting_proposals")
        if event:
            (application,) = applications_by_id(work, SYSTEM, [event.facts["application_id"]])
            links.tell_of_waiting_proposals(work, firm_id=application.firm_id)
