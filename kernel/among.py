"""Rows whose numbers are in a list, however long: databases count the parameters of a statement (SQLite 250,000, PostgreSQL 65,535)."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

MANY = 5_000
"""Up to so many each is a parameter of its own, as SQLAlchemy writes them: shorter to plan, and the usual case."""


class _Listed(FunctionElement[int]):
    """All numbers of one JSON text, as a subquery."""

    type = BigInteger()
    inherit_cache = True


@compiles(_Listed, "sqlite")
def _in_sqlite(listed: _Listed, compiler: Any, **given: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(listed.clauses, **given)}))"  # noqa: S608 - a placeholder


@compiles(_Listed, "postgresql")
def _in_postgresql(listed: _Listed, compiler: Any, **given: Any) -> str:
    told = compiler.process(listed.clauses, **given)
    return f"(SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST({told} AS json)))"  # noqa: S608 - a placeholder


def among(column: Any, numbers: Collection[int | None]) -> ColumnElement[bool]:
    """``column.in_(numbers)`` for any number of row numbers."""
    found: ColumnElement[bool]
    if len(numbers) <= MANY:
        found = column.in_(numbers)
    else:
        text = literal(json.dumps([number for number in numbers if number is not None]), String())
        found = column.op("IN", is_comparison=True, return_type=None)(_Listed(text))
    return found
