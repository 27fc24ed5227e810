"""Answering an order: the seller's verb that agrees an order line by line; the buyer's is in deciding.py."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import col

from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.verbs import offer_item
from collaboration.answer_clocks.running import mark_seen, stop_clock
from collaboration.answer_clocks.tables import AnsweredKind, ClockEnd
from collaboration.orders.agreeing import agree, write_response_lines
from collaboration.orders.answers import Judged, allowed_by, judge, judge_added, pair_lines, with_limit
from collaboration.orders.asking import new_line, new_schedules
from collaboration.orders.capping import check_answers, check_within_caps
from collaboration.orders.decisions import ANSWERABLE
from collaboration.orders.events import LinesAgreed, OrderAnswered
from collaboration.orders.forms import LineAnswered
from collaboration.orders.lifecycle import LINE_LIFE, LineState, OrderState, ResponseState
from collaboration.orders.moving import check_none_open, lines_of, moves_of, order_to_move, schedules_of, settle
from collaboration.orders.revisions import keep_revisions
from collaboration.orders.tables import (
    Answer,
    LineAnswer,
    Order,
    OrderLine,
    OrderResponse,
    Reason,
    ResponseLine,
    Schedule,
    Verdict,
)
from collaboration.orders.visibility import (
    response_lines_visible_to,
    responses_visible_to,
    tolerance_between,
)
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule
from kernel.work import UnitOfWork

ANSWERERS = (Role.SALES, Role.GUEST)

OUTCOME = {
    LineAnswer.ACCEPTED: "accepted", LineAnswer.CHANGED: "changed",
    LineAnswer.REJECTED: "rejected", LineAnswer.ALREADY_DELIVERED: "already_delivered",
}  # fmt: skip


def respond_to_order(
    work: UnitOfWork, actor: Actor, *, order_id: int, expected_version: int, answer: Answer,
    reason: Reason | None = None, note: str = "", lines: Sequence[LineAnswered] = (),
) -> OrderResponse:  # fmt: skip
    """The seller answers: seen, accepted, rejected, or line by line. Once one line is answered all are.

    A line inside the pair's tolerance is agreed by rule; outside it waits for the buyer. A newer answer takes the
    place of one that still waits. Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    order = order_to_move(work, actor, order_id, verb="respond_to_order", duty=ANSWERERS, version=expected_version)
    own = list(lines_of(work, actor, order))
    if answer is Answer.ACKNOWLEDGED:
        return _acknowledge(work, actor, order, own, lines, note)
    check_none_open(order)
    open_lines = {line.id: line for line in own if line.state in ANSWERABLE and line.id is not None}
    given = _spell_out(answer, reason, lines, open_lines)
    check_answers(order, given)
    pair_lines(own, given, open_lines)
    schedules = schedules_of(work, actor, own)
    judged = _judge_all(work, actor, order, own, schedules, given)
    withdrawn = _supersede(work, actor, order, own)
    response = _write_response(work, actor, order, answer, reason, note)
    agreed: dict[str | None, list[int]] = {}
    answered: list[tuple[OrderLine, Judged]] = []
    by_id = {line.id: line for line in own}
    for one in judged:
        line = by_id.get(one.given.line_id) if one.given.answer is not LineAnswer.ADDED else None
        line = _apply(work, order, line, one, schedules, own)
        answered.append((line, one))
        if one.verdict in (Verdict.AGREED, Verdict.BY_RULE) and line.state is LineState.CONFIRMED:
            agreed.setdefault(one.rule, []).append(line.id or 0)
    write_response_lines(work, response, answered)
    _close_answer(work, order, own, response, judged, agreed)
    check_within_caps(work, order)
    told = [line for line, _ in answered if line.state in _TOLD] + [x for x in own if x.id in withdrawn]
    keep_revisions(work, order, told, schedules, act="respond_to_order")
    return response


_TOLD = frozenset({LineState.CONFIRMED, LineState.REJECTED, LineState.ADDED_PROPOSED})
"""What an answer makes of a line at once; a line that waits stands as it was asked until the buyer decides."""


