"""What every page shares: its person and menu, its two languages and its formats. Call `dress` once per app,
after guards.set_up, which says the security headers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe

from flask import Flask, Response, request, url_for
from flask_babel import Babel

from web.fields import complaints_of, described_by, field_id
from web.formats import FILTERS, unit_words
from web.language import COOKIE, HTML_TAGS, LANGUAGES, LOCALES, language_of
from web.links import same_page
from web.menu import DAILY, menu_of

WEB = Path(__file__).parent
A_YEAR_IN_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Person:
    """Who sits here; `audience` is buyer, supplier, carrier, official or operator and picks the menu."""

    email: str
    firm: str
    audience: str
    setting: str | None = None


@dataclass(frozen=True)
class Seat:
    """One member of the demo cast; `duty` is what this seat can show, in the page's language."""

    email: str
    firm: str
    duty: str


@dataclass(frozen=True)
class Frame:
    """What one request's page is dressed with. `seats` is empty outside demo mode."""

    person: Person | None = None
    seats: tuple[Seat, ...] = ()
    token: str = ""
    unread: int = 0


def dress(app: Flask, frame_of: Callable[[], Frame], language: Callable[[], str] | None = None) -> None:
    """Give an app the languages, filters and globals of the house; `frame_of` is asked once a page.

    `language` says which language a request speaks, where a frame itself has words to be said in it.
    """

    def from_frame() -> str:
        person = frame_of().person
        return language_of(request, person.setting if person else None)

    language = language or from_frame

    Babel(
        app,
        default_locale=LOCALES["zh"],
        default_timezone="Asia/Shanghai",
        default_translation_directories=str(WEB / "translations"),
        locale_selector=lambda: LOCALES[language()],
    )
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=asset,
        complaints_of=complaints_of,
        described_by=described_by,
        field_id=field_id,
        fresh_key=lambda: token_urlsafe(16),
        menu_daily=DAILY,
        menu_of=menu_of,
        same_page=lambda **changed: same_page(request, **changed),
        token_now=lambda: frame_of().token,
        unit_words=unit_words,
    )

    @app.context_processor
    def frame_context() -> dict[str, object]:
        spoken = language()
        return {
            "frame": frame_of(),
            "lang": spoken,
            "lang_tag": HTML_TAGS[spoken],
        }

    app.after_request(_with_headers)


def asset(name: str) -> str:
    """The address of a file in static/, changing with its content so that a browser may keep it."""
    return url_for("static", filename=name, v=_fingerprint(name))


@cache
def _fingerprint(name: str) -> str:
    return sha256((WEB / "static" / name).read_bytes()).hexdigest()[:12]


def _with_headers(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR_IN_SECONDS}, immutable"
    elif response.mimetype == "text/html":
        response.vary.update(("HX-Request", "Cookie", "Accept-Language"))
        if (wish := request.args.get("lang")) in LANGUAGES:
            response.set_cookie(COOKIE, wish, max_age=A_YEAR_IN_SECONDS, samesite="Lax", httponly=True)
    return response
