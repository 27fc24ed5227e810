"""The pages: one blueprint per audience, all dressed by the frame, all behind the same checks. Start here for pages."""

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Flask, g, redirect, request
from werkzeug.wrappers import Response

from web import demo, failing, operating, seated, signing_in, trying
from web.ask import ask
from web.chains import pages as chains
from web.documents import pages as documents
from web.frame import Frame, Person, dress
from web.procurement import pages as procurement
from web.suppliers import pages as suppliers
from web.trade import pages as trade

PAGES: tuple[Callable[[], Blueprint], ...] = (
    signing_in.blueprint,  # / /sign-in /sign-out /seat
    trying.blueprint,  # /api
    operating.blueprint,  # /jobs
    documents.blueprint,  # /documents /orders/.../documents
    chains.blueprint,  # /chains
    trade.blueprint,  # /todo /orders /orders/... /orders/.../history /shipments /shipments/...
    suppliers.blueprint,  # /orders/.../answer /orders/.../ship /todo/confirm
    procurement.blueprint,  # /orders/new /orders/.../decide /orders/.../accept /shipments/.../receive /tolerances
)
OPEN = frozenset({"signing_in.sign_in", "signing_in.enter", "signing_in.seat", "signing_in.home"})
"""The pages one sees without having signed in."""


def set_up(app: Flask) -> None:
    """Dress the app and give it its pages; the audience's templates stand in web/templates."""
    dress(app, frame, seated.language)
    failing.set_up(app)
    for make in PAGES:
        pages = make()
        pages.before_request(_checked)
        app.register_blueprint(pages)


def frame() -> Frame:
    """What this request's page is dressed with; made once a request."""
    if "frame" not in g:
        sitting = seated.person()
        offered = seated.settings().demo and seated.is_near()
        g.frame = Frame(
            Person(sitting.email, _firm_name(), seated.audience(sitting), sitting.language) if sitting else None,
            demo.seats() if offered else (),
            seated.form_token(),
        )
    found: Frame = g.frame
    return found


def _firm_name() -> str:
    viewer = ask("viewer")["viewer"]
    return str(viewer["firm"]["name"] if viewer["firm"] else viewer["name"])


def _checked() -> Response | None:
    """Forms carry their token; whoever is not signed in goes to the sign-in page first and comes back."""
    if request.method == "POST":
        seated.check_form()
    if request.endpoint not in OPEN and seated.person() is None:
        wish = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return redirect(f"/sign-in?next={quote(wish, safe='')}")
    return None
