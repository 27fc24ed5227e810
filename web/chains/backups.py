"""备链: what one's firm buys in a chain, who could stand in, in how many days, and what one more source would buy."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import DomainError, NotFound
from web import seated
from web.ask import act, ask
from web.chains import backup_words as words
from web.trade.entering import Complaint, Entered, figure, renamed, version_of, whole

MOST = 100
KEEPERS = {"BUYER", "PLANNER", "QUALITY", "LEAD"}
STEPS = {
    "qualify": "qualify_backup_source", "try": "begin_backup_trial", "ready": "confirm_backup_ready",
    "drop": "drop_backup_source",
}  # fmt: skip
FIELDS = {
    name: name for name in ("firmId", "workingName", "share", "rampDays", "essentiality", "recoverDays", *words.PARTS)
}


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/<chain_id>/backups", "backups", backups)
    made.add_url_rule("/chains/<chain_id>/backups", "record_backup", record, methods=["POST"])
    made.add_url_rule("/chains/<chain_id>/backups/essentiality", "say_essentiality", say, methods=["POST"])
    made.add_url_rule("/chains/<chain_id>/backups/recovery", "say_recovery", say_recovery, methods=["POST"])
    made.add_url_rule("/chains/<chain_id>/backups/<backup_id>", "backup", backup)
    made.add_url_rule("/chains/<chain_id>/backups/<backup_id>", "lead_backup", lead, methods=["POST"])


def backups(chain_id: str) -> Response:
    return _page(chain_id, request.args.get("link", ""), Entered())


def record(chain_id: str) -> Response:
    """Note a source for the link of the form."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    given = _figures(values, errors) | {"linkId": values.get("linkId", "")}
    if not errors:
        payload, refused = act("record_backup_source", given)
        if not refused:
            return redirect(f"/chains/{chain_id}/backups/{payload['backupSource']['id']}?done=recorded", 303)
        errors = renamed(refused, FIELDS)
    return _page(chain_id, values.get("linkId", ""), Entered(values, errors), form="record")


def say(chain_id: str) -> Response:
    """What a link means to one's firm, or nothing any more."""
    seated.of_a_firm()
    values = request.form.to_dict()
    link = values.get("linkId", "")
    if values.get("do") == "withdraw":
        _payload, refused = act("withdraw_link_essentiality", {"linkId": link}, step="-withdraw")
    else:
        said = values.get("essentiality", "")
        known = said if said in words.ESSENTIALITIES else "ESSENTIAL"
        _payload, refused = act("state_link_essentiality", {"linkId": link, "essentiality": known}, step="-state")
    if refused:
        return _page(chain_id, link, Entered(values, renamed(refused, FIELDS)), form="essentiality")
    return redirect(f"/chains/{chain_id}/backups?link={link}&done=essentiality#input", 303)


def say_recovery(chain_id: str) -> Response:
    """After how many days what a link brings is there again, or nothing any more."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    link = values.get("linkId", "")
    if values.get("do") == "withdraw":
        _payload, errors = act("withdraw_link_recovery", {"linkId": link}, step="-withdraw")
    else:
        days = whole(values, "recoverDays", errors)
        if not errors:
            _payload, errors = act("state_link_recovery", {"linkId": link, "recoverDays": days or 0}, step="-state")
    if errors:
        return _page(chain_id, link, Entered(values, renamed(errors, FIELDS)), form="recovery")
    return redirect(f"/chains/{chain_id}/backups?link={link}&done=recovery#input", 303)


def backup(chain_id: str, backup_id: str) -> Response:
    return _one(chain_id, backup_id, Entered())


def lead(chain_id: str, backup_id: str) -> Response:
    """State the figures anew, or take the next step: by the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    wish = values.get("do", "")
    told: dict[str, Any] = {"backupSourceId": backup_id, "expectedVersion": version_of(values)}
    if wish in STEPS:
        _payload, errors = act(STEPS[wish], told, step=f"-{wish}")
    else:
        figures = _figures(values, errors)
        if not errors:
            _payload, errors = act("change_backup_source", told | figures, step="-change")
    if errors:
        return _one(chain_id, backup_id, Entered(values, renamed(errors, FIELDS)))
    return redirect(f"/chains/{chain_id}/backups/{backup_id}?done={wish if wish in STEPS else 'changed'}", 303)


