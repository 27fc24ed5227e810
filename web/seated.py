"""Who sits at this browser, a person or a guest: the session behind the cookie, and the token every form must repeat."""

from contextlib import suppress
from datetime import timedelta
from hmac import compare_digest
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, request
from werkzeug.wrappers import Response

from api import guests
from api.context import SESSION_COOKIE, GuestDoor, PersonDoor
from kernel.access import Role
from kernel.accounts import verbs as accounts
from kernel.accounts.tables import Person, SignInSession
from kernel.db import Busy
from kernel.errors import NotAllowedNow, NotFound, Rule
from kernel.settings import Settings
from kernel.work import unit_of_work
from web.language import language_of

TOUCH_EVERY = timedelta(minutes=1)
FORM_TOKEN = Rule("form.token", "重新打开本页", "opening the page again")


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def person() -> Person | None:
    """The person of this request; looked up once."""
    found = _found()
    return found[0] if found else None


def guest() -> guests.Guest | None:
    """Who answers one document by a signed link, where no person sits; looked up once."""
    if "guest" not in g:
        secret = request.cookies.get(guests.COOKIE)
        g.guest = guests.sitting(secret) if secret and person() is None else None
    found: guests.Guest | None = g.guest
    return found


def door() -> PersonDoor | GuestDoor:
    """The door this request's operations go through."""
    sitting = guest()
    return GuestDoor(sitting, language()) if sitting else PersonDoor(person(), language())


def form_token() -> str:
    found, sitting = _found(), guest()
    if sitting is not None:
        return sitting.form_token
    return found[1].form_token if found else ""


def language() -> str:
    sitting = person()
    return language_of(request, sitting.language if sitting else None)


def audience(sitting: Person) -> str:
    """Which menu a person works with: buyer, supplier, carrier, official, operator or applicant."""
    roles = set(sitting.roles.split())
    if Role.OFFICIAL in roles:
        return "official"
    if Role.OPERATOR in roles:
        return "operator"
    if Role.APPLICANT in roles:
        return "applicant"
    if Role.SALES in roles:
        return "supplier"
    return "carrier" if roles == {Role.DISPATCH} else "buyer"


def of_a_firm() -> None:
    """Trade is no business of officials and operators. Raises NotFound for them, as for a page that is not there."""
    sitting = person() or guest()
    if sitting is None or sitting.party_id is None:
        raise NotFound


def check_form() -> None:
    """A form comes from a page of ours, opened by this very session. Raises NotAllowedNow."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    sent = request.form.get("token", "") or request.headers.get("X-Form-Token", "")
    if foreign or ((person() or guest()) is not None and not compare_digest(sent.encode(), form_token().encode())):
        raise NotAllowedNow(
            "this form was opened in another session; open the page again and send it anew",
            "该表单来自其他会话，请重新打开页面后再提交",
            rule=FORM_TOKEN,
        )


def take_place(response: Response, token: str) -> None:
    """Give the browser a new session; the one it had before ends."""
    leave(response)
    secure = settings().public_url.startswith("https://")
    response.set_cookie(SESSION_COOKIE, token, httponly=True, samesite="Lax", secure=secure, max_age=12 * 3600)


def leave(response: Response) -> None:
    old = request.cookies.get(SESSION_COOKIE)
    if old:
        with unit_of_work() as work:
            accounts.sign_out(work, old)
        response.delete_cookie(SESSION_COOKIE)


def is_near() -> bool:
    """Asked from this very machine: demo seats are given to nobody else."""
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _found() -> tuple[Person, SignInSession] | None:
    if "seated" not in g:
        g.seated = _looked_up()
    found: tuple[Person, SignInSession] | None = g.seated
    return found


def _looked_up() -> Any:
    cookie = request.cookies.get(SESSION_COOKIE)
    if not cookie:
        return None
    with unit_of_work(writes=False) as work:
        found = accounts.resume(work, cookie)
        if found is None:
            return None
        due = work.now - found[1].seen_at > TOUCH_EVERY
    if due:
        # A page waits for no writer only to note that somebody is here: the next page notes it.
        with suppress(Busy), unit_of_work(waits=False) as work:
            accounts.touch(work, cookie)
    return found
