"""Deciding on an answer: the buyer accepts, refuses, counters or cancels what waits for it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import col

from collaboration.frameworks.decisions import PRICE
from collaboration.orders.agreeing import accept_offer, has_passed, settle_response
from collaboration.orders.answers import check_worth
from collaboration.orders.asking import check_line, check_one_day, check_sum, new_schedules
from collaboration.orders.capping import PRICED, check_minimums, check_within_caps
from collaboration.orders.events import LinesAgreed, Moves, ResponseDecided
from collaboration.orders.forms import LineAsked, LineDecision, WantedDay
from collaboration.orders.lifecycle import LINE_LIFE, LineState, ResponseState
from collaboration.orders.moving import lines_of, moves_of, order_to_move, schedules_of, settle
from collaboration.orders.owing import begin_to_owe
from collaboration.orders.revisions import keep_revisions
from collaboration.orders.tables import (
    Decision,
    LineAnswer,
    Order,
    OrderLine,
    OrderResponse,
    ResponseLine,
    ResponseSchedule,
    Schedule,
    Verdict,
)
from collaboration.orders.visibility import (
    response_lines_visible_to,
    response_schedules_visible_to,
    responses_visible_to,
)
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import ZERO, not_negative
from kernel.work import UnitOfWork


def decide_on_response(
    work: UnitOfWork, actor: Actor, *, response_id: int, expected_version: int, decisions: Sequence[LineDecision]
) -> Order:
    """The buyer accepts, refuses (the original stands), counters (what it wants now is asked) or cancels lines that wait. Others may be decided later.

    A day that passed while the answer waited is agreed by nobody. Raises NotFound, Stale, NotAllowedNow, Invalid("decisions...").
    """
    response = work.one(responses_visible_to(actor).where(col(OrderResponse.id) == response_id), field="responseId")
    order = order_to_move(
        work, actor, response.order_id, verb="decide_on_response", duty=Role.BUYER, version=expected_version
    )
    response = work.one(responses_visible_to(actor).where(col(OrderResponse.id) == response_id), lock=True)
    if response.state is not ResponseState.WAITING:
        raise NotAllowedNow(
            "nothing of this answer waits for a decision: it was decided, or a newer one took its place",
            "该答复没有待决定的内容：已决定或已被新的答复取代",
            rule=Rule("response.waiting", "供应商重新答复", "the seller, by a new answer"),
        )
    own = list(lines_of(work, actor, order))
    answered = work.all(response_lines_visible_to(actor).where(col(ResponseLine.response_id) == response_id), lock=True)
    waiting = {line.line_id: line for line in answered if line.verdict is Verdict.WAITING}
    _check_decisions(decisions, waiting)
    schedules = schedules_of(work, actor, own)
    by_id = {line.id: line for line in own if line.id is not None}
    agreed: list[int] = []
    for position, one in enumerate(decisions):
        line, answer = by_id[one.line_id], waiting[one.line_id]
        line.state = LINE_LIFE.after(line.state, "decide_on_response", by=Side.BUYER, outcome=one.decision)
        answer.verdict = _VERDICTS[one.decision]
        if one.decision is Decision.ACCEPT:
            offered = response_schedules_visible_to(actor).where(col(ResponseSchedule.response_line_id) == answer.id)
            days = work.all(offered)
            if answer.answer is not LineAnswer.ALREADY_DELIVERED and has_passed(days, today_of(work.now)):
                raise _passed(line, min(day.promised_on for day in days), f"decisions.{position}.decision")
            accept_offer(work, line, answer, days, schedules[one.line_id])
            agreed.append(one.line_id)
        elif one.decision is Decision.COUNTER:
            counter(work, line, schedules[one.line_id], one, place=f"decisions.{position}")
    settle_response(response, answered)
    settle(order, own)
    check_within_caps(work, order)
    begin_to_owe(work, order, asked_anew=False)
    decided = [
        by_id[one.line_id]
        for one in decisions
        if one.decision is not Decision.REFUSE or by_id[one.line_id].state is not LineState.OPEN
    ]
    keep_revisions(work, order, decided, schedules, act="decide_on_response")
    _record_decisions(work, order, response_id, decisions, agreed, moves_of(work, own))
    return order


DAY_PASSED = Rule(
    "response.day_passed",
    "供应商以其他日期重新答复，或采购方不接受、还价",
    "the seller, by answering with another day, or the buyer, by refusing or a counter-offer",
)


def _passed(line: OrderLine, on: date, place: str) -> NotAllowedNow:
    return NotAllowedNow(
        f"{on}, offered for line {line.number}, has passed while the answer waited: refuse it, or say another day",
        f"第 {line.number} 行所承诺的 {on} 在等待决定期间已过：请不接受，或还价提出其他日期",
        fields=(place,), rule=DAY_PASSED,
    )  # fmt: skip


_VERDICTS = {
    Decision.ACCEPT: Verdict.ACCEPTED, Decision.REFUSE: Verdict.REFUSED, Decision.COUNTER: Verdict.COUNTERED,
    Decision.CANCEL: Verdict.CANCELLED,
}  # fmt: skip


def _check_decisions(decisions: Sequence[LineDecision], waiting: Mapping[int, ResponseLine]) -> None:
    if not decisions:
        raise Invalid("decisions", "decide on at least one line", "请至少对一行作出决定")
    seen = set()
    for position, one in enumerate(decisions):
        given = one.quantity is not None or one.unit_price is not None or bool(one.schedules)
        if given and one.decision is not Decision.COUNTER:
            raise Invalid(
                f"decisions.{position}.decision",
                "other terms are said with COUNTER only",
                "只有还价才填写数量、单价和日期",
            )
        if one.line_id not in waiting:
            raise Invalid(
                f"decisions.{position}.lineId", "this line does not wait for a decision", "该行没有待决定的答复"
            )
        if one.line_id in seen:
            raise Invalid(f"decisions.{position}.lineId", "this line is decided twice", "同一行重复决定")
        seen.add(one.line_id)


def counter(work: UnitOfWork, line: OrderLine, schedules: list[Schedule], one: LineDecision, *, place: str) -> None:
    """What the buyer wants instead is asked from now on; nothing of the line was agreed or shipped yet. Raises Invalid."""
    kept = [WantedDay(s.wanted_on, s.quantity) for s in schedules if s.quantity]
    days = list(one.schedules) or _on_kept_days(one, kept, place)
    total = sum((day.quantity for day in days), ZERO)
    check_sum(one.quantity, total, place)
    price = line.ordered_unit_price if one.unit_price is None else one.unit_price
    if days == kept:  # they may have come and gone while the answer was on its way: what stays is not asked anew
        not_negative(price, f"{place}.unitPrice")
        check_worth(total, price, place)
    else:
        check_line(LineAsked(line.number, line.ordered_item_id, total, price, days), place, today_of(work.now))
    if line.framework_line_id is not None and price != line.ordered_unit_price:
        raise Invalid(f"{place}.unitPrice", *PRICED, rule=PRICE)
    if line.framework_line_id is not None and total != line.quantity:
        check_minimums(work, [(line.framework_line_id, total, f"{place}.quantity")])
    if days == kept and price == line.ordered_unit_price:
        raise Invalid(
            f"{place}.decision", "a counter-offer says another quantity, price or day; refuse to leave the line as asked",
            "还价须改变数量、单价或日期；要求不变请选择“不接受”",
        )  # fmt: skip
    _set_wanted(work, line, schedules, days)
    line.quantity = line.ordered_quantity = total
    line.unit_price = line.ordered_unit_price = price


def _on_kept_days(one: LineDecision, kept: Sequence[WantedDay], place: str) -> list[WantedDay]:
    if one.quantity is None:
        return list(kept)
    check_one_day(len(kept), place)
    return [WantedDay(kept[0].wanted_on, one.quantity)]


def _set_wanted(work: UnitOfWork, line: OrderLine, schedules: list[Schedule], days: Sequence[WantedDay]) -> None:
    """The days become the line's; a schedule that is left over keeps its row with quantity 0."""
    for schedule in schedules[len(days) :]:
        schedule.quantity = ZERO
    for schedule, day in zip(schedules, days, strict=False):
        schedule.wanted_on, schedule.quantity = day.wanted_on, day.quantity
    last = max(s.number for s in schedules)
    more = new_schedules(line, days[len(schedules) :], after=last)
    work.session.add_all(more)
    work.session.flush()
    schedules += more


def _record_decisions(
    work: UnitOfWork, order: Order, response_id: int, decisions: Sequence[LineDecision], agreed: list[int], moves: Moves
) -> None:
    made = [one.decision for one in decisions]
    assert order.id is not None
    work.record(
        ResponseDecided(
            order_id=order.id,
            response_id=response_id,
            accepted=made.count(Decision.ACCEPT),
            refused=made.count(Decision.REFUSE),
            cancelled=made.count(Decision.CANCEL),
            countered=made.count(Decision.COUNTER),
            state=order.state,
            moves=moves,
        )  # fmt: skip
    )
    if agreed:
        work.record(LinesAgreed(order_id=order.id, line_ids=tuple(agreed), rule=None))
