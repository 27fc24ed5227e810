"""The sharing pages: who sees what until when, grants and figures for one partner, the terms, one's own figures."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.sharing import words
from web.trade.entering import Complaint, Entered, complaint, day, figure, needed

PAGE_SIZE, MOST = 20, 100


def blueprint() -> Blueprint:
    made = Blueprint("sharing", __name__)
    made.add_url_rule("/sharing", "overview", overview)
    made.add_url_rule("/sharing/figures", "figures", figures)
    made.add_url_rule("/sharing/figures", "state", state, methods=["POST"])
    made.add_url_rule("/sharing/with/<firm_id>", "partner", partner)
    made.add_url_rule("/sharing/with/<firm_id>/grants", "grant", grant, methods=["POST"])
    made.add_url_rule("/sharing/with/<firm_id>/grants/<grant_id>/revoke", "revoke", revoke, methods=["POST"])
    made.add_url_rule("/sharing/with/<firm_id>/links/<disclosure_id>/revoke", "hide", hide, methods=["POST"])
    made.add_url_rule("/sharing/with/<firm_id>/figures", "allocate", allocate, methods=["POST"])
    made.add_url_rule("/sharing/with/<firm_id>/figures/<figure_id>/withdraw", "unset", unset, methods=["POST"])
    made.add_url_rule("/sharing/with/<firm_id>/terms", "terms", terms)
    made.add_url_rule("/sharing/with/<firm_id>/terms", "agree", agree, methods=["POST"])
    return made


def overview() -> str:
    """Every partner: what it sees of us, what we see of it, how the terms stand."""
    found = ask("sharing_page", first=PAGE_SIZE, after=request.args.get("after"))
    mine = _mine(found)
    chains = {chain["id"]: chain["name"] for chain in found["chains"]["nodes"]}
    lists = ("accessGrants", "linkDisclosures", "allocatedFigures")
    return render_template(
        "sharing/overview.html", partners=[_said(pair, found, mine, chains) for pair in found["partnerTerms"]["nodes"]],
        page=found["partnerTerms"]["pageInfo"], total=found["partnerTerms"]["totalCount"], today=_today(), mine=mine,
        cut=any(found[name]["pageInfo"]["hasNextPage"] for name in lists),
    )  # fmt: skip


def _said(pair: dict[str, Any], found: dict[str, Any], mine: str, chains: dict[str, str]) -> dict[str, Any]:
    """One partner's part of the answer: sentences both ways."""
    firm, today = pair["partner"]["id"], _today()
    live = [d for d in found["linkDisclosures"]["nodes"] if not d["revoked"] and d["until"] >= today]

    def both(rows: list[dict[str, Any]], owner: str, viewer: str) -> list[dict[str, Any]]:
        return [
            r for r in rows if r["owner"] and r["viewer"] and (r["owner"]["id"], r["viewer"]["id"]) == (owner, viewer)
        ]

    def told(owner: str, viewer: str) -> list[str]:
        said = [words.disclosed(d, mine, chains) for d in both(live, owner, viewer)]
        return said + [words.granted(g, mine) for g in both(found["accessGrants"]["nodes"], owner, viewer)]

    def apart(owner: str, viewer: str) -> list[str]:
        rows = found["allocatedFigures"]["nodes"]
        return [words.set_apart(f) for f in rows if (f["owner"]["id"], f["partner"]["id"]) == (owner, viewer)]

    return {
        "terms": pair, "firm": pair["partner"], "sees": told(mine, firm), "shows": told(firm, mine),
        "given": apart(mine, firm), "got": apart(firm, mine),
    }  # fmt: skip


def partner(firm_id: str) -> Response:
    return _partner(firm_id, Entered())


def grant(firm_id: str) -> Response:
    """Let this partner see something of ours."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    until, reason = day(values, "until", errors), needed(values, "reason", errors)
    if not values.get("until"):
        errors.append(complaint("until", _("请填写此项")))
    scope, thing = values.get("scope", "ALL"), {}
    names = {"CHAIN": "chainId", "ITEM": "itemId"}
    if scope in names:
        thing = {names[scope]: needed(values, names[scope], errors)}
    if values.get("fieldClass") not in words.FIELD_CLASSES or values.get("level") not in words.LEVELS:
        errors.append(complaint("fieldClass", _("请填写此项")))
    if not errors:
        told = {"viewerId": firm_id, "fieldClass": values["fieldClass"], "level": values["level"], "scope": scope}
        _payload, errors = act("grant_access", told | thing | {"until": until, "reason": reason})
    return _done(firm_id, "granted", values, errors, "grant")


def revoke(firm_id: str, grant_id: str) -> Response:
    seated.of_a_firm()
    _payload, errors = act("revoke_access", {"grantId": grant_id})
    return _done(firm_id, "revoked", {}, errors)


def hide(firm_id: str, disclosure_id: str) -> Response:
    """Take the upstream links back."""
    seated.of_a_firm()
    _payload, errors = act("revoke_disclosure", {"disclosureId": disclosure_id})
    return _done(firm_id, "revoked", {}, errors)


def allocate(firm_id: str) -> Response:
    """Set a figure apart for this partner."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    told: dict[str, Any] = {"partnerId": firm_id, "itemId": needed(values, "apart.itemId", errors)}
    kind = values.get("apart.kind", "")
    needed(values, "apart.quantity", errors)
    told |= {
        "quantity": figure(values, "apart.quantity", errors),
        "asOf": day(values, "apart.asOf", errors) or _today(),
    }
    if kind not in words.ALLOCATED:
        errors.append(complaint("apart.kind", _("请填写此项")))
    elif kind == "PLANNED_OUTPUT":
        told |= {"fromOn": day(values, "apart.fromOn", errors), "toOn": day(values, "apart.toOn", errors)}
    if not errors:
        _payload, refused = act("allocate_figure", told | {"kind": kind})
        errors = [e | {"fields": [f"apart.{f}" for f in e["fields"]]} for e in refused]
    return _done(firm_id, "allocated", values, errors, "apart")


