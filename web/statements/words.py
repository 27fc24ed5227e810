"""States, sources and outcomes of statements in the page's language."""

from flask_babel import pgettext


def state(code: str) -> str:
    words = {
        "DRAFT": pgettext("statement state", "草稿"), "SENT": pgettext("statement state", "待确认"),
        "DISPUTED": pgettext("statement state", "有异议"), "AGREED": pgettext("statement state", "双方已确认"),
        "WITHDRAWN": pgettext("statement state", "已撤回"),
    }  # fmt: skip
    return str(words.get(code, code))


def shade(code: str) -> str:
    """How a state or an outcome is marked."""
    tones = {"AGREED": "ok", "CORRECTED": "ok", "DISPUTED": "bad", "OPEN": "bad", "SENT": "warn", "DRAFT": "warn"}
    return tones.get(code, "open")


def source(code: str) -> str:
    words = {
        "RECEIPT": pgettext("statement source", "收货"), "DELIVERED": pgettext("statement source", "已送达（按答复）"),
        "CREDIT_NOTE": pgettext("statement source", "冲销"),
    }  # fmt: skip
    return str(words.get(code, code))


def outcome(code: str) -> str:
    words = {
        "OPEN": pgettext("dispute", "待答复"), "CORRECTED": pgettext("dispute", "已更正"), "UPHELD": pgettext("dispute", "维持原数"),
        "SET_ASIDE": pgettext("dispute", "移出本期"),
    }  # fmt: skip
    return str(words.get(code, code))


def outcomes() -> list[tuple[str, str]]:
    return [
        ("CORRECTED", str(pgettext("dispute answer", "更正为对方的数字"))), ("UPHELD", str(pgettext("dispute answer", "维持原数（须说明）"))),
        ("SET_ASIDE", str(pgettext("dispute answer", "移出本期，转入下期"))),
    ]  # fmt: skip
