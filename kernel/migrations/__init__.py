"""The history of the tables: bring a database to the newest revision, and tell whether it is there."""

from functools import cache
from importlib.resources import as_file, files
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text

LOCK = 4711
"""Two starts at once take turns: the number of the advisory lock on PostgreSQL."""


def upgrade(url: str) -> None:
    """Bring the database to the newest revision in one transaction: all of it or nothing. Safe to run at any time."""
    engine = _engine(url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(_config(connection), "head")
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("a migration left rows that refer to nothing; nothing was changed")
    engine.dispose()


def at_head(connection: Connection) -> bool:
    """Whether the tables are those this code was written for."""
    return MigrationContext.configure(connection).get_current_revision() == _newest()


def write_revision(url: str, message: str) -> None:
    """Write a migration file from what the tables say and the database, brought up to date first, does not yet."""
    upgrade(url)
    engine = _engine(url)
    with engine.begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True)
    engine.dispose()


def check(url: str) -> None:
    """Raise alembic's CommandError when the tables have changed and no migration says so."""
    upgrade(url)
    engine = _engine(url)
    with engine.begin() as connection:
        command.check(_config(connection))
    engine.dispose()


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def _config(connection: Connection | None) -> Config:
    # Found beside this file when checked out and when installed alike; alembic reads "%" as the start of a name.
    with as_file(files("kernel.migrations")) as folder:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
        config.set_main_option("path_separator", "newline")
        return config


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _free_of_references)
        event.listen(engine, "begin", _begin)
    return engine


def _free_of_references(connection: Any, record: Any) -> None:
    # SQLite changes a table by making it anew; with references on, dropping the old one would take rows along.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=OFF", "busy_timeout=60000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
