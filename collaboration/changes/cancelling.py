"""Cancel what was not shipped of an order: either side asks, the other answers; before anything is agreed the buyer just does."""

from sqlmodel import col

from collaboration.answer_clocks.running import start_clock, stop_clock
from collaboration.answer_clocks.tables import AnsweredKind, ClockEnd
from collaboration.changes.applying import cancel_rest
from collaboration.changes.events import (
    OrderCancellationAnswered,
    OrderCancellationRequested,
    OrderCancellationWithdrawn,
)
from collaboration.changes.judging import is_agreed
from collaboration.changes.lifecycle import CANCELLATION_LIFE, CancellationSide, CancellationState
from collaboration.changes.promising import give_way
from collaboration.changes.standing import Standing, settle_touched, standing_of
from collaboration.changes.tables import ChangeDecision, OrderCancellation
from collaboration.changes.visibility import order_cancellations_visible_to
from collaboration.orders.decisions import DEAD, DONE, to_ship
from collaboration.orders.lifecycle import LINE_LIFE, LineState
from collaboration.orders.moving import check_none_open, check_note, lines_of, order_to_move, settle
from collaboration.orders.owing import begin_to_owe
from collaboration.orders.tables import Amendment, Order, OrderLine, Reason
from collaboration.orders.visibility import side_of
from kernel.access import Actor, Role, Side, require
from kernel.errors import NotAllowedNow, Rule
from kernel.work import UnitOfWork

REQUESTERS = (Role.BUYER, Role.SALES)
OTHERS = (*REQUESTERS, Role.GUEST)
DUTY = {Side.BUYER: (Role.BUYER,), Side.SELLER: (Role.SALES,)}
ANSWERING = {Side.BUYER: (Role.BUYER,), Side.SELLER: (Role.SALES, Role.GUEST)}
NOTHING_TO_CANCEL = Rule("order_cancellation.all_shipped", "采购方收货后退货", "the buyer, by receiving and returning")


