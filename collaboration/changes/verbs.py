"""What people do to change a placed order: ask, answer, decide on a counter-offer, withdraw (features.md 3.5, C13)."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import col

from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from collaboration.answer_clocks.running import start_clock, stop_clock
from collaboration.answer_clocks.tables import AnsweredKind, ClockEnd
from collaboration.changes.applying import ask_anew, bind
from collaboration.changes.cancelling import (
    answer_order_cancellation,
    request_order_cancellation,
    withdraw_order_cancellation,
)
from collaboration.changes.events import (
    OrderChangeAnswered,
    OrderChanged,
    OrderChangeDecided,
    OrderChangeWithdrawn,
)
from collaboration.changes.forms import ChangedDay, LineChanged
from collaboration.changes.gates import check_called_off, check_gates
from collaboration.changes.judging import Asked, check_reopens, is_agreed, judge_addition, judge_change
from collaboration.changes.keeping import effective, keep_lines, kept_lines
from collaboration.changes.lifecycle import ORDER_CHANGE_LIFE, OrderChangeState
from collaboration.changes.promising import decide_on_repromise, give_way, repromise_order
from collaboration.changes.standing import Standing, settle_touched, standing_of
from collaboration.changes.tables import ChangeAnswer, ChangeDecision, LineAction, OrderChange
from collaboration.changes.visibility import order_changes_visible_to
from collaboration.orders.events import LinesAgreed
from collaboration.orders.lifecycle import LineState
from collaboration.orders.moving import check_none_open, check_note, lines_of, order_to_move, settle
from collaboration.orders.owing import begin_to_owe
from collaboration.orders.responses import ANSWERERS
from collaboration.orders.tables import Amendment, Order, OrderLine, Reason
from collaboration.orders.verbs import MOST_LINES, TOO_MANY_LINES
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, NotFound
from kernel.work import UnitOfWork

__all__ = [
    "answer_order_cancellation", "change_order", "decide_on_order_change", "decide_on_repromise", "repromise_order",
    "request_order_cancellation", "respond_to_order_change", "withdraw_order_cancellation", "withdraw_order_change",
]  # fmt: skip


def change_order(
    work: UnitOfWork, actor: Actor, *, order_id: int, expected_version: int, lines: Sequence[LineChanged],
    note: str = "", conditional_reason: str | None = None,
) -> OrderChange:  # fmt: skip
    """The buyer asks that a placed order be changed. Until something is agreed it stands changed at once.

    Afterwards the last agreement stands until the seller accepts. Whoever asks for more passes the gates of an order:
    conditional_reason as there. Raises NotFound, Stale, NotAllowedNow, Invalid, Limit.
    """
    order = order_to_move(work, actor, order_id, verb="change_order", duty=Role.BUYER, version=expected_version)
    check_none_open(order)
    check_reopens(order.state, lines)
    standing = standing_of(work, actor, order)
    asked = _judge(work, actor, standing, lines)
    if any(one.action is LineAction.NONE for one in asked) or not asked:
        raise Invalid("lines", "name the lines that change, and what becomes of them", "请填写需变更的订单行及变更内容")
    check_gates(work, actor, order, standing.lines, asked, reason=conditional_reason)
    agreed = is_agreed(standing.lines)
    state = OrderChangeState.SENT if agreed else OrderChangeState.NOTED
    change = _write(work, actor, order, state, check_note(note))
    keep_lines(work, change, asked, by=Side.BUYER)
    touched: list[OrderLine] = []
    if agreed:
        order.open_amendment = Amendment.CHANGE
    else:
        touched = ask_anew(work, standing, asked)
        order.acknowledged, change.settled_at = False, work.now
    moves = settle_touched(work, standing, touched, act="change_order")
    assert change.id is not None
    if agreed:
        start_clock(work, order, AnsweredKind.ORDER_CHANGE, change.id, owed_by=Side.SELLER)
    else:
        begin_to_owe(work, order, asked_anew=True)
    work.record(OrderChanged(order_id=order_id, change_id=change.id, number=change.number, state=state, moves=moves))
    return change


def respond_to_order_change(
    work: UnitOfWork, actor: Actor, *, change_id: int, expected_version: int, answer: ChangeAnswer,
    reason: Reason | None = None, note: str = "", lines: Sequence[LineChanged] = (),
) -> OrderChange:  # fmt: skip
    """The seller accepts the whole change, rejects it (what was agreed stands), or offers other terms for some lines.

    lines: of a counter-offer alone; a line left out is accepted as asked, NONE leaves it as it was agreed.
    Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    change, order = _to_move(work, actor, change_id, "respond_to_order_change", ANSWERERS, expected_version)
    change.state = ORDER_CHANGE_LIFE.after(
        change.state, "respond_to_order_change", by=Side.SELLER, outcome=answer.value
    )
    _check_answer(answer, reason, lines)
    change.reason, change.answer_note, change.answered_at = reason, check_note(note), work.now
    standing, touched = standing_of(work, actor, order), list[OrderLine]()
    if answer is ChangeAnswer.CHANGED:
        offered = _judge_offer(work, actor, standing, kept_lines(work, actor, change)[Side.BUYER], lines)
        check_called_off(order, offered)
        keep_lines(work, change, offered, by=Side.SELLER)
    elif answer is ChangeAnswer.ACCEPTED:
        touched = _bind(work, actor, standing, change, verb="respond_to_order_change", by=Side.SELLER)
    if answer is not ChangeAnswer.CHANGED:
        _close(work, order, change)
    moves = settle_touched(work, standing, touched, act="respond_to_order_change")
    stop_clock(work, AnsweredKind.ORDER_CHANGE, change_id, ClockEnd.ANSWERED)
    work.record(
        OrderChangeAnswered(
            order_id=change.order_id, change_id=change_id, number=change.number, answer=answer, state=change.state,
            moves=moves,
        )
    )  # fmt: skip
    return change


