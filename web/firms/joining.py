"""Joining: the applicant's steps, who was invited, and the reviewer's list and page."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask, done_before
from web.documents import uploading
from web.firms import words
from web.trade import words as trade_words
from web.trade.entering import Complaint, Entered, complaint, renamed, version_of

PAGE_SIZE = 50
VIEWS = {
    "submitted": ["SUBMITTED"], "open": ["CREATED", "ADD_COMPANY_DATA", "INVITE_USER", "SELECT_COMPANY_ROLE", "UPLOAD_DOCUMENTS", "VERIFY"],
    "declined": ["DECLINED"], "confirmed": ["CONFIRMED"], "all": None,
}  # fmt: skip
PAPERS = {"licence": "BUSINESS_LICENCE", "letter": "AUTHORISATION"}
MOST_ROWS = 19


def blueprint() -> Blueprint:
    made = Blueprint("joining", __name__)
    made.before_request(_room_for_files)
    made.add_url_rule("/registration", "list", applications)
    made.add_url_rule("/registration", "invite", invite, methods=["POST"])
    made.add_url_rule("/registration/<application_id>", "application", application)
    made.add_url_rule("/registration/<application_id>/review", "review", review, methods=["POST"])
    made.add_url_rule("/registration/<application_id>/<step>", "fill", fill, methods=["POST"])
    made.add_url_rule("/registration/papers/<application_id>", "papers", papers, methods=["POST"])
    return made


def applications() -> Response:
    """The applicant goes to its own; others see those they invited; the operator all."""
    sitting = seated.person()
    if sitting is not None and seated.audience(sitting) == "applicant":
        mine = ask("applications_page", filter={"mine": True}, first=1)["applications"]["nodes"]
        if not mine:
            raise NotFound
        return redirect(f"/registration/{mine[0]['id']}", 303)
    return _list(Entered())


def invite() -> Response:
    values = request.form.to_dict()
    given = {name: values.get(name, "").strip() for name in ("email", "name")}
    payload, errors = act("invite_firm", given)
    if errors:
        return _list(Entered(values, errors))
    return _list(Entered(), made=payload)


def _list(entered: Entered, made: dict[str, Any] | None = None) -> Response:
    """``made``: an invitation just written, whose link is shown this once."""
    view = request.args.get("show", "")
    roles = set(ask("viewer")["viewer"]["roles"])
    view = view if view in VIEWS else ("submitted" if "OPERATOR" in roles else "all")
    states = VIEWS[view]
    found = ask(
        "applications_page", filter={"states": states} if states else {}, first=PAGE_SIZE,
        after=request.args.get("after"),
    )["applications"]  # fmt: skip
    if not roles.intersection(("OPERATOR", "LEAD")) and not found["nodes"]:
        raise NotFound
    body = render_template(
        "firms/applications.html", found=found, view=view, views=VIEWS, may=roles.intersection(("OPERATOR", "LEAD")),
        operator="OPERATOR" in roles, v=entered.values, errors=entered.errors, made=made, words=words,
    )  # fmt: skip
    return make_response(body, entered.status)


def application(application_id: str) -> Response:
    return _page(application_id, Entered())


def _found(application_id: str) -> dict[str, Any]:
    found = ask("application_page", id=application_id)
    node = found["node"]
    if node is None or "state" not in node or "openVerbs" not in node or "checks" not in node:
        raise NotFound
    return {"application": node, "viewer": found["viewer"]}


def _page(application_id: str, entered: Entered, *, step: str = "", rows: int = 0) -> Response:
    found = _found(application_id)
    one = found["application"]
    if not one["mine"]:
        return _review_page(found, entered)
    step = step or _step(one, request.args.get("step", ""))
    rows = rows or max(2, len(one["colleagues"]) - 1)
    body = render_template(
        "firms/application.html", a=one, viewer=found["viewer"], step=step, rows=rows, most_rows=MOST_ROWS,
        v=entered.values, own=_own_roles(one), named=one["colleagues"][1:], errors=entered.errors,
        stale=entered.is_stale, words=words, role_word=trade_words.role_word, done=request.args.get("done", ""),
        getlist=request.form.getlist if request.method == "POST" else None,
    )  # fmt: skip
    return make_response(body, entered.status)


def _own_roles(one: dict[str, Any]) -> list[str]:
    """What the applicant said it will do; at first what a firm with one clerk needs."""
    return one["colleagues"][0]["roles"] if one["colleagues"] else ["SALES", "BUYER", "PLANNER", "QUALITY"]


def _step(one: dict[str, Any], wished: str) -> str:
    """The step to show: the wished one where it is open, else the one that is due; empty when nothing is."""
    opened = [key for key, verb, _state in words.STEPS if verb in one["openVerbs"]]
    if wished in opened:
        return wished
    due = [key for key, _verb, state in words.STEPS if state == one["state"]]
    return due[0] if due else "data" if one["state"] == "DECLINED" else "begin" if one["state"] == "CREATED" else ""


def fill(application_id: str, step: str) -> Response:
    """One step of the applicant's."""
    values = request.form.to_dict()
    told = {"applicationId": application_id, "expectedVersion": version_of(values)}
    if step == "begin":
        _payload, errors = act("begin_application", {"applicationId": application_id})
    elif step == "data":
        names = ("name", "code", "prefecture", "nameEn", "makes")
        _payload, errors = act("describe_company", told | {n: values.get(n, "").strip() for n in names})
    elif step == "people":
        rows = _rows(values)
        if "more" in values:
            return _page(application_id, Entered(values), step="people", rows=min(MOST_ROWS, rows + 3))
        colleagues, places = _colleagues(values, rows)
        _payload, refused = act(
            "invite_users", told | {"ownRoles": request.form.getlist("ownRoles"), "colleagues": colleagues}
        )
        errors = renamed(refused, _people_fields(places))
        if errors:
            return _page(application_id, Entered(values, errors), step="people", rows=rows)
    elif step == "role":
        chosen = values.get("role", "")
        errors = [] if chosen in words.COMPANY_ROLES else [complaint("role", _("请选择企业类型"))]
        if not errors:
            _payload, errors = act("select_company_role", told | {"role": chosen})
    elif step == "verify":
        _payload, errors = act("submit_application", told)
    else:
        raise NotFound
    if errors:
        return _page(application_id, Entered(values, errors), step=step)
    return redirect(f"/registration/{application_id}", 303)


