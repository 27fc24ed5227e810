"""Codes of sheets into words."""

from flask_babel import pgettext


def state(code: str) -> tuple[str, str]:
    """(word, tone) of an import's state."""
    words = {
        "READING": (pgettext("import state", "读取中"), "open"),
        "PREVIEWED": (pgettext("import state", "待确认"), "warn"),
        "UNREADABLE": (pgettext("import state", "无法读取"), "bad"),
        "RUNNING": (pgettext("import state", "写入中"), "open"),
        "DONE": (pgettext("import state", "已完成"), "ok"),
        "FAILED": (pgettext("import state", "未写入"), "bad"),
    }
    word, tone = words.get(code, (code, "open"))
    return str(word), tone


def step(code: str) -> str:
    """What a job does just now."""
    words = {
        "reading": pgettext("import step", "正在读取文件"),
        "judging": pgettext("import step", "正在逐行检查"),
        "annotating": pgettext("import step", "正在生成问题清单"),
        "writing": pgettext("import step", "正在写入"),
    }
    return str(words.get(code, pgettext("import step", "正在排队")))
