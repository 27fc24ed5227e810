"""The demo chain holds what every seat is told to find, is the same every time, and leaves nothing to be done by the relay."""

import json
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import col

from api.context import PersonDoor
from api.run import run
from api.schema import schema
from api.stored import operation
from collaboration.orders.lifecycle import OrderState
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from delivery.packages.verbs import accept_delivery
from jobs import nightly
from kernel import boot, clock, db, migrations, outbox
from kernel.access import SYSTEM, unscoped
from kernel.accounts.visibility import people_visible_to
from kernel.errors import NotAllowedNow
from kernel.settings import Settings, read_settings
from kernel.work import unit_of_work
from seeds.demo import plant

TODAY = date(2031, 3, 14)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory):
    """Two months of the chain, planted once for this module."""
    with _open(tmp_path_factory.mktemp("demo")), clock.standing_at(clock_at(TODAY)):
        yield plant(today=TODAY, size="small")


def clock_at(day: date):
    return datetime.combine(day, time(8), clock.CHINA)


class _open:
    """An empty database in a home of its own, on SQLite: what is planted does not depend on the server."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __enter__(self) -> Settings:
        settings = read_settings({"CHAINMASTER_HOME": str(self.home)})
        migrations.upgrade(settings.database_url)
        boot.boot(settings)
        return settings

    def __exit__(self, *_: object) -> None:
        db.close_database()


def ask(email: str, name: str, **variables):
    with unit_of_work(writes=False) as work:
        person = work.maybe(people_visible_to(SYSTEM).filter_by(email=email))
    answer = run(
        schema, operation(name), variables, None, PersonDoor(person, "en"), may_write=False, idempotency_key=None
    )
    found = json.loads(answer.body)
    assert "errors" not in found, found
    return found["data"]


def todo(email: str) -> Counter:
    found = ask(email, "todo_page", first=100)["todo"]
    return Counter(node["kind"] for node in found["nodes"])


def test_every_seat_finds_its_work(planted):
    supplier, buyer = todo("sales@gearworks.example"), todo("buyer@longteng.example")

    assert supplier["RESPOND_TO_ORDER"] == 3
    assert supplier["SEND_DESPATCH_ADVICE"] >= 2
    assert supplier["SUBMIT_DOCUMENT"] == 3
    assert buyer["DECIDE_ON_RESPONSE"] >= 2
    assert buyer["ACCEPT_DELIVERY"] >= 1
    assert todo("planner@longteng.example")["POST_RECEIPT"] >= 2
    assert todo("quality@longteng.example")["REVIEW_DOCUMENT"] >= 2
    assert todo("sales@longteng.example")["RESPOND_TO_ORDER"] >= 1
    assert todo("sales@bearing.example")["RESPOND_TO_ORDER"] >= 1
    assert todo("sales@steel.example")["RESPOND_TO_ORDER"] >= 1
    assert todo("dealer@yangtze.example")["POST_RECEIPT"] >= 1


def test_one_delivery_waits_for_a_document_only(planted):
    with unit_of_work(writes=False) as work:
        buyer = planted.actors["buyer@longteng.example"]
        blocked = []
        for order in work.all(_delivered(buyer)):
            try:
                with work.savepoint():
                    accept_delivery(work, buyer, order_id=order.id)
            except NotAllowedNow as refusal:
                blocked.append(refusal.en)

    assert any(sentence.startswith("acceptance waits for: document 02-04") for sentence in blocked), blocked


def _delivered(buyer):
    mine = orders_visible_to(buyer).where(col(Order.buyer_id) == buyer.party_id)
    return mine.where(col(Order.state) == OrderState.DELIVERED)


def test_the_map_shows_links_of_every_basis_and_age(planted):
    chains = ask("buyer@longteng.example", "chains")["chains"]["nodes"]
    seen = []
    for email in ("buyer@longteng.example", "sales@bearing.example", "sales@rolling.example"):
        seen += ask(email, "chain_map_page", chainId=chains[0]["id"])["chainMap"]["links"]

    assert {link["basis"] for link in seen} >= {"DECLARED", "SEEN_IN_ORDERS"}
    assert any(link["stale"] for link in seen)
    assert any(link["endedOn"] for link in seen)
    assert any(link["supplierAlias"] for link in seen)


def test_officials_see_groups_large_and_small(planted):
    chains = ask("official@jiangsu.example", "chains")["chains"]["nodes"]
    found = ask("official@jiangsu.example", "chain_map_page", chainId=chains[0]["id"])["chainMap"]
    shown = Counter(cell["display"] for cell in found["cells"])

    assert shown["<3"] > 0
    assert shown["0"] > 0
    assert any(display.isdigit() and int(display) >= 3 for display in shown)
    assert found["firms"] == found["links"] == []


def test_nothing_is_left_to_the_relay_and_the_trail_holds(planted):
    assert outbox.counts() == (0, 0)
    assert nightly.broken_places() == []


def test_nothing_happened_after_the_morning_or_out_of_order(planted):
    with unscoped("a test reads all instants"), db.session(writes=False) as session:
        instants = list(session.scalars(text("SELECT at FROM event ORDER BY id")))

    assert instants == sorted(instants)
    assert instants[-1] < TODAY.isoformat()


def test_the_same_day_and_number_make_the_same_rows(planted, tmp_path):
    before = digest()
    db.close_database()
    with _open(tmp_path):
        plant(today=TODAY, size="small")
        again = digest()

    assert before == again


def digest() -> dict[str, int]:
    """Every table as a number over its rows, but for what is drawn by lot on purpose."""
    with unscoped("a test reads all rows"), db.session(writes=False) as session:
        tables = list(session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")))
        return {name: hash(tuple(map(tuple, session.execute(text(f"SELECT * FROM {name}"))))) for name in tables}
