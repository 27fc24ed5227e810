"""断点 and 堵点: what a firm needs in a chain, first what is cut off, then what is held up, with the evidence."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.wrappers import Response

from kernel.errors import DomainError, NotFound
from web import seated
from web.ask import ask
from web.chains.leaving import workbook

PROVINCE = "32"


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/<chain_id>/marks", "marks", marks)
    made.add_url_rule("/chains/<chain_id>/marks.xlsx", "marks_file", marks_file)


def marks(chain_id: str) -> str:
    """A limit that is no number is told in a sentence, and the usual one taken. Raises NotFound for who belongs to no firm."""
    seated.of_a_firm()
    scope, limit = request.args.get("scope", ""), request.args.get("limit", "").strip()
    found, errors = _asked(chain_id, PROVINCE if scope == "province" else None, limit)
    if found is None:
        raise NotFound
    return render_template(
        "chains/marks.html", m=found, chain=found["chain"], errors=errors, scope=scope, words=(kinds(), reasons(), standings()),
    )  # fmt: skip


def marks_file(chain_id: str) -> Response:
    """The same question as a file. Raises NotFound for who has no such page, and for a limit that makes no sense."""
    scope, limit = request.args.get("scope", ""), request.args.get("limit", "").strip()
    try:
        asked = {"province": PROVINCE if scope == "province" else None, "limitDays": int(limit) if limit else None}
        found = ask("marks_xlsx", chainId=chain_id, **asked)["supplyMarks"]
    except (ValueError, DomainError):
        raise NotFound from None
    if found is None:
        raise NotFound
    return workbook(found["xlsx"], f"marks-{found['chain']['code']}-{found['asOf']}.xlsx")


def _asked(chain_id: str, province: str | None, limit: str) -> tuple[Any, list[Any]]:
    try:
        days = int(limit) if limit else None
        return ask("supply_marks", chainId=chain_id, province=province, limitDays=days)["supplyMarks"], []
    except ValueError:
        said = _("天数上限请填数字")
    except DomainError as refused:
        if refused.code == "NOT_FOUND":
            raise
        said = str(refused)
    usual = ask("supply_marks", chainId=chain_id, province=province, limitDays=None)["supplyMarks"]
    return usual, [{"message": said, "fields": ["limit"], "rule": None, "code": "INVALID"}]


def kinds() -> dict[str, tuple[str, str]]:
    return {
        "GAP": (pgettext("mark", "断点"), "bad"), "BOTTLENECK": (pgettext("mark", "堵点"), "warn"),
        "OPEN": (pgettext("mark", "通"), "ok"),
    }  # fmt: skip


def reasons() -> dict[str, str]:
    return {
        "NO_SOURCE": pgettext("mark", "没有登记任何来源"), "NO_QUALIFIED_SOURCE": pgettext("mark", "有来源，但没有一家可用"),
        "SHORT_COVER": pgettext("mark", "库存加在途撑不到下一批"), "LONG_LEAD_TIME": pgettext("mark", "最快交货期超过上限"),
    }  # fmt: skip


def standings() -> dict[str, str]:
    return {
        "COUNTS": pgettext("source", "合格"), "UNASSESSED": pgettext("source", "未设资格，计入"),
        "UNCONFIRMED": pgettext("source", "只有供方申报，未确认，不计"),
        "DISPUTED": pgettext("source", "关系有异议，不计"), "NOT_QUALIFIED": pgettext("source", "未合格，不计"),
        "BLOCKED": pgettext("source", "已停用，不计"), "OUT_OF_SCOPE": pgettext("source", "范围之外，不计"),
    }  # fmt: skip