def decide_on_order_change(
    work: UnitOfWork, actor: Actor, *, change_id: int, expected_version: int, decision: ChangeDecision
) -> OrderChange:
    """The buyer takes the seller's counter-offer, or refuses it: then what was agreed before the change stands.

    Raises NotFound, Stale, NotAllowedNow.
    """
    change, order = _to_move(work, actor, change_id, "decide_on_order_change", (Role.BUYER,), expected_version)
    change.state = ORDER_CHANGE_LIFE.after(
        change.state, "decide_on_order_change", by=Side.BUYER, outcome=decision.value
    )
    standing, touched = standing_of(work, actor, order), list[OrderLine]()
    if decision is ChangeDecision.ACCEPT:
        touched = _bind(work, actor, standing, change, verb="decide_on_order_change", by=Side.BUYER)
    _close(work, order, change)
    moves = settle_touched(work, standing, touched, act="decide_on_order_change")
    work.record(
        OrderChangeDecided(
            order_id=change.order_id, change_id=change_id, number=change.number, decision=decision, state=change.state,
            moves=moves,
        )
    )  # fmt: skip
    return change


def withdraw_order_change(work: UnitOfWork, actor: Actor, *, change_id: int, expected_version: int) -> OrderChange:
    """The buyer takes back a change that is not settled. Raises NotFound, Stale, NotAllowedNow."""
    change, order = _to_move(work, actor, change_id, "withdraw_order_change", (Role.BUYER,), expected_version)
    change.state = ORDER_CHANGE_LIFE.after(change.state, "withdraw_order_change", by=Side.BUYER)
    _close(work, order, change)
    settle(order, lines_of(work, actor, order))
    stop_clock(work, AnsweredKind.ORDER_CHANGE, change_id, ClockEnd.WITHDRAWN)
    work.record(OrderChangeWithdrawn(order_id=change.order_id, change_id=change_id, number=change.number))
    return change


def _to_move(
    work: UnitOfWork, actor: Actor, change_id: int, verb: str, duty: tuple[Role, ...], version: int
) -> tuple[OrderChange, Order]:
    found = work.one(order_changes_visible_to(actor).where(col(OrderChange.id) == change_id), field="changeId")
    order = order_to_move(work, actor, found.order_id, verb=verb, duty=duty, version=version)
    return work.one(order_changes_visible_to(actor).where(col(OrderChange.id) == change_id), lock=True), order


def _judge(work: UnitOfWork, actor: Actor, standing: Standing, lines: Sequence[LineChanged]) -> list[Asked]:
    """What is asked of each line, each named once. Raises Invalid, NotFound, Limit."""
    by_id = {line.id: line for line in standing.lines}
    taken, seen = {line.number for line in standing.lines}, set()
    today, asked = today_of(work.now), []
    if len(by_id) + sum(one.action is LineAction.ADD for one in lines) > MOST_LINES:
        raise Limit(
            f"an order has at most {MOST_LINES} lines", f"每张订单最多 {MOST_LINES} 行", fields=("lines",),
            rule=TOO_MANY_LINES,
        )  # fmt: skip
    offered = _offered(work, actor, standing.order, {one.item_id for one in lines if one.action is LineAction.ADD})
    for position, one in enumerate(lines):
        place = f"lines.{position}"
        if one.action is LineAction.ADD:
            if one.item_id not in offered:
                raise NotFound(f"{place}.itemId")
            unit = offered[one.item_id].unit
            asked.append(judge_addition(one, unit=unit, taken=taken, place=place, today=today))
            taken.add(asked[-1].number)
            continue
        line = by_id.get(one.line_id)
        if line is None:
            raise Invalid(f"{place}.lineId", "this line is not of this order", "该行不属于此订单")
        if line.id in seen:
            raise Invalid(f"{place}.lineId", "this line is named twice", "同一订单行重复填写")
        seen.add(line.id)
        asked.append(judge_change(one, line, standing.of(line), place=place, today=today))
    return asked