def _rows(values: dict[str, str]) -> int:
    text = values.get("rows", "")
    return min(MOST_ROWS, int(text)) if text.isascii() and text.isdigit() and len(text) < 3 else 3


def _colleagues(values: dict[str, str], rows: int) -> tuple[list[dict[str, Any]], list[int]]:
    """Rows in which something stands, and which rows these were."""
    found, places = [], []
    for row in range(rows):
        email, name = values.get(f"email.{row}", "").strip(), values.get(f"name.{row}", "").strip()
        if email or name:
            found.append({"email": email, "name": name, "roles": request.form.getlist(f"roles.{row}")})
            places.append(row)
    return found, places


def _people_fields(places: list[int]) -> dict[str, str]:
    named = {
        f"colleagues.{n}.{part}": f"{part}.{row}" for n, row in enumerate(places) for part in ("email", "name", "roles")
    }
    return named | {"ownRoles": "ownRoles", "expectedVersion": "expectedVersion"}


def papers(application_id: str) -> Response:
    """Files of one post: the licence, the letter; what has come need not be sent again to mend the rest."""
    values = request.form.to_dict()
    if done_before(step="-papers"):
        return redirect(f"/registration/{application_id}", 303)
    given: list[dict[str, str]] = []
    errors: list[Complaint] = []
    for form, kind in PAPERS.items():
        file = request.files.get(f"{form}.file")
        if not values.get(f"{form}.uploadId") and (file is None or not file.filename):
            continue
        upload_id, wrong = uploading.kept(form, step=f"-open-{form}")
        errors += wrong
        if not wrong:
            values[f"{form}.uploadId"] = upload_id
            given.append({"kind": kind, "uploadId": upload_id})
    if not errors:
        told = {"applicationId": application_id, "expectedVersion": version_of(values), "papers": given}
        _payload, refused = act("upload_documents", told, step="-papers")
        errors = renamed(refused, {"papers": "licence.file", "expectedVersion": "expectedVersion"})
    if errors:
        return _page(application_id, Entered(values, errors), step="papers")
    return redirect(f"/registration/{application_id}", 303)


def _room_for_files() -> Response | None:
    """Let files in where somebody signed in sends them; refuse larger ones beside their field, before they are read."""
    if request.endpoint != "joining.papers" or seated.person() is None:
        return None
    request.max_content_length = 2 * uploading.LARGEST_FORM_BYTES
    try:
        request.form  # noqa: B018 - reads the body: its files go to disk piece by piece
    except RequestEntityTooLarge:
        given = request.view_args or {}
        return _page(given["application_id"], Entered({}, [uploading.too_large("licence")]), step="papers")
    return None


def review(application_id: str) -> Response:
    """The reviewer answers a check, confirms or declines, by the button that was pressed."""
    values = request.form.to_dict()
    done, _sep, kind = values.get("do", "").partition(":")
    told = {"applicationId": application_id, "expectedVersion": version_of(values)}
    if done in ("pass", "fail"):
        check = {"kind": kind, "passed": done == "pass", "note": values.get(f"note.{kind}", "").strip()}
        _payload, refused = act("record_check", {"applicationId": application_id} | check, step=f"-{done}-{kind}")
        errors = renamed(refused, {"note": f"note.{kind}"})
    elif done == "confirm":
        _payload, errors = act("confirm_application", told, step="-confirm")
    else:
        _payload, errors = act(
            "decline_application", told | {"reason": values.get("reason", "").strip()}, step="-decline"
        )
    if errors:
        return _page(application_id, Entered(values, errors))
    return redirect(f"/registration/{application_id}?done={done}", 303)


def _review_page(found: dict[str, Any], entered: Entered) -> Response:
    one = found["application"]
    near = ask("near_firms", firmId=one["firm"]["id"])["nearFirms"] if one["firm"] else []
    body = render_template(
        "firms/review.html", a=one, near=near, operator="OPERATOR" in found["viewer"]["roles"], v=entered.values,
        errors=entered.errors, stale=entered.is_stale, words=words, role_word=trade_words.role_word,
        done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)
