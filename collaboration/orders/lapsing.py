"""A buyer that lets its time pass: what it said beforehand is decided for it, once, by the system."""

from collections.abc import Sequence

from sqlmodel import col

from collaboration.orders.agreeing import accept_offer, has_passed, settle_response
from collaboration.orders.events import LinesAgreed, Moves, ResponseLapsed
from collaboration.orders.lifecycle import LINE_LIFE, ORDER_LIFE, LineState
from collaboration.orders.moving import lines_of, moves_of, schedules_of, settle
from collaboration.orders.owing import begin_to_owe
from collaboration.orders.revisions import keep_revisions
from collaboration.orders.tables import (
    DefaultDecision,
    Order,
    OrderResponse,
    ResponseLine,
    ResponseSchedule,
    Verdict,
)
from collaboration.orders.visibility import (
    orders_visible_to,
    response_lines_visible_to,
    response_schedules_visible_to,
    responses_visible_to,
)
from kernel.access import SYSTEM, Role, Side
from kernel.clock import today_of
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import tell
from kernel.work import UnitOfWork

AT_ONCE = 500
_VERDICTS = {
    DefaultDecision.ACCEPT: Verdict.ACCEPTED_BY_DEFAULT, DefaultDecision.REFUSE: Verdict.REFUSED_BY_DEFAULT,
}  # fmt: skip


def due_responses(work: UnitOfWork) -> list[int]:
    """Answers of which a line has waited longer than its buyer gave itself, the longest first; at most 500."""
    over = response_lines_visible_to(SYSTEM).where(
        col(ResponseLine.decide_by) <= work.now, col(ResponseLine.verdict) == Verdict.WAITING
    )
    found = work.rows(over.order_by(col(ResponseLine.decide_by)).limit(AT_ONCE))
    return list(dict.fromkeys(row.response_id for row in found))


def lapse_response(work: UnitOfWork, *, response_id: int) -> Order | None:
    """Lines of an answer whose time has passed are decided as their buyer said beforehand; None where there is none (any more).

    Where a day that was offered has passed as well nobody promises it: the original stands, whatever was said.
    """
    response = work.one(responses_visible_to(SYSTEM).where(col(OrderResponse.id) == response_id))
    order = work.one(orders_visible_to(SYSTEM).where(col(Order.id) == response.order_id), lock=True)
    response = work.one(responses_visible_to(SYSTEM).where(col(OrderResponse.id) == response_id), lock=True)
    said = response_lines_visible_to(SYSTEM).where(col(ResponseLine.response_id) == response_id)
    answered = work.all(said.order_by(col(ResponseLine.id)), lock=True)
    due = [a for a in answered if a.verdict is Verdict.WAITING and a.decide_by is not None and a.decide_by <= work.now]
    if not due:
        return None
    ORDER_LIFE.after(order.state, "lapse_response", by=Side.SYSTEM)
    own = list(lines_of(work, SYSTEM, order))
    by_id = {line.id: line for line in own}
    schedules = schedules_of(work, SYSTEM, own)
    for answer in due:
        line, default = by_id[answer.line_id], answer.default_decision
        assert default is not None
        offered = response_schedules_visible_to(SYSTEM).where(col(ResponseSchedule.response_line_id) == answer.id)
        days = work.all(offered)
        if has_passed(days, today_of(work.now)):
            default = DefaultDecision.REFUSE
        line.state = LINE_LIFE.after(line.state, "lapse_response", by=Side.SYSTEM, outcome=default)
        answer.verdict, answer.rule = _VERDICTS[default], answer.default_rule
        if default is DefaultDecision.ACCEPT:
            accept_offer(work, line, answer, days, schedules[answer.line_id])
            line.agreed_rule = answer.default_rule
    settle_response(response, answered)
    settle(order, own)
    begin_to_owe(work, order, asked_anew=False)
    moved = [by_id[a.line_id] for a in due if by_id[a.line_id].state is not LineState.OPEN]
    keep_revisions(work, order, moved, schedules, act="lapse_response")
    _record(work, order, response_id, due, moves=moves_of(work, own))
    return order


def _record(work: UnitOfWork, order: Order, response_id: int, due: Sequence[ResponseLine], *, moves: Moves) -> None:
    accepted = [a for a in due if a.verdict is Verdict.ACCEPTED_BY_DEFAULT]
    assert order.id is not None
    work.record(
        ResponseLapsed(
            order_id=order.id, response_id=response_id, accepted=len(accepted), refused=len(due) - len(accepted),
            state=order.state, moves=moves,
        )
    )  # fmt: skip
    for rule in dict.fromkeys(a.default_rule for a in accepted):
        lines = tuple(a.line_id for a in accepted if a.default_rule == rule)
        work.record(LinesAgreed(order_id=order.id, line_ids=lines, rule=rule))


def tell_both(work: UnitOfWork, *, order_id: int, event_id: int) -> None:
    """Both firms' people are told that an answer was decided by the passing of time."""
    order = work.one(orders_visible_to(SYSTEM).where(col(Order.id) == order_id))
    for party_id, role in ((order.buyer_id, Role.BUYER), (order.seller_id, Role.SALES)):
        tell(
            work, party_id=party_id, roles=frozenset({role}), reason=InboxReason.TOLD, subject=("Order", order_id),
            what="response_lapsed", once=f"response_lapsed:{event_id}",
        )  # fmt: skip