def _judge_offer(
    work: UnitOfWork, actor: Actor, standing: Standing, asked: Sequence[Asked], lines: Sequence[LineChanged]
) -> list[Asked]:
    """The counter-offer, line by line: of lines the change names alone, by the same action or none. Raises Invalid."""
    by_line, by_number = {one.line_id: one for one in asked}, {one.number: one for one in asked}
    added, seen, full = {one.number for one in asked if one.action is LineAction.ADD}, set(), []
    for position, one in enumerate(lines):
        base = by_line.get(one.line_id) if one.line_id is not None else by_number.get(one.number or 0)
        if base is None or base.number in seen:
            raise Invalid(
                f"lines.{position}.lineId",
                "name lines of the change, each once",
                "请填写该变更涉及的订单行，每行仅一次",
            )
        seen.add(base.number)
        full.append(one if one.action is LineAction.NONE else _upon(one, base))
        if one.action not in (base.action, LineAction.NONE):
            raise Invalid(
                f"lines.{position}.action", f"the buyer asks to {base.action.value} this line: offer terms for that, or NONE",
                "只能就采购方所要求的变更提出其他条件，或选择“不变更”",
            )  # fmt: skip
    refused = [_left_out(by_number[one.number]) for one in full if _leaves_out(one, added) and one.number is not None]
    rest = [one for one in full if not _leaves_out(one, added)]
    return [replace(one, offered_by=Side.SELLER) for one in refused + _judge(work, actor, standing, rest)]


def _upon(one: LineChanged, base: Asked) -> LineChanged:
    """A counter-offer to a line, with what it leaves open as the buyer asked it."""
    named = {day.schedule_id for day in one.schedules}
    rest = [d for d in base.days if d.schedule_id not in named]
    if (one.schedules and base.line_id is None) or (one.quantity is not None and not one.schedules):
        rest = []
    return LineChanged(
        one.action, one.line_id, one.number, base.item_id if base.line_id is None else None, one.quantity,
        base.unit_price if one.unit_price is None else one.unit_price,
        [*one.schedules, *(ChangedDay(d.quantity, d.wanted_on, d.schedule_id) for d in rest)],
    )  # fmt: skip


def _leaves_out(one: LineChanged, added: set[int]) -> bool:
    return one.action is LineAction.NONE and one.line_id is None and one.number in added


def _left_out(base: Asked) -> Asked:
    return Asked(LineAction.NONE, base.number, None, base.item_id, base.unit)


def _offered(work: UnitOfWork, actor: Actor, order: Order, item_ids: set[int | None]) -> dict[int | None, Item]:
    """The items of added lines: those the seller offers."""
    if not item_ids:
        return {}
    offered = items_visible_to(actor).where(col(Item.firm_id) == order.seller_id, col(Item.id).in_(item_ids))
    return {item.id: item for item in work.all(offered)}


def _check_answer(answer: ChangeAnswer, reason: Reason | None, lines: Sequence[LineChanged]) -> None:
    if answer is ChangeAnswer.REJECTED and reason is None:
        raise Invalid("reason", "a rejected change needs a reason", "拒绝变更时必须填写原因")
    if answer is ChangeAnswer.CHANGED and not lines:
        raise Invalid("lines", "say for which lines you offer other terms", "请填写需另行商定的订单行")
    if answer is not ChangeAnswer.CHANGED and lines:
        raise Invalid(
            "lines",
            f"the answer {answer.name} takes no lines; use CHANGED",
            "整体接受或拒绝时不能填写订单行；请选择“有变更”",
        )


def _bind(
    work: UnitOfWork, actor: Actor, standing: Standing, change: OrderChange, *, verb: str, by: Side
) -> list[OrderLine]:
    bound = {line.id for line in standing.lines if line.state is not LineState.OPEN}
    touched = bind(work, standing, effective(kept_lines(work, actor, change)), verb=verb, by=by)
    give_way(work, actor, standing.order)
    fresh = tuple(line.id or 0 for line in touched if line.id not in bound and line.state is LineState.CONFIRMED)
    if fresh:
        work.record(LinesAgreed(order_id=change.order_id, line_ids=fresh, rule=None))
    return touched


def _write(work: UnitOfWork, actor: Actor, order: Order, state: OrderChangeState, note: str) -> OrderChange:
    assert order.id is not None
    earlier = work.count(order_changes_visible_to(actor).where(col(OrderChange.order_id) == order.id))
    return work.add(
        OrderChange(
            order_id=order.id, number=earlier + 1, state=state, note=note, changed_version=order.version,
            sent_at=work.now, by_user=actor.user_id,
        )
    )  # fmt: skip


def _close(work: UnitOfWork, order: Order, change: OrderChange) -> None:
    order.open_amendment, change.settled_at = None, work.now
