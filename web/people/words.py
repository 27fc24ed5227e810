"""Roles, acts and states of accounts in the page's language."""

from flask_babel import pgettext

from web.trade.words import role_word as trade_role

ROLES = ("BUYER", "PLANNER", "QUALITY", "LEAD", "SALES", "DISPATCH")


def role_word(role: str) -> str:
    words = {
        "OPERATOR": pgettext("role", "平台运营"), "APPLICANT": pgettext("role", "申请人"), "GUEST": pgettext("role", "免账号访客"),
        "OFFICIAL": pgettext("role", "主管部门"),
    }  # fmt: skip
    return str(words.get(role) or trade_role(role))


def roles() -> list[tuple[str, str]]:
    return [(role, role_word(role)) for role in ROLES]


def subjects() -> list[tuple[str, str]]:
    return [
        ("people", pgettext("duties", "人员与角色")), ("orders", pgettext("duties", "订单与收货")),
        ("sourcing", pgettext("duties", "请购、询价与报价")), ("settlement", pgettext("duties", "发票、对账与交付原因")), ("pooling", pgettext("duties", "联合采购")), ("documents", pgettext("duties", "资料")), ("money", pgettext("duties", "收款账户")),
        ("items", pgettext("duties", "物料与计划")), ("links", pgettext("duties", "供应关系")),
        ("scenarios", pgettext("duties", "情景")),
        ("sharing", pgettext("duties", "条款、授权与数据请求")), ("notices", pgettext("duties", "中断通知")),
        ("qualification", pgettext("duties", "资格、证书与评分")),
        ("firms", pgettext("duties", "企业与入驻")), ("exchange", pgettext("duties", "导入导出")),
        ("own", pgettext("duties", "本人消息")),
    ]  # fmt: skip


def account_state(state: str) -> tuple[str, str]:
    """(word, tone)."""
    words = {
        "PROPOSED": (pgettext("account", "待第二人确认"), "warn"), "CONFIRMED": (pgettext("account", "已确认"), "ok"),
        "REFUSED": (pgettext("account", "未获确认"), "bad"), "WITHDRAWN": (pgettext("account", "已撤回"), "open"),
        "REPLACED": (pgettext("account", "已被替换"), "open"),
    }  # fmt: skip
    return words.get(state, (state, "open"))


def callback_state(state: str) -> tuple[str, str]:
    """(word, tone)."""
    words = {
        "UNVERIFIED": (pgettext("account", "未回拨核实，请勿付款"), "bad"), "VERIFIED": (pgettext("account", "已回拨核实"), "ok"),
        "DENIED": (pgettext("account", "对方否认，请勿付款"), "bad"),
    }  # fmt: skip
    return words.get(state, (state, "open"))


def sources() -> list[tuple[str, str]]:
    return [
        ("CONTRACT", pgettext("phone", "合同所载")), ("OWN_RECORDS", pgettext("phone", "本单位以往往来记录")),
        ("PUBLIC_REGISTER", pgettext("phone", "公开登记信息")),
    ]  # fmt: skip


def outcomes() -> list[tuple[str, str]]:
    return [("VERIFIED", pgettext("account", "对方确认无误")), ("DENIED", pgettext("account", "对方否认"))]
