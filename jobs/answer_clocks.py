"""While an answer does not come: who owes it is reminded, then its lead and whoever asked are told, then what silence means follows."""

from collaboration.answer_clocks.running import advance_clock, due_clocks, silent_clocks
from collaboration.orders.silence import settle_silence
from kernel.work import unit_of_work


def watch_answer_clocks() -> None:
    """Each clock in a transaction of its own. Safe to run twice, and to be missed: what is due is done when it next runs."""
    while True:
        with unit_of_work(writes=False) as work:
            due = due_clocks(work)
        if not due:
            break
        for clock_id in due:
            with unit_of_work() as work:
                advance_clock(work, clock_id=clock_id)
    while True:
        with unit_of_work(writes=False) as work:
            silent = silent_clocks(work)
        if not silent:
            return
        for clock_id in silent:
            with unit_of_work() as work:
                settle_silence(work, clock_id=clock_id)