def _acknowledge(
    work: UnitOfWork, actor: Actor, order: Order, own: Sequence[OrderLine], lines: Sequence[LineAnswered], note: str
) -> OrderResponse:
    if lines:
        raise Invalid("lines", "an acknowledgement answers no line yet", "“已收到”不包含逐行答复，请勿填写订单行")
    if order.acknowledged or order.state is OrderState.COUNTERED:
        raise NotAllowedNow(
            "this order was acknowledged or answered before; answer its lines now", "该订单已确认收到或已答复，请直接答复订单行",
            rule=Rule("order.acknowledged_once", "供应商答复订单行", "the seller, by answering the lines"),
        )  # fmt: skip
    order.acknowledged = True
    mark_seen(work, AnsweredKind.ORDER, order.id or 0)
    response = _write_response(work, actor, order, Answer.ACKNOWLEDGED, None, note)
    _close_answer(work, order, own, response, [], {})
    response.state = ResponseState.NOTED
    return response


def _spell_out(
    answer: Answer, reason: Reason | None, lines: Sequence[LineAnswered], open_lines: Mapping[int, OrderLine]
) -> Sequence[LineAnswered]:
    """The answer line by line. Raises Invalid, NotAllowedNow when nothing is left to answer."""
    if not open_lines:
        raise NotAllowedNow(
            "every line of this order is answered; the buyer decides now", "全部订单行均已答复，请等待采购方决定",
            rule=Rule("order.nothing_to_answer", "采购方作出决定", "the buyer, by deciding"),
        )  # fmt: skip
    if answer is Answer.CHANGED:
        if not lines:
            raise Invalid("lines", "say for every line what changes", "请逐行填写答复")
        return lines
    if lines and any(x.answer.value != answer.value for x in lines):
        raise Invalid(
            "lines", f"the answer {answer.name} leaves no other answer for a line; use CHANGED",
            "整单接受或拒绝时不能另行逐行答复；请选择“有变更”",
        )  # fmt: skip
    if lines:
        return [_with_reason(x, reason) for x in lines]
    if answer is Answer.REJECTED and reason is None:
        raise Invalid("reason", "a rejected order needs a reason", "拒绝订单时必须填写原因")
    each = LineAnswer.ACCEPTED if answer is Answer.ACCEPTED else LineAnswer.REJECTED
    return [LineAnswered(each, line_id=line_id, reason=reason) for line_id in open_lines]


def _with_reason(given: LineAnswered, reason: Reason | None) -> LineAnswered:
    return given if given.reason else replace(given, reason=reason)


def _judge_all(
    work: UnitOfWork, actor: Actor, order: Order, own: Sequence[OrderLine],
    schedules: Mapping[int, Sequence[Schedule]], given: Sequence[LineAnswered],
) -> list[Judged]:  # fmt: skip
    by_id = {line.id: line for line in own}
    pair = tolerance_between(actor, buyer_id=order.buyer_id, seller_id=order.seller_id)
    tolerances = {t.item_id: t for t in work.all(pair)}
    _check_substitutes(work, actor, order, given)
    today = today_of(work.now)
    judged = []
    for position, one in enumerate(given):
        place = f"lines.{position}"
        line = by_id.get(one.line_id)
        if one.answer is LineAnswer.ADDED:
            added = judge_added(one, line, place=place, today=today)
            tolerance = tolerances.get(added.terms.item_id) or tolerances.get(None)
            judged.append(with_limit(added, None, tolerance, order.currency, work.now))
            continue
        assert line is not None and line.id is not None
        LINE_LIFE.after(line.state, "respond_to_order", by=Side.SELLER, outcome=OUTCOME[one.answer])
        if line.state is LineState.CONFIRMED:
            continue  # restated, as Peppol sends all lines; nothing changes
        tolerance = tolerances.get(line.ordered_item_id) or tolerances.get(None)
        allowed = allowed_by(tolerance)
        found = judge(one, line, schedules[line.id], allowed=allowed, currency=order.currency, place=place, today=today)
        judged.append(with_limit(found, line, tolerance, order.currency, work.now))
    return judged


def _check_substitutes(work: UnitOfWork, actor: Actor, order: Order, given: Sequence[LineAnswered]) -> None:
    offered = {x.substitute_item_id: i for i, x in enumerate(given) if x.substitute_item_id is not None}
    mine = items_visible_to(actor).where(col(Item.firm_id) == order.seller_id, col(Item.id).in_(offered))
    found = {item.id for item in work.all(mine)} if offered else set()
    for item_id, position in offered.items():
        if item_id not in found:
            raise NotFound(f"lines.{position}.substituteItemId")
        offer_item(work, actor, item_id=item_id, buyer_id=order.buyer_id)


