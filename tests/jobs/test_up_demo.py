"""`chainmaster up --demo`: seats for everyone, and a start that keeps what was planted."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from processes import Started, wait_until
from product import Up

SEATED = """
from kernel import migrations
from kernel.boot import boot
from kernel.settings import read_settings
from kernel.work import unit_of_work
from seeds.cast import seat

settings = read_settings()
migrations.upgrade(settings.database_url)
boot(settings)
with unit_of_work() as work:
    seat(work)
"""
"""The cast alone: whether anything is planted beside it is asked of the people, and planting all takes a minute."""


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="what was planted is counted in the file")
def test_a_home_with_people_is_kept_its_seats_are_told_and_ctrl_c_ends_everything(
    started: Started, environ: dict[str, str]
) -> None:
    subprocess.run([sys.executable, "-c", SEATED], env=environ, check=True, capture_output=True)
    file = Path(environ["CHAINMASTER_HOME"]) / "chainmaster.db"
    before = counts(file)

    up = Up(started, environ, "--demo").ready()
    wait_until(lambda: "Ctrl-C stops everything" in up.said())
    running = up.children()
    up.process.send_signal(signal.SIGINT)

    assert up.process.wait(60) == 0
    assert [pid for pid in running if Path(f"/proc/{pid}").exists()] == []
    assert "planting" not in up.said()
    assert up.said().count(".example") == 14
    assert before["person"] == 14
    assert counts(file) == before


def counts(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table in ("purchase_order", "person", "event", "audit_entry", "document_revision")
        }
