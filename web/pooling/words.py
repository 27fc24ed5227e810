"""States and rules of joint purchasing, in the page's language."""

from flask_babel import pgettext

RULES = ("PRO_RATA", "GUARANTEED_FIRST")


def pool_state(code: str) -> str:
    words = {
        "OPEN": pgettext("pool state", "填报中"), "CLOSED": pgettext("pool state", "已截止"),
        "NOT_FORMED": pgettext("pool state", "未成立"), "SOURCING": pgettext("pool state", "询价中"),
        "AWARDED": pgettext("pool state", "已分配"), "CANCELLED": pgettext("pool state", "已取消"),
    }  # fmt: skip
    return str(words.get(code, code))


def membership_state(code: str) -> str:
    words = {
        "INVITED": pgettext("membership state", "待填报"), "JOINED": pgettext("membership state", "已填报"),
        "DECLINED": pgettext("membership state", "不参与"), "LEFT": pgettext("membership state", "已退出"),
        "ALLOTTED": pgettext("membership state", "待下单"), "NOT_ALLOTTED": pgettext("membership state", "未获份额"),
        "ORDERED": pgettext("membership state", "已下单"),
    }  # fmt: skip
    return str(words.get(code, code))


def rule(code: str) -> str:
    words = {
        "PRO_RATA": pgettext("pool rule", "按填报数量占比分配"),
        "GUARANTEED_FIRST": pgettext("pool rule", "先保证每家的保底数量，其余按占比分配"),
    }  # fmt: skip
    return str(words.get(code, code))


def rules() -> list[tuple[str, str]]:
    return [(code, rule(code)) for code in RULES]


def shade(code: str) -> str:
    if code in ("AWARDED", "ORDERED", "JOINED"):
        return "ok"
    if code in ("CANCELLED", "NOT_FORMED", "NOT_ALLOTTED"):
        return "bad"
    return "warn" if code in ("CLOSED", "ALLOTTED", "INVITED") else "open"
