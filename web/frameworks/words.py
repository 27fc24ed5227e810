"""States and choices of framework and scheduling agreements, in the page's language."""

from flask_babel import pgettext


def framework_state(code: str) -> str:
    words = {
        "DRAFT": pgettext("framework state", "草稿"), "WAITING": pgettext("framework state", "待审批"),
        "PROPOSED": pgettext("framework state", "待供应商答复"), "AGREED": pgettext("framework state", "已生效"),
        "DECLINED": pgettext("framework state", "供应商未同意"), "ENDED": pgettext("framework state", "已终止"),
        "EXPIRED": pgettext("framework state", "已到期"),
    }  # fmt: skip
    return str(words.get(code, code))


def amendment_state(code: str) -> str:
    words = {
        "WAITING": pgettext("amendment state", "待审批"), "PROPOSED": pgettext("amendment state", "待对方答复"),
        "AGREED": pgettext("amendment state", "双方同意"), "DECLINED": pgettext("amendment state", "未同意"),
        "WITHDRAWN": pgettext("amendment state", "已撤回"),
    }  # fmt: skip
    return str(words.get(code, code))


def release_state(code: str) -> str:
    words = {
        "PUBLISHED": pgettext("release state", "待供应商答复"), "ACKNOWLEDGED": pgettext("release state", "已确认"),
        "OBJECTED": pgettext("release state", "有异议"), "SUPERSEDED": pgettext("release state", "已被新版取代"),
    }  # fmt: skip
    return str(words.get(code, code))


def zones() -> list[tuple[str, str]]:
    """From the most binding on (EDIFACT 4017: 1 to 4)."""
    return [
        ("FIRM", str(pgettext("zone", "确定区"))), ("PRODUCTION", str(pgettext("zone", "生产区"))),
        ("MATERIAL", str(pgettext("zone", "备料区"))), ("FORECAST", str(pgettext("zone", "预测区"))),
    ]  # fmt: skip


def zone(code: str) -> str:
    return dict(zones()).get(code, code)


def periods() -> list[tuple[str, str]]:
    return [("DAY", str(pgettext("period", "日"))), ("WEEK", str(pgettext("period", "周")))]


def period(code: str) -> str:
    return dict(periods()).get(code, code)


def limited(code: str) -> str:
    words = {"rise": pgettext("index limit", "涨幅上限"), "fall": pgettext("index limit", "跌幅下限")}
    return str(words.get(code, code))


def shade(code: str) -> str:
    """How a state is marked."""
    if code in ("AGREED", "ACKNOWLEDGED"):
        return "ok"
    if code in ("DECLINED", "OBJECTED"):
        return "bad"
    return "warn" if code in ("DRAFT", "WAITING", "PROPOSED", "PUBLISHED") else "open"
