"""The main menu of each audience: page addresses and their words."""

from flask_babel import pgettext

DAILY = 6
"""So many entries stand in the bar itself; the others open below it."""


def menu_of(audience: str) -> list[tuple[str, str]]:
    """(address, word) of each page this audience works with, what is used daily first; an unknown audience gets none."""
    todo = ("/todo", str(pgettext("menu", "待办")))
    orders = ("/orders", str(pgettext("menu", "订单")))
    workbench = ("/workbench", str(pgettext("menu", "采购工作台")))
    decisions = ("/decisions", str(pgettext("menu", "批量决定")))
    answers = ("/answers", str(pgettext("menu", "批量答复")))
    shipments = ("/shipments", str(pgettext("menu", "送货")))
    documents = ("/documents", str(pgettext("menu", "资料")))
    chains = ("/chains", str(pgettext("menu", "链图")))
    links = ("/links", str(pgettext("menu", "供应关系")))
    sharing = ("/sharing", str(pgettext("menu", "共享")))
    firms = ("/firms", str(pgettext("menu", "企业")))
    joining = ("/registration", str(pgettext("menu", "入驻")))
    requests = ("/requests", str(pgettext("menu", "数据请求")))
    sourcing = ("/rfqs", str(pgettext("menu", "询价")))
    statements = ("/statements", str(pgettext("menu", "对账")))
    invoices = ("/invoices", str(pgettext("menu", "发票")))
    frameworks = ("/frameworks", str(pgettext("menu", "框架协议")))
    scheduling = ("/scheduling", str(pgettext("menu", "计划协议")))
    requisitions = ("/requisitions", str(pgettext("menu", "请购")))
    pools = ("/pools", str(pgettext("menu", "联合采购")))
    causes = ("/causes", str(pgettext("menu", "迟交原因")))
    limits = ("/limits", str(pgettext("menu", "答复时限")))
    hours = ("/hours", str(pgettext("menu", "工作时间")))
    notices = ("/notices", str(pgettext("menu", "中断通知")))
    items = ("/items", str(pgettext("menu", "物料")))
    plans = ("/plans", str(pgettext("menu", "计划")))
    qualification = ("/qualification", str(pgettext("menu", "资格")))
    certificates = ("/certificates", str(pgettext("menu", "证书")))
    scorecards = ("/scorecards", str(pgettext("menu", "评分")))
    exchange = ("/exchange", str(pgettext("menu", "导入导出")))
    people = ("/people", str(pgettext("menu", "人员")))
    accounts = ("/accounts", str(pgettext("menu", "收款账户")))
    daily = [todo, orders, shipments, documents, chains, links]
    rarer = [
        invoices,
        statements,
        causes,
        requisitions,
        sourcing,
        pools,
        frameworks,
        scheduling,
        items,
        plans,
        firms,
        sharing,
        certificates,
        scorecards,
        notices,
        requests,
        exchange,
        limits,
        hours,
        people,
    ]
    menus = {
        "buyer": [todo, workbench, orders, shipments, documents, chains, decisions, links, qualification, *rarer],
        "supplier": [*daily, answers, *rarer],
        "carrier": [todo, people],
        "official": [chains],
        "applicant": [joining],
        "operator": [
            joining,
            firms,
            exchange,
            accounts,
            ("/essentiality", str(pgettext("menu", "投入重要性"))),
            ("/jobs", str(pgettext("menu", "后台任务"))),
            ("/api", str(pgettext("menu", "试用接口"))),
        ],
    }
    return menus.get(audience, [])
