"""Framework agreements: the list, one with its acts, drafting, amending, calling off, the list of their use as Excel."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.chains.leaving import workbook
from web.frameworks import filling, scheduling, words
from web.sourcing.choosing import all_of
from web.trade.entering import Complaint, Entered, renamed, version_of, whole

PAGE_SIZE = 20
PLAIN = {
    "submit": "submit_framework", "approve": "approve_framework", "withdraw": "withdraw_framework", "accept": "accept_framework",
}  # fmt: skip
SAID = {"reject": "reject_framework", "decline": "decline_framework", "end": "end_framework"}
"""Acts with a reason, which has the act's name in the form."""
OF_AMENDMENT = {
    "approve-amendment": "approve_framework_amendment", "accept-amendment": "accept_framework_amendment",
    "withdraw-amendment": "withdraw_framework_amendment", "decline-amendment": "decline_framework_amendment",
}  # fmt: skip


def blueprint() -> Blueprint:
    made = Blueprint("frameworks", __name__)
    made.add_url_rule("/frameworks", "list", frameworks)
    made.add_url_rule("/frameworks/new", "new", new)
    made.add_url_rule("/frameworks/new", "draft", draft, methods=["POST"])
    made.add_url_rule("/frameworks/<framework_id>", "framework", one)
    made.add_url_rule("/frameworks/<framework_id>", "act_on", act_on, methods=["POST"])
    made.add_url_rule("/frameworks/<framework_id>/edit", "edit", edit)
    made.add_url_rule("/frameworks/<framework_id>/edit", "redraft", redraft, methods=["POST"])
    made.add_url_rule("/frameworks/<framework_id>/amend", "amend", amend)
    made.add_url_rule("/frameworks/<framework_id>/amend", "propose", propose, methods=["POST"])
    made.add_url_rule("/frameworks/<framework_id>/call-off", "call_off", call_off)
    made.add_url_rule("/frameworks/<framework_id>/call-off", "send", send, methods=["POST"])
    made.add_url_rule("/frameworks/<framework_id>/usage.xlsx", "usage", usage)
    scheduling.pages(made)
    return made


def today() -> str:
    return clock.today_of(clock.now()).isoformat()


def frameworks() -> str:
    """Bought under, or sold under: newest first."""
    seated.of_a_firm()
    roles = ask("viewer")["viewer"]["roles"]
    bought = request.args.get("side", "own" if "BUYER" in roles and "SALES" not in roles else "") == "own"
    if "side" not in request.args and not bought:
        bought = not ask("frameworks", filter={"side": "SELLER"}, first=1)["frameworks"]["totalCount"]
    side = "BUYER" if bought else "SELLER"
    found = ask("frameworks", filter={"side": side}, first=PAGE_SIZE, after=request.args.get("after"))["frameworks"]
    return render_template("frameworks/list.html", found=found, side=side, words=words, may="BUYER" in roles)


