"""The workbench of a buyer; and many orders answered, or decided on, in one act with the outcome of each."""

from base64 import b64decode
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask import Response as FileResponse
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.trade import words
from web.trade.entering import Complaint, Entered, complaint, renamed, version_in
from web.workbench import queue

PAGE_SIZE, ORDERS_SHOWN = 50, 100
VIEWS = ("UNANSWERED", "DEVIATING", "LATE", "DUE", "HELD")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITING = {"states": ["PLACED", "ACKNOWLEDGED"], "side": "SELLER"}


def blueprint() -> Blueprint:
    made = Blueprint("workbench", __name__)
    made.add_url_rule("/workbench", "workbench", workbench)
    made.add_url_rule("/workbench/<view>.xlsx", "file", file)
    made.add_url_rule("/decisions", "decisions", queue.shown)
    made.add_url_rule("/decisions", "decide", queue.send, methods=["POST"])
    made.add_url_rule("/answers", "answers", lambda: _answers(Entered()))
    made.add_url_rule("/answers", "send", send, methods=["POST"])
    made.add_url_rule("/answers/<batch_id>", "batch", batch)
    made.add_url_rule("/answers/<batch_id>/part", "part", lambda batch_id: _part(batch_id))
    return made


def _asked() -> tuple[str, dict[str, Any]]:
    """(view, filter) of the address."""
    given = request.args
    view = given.get("view", "").upper()
    which: dict[str, Any] = {}
    if seller := given.get("seller", ""):
        which["sellerId"] = seller
    if item := given.get("item", "").strip()[:60]:
        which["item"] = item
    days = given.get("days", "")
    which["dueInDays"] = min(int(days), 366) if days.isascii() and days.isdigit() and len(days) < 5 else 7
    return view if view in VIEWS else VIEWS[0], which


def workbench() -> str:
    """What waits, deviates, slips and falls due, first what is due first."""
    seated.of_a_firm()
    view, which = _asked()
    found = ask("workbench_page", view=view, filter=which, first=PAGE_SIZE, after=request.args.get("after"))
    own = found["viewer"]["firm"]["id"]
    return render_template(
        "workbench/workbench.html", found=found["workbench"], counts={c["view"]: c for c in found["workbenchCounts"]},
        view=view, views=VIEWS, view_word=view_word, which=which, words=words, as_of=clock.now(),
        firms=[firm for firm in found["firms"]["nodes"] if firm["id"] != own],
    )  # fmt: skip


def file(view: str) -> FileResponse:
    """A view as a workbook."""
    seated.of_a_firm()
    view, which = view.upper(), _asked()[1]
    if view not in VIEWS:
        raise NotFound
    content = ask("workbench_xlsx", view=view, filter=which)["workbenchXlsx"]
    if content is None:
        raise NotFound
    answer = FileResponse(b64decode(content), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename=workbench-{view.lower()}.xlsx"
    return answer


def view_word(view: str) -> str:
    found = {
        "UNANSWERED": _("未答复"), "DEVIATING": _("有差异待决定"), "LATE": _("交期延误"), "DUE": _("即将到期"), "HELD": _("已暂停"),
    }  # fmt: skip
    return str(found[view])


def send() -> Response:
    """Confirm the ticked orders as they are asked, each at the version it was shown with."""
    seated.of_a_firm()
    ticked = [value.partition("/") for value in request.form.getlist("order")]
    errors: list[Complaint] = []
    if not ticked:
        errors.append(complaint("order", _("请至少勾选一张订单")))
    told = [{"orderId": order_id, "expectedVersion": version_in(version)} for order_id, _slash, version in ticked]
    if not errors:
        payload, refused = act("answer_orders", {"orders": told})
        errors = renamed(refused, {})
    if errors:
        return _answers(Entered({}, errors))
    return redirect(f"/answers/{payload['answerBatch']['id']}", 303)


def _answers(entered: Entered) -> Response:
    seated.of_a_firm()
    found = ask("answers_page", filter=WAITING, first=ORDERS_SHOWN, after=request.args.get("after"))
    body = render_template(
        "workbench/answers.html", orders=found["orders"], batches=found["answerBatches"]["nodes"], errors=entered.errors,
        may="SALES" in found["viewer"]["roles"], words=words, as_of=clock.now(),
    )  # fmt: skip
    return make_response(body, entered.status)


def batch(batch_id: str) -> str:
    return render_template("workbench/batch.html", **_batch(batch_id))


def _part(batch_id: str) -> str:
    """The changing part of a batch's page: asks again by itself while its job is at it."""
    return render_template("workbench/_batch.html", **_batch(batch_id))


def _batch(batch_id: str) -> dict[str, Any]:
    seated.of_a_firm()
    refused = request.args.get("show") == "refused"
    found = ask(
        "answer_batch_page", id=batch_id, outcome="REFUSED" if refused else None, first=PAGE_SIZE,
        after=request.args.get("after"),
    )  # fmt: skip
    if not found["node"]:
        raise NotFound
    return {"batch": found["node"], "answers": found["batchedAnswers"], "refused": refused, "words": words}
