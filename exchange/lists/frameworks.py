"""How far a framework agreement is used, as a workbook: each line with its caps, each order called off under it, each price."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from collaboration.frameworks.reads import Usage
from collaboration.orders.decisions import is_held
from exchange.lists.book import Listed, Share, Told, written

LINE_HEADS = (
    ("行号", "Line"), ("物料", "Item"), ("名称", "Name"), ("单位", "Unit"), ("数量上限", "Cap in quantity"), ("金额上限", "Cap in value"),
    ("已要货", "Called off"), ("已要货金额", "Called off in value"), ("已发货", "Shipped"), ("已收货", "Received"), ("数量余额", "Left in quantity"),
    ("金额余额", "Left in value"), ("已用比例", "Share of the cap"),
)  # fmt: skip
ORDER_HEADS = (
    ("要货单", "Call-off"),
    ("下单日", "Placed on"),
    ("状态", "State"),
    ("金额", "Value"),
    ("币种", "Currency"),
)
PRICE_HEADS = (
    ("行号", "Line"), ("生效日期", "From"), ("数量起点", "From quantity"), ("单价", "Price"), ("指数值", "Index"), ("指数日期", "Index as of"), ("指数来源", "Source"),
)  # fmt: skip


def workbook(
    framework: Any, *, buyer: str, seller: str, today: date, lines: Sequence[tuple[Any, Usage, str, str]],
    orders: Sequence[tuple[Any, date, Any]], prices: Sequence[tuple[Any, Any, Sequence[Any]]],
) -> bytes:  # fmt: skip
    """lines: (line, its usage, item number, item name); orders: (order, day, total); prices: (line, price, breaks)."""
    method = [
        Told("框架协议", "Framework agreement", framework.number), Told("采购方", "Buyer", buyer), Told("供应商", "Seller", seller),
        Told("数据日", "As of", today), Told("起始日期", "Valid from", framework.valid_from),
        Told("终止日期", "Valid until", framework.valid_until), Told("币种", "Currency", framework.currency),
        Told("总金额上限", "Cap in value over all lines", framework.value_cap),
        Told("已要货", "Called off", "已达成与待答复的要货，减去取消、拒绝与放弃的数量", "agreed or open, less what was cancelled, rejected or given up"),
        Told("已发货", "Shipped", "在途或已留用的数量：发货减去拒收与丢失", "on its way or kept: despatched less rejected and lost"),
        Told("已收货", "Received", "验收合格的数量", "received and accepted"),
    ]  # fmt: skip
    return written(method, [
        Listed("协议行 Lines", LINE_HEADS, [_line(*one) for one in lines]),
        Listed("要货单 Call-offs", ORDER_HEADS, [(o.number, day, _state(o), total, o.currency) for o, day, total in orders]),
        Listed("价格 Prices", PRICE_HEADS, [
            (line.number, price.valid_from, step.from_quantity, step.unit_price, price.index_value, price.index_on, price.index_source)
            for line, price, breaks in prices for step in breaks
        ]),
    ])  # fmt: skip


def _state(order: Any) -> str:
    return str(f"{order.state.name}, ON HOLD" if is_held(order) else order.state.name)


def _line(line: Any, usage: Usage, number: str, name: str) -> tuple[Any, ...]:
    return (
        line.number, number, name, line.unit, line.quantity_cap, line.value_cap, usage.called, usage.value, usage.shipped,
        usage.received, usage.quantity_left, usage.value_left,
        None if usage.share_percent is None else Share(float(usage.share_percent) / 100),
    )  # fmt: skip
