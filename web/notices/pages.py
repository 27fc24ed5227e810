"""Disruption notices: those sent and received, writing, opening, updating, resolving, passing on, reading, assessing."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.notices import words
from web.trade.entering import Complaint, Entered, complaint, day, needed, renamed, version_of, whole

PAGE_SIZE, MOST, PAGES = 20, 100, 5
FIELDS = ("cause", "effect", "startsOn", "expectedEndOn", "text", "leftPercent")
NAMED = {"site": "siteIds", "item": "itemIds", "to": "addresseeIds"}
"""Name of a box in the form -> the list it is one of."""


def blueprint() -> Blueprint:
    made = Blueprint("notices", __name__)
    made.add_url_rule("/notices", "list", notices)
    made.add_url_rule("/notices/new", "new", new)
    made.add_url_rule("/notices/new", "write", write, methods=["POST"])
    made.add_url_rule("/notices/<notice_id>", "notice", one)
    made.add_url_rule("/notices/<notice_id>", "answer", answer, methods=["POST"])
    made.add_url_rule("/notices/<notice_id>/edit", "edit", edit)
    made.add_url_rule("/notices/<notice_id>/edit", "save", save, methods=["POST"])
    made.add_url_rule("/notices/<notice_id>/forward", "forward", forward)
    made.add_url_rule("/notices/<notice_id>/forward", "pass_on", pass_on, methods=["POST"])
    return made


def notices() -> str:
    """Sent to us, or by us: newest first."""
    seated.of_a_firm()
    side = "SENDER" if request.args.get("side") == "sent" else "ADDRESSEE"
    asked: dict[str, Any] = {"side": side}
    if source := request.args.get("source"):
        asked = {"sourceDisruptionId": source}
    found = ask("disruption_notices", filter=asked, first=PAGE_SIZE, after=request.args.get("after"))
    return render_template("notices/list.html", found=found["disruptionNotices"], side=side, source=source, words=words)


def one(notice_id: str) -> Response:
    return _page(notice_id, Entered())


def answer(notice_id: str) -> Response:
    """Open, read, assess or resolve: by the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    told: dict[str, Any] = {"noticeId": notice_id}
    read = told | {"expectedVersion": version_of(values)}
    wish = values.get("do", "")
    if wish == "open":
        _payload, errors = act("open_disruption_notice", read, step="-open")
    elif wish == "read":
        _payload, errors = act("read_disruption_notice", told, step="-read")
    elif wish == "assess":
        if values.get("impact") not in words.IMPACTS:
            errors.append(complaint("impact", _("请选择一项")))
        else:
            given = read | {"impact": values["impact"], "note": values.get("note", "")}
            _payload, errors = act("assess_disruption_notice", given, step="-assess")
    else:
        text = needed(values, "text", errors)
        if not errors:
            _payload, errors = act("resolve_disruption_notice", read | {"text": text}, step="-resolve")
    if errors:
        return _page(notice_id, Entered(values, renamed(errors, {name: name for name in ("impact", "note", "text")})))
    return redirect(f"/notices/{notice_id}?done={wish or 'resolve'}", 303)


