"""What a buyer does: place an order, decide on an answer, receive, accept, close short."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from web import seated
from web.ask import act, done_before
from web.guests import pages as guests
from web.procurement import deciding, placing, receiving, tolerating
from web.trade import order as orders
from web.trade import shipment, words
from web.trade.entering import Complaint, Entered, renamed, version_of


def blueprint() -> Blueprint:
    made = Blueprint("procurement", __name__)
    made.add_url_rule("/orders/new", "new", new)
    made.add_url_rule("/orders/new", "place", place, methods=["POST"])
    made.add_url_rule("/orders/<order_id>/decide", "decide", decide)
    made.add_url_rule("/orders/<order_id>/decide", "decided", decided, methods=["POST"])
    made.add_url_rule("/orders/<order_id>/accept", "accept", accept, methods=["POST"])
    made.add_url_rule("/orders/<order_id>/close-short", "close_short", close_short, methods=["POST"])
    made.add_url_rule("/shipments/<advice_id>/receive", "receive", receive, methods=["POST"])
    made.add_url_rule("/tolerances", "tolerances", tolerating.tolerances)
    made.add_url_rule("/tolerances", "set_tolerance", tolerating.set_tolerance, methods=["POST"])
    return made


def new() -> Response:
    return _order_form(Entered())


def place() -> Response:
    values = request.form.to_dict()
    if "more" in values:
        rows = min(placing.MOST_ROWS, placing.shown(values) + placing.MORE_ROWS)
        return _order_form(Entered(values | {"rows": str(rows)}))
    seated.of_a_firm()
    made = placing.told(values)
    errors: list[Complaint] = made.errors
    if not errors:
        payload, refused = act("place_order", made.input)
        errors = renamed(refused, made.names)
    if errors:
        return _order_form(Entered(values, errors))
    if payload["guestUrl"]:
        return guests.handed_over(payload["order"]["id"], str(payload["guestUrl"]), values.get("contact", ""))
    return redirect(f"/orders/{payload['order']['id']}?done=placed", 303)


def _order_form(entered: Entered) -> Response:
    seated.of_a_firm()
    items, viewer = placing.catalogue()
    seller = entered.values.get("sellerId") or request.args.get("seller", "")
    body = render_template(
        "procurement/new.html", items=[i for i in items if i["maker"]["id"] == seller], makers=placing.makers(items),
        seller=next((m for m in placing.makers(items) if m["id"] == seller), None), v=entered.values,
        errors=entered.errors, rows=placing.shown(entered.values), most_rows=placing.MOST_ROWS,
        may="BUYER" in viewer["roles"], words=words, today=str(clock.today_of(clock.now())),
    )  # fmt: skip
    return make_response(body, entered.status)


def decide(order_id: str) -> Response:
    return _decision_page(order_id, Entered())


def decided(order_id: str) -> Response:
    """Decisions on the lines that were given one; a button may give one to all that wait."""
    values = request.form.to_dict()
    order = orders.found(order_id)["node"]
    if done_before():
        return redirect(f"/orders/{order_id}?done=decided", 303)
    made = deciding.told(order, values, version=version_of(values))
    errors = made.errors
    if not errors:
        _payload, refused = act("decide_on_response", made.input)
        errors = renamed(refused, made.names)
    if errors:
        return _decision_page(order_id, Entered(values, errors))
    return redirect(f"/orders/{order_id}?done=decided", 303)


def _decision_page(order_id: str, entered: Entered) -> Response:
    order = orders.found(order_id)["node"]
    body = render_template(
        "procurement/decide.html", order=order, rows=deciding.rows(order), response=deciding.waiting(order),
        may="decideOnResponse" in order["openVerbs"], v=entered.values, errors=entered.errors, stale=entered.is_stale,
        words=words, deciding=deciding, tolerating=tolerating, as_of=clock.now(),
    )  # fmt: skip
    return make_response(body, entered.status)


def accept(order_id: str) -> Response:
    return _on_order("accept_delivery", order_id, {"orderId": order_id}, "accepted")


def close_short(order_id: str) -> Response:
    return _on_order("close_short", order_id, {"lineId": request.form.get("lineId", "")}, "closed")


def _on_order(operation: str, order_id: str, told: dict[str, Any], done: str) -> Response:
    """An act by one button of the order page; a refusal is told on that page."""
    orders.head(order_id)
    values = request.form.to_dict()
    _payload, errors = act(operation, told | {"expectedVersion": version_of(values)})
    if errors:
        return orders.shown(order_id, Entered({}, renamed(errors, {})))
    return redirect(f"/orders/{order_id}?done={done}", 303)


def receive(advice_id: str) -> Response:
    """The count of a delivery."""
    values = request.form.to_dict()
    advice = shipment.found(advice_id)
    if done_before():
        return redirect(f"/shipments/{advice_id}?done=received", 303)
    counted = shipment.counted_lines(advice)
    still = [line for line in advice["lines"] if line["id"] not in counted]
    told, errors, names = receiving.told(advice, still, values)
    if not errors:
        _payload, refused = act("post_receipt", told)
        errors = renamed(refused, names)
    if errors:
        return shipment.shown(advice_id, Entered(values, errors))
    return redirect(f"/shipments/{advice_id}?done=received", 303)
