"""Changes of orders in the page's language: states, actions, acts and fields."""

import re

from flask_babel import gettext as _
from flask_babel import pgettext

_DAY_FIELD = re.compile(r"schedules\.(\d+)\.(wantedOn|promisedOn|quantity)")


def change_state(code: str) -> str:
    words = {
        "NOTED": pgettext("order change", "尚未达成约定，要求已更新"), "SENT": pgettext("order change", "待供应商答复"),
        "COUNTERED": pgettext("order change", "供应商另提条件，待采购方决定"), "ACCEPTED": pgettext("order change", "已达成"),
        "REJECTED": pgettext("order change", "未接受，原约定有效"), "WITHDRAWN": pgettext("order change", "已撤回"),
    }  # fmt: skip
    return str(words.get(code, code))


def cancellation_state(code: str) -> str:
    words = {
        "REQUESTED": pgettext("cancellation", "待对方答复"), "ACCEPTED": pgettext("cancellation", "已取消未发数量"),
        "REFUSED": pgettext("cancellation", "未同意，订单有效"), "WITHDRAWN": pgettext("cancellation", "已撤回"),
    }  # fmt: skip
    return str(words.get(code, code))


def repromise_state(code: str) -> str:
    words = {
        "WAITING": pgettext("repromise", "待采购方决定"), "AGREED": pgettext("repromise", "采购方已同意"),
        "AGREED_BY_RULE": pgettext("repromise", "容差内，按规则达成"),
        "REFUSED": pgettext("repromise", "采购方未同意，原交期有效"), "SUPERSEDED": pgettext("repromise", "已被取代"),
    }  # fmt: skip
    return str(words.get(code, code))


def action_word(code: str) -> str:
    words = {
        "ADD": pgettext("line action", "新增"), "DELETE": pgettext("line action", "删除"), "CHANGE": pgettext("line action", "修改"),
        "NONE": pgettext("line action", "不变更"), "REOPEN": pgettext("line action", "重新启用"),
    }  # fmt: skip
    return str(words.get(code, code))


def act_word(act: str) -> str:
    words = {
        "placeOrder": pgettext("version", "下达订单"), "respondToOrder": pgettext("version", "供应商答复"),
        "decideOnResponse": pgettext("version", "采购方对答复作决定"), "closeShort": pgettext("version", "短交关闭"),
        "changeOrder": pgettext("version", "采购方更新要求"), "respondToOrderChange": pgettext("version", "供应商接受变更"),
        "decideOnOrderChange": pgettext("version", "采购方接受另提条件"),
        "requestOrderCancellation": pgettext("version", "采购方取消"),
        "answerOrderCancellation": pgettext("version", "双方同意取消"), "repromiseOrder": pgettext("version", "按规则更新交期"),
        "decideOnRepromise": pgettext("version", "采购方同意新交期"), "lapseResponse": pgettext("version", "采购方逾期未决定"),
    }  # fmt: skip
    return str(words.get(act, act))


def field_word(name: str) -> str:
    """A field of a line as ``orderDifference`` names it."""
    plain = {
        "state": pgettext("field", "状态"), "item": pgettext("field", "物料"), "quantity": pgettext("field", "数量"),
        "unitPrice": pgettext("field", "单价"),
    }  # fmt: skip
    found = _DAY_FIELD.fullmatch(name)
    if found is None:
        return str(plain.get(name, name))
    parts = {
        "wantedOn": pgettext("field", "需求日期"), "promisedOn": pgettext("field", "约定日期"), "quantity": pgettext("field", "数量"),
    }  # fmt: skip
    return str(_("第 %(n)s 个交期的%(part)s", n=found[1], part=parts[found[2]]))
