"""What the access table of the database is made of: a table, its visibility function, and who may know its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select

from kernel.access import Actor
from tests.secrecy.world import Rows

Known = Callable[["Ledger", Any, Actor | None], bool]


@dataclass(frozen=True)
class Table:
    """``visible``: the function every read starts from. ``known``: the rule once more, in plain words on plain rows.

    ``kind``: what its rows are called outside, where they have an id.
    """

    name: str
    kind: str | None
    visible: Callable[[Actor], Select[Any]]
    known: Known


class Ledger:
    """All rows, findable; who may know a row."""

    def __init__(self, rows: Rows) -> None:
        self.rows = {
            name: {row.id: row for row in some} for name, some in rows.items() if some and "id" in some[0]._fields
        }

    def row(self, table: str, number: int) -> Any:
        return self.rows.get(table, {}).get(number)

    def of(self, table: str) -> list[Any]:
        return list(self.rows.get(table, {}).values())

    def knows(self, actor: Actor | None, table: str, number: int) -> bool:
        from tests.secrecy.tables import TABLES  # the tables of every concept, which themselves stand on this file

        row = self.row(table, number)
        return row is not None and TABLES[table].known(self, row, actor)


def party_of(actor: Actor | None) -> int:
    return -1 if actor is None or actor.party_id is None else actor.party_id


def one_of(*columns: str) -> Known:
    """The firms these columns name."""
    return lambda ledger, row, actor: party_of(actor) in {getattr(row, column) for column in columns}


def under(column: str, table: str) -> Known:
    """Whoever knows the row above."""
    return lambda ledger, row, actor: ledger.knows(actor, table, getattr(row, column))


def signed_in(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return actor is not None


def today() -> date:
    return datetime.now(UTC).date()
