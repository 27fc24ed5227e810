"""Firms that have not joined: the buyer writes one down and what it orders there; one that has joined takes its orders over."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.firms.words import PREFECTURES
from web.formats import unit_code
from web.trade import words as trade_words
from web.trade.entering import Entered, renamed

FIRM, ITEM = ("name", "code", "prefecture"), ("stageId", "number", "name", "unit")


def blueprint() -> Blueprint:
    made = Blueprint("reaching", __name__)
    made.add_url_rule("/orders/by-link", "page", page)
    made.add_url_rule("/orders/by-link", "reach", reach, methods=["POST"])
    made.add_url_rule("/orders/by-link/<firm_id>", "firm", firm)
    made.add_url_rule("/orders/by-link/<firm_id>", "describe", describe, methods=["POST"])
    made.add_url_rule("/orders/by-link/<reached_id>/take-over", "take_over", take_over, methods=["POST"])
    return made


def page() -> Response:
    return _page(Entered())


def reach() -> Response:
    values = request.form.to_dict()
    payload, refused = act("reach_firm", {name: values.get(name, "").strip() for name in FIRM})
    if refused:
        return _page(Entered(values, renamed(refused, {name: name for name in FIRM})))
    return redirect(f"/orders/by-link/{payload['firm']['id']}", 303)


def take_over(reached_id: str) -> Response:
    _payload, refused = act("take_over_orders", {"reachedId": reached_id})
    if refused:
        return _page(Entered({}, renamed(refused, {})))
    return redirect("/orders?show=all&side=SELLER", 303)


def firm(firm_id: str) -> Response:
    return _firm(firm_id, Entered())


def describe(firm_id: str) -> Response:
    values = request.form.to_dict()
    given = {name: values.get(name, "").strip() for name in ITEM}
    given["unit"] = unit_code(given["unit"])
    _payload, refused = act("describe_item", given | {"firmId": firm_id})
    if refused:
        return _firm(firm_id, Entered(values, renamed(refused, {name: name for name in ITEM})))
    return redirect(f"/orders/by-link/{firm_id}?done=described", 303)


def _page(entered: Entered) -> Response:
    seated.of_a_firm()
    found = ask("orders_to_take_over", first=100)
    body = render_template(
        "guests/reaching.html", found=found["ordersToTakeOver"]["nodes"], roles=found["viewer"]["roles"],
        prefectures=PREFECTURES, v=entered.values, errors=entered.errors, words=trade_words,
    )  # fmt: skip
    return make_response(body, entered.status)


def _firm(firm_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    found = ask("firm_page", id=firm_id)
    reached: Any = found["node"]
    if reached is None or reached.get("standing") != "REACHED":
        raise NotFound
    chains = ask("chains")["chains"]["nodes"]
    stages = [(stage["id"], f"{chain['name']} · {stage['name']}") for chain in chains for stage in chain["stages"]]
    body = render_template(
        "guests/reached.html", firm=reached, items=found["items"]["nodes"], stages=stages, v=entered.values,
        errors=entered.errors, roles=found["viewer"]["roles"], words=trade_words, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)