def _figures(values: dict[str, str], errors: list[Complaint]) -> dict[str, Any]:
    """A form's figures as the API takes them; a field left empty is not said. The share is typed in per cent."""
    share = figure(values, "share", errors)
    days = {name: whole(values, name, errors) for name in ("rampDays", *words.PARTS)}
    named = {name: values[name].strip() for name in ("firmId", "workingName") if values.get(name, "").strip()}
    return {"share": float(share or 100) / 100} | named | {name: n for name, n in days.items() if n is not None}


def _page(chain_id: str, link_id: str, entered: Entered, *, form: str = "") -> Response:
    """Raises NotFound for officials, who have figures of their own, and for a link that is not among what is bought."""
    seated.of_a_firm()
    found = ask("backup_coverage", chainId=chain_id)["backupCoverage"]
    if found is None:
        raise NotFound
    links = {link["id"]: (one, link) for one in found["inputs"] for link in one["links"]}
    if link_id and link_id not in links:
        raise NotFound
    bought, complaints = _bought(chain_id, link_id)
    viewer = ask("viewer")["viewer"]
    body = render_template(
        "chains/backups.html", c=found, chain=found["chain"], words=words, chosen=links.get(link_id), form=form,
        partners=_partners(viewer, links[link_id][1] if link_id else None), v=entered.values,
        errors=[*entered.errors, *complaints], bought=bought, keeps=KEEPERS & set(viewer["roles"]),
        args=request.args, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)


def _partners(viewer: dict[str, Any], link: dict[str, Any] | None) -> list[tuple[str, str]]:
    """(id, name) of the firms one deals with, the present supplier left out; none where no link is chosen."""
    if link is None:
        return []
    known = ask("firms", first=MOST)["firms"]["nodes"]
    apart = {viewer["firm"]["id"], link["supplier"]["id"] if link["supplier"] else ""}
    return [(firm["id"], firm["name"]) for firm in known if firm["id"] not in apart]


def _bought(chain_id: str, link_id: str) -> tuple[Any, list[Complaint]]:
    """What the source in the address would buy; nothing where the address has none."""
    if not link_id or "buy" not in request.args:
        return None, []
    values, errors = request.args.to_dict(), list[Complaint]()
    share = figure(values, "buyShare", errors)
    days = {name: whole(values, name, errors) for name in ("readyInDays", "buyRampDays")}
    if errors:
        return None, errors
    asked = {
        "linkId": link_id, "share": float(share or 100) / 100, "readyInDays": days["readyInDays"] or 0,
        "rampDays": days["buyRampDays"] or 0, "withBackups": "alone" not in values,
    }  # fmt: skip
    try:
        return ask("second_source", chainId=chain_id, input=asked)["secondSource"], []
    except DomainError as refused:
        return None, [{"message": str(refused), "fields": [], "rule": None, "code": refused.code}]


def _one(chain_id: str, backup_id: str, entered: Entered) -> Response:
    """Raises NotFound, alike for hidden and made-up ones."""
    seated.of_a_firm()
    found = ask("backup_source_page", id=backup_id)["node"]
    if not found or "isApproved" not in found or (found["link"] and found["link"]["chain"]["id"] != chain_id):
        raise NotFound
    viewer = ask("viewer")["viewer"]
    body = render_template(
        "chains/backup.html", b=found, chain_id=chain_id, words=words, v=entered.values, errors=entered.errors,
        stale=entered.is_stale, done=request.args.get("done", ""),
        partners=[] if found["firm"] else _partners(viewer, found["link"]),
        history=ask("history_page", id=backup_id, first=MOST)["history"]["nodes"],
    )  # fmt: skip
    return make_response(body, entered.status)
