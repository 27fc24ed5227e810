"""The words of what waits for one's word besides orders and deliveries."""

from flask_babel import pgettext

from web.ask import Answer

KINDS = (
    "APPROVE_REQUISITION", "APPROVE_RFQ", "APPROVE_FRAMEWORK", "APPROVE_FRAMEWORK_AMENDMENT", "ACCEPT_FRAMEWORK",
    "ACCEPT_FRAMEWORK_AMENDMENT", "ACCEPT_SCHEDULING_AGREEMENT", "ACKNOWLEDGE_RELEASE", "ACCEPT_SILENCE_TERMS", "JOIN_POOL",
    "ORDER_POOL_SHARE",
)  # fmt: skip
PLACES = {
    "Requisition": "/requisitions/{}", "Rfq": "/rfqs/{}", "Framework": "/frameworks/{}", "SchedulingAgreement": "/scheduling/{}",
    "SilenceTerms": "/limits#h-silence", "Pool": "/pools/{}",
}  # fmt: skip


def kind_words() -> dict[str, str]:
    return {
        "APPROVE_REQUISITION": pgettext("todo", "审批请购单"), "APPROVE_RFQ": pgettext("todo", "批准询价单"),
        "APPROVE_FRAMEWORK": pgettext("todo", "审批框架协议"), "APPROVE_FRAMEWORK_AMENDMENT": pgettext("todo", "审批框架变更"),
        "ACCEPT_FRAMEWORK": pgettext("todo", "答复框架协议"), "ACCEPT_FRAMEWORK_AMENDMENT": pgettext("todo", "答复框架变更"),
        "ACCEPT_SCHEDULING_AGREEMENT": pgettext("todo", "答复计划协议"), "ACKNOWLEDGE_RELEASE": pgettext("todo", "答复要货计划"),
        "ACCEPT_SILENCE_TERMS": pgettext("todo", "答复沉默约定"), "JOIN_POOL": pgettext("todo", "填报联合采购"),
        "ORDER_POOL_SHARE": pgettext("todo", "按份额下单"),
    }  # fmt: skip


def address(item: Answer) -> str:
    """Where a thing is done; empty for other kinds."""
    if item["kind"] not in KINDS or not item["subject"]:
        return ""
    return PLACES[item["subject"]["__typename"]].format(item["subject"]["id"])


def title(item: Answer) -> str:
    """By its number; terms of silence have none."""
    return str(item["subject"].get("number") or pgettext("kind", "沉默约定"))


def partner(item: Answer) -> str:
    """The other firm; of what is to be approved in one's own, whom it is meant for or who asks."""
    of = item["subject"]
    if of["__typename"] == "Requisition":
        return of["requestedBy"] or ""
    if of["__typename"] == "Pool":
        firm = of["organiser"]
    elif of["__typename"] == "SilenceTerms":
        firm = of["proposer"] if of["proposedBy"] == "BUYER" else of["receiver"]
    elif of["__typename"] == "Rfq":
        firm = None
    else:
        firm = of["vendor"] if of["side"] == "BUYER" else of["customer"]
    return firm["name"] if firm else ""


def content(kind: str) -> str:
    """What is asked, and that nothing else holds until it is answered."""
    said = {
        "APPROVE_REQUISITION": pgettext("todo", "按审批规则由您决定"), "APPROVE_RFQ": pgettext("todo", "批准后才能发布"),
        "APPROVE_FRAMEWORK": pgettext("todo", "批准后才向供应商提出"), "APPROVE_FRAMEWORK_AMENDMENT": pgettext("todo", "变更使可用金额增加"),
        "ACCEPT_FRAMEWORK": pgettext("todo", "同意后对方才能要货"), "ACCEPT_FRAMEWORK_AMENDMENT": pgettext("todo", "原约定在答复前继续有效"),
        "ACCEPT_SCHEDULING_AGREEMENT": pgettext("todo", "同意后对方才能发布要货计划"), "ACKNOWLEDGE_RELEASE": pgettext("todo", "新一版要货计划待确认"),
        "ACCEPT_SILENCE_TERMS": pgettext("todo", "同意后对今后的订单生效"), "JOIN_POOL": pgettext("todo", "截止前填报需求或谢绝"),
        "ORDER_POOL_SHARE": pgettext("todo", "已分得份额，待下单"),
    }  # fmt: skip
    return str(said[kind])
