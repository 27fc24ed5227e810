"""What the replay looks at before it acts: the rows as they stand at its instant."""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import col

from collaboration.logistics.tables import DespatchAdvice, DespatchLine
from collaboration.logistics.visibility import despatch_lines_visible_to
from collaboration.orders.decisions import DEAD, to_ship
from collaboration.orders.tables import Order, OrderLine, OrderResponse, Schedule
from collaboration.orders.visibility import (
    lines_visible_to,
    orders_visible_to,
    responses_visible_to,
    schedules_visible_to,
)
from collaboration.settlement.tables import Invoice
from collaboration.settlement.visibility import invoices_visible_to
from kernel.access import SYSTEM
from kernel.work import UnitOfWork


def order(work: UnitOfWork, order_id: int) -> Order:
    return work.one(orders_visible_to(SYSTEM).where(col(Order.id) == order_id))


def invoice(work: UnitOfWork, invoice_id: int) -> Invoice:
    return work.one(invoices_visible_to(SYSTEM).where(col(Invoice.id) == invoice_id))


def lines(work: UnitOfWork, order_id: int) -> Sequence[OrderLine]:
    return work.all(lines_visible_to(SYSTEM).where(col(OrderLine.order_id) == order_id).order_by(col(OrderLine.id)))


def schedules(work: UnitOfWork, order_id: int) -> Sequence[tuple[OrderLine, Schedule]]:
    """Every schedule of an order with its line, in order."""
    own = {line.id: line for line in lines(work, order_id)}
    found = work.all(schedules_visible_to(SYSTEM).where(col(Schedule.line_id).in_(own)).order_by(col(Schedule.id)))
    return [(own[s.line_id], s) for s in found]


def owed(work: UnitOfWork, order_id: int) -> Sequence[tuple[OrderLine, Schedule, Decimal]]:
    """What is still to be shipped of an order: line, schedule, quantity."""
    found = schedules(work, order_id)
    return [(line, s, to_ship(s)) for line, s in found if line.state not in DEAD and to_ship(s) > 0]


def latest_response(work: UnitOfWork, order_id: int) -> OrderResponse:
    own = responses_visible_to(SYSTEM).where(col(OrderResponse.order_id) == order_id)
    return work.all(own.order_by(col(OrderResponse.id).desc()).limit(1))[0]


def despatched(work: UnitOfWork, advice: DespatchAdvice) -> Sequence[DespatchLine]:
    own = despatch_lines_visible_to(SYSTEM).where(col(DespatchLine.advice_id) == advice.id)
    return work.all(own.order_by(col(DespatchLine.id)))
