"""States, choices and kinds of requests for quotation and requisitions, in the page's language."""

from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import pgettext

from kernel.clock import CHINA
from web.trade.entering import Complaint, Values, complaint, day, written

INCOTERMS = ("DAP", "DDP", "DPU", "EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP")


def rfq_state(code: str) -> str:
    words = {
        "DRAFT": pgettext("rfq state", "草稿"), "APPROVED": pgettext("rfq state", "已批准"), "ISSUED": pgettext("rfq state", "询价中"),
        "CLOSED": pgettext("rfq state", "已开标"), "AWARDED": pgettext("rfq state", "已定标"),
        "PARTLY_AWARDED": pgettext("rfq state", "部分定标"), "NOT_AWARDED": pgettext("rfq state", "未定标"),
        "CANCELLED": pgettext("rfq state", "已取消"),
    }  # fmt: skip
    return str(words.get(code, code))


def clarification_state(code: str) -> str:
    words = {
        "OPEN": pgettext("clarification state", "待答复"), "ANSWERED": pgettext("clarification state", "已答复"),
        "WITHDRAWN": pgettext("clarification state", "已撤回"), "LAPSED": pgettext("clarification state", "未答复，已失效"),
    }  # fmt: skip
    return str(words.get(code, code))


def invitation_state(code: str) -> str:
    words = {
        "INVITED": pgettext("invitation state", "已邀请"), "VIEWED": pgettext("invitation state", "已查看"),
        "DECLINED": pgettext("invitation state", "不参与"), "INTENDS": pgettext("invitation state", "拟报价"),
        "QUOTED": pgettext("invitation state", "已报价"), "LATE": pgettext("invitation state", "迟到"),
        "WITHDRAWN": pgettext("invitation state", "已撤回"), "AWARDED": pgettext("invitation state", "中标"),
        "NOT_AWARDED": pgettext("invitation state", "未中标"),
    }  # fmt: skip
    return str(words.get(code, code))


def quotation_state(code: str) -> str:
    words = {
        "SUBMITTED": pgettext("quotation state", "已密封"), "STANDING": pgettext("quotation state", "拍卖中有效"),
        "FORMER": pgettext("quotation state", "前轮报价"), "DRAFT": pgettext("quotation state", "待确认"),
        "SUPERSEDED": pgettext("quotation state", "已被取代"), "WITHDRAWN": pgettext("quotation state", "已撤回"),
        "LATE": pgettext("quotation state", "迟到"), "OPENED": pgettext("quotation state", "已开启"),
        "AWARDED": pgettext("quotation state", "全部中标"), "PARTLY_AWARDED": pgettext("quotation state", "部分中标"),
        "NOT_AWARDED": pgettext("quotation state", "未中标"),
    }  # fmt: skip
    return str(words.get(code, code))


def requisition_state(code: str) -> str:
    words = {
        "DRAFT": pgettext("requisition state", "草稿"), "WAITING": pgettext("requisition state", "待审批"),
        "APPROVED": pgettext("requisition state", "已批准"), "REJECTED": pgettext("requisition state", "已驳回"),
        "SOURCING": pgettext("requisition state", "询价中"), "ORDERED": pgettext("requisition state", "已下单"),
        "DONE": pgettext("requisition state", "已完成"),
    }  # fmt: skip
    return str(words.get(code, code))


def kind(code: str) -> str:
    words = {"BID": pgettext("bid kind", "正选"), "ALTERNATE": pgettext("bid kind", "备选")}
    return str(words.get(code, code))


def incoterm(code: str) -> str:
    words = {
        "EXW": pgettext("incoterm", "工厂交货"), "FCA": pgettext("incoterm", "货交承运人"), "FAS": pgettext("incoterm", "船边交货"),
        "FOB": pgettext("incoterm", "船上交货"), "CFR": pgettext("incoterm", "成本加运费"),
        "CIF": pgettext("incoterm", "成本保险费加运费"), "CPT": pgettext("incoterm", "运费付至"),
        "CIP": pgettext("incoterm", "运费保险费付至"), "DAP": pgettext("incoterm", "目的地交货"),
        "DPU": pgettext("incoterm", "目的地卸货交货"), "DDP": pgettext("incoterm", "完税后交货"),
    }  # fmt: skip
    return f"{code} {words[code]}" if code in words else code


def incoterms() -> list[tuple[str, str]]:
    return [(code, incoterm(code)) for code in INCOTERMS]


def shade(code: str) -> str:
    """How a state is marked."""
    good, wrong = (
        ("QUOTED", "AWARDED", "OPENED", "APPROVED", "DONE", "ORDERED", "SUBMITTED", "ANSWERED"),
        ("CANCELLED", "LATE", "REJECTED"),
    )
    if code in good:
        return "ok"
    return "bad" if code in wrong else "warn" if code in ("DRAFT", "WAITING", "CLOSED", "INTENDS") else "open"


def moment(values: Values, on: str, at: str, errors: list[Complaint]) -> str | None:
    """The instant of a day and a time of day in China, as the API writes it; None where one is missing or wrong."""
    found, clock = day(values, on, errors), written(values, at) or "17:00"
    if found is None:
        return None
    try:
        local = datetime.fromisoformat(f"{found}T{clock.zfill(5)}").replace(tzinfo=CHINA)
    except ValueError:
        errors.append(complaint(at, _("请填写时间，例如 17:00")))
        return None
    return local.astimezone(UTC).isoformat().replace("+00:00", "Z")


def in_china(instant: str) -> tuple[str, str]:
    """(day, time of day) of an instant, as a form holds it."""
    local = datetime.fromisoformat(instant).astimezone(CHINA)
    return local.date().isoformat(), f"{local:%H:%M}"
