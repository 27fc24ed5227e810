"""Every process is killed in turn while facts are written: nothing acknowledged is lost, nothing happens twice."""

import os
import signal
from pathlib import Path

import toys
from processes import Started, descendants, start, wait_until
from sqlalchemy import select
from sqlmodel import col

from jobs import nightly
from kernel import outbox
from kernel.access import SYSTEM, unscoped
from kernel.accounts.visibility import people_visible_to
from kernel.settings import Settings
from kernel.tables import Event
from kernel.work import unit_of_work

VICTIMS = ("toy_writer.py", "toy_relay.py", "toy_worker.py first", "toy_worker.py second", "valkey-server")
ROUNDS, BETWEEN_KILLS = (10, 20) if os.environ.get("SOAK") else (1, 12)
"""At least rounds x victims x writes between kills are made: 60, or 1,000 when soaking."""


def test_killing_every_process_in_turn_loses_and_doubles_nothing(
    settings: Settings, environ: dict[str, str], started: Started, tmp_path: Path
) -> None:
    notes = tmp_path / "acknowledged"
    notes.touch()
    script = str(Path(toys.__file__).with_name("toy_up.py"))
    up = started["up"] = start(script, str(notes), environ=environ, log=tmp_path / "up.log")

    for victim in VICTIMS * ROUNDS:
        written = len(_lines(notes))
        wait_until(lambda written=written: len(_lines(notes)) >= written + BETWEEN_KILLS)  # type: ignore[misc]
        os.kill(_pid(up.pid, victim), signal.SIGKILL)

    notes.with_suffix(".enough").touch()
    wait_until(notes.with_suffix(".done").exists)
    wait_until(lambda: outbox.counts() == (0, 0))
    acknowledged, kept = set(_lines(notes)), _emails()
    assert len(acknowledged) >= ROUNDS * len(VICTIMS) * BETWEEN_KILLS
    assert acknowledged - kept == set()
    # A writer killed between the commit and its note leaves one that is kept and unheard of: no more than it had deaths.
    assert len(kept - acknowledged) <= ROUNDS
    facts = _facts()
    assert len(facts) == len(kept)
    assert toys.greeted() == dict.fromkeys(facts, 1)
    assert nightly.broken_places() == []


def _pid(supervisor: int, victim: str) -> int:
    found: list[int] = []

    def lives() -> bool:
        found[:] = [pid for pid, line in descendants(supervisor).items() if victim in line]
        return bool(found)

    wait_until(lives)
    return found[0]


def _lines(notes: Path) -> list[str]:
    return notes.read_text().splitlines()


def _facts() -> list[int]:
    """All events by number: on PostgreSQL a transaction that was killed leaves a gap between them."""
    with unit_of_work(writes=False) as work, unscoped("a test counts what was recorded"):
        return [number for number in work.session.scalars(select(col(Event.id))) if number is not None]


def _emails() -> set[str]:
    with unit_of_work(writes=False) as work:
        return {person.email for person in work.all(people_visible_to(SYSTEM))}
