"""Qualification: whom we may order what from, what runs out next, and what each supplier is judged on."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.documents.entries import Complaint, Entered, complaint, renamed
from web.qualification import categories, certificates, words

PAGE_SIZE, MOST = 50, 100
NEW = "new"


def blueprint() -> Blueprint:
    made = Blueprint("qualification", __name__)
    made.add_url_rule("/qualification", "matrix", matrix)
    made.add_url_rule("/qualification", "propose", propose, methods=["POST"])
    made.add_url_rule("/qualification/<qualification_id>", "standing", standing)
    made.add_url_rule("/qualification/<qualification_id>/<what>", "decide", decide, methods=["POST"])
    made.app_context_processor(lambda: {"certificates_of": certificates_of})
    categories.add_to(made)
    certificates.add_to(made)
    return made


def certificates_of(firm_id: str) -> dict[str, Any]:
    """For the card of a firm: its certificates the reader may see, its standings with the reader's firm."""
    shown = ask("certificates_page", filter={"ownerId": firm_id}, first=MOST)["certificates"]["nodes"]
    given = ask("qualifications_page", filter={"side": "BUYER"}, first=MOST)["qualifications"]["nodes"]
    own = [q for q in given if q["supplier"] and q["supplier"]["id"] == firm_id]
    return {"certificates": shown, "standings": own, "words": words}


def matrix() -> str:
    return _matrix(Entered())


def propose() -> Response:
    """A quality person proposes a standing for a supplier, from the matrix or from its own page."""
    seated.of_a_firm()
    values = request.form.to_dict()
    given, errors = filled(values, NEW, ("supplierId", "categoryId", "standing"), ("condition", "until", "note"))
    if not errors:
        _payload, refused = act("propose_qualification", given)
        errors = renamed(refused, NEW, {name: name for name in (*given, "condition", "until", "note")})
    if errors:
        return make_response(_matrix(Entered(NEW, values, errors)), 422)
    return redirect("/qualification?sought=PROPOSED&done=proposed", 303)


def filled(
    values: dict[str, str], form: str, must: tuple[str, ...], may: tuple[str, ...] = ()
) -> tuple[dict[str, Any], list[Complaint]]:
    """(what was filled in, what was not and must be) of the fields of a form."""
    given = {name: values.get(f"{form}.{name}", "").strip() for name in (*must, *may)}
    errors = [complaint(f"{form}.{name}", _("请填写此项")) for name in must if not given[name]]
    return {name: value for name, value in given.items() if value}, errors


def _matrix(entered: Entered) -> str:
    viewer = ask("viewer")["viewer"]
    if viewer["firm"] is None:
        raise NotFound
    view = request.args.get("sought", "")
    view = view if view in dict(words.sought()) else ""
    answer = ask("qualification_page", sought=view or None, first=PAGE_SIZE, after=request.args.get("after"))
    partners = ask("firms", first=MOST)["firms"]["nodes"]
    return render_template(
        "qualification/matrix.html", categories=answer["qualificationCategories"], found=answer["qualifiedSuppliers"],
        view=view, words=words, entered=entered, roles=set(viewer["roles"]), done=request.args.get("done", ""),
        partners=[(f["id"], f["name"]) for f in partners if f["id"] != viewer["firm"]["id"]],
        today=str(clock.today_of(clock.now())), as_of=clock.now(),
    )  # fmt: skip


def standing(qualification_id: str) -> str:
    return _standing(qualification_id, Entered())


def decide(qualification_id: str, what: str) -> Response:
    """Every act on one standing: each form names its verb."""
    seated.of_a_firm()
    values = request.form.to_dict()
    found = _qualification(qualification_id)
    if what not in _ACTS:
        raise NotFound
    errors = _ACTS[what](found, values)
    if errors:
        return make_response(_standing(qualification_id, Entered(what, values, errors)), 422)
    return redirect(f"/qualification/{qualification_id}?done={what}", 303)


def _said(form: str, verb: str, given: dict[str, Any], errors: list[Complaint]) -> list[Complaint]:
    if errors:
        return errors
    _payload, refused = act(verb, given)
    return renamed(
        refused, form, {name: name for name in ("reason", "note", "told", "kind", "dueOn", "condition", "until")}
    )


def _decide(found: dict[str, Any], values: dict[str, str]) -> list[Complaint]:
    if found["proposal"] is None:
        raise NotFound
    given, errors = filled(values, "approve", (), ("note",))
    known = {"proposalId": found["proposal"]["id"], "expectedVersion": words.version_read(values)}
    return _said("approve", "approve_qualification", known | given, errors)


def _decline(found: dict[str, Any], values: dict[str, str]) -> list[Complaint]:
    if found["proposal"] is None:
        raise NotFound
    given, errors = filled(values, "decline", ("reason",))
    return _said("decline", "decline_qualification", {"proposalId": found["proposal"]["id"]} | given, errors)


def _block(found: dict[str, Any], values: dict[str, str]) -> list[Complaint]:
    given, errors = filled(values, "block", ("reason",), ("told",))
    return _said("block", "block_supplier", _pair(found) | given, errors)


def _unblock(found: dict[str, Any], values: dict[str, str]) -> list[Complaint]:
    given, errors = filled(values, "unblock", ("reason",))
    known = {"qualificationId": found["id"], "expectedVersion": words.version_read(values)}
    return _said("unblock", "unblock_supplier", known | given, errors)


def _again(found: dict[str, Any], values: dict[str, str]) -> list[Complaint]:
    given, errors = filled(values, "propose", ("standing",), ("condition", "until", "note"))
    return _said("propose", "propose_qualification", _pair(found) | given, errors)


def _request(found: dict[str, Any], values: dict[str, str]) -> list[Complaint]:
    kind, _colon, named = values.get("need", "").partition(":")
    given = {"supplierId": found["supplier"]["id"], "kind": kind} | ({"named": named} if named else {})
    return _said(
        "request", "request_certificate", given, [] if kind in words.KINDS else [complaint("request.need", _("请选择"))]
    )


def _verify(found: dict[str, Any], values: dict[str, str]) -> list[Complaint]:
    return certificates.verdict(values)


def _pair(found: dict[str, Any]) -> dict[str, str]:
    return {"supplierId": found["supplier"]["id"], "categoryId": found["category"]["id"]}


_ACTS = {
    "approve": _decide, "decline": _decline, "block": _block, "unblock": _unblock, "propose": _again,
    "request": _request, "verify": _verify,
}  # fmt: skip


def _qualification(qualification_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("qualification_detail", id=qualification_id)["node"]
    if not found or found["supplier"] is None:
        raise NotFound
    return found


def _standing(qualification_id: str, entered: Entered) -> str:
    viewer = ask("viewer")["viewer"]
    found = _qualification(qualification_id)
    if viewer["firm"] is None or found["buyer"] is None or found["buyer"]["id"] != viewer["firm"]["id"]:
        raise NotFound
    supplier = found["supplier"]["id"]
    shown = ask("certificates_page", filter={"side": "BUYER", "ownerId": supplier}, first=MOST)["certificates"]["nodes"]
    asked = ask("certificate_requests_page", filter={"side": "BUYER"}, first=MOST)["certificateRequests"]["nodes"]
    return render_template(
        "qualification/standing.html", q=found, certificates=shown, words=words, entered=entered,
        asked=[r for r in asked if r["supplier"] and r["supplier"]["id"] == supplier], roles=set(viewer["roles"]),
        to_ask=words.papers_without(shown, found["category"]["needs"]), done=request.args.get("done", ""),
        today=str(clock.today_of(clock.now())), as_of=clock.now(),
    )  # fmt: skip
