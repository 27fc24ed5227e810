"""The first time: whoever holds the link that was handed over sets a password and is in."""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from kernel.accounts.letting_in import invited, set_first_password
from kernel.errors import DomainError, Invalid
from kernel.work import unit_of_work
from web import seated
from web.signing_in import LONGEST_FIELD, landing, seated_at


def blueprint() -> Blueprint:
    made = Blueprint("letting_in", __name__)
    made.add_url_rule("/welcome/<token>", "welcome", welcome)
    made.add_url_rule("/welcome/<token>", "enter", enter, methods=["POST"])
    return made


def welcome(token: str) -> Response:
    return _page(token, None)


def enter(token: str) -> Response:
    password = request.form.get("password", "")[:LONGEST_FIELD]
    try:
        if password != request.form.get("again", "")[:LONGEST_FIELD]:
            raise Invalid("again", "the two passwords differ", "两次输入的密码不一致")
        with unit_of_work() as work:
            session, person = set_first_password(work, token, password)
    except Invalid as refusal:
        return _page(token, refusal)
    return seated_at(session, landing(person))


def _page(token: str, refusal: DomainError | None) -> Response:
    with unit_of_work(writes=False) as work:
        person = invited(work, token)
        email, name = person.email, person.name
    wrong = [] if refusal is None else [
        {"code": refusal.code, "message": refusal.said(seated.language()), "fields": list(refusal.fields), "rule": None}
    ]  # fmt: skip
    body = render_template("firms/welcome.html", email=email, name=name, errors=wrong)
    return make_response(body, 422 if wrong else 200)
