"""A firm's certificates: given once, shown to whom it chooses; what it is asked for; where it stands itself."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.documents import uploading
from web.documents.entries import Complaint, Entered, complaint, renamed
from web.qualification import words

MOST, NEW = 100, "new"
PAPER = ("number", "issuer", "validFrom", "validUntil")
ROOM = ("qualification.add_certificate", "qualification.renew_certificate")


def add_to(made: Blueprint) -> None:
    made.before_request(_room_for_files)
    made.add_url_rule("/certificates", "certificates", certificates)
    made.add_url_rule("/certificates/papers/new", "add_certificate", add, methods=["POST"])
    made.add_url_rule("/certificates/papers/<certificate_id>", "renew_certificate", renew, methods=["POST"])
    made.add_url_rule("/certificates/files/<version_id>", "certificate_file", file)
    made.add_url_rule("/certificates/requests/<request_id>", "refuse_request", refuse, methods=["POST"])
    made.add_url_rule("/certificates/<certificate_id>/<what>", "certificate_act", move, methods=["POST"])


def certificates() -> str:
    return _page(Entered())


def add() -> Response:
    """The paper, its slot and its file in one post, so that it works without script."""
    values = request.form.to_dict()
    kind = values.get(f"{NEW}.kind", "")
    errors = [] if kind in words.KINDS else [complaint(f"{NEW}.kind", _("请选择证书种类"))]
    paper, wrong = _paper(values, NEW)
    if errors or wrong:
        return _answered(Entered(NEW, values, errors + wrong), "added")
    named = values.get(f"{NEW}.named", "").strip()
    given = {"kind": kind, "paper": paper} | ({"named": named} if named else {})
    _payload, refused = act("add_certificate", given, step="-add")
    return _answered(Entered(NEW, values, renamed(refused, NEW, _FIELDS)), "added")


def renew(certificate_id: str) -> Response:
    values = request.form.to_dict()
    paper, errors = _paper(values, certificate_id)
    if not errors:
        given = {"certificateId": certificate_id, "expectedVersion": words.version_read(values), "paper": paper}
        _payload, refused = act("renew_certificate", given, step="-renew")
        errors = renamed(refused, certificate_id, _FIELDS)
    return _answered(Entered(certificate_id, values, errors), "renewed")


_FIELDS = {
    "named": "named", "kind": "kind", "number": "number", "issuer": "issuer", "scope": "scope", "validFrom": "validFrom",
    "validUntil": "validUntil", "uploadId": "file",
}  # fmt: skip


def _paper(values: dict[str, str], form: str) -> tuple[dict[str, Any], list[Complaint]]:
    """What the form says of a paper, its file kept; a file that came need not be sent again to mend another field."""
    upload_id, errors = uploading.kept(form)
    values[f"{form}.uploadId"] = upload_id
    given = {name: values.get(f"{form}.{name}", "").strip() for name in PAPER}
    errors = errors + [complaint(f"{form}.{name}", _("请填写此项")) for name in PAPER if not given[name]]
    return given | {"scope": values.get(f"{form}.scope", "").strip(), "uploadId": upload_id}, errors


def move(certificate_id: str, what: str) -> Response:
    """Show to a partner, take back, withdraw."""
    seated.of_a_firm()
    values, form = request.form.to_dict(), f"{what}-{certificate_id}"
    given: dict[str, Any] = {"certificateId": certificate_id}
    if what == "withdraw":
        given["expectedVersion"] = words.version_read(values)
    elif what == "verify":
        return _answered(Entered(what, values, verdict(values)), what)
    elif what in ("show", "hide"):
        given["buyerId"] = values.get(f"{form}.buyerId", "")
    else:
        raise NotFound
    if what == "show" and not given["buyerId"]:
        return _answered(Entered(form, values, [complaint(f"{form}.buyerId", _("请选择企业"))]), what)
    _payload, refused = act(f"{what}_certificate", given)
    return _answered(Entered(form, values, renamed(refused, form, {"buyerId": "buyerId"})), what)


def verdict(values: dict[str, str]) -> list[Complaint]:
    """The buyer's verdict on the version a form names, however many forms a page has."""
    form = values.get("versionId", "")
    said = {name: values.get(f"{form}.{name}", "").strip() for name in ("verdict", "reason")}
    if said["verdict"] not in ("VERIFIED", "NOT_ACCEPTED"):
        return [complaint(f"{form}.reason", _("请选择核实结论"))]
    _payload, refused = act("verify_certificate", {"versionId": form} | said)
    return renamed(refused, form, {"reason": "reason"})


