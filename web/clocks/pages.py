"""Working hours, limits of answers, and what silence means."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.clocks import filling, words
from web.trade import words as trade_words
from web.trade.entering import Complaint, Entered, complaint, renamed, version_of

PAGE_SIZE = 30
VERBS = ("accept", "decline", "withdraw", "revoke")


def blueprint() -> Blueprint:
    made = Blueprint("clocks", __name__)
    made.add_url_rule("/hours", "hours", lambda: _hours(Entered()))
    made.add_url_rule("/hours", "set_hours", set_hours, methods=["POST"])
    made.add_url_rule("/hours/days", "set_days", set_days, methods=["POST"])
    made.add_url_rule("/limits", "limits", lambda: _limits(Entered()))
    made.add_url_rule("/limits", "set_limits", set_limits, methods=["POST"])
    made.add_url_rule("/limits/silence", "propose", propose, methods=["POST"])
    made.add_url_rule("/limits/silence/<terms_id>/<verb>", "answer", answer, methods=["POST"])
    return made


def set_hours() -> Response:
    return _set("set_working_hours", filling.hours(request.form.to_dict()), "/hours?done=hours", _hours)


def set_days() -> Response:
    return _set("set_calendar_days", filling.days(request.form.to_dict()), "/hours?done=days", _hours)


def set_limits() -> Response:
    return _set("set_answer_limits", filling.limits(request.form.to_dict()), "/limits?done=limits", _limits)


def _set(operation: str, made: filling.Told, then: str, page: Any) -> Response:
    """Do what a form says, or show it again with what is wrong."""
    seated.of_a_firm()
    errors: list[Complaint] = made.errors
    if not errors:
        _payload, refused = act(operation, made.input)
        errors = renamed(refused, made.names)
    if errors:
        shown: Response = page(Entered(request.form.to_dict(), errors))
        return shown
    return redirect(then, 303)


def propose() -> Response:
    """What silence shall mean, said to the other firm."""
    seated.of_a_firm()
    values = request.form.to_dict()
    told = {
        "partnerId": values.get("partnerId", ""), "side": "SELLER" if values.get("side") == "SELLER" else "BUYER",
        "meaning": values.get("meaning", ""),
    }  # fmt: skip
    if told["meaning"] not in words.MEANINGS:
        return _limits(Entered(values, [complaint("meaning", _("请填写此项"))]))
    _payload, refused = act("propose_silence_terms", told)
    if refused:
        return _limits(Entered(values, renamed(refused, {name: name for name in told})))
    return redirect("/limits?done=proposed", 303)


def answer(terms_id: str, verb: str) -> Response:
    """Accept, decline, withdraw or revoke, as the button says."""
    seated.of_a_firm()
    if verb not in VERBS:
        raise NotFound
    told = {"termsId": terms_id, "expectedVersion": version_of(request.form.to_dict())}
    _payload, refused = act(f"{verb}_silence_terms", told)
    if refused:
        return _limits(Entered({}, renamed(refused, {})))
    return redirect(f"/limits?done={verb}", 303)


def _hours(entered: Entered) -> Response:
    seated.of_a_firm()
    found = ask("working_hours_page")
    said = found["workingHours"]
    body = render_template(
        "clocks/hours.html", found=said, v={**filling.week_of(said["spans"]), **entered.values}, errors=entered.errors,
        may=bool({"LEAD", "SALES", "BUYER"} & set(found["viewer"]["roles"])), words=words, trade_words=trade_words,
        weekdays=filling.WEEKDAYS, done=request.args.get("done", ""), this_year=clock.today_of(clock.now()).year,
    )  # fmt: skip
    return make_response(body, entered.status)


def _limits(entered: Entered) -> Response:
    seated.of_a_firm()
    found = ask("answer_limits_page", first=PAGE_SIZE, after=request.args.get("after"))
    roles, own = set(found["viewer"]["roles"]), found["viewer"]["firm"]["id"]
    body = render_template(
        "clocks/limits.html", limits=found["answerLimits"], held=found["heldLimits"], terms=found["silenceTerms"], own=own, v=entered.values,
        firms=[firm for firm in found["firms"]["nodes"] if firm["id"] != own], errors=entered.errors, words=words,
        buys="BUYER" in roles, sells="SALES" in roles, trade_words=trade_words, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)
