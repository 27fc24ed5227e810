"""What people ask about orders."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from sqlalchemy import func
from sqlmodel import col

from collaboration.orders.answers import allowed_by, differences
from collaboration.orders.decisions import (
    ANSWERABLE,
    DEAD,
    DONE,
    Deviation,
    Outlook,
    Promise,
    Terms,
    due_on,
    is_held,
    late_days,
    outlook,
    still_missing,
    to_ship,
)
from collaboration.orders.lifecycle import LINE_LIFE, LIVE_ORDER, ORDER_LIFE, LineState, OrderState
from collaboration.orders.moving import STOPPED_BY_HOLD
from collaboration.orders.tables import (
    LineAnswer,
    Order,
    OrderLine,
    OrderLineRevision,
    OrderResponse,
    ResponseLine,
    ResponseSchedule,
    Schedule,
    Tolerance,
    Verdict,
)
from collaboration.orders.visibility import (
    line_revisions_visible_to,
    lines_visible_to,
    orders_visible_to,
    response_lines_visible_to,
    response_schedules_visible_to,
    responses_visible_to,
    schedules_visible_to,
    side_of,
    tolerances_visible_to,
)
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.paging import Page, page
from kernel.quantities import ZERO
from kernel.seeking import sought_text
from kernel.work import UnitOfWork

DUTIES = {
    "respond_to_order": {Role.SALES, Role.GUEST}, "decide_on_response": {Role.BUYER}, "send_despatch_advice": {Role.SALES},
    "post_receipt": {Role.PLANNER}, "close_short": {Role.BUYER}, "require_documents": {Role.BUYER, Role.QUALITY},
    "submit_document": {Role.SALES, Role.GUEST}, "review_document": {Role.QUALITY}, "accept_delivery": {Role.BUYER},
    "change_order": {Role.BUYER}, "respond_to_order_change": {Role.SALES, Role.GUEST},
    "decide_on_order_change": {Role.BUYER}, "withdraw_order_change": {Role.BUYER},
    "request_order_cancellation": {Role.BUYER}, "answer_order_cancellation": {Role.BUYER},
    "withdraw_order_cancellation": {Role.BUYER},
    "repromise_order": {Role.SALES, Role.GUEST}, "decide_on_repromise": {Role.BUYER},
    "hold_order": {Role.BUYER}, "lift_hold": {Role.BUYER},
}  # fmt: skip
"""Which role does what: what the buttons of a page follow. The verbs check the same roles."""

SELLERS_DUTIES = {verb: {Role.SALES} for verb in ("request_order_cancellation", "withdraw_order_cancellation")} | {
    "answer_order_cancellation": {Role.SALES, Role.GUEST}
}
"""Where both sides may do it: whose duty it is at the seller's."""

AMENDMENT_VERBS = frozenset({
    "respond_to_order_change", "decide_on_order_change", "withdraw_order_change", "answer_order_cancellation",
    "withdraw_order_cancellation", "decide_on_repromise",
})  # fmt: skip
"""What is done to what is open of an order, and told by that (collaboration.changes.reads)."""

UNDISTURBED_VERBS = frozenset(
    {"respond_to_order", "close_short", "accept_delivery", "change_order", "request_order_cancellation"}
)
"""What waits while a change or a cancellation of the order is open."""


def duties(verb: str, side: Side) -> set[Role]:
    """Who of a side may do this."""
    return SELLERS_DUTIES.get(verb, DUTIES[verb]) if side is Side.SELLER else DUTIES[verb]


def _stands_open(order: Any, side: Side) -> list[str]:
    """What a side may do to an order now, whoever of it does it; the system's own moves are nobody's."""
    if side is Side.SYSTEM:
        return []
    closed = AMENDMENT_VERBS | (UNDISTURBED_VERBS if order.open_amendment else frozenset())
    closed |= set() if is_held(order) else {"lift_hold"}
    closed |= set() if order.held_at is None else {"hold_order"} | STOPPED_BY_HOLD
    return [verb for verb in ORDER_LIFE.verbs(order.state, side) if verb not in closed]


def orders(
    work: UnitOfWork, actor: Actor, *, states: Collection[OrderState] | None = None, side: Side | None = None,
    partner_id: int | None = None, number: str | None = None, late_on: date | None = None, first: int | None,
    after: str | None,
) -> Page:  # fmt: skip
    """The actor's orders, newest first; ``number`` is sought from its beginning.

    ``late_on``: only those with a line of which something is missing on that day though its own day has passed.
    """
    statement = _filtered(actor, states, side, partner_id, number)
    if late_on is not None:
        statement = statement.where(col(Order.id).in_(_late_order_ids(work, actor, late_on)))
    return page(work, statement, Order, first=first, after=after)


