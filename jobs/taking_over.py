"""A firm has joined: what its inviter sent to it by link meanwhile becomes its own."""

from collaboration.guests.taking_over import take_over_from_inviter
from kernel.work import unit_of_work


def take_over_for_invited(event_id: int) -> None:
    """Orders by link of who invited a firm that was confirmed. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="take_over_for_invited")
        if event:
            take_over_from_inviter(work, application_id=event.facts["application_id"])
