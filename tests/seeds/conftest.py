"""An empty database in a home of its own, on SQLite by default, on PostgreSQL by DATABASE_URL; and the chain planted in one."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from kernel import boot, clock, db, migrations
from kernel.settings import Settings, read_settings
from seeds.cast import Seated
from seeds.demo import plant
from tests.conftest import copied

TODAY = date(2031, 3, 14)
Opened = Callable[[Path], AbstractContextManager[Settings]]


@pytest.fixture(scope="session")
def morning() -> datetime:
    """The instant the planted chain is looked at."""
    return datetime.combine(TODAY, time(8), clock.CHINA)


@pytest.fixture(scope="session")
def opened() -> Opened:
    """Opens an empty database for a home, in this process."""
    return _opened


@pytest.fixture(scope="session")
def chain_planted(tmp_path_factory: pytest.TempPathFactory, morning: datetime) -> Iterator[tuple[Settings, Seated]]:
    """Two months of the chain, planted once and closed again."""
    with _opened(tmp_path_factory.mktemp("demo")) as settings:
        with clock.standing_at(morning):
            seated = plant(today=TODAY, size="small")
        db.close_database()
        yield settings, seated


@pytest.fixture(scope="module")
def planted(
    chain_planted: tuple[Settings, Seated], tmp_path_factory: pytest.TempPathFactory, morning: datetime
) -> Iterator[Seated]:
    """The planted chain in a copy for a module, on the morning it is looked at."""
    settings, seated = chain_planted
    with copied(settings.database_url, tmp_path_factory.mktemp("copy"), "planted") as url:
        boot.boot(replace(settings, database_url=url))
        with clock.standing_at(morning):
            yield seated
        db.close_database()


@contextmanager
def _opened(home: Path) -> Iterator[Settings]:
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        with _in_use({"CHAINMASTER_HOME": str(home)}) as settings:
            yield settings
        return
    name = f"seeds_{os.getpid()}_{home.name.replace('-', '_')}"[:60]
    _run(server, f"CREATE DATABASE {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    try:
        with _in_use({"CHAINMASTER_HOME": str(home), "DATABASE_URL": url}) as settings:
            yield settings
    finally:
        _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _in_use(environ: dict[str, str]) -> Iterator[Settings]:
    settings = read_settings(environ)
    migrations.upgrade(settings.database_url)
    boot.boot(settings)
    try:
        yield settings
    finally:
        db.close_database()


def _run(server: str, statement: str) -> None:
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
