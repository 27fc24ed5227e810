"""Statements are proposed when a month has ended, and who is part of one is told of it."""

from collaboration.statements import telling
from collaboration.statements.decisions import month_before
from collaboration.statements.reads import pairs_received
from collaboration.statements.verbs import propose_statement
from kernel.clock import today_of
from kernel.work import unit_of_work


def propose_statements() -> None:
    """A draft of the month before for each pair that has none, each on its own: on the first of a month, or later if that was missed.

    Safe to run twice.
    """
    with unit_of_work(writes=False) as work:
        today = today_of(work.now)
        since, until = month_before(today)
        pairs = pairs_received(work, since=since, until=until)
    for pair in pairs:
        with unit_of_work() as work:
            made = propose_statement(work, pair, month_of=today)
            if made is not None and made.id is not None:
                telling.tell_of_proposal(work, statement_id=made.id)


def tell_of_statement(event_id: int) -> None:
    """A statement was sent, disputed, answered, confirmed or withdrawn. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_statement")
        if event:
            telling.tell_of_statement(work, statement_id=event.facts["statement_id"], event_id=event_id)
