"""50,000 items, then as many links, come in while 20 people read and sellers confirm orders. usage: python -m bench.sheets [ROWS]

The product runs whole (web, relay, two workers, broker) on a home of its own, with the cast at its desks.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

from api.stored import operation
from bench.servers import free_port
from chain.firms.visibility import firms_visible_to
from chain.items.visibility import items_visible_to
from chain.links.visibility import supply_links_visible_to
from collaboration.orders.lifecycle import OrderState
from collaboration.orders.visibility import orders_visible_to
from jobs.supervisor import python
from kernel import db, ids, migrations
from kernel.access import SYSTEM
from kernel.accounts.verbs import issue_token
from kernel.accounts.visibility import people_visible_to
from kernel.boot import boot
from kernel.processes import PARENT
from kernel.settings import read_settings
from kernel.work import unit_of_work
from seeds.cast import CHAIN_CODE, GEARWORKS, LONGTENG, PLAYERS, RIVAL, seat

ROWS, READERS, THINK_SECONDS, PATIENCE_SECONDS = 50_000, 20, 0.5, 600
IMPORTER, BUYER = "sales@gearworks.example", "buyer@longteng.example"
SELLERS: Mapping[str, tuple[str, str]] = {IMPORTER: (GEARWORKS, "RV-40E"), "sales@rival.example": (RIVAL, "RC-40")}
"""Who confirms orders: whose clerk, and the item that is ordered."""
ORDERS = 250
SEATS = tuple(email for player in PLAYERS[:6] for email in player.people)
PAGES = ("/todo", "/orders", "/firms", "/exchange", "/items")
Times = dict[str, list[float]]
Open = dict[str, list[str]]


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="chainmaster-bench-") as folder:
        home = Path(folder) / "a home"
        tokens = _plant(home)
        with product(home) as port:
            print(f"{rows} items, {READERS} readers, {os.cpu_count()} cores, SQLite", flush=True)
            open_orders, code = _ordered(port, tokens), _code_of(home, LONGTENG)
            confirmed: list[str] = []
            with _at_work(port, tokens, open_orders, confirmed) as quiet:
                time.sleep(30)
            _told("before", quiet)
            sheets = (
                ("items, all new", "ITEMS", _sheet(rows, 20)), ("items, all changed", "ITEMS", _sheet(rows, 21)),
                ("links, all new", "SUPPLY_LINKS", _links(rows, code)),
            )  # fmt: skip
            for name, kind, content in sheets:
                with _at_work(port, tokens, open_orders, confirmed) as times:
                    spent = _import(port, tokens[IMPORTER], content, kind)
                print(f"{name}: {', '.join(f'{what} {seconds:.1f} s' for what, seconds in spent.items())}")
                _told(name, times)
            _check(home, rows, 21, confirmed)
    return 0


def _plant(home: Path) -> dict[str, str]:
    settings = read_settings({"CHAINMASTER_HOME": str(home)})
    migrations.upgrade(settings.database_url)
    boot(settings)
    with unit_of_work() as work:
        seat(work)
        people = work.all(people_visible_to(SYSTEM))
        tokens = {person.email: issue_token(work, person, days=1, scope="write") for person in people}
    db.close_database()
    return tokens


@contextmanager
def product(home: Path, url: str = "") -> Iterator[int]:
    """The whole product on a home; its port. ``url``: of a database elsewhere."""
    port = free_port()
    given = {**os.environ, "CHAINMASTER_HOME": str(home), "DATABASE_URL": url, PARENT: str(os.getpid())}
    command = python("jobs.command", "up", "--demo", "--workers", "2", "--port", str(port))
    process = subprocess.Popen(command, env=given, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while _get(port, "/readyz", "")[0] != 200:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the product did not become ready")
            time.sleep(0.2)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@contextmanager
def _at_work(port: int, tokens: dict[str, str], orders: Open, confirmed: list[str]) -> Iterator[Times]:
    """Readers open pages, each half a second after the last; each seller confirms an order every second."""
    times: Times = defaultdict(list)
    stop = threading.Event()
    people = [
        threading.Thread(target=_read, args=(port, SEATS[n % len(SEATS)], n, times, stop)) for n in range(READERS)
    ]
    for email in SELLERS:
        given = (port, tokens[email], orders[email], confirmed, times, stop)
        people.append(threading.Thread(target=_confirm, args=given))
    for person in people:
        person.start()
    try:
        yield times
    finally:
        stop.set()
        for person in people:
            person.join()


def _read(port: int, email: str, number: int, times: Times, stop: threading.Event) -> None:
    cookie = _seated(port, email)
    while not stop.wait(THINK_SECONDS):
        number += 1
        page = PAGES[number % len(PAGES)]
        status, seconds = _get(port, page, cookie)
        times["pages" if status == 200 else f"answered {status}"].append(seconds)


def _confirm(
    port: int, token: str, orders: list[str], confirmed: list[str], times: Times, stop: threading.Event
) -> None:
    while orders and not stop.wait(1.0):
        begun, order = time.perf_counter(), orders.pop()
        told = act(port, token, "respond_to_order", {"orderId": order, "expectedVersion": 1, "answer": "ACCEPTED"})
        if told and told["order"]:
            confirmed.append(order)
        times["confirmations" if told and told["order"] else "refused"].append(time.perf_counter() - begun)


def _seated(port: int, email: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        "POST", "/seat", urlencode({"email": email}), {"Content-Type": "application/x-www-form-urlencoded"}
    )
    answer = connection.getresponse()
    answer.read()
    return str(answer.getheader("Set-Cookie")).partition(";")[0]


def _get(port: int, path: str, cookie: str) -> tuple[int, float]:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - begun
    except OSError:
        return 0, time.perf_counter() - begun
    finally:
        connection.close()


def act(port: int, token: str, name: str, given: dict[str, Any]) -> dict[str, Any]:
    return next(iter((ask(port, token, name, {"input": given}) or {"": {}}).values()))


def ask(port: int, token: str, name: str, variables: dict[str, Any]) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"query": operation(name), "variables": variables})
    connection.request(
        "POST", "/graphql", body, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    )
    told: dict[str, Any] = json.loads(connection.getresponse().read())
    return told.get("data") or {}


def _sheet(rows: int, day: int) -> bytes:
    lines = (f"IMP-{number:06},物料 {number},件,{day}" for number in range(rows))
    return "\r\n".join(["物料号,名称,计量单位,交货周期（天）", *lines]).encode("gb18030")


def _links(rows: int, buyer: str) -> bytes:
    lines = (f"{buyer},IMP-{number:06},{CHAIN_CODE}" for number in range(rows))
    return "\r\n".join(["采购方信用代码,供应方物料号,产业链", *lines]).encode()


def _code_of(home: Path, name: str) -> str:
    boot(read_settings({"CHAINMASTER_HOME": str(home)}))
    with unit_of_work(writes=False) as work:
        code = next(firm.code for firm in work.rows(firms_visible_to(SYSTEM)) if firm.name == name)
    db.close_database()
    return str(code)


def _ordered(port: int, tokens: dict[str, str]) -> Open:
    """Orders of one line, placed with each seller: their numbers."""
    placed: Open = {}
    for email, (_, number) in SELLERS.items():
        item = ask(port, tokens[email], "items_page", {"first": 100})["items"]["nodes"]
        line = {"number": 1, "itemId": next(one["id"] for one in item if one["number"] == number)}
        line |= {"quantity": "10", "unitPrice": "1200.50", "schedules": [{"wantedOn": "2031-03-01", "quantity": "10"}]}
        seller = ask(port, tokens[email], "viewer", {})["viewer"]["firm"]["id"]
        placed[email] = [
            act(port, tokens[BUYER], "place_order", {
                "sellerId": seller, "number": f"B-{number}-{n}", "currency": "CNY", "lines": [line],
            })["order"]["id"]
            for n in range(ORDERS)
        ]  # fmt: skip
    return placed


def _import(port: int, token: str, content: bytes, kind: str) -> dict[str, float]:
    """Upload, preview, run; seconds of each job."""
    declared = {"filename": "items.csv", "size": len(content), "sha256": sha256(content).hexdigest()}
    upload = act(port, token, "open_upload", declared)["upload"]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("PUT", urlsplit(upload["url"]).path, content)
    assert connection.getresponse().status == 200
    begun = time.perf_counter()
    made = act(port, token, "preview_import", {"uploadId": upload["id"], "kind": kind})["sheetImport"]
    found = _until(port, token, made["id"], "PREVIEWED")
    previewed = time.perf_counter()
    act(port, token, "run_import", {"importId": made["id"], "expectedVersion": found["version"], "rows": "ALL"})
    _until(port, token, made["id"], "DONE")
    return {"preview": previewed - begun, "run": time.perf_counter() - previewed}


def _until(port: int, token: str, number: str, state: str) -> dict[str, Any]:
    while True:
        found: dict[str, Any] = ask(port, token, "sheet_import_page", {"id": number, "first": 1})["node"]
        if found["state"] == state:
            return found
        assert found["state"] in ("READING", "PREVIEWED", "RUNNING"), found
        time.sleep(0.5)


def _told(name: str, times: Times) -> None:
    for what, seconds in sorted(times.items()):
        p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
        print(
            f"  {name}: {len(seconds)} {what}, p50 {median(seconds):.2f} s, p95 {p95:.2f} s, slowest {max(seconds):.2f} s",
            flush=True,
        )


def _check(home: Path, rows: int, day: int, confirmed: list[str]) -> None:
    """Every row is there once, as the sheet said it; every order whose confirmation was answered is confirmed."""
    boot(read_settings({"CHAINMASTER_HOME": str(home)}))
    with unit_of_work(writes=False) as work:
        found = {item.number: item for item in work.rows(items_visible_to(SYSTEM)) if item.number.startswith("IMP-")}
        linked = Counter(link.item_id for link in work.rows(supply_links_visible_to(SYSTEM)))
        bound = {order.id for order in work.rows(orders_visible_to(SYSTEM)) if order.state is OrderState.CONFIRMED}
    db.close_database()
    assert len(found) == rows
    assert all((i.name, i.unit, i.lead_time_days) == (f"物料 {int(n[4:])}", "EA", day) for n, i in found.items())
    assert all(linked[item.id] == 1 for item in found.values())
    lost = [order for order in confirmed if ids.number_of("Order", order) not in bound]
    print(f"{len(confirmed)} confirmations answered, {len(lost)} of them lost")
    assert not lost


if __name__ == "__main__":
    sys.exit(main())
