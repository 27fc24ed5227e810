"""The inbox of whoever sits here, what it follows, and following from any page."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.inbox import words

PAGE_SIZE = 30
VIEWS = ("open", "unread", "done", "following")


def blueprint() -> Blueprint:
    made = Blueprint("inbox", __name__)
    made.add_url_rule("/inbox", "inbox", inbox)
    made.add_url_rule("/inbox", "put_away", put_away, methods=["POST"])
    made.add_url_rule("/inbox/<entry_id>", "open_entry", open_entry, methods=["POST"])
    made.add_url_rule("/follow", "follow", follow, methods=["POST"])
    made.app_template_global("followed")(followed)
    return made


def followed(*things: str) -> set[str]:
    """Those of some things that this person follows; for the follow button of any page."""
    if seated.person() is None or not things:
        return set()
    return set(ask("followed", ids=list(things)[:100])["followed"])


def inbox() -> str:
    return _inbox([])


def _inbox(errors: list[dict[str, Any]]) -> str:
    view = request.args.get("view", "open")
    view = view if view in VIEWS else "open"
    reason = request.args.get("reason", "")
    after = request.args.get("after")
    followings, listed = None, None
    if view == "following":
        followings = ask("followings_page", first=PAGE_SIZE, after=after)["followings"]
        counted = ask("inbox_counts")["inboxCounts"]
    else:
        wished: dict[str, Any] = {"unread": view == "unread", "done": view == "done"}
        if reason in dict(words.reasons()):
            wished["reasons"] = [reason]
        answer = ask("inbox_page", filter=wished, first=PAGE_SIZE, after=after)
        listed, counted = answer["inbox"], answer["inboxCounts"]
    return render_template(
        "inbox/inbox.html", listed=listed, followings=followings, counted=counted, view=view, reason=reason, words=words,
        errors=errors, done=request.args.get("did", ""), as_of=clock.now(),
    )  # fmt: skip


def put_away() -> Response:
    """The chosen entries: read, or done."""
    verb = "mark_done" if "done" in request.form else "mark_read"
    chosen = request.form.getlist("entry")[:100]
    if not chosen:
        return redirect("/inbox", 303)
    _payload, errors = act(verb, {"entryIds": chosen})
    if errors:
        return make_response(_inbox(errors), 422)
    view = request.form.get("view", "open")
    return redirect(f"/inbox?view={view if view in VIEWS else 'open'}&did={verb}", 303)


def open_entry(entry_id: str) -> Response:
    """Read it, and go to what it is about."""
    payload, errors = act("mark_read", {"entryIds": [entry_id]})
    if errors:
        raise NotFound
    (entry,) = payload["entries"]
    return redirect(words.place_of(entry["subjectKind"], entry["subjectId"], entry["subject"], entry["what"]), 303)


def follow() -> Response:
    """Follow a thing, or no more, and go back to the page it was asked from."""
    verb = "unfollow" if "unfollow" in request.form else "follow"
    _payload, errors = act(verb, {"id": request.form.get("id", "")})
    if errors and errors[0]["code"] == "NOT_FOUND":
        raise NotFound
    if errors:
        return make_response(_inbox(errors), 422)
    back = request.form.get("back", "")
    return redirect(
        back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/inbox?view=following", 303
    )
