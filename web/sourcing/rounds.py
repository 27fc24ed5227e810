"""A further round: the form that opens it, and the part of a page that shows how an auction stands just now."""

from collections.abc import Mapping
from typing import Any

from flask import make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.sourcing import asking, words
from web.sourcing.choosing import ticked
from web.trade.entering import Complaint, Entered, Values, complaint, day, figure, needed, renamed, version_of, whole

AUCTIONS = ("RANK", "BEST_PRICE")
NAMES = {"closesAt": "closesOn", "awardBy": "awardBy", "note": "note", "reason": "reason", "leftOutReason": "leftOut",
         "inviteeIds": "inviteeIds", "leastStep": "step", "extensionMinutes": "minutes", "mostExtensions": "times",
         "visibility": "visibility"}  # fmt: skip
"""The API's field -> the form's."""


def visibility(code: str) -> str:
    told = {
        "NONE": pgettext("round visibility", "密封：互不可见"), "RANK": pgettext("round visibility", "反向拍卖：只看自己的名次"),
        "BEST_PRICE": pgettext("round visibility", "反向拍卖：只看当前最低总额"),
    }  # fmt: skip
    return str(told.get(code, code))


def reason(code: str) -> str:
    told = {
        "PRICES_TOO_HIGH": pgettext("round reason", "报价高于可承受水平"), "OFFERS_TOO_CLOSE": pgettext("round reason", "报价过于接近"),
        "TOO_FEW_OFFERS": pgettext("round reason", "有效报价过少"), "CLARIFIED": pgettext("round reason", "需求已澄清"),
        "OTHER": pgettext("round reason", "其他（见说明）"),
    }  # fmt: skip
    return str(told.get(code, code))


VISIBILITIES, REASONS = (
    ("NONE", *AUCTIONS), ("PRICES_TOO_HIGH", "OFFERS_TOO_CLOSE", "TOO_FEW_OFFERS", "CLARIFIED", "OTHER")
)  # fmt: skip


def current(rfq: Mapping[str, Any]) -> dict[str, Any] | None:
    """The auction a request is in or ended with; None in a sealed round."""
    now = next((one for one in rfq["rounds"] if one["number"] == rfq["round"]), None)
    return now if now and now["visibility"] in AUCTIONS else None


def new(rfq_id: str) -> Response:
    return _form(rfq_id, Entered())


def _form(rfq_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    rfq = ask("rfq_page", id=rfq_id)["rfq"]
    if not rfq or rfq["side"] != "BUYER":
        raise NotFound
    start = asking.blank() | {f"to.{i['supplier']['id']}": "1" for i in _last(rfq)} | {"visibility": "NONE"}
    body = render_template(
        "sourcing/round.html", r=rfq, last=_last(rfq), v=entered.values or start, errors=entered.errors,
        stale=entered.is_stale, visibilities=[(code, visibility(code)) for code in VISIBILITIES],
        reasons=[(code, reason(code)) for code in REASONS],
    )  # fmt: skip
    return make_response(body, entered.status)


def _last(rfq: dict[str, Any]) -> list[dict[str, Any]]:
    """Who took part in the last round."""
    return [one for one in rfq["invitations"] if one["round"] == rfq["round"] and one["supplier"]]


def open_round(rfq_id: str) -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    given = _given(values, errors)
    if not errors:
        told = {"rfqId": rfq_id, "expectedVersion": version_of(values)}
        _payload, refused = act("open_rfq_round", told | given)
        if not refused:
            return redirect(f"/rfqs/{rfq_id}?done=round", 303)
        errors = renamed(refused, NAMES)
    return _form(rfq_id, Entered(values, errors))


def _given(values: Values, errors: list[Complaint]) -> dict[str, Any]:
    closes = needed(values, "closesOn", errors) and words.moment(values, "closesOn", "closesAt", errors)
    given: dict[str, Any] = {
        "visibility": values.get("visibility") or "NONE", "closesAt": closes, "awardBy": day(values, "awardBy", errors),
        "reason": needed(values, "reason", errors), "note": values.get("note", ""), "leftOutReason": values.get("leftOut", ""),
        "inviteeIds": ticked(values),
    }  # fmt: skip
    if given["visibility"] in AUCTIONS:
        step = figure(values, "step", errors)
        if step is None and not any("step" in one["fields"] for one in errors):
            errors.append(complaint("step", _("请填写此项")))
        given |= {
            "leastStep": step, "extensionMinutes": whole(values, "minutes", errors) or 0,
            "mostExtensions": whole(values, "times", errors) or 0,
        }  # fmt: skip
    return given


def part(rfq_id: str) -> str:
    """How the auction stands just now, for the page that asks again by itself."""
    seated.of_a_firm()
    rfq = ask("auction_now", id=rfq_id)["rfq"]
    if not rfq or not rfq["auction"]:
        raise NotFound
    return render_template(
        "sourcing/_auction.html", r=rfq, auction=current(rfq), visibility=visibility, now=clock.now()
    )
