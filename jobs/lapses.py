"""Answers a buyer does not decide on in the time it gave itself are decided as it said beforehand."""

from collaboration.orders.lapsing import due_responses, tell_both
from collaboration.orders.verbs import lapse_response
from kernel.work import unit_of_work


def lapse_due_responses() -> None:
    """Each answer in a transaction of its own. Safe to run twice, and to be missed: what is due lapses when it next runs."""
    while True:
        with unit_of_work(writes=False) as work:
            due = due_responses(work)
        if not due:
            return
        for response_id in due:
            with unit_of_work() as work:
                lapse_response(work, response_id=response_id)


def tell_of_lapse(event_id: int) -> None:
    """An answer was decided by the passing of time. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_lapse")
        if event:
            tell_both(work, order_id=event.facts["order_id"], event_id=event_id)
