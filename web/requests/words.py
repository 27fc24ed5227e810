"""Choices and codes of data requests and of the access ledger, in the page's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

KINDS = ("IDENTITY", "CAPACITY", "STOCK", "LEAD_TIME")
CRITICALITIES = ("HIGH", "MEDIUM", "LOW")


def kind(code: str) -> str:
    words = {
        "IDENTITY": pgettext("data kind", "企业名称"),
        "CAPACITY": pgettext("data kind", "可供产能（每月）"),
        "STOCK": pgettext("data kind", "可供库存"),
        "LEAD_TIME": pgettext("data kind", "提前期"),
    }
    return str(words.get(code, code))


def criticality(code: str) -> str:
    words = {
        "LOW": pgettext("criticality", "低：了解情况"),
        "MEDIUM": pgettext("criticality", "中：计划取决于此"),
        "HIGH": pgettext("criticality", "高：交付取决于此"),
    }
    return str(words.get(code, code))


def state(code: str) -> str:
    words = {
        "PENDING": pgettext("request state", "待答复"),
        "APPROVED": pgettext("request state", "已同意"),
        "REFUSED": pgettext("request state", "未同意"),
        "EXPIRED": pgettext("request state", "已到期"),
        "TERMINATED": pgettext("request state", "已终止"),
    }
    return str(words.get(code, code))


def shade(code: str) -> str:
    """How a state is marked."""
    return {"PENDING": "warn", "APPROVED": "ok"}.get(code, "open")


def other_end(request: dict[str, Any]) -> str:
    """The other firm, as far as one may know it."""
    if request["partner"]:
        return str(request["partner"]["name"])
    if request["alias"]:
        name = request["revealedName"]
        return f"{name} · {request['alias']}" if name else str(request["alias"])
    return str(_("贵公司客户的某家客户（未具名）"))


def what(code: str) -> str:
    """What was read, as the ledger says it; a code without words here is shown as it is."""
    words = {
        "disclosed_links": pgettext("read", "公开的上游供应关系"),
        "document_file": pgettext("read", "资料文件"),
        "order_answer": pgettext("read", "订单答复（导出）"),
        "order_file": pgettext("read", "订单（导出）"),
        "rfq_file": pgettext("read", "询价单（导出）"),
        "quotation_file": pgettext("read", "报价（导出）"),
        "invoice_file": pgettext("read", "发票（导出）"),
        "invoice_answer": pgettext("read", "发票答复（导出）"),
        "statement_file": pgettext("read", "对账单（导出）"),
        "requested_data": pgettext("read", "按数据请求答复的数据"),
        "list_price": pgettext("read", "目录价"),
        "unit_cost": pgettext("read", "单位成本"),
        "monthly_capacity": pgettext("read", "月产能"),
        "allocated_figure": pgettext("read", "分配的数量"),
        "where_used": pgettext("read", "用在哪里"),
        "certificate_file": pgettext("read", "证书文件"),
        "firms_sheet": pgettext("read", "企业表（导出）"),
        "cross_references_sheet": pgettext("read", "物料对照表（导出）"),
        "supply_links_sheet": pgettext("read", "供应关系表（导出）"),
    }
    return str(words.get(code, code))


def grant(kind: str | None) -> str:
    words = {
        None: pgettext("grant", "双方的交易"),
        "LinkDisclosure": pgettext("grant", "上游公开"),
        "AccessGrant": pgettext("grant", "授权"),
        "DataRequest": pgettext("grant", "已同意的数据请求"),
    }
    return str(words.get(kind, kind))


def reader(entry: dict[str, Any]) -> str:
    """Who read: the firm, an office, or one that asked without its name."""
    if entry["viewer"]:
        return str(entry["viewer"]["name"])
    return str(_("主管部门") if "OFFICIAL" in entry["roles"] else _("未具名的请求方"))


def rows(number: int) -> str:
    return str(ngettext("%(num)d 条", "%(num)d 条", number))


def yes(is_so: bool) -> str:
    return str(pgettext("yes", "是") if is_so else pgettext("yes", "否"))


def ledger_head() -> list[str]:
    """The columns of the ledger as a file."""
    return [
        str(word) for word in (
            _("时间（UTC）"), _("谁"), _("角色"), _("读取内容"), _("对象"), _("依据"), _("条数"), _("导出"),
        )
    ]  # fmt: skip
