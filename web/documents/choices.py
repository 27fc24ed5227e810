"""What the forms of the document pages offer: formats with the names files of them end in, languages, verdicts."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

Pairs = list[tuple[str, str]]

ENDINGS = {
    "PDF": ".pdf", "PDF_A": ".pdf", "PNG": ".png", "JPEG": ".jpg,.jpeg", "XLSX": ".xlsx", "DOCX": ".docx", "OFD": ".ofd", "CSV": ".csv",
    "XML": ".xml", "TXT": ".txt", "STEP": ".step,.stp,.p21", "DXF": ".dxf", "ZIP": ".zip", "ANY": "",
}  # fmt: skip
"""DocumentFormat -> what the browser's file dialogue offers first; the check of the file itself decides."""

VERDICTS = ("APPROVED", "APPROVED_WITH_COMMENTS", "REVISE", "REJECTED")


def format_word(code: str) -> str:
    return str(pgettext("format", "不限格式")) if code == "ANY" else code.replace("_", "/")


def language_word(code: str) -> str:
    words = {
        "zh": pgettext("language", "中文"),
        "en": pgettext("language", "英文"),
        "de": pgettext("language", "德文"),
        "ja": pgettext("language", "日文"),
    }
    return str(words.get(code.split("-")[0], code))


LANGUAGES = ("zh", "en", "de", "ja")


def formats() -> Pairs:
    return [(code, format_word(code)) for code in ENDINGS]


def languages() -> Pairs:
    return [(code, language_word(code)) for code in LANGUAGES]


def lines(order_lines: Sequence[dict[str, Any]]) -> Pairs:
    """The lines of an order as the options of a field."""
    return [
        (line["id"], _("第 %(line)s 行", line=line["number"]) + f" {line['item']['number']}") for line in order_lines
    ]


def verdicts() -> Pairs:
    words = {
        "APPROVED": pgettext("verdict", "通过"),
        "APPROVED_WITH_COMMENTS": pgettext("verdict", "带意见通过"),
        "REVISE": pgettext("verdict", "退回修改"),
        "REJECTED": pgettext("verdict", "拒收"),
    }
    return [(code, f"{letter} {words[code]}") for letter, code in zip("ABCD", VERDICTS, strict=True)]


def next_label(label: str) -> str:
    """The revision label that follows: 2 after 1, B after A, 1.3 after 1.2; empty where nobody could say."""
    head, last = label[:-1], label[-1:]
    digits = label[len(label.rstrip("0123456789")) :]
    if digits and digits.isascii():
        return f"{label[: -len(digits)]}{int(digits) + 1:0{len(digits)}d}"
    return head + chr(ord(last) + 1) if last.isascii() and last.isalpha() and last not in "Zz" else ""
