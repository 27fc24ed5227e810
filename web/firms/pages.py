"""The firms one deals with, the card of one, and what its own people change on it."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web.ask import act, ask
from web.drawings.prefectures import PrefectureFigure, jiangsu
from web.firms import words
from web.trade import words as trade_words
from web.trade.entering import Complaint, Entered, renamed, version_of

PAGE_SIZE = 50
CARD, SITE = ("nameEn", "makes"), ("code", "name", "prefecture", "address")


def blueprint() -> Blueprint:
    made = Blueprint("firms", __name__)
    made.add_url_rule("/firms", "list", firms)
    made.add_url_rule("/firms/<firm_id>", "card", card)
    made.add_url_rule("/firms/<firm_id>", "change", change, methods=["POST"])
    made.add_url_rule("/firms/<firm_id>/sites", "add_site", add_site, methods=["POST"])
    made.add_url_rule("/firms/<firm_id>/sites/<site_id>", "site", change_site, methods=["POST"])
    return made


def firms() -> str:
    """Partners, and one's own firm; sought by name, code or what they make."""
    text, place = request.args.get("text", "").strip(), request.args.get("prefecture", "")
    given = ({"text": text} if text else {}) | ({"prefecture": place} if place in words.PREFECTURES else {})
    found = ask("firms_page", filter=given, first=PAGE_SIZE, after=request.args.get("after"))
    return render_template(
        "firms/list.html", found=found["firms"], viewer=found["viewer"], text=text, place=place, words=words
    )


def card(firm_id: str) -> Response:
    return _card(firm_id, Entered())


def change(firm_id: str) -> Response:
    """What its own people, or the operator, mend on the card."""
    values, given = _sent("card", "name", "prefecture", *CARD)
    payload, refused = act("change_firm", {"firmId": firm_id, "expectedVersion": version_of(values)} | given)
    if refused:
        return _card(firm_id, Entered(values, _renamed(refused, "card", given)), form="card")
    return redirect(f"/firms/{payload['firm']['id']}?done=changed", 303)


def add_site(firm_id: str) -> Response:
    values, given = _sent("new", *SITE)
    _payload, refused = act("add_site", {"firmId": firm_id} | given)
    if refused:
        return _card(firm_id, Entered(values, _renamed(refused, "new", given)), form="new")
    return redirect(f"/firms/{firm_id}?done=site#sites", 303)


def change_site(firm_id: str, site_id: str) -> Response:
    """Mend or close a site by the button that was pressed."""
    values, given = _sent(site_id, *SITE[1:])
    told = {"siteId": site_id, "expectedVersion": version_of(values)}
    if values.get("do") == "close":
        _payload, refused = act("close_site", told, step="-close")
    else:
        _payload, refused = act("change_site", told | given)
    if refused:
        return _card(firm_id, Entered(values, _renamed(refused, site_id, given)), form=site_id)
    return redirect(f"/firms/{firm_id}?done=site#sites", 303)


def _sent(form: str, *names: str) -> tuple[dict[str, str], dict[str, str]]:
    """(the form as it came, its inputs by their names in the API): each form's fields begin with its own name."""
    values = request.form.to_dict()
    return values, {name: values[f"{form}.{name}"].strip() for name in names if f"{form}.{name}" in values}


def _renamed(refused: list[Complaint], form: str, given: dict[str, str]) -> list[Complaint]:
    return renamed(refused, {name: f"{form}.{name}" for name in given} | {"expectedVersion": "expectedVersion"})


def _card(firm_id: str, entered: Entered, form: str = "") -> Response:
    """``form``: which form of the page was sent, so that its errors stand there."""
    found = ask("firm_page", id=firm_id)
    firm = found["node"]
    if firm is None or "name" not in firm:
        raise NotFound
    if firm["id"] != firm_id:
        return redirect(f"/firms/{firm['id']}?done=merged", 303)
    body = render_template(
        "firms/card.html", firm=firm, sites=found["sites"]["nodes"], items=found["items"], viewer=found["viewer"],
        own=found["viewer"]["firm"] is not None and found["viewer"]["firm"]["id"] == firm["id"],
        chart=jiangsu(), places=_places(firm, found["sites"]["nodes"]), v=entered.values, errors=entered.errors,
        stale=entered.is_stale, form=form, words=words, done=request.args.get("done", ""), trade_words=trade_words,
    )  # fmt: skip
    return make_response(body, entered.status)


def _places(firm: dict[str, Any], sites: list[dict[str, Any]]) -> list[PrefectureFigure]:
    """Where the firm is: its seat, and its open sites by prefecture."""
    counted: dict[str, int] = {firm["prefecture"]: 0}
    for site in sites:
        if site["closedOn"] is None:
            counted[site["prefecture"]] = counted.get(site["prefecture"], 0) + 1
    return [
        PrefectureFigure(
            code, "#sites", None, None, None, words=str(count) if count else "●", told=str(count), shade=2 if count else 1
        )
        for code, count in counted.items()
    ]  # fmt: skip
