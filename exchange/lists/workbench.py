"""A view of the workbench as a workbook: each line with its order, what is wanted and promised, and its limit."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from collaboration.workbench.reads import WorkbenchLine, WorkbenchView
from exchange.lists.book import Listed, Told, written
from kernel.clock import CHINA

VIEWS = {
    WorkbenchView.UNANSWERED: ("未答复", "unanswered"), WorkbenchView.DEVIATING: ("有差异待决定", "deviating, to be decided"),
    WorkbenchView.LATE: ("交期延误", "late"), WorkbenchView.DUE: ("即将到期", "due soon"),
    WorkbenchView.HELD: ("已暂停", "on hold"),
}  # fmt: skip
HEADS = (
    ("期限", "Limit"), ("订单号", "Order"), ("行号", "Line"), ("供应方", "Seller"), ("物料号", "Item"), ("名称", "Name"), ("数量", "Quantity"),
    ("单位", "Unit"), ("单价", "Unit price"), ("币种", "Currency"), ("要求日期", "Wanted"), ("承诺日期", "Promised"), ("供应方预计", "Expected by the seller"),
    ("延误天数", "Days late"), ("行状态", "State"), ("订单版本", "Version"), ("暂停自", "On hold since"),
)  # fmt: skip
Find = Callable[[int], Any]


def workbook(
    view: WorkbenchView, lines: Sequence[WorkbenchLine], as_of: date, *, line: Find, order: Find, firm: Find, item: Find,
    schedules: Find,
) -> bytes:  # fmt: skip
    zh, en = VIEWS[view]
    told = [
        Told("范围", "View", zh, en),
        Told("数据日", "As of", as_of),
        Told("行数", "Lines", len(lines)),
        Told("时间", "Times", "中国时间", "China's time"),
    ]
    rows = [_row(one, line(one.line_id), order(one.order_id), firm, item, schedules(one.line_id)) for one in lines]
    return written(told, [Listed(f"{zh} Lines", HEADS, rows)])


def _row(one: WorkbenchLine, line: Any, order: Any, firm: Find, item: Find, days: Sequence[Any]) -> tuple[Any, ...]:
    said = item(line.item_id)
    asked = [day for day in days if day.quantity]
    return (
        f"{one.limit.astimezone(CHINA):%Y-%m-%d %H:%M}", order.number, line.number, getattr(firm(one.seller_id), "name", ""),
        getattr(said, "number", ""), getattr(said, "name", ""), line.quantity, line.unit, line.unit_price, order.currency,
        _days(day.wanted_on for day in asked), _days(day.promised_on for day in asked),
        _days(day.expected_on for day in asked), one.late_days or None, line.state, order.version, order.held_at and order.held_at.astimezone(CHINA).date(),
    )  # fmt: skip


def _days(days: Any) -> str:
    return ", ".join(str(day) for day in days if day is not None)