def found_framework(framework_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("framework_page", id=framework_id)["framework"]
    if not found:
        raise NotFound
    return found


def one(framework_id: str) -> Response:
    return _page(framework_id, Entered())


def _page(framework_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    f = found_framework(framework_id)
    body = render_template(
        "frameworks/one.html", f=f, words=words, v=entered.values, errors=entered.errors, stale=entered.is_stale,
        done=request.args.get("done", ""), today=today(),
        schedules="BUYER" in ask("viewer")["viewer"]["roles"] and f["side"] == "BUYER" and f["state"] == "AGREED",
    )  # fmt: skip
    return make_response(body, entered.status)


def act_on(framework_id: str) -> Response:
    """By the button that was pressed."""
    seated.of_a_firm()
    values, wish = request.form.to_dict(), request.form.get("do", "")
    wish, _dot, amendment_id = wish.partition(":")
    told: dict[str, Any] = {"frameworkId": framework_id, "expectedVersion": version_of(values)}
    names: dict[str, str] = {}
    if wish in PLAIN:
        verb = PLAIN[wish]
    elif wish in SAID:
        verb, names = SAID[wish], {"reason": wish}
        told["reason"] = values.get(wish, "")
    elif wish in OF_AMENDMENT:
        verb, told = OF_AMENDMENT[wish], {"amendmentId": amendment_id, "expectedVersion": version_of(values)}
        if wish == "decline-amendment":
            told["reason"], names = values.get("refusal", ""), {"reason": "refusal"}
    elif wish == "schedule":
        return _scheduled(framework_id, values)
    else:
        raise NotFound
    _payload, errors = act(verb, told, step=f"-{wish}")
    if errors:
        return _page(framework_id, Entered(values, renamed(errors, names)))
    return redirect(f"/frameworks/{framework_id}?done={wish}", 303)


def _scheduled(framework_id: str, values: Mapping[str, str]) -> Response:
    errors = list[Complaint]()
    told = {
        "frameworkLineId": values.get("lineId", ""), "number": values.get("scheduleNumber", ""),
        "noticeDays": whole(values, "noticeDays", errors) or 0, "note": values.get("scheduleNote", ""),
    }  # fmt: skip
    if not errors:
        payload, errors = act("propose_scheduling_agreement", told, step="-schedule")
        if not errors:
            return redirect(f"/scheduling/{payload['agreement']['id']}?done=propose", 303)
    names = {
        "number": "scheduleNumber",
        "noticeDays": "noticeDays",
        "frameworkLineId": "lineId",
        "note": "scheduleNote",
    }
    return _page(framework_id, Entered(values, renamed(errors, names | {name: name for name in names.values()})))


def new() -> Response:
    return _form(Entered(filling.blank(today()) | {"sellerId": request.args.get("seller", "")}), {})


def draft() -> Response:
    return _drafted({}, {})


def edit(framework_id: str) -> Response:
    found = found_framework(framework_id)
    return _form(Entered(filling.of_framework(found)), found)


def redraft(framework_id: str) -> Response:
    found = found_framework(framework_id)
    return _drafted({"frameworkId": framework_id, "expectedVersion": version_of(request.form)}, found)


def _drafted(told: dict[str, Any], found: Mapping[str, Any]) -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    if "more" in values:
        return _form(Entered(values | {"rows": str(filling.shown(values) + 5)}), found)
    given, names = filling.drafted(values, errors)
    if not errors:
        payload, refused = act("draft_framework", told | given)
        if not refused:
            return redirect(f"/frameworks/{payload['framework']['id']}?done=draft", 303)
        errors = renamed(refused, names)
    return _form(Entered(values, errors), found)


def _form(entered: Entered, found: Mapping[str, Any]) -> Response:
    seated.of_a_firm()
    viewer = ask("viewer")["viewer"]
    items = [item for item in all_of("items") if item["maker"] and item["maker"]["id"] != viewer["firm"]["id"]]
    makers = {item["maker"]["id"]: item["maker"]["name"] for item in items}
    seller = entered.values.get("sellerId", "")
    body = render_template(
        "frameworks/form.html", f=found, v=entered.values, errors=entered.errors, stale=entered.is_stale, makers=makers,
        seller=seller if seller in makers else "", may="BUYER" in viewer["roles"],
        items=[item for item in items if item["maker"]["id"] == seller], rows=filling.shown(entered.values),
        most=filling.MOST_ROWS, steps=filling.steps_shown(entered.values),
    )  # fmt: skip
    return make_response(body, entered.status)


def amend(framework_id: str) -> Response:
    return _amend_form(framework_id, Entered())


def propose(framework_id: str) -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    given, names = filling.amended(values, found_framework(framework_id), errors)
    if not errors:
        told = {"frameworkId": framework_id, "expectedVersion": version_of(values)}
        _payload, refused = act("propose_framework_amendment", told | given)
        if not refused:
            return redirect(f"/frameworks/{framework_id}?done=amend", 303)
        errors = renamed(refused, names)
    return _amend_form(framework_id, Entered(values, errors))


def _amend_form(framework_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    body = render_template(
        "frameworks/amend.html", f=found_framework(framework_id), words=words, v=entered.values, errors=entered.errors,
        stale=entered.is_stale, steps=filling.steps_shown(entered.values), today=today(),
    )  # fmt: skip
    return make_response(body, entered.status)


def call_off(framework_id: str) -> Response:
    return _call_off_form(framework_id, Entered())


def send(framework_id: str) -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    given, names = filling.called_off(values, found_framework(framework_id), errors)
    if not errors:
        payload, refused = act("call_off", {"frameworkId": framework_id} | given)
        if not refused:
            return redirect(f"/orders/{payload['order']['id']}?done=placed", 303)
        errors = renamed(refused, names)
    return _call_off_form(framework_id, Entered(values, errors))


def _call_off_form(framework_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    f = found_framework(framework_id)
    if f["side"] != "BUYER":
        raise NotFound
    body = render_template(
        "frameworks/call_off.html", f=f, v=entered.values, errors=entered.errors, today=today(), days=filling.DAYS,
        may="callOff" in f["openVerbs"],
    )  # fmt: skip
    return make_response(body, entered.status)


def usage(framework_id: str) -> Response:
    """How far it is used, as Excel."""
    seated.of_a_firm()
    found = ask("framework_file", id=framework_id)["framework"]
    if not found:
        raise NotFound
    return workbook(found["usageFile"], f"{found['number']} {today()}.xlsx")
