"""A statement as a workbook: what it is of, each line, what was disputed."""

from collections.abc import Callable, Iterable
from typing import Any

from exchange.lists.book import Listed, Told, written

LINE_HEADS = (
    ("行号", "Line"), ("日期", "Day"), ("来源", "Source"), ("单号", "Reference"), ("订单", "Order"), ("订单行", "Order line"), ("物料", "Item"),
    ("名称", "Name"), ("单位", "Unit"), ("验收", "Accepted"), ("拒收", "Rejected"), ("约定单价", "Agreed price"), ("对账数量", "Quantity"),
    ("对账单价", "Price"), ("金额（不含税）", "Amount without tax"), ("上期转入", "Carried over"), ("移出本期", "Set aside"),
)  # fmt: skip
DISPUTE_HEADS = (
    ("行号", "Line"), ("原因", "Reason"), ("说明", "Words"), ("应为数量", "Right quantity"), ("应为单价", "Right price"), ("结果", "Outcome"),
    ("答复", "Answer"),
)  # fmt: skip


def workbook(
    one: Any, *, lines: Iterable[Any], disputes: Iterable[Any], firm: Callable[[int], str],
    order: Callable[[Any], tuple[str, int, str, str]], day: Callable[[Any], Any],
) -> bytes:  # fmt: skip
    """order: a line to its order's number, its line, the item's number and name. day: a line to its day in China."""
    known = list(lines)
    numbers = {line.id: line.number for line in known}
    told = [
        Told("卖方", "Seller", firm(one.seller_id)), Told("买方", "Buyer", firm(one.buyer_id)),
        Told("期间", "Period", f"{one.period_from} – {one.period_until}"), Told("币种", "Currency", one.currency),
        Told("合计（不含税）", "Total without tax", one.total_amount), Told("状态", "State", one.state.name),
        Told("版次", "Edition", one.edition), Told("内容摘要 SHA-256", "Content hash", one.content_hash),
    ]  # fmt: skip
    return written(told, [
        Listed("对账明细 Lines", LINE_HEADS, [
            (line.number, day(line), line.source.name, line.reference, *order(line), line.unit, line.accepted, line.rejected,
             line.agreed_price, line.quantity, line.unit_price, line.line_amount,
             "是 yes" if line.carried_from_id else "", "是 yes" if line.is_set_aside else "")
            for line in known
        ]),
        Listed("异议 Disputes", DISPUTE_HEADS, [
            (numbers[d.line_id], d.reason.name, d.note, d.right_quantity, d.right_price, d.state.name, d.answer) for d in disputes
        ]),
    ])  # fmt: skip
