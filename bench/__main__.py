"""`make bench`: one list and one act, ours beside a plain endpoint's, round by round in turn. usage: python -m bench [DATABASE_URL]

Without an address on SQLite; on PostgreSQL: sh scripts/postgres sh -c '.venv/bin/python -m bench "$DATABASE_URL"'
"""

import json
import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from bench import servers
from bench.alike import same_list
from bench.load import CONNECTIONS, Asked, Measured, ask, each_once, for_seconds, middle
from bench.plant import LINES, ORDERS, Planted, plant
from jobs import roles
from kernel.settings import read_settings

LIST_ROUNDS, LIST_SECONDS = 7, 4.0
CONFIRM_ROUNDS, CONFIRMS = 5, 120
FIRST = 50

LIST = """
query Orders($first: Int!) {
  orders(first: $first) {
    nodes {
      id number state version currency placedAt
      seller { id name }
      lines {
        id number unitPrice state
        item { id number name }
        quantity { value unit }
        schedules { id wantedOn promisedOn quantity }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
CONFIRM = """
mutation Confirm($input: RespondToOrderInput!) {
  respondToOrder(input: $input) { order { id state version } userErrors { code message } }
}
"""


def main(url: str) -> int:
    with tempfile.TemporaryDirectory(prefix="chainmaster-bench-") as folder:
        home = Path(folder) / "home"
        begun = time.perf_counter()
        planted = plant(home, url)
        source = read_settings({"CHAINMASTER_HOME": str(home), "DATABASE_URL": url}).database_url
        copy = _copied(source) if url else _copied_file(home / "chainmaster.db", Path(folder) / "plain.db")
        print(f"{ORDERS} orders with {LINES} lines each, planted in {time.perf_counter() - begun:.0f} s")
        print(f"Python {platform.python_version()}, {roles.cores()} cores, {roles.cores()} processes each, ", end="")
        print(f"{make_url(copy).get_backend_name()}, {CONNECTIONS} connections", flush=True)
        with servers.product(home, url) as ours, servers.plain(copy) as theirs:
            listing = _list(ours, theirs, planted)
            confirming = _confirm(ours, theirs, planted)
    _print_table(f"list {FIRST} orders", listing)
    _print_table("confirm an order", confirming)
    return 0


def _list(ours: int, theirs: int, planted: Planted) -> list[tuple[Measured, Measured]]:
    asked = _posted(planted.buyer_token, LIST, {"first": FIRST})
    plain = Asked("GET", f"/orders?first={FIRST}")
    size = same_list(ask(ours, asked), ask(theirs, plain))
    print(f"both answer the list alike: {size} bytes of JSON once ids are written the same way", flush=True)
    for port, one in ((ours, asked), (theirs, plain)):
        for_seconds(port, one, 2)  # every process has compiled, cached and connected
    rounds = []
    for _ in range(LIST_ROUNDS):
        rounds.append((for_seconds(ours, asked, LIST_SECONDS), for_seconds(theirs, plain, LIST_SECONDS)))
        _tell("list", rounds[-1])
    same_list(ask(ours, asked), ask(theirs, plain))
    return rounds


def _confirm(ours: int, theirs: int, planted: Planted) -> list[tuple[Measured, Measured]]:
    waiting = iter(planted.to_answer.items())
    rounds = []
    for _ in range(CONFIRM_ROUNDS):
        some = [next(waiting) for _ in range(CONFIRMS)]
        asked = [_confirmation(planted.seller_token, order_id) for order_id, _ in some]
        plain = [_plain_confirmation(number) for _, number in some]
        rounds.append((each_once(ours, asked, _confirmed), each_once(theirs, plain, _confirmed)))
        _tell("confirm", rounds[-1])
    return rounds


def _confirmation(token: str, order_id: str) -> Asked:
    given = {"orderId": order_id, "expectedVersion": 1, "answer": "ACCEPTED"}
    return _posted(token, CONFIRM, {"input": given}, {"Idempotency-Key": str(uuid4())})


def _plain_confirmation(number: int) -> Asked:
    kind = {"Content-Type": "application/json"}
    return Asked("POST", f"/orders/{number}/confirm", kind, json.dumps({"expectedVersion": 1}).encode())


def _confirmed(body: bytes) -> None:
    payload = json.loads(body)["data"]["respondToOrder"]
    assert payload["userErrors"] == [] and payload["order"]["state"] == "CONFIRMED", body


def _posted(token: str, query: str, variables: dict[str, object], more: dict[str, str] | None = None) -> Asked:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **(more or {})}
    return Asked("POST", "/graphql", headers, json.dumps({"query": query, "variables": variables}).encode())


def _copied_file(source: Path, target: Path) -> str:
    """No process has the database open, so that its log is written back and the one file is all of it."""
    for end in ("", "-wal"):
        if source.with_name(source.name + end).exists():
            shutil.copy(source.with_name(source.name + end), target.with_name(target.name + end))
    return f"sqlite:///{target}"


def _copied(url: str) -> str:
    """A second PostgreSQL database like the first, which no process has open."""
    source = make_url(url)
    server = create_engine(source.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{source.database}_plain" TEMPLATE "{source.database}"'))
    server.dispose()
    return source.set(database=f"{source.database}_plain").render_as_string(hide_password=False)


def _tell(what: str, pair: tuple[Measured, Measured]) -> None:
    ours, theirs = pair
    print(
        f"  {what}: {ours.rate:.1f} beside {theirs.rate:.1f} a second, {ours.rate / theirs.rate:.2f} times", flush=True
    )


def _print_table(what: str, rounds: list[tuple[Measured, Measured]]) -> None:
    ours, theirs = middle([a for a, _ in rounds]), middle([b for _, b in rounds])
    ratios = sorted(a.rate / b.rate for a, b in rounds)
    print(f"\n{what:28}{'a second':>10}{'p50 ms':>10}{'p95 ms':>10}")
    for name, one in (("chainmaster /graphql", ours), ("plain Flask + ORM + jsonify", theirs)):
        print(f"{name:28}{one.rate:>10.1f}{one.p50:>10.1f}{one.p95:>10.1f}")
    low, half, high = ratios[0], ratios[len(ratios) // 2], ratios[-1]
    print(
        f"ratio, median of {len(rounds)} rounds: {half:.2f} ({low:.2f} to {high:.2f}); more than 1 is faster than plain"
    )


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
