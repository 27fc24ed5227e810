"""Invoices as a workbook: each with its totals and state, each line with its match, and credit notes."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from exchange.lists.book import Listed, Told, written

INVOICE_HEADS = (
    ("发票号", "Number"), ("卖方", "Seller"), ("买方", "Buyer"), ("开票日期", "Dated"), ("到期日", "Due"), ("状态", "State"),
    ("币种", "Currency"), ("不含税金额", "Without tax"), ("税额", "Tax"), ("应付金额", "Payable"), ("已冲销", "Credited"), ("已付", "Paid"),
    ("未付", "Open"), ("未通过匹配的行", "Lines that do not match"), ("税务发票号码", "Fapiao"), ("答复期限", "First answer due"),
)  # fmt: skip
LINE_HEADS = (
    ("发票号", "Number"), ("卖方", "Seller"), ("行号", "Line"), ("订单", "Order"), ("订单行", "Order line"), ("内容", "What"), ("单位", "Unit"),
    ("数量", "Quantity"), ("单价", "Price"), ("金额", "Amount"), ("税率 %", "Tax rate %"), ("匹配", "Match"), ("收货验收", "Accepted"),
    ("此前已开票", "Invoiced before"), ("约定单价", "Agreed price"), ("已冲销数量", "Credited"),
)  # fmt: skip
NOTE_HEADS = (
    ("冲销单号", "Credit note"), ("发票号", "Invoice"), ("日期", "Dated"), ("原因", "Why"), ("不含税金额", "Without tax"), ("税额", "Tax"),
    ("合计", "With tax"),
)  # fmt: skip

Name = Callable[[int], str]


def workbook(
    invoices: Sequence[Any], *, lines: Callable[[int], Iterable[Any]], notes: Callable[[int], Iterable[Any]], firm: Name,
    order: Callable[[Any], tuple[str, int | None, str]], blocked: Callable[[Any], int], left: Callable[[Any], Any], day: Any,
) -> bytes:  # fmt: skip
    """lines, notes: of an invoice's row number. order: an invoice line to its order's number, its line and what it is."""
    told = [
        Told("截至", "As of", day),
        Told("匹配", "Match", "按订单行累计：收货验收数量减去此前已开票数量", "over a whole order line: accepted less what was invoiced before"),
    ]  # fmt: skip
    return written(told, [
        Listed("发票 Invoices", INVOICE_HEADS, [
            (one.number, firm(one.seller_id), firm(one.buyer_id), one.issued_on, one.due_on, one.state.name, one.currency,
             one.tax_exclusive_amount, one.tax_amount, one.payable_amount, one.credited_amount, one.paid_amount, left(one),
             blocked(one), one.fapiao_number, one.answer_due_on)
            for one in invoices
        ]),
        Listed("发票行 Lines", LINE_HEADS, [
            (one.number, firm(one.seller_id), line.number, *order(line), line.unit, line.quantity, line.unit_price,
             line.line_amount, line.tax_percent, line.outcome.name if line.outcome else None, line.accepted, line.invoiced_before,
             line.agreed_price, line.credited_quantity)
            for one in invoices for line in lines(one.id)
        ]),
        Listed("冲销 Credit notes", NOTE_HEADS, [
            (note.number, one.number, note.issued_on, note.reason, note.line_extension_amount, note.tax_amount, note.payable_amount)
            for one in invoices for note in notes(one.id)
        ]),
    ])  # fmt: skip
