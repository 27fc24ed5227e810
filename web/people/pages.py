"""The people of one's own firm, and who may do what."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.documents.entries import Entered, renamed
from web.people import accounts, words
from web.people.acts import act_word

PAGE_SIZE, NEW = 50, "new"
ACTS = {"give": "give_role", "withdraw": "withdraw_role", "close": "close_person", "renew": "renew_invitation"}


def blueprint() -> Blueprint:
    made = Blueprint("people", __name__)
    made.add_url_rule("/people", "people", people)
    made.add_url_rule("/people", "invite", invite, methods=["POST"])
    made.add_url_rule("/people/duties", "duties", duties)
    made.add_url_rule("/people/<person_id>/<what>", "manage", manage, methods=["POST"])
    accounts.add_to(made)
    return made


def people() -> str:
    return _people(Entered())


def _people(entered: Entered, *, link: str | None = None, invited: Any = None) -> str:
    viewer = ask("viewer")["viewer"]
    if viewer["firm"] is None:
        raise NotFound
    closed = request.args.get("closed") == "1"
    found = ask("people_page", closed=closed, first=PAGE_SIZE, after=request.args.get("after"))["people"]
    return render_template(
        "people/people.html", found=found, closed=closed, firm=viewer["firm"], words=words, entered=entered, link=link,
        invited=invited, done=request.args.get("done", ""), as_of=clock.now(),
        manages=any(one["isYou"] and one["manages"] for one in found["nodes"]),
        managers=[one["name"] for one in found["nodes"] if one["manages"]],
    )  # fmt: skip


def invite() -> Response:
    """The link is shown in this answer and nowhere later, so it is answered without sending the browser on."""
    seated.of_a_firm()
    values = request.form.to_dict()
    roles = [role for role in request.form.getlist(f"{NEW}.roles") if role in words.ROLES]
    given = {"email": values.get(f"{NEW}.email", ""), "name": values.get(f"{NEW}.name", ""), "roles": roles}
    payload, errors = act("invite_person", given)
    if errors:
        names = {name: name for name in given}
        kept = Entered(NEW, values | {f"{NEW}.roles": " ".join(roles)}, renamed(errors, NEW, names))
        return make_response(_people(kept), 422)
    return make_response(_people(Entered(), link=_whole(payload["link"]), invited=payload["person"]))


def _whole(link: str) -> str:
    """As it can be handed over: with the address of this installation."""
    return link if "://" in link else request.host_url.rstrip("/") + link


def manage(person_id: str, what: str) -> Response:
    """One act on one colleague: each form names its verb."""
    seated.of_a_firm()
    if what not in ACTS:
        raise NotFound
    given = {"personId": person_id} | ({"role": request.form.get("role", "")} if what in ("give", "withdraw") else {})
    if given.get("role", words.ROLES[0]) not in words.ROLES:
        return redirect("/people", 303)
    payload, errors = act(ACTS[what], given)
    if errors:
        return make_response(_people(Entered(person_id, {}, renamed(errors, person_id, {"role": "role"}))), 422)
    if what == "renew":
        return make_response(_people(Entered(), link=_whole(payload["link"]), invited=payload["person"]))
    return redirect(f"/people?done={what}", 303)


def duties() -> str:
    found = ask("duties_page")["duties"]
    by_subject: dict[str, list[Any]] = {}
    for row in found["acts"]:
        by_subject.setdefault(row["subject"], []).append(row)
    return render_template(
        "people/duties.html", subjects=[(word, by_subject[code]) for code, word in words.subjects() if code in by_subject],
        columns=[*words.roles(), ("OPERATOR", words.role_word("OPERATOR"))], found=found, words=words, act_word=act_word,
    )  # fmt: skip
