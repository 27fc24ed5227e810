"""A firm has joined: what its inviter sent to it by link meanwhile becomes its own, and of the rest it is told."""

from collaboration.guests import telling
from collaboration.guests.taking_over import take_over_from_inviter
from kernel.work import unit_of_work


def take_over_for_invited(event_id: int) -> None:
    """Orders by link of who invited a firm that was confirmed. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="take_over_for_invited")
        if event:
            take_over_from_inviter(work, application_id=event.facts["application_id"])


def tell_joined_firm(event_id: int) -> None:
    """Orders by link of others than its inviter wait for a firm that was confirmed. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_joined_firm")
        if event:
            telling.tell_joined_firm(work, application_id=event.facts["application_id"])


def tell_firm_of_link(event_id: int) -> None:
    """An order was sent by link to a firm that is here already. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_firm_of_link")
        if event:
            telling.tell_firm_of_link(work, link_id=event.facts["link_id"])
