"""The orders that are asked for: placed by the verbs people use, in a database that lives as long as the run."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from collaboration.orders.forms import LineAsked, WantedDay
from collaboration.orders.verbs import place_order
from jobs import people
from kernel import db, ids, migrations
from kernel.boot import boot
from kernel.clock import today_of
from kernel.settings import read_settings
from kernel.work import UnitOfWork, unit_of_work
from seeds.cast import GEARWORKS, RIVAL, Seated, seat

ORDERS, LINES = 2000, 10
AT_ONCE = 100
BUYER, SELLER = "buyer@longteng.example", "sales@gearworks.example"
RANGE = {GEARWORKS: ("RV-40E", "RV-80E", "HD-25"), RIVAL: ("RC-40",)}


@dataclass(frozen=True)
class Planted:
    """Tokens of both sides, and the orders the seller has to answer: outward id -> row number."""

    buyer_token: str
    seller_token: str
    to_answer: dict[str, int]


def plant(home: Path, url: str = "") -> Planted:
    """Fill a database, the home's own or that of an URL: the cast, and 2,000 orders with 10 lines each, a quarter another seller's."""
    settings = read_settings({"CHAINMASTER_HOME": str(home), "DATABASE_URL": url})
    migrations.upgrade(settings.database_url)
    boot(settings)
    with unit_of_work() as work:
        seated = seat(work)
    to_answer: dict[str, int] = {}
    for start in range(0, ORDERS, AT_ONCE):
        with unit_of_work(seated.actors[BUYER]) as work:
            for number in range(start, start + AT_ONCE):
                seller = RIVAL if number % 4 == 3 else GEARWORKS
                order_id = place(work, seated, seller, number)
                if seller == GEARWORKS:
                    to_answer[ids.seal("Order", order_id)] = order_id
    planted = Planted(token(BUYER), token(SELLER), to_answer)
    db.close_database()
    return planted


def place(work: UnitOfWork, seated: Seated, seller: str, number: int, *, lines_each: int = LINES) -> int:
    """An order of so many lines; its row number."""
    today, own = today_of(work.now), RANGE[seller]
    lines = [
        LineAsked(
            number=10 * position,
            item_id=seated.items[own[(number + position) % len(own)]],
            quantity=Decimal(4 + position),
            unit_price=Decimal("1280.50") + number,
            schedules=_days(today + timedelta(days=20 + number % 40), position),
        )
        for position in range(1, lines_each + 1)
    ]  # fmt: skip
    order = place_order(
        work,
        seated.actors[BUYER],
        seller_id=seated.firms[seller],
        number=f"PO-{number:05}",
        currency="CNY",
        lines=lines,
    )
    assert order.id is not None
    return order.id


def _days(first: date, position: int) -> list[WantedDay]:
    """Every fourth line comes on two days."""
    quantity = Decimal(4 + position)
    if position % 4:
        return [WantedDay(first, quantity)]
    return [WantedDay(first, quantity - 2), WantedDay(first + timedelta(days=14), Decimal(2))]


def token(email: str) -> str:
    return people.token(email, days=1, scope="write")