def refuse(request_id: str) -> Response:
    """Answer what a buyer asks for: show one of the firm's own, or say why not."""
    seated.of_a_firm()
    values = request.form.to_dict()
    shown = values.get(f"{request_id}.certificateId", "")
    if shown and "show" in values:
        buyer = values.get("buyerId", "")
        _payload, refused = act("show_certificate", {"certificateId": shown, "buyerId": buyer}, step="-show")
        return _answered(
            Entered(request_id, values, renamed(refused, request_id, {"buyerId": "certificateId"})), "show"
        )
    reason = values.get(f"{request_id}.reason", "").strip()
    if not reason:
        wrong = [complaint(f"{request_id}.reason", _("请写明原因"))]
        return _answered(Entered(request_id, values, wrong), "refused")
    _payload, refused = act("refuse_certificate_request", {"requestId": request_id, "reason": reason}, step="-refuse")
    return _answered(Entered(request_id, values, renamed(refused, request_id, {"reason": "reason"})), "refused")


def file(version_id: str) -> Response:
    """On to the scan by an address made now."""
    found = ask("certificate_file", id=version_id)["node"]
    if not found or not found.get("url"):
        raise NotFound
    return redirect(found["url"], 303)


def _answered(entered: Entered, done: str) -> Response:
    if entered.errors:
        return make_response(_page(entered), 422)
    return redirect(f"/certificates?done={done}", 303)


def _page(entered: Entered) -> str:
    viewer = ask("viewer")["viewer"]
    if viewer["firm"] is None:
        raise NotFound
    mine = ask("certificates_page", filter={"side": "SELLER"}, first=MOST, after=request.args.get("after"))[
        "certificates"
    ]
    shown = ask("certificates_page", filter={"side": "BUYER"}, first=MOST)["certificates"]["nodes"]
    asked = ask("certificate_requests_page", filter={"side": "SELLER"}, first=MOST)["certificateRequests"]["nodes"]
    standings = ask("qualifications_page", filter={"side": "SELLER"}, first=MOST)["qualifications"]
    firms = ask("firms", first=MOST)["firms"]["nodes"]
    return render_template(
        "qualification/certificates.html", mine=mine["nodes"], page=mine["pageInfo"], total=mine["totalCount"],
        asked=[r for r in asked if r["state"] == "ASKED"], standings=standings["nodes"], shown=shown, words=words, entered=entered,
        partners=[(f["id"], f["name"]) for f in firms if f["id"] != viewer["firm"]["id"]], done=request.args.get("done", ""),
        may_keep=bool({"SALES", "QUALITY"} & set(viewer["roles"])), as_of=clock.now(),
    )  # fmt: skip


def _room_for_files() -> Response | None:
    """Let a scan in where somebody signed in sends one; refuse a larger one beside its field, before it is read."""
    if request.endpoint not in ROOM or seated.person() is None:
        return None
    seated.of_a_firm()
    request.max_content_length = uploading.LARGEST_FORM_BYTES
    try:
        request.form  # noqa: B018 - reads the body: its files go to disk piece by piece
    except RequestEntityTooLarge:
        form = (request.view_args or {}).get("certificate_id", NEW)
        return _answered(Entered(form, {}, [uploading.too_large(form)]), "")
    return None
