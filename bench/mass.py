"""A seller answers 5,000 lines of 50 orders in one act, alone and while others answer. usage: python -m bench.mass [DATABASE_URL]

The product runs whole on a home of its own; the act goes through API, relay and worker, each order in a transaction of its own.
"""

import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.plant import AT_ONCE, BUYER, SELLER, place, token
from bench.sheets import act, ask, product
from collaboration.orders.lifecycle import LineState
from collaboration.orders.visibility import lines_visible_to
from kernel import db, ids, migrations
from kernel.access import SYSTEM
from kernel.boot import boot
from kernel.settings import Settings, read_settings
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS, RIVAL, seat

ROUNDS, ORDERS, LINES = 4, 50, 100
"""Half of the rounds run alone."""
OTHERS, OTHER = 400, "sales@rival.example"
"""Orders of ten lines that another seller answers, one after the other."""
LOOK_SECONDS, PATIENCE_SECONDS = 0.1, 600


@dataclass(frozen=True)
class Placed:
    """Outward ids of orders to answer, and whose tokens answer them."""

    many: list[str]
    others: list[str]
    seller: str
    other: str


def main(url: str) -> int:
    with tempfile.TemporaryDirectory(prefix="chainmaster-bench-") as folder:
        settings = read_settings({"CHAINMASTER_HOME": folder, "DATABASE_URL": url})
        placed = _placed(settings)
        with product(Path(folder), url) as port:
            print(f"{ORDERS} orders of {LINES} lines in one act, {os.cpu_count()} cores", flush=True)
            for turn in range(ROUNDS):
                some = placed.many[turn * ORDERS : (turn + 1) * ORDERS]
                _told(port, placed, some, beside=turn % 2 == 1)
        _check(settings)
    return 0


def _told(port: int, placed: Placed, orders: list[str], *, beside: bool) -> None:
    stop, took = threading.Event(), list[float]()
    clerk = threading.Thread(target=_answers_one_by_one, args=(port, placed, stop, took))
    if beside:
        clerk.start()
    begun = time.perf_counter()
    asked, done = _answered(port, placed.seller, orders)
    stop.set()
    if beside:
        clerk.join()
    said = f"  {ORDERS * LINES / (done - begun):.0f} lines a second: asked in {asked - begun:.2f} s, done after {done - begun:.1f} s"
    if took:
        said += f"; beside it another seller answered {len(took)} orders of 10 lines, p50 {median(took):.2f} s, slowest {max(took):.2f} s"
    print(said, flush=True)


def _answered(port: int, seller: str, orders: list[str]) -> tuple[float, float]:
    """One act for all of them: when it was taken in, and when its last order was answered."""
    given = {"orders": [{"orderId": one, "expectedVersion": 1, "answer": "ACCEPTED"} for one in orders]}
    batch: dict[str, Any] = act(port, seller, "answer_orders", given)["answerBatch"]
    asked = time.perf_counter()
    while batch["finishedAt"] is None:
        assert time.perf_counter() - asked < PATIENCE_SECONDS, batch
        time.sleep(LOOK_SECONDS)
        batch = ask(port, seller, "answer_batch_page", {"id": batch["id"], "first": 1})["node"]
    assert (batch["answered"], batch["refused"]) == (len(orders), 0), batch
    return asked, time.perf_counter()


def _answers_one_by_one(port: int, placed: Placed, stop: threading.Event, took: list[float]) -> None:
    while not stop.is_set() and placed.others:
        begun, given = time.perf_counter(), {"expectedVersion": 1, "answer": "ACCEPTED"}
        told = act(port, placed.other, "respond_to_order", {"orderId": placed.others.pop(), **given})
        assert told["order"]["state"] == "CONFIRMED", told
        took.append(time.perf_counter() - begun)


def _placed(settings: Settings) -> Placed:
    migrations.upgrade(settings.database_url)
    boot(settings)
    with unit_of_work() as work:
        seated = seat(work)
    found: dict[str, list[str]] = {}
    for seller, count, lines in ((GEARWORKS, ROUNDS * ORDERS, LINES), (RIVAL, OTHERS, 10)):
        own = found.setdefault(seller, [])
        for start in range(0, count, AT_ONCE):
            with unit_of_work(seated.actors[BUYER]) as work:
                numbers = range(start, min(count, start + AT_ONCE))
                rows = [place(work, seated, seller, 10_000 * len(found) + n, lines_each=lines) for n in numbers]
            own += [ids.seal("Order", row) for row in rows]
    placed = Placed(found[GEARWORKS], found[RIVAL], token(SELLER), token(OTHER))
    db.close_database()
    return placed


def _check(settings: Settings) -> None:
    """Every line that was answered in an act stands confirmed."""
    boot(settings)
    with unit_of_work(writes=False) as work:
        states = [line.state for line in work.rows(lines_visible_to(SYSTEM))]
    db.close_database()
    assert states.count(LineState.CONFIRMED) >= ROUNDS * ORDERS * LINES


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
