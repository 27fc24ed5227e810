"""Who sees a firm's links: let a partner look upstream until a day, take it back, declare a link of one's own."""

from datetime import date
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask

MOST = 100


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/<chain_id>/disclosures", "disclosures", show)
    made.add_url_rule("/chains/<chain_id>/disclosures", "disclose", disclose, methods=["POST"])
    made.add_url_rule("/chains/<chain_id>/disclosures/<disclosure_id>/revoke", "revoke", revoke, methods=["POST"])
    made.add_url_rule("/chains/<chain_id>/links", "declare", declare, methods=["POST"])
    made.add_url_rule("/chains/<chain_id>/naming", "consent", consent, methods=["POST"])
    made.add_url_rule("/chains/<chain_id>/naming/<consent_id>/revoke", "unname", unname, methods=["POST"])


def show(chain_id: str) -> str:
    return _page(chain_id, {}, [])


def disclose(chain_id: str) -> Response:
    """Let a partner look."""
    seated.of_a_firm()
    given = {name: request.form.get(name, "").strip() for name in ("viewerId", "until")}
    errors = _empty(given)
    if not errors:
        _payload, errors = act("disclose_links", given | {"chainId": chain_id})
    return _done(chain_id, "disclosed", given, errors)


def revoke(chain_id: str, disclosure_id: str) -> Response:
    seated.of_a_firm()
    _payload, errors = act("revoke_disclosure", {"disclosureId": disclosure_id})
    return _done(chain_id, "revoked", {}, errors)


def declare(chain_id: str) -> Response:
    """The maker of an item says whom it supplies with it."""
    seated.of_a_firm()
    given = {name: request.form.get(name, "").strip() for name in ("itemId", "buyerId", "buyerNumber")}
    errors = _empty({name: given[name] for name in ("itemId", "buyerId")})
    if not errors:
        told = {name: value for name, value in given.items() if value}
        _payload, errors = act("declare_supply_link", told | {"chainId": chain_id})
    return _done(chain_id, "declared", given, errors)


def consent(chain_id: str) -> Response:
    """Let officials read our name at a stage."""
    seated.of_a_firm()
    given: dict[str, Any] = {name: request.form.get(name, "").strip() for name in ("stageId", "namedUntil")}
    errors = _empty(given)
    as_holder = "asHolder" in request.form
    if not errors:
        said = {"stageId": given["stageId"], "until": given["namedUntil"], "asHolder": as_holder}
        _payload, errors = act("consent_to_naming", said)
        errors = [one | {"fields": ["namedUntil" if f == "until" else f for f in one["fields"]]} for one in errors]
    return _done(chain_id, "named", given | {"asHolder": "1" if as_holder else ""}, errors)


def unname(chain_id: str, consent_id: str) -> Response:
    seated.of_a_firm()
    _payload, errors = act("revoke_naming", {"consentId": consent_id})
    return _done(chain_id, "unnamed", {}, errors)


def viewers_of(chain_id: str, on: date) -> list[dict[str, Any]]:
    """To whom my upstream links of a chain are open on a day."""
    given = ask("link_disclosures", first=MOST)["linkDisclosures"]["nodes"]
    mine = ask("viewer")["viewer"]["firm"]
    return [
        one
        for one in given
        if mine and one["owner"]["id"] == mine["id"] and one["chainId"] == chain_id
        and not one["revoked"] and one["until"] >= str(on)
    ]  # fmt: skip


def _empty(given: dict[str, str]) -> list[dict[str, Any]]:
    told = _("请填写此项")
    return [{"code": "INVALID", "message": told, "fields": [name], "rule": None} for name in given if not given[name]]


def _done(chain_id: str, what: str, given: dict[str, str], errors: list[dict[str, Any]]) -> Response:
    if errors:
        return make_response(_page(chain_id, given, errors), 422)
    return redirect(f"/chains/{chain_id}/disclosures?done={what}", 303)


def _page(chain_id: str, entered: dict[str, str], errors: list[dict[str, Any]]) -> str:
    viewer = ask("viewer")["viewer"]
    if viewer["firm"] is None:
        raise NotFound
    chain = next((c for c in ask("chains")["chains"]["nodes"] if c["id"] == chain_id), None)
    if chain is None:
        raise NotFound
    mine = viewer["firm"]["id"]
    found = ask("link_disclosures", first=MOST, after=request.args.get("after"))["linkDisclosures"]
    here = [one for one in found["nodes"] if one["chainId"] == chain_id]
    partners = [f for f in ask("firms", first=MOST)["firms"]["nodes"] if f["id"] != mine]
    items = ask("items", filter={"firmId": mine}, first=MOST)["items"]["nodes"]
    firm = ask("firm_page", id=mine)["node"]
    stages = [(s["id"], s["name"]) for s in firm["stages"] if s["chain"]["id"] == chain_id]
    named = ask("naming_consents", chainId=chain_id, first=MOST)["namingConsents"]["nodes"]
    return render_template(
        "chains/disclosures.html", chain=chain, given=[d for d in here if d["owner"]["id"] == mine],
        received=[d for d in here if d["viewer"]["id"] == mine], page=found["pageInfo"], shown=len(here),
        partners=[(f["id"], f["name"]) for f in partners], items=[(i["id"], f"{i['number']} {i['name']}") for i in items],
        entered=entered, errors=errors, roles=set(viewer["roles"]), today=str(clock.today_of(clock.now())),
        done=request.args.get("done", ""), stages=stages, named=named,
    )  # fmt: skip
