"""A guest comes in by link and code; the two firms of an order see its links, open and revoke them."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from api import guests
from kernel.errors import DomainError
from web import seated
from web.ask import act, ask
from web.guests.words import act_words
from web.trade.entering import Complaint

LONGEST_FIELD = 120


def blueprint() -> Blueprint:
    made = Blueprint("guests", __name__)
    made.add_url_rule("/guest/<token>", "knock", knock)
    made.add_url_rule("/guest/<token>/code", "code", code, methods=["POST"])
    made.add_url_rule("/guest/<token>", "verify", verify, methods=["POST"])
    made.add_url_rule("/guest/leave", "leave", leave, methods=["POST"])
    made.add_url_rule("/orders/<order_id>/guests", "links", links)
    made.add_url_rule("/orders/<order_id>/guests", "open", open_link, methods=["POST"])
    made.add_url_rule("/orders/<order_id>/guests/<link_id>/<act_name>", "change", change, methods=["POST"])
    return made


def knock(token: str) -> Response:
    return _door(token)


def code(token: str) -> Response:
    """Mail the code, then wait for it on the same page."""
    try:
        guests.ask_code(token)
    except DomainError as refusal:
        return _door(token, refusal)
    return redirect(f"/guest/{token}?sent=1", 303)


def verify(token: str) -> Response:
    try:
        secret = guests.sit_down(token, request.form.get("code", "")[:LONGEST_FIELD])
    except DomainError as refusal:
        return _door(token, refusal)
    guest = guests.sitting(secret)
    assert guest is not None
    response = redirect(guests.order_page(guest), 303)
    seated.leave(response)
    secure = seated.settings().public_url.startswith("https://")
    response.set_cookie(guests.COOKIE, secret, httponly=True, samesite="Lax", secure=secure, max_age=12 * 3600)
    return response


def leave() -> Response:
    response = redirect("/sign-in", 303)
    response.delete_cookie(guests.COOKIE)
    return response


def _door(token: str, refusal: DomainError | None = None) -> Response:
    """The page before the code. Raises NotFound, which is all a stranger learns of a link that has ended."""
    lang = seated.language()
    errors = [
        {"code": refusal.code, "message": refusal.said(lang), "fields": list(refusal.fields), "rule": refusal.rule.said(lang)}
    ] if refusal else []  # fmt: skip
    shown = render_template(
        "guests/door.html", token=token, knocking=guests.knock(token), errors=errors, sent="sent" in request.args,
        demo=seated.settings().demo,
    )  # fmt: skip
    return make_response(shown, 422 if errors else 200)


def links(order_id: str) -> Response:
    return _links(order_id, [])


def open_link(order_id: str) -> Response:
    days = request.form.get("days", "")
    given = {
        "orderId": order_id, "channel": "PHONE" if request.form.get("channel") == "PHONE" else "MAIL",
        "contact": request.form.get("contact", ""), "days": int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,
    }  # fmt: skip
    payload, errors = act("open_guest_link", given)
    if errors:
        return _links(order_id, errors)
    return handed_over(order_id, str(payload["url"]), payload["guestLink"]["contact"])


def handed_over(order_id: str, path: str, contact: str) -> Response:
    """The links of an order, with the address of the one just opened: told this once."""
    return _links(order_id, [], url=seated.settings().public_url + path, link={"contact": contact})


def change(order_id: str, link_id: str, act_name: str) -> Response:
    """Revoke a link, or make the code to read out over the telephone."""
    if act_name == "code":
        payload, errors = act("read_out_code", {"linkId": link_id})
        return _links(order_id, errors, code=str(payload["code"] or ""), link=payload["guestLink"])
    _payload, errors = act("revoke_guest_link", {"linkId": link_id})
    if errors:
        return _links(order_id, errors)
    return redirect(f"/orders/{order_id}/guests?done=revoked", 303)


def _links(order_id: str, errors: list[Complaint], **told: Any) -> Response:
    head = ask("order_head", id=order_id)["node"]
    answer = ask("guest_links_page", orderId=order_id, first=100)
    found = answer["guestLinks"]["nodes"]
    shown = [one | {"acts": ask("guest_acts_page", linkId=one["id"], first=20)["guestActs"]["nodes"]} for one in found]
    page = render_template(
        "guests/links.html", order=head, links=shown, errors=errors, told=told, values=request.form, words=act_words,
        buys="BUYER" in answer["viewer"]["roles"] and head["side"] == "BUYER", done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(page, 422 if errors else 200)
