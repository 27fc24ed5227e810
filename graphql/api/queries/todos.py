"""What one must do."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from datetime import UTC
from typing import Any

import graphene

from api import nodes
from api.context import BATCH_OF
from api.types import people as people_types
from api.types.fields import many, paged, paging, said
from delivery.todo import todos
from kernel import ids
from kernel.errors import Invalid, NotFound
from kernel.paging import Page, checked_first


class TodoQuestions:
    """The to-do list."""

    todo = said(
        people_types.TodoItemConnection,
        "What you must do, first what is due first.",
        args={"kind": graphene.Argument(people_types.TodoKind, description="Only this.")} | paging(),
    )
    todo_counts = many(people_types.TodoCount, "How much you must do of each kind; kinds without any are left out.")

    @staticmethod
    def resolve_todo(root: Any, info: Any, kind: Any = None, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        found = [t for t in todos(c.work, c.acting) if kind in (None, t.act)]
        places = [_todo_cursor(todo) for todo in found]
        begin = bisect_right(places, _todo_place(after)) if after else 0
        size = checked_first(first)
        rows = found[begin : begin + size]
        c.batches["order"].expect(t.order_id for t in rows)
        for kind_of, batch in BATCH_OF.items():
            c.batches[batch].expect(t.subject_id for t in rows if t.kind == kind_of)
        answer = paged(Page(rows, begin + size < len(found), begin > 0), cursor=_todo_said)
        return answer | {"count": lambda info: len(found)}

    @staticmethod
    def resolve_todo_counts(root: Any, info: Any) -> Any:
        c = info.context
        found = todos(c.work, c.acting)
        acts = dict.fromkeys(t.act for t in found)
        return [
            {"kind": act, "items": sum(t.act is act for t in found),
             "overdue": sum(t.act is act and t.limit <= c.work.now for t in found)}
            for act in acts
        ]  # fmt: skip


def _todo_cursor(todo: Any) -> tuple[str, str, str]:
    return f"{todo.limit.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}", str(todo.act), f"{todo.subject_id:020}"


def _todo_said(todo: Any) -> str:
    at, act, _ = _todo_cursor(todo)
    return urlsafe_b64encode(f"{at}|{act}|{ids.seal(todo.kind, todo.subject_id)}".encode()).decode()


def _todo_place(after: str) -> tuple[str, str, str]:
    """Where a cursor of the to-do list stands. Raises Invalid."""
    try:
        at, act, sealed = urlsafe_b64decode(after).decode().split("|")
        _, number = ids.unseal(sealed, nodes.TAGS)
    except (ValueError, NotFound):
        raise Invalid(
            "after", "this cursor is none of this list; begin without it", "游标无效，请从第一页开始"
        ) from None
    return at, act, f"{number:020}"
