"""Orders to confirm, clients that confirm them whatever dies, and what must be true afterwards."""

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from sqlmodel import col

from chain.links.tables import EvidenceKind, LinkEvidence
from chain.links.visibility import evidence_visible_to
from collaboration.orders.forms import LineAsked, WantedDay
from collaboration.orders.tables import Order, OrderLine, OrderResponse
from collaboration.orders.verbs import place_order
from collaboration.orders.visibility import lines_visible_to, orders_visible_to, responses_visible_to
from jobs import people
from kernel import ids
from kernel.access import SYSTEM
from kernel.clock import today_of
from kernel.quantities import exact
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS, seat

BUYER, SELLER = "buyer@longteng.example", "sales@gearworks.example"
ITEMS = ("RV-40E", "RV-80E", "HD-25")
CLIENTS = 4
CONFIRM = """mutation Confirm($input: RespondToOrderInput!) {
  respondToOrder(input: $input) { response { id } order { state version } userErrors { code message } }
}"""


def place_orders(count: int) -> dict[str, int]:
    """Seat the cast and place that many orders, a line for each item: outward id -> row number."""
    placed: dict[str, int] = {}
    with unit_of_work() as work:
        seated = seat(work)
    with unit_of_work(seated.actors[BUYER]) as work:
        day = [WantedDay(today_of(work.now) + timedelta(days=30), exact("12.5"))]
        lines = [LineAsked(n, seated.items[item], exact("12.5"), exact(100), day) for n, item in enumerate(ITEMS, 1)]
        for number in range(count):
            order = place_order(
                work, work.actor, seller_id=seated.firms[GEARWORKS], number=f"K-{number}", currency="CNY", lines=lines
            )
            assert order.id is not None
            placed[ids.seal("Order", order.id)] = order.id
    return placed


@dataclass
class Clients:
    """Some programs of the seller that each send a confirmation again, under its own key, until it is answered."""

    port: int
    waiting: list[str]
    answered: dict[str, str] = field(default_factory=dict)
    """Order -> id of the response it was acknowledged with."""
    surprises: list[str] = field(default_factory=list)
    sent: int = 0

    def begin(self) -> None:
        self.token = people.token(SELLER, days=1, scope="write")
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def are_done(self) -> bool:
        return not any(thread.is_alive() for thread in self.threads)

    def _work(self) -> None:
        while self.waiting and not self.surprises:
            try:
                order_id = self.waiting.pop()
            except IndexError:
                return
            self._confirm(order_id, str(uuid4()))

    def _confirm(self, order_id: str, key: str) -> None:
        given = {"orderId": order_id, "expectedVersion": 1, "answer": "ACCEPTED"}
        body = json.dumps({"query": CONFIRM, "variables": {"input": given}}).encode()
        while not self.surprises:
            self.sent += 1
            status, answer = self._post(body, key)
            if status in (0, 503):  # nobody there, or not just now
                time.sleep(0.05)
                continue
            payload = (json.loads(answer).get("data") or {}).get("respondToOrder") if status == 200 else None
            if not payload or payload["userErrors"] or payload["order"] != {"state": "CONFIRMED", "version": 2}:
                self.surprises.append(f"{status} {answer.decode(errors='replace')[:500]}")
                return
            self.answered[order_id] = payload["response"]["id"]
            return

    def _post(self, body: bytes, key: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", "/graphql", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()


def orders_kept() -> Counter[tuple[str, int]]:
    """(state, version) of all orders."""
    with unit_of_work(writes=False) as work:
        return Counter((str(o.state), o.version) for o in work.all(orders_visible_to(SYSTEM).order_by(col(Order.id))))


def responses_kept() -> dict[str, str]:
    """Order -> the one response it has. Fails where it has two."""
    with unit_of_work(writes=False) as work:
        rows = work.all(responses_visible_to(SYSTEM).order_by(col(OrderResponse.id)))
        kept = {ids.seal("Order", r.order_id): ids.seal("OrderResponse", r.id or 0) for r in rows}
    assert len(kept) == len(rows)
    return kept


def lines_kept() -> Counter[str]:
    with unit_of_work(writes=False) as work:
        return Counter(str(line.state) for line in work.all(lines_visible_to(SYSTEM).order_by(col(OrderLine.id))))


def evidence_of_orders() -> list[int]:
    """How often an order was counted as evidence of each link that has any."""
    with unit_of_work(writes=False) as work:
        seen = evidence_visible_to(SYSTEM).where(col(LinkEvidence.kind) == EvidenceKind.ORDER)
        return sorted(Counter(e.link_id for e in work.all(seen)).values())
