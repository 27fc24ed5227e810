"""One order's changes: what is open and how it is answered, what may be asked, what was; and its versions side by side."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import Answer, act, ask, done_before
from web.changes import filling
from web.changes import words as change_words
from web.trade import words
from web.trade.entering import Complaint, Entered, day, renamed, version_of

ANSWERS = {"accept": "ACCEPTED", "reject": "REJECTED", "counter": "CHANGED"}
DECISIONS = {"accept": "ACCEPT", "refuse": "REFUSE"}


def blueprint() -> Blueprint:
    made = Blueprint("changes", __name__)
    made.add_url_rule("/orders/<order_id>/changes", "page", page)
    made.add_url_rule("/orders/<order_id>/versions", "versions", versions)
    for name, view in (
        ("change", change), ("respond", respond), ("decide", decide), ("withdraw", withdraw), ("cancel", cancel),
        ("answer-cancellation", answer_cancellation), ("withdraw-cancellation", withdraw_cancellation),
        ("repromise", repromise), ("decide-repromise", decide_repromise), ("hold", hold), ("lift-hold", lift_hold),
    ):  # fmt: skip
        made.add_url_rule(f"/orders/<order_id>/changes/{name}", name.replace("-", "_"), view, methods=["POST"])
    return made


def page(order_id: str) -> Response:
    return _page(order_id, Entered())


def change(order_id: str) -> Response:
    """The buyer asks for other lines, quantities, prices or days."""
    values = request.form.to_dict()
    told = filling.change(_found(order_id)["node"], values)
    given = {"orderId": order_id, "note": values.get("note", ""), "lines": told.parts}
    return _sent(order_id, "change_order", given, "changed", told)


def respond(order_id: str) -> Response:
    """The seller accepts, rejects, or offers other terms."""
    values, found = request.form.to_dict(), _found(order_id)
    wanted = ANSWERS.get(values.get("answer", ""), "ACCEPTED")
    given: dict[str, Any] = {"changeId": values.get("id", ""), "answer": wanted, "note": values.get("note", "")}
    if values.get("reason") in words.REASONS:
        given["reason"] = values["reason"]
    told = filling.Told(names={"reason": "reason"})
    if wanted == "CHANGED":
        asked: Answer = next(
            (c for c in found["orderAmendments"]["changes"] if c["id"] == given["changeId"]), {"lines": []}
        )
        told = filling.counter(asked, found["node"], values)
        given["lines"] = told.parts
    return _sent(order_id, "respond_to_order_change", given, "answered", told)


def decide(order_id: str) -> Response:
    return _sent(order_id, "decide_on_order_change", _chosen("changeId"), "decided")


def withdraw(order_id: str) -> Response:
    return _sent(order_id, "withdraw_order_change", {"changeId": request.form.get("id", "")}, "withdrawn")


def cancel(order_id: str) -> Response:
    given = {"orderId": order_id, "note": request.form.get("note", "")} | _reason()
    return _sent(order_id, "request_order_cancellation", given, "cancelling")


def answer_cancellation(order_id: str) -> Response:
    return _sent(order_id, "answer_order_cancellation", _chosen("cancellationId"), "decided")


def withdraw_cancellation(order_id: str) -> Response:
    given = {"cancellationId": request.form.get("id", "")}
    return _sent(order_id, "withdraw_order_cancellation", given, "withdrawn")


def repromise(order_id: str) -> Response:
    """The seller promises other days, and says why."""
    values = request.form.to_dict()
    told = filling.repromise(_found(order_id)["node"], values)
    given = {"orderId": order_id, "note": values.get("note", ""), "days": told.parts} | _reason()
    return _sent(order_id, "repromise_order", given, "repromised", told)


def decide_repromise(order_id: str) -> Response:
    return _sent(order_id, "decide_on_repromise", _chosen("repromiseId"), "decided")


def hold(order_id: str) -> Response:
    """The buyer holds the order; the day by which it expects to decide may be left out."""
    told = filling.Told(names={"reason": "holdReason", "note": "holdNote", "decidesOn": "decidesOn"})
    on = day(request.form, "decidesOn", told.errors)
    given = {"orderId": order_id, "note": request.form.get("holdNote", ""), "decidesOn": on} | _reason("holdReason")
    return _sent(order_id, "hold_order", given, "held", told)


def lift_hold(order_id: str) -> Response:
    return _sent(order_id, "lift_hold", {"holdId": request.form.get("id", "")}, "lifted")


def _reason(name: str = "reason") -> dict[str, str]:
    given = request.form.get(name, "")
    return {"reason": given if given in words.REASONS else "OTHER"}


def _chosen(name: str) -> dict[str, str]:
    decision = DECISIONS.get(request.form.get("decision", ""), "REFUSE")
    return {name: request.form.get("id", ""), "decision": decision}


def _sent(
    order_id: str, operation: str, given: dict[str, Any], done: str, told: filling.Told | None = None
) -> Response:
    """Send one act and come back; a refusal is shown on the page beside what was filled in."""
    values = request.form.to_dict()
    if done_before():
        return redirect(f"/orders/{order_id}/changes?done={done}", 303)
    errors: list[Complaint] = list(told.errors) if told else []
    if not errors:
        _payload, refused = act(operation, given | {"expectedVersion": version_of(values)})
        errors = renamed(refused, told.names if told else {"reason": "reason", "note": "note"})
    if errors:
        return _page(order_id, Entered(values, errors))
    return redirect(f"/orders/{order_id}/changes?done={done}", 303)


def _found(order_id: str) -> Answer:
    """Raises NotFound alike for hidden, foreign and made-up ids."""
    seated.of_a_firm()
    answer = ask("order_changes_page", id=order_id)
    if not answer["node"]:
        raise NotFound
    return answer


def _page(order_id: str, entered: Entered) -> Response:
    answer = _found(order_id)
    order, told = answer["node"], answer["orderAmendments"]
    lines, start = filling.changeable(order), version_of(request.values, "from")
    body = render_template(
        "changes/order.html", order=order, told=told, lines=lines[start : start + filling.LINES_A_PAGE], start=start,
        more=len(lines) - start - filling.LINES_A_PAGE, by_number={line["number"]: line for line in order["lines"]},
        days=filling.repromisable(order) if "repromiseOrder" in order["openVerbs"] else [],
        items=_items(order) if "changeOrder" in order["openVerbs"] else [], v=entered.values, errors=entered.errors,
        stale=entered.is_stale, words=words, say=change_words, filling=filling, done=request.args.get("done", ""),
        as_of=clock.now(),
    )  # fmt: skip
    return make_response(body, entered.status)


def _items(order: Answer) -> list[tuple[str, str]]:
    """What the buyer may add a line of: items of the seller."""
    found = ask("items", filter={"firmId": order["seller"]["id"]}, first=100)["items"]["nodes"]
    return [(item["id"], f"{item['number']} {item['name']}") for item in found]


def versions(order_id: str) -> Response:
    """What the order was, and in what two of its versions differ: the last two unless others are chosen."""
    seated.of_a_firm()
    kept = ask("order_versions", orderId=order_id)["orderVersions"]
    numbers = [one["version"] for one in kept]
    later = version_of(request.args, "later") or (numbers[-1] if numbers else 1)
    before = [number for number in numbers if number < later]
    earlier = version_of(request.args, "earlier") or (before[-1] if before else later)
    answer = ask("order_versions_page", id=order_id, earlier=earlier, later=later)
    if not answer["node"]:
        raise NotFound
    body = render_template(
        "changes/versions.html", order=answer["node"], kept=kept, numbers=numbers,
        differences=answer["orderDifference"], earlier=earlier, later=later, say=change_words, as_of=clock.now(),
    )  # fmt: skip
    return make_response(body, 200)
