"""States, outcomes, reasons and actions of invoices, and a match in plain words, in the page's language."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

from web.formats import number


def state(code: str) -> str:
    words = {
        "DRAFT": pgettext("invoice state", "草稿"), "SUBMITTED": pgettext("invoice state", "待答复"),
        "ACKNOWLEDGED": pgettext("invoice state", "已收到"), "IN_PROCESS": pgettext("invoice state", "处理中"),
        "UNDER_QUERY": pgettext("invoice state", "有质疑"), "CONDITIONALLY_ACCEPTED": pgettext("invoice state", "有条件接受"),
        "REJECTED": pgettext("invoice state", "已拒收"), "ACCEPTED": pgettext("invoice state", "已接受，待付款"),
        "PART_PAID": pgettext("invoice state", "部分付款"), "PAID": pgettext("invoice state", "已付款"),
    }  # fmt: skip
    return str(words.get(code, code))


def answer(code: str) -> str:
    words = {
        "ACKNOWLEDGED": pgettext("invoice answer", "收到（AB）"), "IN_PROCESS": pgettext("invoice answer", "处理中（IP）"),
        "UNDER_QUERY": pgettext("invoice answer", "质疑（UQ）"), "CONDITIONALLY_ACCEPTED": pgettext("invoice answer", "有条件接受（CA）"),
        "REJECTED": pgettext("invoice answer", "拒收（RE）"), "ACCEPTED": pgettext("invoice answer", "接受，待付款（AP）"),
        "PART_PAID": pgettext("invoice answer", "部分付款（PPD）"), "PAID": pgettext("invoice answer", "已付清（PD）"),
    }  # fmt: skip
    return str(words.get(code, code))


def shade(code: str) -> str:
    """How a state is marked."""
    if code in ("ACCEPTED", "PAID", "PART_PAID", "MATCHED", "IN_TOLERANCE"):
        return "ok"
    if code in ("REJECTED", "NO_ORDER", "NO_RECEIPT", "QUANTITY_BLOCKED", "PRICE_BLOCKED", "TAX_DIFFERS"):
        return "bad"
    return "warn" if code in ("DRAFT", "SUBMITTED", "UNDER_QUERY", "CONDITIONALLY_ACCEPTED") else "open"


def outcome(code: str) -> str:
    words = {
        "NO_ORDER": pgettext("match", "无对应订单"), "NO_RECEIPT": pgettext("match", "尚未收货"),
        "QUANTITY_BLOCKED": pgettext("match", "数量超出"), "PRICE_BLOCKED": pgettext("match", "价格不符"),
        "TAX_DIFFERS": pgettext("match", "税率不符"), "IN_TOLERANCE": pgettext("match", "在容差内"),
        "MATCHED": pgettext("match", "一致"),
    }  # fmt: skip
    return str(words.get(code, code))


def reasons() -> list[tuple[str, str]]:
    return [
        ("QTY", pgettext("invoice reason", "数量")), ("PRI", pgettext("invoice reason", "价格")), ("REF", pgettext("invoice reason", "引用的单号")),
        ("DEL", pgettext("invoice reason", "交货")), ("QUA", pgettext("invoice reason", "质量")), ("ITM", pgettext("invoice reason", "物料")),
        ("PAY", pgettext("invoice reason", "付款条件")), ("FIN", pgettext("invoice reason", "金融条款")), ("LEG", pgettext("invoice reason", "法定信息")),
        ("REC", pgettext("invoice reason", "收票方不明")), ("UNR", pgettext("invoice reason", "不予认可")), ("PPD", pgettext("invoice reason", "部分付款")),
        ("OTH", pgettext("invoice reason", "其他（见说明）")),
    ]  # fmt: skip


def actions() -> list[tuple[str, str]]:
    return [
        ("NOA", pgettext("invoice action", "无需处理")), ("PIN", pgettext("invoice action", "补充信息")), ("NIN", pgettext("invoice action", "重开发票")),
        ("CNF", pgettext("invoice action", "全额冲销")), ("CNP", pgettext("invoice action", "部分冲销")), ("CNA", pgettext("invoice action", "冲销争议金额")),
        ("OTH", pgettext("invoice action", "其他（见说明）")),
    ]  # fmt: skip


def fapiao_types() -> list[tuple[str, str]]:
    return [
        ("DIGITAL_SPECIAL", pgettext("fapiao", "数电票（增值税专用发票）")), ("DIGITAL_ORDINARY", pgettext("fapiao", "数电票（普通发票）")),
        ("SPECIAL", pgettext("fapiao", "增值税专用发票")), ("ORDINARY", pgettext("fapiao", "增值税普通发票")),
    ]  # fmt: skip


def said_of(pairs: list[tuple[str, str]], code: str | None) -> str:
    return str(dict(pairs).get(code or "", code or ""))


def match(line: dict[str, Any]) -> list[str]:
    """Why a line passes or not, one sentence for each thing that was compared."""
    found = line["match"]
    if not found:
        return []
    if found["outcome"] == "NO_ORDER":
        return [_("未对应已确认的订单行")]
    net = Decimal(line["quantity"]) - Decimal(line["creditedQuantity"])
    told = _(
        "收货验收 %(accepted)s，此前已开票 %(before)s，本次 %(now)s",
        accepted=number(found["accepted"]), before=number(found["invoicedBefore"]), now=number(net),
    )  # fmt: skip
    if Decimal(found["over"]):
        told = _("%(told)s：超 %(over)s", told=told, over=number(found["over"]))
    said = [str(told)]
    if found["agreedPrice"] is not None and Decimal(found["agreedPrice"]) != Decimal(line["unitPrice"]):
        said.append(
            _("约定单价 %(agreed)s，发票 %(now)s", agreed=number(found["agreedPrice"]), now=number(line["unitPrice"]))
        )
    if "TAX_DIFFERS" in found["blockedBy"]:
        said.append(_("税率 %(rate)s%% 不是采购方要求的税率", rate=number(line["taxPercent"])))
    return said


def called(item: Mapping[str, Any]) -> str:
    """An item by its number and name, the number once."""
    number_of, name = str(item["number"]), str(item["name"])
    return name if number_of in name else f"{number_of} {name}"
