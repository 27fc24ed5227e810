"""The page of tolerances: read by both, tried on past answers and set by the buyer."""

from collections.abc import Mapping
from typing import Any

from flask import make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import DomainError
from web import seated
from web.ask import act, ask
from web.procurement import placing
from web.trade import words
from web.trade.entering import Complaint, Entered, Values, complaint, figure, renamed, whole, written

PERCENTS = ("quantityUnderPercent", "quantityOverPercent", "pricePercent")
DAYS = ("daysEarly", "daysLate")
FIELDS = (*PERCENTS, *DAYS, "valueLimit", "valueCurrency", "decideWithinHours", "defaultDecision", "isOverUnlimited")
NAMES = {name: name for name in (*FIELDS, "days")} | {"sellerId": "scope", "itemId": "scope"}
NAMES |= {f"rule.{name}": name for name in FIELDS}
"""A field of the API -> the field of the form."""


def tolerances() -> Response:
    return _page(Entered())


def set_tolerance() -> Response:
    """One form with two buttons: try the figures on past answers, or set them."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    figures, scope = _figures(values, errors), _scope(values)
    if values.get("do") == "replay":
        return _tried(values, figures, scope, errors)
    if not scope:
        errors.append(complaint("scope", _("请选择供应商；容差按供应商逐一设定")))
    if not errors:
        _payload, refused = act("set_tolerance", scope | figures)
        errors = renamed(refused, NAMES)
    if errors:
        return _page(Entered(values, errors))
    return redirect("/tolerances?done=set", 303)


def _tried(values: Values, figures: dict[str, Any], scope: dict[str, str], errors: list[Complaint]) -> Response:
    days, found = whole(values, "days", errors), None
    if not errors:
        try:
            found = ask("replay_tolerance", rule=figures, days=days, **scope)["replayTolerance"]
        except DomainError as refusal:
            told = {"code": refusal.code, "message": refusal.zh, "fields": list(refusal.fields), "rule": None}
            errors = renamed([told], NAMES)
    return _page(Entered(values, errors), replay=found)


def _figures(values: Values, errors: list[Complaint]) -> dict[str, Any]:
    told: dict[str, Any] = {name: figure(values, name, errors) or "0" for name in PERCENTS}
    told |= {name: whole(values, name, errors) or 0 for name in DAYS}
    told["isOverUnlimited"] = values.get("isOverUnlimited") == "1"
    told["valueLimit"] = figure(values, "valueLimit", errors)
    told["valueCurrency"] = written(values, "valueCurrency").upper() or None if told["valueLimit"] else None
    told["decideWithinHours"] = whole(values, "decideWithinHours", errors)
    told["defaultDecision"] = values.get("defaultDecision") or None
    return told


def _scope(values: Values) -> dict[str, str]:
    seller, _slash, item = values.get("scope", "").partition("/")
    return ({"sellerId": seller} if seller else {}) | ({"itemId": item} if item else {})


def _page(entered: Entered, *, replay: Mapping[str, Any] | None = None) -> Response:
    seated.of_a_firm()
    answer = ask("tolerances_page", first=100, after=request.args.get("after"))
    own = answer["viewer"]["firm"]["id"]
    bought = [item for item in answer["items"]["nodes"] if item["maker"]["id"] != own]
    roles = answer["viewer"]["roles"]
    body = render_template(
        "procurement/tolerances.html", found=answer["tolerances"], own=own, makers=placing.makers(bought), items=bought,
        may="BUYER" in roles, may_try="BUYER" in roles or "LEAD" in roles, v=entered.values, errors=entered.errors,
        words=words, done=request.args.get("done", ""), replay=replay, default_word=default_word, risk_words=risk_words,
        as_of=clock.now(),
    )  # fmt: skip
    return make_response(body, entered.status)


def default_word(code: str) -> str:
    """What is decided for the buyer once its time has passed."""
    return str({"ACCEPT": pgettext("default", "视为接受"), "REFUSE": pgettext("default", "视为不接受")}.get(code, code))


def risk_words(risk: Mapping[str, Any]) -> list[str]:
    """What one line would have let through, but for money."""
    told = [str(_("当时采购方未接受"))] if risk["isDeclined"] else []
    if risk["lateDays"]:
        told.append(str(_("比需求日期晚到 %(days)s 天", days=risk["lateDays"])))
    if risk["extraDays"]:
        told.append(str(_("承诺比需求日期晚 %(days)s 天", days=risk["extraDays"])))
    return told
