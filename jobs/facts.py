"""What an event says, for jobs whose long work is done before they claim it."""

from typing import Any

from kernel.work import unit_of_work


def facts_of(event_id: int) -> dict[str, Any]:
    """Read outside the transaction that claims the event: long work is done outside any transaction."""
    with unit_of_work(writes=False) as work:
        return work.facts_of(event_id)
