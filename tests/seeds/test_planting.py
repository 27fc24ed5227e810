"""Planting: the same every time, with the clock as it was; an interrupted one is begun anew, a finished one is kept."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import Table, text

from jobs import nightly
from jobs.refusal import Refusal
from jobs.seeding import UNFINISHED, seed_once
from kernel import clock, db, outbox
from kernel.access import unscoped
from kernel.boot import boot
from kernel.migrations.everything import every_table
from kernel.settings import read_settings
from seeds import papers
from seeds.demo import plant

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120
PLANTING = """
from jobs.seeding import seed_once
from kernel import migrations
from kernel.boot import boot
from kernel.settings import read_settings

settings = read_settings()
migrations.upgrade(settings.database_url)
boot(settings)
seed_once(settings, size="small")
"""


@pytest.mark.skipif("SOAK" not in os.environ, reason="two plantings take minutes; make soak runs it")
def test_the_same_day_and_number_make_the_same_rows_and_leave_the_clock_alone(opened, tmp_path) -> None:
    found, before = [], datetime.now(UTC)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        with opened(tmp_path / name):
            plant(today=date(2030, 12, 31), size="small")
            found.append(digests())

    assert found[0] == found[1]
    assert len(set(found[0].values())) > 20
    assert before < clock.now() <= datetime.now(UTC)


DRAWN = frozenset({"rfq.public_key", "rfq.wrapped_key", "quotation.sealed"})
"""Keys, and what is sealed under them, are another each time; nothing else is drawn by lot but by the year's own number."""


def digests() -> dict[str, str]:
    """Every table's rows as one number, but for what is drawn."""
    return {
        table.name: sha256("\n".join(sorted(map(repr, rows_of(table)))).encode()).hexdigest()
        for table in every_table().sorted_tables
    }


def rows_of(table: Table) -> list[object]:
    kept = ", ".join(f'"{column.name}"' for column in table.columns if f"{table.name}.{column.name}" not in DRAWN)
    with unscoped("a test reads all rows"), db.session(writes=False) as session:
        return list(session.execute(text(f"SELECT {kept} FROM {table.name}")))


@pytest.mark.skipif("SOAK" not in os.environ, reason="it plants more than once, as above")
def test_a_planting_killed_in_the_middle_is_begun_anew_and_a_finished_one_is_kept(tmp_path) -> None:
    home = tmp_path / "a home"
    environ = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "OBJECT_STORE_URL")}
    environ |= {"CHAINMASTER_HOME": str(home), "PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}"}
    killed = subprocess.Popen([sys.executable, "-c", PLANTING], env=environ)
    until = time.monotonic() + PATIENCE_SECONDS
    while orders_in(home) < 10:
        assert killed.poll() is None and time.monotonic() < until
        time.sleep(0.02)
    killed.kill()
    killed.wait()
    assert (home / UNFINISHED).exists()

    said = planted_in(environ)

    assert said.startswith("planting the demo chain, this once")
    assert not (home / UNFINISHED).exists()
    boot(read_settings({"CHAINMASTER_HOME": str(home)}))
    assert nightly.broken_places() == []
    assert outbox.counts() == (0, 0)
    whole = digests()
    db.close_database()

    assert planted_in(environ) == ""
    boot(read_settings({"CHAINMASTER_HOME": str(home)}))
    assert digests() == whole
    db.close_database()


def planted_in(environ: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", PLANTING], env=environ, check=True, capture_output=True, text=True)
    return done.stdout


def orders_in(home: Path) -> int:
    """How many orders stand in a database somebody else is writing."""
    file = home / "chainmaster.db"
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM purchase_order").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def test_an_interrupted_planting_in_a_database_that_is_not_ours_is_left_to_its_owner(opened, tmp_path) -> None:
    with opened(tmp_path) as settings:
        before = digests()
        (settings.home / UNFINISHED).touch()
        with pytest.raises(Refusal, match="empty the database, then start again"):
            seed_once(replace(settings, database_url="postgresql://elsewhere/chain"), size="small")

        assert digests() == before


def test_papers_of_other_words_have_other_bytes_and_of_the_same_words_the_same() -> None:
    for made, words, others in (
        (papers.pdf, ["item RV-40E"], ["item RV-80E"]),
        (papers.sheet, [["RV-40E", "1"]], [["RV-40E", "2"]]),
        (papers.table, [["RV-40E", "1"]], [["RV-40E", "2"]]),
        (papers.picture, "RV-40E", "RV-80E"),
    ):
        assert made(words) == made(words)  # type: ignore[arg-type]
        assert made(words) != made(others)  # type: ignore[arg-type]
