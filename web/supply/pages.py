"""Supply links: what waits for one's answer, all of one's own, one of them with what it rests on, and proposals."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.chains.drawing import witnesses
from web.supply import words
from web.trade.entering import Entered, version_of

PAGE_SIZE, WAITING, MOST = 50, 20, 100
FILTERS = ("state", "basis", "side", "partner", "stale")


def blueprint() -> Blueprint:
    made = Blueprint("supply", __name__)
    made.before_request(_of_a_firm)
    made.add_url_rule("/links", "list", links)
    made.add_url_rule("/links", "propose", propose, methods=["POST"])
    made.add_url_rule("/links/<link_id>", "link", link)
    made.add_url_rule("/links/<link_id>/<what>", "say", say, methods=["POST"])
    made.add_url_rule("/links/proposals/<proposal_id>/<what>", "answer", answer, methods=["POST"])
    return made


def _of_a_firm() -> None:
    """Raises NotFound for whoever acts for no firm."""
    if seated.person() is not None:
        seated.of_a_firm()


def links() -> Response:
    return _list(Entered())


def propose() -> Response:
    """Say to a firm one does not know, or of an item one cannot name, that there is a link."""
    values = request.form.to_dict()
    names = ("side", "chainId", "partnerId", "code", "itemId", "itemText", "buyerNumber")
    given = {name: values[name].strip() for name in names if values.get(name, "").strip()}
    _payload, refused = act("propose_supply_link", given)
    if refused:
        return _list(Entered(values, refused), form="propose")
    return redirect("/links?done=proposed#proposals", 303)


SAID = {
    "confirm": ("confirm_supply_link", ("siteId", "shareBand")), "dispute": ("dispute_supply_link", ("reason", "note")),
    "restate": ("restate_supply_link", ("buyerNumber", "supplierSiteId", "buyerSiteId")),
    "share": ("state_share_band", ("shareBand",)), "end": ("end_supply_link", ()),
}  # fmt: skip


def say(link_id: str, what: str) -> Response:
    """An end says something of a link; back to where the form stood."""
    if what not in SAID:
        raise NotFound
    values = request.form.to_dict()
    verb, names = SAID[what]
    told: dict[str, Any] = {"linkId": link_id, "expectedVersion": version_of(values, "expectedVersion")}
    told |= {name: values[name].strip() for name in names if values.get(name, "").strip()}
    if what == "share":
        told["shown"] = "shown" in values
    _payload, refused = act(verb, told)
    from_list = values.get("back") == "list"
    if refused:
        entered = Entered(values, refused)
        return _list(entered, form=link_id) if from_list else _link(link_id, entered, form=what)
    return redirect(f"/links?done={what}" if from_list else f"/links/{link_id}?done={what}", 303)


ANSWERED = {
    "accept": ("accept_link_proposal", ("itemId", "siteId")), "decline": ("decline_link_proposal", ("reason",)),
    "withdraw": ("withdraw_link_proposal", ()),
}  # fmt: skip


def answer(proposal_id: str, what: str) -> Response:
    if what not in ANSWERED:
        raise NotFound
    values = request.form.to_dict()
    verb, names = ANSWERED[what]
    told = {name: values[name].strip() for name in names if values.get(name, "").strip()}
    _payload, refused = act(verb, {"proposalId": proposal_id} | told)
    if refused:
        return _list(Entered(values, refused), form=proposal_id)
    return redirect(f"/links?done={what}", 303)


def link(link_id: str) -> Response:
    return _link(link_id, Entered())


def _link(link_id: str, entered: Entered, form: str = "") -> Response:
    found = ask("link_page", id=link_id)
    one = found["node"]
    if one is None or "confidence" not in one:
        raise NotFound
    today = clock.today_of(clock.now())
    mine = _sites(found["viewer"]) if one["side"] else []
    body = render_template(
        "links/link.html", link=one, viewer=found["viewer"], witnesses=witnesses(one, today), sites=mine, words=words,
        v=entered.values, errors=entered.errors, stale=entered.is_stale, form=form, done=request.args.get("done", ""),
        history=ask("history_page", id=link_id, newestFirst=True, first=20)["history"]["nodes"], today=today,
    )  # fmt: skip
    return make_response(body, entered.status)


def _list(entered: Entered, form: str = "") -> Response:
    args = request.args if request.method == "GET" else {}
    asked = {name: args.get(name, "") for name in FILTERS}
    waiting = ask("links_page", filter={"awaitsMe": True}, first=WAITING)
    disputed = ask("links_page", filter={"disputed": True}, first=WAITING)["supplyLinks"]["nodes"]
    found = ask("links_page", filter=_filter(asked), first=PAGE_SIZE, after=args.get("after"))
    proposals = ask("link_proposals", first=PAGE_SIZE)["linkProposals"]["nodes"]
    viewer = found["viewer"]
    mine = viewer["firm"]["id"]
    incoming = [p for p in proposals if p["incoming"] and p["openVerbs"]]
    body = render_template(
        "links/list.html", waiting=waiting["supplyLinks"], disputed=[x for x in disputed if not x["disclosed"]],
        incoming=incoming, sent=[p for p in proposals if not p["incoming"]], found=found["supplyLinks"], by=asked,
        viewer=viewer, words=words, today=clock.today_of(clock.now()), v=entered.values, errors=entered.errors, form=form,
        stale=entered.is_stale, sites=_sites(viewer) if waiting["supplyLinks"]["nodes"] or incoming else [],
        partners=[(f["id"], f["name"]) for f in ask("firms", first=MOST)["firms"]["nodes"] if f["id"] != mine],
        items=[(i["id"], f"{i['number']} {i['name']}") for i in ask("items", filter={"firmId": mine}, first=MOST)["items"]["nodes"]],
        chains=[(c["id"], c["name"]) for c in ask("chains")["chains"]["nodes"]], done=request.args.get("done", ""),
        witnesses=witnesses,
    )  # fmt: skip
    return make_response(body, entered.status)


def _filter(asked: dict[str, str]) -> dict[str, Any]:
    """What the address asks for; words nobody knows are left out."""
    given: dict[str, Any] = {}
    if asked["state"] in words.STATES:
        given["states"] = [asked["state"]]
    if asked["basis"] in words.BASES:
        given["basis"] = [asked["basis"]]
    if asked["side"] in words.SIDES:
        given["side"] = asked["side"]
    if asked["partner"]:
        given["partnerId"] = asked["partner"]
    if asked["stale"] == "1":
        given["stale"] = True
    return given


def _sites(viewer: Any) -> list[tuple[str, str]]:
    """One's own open sites."""
    mine = viewer["firm"]["id"]
    found = ask("sites", filter={"firmId": mine, "openOnly": True}, first=MOST)["sites"]["nodes"]
    return [(s["id"], f"{s['code']} {s['name']}") for s in found]
