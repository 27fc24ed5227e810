"""Choices of the trade forms, and who may do what one may not oneself, in the page's language."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

REASONS = (
    "CAPACITY", "MATERIAL", "PRICE", "SPECIFICATION", "MINIMUM_QUANTITY", "CALENDAR", "CREDIT", "DISCONTINUED",
    "TRANSPORT", "OTHER",
)  # fmt: skip


def reason_codes() -> dict[str, str]:
    """What people write for a reason -> its code."""
    said = (
        pgettext("reason", "产能不足"), pgettext("reason", "缺料"), pgettext("reason", "价格"), pgettext("reason", "规格"),
        pgettext("reason", "低于最小起订量"), pgettext("reason", "节假或停产日历"), pgettext("reason", "信用额度"),
        pgettext("reason", "已停产"), pgettext("reason", "运输"), pgettext("reason", "其他"),
    )  # fmt: skip
    return {str(word): code for code, word in zip(REASONS, said, strict=True)} | {code: code for code in REASONS}


def verb_word(verb: str) -> str:
    """A mutation as the button says it."""
    words = {
        "respondToOrder": pgettext("verb", "答复订单"),
        "decideOnResponse": pgettext("verb", "对答复作决定"),
        "sendDespatchAdvice": pgettext("verb", "发货"),
        "postReceipt": pgettext("verb", "登记收货"),
        "closeShort": pgettext("verb", "短交关闭订单行"),
        "requireDocuments": pgettext("verb", "要求资料"),
        "submitDocument": pgettext("verb", "提交资料"),
        "reviewDocument": pgettext("verb", "审核资料"),
        "acceptDelivery": pgettext("verb", "验收交付"),
        "changeOrder": pgettext("verb", "变更订单"),
        "requestOrderCancellation": pgettext("verb", "请求取消订单"),
        "repromiseOrder": pgettext("verb", "交期再承诺"),
        "holdOrder": pgettext("verb", "暂停订单"),
        "liftHold": pgettext("verb", "解除暂停"),
        "placeOrder": pgettext("verb", "下订单"),
        "setTolerance": pgettext("verb", "设定容差"),
        "setAnswerLimits": pgettext("verb", "设定答复时限"),
        "setWorkingHours": pgettext("verb", "登记工作时间"),
        "answerOrders": pgettext("verb", "批量答复订单"),
        "decideOnResponses": pgettext("verb", "批量决定答复"),
        "addItem": pgettext("verb", "添加物料"),
        "describeItem": pgettext("verb", "填写未入驻企业的物料"),
        "takeOverOrders": pgettext("verb", "接收订单"),
        "changeItem": pgettext("verb", "修改物料"),
        "retireItem": pgettext("verb", "停用物料"),
        "stateCrossReference": pgettext("verb", "登记料号对照"),
        "endCrossReference": pgettext("verb", "终止料号对照"),
        "countStock": pgettext("verb", "登记库存"),
        "stateBill": pgettext("verb", "登记物料清单"),
        "endBill": pgettext("verb", "终止物料清单"),
        "explodePlan": pgettext("verb", "展开计划"),
        "withdrawPlan": pgettext("verb", "撤回计划"),
    }
    return str(words.get(verb, verb))


def role_word(role: str) -> str:
    words = {
        "BUYER": pgettext("role", "采购"),
        "PLANNER": pgettext("role", "计划收货"),
        "QUALITY": pgettext("role", "质量"),
        "LEAD": pgettext("role", "主管"),
        "SALES": pgettext("role", "销售"),
        "DISPATCH": pgettext("role", "配送"),
    }
    return str(words.get(role, role))


def who_may(verb: str, roles: Iterable[str]) -> str:
    """The sentence in a button's place for somebody without the duty."""
    told = pgettext("role", "或").join(role_word(role) for role in roles)
    return str(_("%(act)s由本单位具有“%(roles)s”角色的同事办理。", act=verb_word(verb), roles=told))


def reserved(thing: dict[str, Any], *verbs: str) -> list[str]:
    """Those sentences for what colleagues may do to an order or delivery now; without verbs for all."""
    return [who_may(r["verb"], r["roles"]) for r in thing["reservedVerbs"] if not verbs or r["verb"] in verbs]
