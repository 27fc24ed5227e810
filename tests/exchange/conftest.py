"""The cast at its desks: files come in and go out as one of its people, in this test's own database."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from chain.items.verbs import add_item
from chain.links.verbs import declare_supply_link
from collaboration.orders.forms import LineAnswered
from collaboration.orders.reads import lines_of_orders, order_by_number, schedules_of_lines
from collaboration.orders.tables import Answer, LineAnswer, Order
from collaboration.orders.verbs import respond_to_order
from exchange.outcome import Outcome
from jobs import exchanges
from kernel import db
from kernel.access import unscoped
from kernel.settings import Settings
from kernel.work import unit_of_work
from seeds.cast import LONGTENG, Seated

BUYER, SUPPLIER, RIVAL = "buyer@longteng.example", "sales@gearworks.example", "sales@rival.example"
SAMPLES = Path(__file__).parents[1] / "samples" / "ubl"
TABLES = ("purchase_order", "order_line", "schedule", "event", "event_subject", "audit_entry", "order_response")


@pytest.fixture
def sample() -> Callable[[str], bytes]:
    return lambda name: (SAMPLES / name).read_bytes()


@dataclass
class Desk:
    """What people of the cast do with files, and what is then found in the database."""

    settings: Settings
    seated: Seated
    more: dict[str, int] = field(default_factory=dict)

    def takes_in(self, content: bytes, *, email: str = BUYER, dry_run: bool = False) -> Outcome:
        return exchanges.take_in("ubl-order", content, email=email, dry_run=dry_run)

    def gives_out(self, number: str, *, email: str = SUPPLIER) -> bytes:
        return exchanges.give_out("ubl-order-response", number, email=email)

    def order(self, number: str, *, email: str = BUYER) -> Order:
        with unit_of_work(writes=False) as work:
            found = order_by_number(work, self.seated.actors[email], number)
            assert found is not None
            return found

    def lines(self, number: str, *, email: str = BUYER) -> list[tuple[Any, ...]]:
        """(number, item, quantity, unit, price, ((day, quantity), ..)) of each line."""
        names = {item_id: name for name, item_id in {**self.seated.items, **self.more}.items()}
        with unit_of_work(writes=False) as work:
            actor = self.seated.actors[email]
            rows = lines_of_orders(work, actor, [self.order(number, email=email).id or 0])
            days = schedules_of_lines(work, actor, [row.id for row in rows])
        return [
            (
                row.number, names[row.item_id], row.quantity, row.unit, row.unit_price,
                tuple((day.wanted_on, day.quantity) for day in days if day.line_id == row.id),
            )
            for row in rows
        ]  # fmt: skip

    def answers(self, number: str, answer: Answer, *lines: LineAnswered, email: str = SUPPLIER, **more: Any) -> None:
        """lines: without a line id, in the order of the order's lines."""
        order = self.order(number, email=email)
        actor = self.seated.actors[email]
        with unit_of_work(actor) as work:
            own = lines_of_orders(work, actor, [order.id or 0])
            given = [
                replace(one, line_id=own[i].id) if one.answer is not LineAnswer.ADDED else one
                for i, one in enumerate(lines)
            ]
            respond_to_order(
                work, actor, order_id=order.id or 0, expected_version=order.version, answer=answer, lines=given, **more
            )

    def offers(self, number: str, *, own_number: str, unit: str = "C62") -> None:
        """Gearworks takes an item into its range and says under which number Longteng knows it."""
        seller = self.seated.actors[SUPPLIER]
        with unit_of_work(seller) as work:
            item = add_item(work, seller, number=number, name=number, unit=unit, lead_time_days=7)
            declare_supply_link(
                work, seller, item_id=item.id or 0, buyer_id=self.seated.firms[LONGTENG],
                chain_id=self.seated.chain_id, buyer_number=own_number,
            )  # fmt: skip
        self.more[number] = item.id or 0

    def kept(self) -> dict[str, int]:
        """How many rows there are of everything an order touches."""
        with unscoped("the test counts"), db.session(writes=False) as session:
            connection = session.connection()
            return {t: connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar_one() for t in TABLES}


@pytest.fixture
def desk(settings: Settings, seated: Seated) -> Desk:
    return Desk(settings, seated)
