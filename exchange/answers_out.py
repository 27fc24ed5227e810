"""One answered order line, as we keep it, in the words of a UBL OrderResponse. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collaboration.orders.tables import LineAnswer
from exchange.ubl.responses import MAY_SPLIT, NOT_IN_XML, LineCode, PromisedSchedule, ResponseLine
from kernel.quantities import plain

CODES = {
    LineAnswer.ADDED: LineCode.ADDED, LineAnswer.CHANGED: LineCode.CHANGED, LineAnswer.ACCEPTED: LineCode.ACCEPTED,
    LineAnswer.REJECTED: LineCode.NOT_ACCEPTED, LineAnswer.ALREADY_DELIVERED: LineCode.ALREADY_DELIVERED,
}  # fmt: skip
CANCELLED = "cancelled by the buyer / 采购方已取消"


@dataclass(frozen=True)
class Answered:
    """line, row, days: the order line, what was said of it, the promised days. ordered, offered: the items.

    own_numbers: item id -> the buyer's own number. is_gone: the buyer has since cancelled the line.
    """

    line: Any
    row: Any
    days: Sequence[Any]
    ordered: Any
    offered: Any
    own_numbers: Mapping[int, str]
    is_gone: bool = False


def line_said(of: Answered) -> ResponseLine:
    """The whole of it: what the chosen line code has no element for stands in the line's note."""
    row, code = of.row, LineCode.NOT_ACCEPTED if of.is_gone else CODES[of.row.answer]
    item = of.offered if code is LineCode.ADDED else of.ordered
    substitute = of.offered if of.offered.id != item.id else None
    reason = CANCELLED if of.is_gone else (row.reason.name if row.reason else "")
    named: dict[str, Any] = {
        "line_number": "" if code is LineCode.ADDED else str(of.line.number),
        "item_name": plain_text(item.name),
        "sellers_item_number": plain_text(item.number),
        "buyers_item_number": plain_text(of.own_numbers.get(item.id, "")),
    }
    if code is LineCode.NOT_ACCEPTED:
        return ResponseLine(code, reason=reason, **named)
    terms: dict[str, Any] = {"quantity": row.quantity, "unit": of.line.unit, "unit_price": row.unit_price}
    if code is LineCode.ALREADY_DELIVERED:
        return ResponseLine(code, reason=_delivered(reason, of, substitute), **terms, **named)
    days = tuple(PromisedSchedule(day.promised_on, day.quantity) for day in of.days)
    if code not in MAY_SPLIT:
        return ResponseLine(code, reason=reason, schedules=days, **terms, **named)
    return ResponseLine(
        code, reason=reason, schedules=days, maximum_backorder=row.backorder_maximum,
        substitute_number=plain_text(substitute.number) if substitute else "",
        substitute_name=plain_text(substitute.name) if substitute else "", **terms, **named,
    )  # fmt: skip


def _delivered(reason: str, of: Answered, substitute: Any) -> str:
    """Code 42 knows neither days, nor a substitute, nor a rest."""
    came = [f"{day.promised_on}: {plain(day.quantity)}" for day in of.days]
    said = [reason, f"delivered / 已交付 {', '.join(came)}" if came else ""]
    if substitute is not None:
        said.append(f"as / 实际物料 {substitute.number} {substitute.name}")
    if of.row.backorder_maximum:
        said.append(
            f"at most {plain(of.row.backorder_maximum)} to come / 最多还有 {plain(of.row.backorder_maximum)} 待交付"
        )
    return plain_text("; ".join(part for part in said if part))


def plain_text(text: str) -> str:
    """What XML cannot carry is shown as the mark for the unreadable."""
    return NOT_IN_XML.sub("\ufffd", text)