def _found(notice_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("disruption_notice_page", id=notice_id)["disruptionNotice"]
    if not found:
        raise NotFound
    return found


def _page(notice_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    notice = _found(notice_id)
    chains = ask("chains")["chains"]["nodes"]
    body = render_template(
        "notices/one.html", n=notice, words=words, trials=words.trials(notice, chains), v=entered.values,
        errors=entered.errors, stale=entered.is_stale, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)


def new() -> Response:
    return _form(Entered(), {})


def write() -> Response:
    """A draft."""
    return _sent("write_disruption_notice", {}, None)


def edit(notice_id: str) -> Response:
    """A draft, or what an open notice says, to be said anew."""
    notice = _found(notice_id)
    return _form(Entered(_values(notice)), notice)


def save(notice_id: str) -> Response:
    notice = _found(notice_id)
    told = {"noticeId": notice_id, "expectedVersion": version_of(request.form)}
    verb = "write_disruption_notice" if notice["state"] == "DRAFT" else "update_disruption_notice"
    return _sent(verb, told, notice)


def forward(notice_id: str) -> Response:
    """The same disruption to partners of ours: all of it but the words, the places and the things, which are ours."""
    notice = _found(notice_id)
    kept = {name: _values(notice)[name] for name in ("cause", "effect", "startsOn", "expectedEndOn")}
    return _form(Entered(kept), notice, passing=True)


def pass_on(notice_id: str) -> Response:
    return _sent("forward_disruption_notice", {"noticeId": notice_id}, _found(notice_id), passing=True)


def _values(notice: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the form of a notice."""
    values = {name: "" if notice[name] is None else str(notice[name]) for name in FIELDS}
    values |= {f"site.{site['siteId']}": "1" for site in notice["sites"]}
    values |= {f"item.{one['item']['id']}": "1" for one in notice["items"]}
    return values | {f"to.{told['firm']['id']}": "1" for told in notice["addressees"] if told["firm"]}


def _sent(verb: str, told: dict[str, Any], notice: Mapping[str, Any] | None, *, passing: bool = False) -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    given = told | {
        "cause": _chosen(values, "cause", words.CAUSES, errors), "effect": _chosen(values, "effect", words.EFFECTS, errors),
        "text": needed(values, "text", errors),
    }  # fmt: skip
    begins = needed(values, "startsOn", errors) and day(values, "startsOn", errors)
    given |= {"startsOn": begins, "expectedEndOn": day(values, "expectedEndOn", errors)}
    given |= {"leftPercent": whole(values, "leftPercent", errors)}
    for box, listed in NAMED.items():
        if listed != "addresseeIds" or verb != "update_disruption_notice":
            given[listed] = [name.removeprefix(f"{box}.") for name in values if name.startswith(f"{box}.")]
    if not errors:
        payload, refused = act(verb, given)
        if not refused:
            done = "update" if verb == "update_disruption_notice" else "written"
            return redirect(f"/notices/{payload['notice']['id']}?done={done}", 303)
        errors = renamed(refused, _places(given))
    return _form(Entered(values, errors), notice or {}, passing=passing)


def _chosen(values: Mapping[str, str], name: str, choices: tuple[str, ...], errors: list[Complaint]) -> str:
    code = values.get(name, "")
    if code not in choices:
        errors.append(complaint(name, _("请选择一项")))
    return code


def _places(given: Mapping[str, Any]) -> dict[str, str]:
    """The API's fields as the form calls them: a list by its heading, one of a list by its box."""
    found = {name: name for name in FIELDS} | {listed: listed for listed in NAMED.values()}
    for box, listed in NAMED.items():
        found |= {f"{listed}.{place}": f"{box}.{one}" for place, one in enumerate(given.get(listed, ()))}
    return found


def _form(entered: Entered, notice: Mapping[str, Any], *, passing: bool = False) -> Response:
    viewer = ask("viewer")["viewer"]
    seated.of_a_firm()
    own = viewer["firm"]["id"]
    body = render_template(
        "notices/form.html", n=notice, passing=passing, words=words, v=entered.values, errors=entered.errors,
        stale=entered.is_stale, roles=set(viewer["roles"]), own=own,
        partners=[f for f in _all("firms") if f["id"] != own],
        sites=[s for s in _all("sites") if s["firm"]["id"] == own and not s["closedOn"]], items=_all("items"),
    )  # fmt: skip
    return make_response(body, entered.status)


def _all(listed: str) -> list[dict[str, Any]]:
    """The first five hundred of a list, to choose from."""
    found, after = list[dict[str, Any]](), None
    for _page_number in range(PAGES):
        page = ask(listed, first=MOST, after=after)[listed]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    return found
