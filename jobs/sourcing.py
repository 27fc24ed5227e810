"""Requests for quotation: those whose time has come are closed, and who is part of one is told of it."""

import logging

from collaboration.requisitions.reads import requisitions_of_rfq
from collaboration.requisitions.telling import tell_of_requisition as tell_people
from collaboration.requisitions.verbs import settle_requisition
from collaboration.sourcing import telling
from collaboration.sourcing.reads import due_rfqs
from collaboration.sourcing.verbs import close_due_rfq
from kernel.access import SYSTEM
from kernel.errors import NotAllowedNow
from kernel.work import unit_of_work

log = logging.getLogger("chainmaster.sourcing")


class BidsStaySealed(Exception):
    """The key of a request does not open. The job stays on the dead list until a person has looked."""


def close_due_rfqs() -> None:
    """Every minute: open the bids of each request whose time has come, each on its own. Safe to run twice.

    Raises BidsStaySealed once all others are opened.
    """
    with unit_of_work(writes=False) as work:
        due = due_rfqs(work, SYSTEM, work.now)
    stuck = []
    for rfq_id in due:
        try:
            with unit_of_work() as work:
                close_due_rfq(work, rfq_id=rfq_id)
        except NotAllowedNow as refusal:
            log.error("request for quotation %s: %s", rfq_id, refusal.en)
            stuck.append(rfq_id)
    if stuck:
        raise BidsStaySealed(", ".join(map(str, stuck)))


def tell_of_rfq(event_id: int) -> None:
    """A request was drafted, approved, issued, amended, answered about, closed or cancelled. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_rfq")
        if event:
            telling.tell_of_rfq(work, rfq_id=event.facts["rfq_id"], fact=event.kind, event_id=event_id)


def tell_of_invitation(event_id: int) -> None:
    """An invitee has bid, confirmed, declined, or asked. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_invitation")
        if event:
            invitation_id = event.facts["invitation_id"]
            telling.tell_of_invitation(work, invitation_id=invitation_id, fact=event.kind, event_id=event_id)


def settle_requisitions(event_id: int) -> None:
    """A request for quotation was decided or given up: what it came from is ordered, or open again. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="settle_requisitions")
        if event:
            for requisition in requisitions_of_rfq(work, SYSTEM, event.facts["rfq_id"]):
                settle_requisition(work, requisition_id=requisition.id)


def tell_of_requisition(event_id: int) -> None:
    """A requisition was submitted, approved or rejected. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_requisition")
        if event:
            tell_people(work, requisition_id=event.facts["requisition_id"], fact=event.kind, event_id=event_id)
