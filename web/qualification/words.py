"""Kinds of certificates, standings and their marks in the page's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import pgettext

KINDS = ("ISO_9001", "IATF_16949", "ISO_14001", "CCC", "OTHER")
SOON_DAYS, NEAR_DAYS = 30, 60


def kind_word(kind: str, named: str = "") -> str:
    words = {
        "ISO_9001": pgettext("certificate kind", "ISO 9001 质量管理"),
        "IATF_16949": pgettext("certificate kind", "IATF 16949 汽车质量"),
        "ISO_14001": pgettext("certificate kind", "ISO 14001 环境管理"),
        "CCC": pgettext("certificate kind", "CCC 强制认证"),
        "OTHER": pgettext("certificate kind", "其他"),
    }
    return named or str(words.get(kind, kind))


def kinds() -> list[tuple[str, str]]:
    return [(kind, kind_word(kind)) for kind in KINDS]


def needs_words(needs: Iterable[Mapping[str, str]]) -> str:
    return str(pgettext("list", "、")).join(kind_word(n["kind"], n["named"]) for n in needs)


def standing_word(state: str) -> str:
    words = {
        "POTENTIAL": pgettext("standing", "潜在"), "APPROVED": pgettext("standing", "合格"),
        "CONDITIONAL": pgettext("standing", "有条件合格"), "BLOCKED": pgettext("standing", "停用"),
    }  # fmt: skip
    return str(words.get(state, state))


TONES = {"POTENTIAL": "open", "APPROVED": "ok", "CONDITIONAL": "warn", "BLOCKED": "bad"}


def note_word(kind: str) -> str:
    words = {
        "PROPOSED": pgettext("qualification note", "提议"), "DECIDED": pgettext("qualification note", "审批"),
        "DECLINED": pgettext("qualification note", "未批准"), "BLOCKED": pgettext("qualification note", "停用"),
        "UNBLOCKED": pgettext("qualification note", "解除停用"), "ORDERED": pgettext("qualification note", "有条件下单"),
    }  # fmt: skip
    return str(words.get(kind, kind))


def sought() -> list[tuple[str, str]]:
    """What the matrix can be narrowed to: (code, word); the empty code is everything."""
    return [
        ("", str(pgettext("qualification view", "全部"))), ("EXPIRING", str(pgettext("qualification view", "60 天内到期"))),
        ("EXPIRED", str(pgettext("qualification view", "已到期"))), ("CONDITIONAL", str(pgettext("qualification view", "有条件"))),
        ("BLOCKED", str(pgettext("qualification view", "停用"))), ("PROPOSED", str(pgettext("qualification view", "待审批"))),
    ]  # fmt: skip


def tone_of(days_left: int) -> str:
    """How near the end is: past, within 30 days, within 60, or far."""
    if days_left < 0:
        return "bad"
    return "warn" if days_left <= NEAR_DAYS else "ok"


def papers_without(
    certificates: Iterable[Mapping[str, Any]], needs: Iterable[Mapping[str, str]]
) -> list[Mapping[str, str]]:
    """Needs nothing shown to the buyer is of: what there is to ask for."""
    shown = {(c["kind"], c["named"].casefold()) for c in certificates}
    return [n for n in needs if (n["kind"], n["named"].casefold()) not in shown]


def version_read(values: Mapping[str, str]) -> int:
    """The version a form was shown with; 0, which no thing has, where it says none."""
    said = values.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
