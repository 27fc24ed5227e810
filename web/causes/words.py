"""Causes and who answers for them, in the page's language."""

from flask_babel import pgettext


def causes() -> list[tuple[str, str]]:
    return [
        ("CAPACITY", str(pgettext("miss cause", "产能"))), ("MATERIAL", str(pgettext("miss cause", "原材料"))),
        ("QUALITY", str(pgettext("miss cause", "质量"))), ("SPECIFICATION", str(pgettext("miss cause", "规格或图纸"))),
        ("CALENDAR", str(pgettext("miss cause", "日历或假期"))), ("TRANSPORT", str(pgettext("miss cause", "运输"))),
        ("CREDIT", str(pgettext("miss cause", "信用或付款"))), ("BUYER_CHANGE", str(pgettext("miss cause", "采购方变更"))),
        ("BUYER_RECEIPT", str(pgettext("miss cause", "采购方收货或登记"))), ("FORCE_MAJEURE", str(pgettext("miss cause", "不可抗力"))),
        ("OTHER", str(pgettext("miss cause", "其他（见说明）"))),
    ]  # fmt: skip


def parties() -> list[tuple[str, str]]:
    return [
        ("SELLER", str(pgettext("miss party", "卖方负责（计入）"))), ("BUYER", str(pgettext("miss party", "买方负责（剔除）"))),
        ("NEITHER", str(pgettext("miss party", "双方均无责（剔除）"))), ("SHARED", str(pgettext("miss party", "双方都有责（计入）"))),
    ]  # fmt: skip


def cause(code: str | None) -> str:
    return dict(causes()).get(code or "", code or "")


def party(code: str | None) -> str:
    return dict(parties()).get(code or "", code or "")


def side(code: str) -> str:
    return str(pgettext("side", "买方") if code == "BUYER" else pgettext("side", "卖方"))
