"""An agreed statement is the invoice's proposal: the seller hands it over in one act, and its lines match by themselves."""

from collections.abc import Sequence
from typing import Any

from collaboration.settlement.decisions import MOST_LINES
from collaboration.settlement.forms import InvoicedLine, InvoiceGiven, Origin
from collaboration.settlement.matching import lock_orders
from collaboration.settlement.reads import invoiced_from, left_of_lines
from collaboration.settlement.tables import Invoice
from collaboration.settlement.verbs import submit_invoice
from collaboration.statements.decisions import Proposed, proposal
from collaboration.statements.events import StatementInvoiced
from collaboration.statements.forms import InvoiceAsked
from collaboration.statements.moving import lines_of, statement_to_move
from kernel.access import SYSTEM, Actor, Role, require
from kernel.errors import NotAllowedNow, Rule
from kernel.work import UnitOfWork

ORIGIN = "Statement"
NOTHING_LEFT = Rule(
    "statement.invoiced_once", "冲销或拒收已有发票后", "a credit note or a rejection of what was invoiced"
)


def proposed(work: UnitOfWork, statement: Any, lines: Sequence[Any]) -> list[Proposed]:
    """What of an agreed statement is still to be invoiced; reads the books of both firms alike."""
    return proposal(
        lines, uninvoiced=left_of_lines(work, SYSTEM, {line.order_line_id for line in lines}),
        claimed=invoiced_from(work, SYSTEM, Origin(ORIGIN, statement.id)),
    )  # fmt: skip


def invoice_statement(
    work: UnitOfWork, actor: Actor, *, statement_id: int, expected_version: int, asked: InvoiceAsked
) -> Invoice:
    """Submit what is not invoiced yet of an agreed statement, at its prices.

    An invoice holds 200 lines: of a longer statement the next act takes the rest. Raises NotFound, Stale, NotAllowedNow,
    Invalid naming the field.
    """
    statement, after = statement_to_move(work, actor, statement_id, expected_version, verb="invoice_statement")
    require(actor, Role.SALES)
    lines = lines_of(work, statement_id)
    lock_orders(work, {line.order_id for line in lines})
    wanted = proposed(work, statement, lines)
    if not wanted:
        raise NotAllowedNow("everything of this statement is invoiced", "该对账单的内容均已开票", rule=NOTHING_LEFT)
    given = InvoiceGiven(
        number=asked.number, buyer_id=statement.buyer_id, issued_on=asked.issued_on, due_on=asked.due_on,
        currency=statement.currency, payment_terms=asked.payment_terms, fapiao_number=asked.fapiao_number,
        fapiao_type=asked.fapiao_type,
        lines=[
            InvoicedLine(n, one.quantity, one.unit_price, asked.tax_percent, order_line_id=one.order_line_id)
            for n, one in enumerate(wanted[:MOST_LINES], start=1)
        ],
    )  # fmt: skip
    invoice = submit_invoice(work, actor, given, origin=Origin(ORIGIN, statement_id))
    assert invoice.id is not None
    statement.state, statement.invoiced_at = after, work.now
    work.record(StatementInvoiced(statement_id=statement_id, invoice_id=invoice.id))
    return invoice