def request_order_cancellation(
    work: UnitOfWork, actor: Actor, *, order_id: int, expected_version: int, reason: Reason, note: str = ""
) -> OrderCancellation:
    """One side asks that what was not shipped be cancelled; the order stands until the other accepts.

    While nothing is agreed there is no contract: the buyer's word is enough. Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    order = order_to_move(
        work, actor, order_id, verb="request_order_cancellation", duty=REQUESTERS, version=expected_version
    )
    require(actor, *DUTY[side_of(order, actor)])
    check_none_open(order)
    standing = standing_of(work, actor, order)
    _check_something_left(standing)
    agreed = is_agreed(standing.lines)
    cancellation = _write(work, actor, order, reason, check_note(note), agreed)
    touched: list[OrderLine] = []
    if agreed:
        order.open_amendment = Amendment.CANCELLATION
    else:
        touched = [line for line in standing.lines if line.state is LineState.OPEN]
        for line in touched:
            line.state = LINE_LIFE.after(line.state, "request_order_cancellation", by=Side.BUYER)
    moves = settle_touched(work, standing, touched, act="request_order_cancellation")
    assert cancellation.id is not None
    if agreed:
        other = Side.SELLER if cancellation.requested_by is Side.BUYER else Side.BUYER
        start_clock(work, order, AnsweredKind.ORDER_CANCELLATION, cancellation.id, owed_by=other)
    else:
        begin_to_owe(work, order, asked_anew=False)
    work.record(
        OrderCancellationRequested(
            order_id=order_id, cancellation_id=cancellation.id, requested_by=cancellation.requested_by, reason=reason,
            state=cancellation.state, moves=moves,
        )
    )  # fmt: skip
    return cancellation


def answer_order_cancellation(
    work: UnitOfWork, actor: Actor, *, cancellation_id: int, expected_version: int, decision: ChangeDecision,
    note: str = "",
) -> OrderCancellation:  # fmt: skip
    """The other side lets the rest of the order go, or lets it stand. Raises NotFound, Stale, NotAllowedNow, Invalid."""
    cancellation, order = _to_move(work, actor, cancellation_id, "answer_order_cancellation", OTHERS, expected_version)
    require(actor, *ANSWERING[side_of(order, actor)])
    cancellation.state = CANCELLATION_LIFE.after(
        cancellation.state, "answer_order_cancellation", by=_stands(cancellation, order, actor), outcome=decision.value
    )
    cancellation.answer_note, cancellation.answered_at = check_note(note), work.now
    standing, touched = standing_of(work, actor, order), list[OrderLine]()
    if decision is ChangeDecision.ACCEPT:
        touched = _cancel(standing, by=side_of(order, actor))
        give_way(work, actor, order)
    order.open_amendment = None
    moves = settle_touched(work, standing, touched, act="answer_order_cancellation")
    stop_clock(work, AnsweredKind.ORDER_CANCELLATION, cancellation_id, ClockEnd.ANSWERED)
    work.record(
        OrderCancellationAnswered(
            order_id=cancellation.order_id, cancellation_id=cancellation_id, requested_by=cancellation.requested_by,
            decision=decision, state=order.state, moves=moves,
        )
    )  # fmt: skip
    return cancellation


def withdraw_order_cancellation(
    work: UnitOfWork, actor: Actor, *, cancellation_id: int, expected_version: int
) -> OrderCancellation:
    """Whoever asked takes it back. Raises NotFound, Stale, NotAllowedNow."""
    cancellation, order = _to_move(
        work, actor, cancellation_id, "withdraw_order_cancellation", REQUESTERS, expected_version
    )
    require(actor, *DUTY[side_of(order, actor)])
    cancellation.state = CANCELLATION_LIFE.after(
        cancellation.state, "withdraw_order_cancellation", by=_stands(cancellation, order, actor)
    )
    cancellation.answered_at, order.open_amendment = work.now, None
    settle(order, lines_of(work, actor, order))
    stop_clock(work, AnsweredKind.ORDER_CANCELLATION, cancellation_id, ClockEnd.WITHDRAWN)
    work.record(
        OrderCancellationWithdrawn(
            order_id=cancellation.order_id, cancellation_id=cancellation_id, requested_by=cancellation.requested_by
        )
    )
    return cancellation


def _to_let_go(standing: Standing) -> list[OrderLine]:
    """The lines of which something is still to be shipped."""
    live = [line for line in standing.lines if line.state not in DEAD | DONE]
    return [line for line in live if any(to_ship(s) for s in standing.of(line))]


def _check_something_left(standing: Standing) -> None:
    if not _to_let_go(standing):
        raise NotAllowedNow(
            "all of this order was shipped; nothing is left to cancel", "该订单已全部发货，没有可取消的数量",
            rule=NOTHING_TO_CANCEL,
        )  # fmt: skip


def _cancel(standing: Standing, *, by: Side) -> list[OrderLine]:
    """What was still to be shipped is cancelled. The lines it was of."""
    touched = _to_let_go(standing)
    for line in touched:
        line.state = LINE_LIFE.after(line.state, "answer_order_cancellation", by=by)
        cancel_rest(line, standing.of(line))
    return touched


def _stands(cancellation: OrderCancellation, order: Order, actor: Actor) -> CancellationSide:
    mine = side_of(order, actor) is cancellation.requested_by
    return CancellationSide.REQUESTER if mine else CancellationSide.ANSWERER


def _to_move(
    work: UnitOfWork, actor: Actor, cancellation_id: int, verb: str, duty: tuple[Role, ...], version: int
) -> tuple[OrderCancellation, Order]:
    own = order_cancellations_visible_to(actor).where(col(OrderCancellation.id) == cancellation_id)
    found = work.one(own, field="cancellationId")
    order = order_to_move(work, actor, found.order_id, verb=verb, duty=duty, version=version)
    return work.one(own, lock=True), order


def _write(work: UnitOfWork, actor: Actor, order: Order, reason: Reason, note: str, agreed: bool) -> OrderCancellation:
    assert order.id is not None
    earlier = work.count(order_cancellations_visible_to(actor).where(col(OrderCancellation.order_id) == order.id))
    return work.add(
        OrderCancellation(
            order_id=order.id, number=earlier + 1, reason=reason, note=note, requested_at=work.now,
            state=CancellationState.REQUESTED if agreed else CancellationState.ACCEPTED,
            requested_by=side_of(order, actor), by_user=actor.user_id, answered_at=None if agreed else work.now,
        )
    )  # fmt: skip
