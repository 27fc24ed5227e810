"""Data requests: what is asked of one's firm and by it, asking, answering, ending; and to whom one says one's name."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.formats import unit_code
from web.requests import words
from web.trade.entering import Complaint, Entered, complaint, day, figure, needed, renamed, version_of

PAGE_SIZE, MOST = 20, 100


def blueprint() -> Blueprint:
    made = Blueprint("requests", __name__)
    made.add_url_rule("/requests", "list", requests)
    made.add_url_rule("/requests/new", "new", new)
    made.add_url_rule("/requests/new", "send", send, methods=["POST"])
    made.add_url_rule("/requests/names", "names", names)
    made.add_url_rule("/requests/names", "reveal", reveal, methods=["POST"])
    made.add_url_rule("/requests/names/<reveal_id>/conceal", "conceal", conceal, methods=["POST"])
    made.add_url_rule("/requests/<request_id>", "request", one)
    made.add_url_rule("/requests/<request_id>", "answer", answer, methods=["POST"])
    return made


def requests() -> str:
    """Asked of us, or by us: newest first."""
    seated.of_a_firm()
    side = "BUYER" if request.args.get("side") == "asked" else "SELLER"
    found = ask("data_requests", filter={"side": side}, first=PAGE_SIZE, after=request.args.get("after"))
    return render_template(
        "requests/list.html", found=found["dataRequests"], side=side, words=words, done=request.args.get("done", "")
    )


def new() -> Response:
    seated.of_a_firm()
    return _form(Entered({name: request.args.get(name, "") for name in ("to", "item", "reason", "notice")}))


def send() -> Response:
    """Ask a partner, or the firm behind an alias."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    to = needed(values, "to", errors)
    kinds = [kind for kind in words.KINDS if request.form.get(f"kind.{kind}")]
    if not kinds:
        errors.append(complaint("kind.IDENTITY", _("请至少选择一项")))
    ends_on = day(values, "endsOn", errors)
    given: dict[str, Any] = {
        "item": needed(values, "item", errors), "reason": needed(values, "reason", errors), "kinds": kinds,
        "criticality": values.get("criticality") or "MEDIUM", "message": values.get("message", ""),
        "askerNamed": values.get("named") == "1",
    }  # fmt: skip
    given |= {"alias" if to.startswith("F-") else "partnerId": to} | ({"endsOn": ends_on} if ends_on else {})
    given |= {"noticeId": values["notice"]} if values.get("notice") else {}
    if not errors:
        payload, refused = act("send_data_request", given)
        if not refused:
            return redirect(f"/requests/{payload['dataRequest']['id']}?done=sent", 303)
        fields = {"alias": "to", "partnerId": "to", "kinds": "kind.IDENTITY"}
        errors = renamed(refused, fields | {n: n for n in ("item", "reason", "message", "endsOn", "criticality")})
    return _form(Entered(values, errors))


def _form(entered: Entered) -> Response:
    viewer = ask("viewer")["viewer"]
    partners = [f for f in ask("firms", first=MOST)["firms"]["nodes"] if f["id"] != viewer["firm"]["id"]]
    aliases = _aliases()
    body = render_template(
        "requests/new.html", partners=[(f["id"], f["name"]) for f in partners], aliases=aliases, words=words,
        v=entered.values, errors=entered.errors, roles=set(viewer["roles"]), today=str(clock.today_of(clock.now())),
    )  # fmt: skip
    return make_response(body, entered.status)


def _aliases() -> list[tuple[str, str]]:
    """The hidden firms one may ask: alias, and as whose supplier one sees it."""
    links = ask("supply_links", first=MOST)["supplyLinks"]["nodes"]
    seen: dict[str, list[str]] = {}
    for link in links:
        if link["supplierAlias"] and link["buyer"]:
            buyers = seen.setdefault(link["supplierAlias"], [])
            buyers += [] if link["buyer"]["name"] in buyers else [link["buyer"]["name"]]
    return [
        (alias, _("%(alias)s（%(buyers)s 的供应方）", alias=alias, buyers=_("、").join(buyers)))
        for alias, buyers in sorted(seen.items())
    ]


