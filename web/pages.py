"""The pages: one blueprint per audience, all dressed by the frame, all behind the same checks. Start here for pages."""

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Flask, g, redirect, request
from werkzeug.wrappers import Response

from api.guests import order_page, use
from web import demo, failing, letting_in, operating, seated, signing_in, trying
from web.ask import ask
from web.causes import pages as causes
from web.chains import essentiality
from web.chains import pages as chains
from web.changes import pages as changes
from web.clocks import pages as clocks
from web.documents import pages as documents
from web.exchange import pages as exchange
from web.firms import joining, merging
from web.firms import pages as firms
from web.frame import Frame, Person, dress
from web.frameworks import pages as frameworks
from web.guests import pages as guests
from web.guests import reaching
from web.inbox import pages as inbox
from web.items import pages as items
from web.notices import pages as notices
from web.people import pages as people
from web.pooling import pages as pooling
from web.procurement import pages as procurement
from web.qualification import pages as qualification
from web.requests import pages as requests
from web.scorecards import pages as scorecards
from web.settlement import pages as settlement
from web.sharing import ledger, viewing
from web.sharing import pages as sharing
from web.sourcing import pages as sourcing
from web.statements import pages as statements
from web.suppliers import pages as suppliers
from web.supply import pages as supply
from web.trade import pages as trade
from web.workbench import pages as workbench

PAGES: tuple[Callable[[], Blueprint], ...] = (
    signing_in.blueprint,  # / /sign-in /sign-out /seat
    letting_in.blueprint,  # /welcome/...
    inbox.blueprint,  # /inbox /inbox/... /follow
    people.blueprint,  # /people /people/duties /people/... /accounts /accounts/...
    firms.blueprint,  # /firms /firms/...
    joining.blueprint,  # /registration /registration/...
    merging.blueprint,  # /mergers
    trying.blueprint,  # /api
    operating.blueprint,  # /jobs
    documents.blueprint,  # /documents /orders/.../documents
    chains.blueprint,  # /chains
    essentiality.blueprint,  # /essentiality
    supply.blueprint,  # /links /links/...
    items.blueprint,  # /items /items/... /plans /plans/...
    requests.blueprint,  # /requests /requests/...
    notices.blueprint,  # /notices /notices/...
    statements.blueprint,  # /statements /statements/... /statements/....xlsx
    causes.blueprint,  # /causes /causes/...
    settlement.blueprint,  # /invoices /invoices/... /invoices.xlsx
    frameworks.blueprint,  # /frameworks /frameworks/... /scheduling /scheduling/...
    sourcing.blueprint,  # /rfqs /rfqs/... /requisitions /requisitions/...
    pooling.blueprint,  # /pools /pools/...
    ledger.blueprint,  # /sharing/ledger
    viewing.blueprint,  # /sharing/view-as /sharing/view-as/...
    scorecards.blueprint,  # /scorecards /scorecards/...
    qualification.blueprint,  # /qualification /qualification/... /certificates /certificates/...
    trade.blueprint,  # /todo /orders /orders/... /orders/.../history /shipments /shipments/...
    suppliers.blueprint,  # /orders/.../answer /orders/.../ship /todo/confirm
    workbench.blueprint,  # /workbench /answers /answers/...
    clocks.blueprint,  # /hours /limits
    sharing.blueprint,  # /sharing /sharing/figures /sharing/with/...
    exchange.blueprint,  # /exchange /exchange/...
    guests.blueprint,  # /guest/... /orders/.../guests
    reaching.blueprint,  # /orders/by-link /orders/by-link/...
    changes.blueprint,  # /orders/.../changes /orders/.../versions
    procurement.blueprint,  # /orders/new /orders/.../decide /orders/.../accept /shipments/.../receive /tolerances
)
OPEN = frozenset(
    {
        "signing_in.sign_in",
        "signing_in.enter",
        "signing_in.seat",
        "signing_in.home",
        "letting_in.welcome",
        "letting_in.enter",
        "guests.knock",
        "guests.code",
        "guests.verify",
    }
)
"""The pages one sees without having signed in."""
GUESTS = frozenset(
    {
        "trade.order",
        "exchange.order_file",
        "suppliers.answer",
        "suppliers.acknowledge",
        "guests.leave",
        "changes.page",
        "changes.respond",
        "changes.repromise",
        "changes.answer_cancellation",
    }
) | {f"documents.{name}" for name in ("order_file", "upload", "file", "picture", "part", "progress")}
"""The pages a guest by a signed link comes to; each use is counted and noted. What they show is for visibility to say."""


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
        guest = seated.guest()
        name, unread = _viewer() if sitting or guest else ("", 0)
        here = Person(sitting.email, name, seated.audience(sitting), sitting.language) if sitting else None
        g.frame = Frame(
            Person(guest.email, name, "guest") if guest else here,
            demo.seats() if offered else (),
            seated.form_token(),
            unread,
        )
    found: Frame = g.frame
    return found


def _viewer() -> tuple[str, int]:
    """(whom one acts for, how much lies unread in one's inbox)."""
    viewer = ask("frame")["viewer"]
    return str(viewer["firm"]["name"] if viewer["firm"] else viewer["name"]), viewer["unread"]


def _checked() -> Response | None:
    """Forms carry their token; whoever is not signed in goes to the sign-in page first and comes back."""
    if request.method == "POST":
        seated.check_form()
    if request.endpoint not in OPEN and (guest := seated.guest()) is not None:
        if request.endpoint not in GUESTS:
            return redirect(order_page(guest))
        use(guest, str(request.endpoint))
        return None
    if request.endpoint not in OPEN and seated.person() is None:
        wish = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return redirect(f"/sign-in?next={quote(wish, safe='')}")
    return None
