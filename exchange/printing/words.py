"""What printed documents call things, in Chinese and in English, and how they write amounts."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from exchange.units import unit_shown
from kernel.codes import UNIT_WORDS

Words = Mapping[str, str]

ZH: Words = {
    "statement": "对账单", "edition": "版次", "state": "状态", "cut_on": "取数截至", "day": "日期", "paper": "单据 / 订单", "accepted": "验收",
    "stated": "对账数量", "total_untaxed": "合计（不含税）", "rejected": "拒收 {}", "set_aside": "移出本期",
    "receipt": "收货", "delivered": "已交付", "credit_note": "冲销", "statement draft": "草稿", "statement sent": "待确认",
    "statement disputed": "有异议", "statement agreed": "双方已确认", "statement withdrawn": "已撤回",
    "order": "采购订单", "response": "订单答复", "buyer": "采购方", "seller": "供应方", "code": "统一社会信用代码",
    "ordered_on": "下单日期", "currency": "币种", "order_number": "订单号", "answer": "答复", "answered_on": "答复日期",
    "line": "行", "item": "物料", "own_number": "采购方料号", "quantity": "数量", "unit_price": "单价", "amount": "金额",
    "days": "交期", "total": "合计", "note": "备注", "reason": "原因", "backorder": "最多还有 {} 待定交期",
    "substitute": "替代物料", "signed_buyer": "采购方签章 / 日期", "signed_seller": "供应方签章 / 日期",
    "page": "第 {0} 页，共 {1} 页", "foot": "由链主协同平台生成；以平台记录为准", "none": "不交付",
    "AB": "已收到", "AP": "接受", "RE": "拒绝", "CA": "有变更", "1": "新增", "3": "变更", "5": "接受", "7": "不接受", "42": "已交付",
    "CAPACITY": "产能不足", "MATERIAL": "缺料", "PRICE": "价格", "SPECIFICATION": "规格", "MINIMUM_QUANTITY": "低于最小起订量",
    "CALENDAR": "节假或停产日历", "CREDIT": "信用额度", "DISCONTINUED": "已停产", "TRANSPORT": "运输", "OTHER": "其他",
}  # fmt: skip
EN: Words = {
    "statement": "Statement", "edition": "Edition", "state": "State", "cut_on": "Rests on the books of", "day": "Day",
    "paper": "Document / order", "accepted": "Accepted", "stated": "Stated", "total_untaxed": "Total without tax",
    "rejected": "rejected {}", "set_aside": "set aside", "receipt": "receipt", "delivered": "delivered",
    "credit_note": "credit note", "statement draft": "draft", "statement sent": "waits for confirmation",
    "statement disputed": "disputed", "statement agreed": "agreed by both", "statement withdrawn": "withdrawn",
    "order": "Purchase order", "response": "Order response", "buyer": "Buyer", "seller": "Seller",
    "code": "Unified social credit code", "ordered_on": "Ordered on", "currency": "Currency", "order_number": "Order",
    "answer": "Answer", "answered_on": "Answered on", "line": "Line", "item": "Item", "own_number": "Buyer's number",
    "quantity": "Quantity", "unit_price": "Unit price", "amount": "Amount", "days": "Days", "total": "Total", "note": "Note",
    "reason": "Reason", "backorder": "at most {} later", "substitute": "instead", "signed_buyer": "For the buyer / date",
    "signed_seller": "For the seller / date", "page": "page {0} of {1}",
    "foot": "Made by Chainmaster; what the platform holds counts", "none": "nothing comes",
    "AB": "received", "AP": "accepted", "RE": "rejected", "CA": "changed", "1": "added", "3": "changed", "5": "accepted",
    "7": "not accepted", "42": "delivered",
    "CAPACITY": "capacity", "MATERIAL": "material", "PRICE": "price", "SPECIFICATION": "specification",
    "MINIMUM_QUANTITY": "minimum quantity", "CALENDAR": "calendar", "CREDIT": "credit", "DISCONTINUED": "discontinued",
    "TRANSPORT": "transport", "OTHER": "other",
}  # fmt: skip
CENT = Decimal("0.01")


def words_of(lang: str) -> Words:
    return ZH if lang == "zh" else EN


def unit_of(code: str, lang: str) -> str:
    """The word of a unit where it has one, else its code."""
    return UNIT_WORDS[code][0 if lang == "zh" else 1] if code in UNIT_WORDS else unit_shown(code, lang)


def figure(value: Decimal) -> str:
    """Grouped, never rounded, without zeros that say nothing: 12,000.125."""
    whole, _, fraction = f"{value:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def price(value: Decimal) -> str:
    """At least two decimals, more where it was agreed so."""
    whole, _, fraction = figure(value).partition(".")
    return f"{whole}.{fraction:0<2}"


def money(value: Decimal) -> str:
    """To the cent, as it is paid."""
    return f"{value.quantize(CENT, ROUND_HALF_UP):,f}"