def one(request_id: str) -> Response:
    return _page(request_id, Entered())


def answer(request_id: str) -> Response:
    """Approve with a figure for each kind, refuse, or end: by the button that was pressed."""
    seated.of_a_firm()
    found = _found(request_id)
    values, errors = request.form.to_dict(), list[Complaint]()
    told: dict[str, Any] = {"dataRequestId": request_id}
    wish = values.get("do", "")
    if wish == "approve":
        answers = [_figure(kind, values, errors) for kind in found["kinds"] if kind != "IDENTITY"]
        if not errors:
            given = told | {"expectedVersion": version_of(values), "answers": answers}
            _payload, errors = act("approve_data_request", given, step="-approve")
    elif wish == "refuse":
        given = told | {"expectedVersion": version_of(values)}
        _payload, errors = act("refuse_data_request", given, step="-refuse")
    else:
        _payload, errors = act("terminate_data_request", told, step="-end")
    if errors:
        return _page(request_id, Entered(values, _beside(errors, found["kinds"])))
    return redirect(f"/requests/{request_id}?done={wish or 'end'}", 303)


def _figure(kind: str, values: dict[str, str], errors: list[Complaint]) -> dict[str, Any]:
    value = figure(values, f"value.{kind}", errors)
    if value is None and not errors:
        errors.append(complaint(f"value.{kind}", _("请填写数字")))
    unit = {} if kind == "LEAD_TIME" else {"unit": unit_code(values.get(f"unit.{kind}", ""))}
    return {"kind": kind, "value": value or "0"} | unit


def _beside(errors: list[Complaint], kinds: list[str]) -> list[Complaint]:
    asked = [kind for kind in kinds if kind != "IDENTITY"]
    places = {f"answers.{n}.{part}": f"{part}.{kind}" for n, kind in enumerate(asked) for part in ("value", "unit")}
    own = {error["fields"][0]: error["fields"][0] for error in errors if error["fields"]}
    return renamed(errors, own | places)


def _found(request_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("data_request_page", id=request_id)["node"]
    if not found or "kinds" not in found:
        raise NotFound
    return found


def _page(request_id: str, entered: Entered) -> Response:
    body = render_template(
        "requests/one.html", r=_found(request_id), words=words, v=entered.values, errors=entered.errors,
        stale=entered.is_stale, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)


def names() -> Response:
    return _names(Entered())


def reveal() -> Response:
    """Say our name to a partner, wherever it sees us under an alias."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    viewer, until = needed(values, "viewerId", errors), day(values, "until", errors)
    if until is None and not errors:
        errors.append(complaint("until", _("请填写此项")))
    if not errors:
        _payload, errors = act("reveal_identity", {"viewerId": viewer, "until": until})
    return _names(Entered(values, errors)) if errors else redirect("/requests/names?done=revealed", 303)


def conceal(reveal_id: str) -> Response:
    seated.of_a_firm()
    _payload, errors = act("conceal_identity", {"identityRevealId": reveal_id})
    return _names(Entered({}, errors)) if errors else redirect("/requests/names?done=concealed", 303)


def _names(entered: Entered) -> Response:
    seated.of_a_firm()
    viewer = ask("viewer")["viewer"]
    found = ask("identity_reveals", first=PAGE_SIZE, after=request.args.get("after"))["identityReveals"]
    partners = [f for f in ask("firms", first=MOST)["firms"]["nodes"] if f["id"] != viewer["firm"]["id"]]
    body = render_template(
        "requests/names.html", found=found, partners=[(f["id"], f["name"]) for f in partners], v=entered.values,
        errors=entered.errors, roles=set(viewer["roles"]), today=str(clock.today_of(clock.now())),
        done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)
