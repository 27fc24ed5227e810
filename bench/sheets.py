"""50,000 rows come in while 20 people read and a clerk writes. usage: python -m bench.sheets [ROWS]

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
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

from api.stored import operation
from bench.servers import free_port
from chain.items.visibility import items_visible_to
from jobs.supervisor import python
from kernel import db, migrations
from kernel.access import SYSTEM
from kernel.accounts.verbs import issue_token
from kernel.accounts.visibility import people_visible_to
from kernel.boot import boot
from kernel.processes import PARENT
from kernel.settings import read_settings
from kernel.work import unit_of_work
from seeds.cast import seat

ROWS, READERS, THINK_SECONDS, PATIENCE_SECONDS = 50_000, 20, 0.5, 600
IMPORTER, CLERK = "sales@gearworks.example", "sales@bearing.example"
SEATS = ("buyer@longteng.example", "planner@longteng.example", "lead@longteng.example", "sales@rival.example", IMPORTER)
PAGES = ("/todo", "/orders", "/firms", "/exchange", "/items")
Times = dict[str, list[float]]


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="chainmaster-bench-") as folder:
        home = Path(folder) / "a home"
        tokens = _plant(home)
        with _product(home) as port:
            print(f"{rows} items, {READERS} readers, {os.cpu_count()} cores, SQLite", flush=True)
            with _at_work(port, tokens[CLERK]) as quiet:
                time.sleep(15)
            _told("before", quiet)
            for name, day in (("all new", 20), ("all changed", 21)):
                with _at_work(port, tokens[CLERK]) as times:
                    spent = _import(port, tokens[IMPORTER], _sheet(rows, day))
                print(f"{name}: {', '.join(f'{what} {seconds:.1f} s' for what, seconds in spent.items())}")
                _told(name, times)
                _check(home, rows, day)
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
def _product(home: Path) -> Iterator[int]:
    port = free_port()
    given = {**os.environ, "CHAINMASTER_HOME": str(home), "DATABASE_URL": "", PARENT: str(os.getpid())}
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
def _at_work(port: int, clerk: str) -> Iterator[Times]:
    """Readers open pages, each half a second after the last; one clerk writes something small every second."""
    times: Times = defaultdict(list)
    stop = threading.Event()
    people = [
        threading.Thread(target=_read, args=(port, SEATS[n % len(SEATS)], n, times, stop)) for n in range(READERS)
    ]
    people.append(threading.Thread(target=_write, args=(port, clerk, times, stop)))
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


def _write(port: int, token: str, times: Times, stop: threading.Event) -> None:
    while not stop.wait(1.0):
        begun = time.perf_counter()
        told = _act(port, token, "open_upload", {"filename": "a.pdf", "size": 9, "sha256": "0" * 64})
        times["writes" if told.get("upload") else "writes refused"].append(time.perf_counter() - begun)


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


def _act(port: int, token: str, name: str, given: dict[str, Any]) -> dict[str, Any]:
    return next(iter(_ask(port, token, name, {"input": given}).values()))


def _ask(port: int, token: str, name: str, variables: dict[str, Any]) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"query": operation(name), "variables": variables})
    connection.request(
        "POST", "/graphql", body, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    )
    told: dict[str, Any] = json.loads(connection.getresponse().read())
    return told["data"]


def _sheet(rows: int, day: int) -> bytes:
    lines = (f"IMP-{number:06},物料 {number},件,{day}" for number in range(rows))
    return "\r\n".join(["物料号,名称,计量单位,交货周期（天）", *lines]).encode("gb18030")


def _import(port: int, token: str, content: bytes) -> dict[str, float]:
    """Upload, preview, run; seconds of each job."""
    declared = {"filename": "items.csv", "size": len(content), "sha256": sha256(content).hexdigest()}
    upload = _act(port, token, "open_upload", declared)["upload"]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("PUT", urlsplit(upload["url"]).path, content)
    assert connection.getresponse().status == 200
    begun = time.perf_counter()
    made = _act(port, token, "preview_import", {"uploadId": upload["id"], "kind": "ITEMS"})["sheetImport"]
    found = _until(port, token, made["id"], "PREVIEWED")
    previewed = time.perf_counter()
    _act(port, token, "run_import", {"importId": made["id"], "expectedVersion": found["version"], "rows": "ALL"})
    _until(port, token, made["id"], "DONE")
    return {"preview": previewed - begun, "run": time.perf_counter() - previewed}


def _until(port: int, token: str, number: str, state: str) -> dict[str, Any]:
    while True:
        found: dict[str, Any] = _ask(port, token, "sheet_import_page", {"id": number, "first": 1})["node"]
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


def _check(home: Path, rows: int, day: int) -> None:
    """Every row is there once, as the sheet said it."""
    boot(read_settings({"CHAINMASTER_HOME": str(home)}))
    with unit_of_work(writes=False) as work:
        found = {item.number: item for item in work.rows(items_visible_to(SYSTEM)) if item.number.startswith("IMP-")}
    db.close_database()
    assert len(found) == rows
    assert all((i.name, i.unit, i.lead_time_days) == (f"物料 {int(n[4:])}", "EA", day) for n, i in found.items())


if __name__ == "__main__":
    sys.exit(main())
