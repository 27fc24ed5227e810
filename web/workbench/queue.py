"""The decision queue of a buyer: the answers that wait, each with the most it deviates by, decided on many at once."""

from typing import Any

from flask import make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from kernel import clock
from web import seated
from web.ask import act, ask
from web.formats import number
from web.procurement import tolerating
from web.trade import words
from web.trade.entering import Complaint, Entered, complaint, figure, renamed, version_in, whole

SHOWN = 100
DECISIONS = ("ACCEPT", "REFUSE")


def shown() -> Response:
    return _queue(Entered())


def _which(errors: list[Complaint]) -> dict[str, Any]:
    """The filter of the address; what is no figure is complained of."""
    given = request.args
    bounds = {
        "days": whole(given, "days", errors), "pricePercent": figure(given, "price", errors),
        "quantityPercent": figure(given, "quantity", errors), "sellerId": given.get("seller") or None,
    }  # fmt: skip
    return {name: value for name, value in bounds.items() if value is not None}


def send() -> Response:
    """Decide on the ticked answers, each at the version it was shown with."""
    seated.of_a_firm()
    ticked = [value.partition("/") for value in request.form.getlist("answer")]
    decision, errors = request.form.get("decision", ""), list[Complaint]()
    if not ticked:
        errors.append(complaint("answer", _("请至少勾选一张订单")))
    elif decision not in DECISIONS:
        errors.append(complaint("decision", _("请选择接受或不接受")))
    said = [
        {"responseId": answer, "expectedVersion": version_in(version), "decision": decision}
        for answer, _slash, version in ticked
    ]
    if not errors:
        payload, refused = act("decide_on_responses", {"decisions": said})
        errors = renamed(refused, {})
    if errors:
        return _queue(Entered({}, errors))
    return redirect(f"/answers/{payload['answerBatch']['id']}", 303)


def _queue(entered: Entered) -> Response:
    seated.of_a_firm()
    wrong = list[Complaint]()
    which = _which(wrong)
    found = ask("decision_queue_page", filter=which, first=0 if wrong else SHOWN, after=request.args.get("after"))
    errors = [*entered.errors, *wrong]
    body = render_template(
        "workbench/decisions.html", queue=found["decisionQueue"], batches=found["answerBatches"]["nodes"], errors=errors,
        may="BUYER" in found["viewer"]["roles"], given=request.args, which=which, words=words, as_of=clock.now(),
        tolerating=tolerating, deviation_words=deviation_words,
        firms=[firm for firm in found["firms"]["nodes"] if firm["id"] != found["viewer"]["firm"]["id"]],
    )  # fmt: skip
    return make_response(body, Entered({}, errors).status)


def deviation_words(one: dict[str, Any]) -> list[str]:
    """By how much an answer deviates at most, each kind in words."""
    told = []
    if one["daysLate"]:
        told.append(_("最多晚 %(days)s 天", days=one["daysLate"]))
    if one["daysEarly"]:
        told.append(_("最多早 %(days)s 天", days=one["daysEarly"]))
    for name, word in (("pricePercent", _("单价")), ("quantityPercent", _("数量"))):
        if one[name] != "0":
            told.append(f"{word} {'' if one[name].startswith('-') else '+'}{number(one[name])}%")
    if one["isOther"]:
        told.append(pgettext("deviation", "另有替代、新增行、欠交或已送达，请逐单查看"))
    return [str(word) for word in told]
