"""Words of clocks: what is answered, what silence means, days of the week."""

from flask_babel import gettext as _
from flask_babel import pgettext

KINDS = ("ORDER", "ORDER_CHANGE", "ORDER_CANCELLATION", "REPROMISE")
MEANINGS = ("NOTHING", "LAPSES", "ASSUMED_AGREED")


def kind_word(kind: str) -> str:
    found = {
        "ORDER": pgettext("answered", "订单"), "ORDER_CHANGE": pgettext("answered", "订单变更"),
        "ORDER_CANCELLATION": pgettext("answered", "取消请求"), "REPROMISE": pgettext("answered", "新交期（采购方决定）"),
    }  # fmt: skip
    return str(found.get(kind, kind))


def meaning_word(meaning: str) -> str:
    found = {
        "NOTHING": pgettext("silence", "没有任何含义，订单继续等待"), "LAPSES": pgettext("silence", "订单失效，双方都不受约束"),
        "ASSUMED_AGREED": pgettext("silence", "视为按要求接受，对双方有约束"),
    }  # fmt: skip
    return str(found.get(meaning, meaning))


def silence_state(state: str) -> tuple[str, str]:
    """(word, tone)."""
    found = {
        "PROPOSED": (pgettext("silence", "待对方答复"), "warn"), "IN_FORCE": (pgettext("silence", "有效"), "ok"),
        "DECLINED": (pgettext("silence", "对方不同意"), "bad"), "WITHDRAWN": (pgettext("silence", "已撤回"), "open"),
        "REVOKED": (pgettext("silence", "已解除"), "open"), "REPLACED": (pgettext("silence", "已由新约定取代"), "open"),
    }  # fmt: skip
    word, tone = found.get(state, (state, "open"))
    return str(word), tone


def silence_verb(verb: str) -> tuple[str, str]:
    """(address, word) of a button."""
    found = {
        "acceptSilenceTerms": ("accept", pgettext("button", "同意")), "declineSilenceTerms": ("decline", pgettext("button", "不同意")),
        "withdrawSilenceTerms": ("withdraw", pgettext("button", "撤回")), "revokeSilenceTerms": ("revoke", pgettext("button", "解除")),
    }  # fmt: skip
    address, word = found.get(verb, ("", verb))
    return address, str(word)


def weekday_word(weekday: int) -> str:
    words = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return str(words[weekday - 1])


def standing_word(standing: str) -> str:
    found = {
        "OPEN": pgettext("day", "上班"),
        "CLOSED": pgettext("day", "休息"),
        "USUAL": pgettext("day", "按常规（取消登记）"),
    }
    return str(found.get(standing, standing))
