"""Sign in by address and password, or by one click on a demo seat; sign out."""

from flask import Blueprint, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.accounts import verbs as accounts
from kernel.accounts.tables import Person
from kernel.errors import DomainError
from kernel.work import unit_of_work
from web import seated

HOME = {"official": "/chains", "operator": "/jobs", "applicant": "/registration"}
LONGEST_FIELD = 400


def blueprint() -> Blueprint:
    made = Blueprint("signing_in", __name__)

    @made.get("/")
    def home() -> Response:
        sitting = seated.person()
        return redirect(landing(sitting) if sitting else "/sign-in")

    @made.get("/sign-in")
    def sign_in() -> Response:
        return make_response(render_template("sign_in.html", errors=[], email="", wish=_wish(request.args.get("next"))))

    @made.post("/sign-in")
    def enter() -> Response:
        email = request.form.get("email", "")[:LONGEST_FIELD]
        wish = _wish(request.form.get("next"))
        try:
            with unit_of_work() as work:
                try:
                    token, person = accounts.sign_in(
                        work, email=email, password=request.form.get("password", "")[:LONGEST_FIELD],
                        address=request.remote_addr or "",
                    )  # fmt: skip
                except DomainError:
                    work.commit()  # the wrong try is remembered, else nothing would slow the next one
                    raise
        except DomainError as refusal:
            lang = seated.language()
            wrong = {"code": refusal.code, "message": refusal.said(lang), "fields": list(refusal.fields), "rule": None}
            return make_response(render_template("sign_in.html", errors=[wrong], email=email, wish=wish), 422)
        return seated_at(token, wish or landing(person))

    @made.post("/seat")
    def seat() -> Response:
        if not seated.settings().demo or not seated.is_near():
            abort(404)
        with unit_of_work() as work:
            token, person = accounts.take_seat(work, email=request.form.get("email", "")[:LONGEST_FIELD])
        return seated_at(token, landing(person))

    @made.post("/sign-out")
    def sign_out() -> Response:
        response = redirect("/sign-in")
        seated.leave(response)
        return response

    return made


def landing(person: Person) -> str:
    """The page a person begins the day with."""
    return HOME.get(seated.audience(person), "/todo")


def seated_at(token: str, wish: str) -> Response:
    """To a page, with a new session in the browser."""
    response = redirect(wish)
    seated.take_place(response, token)
    return response


def _wish(path: str | None) -> str:
    """Where a person wanted to go: a page of ours, or nothing. Another site's address is not followed."""
    inside = path is not None and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return str(path) if inside else ""
