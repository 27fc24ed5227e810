"""What is shared where rows are many: numbers asked for in portions, rows by a column, and rows changed only as they were read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from kernel import db
from kernel.errors import Stale
from kernel.work import UnitOfWork

T = TypeVar("T")
PORTION = 500
"""A statement that asks for many rows by number asks for so many at once: databases bound how much one may say."""


def portions(numbers: Collection[T]) -> Iterator[Sequence[T]]:
    listed = list(numbers)
    for begin in range(0, len(listed), PORTION):
        yield listed[begin : begin + PORTION]


def by_column(rows: Iterable[Any], name: str) -> defaultdict[int, list[Any]]:
    """Rows by what stands in one column of theirs; none for any other number."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def change_as_read(work: UnitOfWork, table: Any, rows: Sequence[Mapping[str, Any]], **of: Any) -> None:
    """Change rows; each names its ``id`` and the ``version`` it was read at. of: what all of them hold, such as whose they are.

    Raises Stale where one is no more so.
    """
    if not db.update_many(work.session, table.__table__, rows, of):
        raise Stale(0)
