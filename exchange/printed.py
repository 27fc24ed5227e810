"""Give an order, the seller's answer to it, or a statement out as a PDF, to either of the two parties."""

from chain.items.reads import items_by_id
from collaboration.orders.reads import orders_by_id
from collaboration.statements.reads import day_of, lines_of_statements, statements_by_id
from exchange.orders_out import order_document
from exchange.responses_out import newest_answer
from exchange.subjects import note_export, number_behind, order_of, parties_of
from kernel.access import Actor
from kernel.clock import today_of
from kernel.errors import NotFound
from kernel.work import UnitOfWork


def order_pdf(work: UnitOfWork, actor: Actor, subject: str, *, lang: str = "zh") -> bytes:
    """The order as it stands. Raises NotFound, Invalid, NotAllowedNow where every line of it is gone."""
    from exchange.printing.orders import print_order  # reportlab loads only where something is printed

    order = order_of(work, actor, subject)
    document = order_document(work, actor, order)
    note_export(work, actor, "order_file", owner_id=order.buyer_id, subject=("Order", order.id))
    return print_order(document, lang=lang)


def order_response_pdf(work: UnitOfWork, actor: Actor, subject: str, *, lang: str = "zh") -> bytes:
    """The newest answer, every line as it stands by it. Raises NotFound, Invalid, NotAllowedNow without an answer."""
    from exchange.printing.orders import print_response

    order = order_of(work, actor, subject)
    newest, code, lines = newest_answer(work, actor, order)
    note_export(work, actor, "order_answer", owner_id=order.seller_id, subject=("Order", order.id))
    buyer, seller = parties_of(work, actor, order.buyer_id, order.seller_id)
    return print_response(
        lines, number=f"{order.number}-R{newest.number}", code=code.value, issued_on=today_of(newest.answered_at),
        order_number=order.number, currency=order.currency, seller=seller, buyer=buyer,
        reason=newest.reason.name if newest.reason else "", note=newest.note, lang=lang,
    )  # fmt: skip


def statement_pdf(work: UnitOfWork, actor: Actor, subject: str, *, lang: str = "zh") -> bytes:
    """A statement as it stands, by its id. Raises NotFound."""
    from exchange.printing.statements import StatedRow, StatementOnPaper, print_statement

    found = statements_by_id(work, actor, [number_behind("Statement", subject.strip())])
    if not found:
        raise NotFound("id")
    (statement,) = found
    other = statement.seller_id if actor.party_id == statement.buyer_id else statement.buyer_id
    note_export(work, actor, "statement_file", owner_id=other, subject=("Statement", statement.id))
    lines = lines_of_statements(work, actor, [statement.id])
    items = {item.id: f"{item.name}\n{item.number}" for item in items_by_id(work, actor, {x.item_id for x in lines})}
    orders = {order.id: order.number for order in orders_by_id(work, actor, {x.order_id for x in lines})}
    buyer, seller = parties_of(work, actor, statement.buyer_id, statement.seller_id)
    return print_statement(
        StatementOnPaper(
            (statement.period_from, statement.period_until), statement.edition, statement.content_hash, statement.state.value,
            statement.currency, statement.total_amount, today_of(statement.cut_at), buyer, seller,
            [
                StatedRow(
                    x.number, day_of(x), x.source.value, x.reference, orders.get(x.order_id, ""), items.get(x.item_id, ""), x.unit,
                    x.accepted, x.rejected, x.quantity, x.unit_price, x.line_amount, x.is_set_aside,
                )
                for x in lines
            ],
        ),
        lang=lang,
    )  # fmt: skip
