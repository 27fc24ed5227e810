"""Lists come in pages: by key, never by offset, and never more than a hundred at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.sql import Select
from sqlmodel import col

from kernel import ids
from kernel.errors import Invalid, NotFound
from kernel.work import UnitOfWork

DEFAULT_FIRST, MOST_FIRST = 20, 100
CURSOR = "Cursor"


@dataclass(frozen=True)
class Page:
    """Rows of one page; ``total`` is reckoned only when somebody asks."""

    rows: Sequence[Any]
    has_next: bool
    has_previous: bool
    statement: Select[Any] | None = None


def checked_first(first: int | None) -> int:
    """How many rows to give: 0 to 100, 20 when nothing is said. Raises Invalid."""
    if first is None:
        return DEFAULT_FIRST
    if not 0 <= first <= MOST_FIRST:
        raise Invalid("first", "first is 0 to 100", "first 应在 0 至 100 之间")
    return first


def place_of(after: str | None, viewer: int = 0) -> int | None:
    """The row number a cursor stands for, where it was sealed for this viewer or for all. Raises Invalid for any other."""
    if after is None:
        return None
    try:
        return ids.number_of(CURSOR, after, viewer=viewer)
    except NotFound:
        raise Invalid(
            "after", "this cursor is none of this list; begin without it", "游标无效，请从第一页开始"
        ) from None


def page(
    work: UnitOfWork, statement: Select[Any], table: Any, *, first: int | None, after: str | None, newest: bool = True
) -> Page:
    """One page of a visible select, by row number, newest first unless told otherwise."""
    size, place = checked_first(first), place_of(after)
    number = col(table.id)
    beyond = statement if place is None else statement.where(number < place if newest else number > place)
    ordered = beyond.order_by(number.desc() if newest else number.asc()).limit(size + 1)
    rows = work.rows(ordered)
    return Page(rows[:size], len(rows) > size, place is not None, statement)