def _late_order_ids(work: UnitOfWork, actor: Actor, today: date) -> list[int]:
    """Amounts are reckoned here, not by the database (see Exact); it only narrows down by state and day."""
    live = orders_visible_to(actor).where(col(Order.state).in_(LIVE_ORDER)).with_only_columns(col(Order.id))
    asked = set(LineState) - DEAD - DONE - {LineState.ADDED_PROPOSED}
    lines = lines_visible_to(actor).where(col(OrderLine.order_id).in_(live), col(OrderLine.state).in_(asked))
    past = schedules_visible_to(actor).where(
        col(Schedule.line_id).in_(lines.with_only_columns(col(OrderLine.id))),
        func.coalesce(col(Schedule.promised_on), col(Schedule.wanted_on)) < today,
    )
    late = {s.line_id for s in work.rows(past) if still_missing(s) and due_on(s) < today}
    return sorted({line.order_id for line in work.rows(lines) if line.id in late}) if late else []


def outlook_of(
    row: Any, lines: Sequence[OrderLine], schedules: Mapping[int, Sequence[Schedule]], today: date
) -> Outlook:
    return outlook(row.state, today_of(row.placed_at), lines, schedules, today)


def _filtered(
    actor: Actor, states: Collection[OrderState] | None, side: Side | None, partner_id: int | None, number: str | None
) -> Any:
    statement = orders_visible_to(actor)
    if states:
        statement = statement.where(col(Order.state).in_(states))
    if side is not None:
        own = col(Order.buyer_id) if side is Side.BUYER else col(Order.seller_id)
        statement = statement.where(own == actor.party_id)
    if partner_id is not None:
        statement = statement.where((col(Order.buyer_id) == partner_id) | (col(Order.seller_id) == partner_id))
    if number:
        statement = statement.where(col(Order.number).startswith(sought_text(number, "number"), autoescape=True))
    return statement


def count_by_state(work: UnitOfWork, actor: Actor, side: Side | None) -> list[tuple[OrderState, int]]:
    """How many of the actor's orders stand where, for the filter's options."""
    statement = _filtered(actor, None, side, None, None).with_only_columns(col(Order.state), func.count())
    counted = {row.state: row[1] for row in work.session.connection().execute(statement.group_by(col(Order.state)))}
    return [(state, counted.get(state, 0)) for state in OrderState]


def order(work: UnitOfWork, actor: Actor, order_id: int) -> Order:
    return work.one(orders_visible_to(actor).where(col(Order.id) == order_id))


def order_by_number(work: UnitOfWork, actor: Actor, number: str, *, buyer_id: int | None = None) -> Order | None:
    """The actor's order of that number. A number is its buyer's own: of several buyers' the newest, or say which."""
    found = orders_visible_to(actor).where(col(Order.number) == number)
    if buyer_id is not None:
        found = found.where(col(Order.buyer_id) == buyer_id)
    return work.maybe(found.order_by(col(Order.id).desc()).limit(1))


def orders_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(orders_visible_to(actor).where(col(Order.id).in_(numbers)))


def lines_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    own = lines_visible_to(actor).where(col(OrderLine.order_id).in_(order_ids))
    return work.rows(own.order_by(col(OrderLine.order_id), col(OrderLine.number)))


def lines_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(lines_visible_to(actor).where(col(OrderLine.id).in_(numbers)))


def schedules_of_lines(work: UnitOfWork, actor: Actor, line_ids: Collection[int]) -> Sequence[Any]:
    own = schedules_visible_to(actor).where(col(Schedule.line_id).in_(line_ids))
    return work.rows(own.order_by(col(Schedule.line_id), col(Schedule.number)))


def schedules_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(schedules_visible_to(actor).where(col(Schedule.id).in_(numbers)))


def responses_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    own = responses_visible_to(actor).where(col(OrderResponse.order_id).in_(order_ids))
    return work.rows(own.order_by(col(OrderResponse.order_id), col(OrderResponse.number)))


def responses_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(responses_visible_to(actor).where(col(OrderResponse.id).in_(numbers)))


def response_lines_of(work: UnitOfWork, actor: Actor, response_ids: Collection[int]) -> Sequence[Any]:
    own = response_lines_visible_to(actor).where(col(ResponseLine.response_id).in_(response_ids))
    return work.rows(own.order_by(col(ResponseLine.id)))


