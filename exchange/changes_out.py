"""Give a change of an order, or its cancellation, out as UBL, to either of the order's two parties."""

from collections.abc import Mapping, Sequence
from typing import Any

from collaboration.changes import reads as changes
from collaboration.changes.tables import LineAction
from collaboration.orders.decisions import due_on
from collaboration.orders.reads import lines_of_orders
from exchange import reads
from exchange.answers_out import plain_text
from exchange.orders_out import days_by_line, ordered_line
from exchange.subjects import cancellation_of, change_of, note_export, parties_of
from exchange.ubl.changes import ActionCode, ChangedLine, OrderCancellationDocument, OrderChangeDocument
from exchange.ubl.documents import WantedSchedule
from exchange.ubl.write_change import write_order_cancellation, write_order_change
from kernel.access import Actor, Side
from kernel.clock import today_of
from kernel.work import UnitOfWork

ACTIONS = {
    LineAction.ADD: ActionCode.ADD, LineAction.DELETE: ActionCode.DELETE, LineAction.CHANGE: ActionCode.CHANGE,
    LineAction.NONE: ActionCode.NONE, LineAction.REOPEN: ActionCode.REOPEN,
}  # fmt: skip


def change_number(order: Any, change: Any) -> str:
    """What a change is called in a document: a change has no number but its place among the order's."""
    return plain_text(f"{order.number}-C{change.number}")


def export_order_change(work: UnitOfWork, actor: Actor, subject: str) -> bytes:
    """What the buyer asks to be otherwise, each line as it is to be. subject: see ``change_of``.

    A day that the change does not name stands as it stands today. Raises NotFound, Invalid, NotAllowedNow.
    """
    change, order = change_of(work, actor, subject)
    document = change_document(work, actor, change, order)
    note_export(work, actor, "order_file", owner_id=order.buyer_id, subject=("Order", order.id))
    return write_order_change(document)


def change_document(work: UnitOfWork, actor: Actor, change: Any, order: Any) -> OrderChangeDocument:
    buyer, seller = parties_of(work, actor, order.buyer_id, order.seller_id)
    said = lines_said(work, actor, change, order, by=Side.BUYER)
    return OrderChangeDocument(
        number=change_number(order, change), issued_on=today_of(change.sent_at), sequence=change.number,
        order_number=plain_text(order.number), order_issued_on=today_of(order.placed_at), currency=order.currency,
        buyer=buyer, seller=seller, note=plain_text(change.note), lines=tuple(said.values()),
    )  # fmt: skip


def lines_said(work: UnitOfWork, actor: Actor, change: Any, order: Any, *, by: Side) -> dict[int, ChangedLine]:
    """Line number -> what one side asks or offers of it, each line as it is to be."""
    asked = [x for x in changes.lines_of_changes(work, actor, [change.id]) if x.offered_by is by]
    changed: dict[int, list[Any]] = {line.id: [] for line in asked}
    for day in changes.days_of_change_lines(work, actor, list(changed)):
        changed[day.change_line_id].append(day)
    standing = {line.number: line for line in lines_of_orders(work, actor, [order.id])}
    days = days_by_line(work, actor, [line.id for line in standing.values()])
    items = reads.items_named(work, [line.item_id for line in asked])
    own = reads.buyers_numbers(work, actor, buyer_id=order.buyer_id, item_ids=list(items))
    said = {}
    for one in asked:
        line = standing.get(one.number)
        price = one.unit_price if one.unit_price is not None or line is None else line.unit_price
        wanted = _days_then(changed[one.id], days.get(line.id, ()) if line is not None and one.line_id else ())
        written = ordered_line(
            str(one.number), items[one.item_id], own, currency=order.currency, unit=one.unit, unit_price=price, wanted=wanted
        )  # fmt: skip
        said[one.number] = ChangedLine(ACTIONS[one.action], written)
    return said


def _days_then(changed: Sequence[Any], standing: Sequence[Any]) -> list[WantedSchedule]:
    """The days of a line once the changed ones are its own."""
    by_schedule: Mapping[int | None, Any] = {day.schedule_id: day for day in changed if day.schedule_id is not None}
    found = []
    for schedule in standing:
        day = by_schedule.get(schedule.id)
        on, quantity = (day.wanted_on, day.quantity) if day else (due_on(schedule), schedule.quantity - schedule.never)
        found.append(WantedSchedule(on, quantity))
    kept = {schedule.id for schedule in standing}
    found += [WantedSchedule(day.wanted_on, day.quantity) for day in changed if day.schedule_id not in kept]
    return [day for day in found if day.quantity]


def export_order_cancellation(work: UnitOfWork, actor: Actor, subject: str) -> bytes:
    """That one side asks for the rest of an order to be cancelled. Raises NotFound, Invalid, NotAllowedNow."""
    cancellation, order = cancellation_of(work, actor, subject)
    buyer, seller = parties_of(work, actor, order.buyer_id, order.seller_id)
    owner = order.buyer_id if cancellation.requested_by is Side.BUYER else order.seller_id
    note_export(work, actor, "order_file", owner_id=owner, subject=("Order", order.id))
    who = "buyer / 采购方" if cancellation.requested_by is Side.BUYER else "seller / 供应方"
    reason = cancellation.reason.name
    return write_order_cancellation(
        OrderCancellationDocument(
            number=plain_text(f"{order.number}-X{cancellation.number}"), issued_on=today_of(cancellation.requested_at),
            order_number=plain_text(order.number), order_issued_on=today_of(order.placed_at), buyer=buyer, seller=seller,
            cancellation_note=plain_text(f"{reason}: {cancellation.note}" if cancellation.note else reason),
            note=f"asked for by the {who}",
        )
    )  # fmt: skip
