"""A seller that lets its time pass: what both firms agreed beforehand follows, once, by the system."""

from collections.abc import Callable, Sequence

from sqlmodel import col

from collaboration.answer_clocks.lifecycle import SilenceState
from collaboration.answer_clocks.running import stop_clock
from collaboration.answer_clocks.tables import AnswerClock, AnsweredKind, ClockEnd, SilenceMeaning, SilenceTerms
from collaboration.answer_clocks.visibility import answer_clocks_visible_to, silence_terms_visible_to
from collaboration.orders.agreeing import agree
from collaboration.orders.answers import wanted_of
from collaboration.orders.decisions import Promise, Terms, match_promises
from collaboration.orders.events import LinesAgreed, OrderAssumedAgreed, OrderLapsed, SilenceHeld
from collaboration.orders.lifecycle import LINE_LIFE, ORDER_LIFE, LineState
from collaboration.orders.moving import lines_of, moves_of, schedules_of, settle
from collaboration.orders.revisions import keep_revisions
from collaboration.orders.tables import Order, OrderLine, Schedule
from collaboration.orders.visibility import orders_visible_to
from kernel.access import SYSTEM, Role, Side
from kernel.clock import today_of
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import tell
from kernel.work import UnitOfWork

Days = dict[int, list[Schedule]]


def settle_silence(work: UnitOfWork, *, clock_id: int) -> ClockEnd | None:
    """What silence means for the order of a clock whose limit has passed: by terms in force then and now, or nothing.

    An answer that came before this does counts, however late. None where the order is left as it is.
    """
    clock = work.one(answer_clocks_visible_to(SYSTEM).where(col(AnswerClock.id) == clock_id))
    order = work.one(orders_visible_to(SYSTEM).where(col(Order.id) == clock.order_id), lock=True)
    clock = work.one(answer_clocks_visible_to(SYSTEM).where(col(AnswerClock.id) == clock_id), lock=True)
    if clock.ended_at is not None or clock.silence_id is None or clock.held_at or clock.answer_by > work.now:
        return None
    terms = work.one(silence_terms_visible_to(SYSTEM).where(col(SilenceTerms.id) == clock.silence_id))
    lines = list(lines_of(work, SYSTEM, order))
    asked = [line for line in lines if line.state is LineState.OPEN]
    schedules = schedules_of(work, SYSTEM, lines)
    if not _means_something(work, terms, asked, schedules):
        _hold(work, order, clock)
        return None
    acts: dict[SilenceMeaning, tuple[_Act, ClockEnd]] = {
        SilenceMeaning.ASSUMED_AGREED: (assume_agreed, ClockEnd.ASSUMED_AGREED),
        SilenceMeaning.LAPSES: (lapse_order, ClockEnd.LAPSED),
    }
    act, ended = acts[terms.meaning]
    act(work, order, lines, asked, schedules, terms_id=terms.id or 0)
    assert order.id is not None
    stop_clock(work, AnsweredKind.ORDER, order.id, ended)
    _tell_both(work, order, f"order_{ended}", clock_id)
    return ended


_Act = Callable[..., None]


def _means_something(work: UnitOfWork, terms: SilenceTerms, asked: Sequence[OrderLine], schedules: Days) -> bool:
    """Only by terms nobody has taken back; and nobody promises a day that has passed."""
    if terms.state is not SilenceState.IN_FORCE or terms.meaning is SilenceMeaning.NOTHING or not asked:
        return False
    today = today_of(work.now)
    days = [s.wanted_on for line in asked for s in schedules[line.id or 0] if s.quantity]
    return terms.meaning is SilenceMeaning.LAPSES or all(day >= today for day in days)


def _hold(work: UnitOfWork, order: Order, clock: AnswerClock) -> None:
    silence_id, clock.silence_id = clock.silence_id, None
    assert order.id is not None and silence_id is not None
    work.record(SilenceHeld(order_id=order.id, silence_id=silence_id))
    _tell_both(work, order, "silence_held", clock.id or 0)


def assume_agreed(
    work: UnitOfWork, order: Order, lines: Sequence[OrderLine], asked: Sequence[OrderLine], schedules: Days, *,
    terms_id: int,
) -> None:  # fmt: skip
    """Every line that is not answered binds both firms as it was asked, under the terms that say so."""
    ORDER_LIFE.after(order.state, "assume_agreed", by=Side.SYSTEM)
    rule = f"silence.{terms_id}"
    for line in asked:
        line.state = LINE_LIFE.after(line.state, "assume_agreed", by=Side.SYSTEM)
        own = schedules[line.id or 0]
        wanted = wanted_of(own)
        matched = match_promises(wanted, [Promise(one.on, one.quantity) for one in wanted])
        agree(work, line, own, Terms(line.ordered_quantity, line.ordered_unit_price, line.ordered_item_id), matched)
        line.agreed_rule = rule
    settle(order, lines)
    keep_revisions(work, order, asked, schedules, act="assume_agreed")
    assert order.id is not None
    moves = moves_of(work, lines)
    work.record(OrderAssumedAgreed(order_id=order.id, silence_id=terms_id, state=order.state, moves=moves))
    work.record(LinesAgreed(order_id=order.id, line_ids=tuple(line.id or 0 for line in asked), rule=rule))


def lapse_order(
    work: UnitOfWork, order: Order, lines: Sequence[OrderLine], asked: Sequence[OrderLine], schedules: Days, *,
    terms_id: int,
) -> None:  # fmt: skip
    """Every line that is not answered binds nobody, under the terms that say so."""
    ORDER_LIFE.after(order.state, "lapse_order", by=Side.SYSTEM)
    for line in asked:
        line.state = LINE_LIFE.after(line.state, "lapse_order", by=Side.SYSTEM)
    settle(order, lines)
    keep_revisions(work, order, asked, schedules, act="lapse_order")
    assert order.id is not None
    moves = moves_of(work, lines)
    work.record(OrderLapsed(order_id=order.id, silence_id=terms_id, state=order.state, moves=moves))


def _tell_both(work: UnitOfWork, order: Order, what: str, clock_id: int) -> None:
    for party_id, role in ((order.buyer_id, Role.BUYER), (order.seller_id, Role.SALES)):
        tell(
            work, party_id=party_id, roles=frozenset({role}), reason=InboxReason.TOLD, subject=("Order", order.id or 0),
            what=what, once=f"{what}:{clock_id}",
        )  # fmt: skip
