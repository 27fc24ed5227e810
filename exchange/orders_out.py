"""Give an order out as a UBL Order, to either of its two parties: as it stands now."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from collaboration.orders.decisions import DEAD, due_on
from collaboration.orders.lifecycle import LineState
from collaboration.orders.reads import lines_of_orders, schedules_of_lines
from exchange import reads
from exchange.answers_out import plain_text
from exchange.subjects import note_export, order_of, parties_of
from exchange.ubl.documents import OrderDocument, OrderedLine, WantedSchedule
from exchange.ubl.write_order import write_order
from kernel.access import Actor
from kernel.clock import today_of
from kernel.errors import NotAllowedNow, Rule
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

LEFT_OUT = DEAD | {LineState.ADDED_PROPOSED}
"""Lines that are none of the order's any more, or not yet."""
ORDER_TYPE, ONE = "220", Decimal(1)


def export_ubl_order(work: UnitOfWork, actor: Actor, subject: str) -> bytes:
    """The order as last agreed, or as asked where nothing is agreed. subject: see ``order_of``.

    Raises NotFound, Invalid; NotAllowedNow where every line of it is gone.
    """
    order = order_of(work, actor, subject)
    document = order_document(work, actor, order)
    note_export(work, actor, "order_file", owner_id=order.buyer_id, subject=("Order", order.id))
    return write_order(document)


def order_document(work: UnitOfWork, actor: Actor, order: Any) -> OrderDocument:
    """Raises NotAllowedNow where every line of it is gone."""
    lines = [line for line in lines_of_orders(work, actor, [order.id]) if line.state not in LEFT_OUT]
    if not lines:
        raise NotAllowedNow(
            f"every line of order {order.number} is cancelled or rejected; no order is left to send",
            f"订单 {order.number} 的所有行均已取消或被拒绝，没有可导出的订单",
            rule=Rule("order.nothing_left", "采购方重新下单", "the buyer, by a new order"),
        )
    days = days_by_line(work, actor, [line.id for line in lines])
    items = reads.items_named(work, [line.item_id for line in lines])
    own = reads.buyers_numbers(work, actor, buyer_id=order.buyer_id, item_ids=list(items))
    buyer, seller = parties_of(work, actor, order.buyer_id, order.seller_id)
    return OrderDocument(
        number=plain_text(order.number), issued_on=today_of(order.placed_at), currency=order.currency, buyer=buyer,
        seller=seller, note=plain_text(order.note), type_code=ORDER_TYPE,
        lines=tuple(_line(line, days[line.id], items[line.item_id], own, order.currency) for line in lines),
    )  # fmt: skip


def days_by_line(work: UnitOfWork, actor: Actor, line_ids: Sequence[int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {line_id: [] for line_id in line_ids}
    for schedule in schedules_of_lines(work, actor, line_ids):
        found[schedule.line_id].append(schedule)
    return found


def _line(line: Any, days: Sequence[Any], item: Any, own: Mapping[int, str], currency: str) -> OrderedLine:
    """What was given up of a day is no part of it."""
    wanted = [WantedSchedule(due_on(day), day.quantity - day.never) for day in days if day.quantity > day.never]
    return ordered_line(
        str(line.number), item, own, currency=currency, unit=line.unit, unit_price=line.unit_price, wanted=wanted
    )


def ordered_line(
    number: str, item: Any, own: Mapping[int, str], *, currency: str, unit: str, unit_price: Any,
    wanted: Sequence[WantedSchedule],
) -> OrderedLine:  # fmt: skip
    """A line as a document says it; its quantity is what its days sum to."""
    return OrderedLine(
        number=number, item_name=plain_text(item.name), buyers_item_number=plain_text(own.get(item.id, "")),
        sellers_item_number=plain_text(item.number), standard_item_number="",
        quantity=sum((day.quantity for day in wanted), ZERO), unit=unit, unit_price=unit_price,
        price_base_quantity=ONE, currency=currency, schedules=tuple(wanted),
    )  # fmt: skip
