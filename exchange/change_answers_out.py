"""Give the seller's answer to a change of an order out as a UBL OrderResponse (2.3, for it names the change)."""

from typing import Any

from collaboration.changes.lifecycle import OrderChangeState
from exchange.answers_out import plain_text
from exchange.changes_out import change_number, lines_said
from exchange.subjects import note_export, parties_of
from exchange.ubl.changes import ActionCode, ChangedLine
from exchange.ubl.responses import HeaderCode, LineCode, PromisedSchedule, ResponseDocument, ResponseLine
from exchange.ubl.write_response import write_order_response
from kernel.access import Actor, Side
from kernel.clock import today_of
from kernel.errors import NotAllowedNow, Rule
from kernel.work import UnitOfWork


def export_change_answer(work: UnitOfWork, actor: Actor, change: Any, order: Any) -> bytes:
    """Raises NotAllowedNow while the seller has not answered."""
    if change.answered_at is None:
        raise NotAllowedNow(
            f"change {change.number} of order {order.number} has no answer; the seller gives it, then export again",
            f"订单 {order.number} 的第 {change.number} 次变更尚无答复；请在供应方答复后再导出",
            rule=Rule("order_change.unanswered", "供应方答复变更", "the seller, by answering"),
        )
    offered = lines_said(work, actor, change, order, by=Side.SELLER)
    asked = lines_said(work, actor, change, order, by=Side.BUYER)
    code = HeaderCode.CHANGED if offered else HeaderCode.ACCEPTED
    if not offered and change.state is OrderChangeState.REJECTED:
        code = HeaderCode.REJECTED
    buyer, seller = parties_of(work, actor, order.buyer_id, order.seller_id)
    note_export(work, actor, "order_answer", owner_id=order.seller_id, subject=("Order", order.id))
    return write_order_response(
        ResponseDocument(
            number=plain_text(f"{change_number(order, change)}-R"), issued_on=today_of(change.answered_at),
            order_number=plain_text(order.number), seller=seller, buyer=buyer, currency=order.currency, code=code,
            order_issued_on=today_of(order.placed_at), note=plain_text(change.answer_note),
            reason=change.reason.name if change.reason else "", order_change_number=change_number(order, change),
            lines=tuple(_line(number, line, offered.get(number)) for number, line in asked.items()) if offered else (),
        )
    )  # fmt: skip


def _line(number: int, asked: ChangedLine, offered: ChangedLine | None) -> ResponseLine:
    """A line of the change the seller says nothing of is accepted as asked; one that is to stay as it was is not."""
    names: dict[str, Any] = {
        "line_number": str(number), "item_name": asked.line.item_name,
        "buyers_item_number": asked.line.buyers_item_number, "sellers_item_number": asked.line.sellers_item_number,
    }  # fmt: skip
    if offered is not None and offered.action is ActionCode.NONE:
        return ResponseLine(LineCode.NOT_ACCEPTED, **names)
    said = asked.line if offered is None else offered.line
    if asked.action is ActionCode.DELETE:
        return ResponseLine(LineCode.ACCEPTED, **names)
    return ResponseLine(
        LineCode.ACCEPTED if offered is None else LineCode.CHANGED, quantity=said.quantity, unit=said.unit,
        unit_price=said.unit_price,
        schedules=tuple(PromisedSchedule(day.wanted_on, day.quantity) for day in said.schedules if day.wanted_on), **names,
    )  # fmt: skip
