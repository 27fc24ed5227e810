"""The database: SQLite in one file, or PostgreSQL by setting; column types that read back as they were written."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Engine, Integer, String, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from kernel import access

E = TypeVar("E", bound=StrEnum)

RowNumber = BigInteger().with_variant(Integer, "sqlite")
"""SQLite only numbers rows by itself in a column called INTEGER."""


def key() -> Any:
    """The primary key of every table: numbered by the database, never shown outside (see kernel.ids)."""
    return Field(default=None, primary_key=True, sa_type=RowNumber)


def ref(table: str, *, index: bool = True, nullable: bool = False) -> Any:
    """A reference to a row of another table."""
    default: dict[str, Any] = {"default": None} if nullable else {}
    return Field(foreign_key=f"{table}.id", index=index, nullable=nullable, sa_type=RowNumber, **default)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant in UTC; refuses naive ones. SQLite forgets time zones, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[E], Generic[E]):
    """One word of an enum, kept as text so that a new word needs no migration."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words
        self._of: dict[str | None, E | None] = {None: None, **{w.value: w for w in words}}

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], E | None]:
        return self._of.__getitem__


def word(words: type[E], default: E | None = None, *, index: bool = False) -> Any:
    given: dict[str, Any] = {} if default is None else {"default": default}
    return Field(sa_type=Word(words), nullable=False, index=index, **given)


def maybe_word(words: type[E]) -> Any:
    return Field(default=None, sa_type=Word(words), nullable=True)


_reading: Engine | None = None
_writing: Engine | None = None
_synchronous = "FULL"


def open_database(url: str) -> Engine:
    """Connect this process. Reading and writing share one pool; only how a transaction begins differs."""
    global _reading, _writing
    close_database()
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 10, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, pool_size=5, max_overflow=10, pool_pre_ping=True)
    access.guard(engine)
    access.watch_flushes(Session, engine)
    _reading, _writing = engine, engine.execution_options(writes=True)
    return engine


@contextmanager
def unsynced() -> Iterator[None]:
    """Let commits not wait for the disk: only for what is begun anew when interrupted, as planting the demo is.

    SQLite only; the block ends with everything written through.
    """
    global _synchronous
    assert _reading is not None
    _synchronous = "OFF"
    _reading.dispose()
    try:
        yield
    finally:
        _synchronous = "FULL"
        _reading.dispose()
        if _reading.dialect.name == "sqlite":
            with _reading.connect() as connection:
                connection.commit()
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]


def close_database() -> None:
    global _reading, _writing
    if _reading is not None:
        _reading.dispose()
    _reading = _writing = None


def session(*, writes: bool) -> Session:
    engine = _writing if writes else _reading
    if engine is None:
        raise RuntimeError("kernel.db.open_database has not been called")
    return Session(engine, expire_on_commit=False)


def insert_new(at: Session, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is taken; whether it was new. Waits for a rival transaction to end."""
    dialect = at.get_bind().dialect.name
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return at.execute(statement.execution_options(viewer=None)).first() is not None


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # else Python's driver begins transactions behind our back
    for pragma in ("journal_mode=WAL", f"synchronous={_synchronous}", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait its turn in SQLite; a writer says so at once.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
