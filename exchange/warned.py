"""What our rules say of a document that comes in or goes out, beside what is known here of the deal it belongs to."""

from datetime import date

from lxml import etree

from collaboration.changes.reads import changes_of_orders
from collaboration.orders.decisions import DEAD
from collaboration.orders.lifecycle import LineState
from collaboration.orders.reads import lines_of_orders
from collaboration.sourcing import reads as sourcing
from exchange import reads
from exchange.ubl import rules_of_invoicing, rules_of_ordering, rules_of_quoting
from exchange.ubl.hardened import Refused, parsed
from exchange.ubl.rules import Facts, Part, Warned, warnings_in
from kernel.access import Actor
from kernel.clock import today_of
from kernel.work import UnitOfWork

RULES = (*rules_of_ordering.RULES, *rules_of_quoting.RULES, *rules_of_invoicing.RULES)


def warnings_of(work: UnitOfWork, actor: Actor, content: bytes, *, going_out: bool) -> list[Warned]:
    """going_out: the change it may be is counted already. Of a deal the actor may not know of, nothing is known."""
    return warnings_in(content, RULES, facts_of(work, actor, content, going_out=going_out))


def facts_of(work: UnitOfWork, actor: Actor, content: bytes, *, going_out: bool) -> Facts:
    today = today_of(work.now)
    try:
        root = parsed(content)
    except Refused:
        return Facts(today)
    document, name = Part(root, ""), etree.QName(root).localname
    if name == "Quotation":
        return _of_request(work, actor, document.text("RequestForQuotationDocumentReference/ID"), today)
    found = reads.orders_numbered(work, actor, document.text("OrderReference/ID"))
    if len(found) != 1:
        return Facts(today)
    (order,) = found
    if going_out:  # what it did has changed since what stands: beside that it would be judged wrongly
        return Facts(today, order_currency=order.currency)
    lines = [line for line in lines_of_orders(work, actor, [order.id]) if line.state is not LineState.ADDED_PROPOSED]
    return Facts(
        today,
        ordered={str(line.number): line.ordered_quantity for line in lines},
        live=frozenset(str(line.number) for line in lines if line.state not in DEAD),
        order_currency=order.currency,
        next_sequence=len(changes_of_orders(work, actor, [order.id])) + 1,
    )


def _of_request(work: UnitOfWork, actor: Actor, number: str, today: date) -> Facts:
    found = reads.rfqs_numbered(work, actor, number)
    if len(found) != 1:
        return Facts(today)
    lines = sourcing.standing_lines(work, actor, found[0])
    return Facts(today, award_by=found[0].award_by, requested=frozenset(str(n) for n in lines))
