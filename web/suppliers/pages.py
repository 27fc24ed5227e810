"""What a supplier does: answer an order, confirm one from the to-do list, ship."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from web.ask import act, ask, done_before
from web.suppliers import answering, pasting, shipping
from web.trade import order as orders
from web.trade import todo, words
from web.trade.entering import Complaint, Entered, renamed, version_of


def blueprint() -> Blueprint:
    made = Blueprint("suppliers", __name__)
    made.add_url_rule("/orders/<order_id>/answer", "answer", answer, methods=["POST"])
    made.add_url_rule("/orders/<order_id>/acknowledge", "acknowledge", acknowledge, methods=["POST"])
    made.add_url_rule("/orders/<order_id>/ship", "ship", ship)
    made.add_url_rule("/orders/<order_id>/ship", "send", send, methods=["POST"])
    made.add_url_rule("/todo/confirm", "confirm", confirm, methods=["POST"])
    return made


def answer(order_id: str) -> Response:
    """One answer to all open lines of an order; a line may first be split, or one added, without sending."""
    order = orders.found(order_id)["node"]
    if done_before():
        return redirect(f"/orders/{order_id}?done=answered", 303)
    values = request.form.to_dict()
    if "paste" in values:
        return orders.shown(order_id, Entered(*pasting.filled(order, values)))
    if "split" in values or "add" in values:
        return _one_more(order, values)
    made = answering.told(order, values, version=version_of(values), rest=values.get("send") == "rest", find=_item_id)
    errors: list[Complaint] = made.errors
    if not errors:
        _payload, refused = act("respond_to_order", made.input)
        errors = renamed(refused, made.names)
    if errors:
        return orders.shown(order_id, Entered(values, errors))
    return redirect(f"/orders/{order_id}?done=answered", 303)


def _one_more(order: dict[str, Any], values: dict[str, str]) -> Response:
    """Another day for a line, or another added line: the form comes back with it."""
    split = next((line for line in order["lines"] if str(line["number"]) == values.get("split")), None)
    if split is None:
        shown = min(answering.MOST_ADDED, answering.added_shown(values) + 1)
        return orders.shown(order["id"], Entered(values | {"added": str(shown)}))
    more = min(answering.MOST_DAYS, answering.days_shown(values, split) + 1)
    values |= {answering.name(split, "days"): str(more), answering.name(split, "answer"): "CHANGED"}
    return orders.shown(order["id"], Entered(values))


def _item_id(number: str) -> str | None:
    """An own item by its number."""
    mine = ask("viewer")["viewer"]["firm"]
    found = ask("items", filter={"firmId": mine["id"], "number": number}, first=1)["items"]["nodes"] if mine else []
    return str(found[0]["id"]) if found else None


def acknowledge(order_id: str) -> Response:
    """Tell the buyer that the order arrived; the answer follows."""
    orders.head(order_id)
    values = request.form.to_dict()
    told = {"orderId": order_id, "expectedVersion": version_of(values), "answer": "ACKNOWLEDGED"}
    _payload, errors = act("respond_to_order", told)
    if errors:
        return orders.shown(order_id, Entered({}, renamed(errors, {})))
    return redirect(f"/orders/{order_id}?done=acknowledged", 303)


def confirm() -> Response:
    """Confirm an order as asked, in place: every line, on the days and at the prices it asks for."""
    values = request.form.to_dict()
    order = orders.head(values.get("orderId", ""))
    told = {"orderId": order["id"], "expectedVersion": version_of(values), "answer": "ACCEPTED"}
    _payload, errors = act("respond_to_order", told)
    notice = "" if errors else _("订单 %(number)s 已确认，对方已可看到。", number=order["number"])
    if request.headers.get("HX-Request"):
        return todo.part(notice, errors, order)
    if errors:
        return todo.page(errors=errors, about=order)
    return redirect(f"/todo?done=confirmed&number={order['id']}", 303)


def ship(order_id: str) -> Response:
    return _ship_page(order_id, Entered())


def send(order_id: str) -> Response:
    """A despatch advice over the schedules that were given a quantity."""
    if sent := done_before():
        return redirect(f"/shipments/{sent['despatchAdvice']['id']}?done=sent", 303)
    values = request.form.to_dict()
    chosen = shipping.open_orders(order_id, request.form.getlist("with"))
    if "show" in values:
        return _ship_page(order_id, Entered(values))
    made = shipping.told(chosen.orders, values)
    errors = made.errors
    if not errors:
        payload, refused = act("send_despatch_advice", made.input)
        errors = renamed(refused, made.names)
    if errors:
        return _ship_page(order_id, Entered(values, errors))
    return redirect(f"/shipments/{payload['despatchAdvice']['id']}?done=sent", 303)


def _ship_page(order_id: str, entered: Entered) -> Response:
    order = orders.head(order_id)
    wanted = request.form.getlist("with") or request.args.getlist("with")
    chosen = shipping.open_orders(order_id, wanted)
    today = clock.today_of(clock.now())
    values = {**shipping.prefilled(chosen.orders, today), **entered.values}
    body = render_template(
        "suppliers/ship.html", order=order, chosen=chosen, v=values, errors=entered.errors, words=words,
        shipping=shipping, may="sendDespatchAdvice" in order["openVerbs"], as_of=clock.now(),
    )  # fmt: skip
    return make_response(body, entered.status)
