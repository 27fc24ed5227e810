"""The other end of a supply link, or of a proposal, is told what was said of it."""

from chain.links import telling
from kernel.work import unit_of_work


def tell_other_end(event_id: int) -> None:
    """What an end said of a link. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_other_end")
        if event:
            telling.tell_other_end(
                work, link_id=event.facts["link_id"], fact=event.kind, by_party=event.by_party, event_id=event_id
            )


def tell_proposed_to(event_id: int) -> None:
    """A proposal reaches the firm it names, if that has joined. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_proposed_to")
        if event:
            telling.tell_proposed_to(work, proposal_id=event.facts["proposal_id"])


def tell_proposer(event_id: int) -> None:
    """A proposal was answered or taken back. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_proposer")
        if event:
            proposal_id = event.facts["proposal_id"]
            telling.tell_proposer(work, proposal_id=proposal_id, fact=event.kind, event_id=event_id)
