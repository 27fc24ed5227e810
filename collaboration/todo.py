"""What a person must do today about orders and deliveries, sorted by the day it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import or_
from sqlmodel import col

from collaboration.answer_clocks.reads import running_clocks
from collaboration.answer_clocks.tables import AnsweredKind
from collaboration.causes import reads as causes
from collaboration.changes import reads
from collaboration.changes.lifecycle import OrderChangeState
from collaboration.holds.reads import held_until
from collaboration.logistics.lifecycle import DespatchState
from collaboration.logistics.tables import DespatchAdvice
from collaboration.logistics.visibility import despatch_advices_visible_to
from collaboration.orders.decisions import ANSWER_DAYS, DEAD, is_held, to_ship
from collaboration.orders.lifecycle import HOLDABLE_ORDER, OrderState
from collaboration.orders.reads import lines_of_orders, schedules_of_lines
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from collaboration.settlement.reads import invoices_to_answer, queries_to_answer, releases_to_approve
from collaboration.sourcing.reads import rfqs_to_award, rfqs_to_clarify, rfqs_to_order, rfqs_to_quote
from collaboration.statements import reads as statements
from kernel.access import Actor, Role, Side
from kernel.clock import end_of, today_of
from kernel.work import UnitOfWork

MOST_OF_A_KIND, STATED_DAYS = 500, 7


class Act(StrEnum):
    """What is to be done, named as the verb that does it."""

    RESPOND_TO_ORDER = "respond_to_order"
    SEND_DESPATCH_ADVICE = "send_despatch_advice"
    SUBMIT_DOCUMENT = "submit_document"
    DECIDE_ON_RESPONSE = "decide_on_response"
    POST_RECEIPT = "post_receipt"
    REVIEW_DOCUMENT = "review_document"
    ACCEPT_DELIVERY = "accept_delivery"
    RESPOND_TO_ORDER_CHANGE = "respond_to_order_change"
    DECIDE_ON_ORDER_CHANGE = "decide_on_order_change"
    ANSWER_ORDER_CANCELLATION = "answer_order_cancellation"
    DECIDE_ON_REPROMISE = "decide_on_repromise"
    LIFT_HOLD = "lift_hold"
    SUBMIT_QUOTATION = "submit_quotation"
    ANSWER_CLARIFICATION = "answer_clarification"
    AWARD_RFQ = "award_rfq"
    ORDER_AWARD = "order_award"
    RESPOND_TO_INVOICE = "respond_to_invoice"
    ANSWER_INVOICE_QUERY = "answer_invoice_query"
    APPROVE_RELEASE = "approve_release"
    STATE_CAUSE = "state_cause"
    SEND_STATEMENT = "send_statement"
    CONFIRM_STATEMENT = "confirm_statement"
    ANSWER_STATEMENT_DISPUTES = "answer_statement_disputes"
    INVOICE_STATEMENT = "invoice_statement"
    APPROVE_REQUISITION = "approve_requisition"
    APPROVE_RFQ = "approve_rfq"
    APPROVE_FRAMEWORK = "approve_framework"
    APPROVE_FRAMEWORK_AMENDMENT = "approve_framework_amendment"
    ACCEPT_FRAMEWORK = "accept_framework"
    ACCEPT_FRAMEWORK_AMENDMENT = "accept_framework_amendment"
    ACCEPT_SCHEDULING_AGREEMENT = "accept_scheduling_agreement"
    ACKNOWLEDGE_RELEASE = "acknowledge_release"
    ACCEPT_SILENCE_TERMS = "accept_silence_terms"
    JOIN_POOL = "join_pool"
    ORDER_POOL_SHARE = "order_pool_share"


@dataclass(frozen=True)
class Todo:
    """One thing to do: what, about which row of which kind, for which order, by when; ``due_at`` where a clock runs."""

    act: Act
    kind: str
    subject_id: int
    order_id: int | None
    due_on: date
    due_at: datetime | None = None

    @property
    def limit(self) -> datetime:
        """When it is too late: the very limit, or the end of the day."""
        return self.due_at or end_of(self.due_on)


def todos(work: UnitOfWork, actor: Actor) -> list[Todo]:
    """What orders and deliveries ask of this person."""
    found: list[Todo] = []
    if actor.has(Role.SALES):
        limits = _limits(work, actor, Side.SELLER)
        found += (
            _amended(work, actor, Side.SELLER, limits)
            + _to_answer(work, actor, limits)
            + _to_ship(work, actor)
            + _to_quote(work, actor)
            + _queried(work, actor)
        )
    if actor.has(Role.BUYER):
        found += _amended(work, actor, Side.BUYER, _limits(work, actor, Side.BUYER))
        found += _to_lift(work, actor) + _to_decide(work, actor) + _to_award(work, actor) + _invoiced(work, actor)
    if actor.has(Role.BUYER, Role.SALES):
        found += _stated(work, actor)
    if actor.has(Role.BUYER, Role.SALES, Role.QUALITY):
        found += _caused(work, actor)
    if actor.has(Role.LEAD):
        found += _to_approve(work, actor)
    if actor.has(Role.PLANNER):
        found += _to_receive(work, actor)
    return found


Limits = dict[tuple[AnsweredKind | None, int], datetime]
"""(kind, order) -> until when a side owes an answer."""


def _amended(work: UnitOfWork, actor: Actor, side: Side, limits: Limits) -> list[Todo]:
    """What is open of placed orders and waits for this side."""
    if side is Side.SELLER:
        asked = reads.open_changes(work, actor, side, OrderChangeState.SENT, most=MOST_OF_A_KIND)
        found = [(Act.RESPOND_TO_ORDER_CHANGE, row.order_id, row.sent_at) for row in asked]
    else:
        offered = reads.open_changes(work, actor, side, OrderChangeState.COUNTERED, most=MOST_OF_A_KIND)
        found = [(Act.DECIDE_ON_ORDER_CHANGE, row.order_id, row.answered_at) for row in offered]
        promised = reads.open_repromises(work, actor, most=MOST_OF_A_KIND)
        found += [(Act.DECIDE_ON_REPROMISE, row.order_id, row.promised_at) for row in promised]
    cancelled = reads.open_cancellations(work, actor, side, most=MOST_OF_A_KIND)
    found += [(Act.ANSWER_ORDER_CANCELLATION, row.order_id, row.requested_at) for row in cancelled]
    return [_owed(act, number, at, limits.get((_ASKED_BY.get(act), number))) for act, number, at in found]


_ASKED_BY = {
    Act.RESPOND_TO_ORDER: AnsweredKind.ORDER, Act.RESPOND_TO_ORDER_CHANGE: AnsweredKind.ORDER_CHANGE,
    Act.ANSWER_ORDER_CANCELLATION: AnsweredKind.ORDER_CANCELLATION, Act.DECIDE_ON_REPROMISE: AnsweredKind.REPROMISE,
}  # fmt: skip


def _limits(work: UnitOfWork, actor: Actor, side: Side) -> Limits:
    return {(row.kind, row.order_id): row.answer_by for row in running_clocks(work, actor, owed_by=side)}


def _owed(act: Act, order_id: int, asked_at: datetime, limit: datetime | None) -> Todo:
    """An answer that is owed: by its clock, or by the third day where none runs."""
    if limit is None:
        return Todo(act, "Order", order_id, order_id, today_of(asked_at) + timedelta(days=ANSWER_DAYS))
    return Todo(act, "Order", order_id, order_id, today_of(limit), limit)


def own_orders(work: UnitOfWork, actor: Actor, own: Any, *states: OrderState) -> Sequence[Any]:
    mine = orders_visible_to(actor).where(own == actor.party_id, col(Order.state).in_(states))
    return work.rows(mine.order_by(col(Order.id)).limit(MOST_OF_A_KIND))


def _to_answer(work: UnitOfWork, actor: Actor, limits: Limits) -> list[Todo]:
    rows = own_orders(work, actor, col(Order.seller_id), OrderState.PLACED, OrderState.ACKNOWLEDGED)
    return [
        _owed(Act.RESPOND_TO_ORDER, r.id, r.placed_at, limits.get((AnsweredKind.ORDER, r.id)))
        for r in rows
        if r.open_amendment is None and not is_held(r)  # that is answered first; of a held order nothing is owed
    ]


def _to_ship(work: UnitOfWork, actor: Actor) -> list[Todo]:
    orders = own_orders(work, actor, col(Order.seller_id), OrderState.CONFIRMED, OrderState.IN_DELIVERY)
    of_orders = lines_of_orders(work, actor, [o.id for o in orders if not is_held(o)])
    lines = {line.id: line.order_id for line in of_orders if line.state not in DEAD}
    due: dict[int, date] = {}
    for schedule in schedules_of_lines(work, actor, list(lines)):
        if to_ship(schedule) > 0:
            order_id, day = lines[schedule.line_id], schedule.promised_on or schedule.wanted_on
            due[order_id] = min(due.get(order_id, day), day)
    return [Todo(Act.SEND_DESPATCH_ADVICE, "Order", order_id, order_id, day) for order_id, day in due.items()]


def _to_decide(work: UnitOfWork, actor: Actor) -> list[Todo]:
    rows = own_orders(work, actor, col(Order.buyer_id), OrderState.COUNTERED)
    return [
        Todo(
            Act.DECIDE_ON_RESPONSE,
            "Order",
            r.id,
            r.id,
            today_of(r.answered_at or r.placed_at) + timedelta(days=ANSWER_DAYS),
        )
        for r in rows
    ]


def _to_lift(work: UnitOfWork, actor: Actor) -> list[Todo]:
    """Orders the firm holds, by the day it expected to decide, or the third day."""
    held = orders_visible_to(actor).where(
        col(Order.buyer_id) == actor.party_id, col(Order.held_at).is_not(None),
        or_(col(Order.state).in_(HOLDABLE_ORDER), col(Order.open_amendment).is_not(None)),
    )  # fmt: skip
    rows = work.rows(held.order_by(col(Order.id)).limit(MOST_OF_A_KIND))
    return [Todo(Act.LIFT_HOLD, "Order", n, n, day) for n, day in held_until(work, actor, [r.id for r in rows]).items()]


def _to_receive(work: UnitOfWork, actor: Actor) -> list[Todo]:
    coming = despatch_advices_visible_to(actor).where(
        col(DespatchAdvice.buyer_id) == actor.party_id, col(DespatchAdvice.state) != DespatchState.RECEIVED
    )
    rows = work.rows(coming.order_by(col(DespatchAdvice.id)).limit(MOST_OF_A_KIND))
    return [Todo(Act.POST_RECEIPT, "DespatchAdvice", r.id, None, r.expected_on or r.shipped_on) for r in rows]


def _to_quote(work: UnitOfWork, actor: Actor) -> list[Todo]:
    rows = rfqs_to_quote(work, actor, work.now, most=MOST_OF_A_KIND)
    asked = rfqs_to_clarify(work, actor, most=MOST_OF_A_KIND)
    return [
        *(Todo(Act.SUBMIT_QUOTATION, "Rfq", r.id, None, today_of(r.closes_at), r.closes_at) for r in rows),
        *(Todo(Act.ANSWER_CLARIFICATION, "Rfq", r.id, None, r.award_by) for r in asked),
    ]


def _to_award(work: UnitOfWork, actor: Actor) -> list[Todo]:
    return [
        Todo(act, "Rfq", r.id, None, r.award_by)
        for act, waiting in ((Act.AWARD_RFQ, rfqs_to_award), (Act.ORDER_AWARD, rfqs_to_order))
        for r in waiting(work, actor, most=MOST_OF_A_KIND)
    ]


def _invoiced(work: UnitOfWork, actor: Actor) -> list[Todo]:
    """A first answer within three working days; what was answered without a decision is due when it is to be paid."""
    rows = invoices_to_answer(work, actor, most=MOST_OF_A_KIND)
    return [
        Todo(Act.RESPOND_TO_INVOICE, "Invoice", r.id, None, r.due_on if r.answered_at else r.answer_due_on)
        for r in rows
    ]


def _queried(work: UnitOfWork, actor: Actor) -> list[Todo]:
    found = queries_to_answer(work, actor, most=MOST_OF_A_KIND)
    return [
        Todo(Act.ANSWER_INVOICE_QUERY, "Invoice", q.invoice_id, None, today_of(q.answered_at) + timedelta(days=ANSWER_DAYS))
        for q in found
    ]  # fmt: skip


def _to_approve(work: UnitOfWork, actor: Actor) -> list[Todo]:
    found = releases_to_approve(work, actor, most=MOST_OF_A_KIND)
    days = {r.invoice_id: today_of(r.released_at) + timedelta(days=ANSWER_DAYS) for r in reversed(found)}
    return [Todo(Act.APPROVE_RELEASE, "Invoice", number, None, day) for number, day in days.items()]


def _stated(work: UnitOfWork, actor: Actor) -> list[Todo]:
    """Statements of a period, each a week after it was made, sent or agreed."""
    waiting = (
        (Act.SEND_STATEMENT, statements.to_send), (Act.CONFIRM_STATEMENT, statements.to_confirm),
        (Act.ANSWER_STATEMENT_DISPUTES, statements.disputed), (Act.INVOICE_STATEMENT, statements.to_invoice),
    )  # fmt: skip
    return [
        Todo(act, "Statement", row.id, None, today_of(row.agreed_at or row.sent_at or row.made_at) + timedelta(days=STATED_DAYS))
        for act, found in waiting for row in found(work, actor, most=MOST_OF_A_KIND)
        if act.value in statements.open_verbs(actor, row)
    ]  # fmt: skip


def _caused(work: UnitOfWork, actor: Actor) -> list[Todo]:
    rows = causes.to_state(work, actor, most=MOST_OF_A_KIND)
    return [
        Todo(Act.STATE_CAUSE, "CauseRecord", row.id, None, today_of(row.agreed_at or row.opened_at) + timedelta(days=STATED_DAYS))
        for row in rows
    ]  # fmt: skip
