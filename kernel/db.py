"""The database: SQLite in one file, or PostgreSQL by setting; column types that read back as they were written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Integer,
    String,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from kernel import access

E = TypeVar("E", bound=StrEnum)

# SQLite copies a table to change it, and can only carry over keys that have a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "fk": "%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
}

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
PATIENCE_MS = 10_000


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


class Busy(Exception):
    """Somebody else writes just now."""


def session(*, writes: bool, waits: bool = True) -> Session:
    """``waits``: for other writers, at most ten seconds; else ``Busy`` is raised where somebody writes (SQLite alone)."""
    engine = _writing if writes else _reading
    if engine is None:
        raise RuntimeError("kernel.db.open_database has not been called")
    if not waits:
        engine = engine.execution_options(waits=False)
    return Session(engine, expire_on_commit=False)


def insert_new(at: Session, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is taken; whether it was new. Waits for a rival transaction to end."""
    statement = _insert_unless_there(at.get_bind().dialect.name, table, tuple(values))
    return at.execute(statement, values).first() is not None


@cache
def _insert_unless_there(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:
    """Built once for each shape of row: every job begins with one, and building it costs as much as running it."""
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    named: dict[str, Any] = {name: bindparam(name) for name in columns}
    statement = insert(table).values(named).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return statement.execution_options(viewer=None)


def insert_many(at: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Insert rows of one shape at a fraction of what objects cost; their numbers, in the same order, where they have any."""
    numbered = _next_numbers(at, table, len(rows)) if rows and "id" in table.c else []
    told = [{"id": number, **row} for number, row in zip(numbered, rows, strict=True)] if numbered else rows
    if told and at.get_bind().dialect.name == "sqlite" and _has_plain_defaults(table, told[0]):
        _insert_plainly(at.connection(), table, told)
    elif told:
        at.connection().execute(insert(table).execution_options(viewer=None), told)
    return numbered


def _has_plain_defaults(table: Table, row: Mapping[str, Any]) -> bool:
    left_out = [column.default for column in table.c if column.name not in row and column.default is not None]
    return all(default.is_scalar for default in left_out)


def _insert_plainly(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """A column at a time, each value turned once into what SQLite keeps: in half the time, for everyone else waits."""
    columns = [column for column in table.c if column.name in rows[0] or column.default is not None]
    kept = [_kept(column, rows, connection.dialect) for column in columns]
    names = ", ".join(f'"{column.name}"' for column in columns)
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 - our own names
    connection.exec_driver_sql(statement, list(zip(*kept, strict=True)), execution_options={"viewer": None})


def _kept(column: Any, rows: Sequence[Mapping[str, Any]], dialect: Dialect) -> Sequence[Any]:
    if column.name not in rows[0]:
        values: Sequence[Any] = [column.default.arg] * len(rows)
    else:
        values = [row[column.name] for row in rows]
    turned = column.type.dialect_impl(dialect).bind_processor(dialect)
    if turned is None:
        return values
    # By which one it is, not by what it equals: 1.0 and 1.00 are kept as they are written.
    once = {number: turned(value) for number, value in {id(value): value for value in values}.items()}
    return [once[id(value)] for value in values]


def update_many(at: Session, table: Table, rows: Sequence[Mapping[str, Any]], of: Mapping[str, Any]) -> bool:
    """Change rows by their ``id``, all of one shape, each from the ``version`` it was read at to the next.

    of: what columns of every row must hold. Whether all rows were so; where one is not, the caller undoes the whole.
    """
    if not rows:
        return True
    told = [{f"new_{name}": value for name, value in row.items()} for row in rows]
    fresh: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name not in ("id", "version")}
    as_read = (table.c.id == bindparam("new_id"), table.c.version == bindparam("new_version"))
    held = [table.c[name] == value for name, value in of.items()]
    statement = update(table).where(*as_read, *held).values(**fresh, version=table.c.version + 1)
    changed = at.connection().execute(statement.execution_options(viewer=None), told)
    return bool(changed.rowcount == len(rows))


def _next_numbers(at: Session, table: Table, count: int) -> Sequence[int]:
    """Row numbers nobody else is given: told beforehand, for a database that answers each row costs as much as objects."""
    if at.get_bind().dialect.name == "postgresql":
        drawn = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
        statement = select(drawn).select_from(func.generate_series(1, count).alias())
        return at.connection().execute(statement.execution_options(viewer=None)).scalars().all()
    # Whoever writes here is alone: SQLite has one writer at a time.
    last = at.connection().execute(select(func.max(table.c.id)).execution_options(viewer=None)).scalar() or 0
    return range(last + 1, last + 1 + count)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # else Python's driver begins transactions behind our back
    for pragma in ("journal_mode=WAL", f"synchronous={_synchronous}", f"busy_timeout={PATIENCE_MS}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait its turn in SQLite; a writer says so at once.
    told = connection.get_execution_options()
    if told.get("writes") and not told.get("waits", True):
        _begin_or_leave(connection)
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if told.get("writes") else "BEGIN")


def _begin_or_leave(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError:
        raise Busy from None
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE_MS}")
