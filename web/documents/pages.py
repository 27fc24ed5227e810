"""Documents: what is due over all orders; one order's file with upload, checks and reviews; the way to each file."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.documents import choices, uploading
from web.documents.entries import (
    MORE_ROWS,
    MOST_ROWS,
    Entered,
    asked_fields,
    asked_rows,
    remark_fields,
    remarks,
    renamed,
    rows_shown,
)
from web.trade.entering import version_of

PAGE_SIZE = 50
QUICK_POLLS = 10
REQUIRING = "ask"
OPEN_STATES = ["REQUIRED", "SUBMITTED"]
VIEWS = ("open", "overdue", "soon", "submitted", "satisfied", "all")


def blueprint() -> Blueprint:
    made = Blueprint("documents", __name__)
    made.before_request(_room_for_files)
    made.add_url_rule("/documents", "due", due)
    made.add_url_rule("/orders/<order_id>/documents", "order_file", order_file)
    made.add_url_rule("/orders/<order_id>/documents", "require", require, methods=["POST"])
    made.add_url_rule("/documents/upload/<order_id>/<requirement_id>", "upload", upload, methods=["POST"])
    made.add_url_rule("/documents/review/<order_id>/<revision_id>", "review", review, methods=["POST"])
    made.add_url_rule("/documents/progress/<revision_id>", "progress", progress)
    made.add_url_rule("/documents/part/<order_id>/<requirement_id>", "part", part)
    made.add_url_rule("/documents/files/<revision_id>", "file", lambda revision_id: _handed(revision_id, "url"))
    made.add_url_rule(
        "/documents/pictures/<revision_id>", "picture", lambda revision_id: _handed(revision_id, "previewUrl")
    )
    return made


def due() -> str:
    """Which documents are due and what they hold up, over all orders."""
    seated.of_a_firm()
    view = request.args.get("show", "open")
    view = view if view in VIEWS else "open"
    side = request.args.get("side")
    side = side if side in ("BUYER", "SELLER") else None
    given = _view_filter(view) | ({"side": side} if side else {})
    answer = ask(
        "required_documents_page", filter=given, side=side, first=PAGE_SIZE, after=request.args.get("after")
    )  # fmt: skip
    return render_template(
        "documents/due.html", found=answer["requiredDocuments"], counts=answer["documentCounts"], view=view, side=side,
        choices=choices, as_of=clock.now(),
    )  # fmt: skip


def _view_filter(view: str) -> dict[str, Any]:
    today = clock.today_of(clock.now())
    filters: dict[str, dict[str, Any]] = {
        "open": {"states": OPEN_STATES},
        "overdue": {"overdue": True},
        "soon": {"states": OPEN_STATES, "overdue": False, "dueUntil": str(today + timedelta(days=7))},
        "submitted": {"states": ["SUBMITTED"]},
        "satisfied": {"states": ["SATISFIED"]},
        "all": {},
    }
    return filters[view]


def order_file(order_id: str) -> str:
    return _order_page(order_id, Entered())


def require(order_id: str) -> Response:
    """The buyer adds to what the order must come with."""
    values = request.form.to_dict()
    shown = rows_shown(values, REQUIRING)
    if "more" in values:
        return _again(order_id, Entered(REQUIRING, values, (), min(MOST_ROWS, shown + MORE_ROWS)))
    asked, places, errors = asked_rows(values, REQUIRING)
    if not errors:
        told: dict[str, Any] = {"orderId": order_id, "requirements": asked}
        if values.get("version"):
            told["expectedVersion"] = version_of(values)
        _payload, refused = act("require_documents", told)
        errors = renamed(refused, REQUIRING, asked_fields(places))
    if errors:
        return _again(order_id, Entered(REQUIRING, values, errors, shown))
    return redirect(f"/orders/{order_id}/documents?done=required#requirements", 303)


def upload(order_id: str, requirement_id: str) -> Response:
    """The seller's file, its slot and its submission in one post. The body was let in by _room_for_files."""
    errors, kept = uploading.submitted(requirement_id, requirement_id)
    if errors:
        values = request.form.to_dict() | {f"{requirement_id}.uploadId": kept}
        return _again(order_id, Entered(requirement_id, values, errors))
    return redirect(f"/orders/{order_id}/documents?done=submitted#r-{requirement_id}", 303)


