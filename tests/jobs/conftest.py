"""A real broker and a real database for each test of the background work, and children that never outlive it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import create_engine, make_url, text

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.append(str(HERE))  # a worker, in this process or its own, finds the toys by their plain name

from processes import Started, start, wait_until  # noqa: E402

from kernel import db  # noqa: E402
from kernel.access import unscoped  # noqa: E402
from kernel.boot import boot  # noqa: E402
from kernel.broker import broker  # noqa: E402
from kernel.migrations.everything import every_table  # noqa: E402
from kernel.settings import Settings, read_settings  # noqa: E402


@pytest.fixture
def started() -> Iterator[Started]:
    """Processes by name; all of them are ended when the test is."""
    running = Started()
    yield running
    running.end()


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What a process of ours is started with: a home of its own with a space in its name."""
    given = {k: v for k, v in os.environ.items() if k not in ("CHAINMASTER_HOME", "REDIS_URL", "OBJECT_STORE_URL")}
    given |= {"CHAINMASTER_HOME": str(tmp_path / "a home"), "PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}:{HERE}"}
    if server := os.environ.get("DATABASE_URL", "").startswith("postgres") and os.environ["DATABASE_URL"]:
        with _database_on(server) as url:
            yield {**given, "DATABASE_URL": url}
    else:
        given.pop("DATABASE_URL", None)
        yield given


@pytest.fixture
def settings(environ: dict[str, str]) -> Iterator[Settings]:
    """A database with all tables, opened in this process."""
    made = read_settings(environ)
    boot(made)
    with unscoped("tests make the tables"), db.session(writes=True) as session:
        every_table().create_all(session.connection())
        session.commit()
    yield made
    db.close_database()


@pytest.fixture
def valkey(settings: Settings, started: Started, environ: dict[str, str]) -> Redis:
    """The embedded broker as `chainmaster up` runs it."""
    started["broker"] = start("-m", "jobs.embedded", environ=environ)
    connection = broker(settings)
    wait_until(lambda: answers(settings))
    return connection


def answers(settings: Settings) -> bool:
    from redis import RedisError

    from kernel.broker import broker_at_once

    try:
        return bool(broker_at_once(settings).ping())
    except RedisError:
        return False


class _database_on:
    """A database of this test's own on a PostgreSQL server."""

    def __init__(self, server: str) -> None:
        self.server, self.name = make_url(server).set(drivername="postgresql+psycopg"), f"jobs_{os.getpid()}"

    def __enter__(self) -> str:
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)", f"CREATE DATABASE {self.name}")
        return self.server.set(database=self.name, drivername="postgresql").render_as_string(hide_password=False)

    def __exit__(self, *_: object) -> None:
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _run(self, *statements: str) -> None:
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()
