"""The clock of an order: while the seller owes an answer to what is asked now."""

from collaboration.answer_clocks.running import start_clock, stop_clock
from collaboration.answer_clocks.tables import AnsweredKind, ClockEnd
from collaboration.orders.decisions import UNANSWERED
from collaboration.orders.tables import Order
from kernel.access import Side
from kernel.work import UnitOfWork


def begin_to_owe(work: UnitOfWork, order: Order, *, asked_anew: bool) -> None:
    """After an act that may leave the seller owing an answer: a clock runs from now, and none from before.

    asked_anew: the buyer has just said what it wants and the seller nothing to it yet. Only then may silence mean
    anything: who said once that it wants other terms is never taken to agree.
    """
    assert order.id is not None
    owes = order.state in UNANSWERED
    stop_clock(work, AnsweredKind.ORDER, order.id, ClockEnd.REPLACED if owes else ClockEnd.WITHDRAWN)
    if owes:
        start_clock(work, order, AnsweredKind.ORDER, order.id, owed_by=Side.SELLER, heeds_silence=asked_anew)