def review(order_id: str, revision_id: str) -> Response:
    """The buyer's verdict with its numbered comments."""
    values = request.form.to_dict()
    shown = rows_shown(values, revision_id)
    if "more" in values:
        return _again(order_id, Entered(revision_id, values, (), min(MOST_ROWS, shown + MORE_ROWS)))
    said = remarks(values, revision_id)
    errors = said.errors
    if not errors:
        verdict = values[f"{revision_id}.verdict"]
        _payload, refused = act(
            "review_document", {"revisionId": revision_id, "verdict": verdict, "comments": said.comments}
        )
        errors = renamed(refused, revision_id, remark_fields(said.places))
    if errors:
        return _again(order_id, Entered(revision_id, values, errors, shown))
    return redirect(f"/orders/{order_id}/documents?done=reviewed#v-{revision_id}", 303)


def progress(revision_id: str) -> str:
    """How far the check of a file is: asks again by itself, quickly at first, and ends with the finished part."""
    polls = request.args.get("n", 0, type=int)
    revision = _revision(revision_id)
    wait = "1s" if polls < QUICK_POLLS else "3s"
    return render_template("documents/_progress.html", r=revision, polls=polls, wait=wait)


def part(order_id: str, requirement_id: str) -> str:
    """One requirement of an order's file."""
    answer = ask("documents_page", orderId=order_id)
    for requirement in answer["documentRequirements"]:
        if requirement["id"] == requirement_id:
            return render_template("documents/_requirement.html", q=requirement, **_shared(answer, Entered()))
    raise NotFound


def _handed(revision_id: str, which: str) -> Response:
    """On to the file by an address made now: one kept on an open page would have lapsed after five minutes."""
    address = _revision(revision_id)[which]
    if address is None:
        raise NotFound
    return redirect(address)


def _revision(revision_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("revision", id=revision_id)["node"]
    if not found:
        raise NotFound
    return found


def _again(order_id: str, entered: Entered) -> Response:
    return make_response(_order_page(order_id, entered), 422 if entered.errors else 200)


def _order_page(order_id: str, entered: Entered) -> str:
    answer = ask("documents_page", orderId=order_id)
    requirements = answer["documentRequirements"]
    counts = {state: sum(q["state"] == state for q in requirements) for state in ("REQUIRED", "SUBMITTED", "SATISFIED")}
    return render_template(
        "documents/order.html", requirements=requirements, counts=counts, waits=answer["acceptanceWaitsFor"],
        overdue=sum(q["overdue"] for q in requirements), certificate=answer["acceptanceCertificate"],
        classes=[(c["code"], f"{c['code']} {c['name']}") for c in answer["documentClasses"]], as_of=clock.now(),
        done=request.args.get("done", ""), most_rows=MOST_ROWS, form=REQUIRING, **_shared(answer, entered),
    )  # fmt: skip


def _shared(answer: dict[str, Any], entered: Entered) -> dict[str, Any]:
    """What a requirement needs around it, on the whole page and alone."""
    return {
        "order": answer["node"], "entered": entered, "choices": choices, "wechat": "MicroMessenger" in str(request.user_agent),
    }  # fmt: skip


def _room_for_files() -> Response | None:
    """Let a file in where somebody signed in sends one; refuse a larger one beside its field, before it is read."""
    if request.endpoint != "documents.upload" or seated.person() is None:
        return None
    request.max_content_length = uploading.LARGEST_FORM_BYTES
    try:
        request.form  # noqa: B018 - reads the body: its files go to disk piece by piece
    except RequestEntityTooLarge:
        given = request.view_args or {}
        form = given["requirement_id"]
        return _again(given["order_id"], Entered(form, {}, [uploading.too_large(form)]))
    return None