def _supersede(work: UnitOfWork, actor: Actor, order: Order, own: Sequence[OrderLine]) -> set[int | None]:
    """A newer answer takes the place of one that waits; the lines it added and nobody accepted, which are withdrawn."""
    waiting = responses_visible_to(actor).where(
        col(OrderResponse.order_id) == order.id, col(OrderResponse.state) == ResponseState.WAITING
    )
    for response in work.all(waiting, lock=True):
        response.state = ResponseState.SUPERSEDED
        for line in work.all(
            response_lines_visible_to(actor).where(col(ResponseLine.response_id) == response.id), lock=True
        ):
            if line.verdict is Verdict.WAITING:
                line.verdict = Verdict.SUPERSEDED
    proposed = [line for line in own if line.state is LineState.ADDED_PROPOSED]
    for added in proposed:
        added.state = LINE_LIFE.after(added.state, "respond_to_order", by=Side.SELLER, outcome="withdrawn")
    return {line.id for line in proposed}


def _write_response(
    work: UnitOfWork, actor: Actor, order: Order, answer: Answer, reason: Reason | None, note: str
) -> OrderResponse:
    assert order.id is not None
    earlier = work.count(responses_visible_to(actor).where(col(OrderResponse.order_id) == order.id))
    return work.add(
        OrderResponse(
            order_id=order.id,
            number=earlier + 1,
            answer=answer,
            state=ResponseState.AGREED,
            reason=reason,
            note=note,
            answered_version=order.version,
            answered_at=work.now,
            by_user=actor.user_id,
        )  # fmt: skip
    )


def _apply(
    work: UnitOfWork, order: Order, line: OrderLine | None, one: Judged,
    schedules: dict[int, list[Schedule]], own: list[OrderLine],
) -> OrderLine:  # fmt: skip
    """Move the line on as judged; an added line is written as a proposal. Returns the line."""
    if line is None:
        return _propose_line(work, order, one, schedules, own)
    assert line.id is not None
    outcome = OUTCOME[one.given.answer]
    if one.verdict is Verdict.AGREED and one.given.answer is LineAnswer.CHANGED:
        outcome = "accepted"
    line.state = LINE_LIFE.after(line.state, "respond_to_order", by=Side.SELLER, outcome=outcome)
    if one.verdict is Verdict.BY_RULE:
        line.state = LINE_LIFE.after(line.state, "agree_by_rule", by=Side.SYSTEM)
    if line.state is LineState.CONFIRMED:
        agree(work, line, schedules[line.id], one.terms, one.matched)
        line.agreed_rule, line.backorder_maximum = one.rule, one.given.backorder_maximum
    return line


def _propose_line(
    work: UnitOfWork, order: Order, one: Judged, schedules: dict[int, list[Schedule]], own: list[OrderLine]
) -> OrderLine:
    taken = max(line.number for line in own)
    unit = next((line.unit for line in own if line.item_id == one.terms.item_id), None)
    if unit is None:
        offered = items_visible_to(work.actor).where(col(Item.id) == one.terms.item_id)
        unit = work.one(offered, field="substituteItemId").unit
    assert order.id is not None
    terms = one.terms
    line = work.add(
        new_line(order.id, taken + 1, terms.item_id, unit, terms.quantity, terms.unit_price, LineState.ADDED_PROPOSED)
    )
    assert line.id is not None
    schedules[line.id] = new_schedules(line, one.matched)
    work.session.add_all(schedules[line.id])
    own.append(line)
    return line


def _close_answer(
    work: UnitOfWork, order: Order, own: Sequence[OrderLine], response: OrderResponse,
    judged: Sequence[Judged], agreed: Mapping[str | None, list[int]],
) -> None:  # fmt: skip
    verdicts = [one.verdict for one in judged]
    rejected = sum(one.given.answer is LineAnswer.REJECTED for one in judged)
    if Verdict.WAITING in verdicts:
        response.state = ResponseState.WAITING
    elif Verdict.BY_RULE in verdicts:
        response.state = ResponseState.AGREED_BY_RULE
    if judged:
        order.answered_at = work.now
        stop_clock(work, AnsweredKind.ORDER, order.id or 0, ClockEnd.ANSWERED)
    settle(order, own)
    assert order.id is not None and response.id is not None
    work.record(
        OrderAnswered(
            order_id=order.id,
            response_id=response.id,
            answer=response.answer,
            state=order.state,
            accepted=verdicts.count(Verdict.AGREED) - rejected,
            by_rule=verdicts.count(Verdict.BY_RULE),
            waiting=verdicts.count(Verdict.WAITING),
            rejected=rejected,
            moves=moves_of(work, own),
        )  # fmt: skip
    )
    for rule, line_ids in agreed.items():
        work.record(LinesAgreed(order_id=order.id, line_ids=tuple(line_ids), rule=rule))
