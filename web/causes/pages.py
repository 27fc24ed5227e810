"""Missed deliveries: those with and without an agreed cause, causes summed by partner, one with what both say."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.causes import words
from web.trade.entering import Complaint, Entered, needed, renamed, version_of
from web.trade.sides import side_asked

PAGE_SIZE, OF_ORDER = 20, 100
VIEWS = {"open": "OPEN", "agreed": "AGREED", "all": None}


def blueprint() -> Blueprint:
    made = Blueprint("causes", __name__)
    made.add_url_rule("/causes", "causes", causes)
    made.add_url_rule("/causes/<record_id>", "cause", one)
    made.add_url_rule("/causes/<record_id>", "act_on", act_on, methods=["POST"])
    made.app_context_processor(lambda: {"misses_of": misses_of, "misses_with": misses_with, "cause_words": words})
    return made


def misses_of(order_id: str) -> list[dict[str, Any]]:
    """For the page of an order: its missed days, by line."""
    found: list[dict[str, Any]] = ask(
        "cause_records", filter={"orderId": order_id}, counted={"orderId": order_id}, first=OF_ORDER
    )["causeRecords"]["nodes"]
    return sorted(found, key=lambda one: (one["orderLine"]["number"], one["dueOn"]))


def misses_with(side: str, partner_id: str) -> dict[str, int]:
    """For a scorecard: how many misses with a partner have an agreed cause, and how many none."""
    counted = {"side": side, "partnerId": partner_id}
    found = ask("cause_records", filter=counted, counted=counted, first=0)["causeCounts"]
    return {one["state"]: one["misses"] for one in found}


def causes() -> str:
    seated.of_a_firm()
    side = side_asked()
    view = request.args.get("show", "open")
    view = view if view in VIEWS else "open"
    partner = request.args.get("partner", "")
    counted = {"side": side} | ({"partnerId": partner} if partner else {})
    asked = counted | ({"state": VIEWS[view]} if VIEWS[view] else {})
    found = ask("cause_records", filter=asked, counted=counted, first=PAGE_SIZE, after=request.args.get("after"))
    counts = {one["state"]: one["misses"] for one in found["causeCounts"]}
    totals = ask("cause_totals", side=side, partnerId=partner or None)["causeTotals"]
    return render_template(
        "causes/list.html", found=found["causeRecords"], side=side, view=view, partner=partner, words=words, totals=totals,
        counts={"open": counts["OPEN"], "agreed": counts["AGREED"], "all": sum(counts.values())},
    )  # fmt: skip


def one(record_id: str) -> Response:
    return _page(record_id, Entered())


def _page(record_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    found = ask("cause_page", id=record_id)["causeRecord"]
    if not found:
        raise NotFound
    standing = {said["side"]: said for said in found["stated"]}
    theirs = standing.get("SELLER" if found["side"] == "BUYER" else "BUYER")
    body = render_template(
        "causes/one.html", c=found, theirs=theirs, words=words, v=entered.values, errors=entered.errors,
        stale=entered.is_stale, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)


def act_on(record_id: str) -> Response:
    """State a cause, agree to the other's, or ask to open an agreed one again: by the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    wish = values.get("do", "")
    given: dict[str, Any] = {"recordId": record_id, "expectedVersion": version_of(values)}
    names = {"cause": "cause", "party": "party", "note": "note"}
    if wish == "state":
        verb = "state_cause"
        given |= {name: needed(values, name, errors) for name in names}
    elif wish == "agree":
        verb, names = "agree_to_cause", {"note": "agreeNote"}
        given |= {"statedCauseId": values.get("stated", ""), "note": values.get("agreeNote", "")}
    elif wish == "reopen":
        verb = "reopen_cause"
    else:
        raise NotFound
    if not errors:
        _payload, refused = act(verb, given, step=f"-{wish}")
        errors = renamed(refused, names)
    if errors:
        return _page(record_id, Entered(values, errors))
    return redirect(f"/causes/{record_id}?done={wish}", 303)
