"""Joint purchasing: the list, one pool as its organiser and as a member sees it, opening one."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.formats import unit_code
from web.pooling import words
from web.sourcing import asking
from web.sourcing.choosing import all_of, partners, ticked
from web.sourcing.words import incoterm, incoterms, moment
from web.trade.entering import Complaint, Entered, Values, complaint, day, figure, needed, renamed, version_of, written

PAGE_SIZE = 20
JOINED = {"quantity": "quantity", "baselinePrice": "baselinePrice"}
SOURCED = {"number": "rfqNumber", "closesAt": "closesOn", "awardBy": "awardBy", "inviteeIds": "inviteeIds"}
AWARDED = {"quotationLineId": "offer", "quantity": "awardQuantity", "reason": "awardReason"}
ORDERED = {"number": "orderNumber", "wantedOn": "wantedOn"}
OPENED = (
    "number",
    "title",
    "standard",
    "note",
    "unit",
    "currency",
    "incoterm",
    "rule",
    "wantedOn",
    "guaranteed",
    "shareStep",
    "tiers",
    "memberIds",
)


def blueprint() -> Blueprint:
    made = Blueprint("pooling", __name__)
    made.add_url_rule("/pools", "list", pools)
    made.add_url_rule("/pools/new", "new", new)
    made.add_url_rule("/pools/new", "open", open_pool, methods=["POST"])
    made.add_url_rule("/pools/<pool_id>", "pool", one)
    made.add_url_rule("/pools/<pool_id>", "act_on", act_on, methods=["POST"])
    return made


def pools() -> str:
    """Those we organise or are asked into: newest first."""
    seated.of_a_firm()
    found = ask("pools", first=PAGE_SIZE, after=request.args.get("after"))["pools"]
    return render_template("pooling/list.html", found=found, words=words, roles=set(ask("viewer")["viewer"]["roles"]))


def one(pool_id: str) -> Response:
    return _page(pool_id, Entered())


def _page(pool_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    pool = ask("pool_page", id=pool_id)["pool"]
    if not pool:
        raise NotFound
    sourcing = "sourcePool" in pool["openVerbs"]
    rfq = pool["rfq"]
    offers = rfq["comparison"][0]["offers"] if rfq and rfq["state"] == "CLOSED" and rfq["comparison"] else []
    body = render_template(
        "pooling/one.html", p=pool, words=words, incoterm=incoterm, offers=[o for o in offers if o["cost"]], done=request.args.get("done", ""),
        v=entered.values or asking.blank(), errors=entered.errors, stale=entered.is_stale,
        partners=partners(ask("viewer")["viewer"]["firm"]["id"]) if sourcing else [],
    )  # fmt: skip
    return make_response(body, entered.status)


def act_on(pool_id: str) -> Response:
    """By the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    wish, told = values.get("do", ""), {"poolId": pool_id}
    if wish not in ACTS:
        raise NotFound
    verb, given_by, names = ACTS[wish]
    given = given_by(values, errors)
    if wish in VERSIONED:
        given |= {"expectedVersion": version_of(values)}
    if not errors:
        _payload, refused = act(verb, told | given, step=f"-{wish}")
        errors = renamed(refused, names | {f"inviteeIds.{n}": "inviteeIds" for n in range(50)})
    if errors:
        return _page(pool_id, Entered(values, errors))
    return redirect(f"/pools/{pool_id}?done={wish}", 303)


def _joining(values: Values, errors: list[Complaint]) -> dict[str, Any]:
    quantity = needed(values, "quantity", errors) and figure(values, "quantity", errors)
    return {"quantity": quantity, "baselinePrice": figure(values, "baselinePrice", errors)}


def _nothing(_values: Values, _errors: list[Complaint]) -> dict[str, Any]:
    return {}


def _reason(values: Values, errors: list[Complaint]) -> dict[str, Any]:
    return {"reason": needed(values, "reason", errors)}


def _sourcing(values: Values, errors: list[Complaint]) -> dict[str, Any]:
    number = {"number": needed(values, "rfqNumber", errors)}
    return number | asking.times(values, errors) | {"inviteeIds": ticked(values)}


def _awarding(values: Values, errors: list[Complaint]) -> dict[str, Any]:
    return {
        "quotationLineId": needed(values, "offer", errors), "quantity": figure(values, "awardQuantity", errors),
        "reason": values.get("awardReason", ""),
    }  # fmt: skip


def _ordering(values: Values, errors: list[Complaint]) -> dict[str, Any]:
    return {"number": needed(values, "orderNumber", errors), "wantedOn": day(values, "wantedOn", errors)}


ACTS: dict[str, Any] = {
    "join": ("join_pool", _joining, JOINED), "decline": ("decline_pool", _nothing, {}), "leave": ("leave_pool", _nothing, {}),
    "source": ("source_pool", _sourcing, SOURCED), "award": ("award_pool", _awarding, AWARDED),
    "order": ("order_pool_share", _ordering, ORDERED), "cancel": ("cancel_pool", _reason, {"reason": "reason"}),
}  # fmt: skip
"""Button -> the act, what of the form it sends, the API's fields under the form's names."""
VERSIONED = ("source", "award", "order", "cancel")


def new() -> Response:
    return _form(Entered(asking.blank() | {"rule": "PRO_RATA", "shareStep": "1", "unit": "C62"}))


def _form(entered: Entered) -> Response:
    seated.of_a_firm()
    viewer = ask("viewer")["viewer"]
    body = render_template(
        "pooling/form.html", v=entered.values, errors=entered.errors, words=words, incoterms=incoterms(), firms=all_of("firms"),
        own=viewer["firm"]["id"], roles=set(viewer["roles"]),
    )  # fmt: skip
    return make_response(body, entered.status)


def open_pool() -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    members = ticked(values)
    given = {
        "number": needed(values, "number", errors), "title": needed(values, "title", errors), "standard": written(values, "standard"),
        "note": values.get("note", ""), "unit": unit_code(needed(values, "unit", errors)), "currency": needed(values, "currency", errors),
        "incoterm": values.get("incoterm") or "DAP", "rule": values.get("rule") or "PRO_RATA",
        "wantedOn": needed(values, "wantedOn", errors) and day(values, "wantedOn", errors),
        "closesAt": needed(values, "closesOn", errors) and moment(values, "closesOn", "closesAt", errors),
        "guaranteed": figure(values, "guaranteed", errors), "shareStep": figure(values, "shareStep", errors),
        "tiers": _tiers(values, errors), "memberIds": members,
    }  # fmt: skip
    if not errors:
        payload, refused = act("open_pool", {name: said for name, said in given.items() if said is not None})
        if not refused:
            return redirect(f"/pools/{payload['pool']['id']}?done=open", 303)
        names = {name: name for name in OPENED} | {"closesAt": "closesOn"}
        errors = renamed(refused, names | {f"memberIds.{n}": "memberIds" for n in range(len(members))})
    return _form(Entered(values, errors))


def _tiers(values: Values, errors: list[Complaint]) -> list[str]:
    """One total a line, or several on one line."""
    found = list[str]()
    for said in written(values, "tiers").replace("，", " ").replace("、", " ").replace(",", " ").split():
        tier = figure({"tiers": said}, "tiers", errors)
        if tier is None:
            return []
        found.append(tier)
    if len(found) > 10:
        errors.append(complaint("tiers", _("最多 10 档")))
    return found
