"""What one firm states, agrees to or takes back about a missed delivery is told to the other."""

from collaboration.causes import telling
from kernel.work import unit_of_work


def tell_of_cause(event_id: int) -> None:
    """A cause was stated, agreed to, or is opened again. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_cause")
        if event:
            telling.tell_of_cause(
                work, record_id=event.facts["record_id"], fact=event.kind, by_party=event.by_party, event_id=event_id
            )