def unset(firm_id: str, figure_id: str) -> Response:
    seated.of_a_firm()
    _payload, errors = act("withdraw_allocation", {"allocatedFigureId": figure_id})
    return _done(firm_id, "unset", {}, errors)


def _done(firm_id: str, what: str, values: dict[str, str], errors: list[Complaint], form: str = "") -> Response:
    if errors:
        return _partner(firm_id, Entered(values, errors), form)
    return redirect(f"/sharing/with/{firm_id}?done={what}", 303)


def _partner(firm_id: str, entered: Entered, form: str = "") -> Response:
    """``form``: which of the page's forms was sent, so that it stands open with its errors."""
    after = request.args.get("after")
    found = ask("sharing_partner_page", partnerId=firm_id, first=MOST, after=after)
    if found["termsWith"] is None:
        raise NotFound
    mine, today = _mine(found), _today()
    chains = {chain["id"]: chain["name"] for chain in found["chains"]["nodes"]}
    links = [d for d in found["linkDisclosures"]["nodes"] if firm_id in (d["owner"]["id"], d["viewer"]["id"])]
    own = [item for item in found["items"]["nodes"] if item["maker"]["id"] == mine]
    body = render_template(
        "sharing/partner.html", terms=found["termsWith"], firm=found["termsWith"]["partner"], mine=mine, today=today,
        grants=found["accessGrants"], links=links, figures=found["sharedFigures"]["nodes"], chains=chains,
        apart=found["allocatedFigures"]["nodes"], roles=set(found["viewer"]["roles"]), words=words, v=entered.values,
        errors=entered.errors, form=form, done=request.args.get("done", ""), last=_a_year_on(),
        own=[(item["id"], f"{item['number']} {item['name']}") for item in own],
        items=[(item["id"], f"{item['number']} {item['name']}") for item in found["items"]["nodes"] if item["maker"]["id"] in (mine, firm_id)],
    )  # fmt: skip
    return make_response(body, entered.status)


def terms(firm_id: str) -> Response:
    return _terms(firm_id, Entered())


def agree(firm_id: str) -> Response:
    """Accept, decline, withdraw or propose, by the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    told: dict[str, Any] = {"partnerId": firm_id}
    verb = values.get("do", "")
    if verb == "accept_terms":
        told["sha256"] = values.get("sha256", "")
    elif verb == "propose_terms":
        text = needed(values, "text", errors).replace("\r\n", "\n")
        needed(values, "effectiveOn", errors)
        told |= {"text": text, "effectiveOn": day(values, "effectiveOn", errors)}
    elif verb not in ("decline_terms", "withdraw_terms"):
        raise NotFound
    if not errors:
        _payload, errors = act(verb, told, step=f"-{verb}")
    if errors:
        return _terms(firm_id, Entered(values, errors))
    return redirect(f"/sharing/with/{firm_id}/terms?done={verb}", 303)


def _terms(firm_id: str, entered: Entered) -> Response:
    found = ask("sharing_terms_page", partnerId=firm_id, first=PAGE_SIZE, after=request.args.get("after"))
    if found["termsWith"] is None:
        raise NotFound
    body = render_template(
        "sharing/terms.html", pair=found["termsWith"], firm=found["termsWith"]["partner"], versions=found["termsVersions"],
        standard=found["standardTerms"], mine=_mine(found), v=entered.values, errors=entered.errors, words=words,
        stale=entered.is_stale, done=request.args.get("done", ""), today=_today(),
    )  # fmt: skip
    return make_response(body, entered.status)


def figures() -> Response:
    return _figures(Entered())


def state() -> Response:
    """State a figure of an item of ours."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    needed(values, "value", errors)
    told = {"itemId": needed(values, "itemId", errors), "value": figure(values, "value", errors)}
    kind = values.get("kind", "")
    if kind not in words.STATED:
        errors.append(complaint("kind", _("请填写此项")))
    elif kind != "MONTHLY_CAPACITY":
        told["currency"] = values.get("currency", "").strip().upper() or "CNY"
    if not errors:
        _payload, errors = act("state_figure", told | {"kind": kind})
    if errors:
        return _figures(Entered(values, errors))
    return redirect("/sharing/figures?done=stated", 303)


def _figures(entered: Entered) -> Response:
    mine = _mine(ask("viewer"))
    found = ask("sharing_figures_page", filter={"ownerId": mine}, first=MOST, after=request.args.get("after"))
    body = render_template(
        "sharing/figures.html", figures=found["sharedFigures"], edges=found["bandEdges"], words=words, v=entered.values,
        items=[(i["id"], f"{i['number']} {i['name']}") for i in found["items"]["nodes"] if i["maker"]["id"] == mine],
        roles=set(found["viewer"]["roles"]), errors=entered.errors, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)


def _mine(found: dict[str, Any]) -> str:
    """The id of one's own firm. Raises NotFound for who has none."""
    if found["viewer"] is None or found["viewer"]["firm"] is None:
        raise NotFound
    return str(found["viewer"]["firm"]["id"])


def _today() -> str:
    return str(clock.today_of(clock.now()))


def _a_year_on() -> str:
    today = clock.today_of(clock.now())
    return str(today.replace(year=today.year + 1, day=min(today.day, 28)))
