"""Plans: explode one, read what it needs, see what customers' plans ask of one's firm."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.items.bills import find
from web.items.entering import read_plan, refused
from web.trade import words
from web.trade.entering import Entered

PAGE_SIZE = 50


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/plans", "plans", plans)
    made.add_url_rule("/plans", "explode", explode, methods=["POST"])
    made.add_url_rule("/plans/<plan_id>", "plan", plan)
    made.add_url_rule("/plans/<plan_id>/withdraw", "withdraw", withdraw, methods=["POST"])


def plans() -> Response:
    return _plans(Entered())


def _plans(entered: Entered) -> Response:
    answer = ask("plans_page", first=20, after=request.args.get("after"))
    page = render_template(
        "items/plans.html", found=answer["explosions"], needs=answer["materialNeeds"], items=answer["items"]["nodes"],
        may="PLANNER" in answer["viewer"]["roles"], words=words, v=entered.values, errors=entered.errors,
        today=str(clock.today_of(clock.now())), done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(page, entered.status)


def explode() -> Response:
    seated.of_a_firm()
    read = read_plan(request.form, find)
    errors = read.errors
    if not errors:
        payload, errors = act("explode_plan", read.input)
    if errors:
        return _plans(Entered(request.form, refused(errors, "explode_plan")))
    return redirect(f"/plans/{payload['explosion']['id']}", 303)


def plan(plan_id: str) -> Response:
    return _plan(plan_id, Entered())


def _plan(plan_id: str, entered: Entered) -> Response:
    answer = ask("plan_page", id=plan_id, first=PAGE_SIZE, after=request.args.get("after"))
    if not answer["node"] or "job" not in answer["node"]:
        raise NotFound
    page = render_template(
        "items/plan.html", plan=answer["node"], needs=answer["materialNeeds"], errors=entered.errors,
    )  # fmt: skip
    return make_response(page, entered.status)


def withdraw(plan_id: str) -> Response:
    seated.of_a_firm()
    _payload, errors = act("withdraw_plan", {"explosionId": plan_id})
    if errors:
        return _plan(plan_id, Entered(request.form, errors))
    return redirect("/plans?done=withdrawn", 303)
