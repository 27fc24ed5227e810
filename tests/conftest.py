"""A database with the cast seated, fresh for each test; on SQLite by default, on PostgreSQL by DATABASE_URL."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, create_engine, make_url, select, text
from sqlmodel import col
from werkzeug.routing import Rule
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from kernel import boot, db, migrations
from kernel.access import unscoped
from kernel.clock import today_of
from kernel.settings import Settings, read_settings
from kernel.tables import Event
from kernel.work import unit_of_work
from seeds.cast import Seated, seat

SHARED = {
    "planted": (
        "tests/seeds/test_demo",
        "tests/seeds/test_found",
        "tests/seeds/test_honest_year",
        "tests/seeds/test_procured",
    ),
    "crawled": ("tests/secrecy/test_crawl", "tests/secrecy/test_planted_faults", "tests/secrecy/test_tables"),
    "secret": ("tests/secrecy/",),
}
"""What tests share is made once: each of these groups goes to one worker, the first whose path fits."""


class Sharing(LoadScopeScheduling):
    """Each other test goes to the worker that is free."""

    def _split_scope(self, nodeid: str) -> str:
        return next((name for name, paths in SHARED.items() if nodeid.startswith(paths)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    return Sharing(config, log)


_builders: dict[object, Callable[..., tuple[str, str]]] = {}
_compile_builder = Rule._compile_builder


def _compiled_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    key = (rule.rule, append_unknown, tuple(rule._trace), repr(rule.defaults))
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


Rule._compile_builder = _compiled_once  # type: ignore[method-assign]
"""Nearly every test makes the app, and nine tenths of making it is werkzeug compiling the same rules again."""


class _Compiled(BytecodeCache):
    """Templates as they were compiled for the apps of earlier tests: four tenths of a page's test."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _Compiled()}

gc.set_threshold(25_000, 20, 10)
"""A test makes tens of thousands of objects that live as long as it does; looking through them again and again is a tenth of it."""

db._synchronous = "OFF"
"""A test's database in this process need not outlive the machine; processes that tests start sync as they always do."""


@dataclass(frozen=True)
class Stage:
    """A template database with the cast seated, to be copied for each test."""

    settings: Settings
    seated: Seated
    day: date


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    home = tmp_path_factory.mktemp("stage")
    settings = read_settings({"CHAINMASTER_HOME": str(home), "DATABASE_URL": _template_url(home)})
    migrations.upgrade(settings.database_url)
    boot.boot(settings)
    with unit_of_work() as work:
        # Officials read what a month began with: the cast is no part of it, also on the first of a month.
        today = today_of(work.now)
        seated = seat(work, since=max(today, today.replace(day=2)))
        with unscoped("what the cast disclosed before the play was told of before it"):
            for number in work.session.scalars(select(col(Event.id)).where(col(Event.kind) == "LinksDisclosed")):
                work.claim(number, by="tell_of_disclosure")
    db.close_database()
    return Stage(settings, seated, today)


_first: dict[str, Engine] = {}
"""The first engine of this process for each kind of database."""
_create_engine = db.create_engine


def _speaking_as_the_first(url: str, **given: Any) -> Engine:
    """What SQLAlchemy compiled for the databases of earlier tests serves this one as well: a quarter of a test's time."""
    made = _create_engine(url, query_cache_size=4_000, **given)
    first = _first.setdefault(made.dialect.name, made)
    made.dialect, made._compiled_cache = first.dialect, first._compiled_cache
    return made


db.create_engine = _speaking_as_the_first  # type: ignore[attr-defined]


@pytest.fixture
def settings(stage: Stage, tmp_path: Path) -> Iterator[Settings]:
    """Settings of this test's own copy, already in use by this process."""
    with copied(stage.settings.database_url, tmp_path) as url:
        made = replace(
            stage.settings, home=tmp_path, database_url=url, object_store_url=f"file://{tmp_path / 'objects'}"
        )
        boot.boot(made)
        yield made
        db.close_database()


@pytest.fixture
def seated(stage: Stage, settings: Settings) -> Seated:
    """The cast by number, in this test's database."""
    return stage.seated


def _server() -> str | None:
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else None


def _template_url(home: Path) -> str:
    server = _server()
    if server is None:
        return f"sqlite:///{home / 'template.db'}"
    name = f"stage_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    _run(server, f"CREATE DATABASE {name}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


class copied:
    """The template once more, for one test; ``prefix`` tells apart copies that live at the same time."""

    def __init__(self, template: str, folder: Path, prefix: str = "test") -> None:
        self.template, self.folder, self.prefix = make_url(template), folder, prefix

    def __enter__(self) -> str:
        if self.template.get_backend_name() == "sqlite":
            shutil.copy(str(self.template.database), self.folder / "test.db")
            return f"sqlite:///{self.folder / 'test.db'}"
        self.name = f"{self.prefix}_{self.template.database}"
        _run(str(_server()), f"CREATE DATABASE {self.name} TEMPLATE {self.template.database}")
        return self.template.set(database=self.name).render_as_string(hide_password=False)

    def __exit__(self, *_: object) -> None:
        if self.template.get_backend_name() != "sqlite":
            db.close_database()
            _run(str(_server()), f"DROP DATABASE {self.name} WITH (FORCE)")


def _run(server: str, statement: str) -> None:
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
