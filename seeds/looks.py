"""What the replay looks at before it acts: the rows as they stand at its instant."""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import col

from collaboration.frameworks.tables import Framework, FrameworkLine
from collaboration.frameworks.visibility import framework_lines_visible_to, frameworks_visible_to
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
from collaboration.pooling.tables import Pool
from collaboration.pooling.visibility import pools_visible_to
from collaboration.requisitions.tables import Requisition
from collaboration.requisitions.visibility import requisitions_visible_to
from collaboration.scheduling_agreements.tables import SchedulingAgreement
from collaboration.scheduling_agreements.visibility import scheduling_agreements_visible_to
from collaboration.settlement.tables import Invoice
from collaboration.settlement.visibility import invoices_visible_to
from collaboration.sourcing.tables import Quotation, QuotationLine, Rfq
from collaboration.sourcing.visibility import quotation_lines_visible_to, quotations_visible_to, rfqs_visible_to
from collaboration.statements.tables import Statement, StatementLine
from collaboration.statements.visibility import statement_lines_visible_to, statements_visible_to
from kernel.access import SYSTEM
from kernel.work import UnitOfWork


def order(work: UnitOfWork, order_id: int) -> Order:
    return work.one(orders_visible_to(SYSTEM).where(col(Order.id) == order_id))


def order_numbered(work: UnitOfWork, buyer_id: int, number: str) -> Order:
    return work.one(orders_visible_to(SYSTEM).where(col(Order.buyer_id) == buyer_id, col(Order.number) == number))


def requisition(work: UnitOfWork, number: str) -> Requisition:
    return work.one(requisitions_visible_to(SYSTEM).where(col(Requisition.number) == number))


def rfq(work: UnitOfWork, rfq_id: int) -> Rfq:
    return work.one(rfqs_visible_to(SYSTEM).where(col(Rfq.id) == rfq_id))


def offer(work: UnitOfWork, rfq_id: int, item_id: int) -> QuotationLine:
    """The line of an opened quotation that offers an item."""
    bids = work.all(quotations_visible_to(SYSTEM).where(col(Quotation.rfq_id) == rfq_id))
    own = quotation_lines_visible_to(SYSTEM).where(col(QuotationLine.quotation_id).in_([one.id for one in bids]))
    return work.one(own.where(col(QuotationLine.item_id) == item_id))


def framework(work: UnitOfWork, framework_id: int) -> tuple[Framework, FrameworkLine]:
    """A framework agreement and its one line."""
    own = framework_lines_visible_to(SYSTEM).where(col(FrameworkLine.framework_id) == framework_id)
    return work.one(frameworks_visible_to(SYSTEM).where(col(Framework.id) == framework_id)), work.one(own)


def scheduling_agreement(work: UnitOfWork, agreement_id: int) -> SchedulingAgreement:
    return work.one(scheduling_agreements_visible_to(SYSTEM).where(col(SchedulingAgreement.id) == agreement_id))


def pool(work: UnitOfWork, pool_id: int) -> Pool:
    return work.one(pools_visible_to(SYSTEM).where(col(Pool.id) == pool_id))


def statement(work: UnitOfWork, statement_id: int) -> tuple[Statement, Sequence[StatementLine]]:
    """A statement and its lines in order."""
    own = statement_lines_visible_to(SYSTEM).where(col(StatementLine.statement_id) == statement_id)
    found = work.one(statements_visible_to(SYSTEM).where(col(Statement.id) == statement_id))
    return found, work.all(own.order_by(col(StatementLine.number)))


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
