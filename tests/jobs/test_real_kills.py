"""The product itself, killed process by process while a seller confirms: each confirmation is kept once, and counts once."""

import os
import signal
import time
from collections import Counter
from itertools import cycle, islice
from pathlib import Path

import pytest
from confirming import ITEMS, Clients, evidence_of_orders, lines_kept, orders_kept, place_orders, responses_kept
from processes import Started, wait_until
from product import Up, ask

from jobs import nightly
from kernel import migrations, outbox
from kernel.boot import boot
from kernel.settings import Settings, read_settings

SOAK = bool(os.environ.get("SOAK"))
CONFIRMATIONS, KILLS = (1000, 140) if SOAK else (40, 7)
VICTIMS = (
    "jobs.command web", "web worker", "jobs.command relay", "worker --number 1/2", "worker --number 2/2",
    "valkey-server", "jobs.command timetable",
)  # fmt: skip
LAST_RETRIES_SECONDS = 200
"""A job that failed four times, each time because something was killed, is tried a last time after 156 s."""


@pytest.fixture
def settings(environ: dict[str, str]) -> Settings:
    """The tables as migrations make them, for the product checks that it finds those."""
    made = read_settings(environ)
    migrations.upgrade(made.database_url)
    boot(made)
    return made


@pytest.mark.skipif(not SOAK, reason="it takes a minute; make soak runs it, and test_kills.py has its small form")
def test_killing_every_process_in_turn_loses_and_doubles_no_confirmation(
    settings: Settings, environ: dict[str, str], started: Started
) -> None:
    placed = place_orders(CONFIRMATIONS)
    up = Up(started, environ).ready()
    clients = Clients(up.port, list(placed))
    begun = time.monotonic()
    clients.begin()

    killed: Counter[str] = Counter()
    for turn, victim in enumerate(islice(cycle(VICTIMS), KILLS)):
        due = (turn + 1) * CONFIRMATIONS // (KILLS + 1)
        wait_until(lambda due=due: len(clients.answered) >= due or bool(clients.surprises))  # type: ignore[misc]
        os.kill(_pid(up, victim), signal.SIGKILL)
        killed[victim] += 1
    wait_until(clients.are_done)

    _assert_all_once(clients, placed, up)
    assert killed == dict.fromkeys(VICTIMS, KILLS // len(VICTIMS))
    print(f"{len(placed)} confirmations, {KILLS} kills, {clients.sent} requests, {time.monotonic() - begun:.0f} s")


@pytest.mark.skipif(not SOAK, reason="a second product for one more victim; make soak runs it")
def test_killing_the_supervisor_loses_and_doubles_no_confirmation(
    settings: Settings, environ: dict[str, str], started: Started
) -> None:
    placed = place_orders(20)
    up = Up(started, environ).ready()
    clients = Clients(up.port, list(placed))
    clients.begin()
    wait_until(lambda: len(clients.answered) >= 5)
    running = up.children()

    up.process.kill()
    up.process.wait()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in running))
    again = Up(started, environ, port=up.port).ready()
    wait_until(clients.are_done)

    _assert_all_once(clients, placed, again)


def _assert_all_once(clients: Clients, placed: dict[str, int], up: Up) -> None:
    assert clients.surprises == []
    wait_until(lambda: outbox.counts() == (0, 0), patience=LAST_RETRIES_SECONDS)
    assert len(clients.answered) == len(placed)
    assert responses_kept() == clients.answered
    assert orders_kept() == {("confirmed", 2): len(placed)}
    assert lines_kept() == {"confirmed": len(ITEMS) * len(placed)}
    assert evidence_of_orders() == [len(placed)] * len(ITEMS)
    assert nightly.broken_places() == []
    wait_until(lambda: ask(up.port, "/readyz") == 200)


def _pid(up: Up, victim: str) -> int:
    found: list[int] = []

    def lives() -> bool:
        found[:] = sorted(_web_workers(up) if victim == "web worker" else up.children(victim))
        return bool(found)

    wait_until(lives)
    return found[0]


def _web_workers(up: Up) -> set[int]:
    """What the web server forked: the processes that answer. It is older than they are."""
    web = set(up.children("jobs.command web"))
    return web - {min(web, default=0)}
