"""Bills of material: one bill in full, and the forms that state and end one."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.items.entering import read_bill, refused
from web.items.one import shown
from web.trade.entering import Complaint, Entered

PAGE_SIZE = 50


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/items/<item_id>/bills", "state_bill", state, methods=["POST"])
    made.add_url_rule("/items/<item_id>/bills/<bill_id>", "bill", bill)
    made.add_url_rule("/items/<item_id>/bills/<bill_id>/end", "end_bill", end, methods=["POST"])


def find(number: str) -> list[dict[str, Any]]:
    """The items one may know of under a maker's number."""
    nodes: list[dict[str, Any]] = ask("items", filter={"number": number}, first=5)["items"]["nodes"]
    return nodes


def bill(item_id: str, bill_id: str) -> Response:
    return _bill(item_id, bill_id, [])


def _bill(item_id: str, bill_id: str, errors: list[Complaint]) -> Response:
    answer = ask("bill_page", id=bill_id, first=PAGE_SIZE, after=request.args.get("after"))
    found = answer["node"]
    if not found or "lineCount" not in found or found["item"]["id"] != item_id:
        raise NotFound
    page = render_template("items/bill.html", bill=found, lines=answer["billLines"], errors=errors)
    return make_response(page, Entered({}, errors).status)


def state(item_id: str) -> Response:
    seated.of_a_firm()
    read = read_bill(request.form, find)
    errors = read.errors
    if not errors:
        _payload, errors = act("state_bill", {"itemId": item_id} | read.input)
    if errors:
        return shown(item_id, Entered(request.form, refused(errors, "state_bill")))
    return redirect(f"/items/{item_id}?done=bill#bill", 303)


def end(item_id: str, bill_id: str) -> Response:
    seated.of_a_firm()
    _payload, errors = act("end_bill", {"billId": bill_id, "lastDay": request.form.get("lastDay", "")})
    if errors:
        return shown(item_id, Entered(request.form, errors))
    return redirect(f"/items/{item_id}?done=bill-ended#bill", 303)
