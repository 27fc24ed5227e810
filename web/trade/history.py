"""What happened to an order, in words: one sentence and its particulars for every kind of event."""

from collections.abc import Callable
from typing import Any

import orjson
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

Facts = dict[str, Any]


def told(entry: dict[str, Any]) -> tuple[str, list[str]]:
    """(what happened, particulars) of a history entry; an event without words here is told by its name."""
    facts: Facts = orjson.loads(entry["facts"])
    teller = _TELLERS.get(entry["event"])
    if teller is None:
        return entry["event"], [f"{name}: {value}" for name, value in sorted(facts.items())]
    what, particulars = teller(facts)
    return what, [one for one in particulars if one]


def moves_of(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines this act moved, from which state to which."""
    found: list[dict[str, Any]] = orjson.loads(entry["facts"]).get("moves") or []
    return found


def _lines(count: Any, zh: Callable[[int], str]) -> str:
    return zh(int(count)) if count else ""


def _placed(f: Facts) -> tuple[str, list[str]]:
    return _("下达订单"), [ngettext("%(num)d 行", "%(num)d 行", int(f["lines"]))]


def _called_off(f: Facts) -> tuple[str, list[str]]:
    return _("按框架协议要货"), []


def _answered(f: Facts) -> tuple[str, list[str]]:
    if f["answer"] == "acknowledged":
        return _("告知已收到订单，答复随后"), []
    return _("答复订单"), [
        _lines(f["accepted"], lambda n: ngettext("%(num)d 行按要求确认", "%(num)d 行按要求确认", n)),
        _lines(f["by_rule"], lambda n: ngettext("%(num)d 行按约定容差自动达成", "%(num)d 行按约定容差自动达成", n)),
        _lines(f["waiting"], lambda n: ngettext("%(num)d 行有变更，待采购方决定", "%(num)d 行有变更，待采购方决定", n)),
        _lines(f["rejected"], lambda n: ngettext("%(num)d 行拒绝", "%(num)d 行拒绝", n)),
    ]


def _agreed(f: Facts) -> tuple[str, list[str]]:
    rule = str(f.get("rule") or "")
    how = _("依据双方的沉默约定") if rule.startswith("silence.") else _("依据双方约定的容差") if rule else ""
    return ngettext("%(num)d 行达成，对双方有约束", "%(num)d 行达成，对双方有约束", int(f["lines"])), [how]


def _decided(f: Facts) -> tuple[str, list[str]]:
    return _("对答复作出决定"), [
        _lines(f["accepted"], lambda n: ngettext("%(num)d 行接受", "%(num)d 行接受", n)),
        _lines(f["refused"], lambda n: ngettext("%(num)d 行不接受，仍按原要求", "%(num)d 行不接受，仍按原要求", n)),
        _lines(f.get("countered", 0), lambda n: ngettext("%(num)d 行还价", "%(num)d 行还价", n)),
        _lines(f["cancelled"], lambda n: ngettext("%(num)d 行取消", "%(num)d 行取消", n)),
    ]


def _lapsed(f: Facts) -> tuple[str, list[str]]:
    return _("采购方逾期未决定，按其事先约定处理"), [
        _lines(f["accepted"], lambda n: ngettext("%(num)d 行视为接受", "%(num)d 行视为接受", n)),
        _lines(f["refused"], lambda n: ngettext("%(num)d 行视为不接受", "%(num)d 行视为不接受", n)),
    ]


def _overdue(f: Facts) -> tuple[str, list[str]]:
    who = pgettext("side", "采购方") if f["owed_by"] == "buyer" else pgettext("side", "供应方")
    return _("已过答复期限"), [_("应答方：%(who)s", who=who)]


def _assumed(f: Facts) -> tuple[str, list[str]]:
    return _("逾期未答复，系统按双方约定视为接受"), []


def _order_lapsed(f: Facts) -> tuple[str, list[str]]:
    return _("逾期未答复，系统按双方约定使订单失效"), []


def _held(f: Facts) -> tuple[str, list[str]]:
    return _("逾期未答复，但沉默约定已解除或要求日期已过，订单继续等待"), []


def _closed(f: Facts) -> tuple[str, list[str]]:
    return _("短交关闭第 %(line)s 行", line=f["line_number"]), [_("放弃未发数量 %(never)s", never=f["never"])]


def _despatched(f: Facts) -> tuple[str, list[str]]:
    return _("发出货物，送货单 %(number)s", number=f["number"]), [_("发货日期 %(day)s", day=f["shipped_on"])]


def _received(f: Facts) -> tuple[str, list[str]]:
    off = int(f["differences"])
    every = _("与发货一致") if not off else ngettext("%(num)d 行与发货不符", "%(num)d 行与发货不符", off)
    return _("登记收货"), [every]


def _required(f: Facts) -> tuple[str, list[str]]:
    return _("要求随货资料"), [ngettext("%(num)d 份", "%(num)d 份", int(f.get("requirements", 0)))]


def _submitted(f: Facts) -> tuple[str, list[str]]:
    return _("提交资料 %(number)s", number=f["number"]), [_("版本 %(revision)s", revision=f["revision"])]


def _checked(f: Facts) -> tuple[str, list[str]]:
    words = {
        "passed": pgettext("verdict", "检查通过"),
        "warned": pgettext("verdict", "有提醒"),
        "failed": pgettext("verdict", "检查未通过"),
        "not_checked": pgettext("verdict", "未能检查"),
    }
    return _("文件检查完成"), [str(words.get(f["verdict"], f["verdict"]))]


def _reviewed(f: Facts) -> tuple[str, list[str]]:
    words = {
        "approved": pgettext("verdict", "通过"),
        "approved_with_comments": pgettext("verdict", "带意见通过"),
        "revise": pgettext("verdict", "退回修改"),
        "rejected": pgettext("verdict", "拒收"),
    }
    comments = _lines(f["comments"], lambda n: ngettext("%(num)d 条意见", "%(num)d 条意见", n))
    return _("审核资料"), [str(words.get(f["verdict"], f["verdict"])), comments]


def _accepted(f: Facts) -> tuple[str, list[str]]:
    documents = _lines(f["documents"], lambda n: ngettext("含 %(num)d 份资料", "含 %(num)d 份资料", n))
    return _("验收交付"), [documents, _("验收内容指纹 %(hash)s", hash=f["snapshot_hash"])]


def _taken_over(f: Facts) -> tuple[str, list[str]]:
    return _("供应商入驻后接收订单，由其本单位人员继续办理"), []


def _opened(f: Facts) -> tuple[str, list[str]]:
    return _("开通免账号答复链接"), []


def _revoked(f: Facts) -> tuple[str, list[str]]:
    return _("撤销免账号答复链接"), []


def _verified(f: Facts) -> tuple[str, list[str]]:
    return _("联系人通过验证"), []


def _changed(f: Facts) -> tuple[str, list[str]]:
    at_once = _("订单尚未达成约定，要求立即更新") if f["state"] == "noted" else _("待供应商答复，原约定有效")
    return _("第 %(n)s 次变更订单", n=f["number"]), [at_once]


def _change_answered(f: Facts) -> tuple[str, list[str]]:
    words = {
        "accepted": pgettext("history", "接受变更"), "rejected": pgettext("history", "拒绝变更，原约定有效"),
        "changed": pgettext("history", "另提条件，待采购方决定"),
    }  # fmt: skip
    return _("答复第 %(n)s 次变更", n=f["number"]), [str(words.get(f["answer"], f["answer"]))]


def _change_decided(f: Facts) -> tuple[str, list[str]]:
    taken = _("接受供应商另提的条件") if f["decision"] == "accept" else _("不接受，原约定有效")
    return _("对第 %(n)s 次变更作出决定", n=f["number"]), [taken]


def _change_withdrawn(f: Facts) -> tuple[str, list[str]]:
    return _("撤回第 %(n)s 次变更", n=f["number"]), []


def _cancellation(f: Facts) -> tuple[str, list[str]]:
    if f["state"] == "accepted":
        return _("取消订单"), [_("订单尚未达成约定，立即生效")]
    return _("请求取消未发数量"), [_("待对方答复，订单有效")]


def _cancellation_answered(f: Facts) -> tuple[str, list[str]]:
    agreed = _("同意，未发数量取消") if f["decision"] == "accept" else _("不同意，订单有效")
    return _("答复取消请求"), [agreed]


def _cancellation_withdrawn(f: Facts) -> tuple[str, list[str]]:
    return _("撤回取消请求"), []


def _repromised(f: Facts) -> tuple[str, list[str]]:
    how = _("超出容差，待采购方决定；原交期有效") if f["waiting"] else _("在约定容差内，按规则达成")
    return _("更新交期"), [ngettext("%(num)d 个交期", "%(num)d 个交期", int(f["days"])), how]


def _repromise_decided(f: Facts) -> tuple[str, list[str]]:
    return _("对新交期作出决定"), [_("同意") if f["decision"] == "accept" else _("不同意，原交期有效")]


def _on_hold(f: Facts) -> tuple[str, list[str]]:
    return _("采购方暂停订单"), [_("预计 %(day)s 前决定", day=f["decides_on"]) if f["decides_on"] else ""]


def _hold_lifted(f: Facts) -> tuple[str, list[str]]:
    return _("采购方解除暂停"), []


_TELLERS: dict[str, Callable[[Facts], tuple[str, list[str]]]] = {
    "OrderPlaced": _placed, "CalledOff": _called_off, "OrderAnswered": _answered, "LinesAgreed": _agreed, "ResponseDecided": _decided,
    "ResponseLapsed": _lapsed, "AnswerOverdue": _overdue, "OrderAssumedAgreed": _assumed, "OrderLapsed": _order_lapsed,
    "SilenceHeld": _held,
    "LineClosedShort": _closed, "DespatchAdviceSent": _despatched, "ReceiptPosted": _received,
    "DocumentsRequired": _required, "DocumentSubmitted": _submitted, "ChecksFinished": _checked,
    "DocumentReviewed": _reviewed, "DeliveryAccepted": _accepted, "OrdersTakenOver": _taken_over,
    "OrderChanged": _changed, "OrderChangeAnswered": _change_answered, "OrderChangeDecided": _change_decided,
    "OrderChangeWithdrawn": _change_withdrawn, "OrderCancellationRequested": _cancellation,
    "OrderCancellationAnswered": _cancellation_answered, "OrderCancellationWithdrawn": _cancellation_withdrawn,
    "OrderHeld": _on_hold, "HoldLifted": _hold_lifted, "OrderRepromised": _repromised, "RepromiseDecided": _repromise_decided,
    "GuestLinkOpened": _opened, "GuestLinkRevoked": _revoked, "GuestVerified": _verified,
}  # fmt: skip
EVENTS = frozenset(_TELLERS)
"""The events of an order that have words."""
