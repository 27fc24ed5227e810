"""Give an order, or the seller's answer to it, out as a PDF, to either of the order's two parties."""

from exchange.orders_out import order_document
from exchange.responses_out import newest_answer
from exchange.subjects import order_of, parties_of
from kernel.access import Actor
from kernel.clock import today_of
from kernel.ledger.verbs import note
from kernel.work import UnitOfWork


def order_pdf(work: UnitOfWork, actor: Actor, subject: str, *, lang: str = "zh") -> bytes:
    """The order as it stands. Raises NotFound, Invalid, NotAllowedNow where every line of it is gone."""
    from exchange.printing.orders import print_order  # reportlab loads only where something is printed

    order = order_of(work, actor, subject)
    document = order_document(work, actor, order)
    note(
        work,
        owner_id=order.buyer_id,
        viewer=actor,
        what="order_file",
        subject=("Order", order.id),
        grant=None,
        export=True,
    )
    return print_order(document, lang=lang)


def order_response_pdf(work: UnitOfWork, actor: Actor, subject: str, *, lang: str = "zh") -> bytes:
    """The newest answer, every line as it stands by it. Raises NotFound, Invalid, NotAllowedNow without an answer."""
    from exchange.printing.orders import print_response

    order = order_of(work, actor, subject)
    newest, code, lines = newest_answer(work, actor, order)
    note(
        work,
        owner_id=order.seller_id,
        viewer=actor,
        what="order_answer",
        subject=("Order", order.id),
        grant=None,
        export=True,
    )
    buyer, seller = parties_of(work, actor, order.buyer_id, order.seller_id)
    return print_response(
        lines, number=f"{order.number}-R{newest.number}", code=code.value, issued_on=today_of(newest.answered_at),
        order_number=order.number, currency=order.currency, seller=seller, buyer=buyer,
        reason=newest.reason.name if newest.reason else "", note=newest.note, lang=lang,
    )  # fmt: skip