def response_schedules_of(work: UnitOfWork, actor: Actor, line_ids: Collection[int]) -> Sequence[Any]:
    own = response_schedules_visible_to(actor).where(col(ResponseSchedule.response_line_id).in_(line_ids))
    return work.rows(own.order_by(col(ResponseSchedule.id)))


def tolerances(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    return page(work, tolerances_visible_to(actor), Tolerance, first=first, after=after)


def open_verbs(actor: Actor, order: Any, side: Side) -> list[str]:
    """What this person may do to an order now: the buttons of its page."""
    return [verb for verb in _stands_open(order, side) if actor.has(*duties(verb, side))]


def reserved_verbs(actor: Actor, order: Any, side: Side) -> list[tuple[str, list[Role]]]:
    """What this person's firm may do to an order now and the person may not: each verb with the roles that may."""
    told = [(verb, duties(verb, side)) for verb in _stands_open(order, side)]
    return [(verb, sorted(roles - {Role.GUEST})) for verb, roles in told if not actor.has(*roles)]


def line_verbs(actor: Actor, order: Any, line: Any, schedules: Sequence[Any]) -> list[str]:
    """What of it may be done to one line: the buttons of its row."""
    stands = side_of(order, actor)
    found = set(LINE_LIFE.verbs(line.state, stands)) & set(open_verbs(actor, order, stands)) - {
        "change_order",
        "request_order_cancellation",
    }
    if line.state not in ANSWERABLE:
        found.discard("respond_to_order")  # a settled line is only restated
    if not any(owed(line, s) for s in schedules):
        found.discard("close_short")
    return sorted(found)


def owed(line: Any, schedule: Any) -> Decimal:
    """What of a schedule is still to be shipped; nothing of a rejected or cancelled line."""
    return ZERO if line.state in DEAD else to_ship(schedule)


def late_days_of(line: Any, schedules: Sequence[Any], today: date) -> int:
    return late_days(line, schedules, today)


def differences_of(
    answer: Any, line: Any, schedules: Sequence[Any], days: Sequence[Any], tolerances: Sequence[Any], currency: str
) -> list[Deviation]:
    """How one answered line that waits differs from what was asked, beside what the pair tolerates today."""
    if answer.verdict is not Verdict.WAITING or line.state is not LineState.CHANGE_PROPOSED:
        return []
    promises = [Promise(day.promised_on, day.quantity) for day in days]
    if answer.backorder_maximum:
        promises.append(Promise(None, answer.backorder_maximum))
    total = sum((p.quantity for p in promises), ZERO)
    offered = Terms(total, answer.unit_price, answer.item_id)
    own = {t.item_id: t for t in tolerances}
    allowed = allowed_by(own.get(line.ordered_item_id) or own.get(None))
    return differences(line, schedules, offered, promises, allowed, currency)


def tolerances_of_sellers(work: UnitOfWork, actor: Actor, seller_ids: Collection[int]) -> Sequence[Any]:
    own = tolerances_visible_to(actor).where(col(Tolerance.seller_id).in_(seller_ids))
    return work.rows(own.order_by(col(Tolerance.id)))


def type_code(order: Any) -> str:
    """UNTDID 1001: an order, or a call-off under a framework agreement."""
    return "220" if order.framework_id is None else "226"


def side(order: Any, actor: Actor) -> Side:
    return side_of(order, actor)


def total_of(lines: Sequence[Any]) -> Decimal:
    """Quantity times unit price, summed over the lines that are not rejected or cancelled, exact to 6 places."""
    with localcontext(prec=60):  # the widest quantity times the widest price, over all lines
        total = sum((line.quantity * line.unit_price for line in lines if line.state not in DEAD), ZERO)
        return round(total, 6) if total else ZERO


def lines_answered(work: UnitOfWork, actor: Actor, line_ids: Collection[int], *, answer: LineAnswer) -> Sequence[Any]:
    """Answers of this kind to these lines, oldest first."""
    own = response_lines_visible_to(actor).where(
        col(ResponseLine.line_id).in_(line_ids), col(ResponseLine.answer) == answer
    )
    return work.rows(own.order_by(col(ResponseLine.id)))


def response_lines_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(response_lines_visible_to(actor).where(col(ResponseLine.id).in_(numbers)))


def revisions_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    """How the lines of orders stood from version to version, oldest first."""
    own = line_revisions_visible_to(actor).where(col(OrderLineRevision.order_id).in_(order_ids))
    order = (col(OrderLineRevision.order_id), col(OrderLineRevision.version), col(OrderLineRevision.line_number))
    return work.rows(own.order_by(*order))


def tolerances_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(tolerances_visible_to(actor).where(col(Tolerance.id).in_(numbers)))
