"""How types are written here: every field described, ids sealed, children from batches, lists paged."""

from collections.abc import Callable
from enum import Enum
from typing import Any

import graphene

from api.scalars import Date, Decimal
from kernel import ids
from kernel.paging import CURSOR, Page


def said(kind: Any, description: str, **given: Any) -> graphene.Field:
    """A field that is always there."""
    return graphene.Field(graphene.NonNull(kind), description=description, **given)


def maybe(kind: Any, description: str, **given: Any) -> graphene.Field:
    """A field that may be empty."""
    return graphene.Field(kind, description=description, **given)


def many(kind: Any, description: str, **given: Any) -> graphene.Field:
    """A short list that needs no pages: its length is bounded by a rule of the domain."""
    return graphene.Field(graphene.NonNull(graphene.List(graphene.NonNull(kind))), description=description, **given)


def ident(kind: str) -> graphene.Field:
    """The opaque id of a row of this kind."""
    return graphene.Field(
        graphene.NonNull(graphene.ID), description="Opaque id.", resolver=lambda row, info: ids.seal(kind, row.id)
    )


def child(kind: Any, batch: str, column: str, description: str, *, required: bool = True) -> graphene.Field:
    """The one row a column names."""
    return graphene.Field(
        graphene.NonNull(kind) if required else kind,
        description=description,
        resolver=lambda row, info: info.context.batches[batch].one(getattr(row, column)),
    )


def children(kind: Any, batch: str, description: str) -> graphene.Field:
    """The rows that name this one."""
    return many(kind, description, resolver=lambda row, info: info.context.batches[batch].many(row.id))


def described(name: str, enum: type[Enum], summary: str, words: dict[Any, str]) -> Any:
    """A GraphQL enum out of one of the domain's, under the contract's name, every value described."""

    def describe(value: Any) -> str:
        return summary if value is None else words[value]

    return graphene.Enum.from_enum(enum, name=name, description=describe)


def camel(verb: str) -> str:
    """The mutation of a verb: placeOrder of place_order."""
    head, *rest = verb.split("_")
    return head + "".join(part.capitalize() for part in rest)


class Quantity(graphene.ObjectType):
    """An amount and its unit."""

    value = said(Decimal, "Exact decimal.")
    unit = said(graphene.String, "UNECE Recommendation 20 code, such as C62 (piece) or KGM.")


class Money(graphene.ObjectType):
    """An amount and its currency."""

    amount = said(Decimal, "Exact decimal.")
    currency = said(graphene.String, "ISO 4217 code, such as CNY.")


class PageInfo(graphene.ObjectType):
    """Where a page stands in its list."""

    has_next_page = said(graphene.Boolean, "More follow: ask again with `after: endCursor`.")
    has_previous_page = said(graphene.Boolean, "The page was asked for with `after`.")
    start_cursor = maybe(graphene.String, "Cursor of the first node.")
    end_cursor = maybe(graphene.String, "Cursor of the last node.")


def paging() -> dict[str, Any]:
    """The arguments of every list."""
    return {
        "first": graphene.Int(description="How many at most: 0 to 100, 20 when nothing is said."),
        "after": graphene.String(description="Go on after this cursor."),
    }


def connection(node: Any, name: str) -> Any:
    """A paged list of ``node``, after Relay: edges, nodes, pageInfo, totalCount."""
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": f"One {name} of a page, with its cursor.",
            "node": said(node, f"The {name}."),
            "cursor": said(graphene.String, "Its place in the list."),
        },
    )
    return type(
        f"{name}Connection",
        (graphene.ObjectType,),
        {
            "__doc__": f"One page of a list of {name}.",
            "edges": many(edge, "The nodes with their cursors."),
            "nodes": many(node, "The nodes alone."),
            "page_info": said(PageInfo, "Where this page stands."),
            "total_count": said(
                graphene.Int, "How many there are on all pages, of those you may see.", resolver=_total
            ),
        },
    )


def _total(page: Any, info: Any) -> int:
    counted: int = page["count"](info)
    return counted


def paged(found: Page, *, cursor: Callable[[Any], str] | None = None) -> dict[str, Any]:
    """A page as its connection."""
    name = cursor or (lambda row: ids.seal(CURSOR, row.id))
    edges = [{"node": row, "cursor": name(row)} for row in found.rows]
    info = {
        "has_next_page": found.has_next, "has_previous_page": found.has_previous,
        "start_cursor": edges[0]["cursor"] if edges else None, "end_cursor": edges[-1]["cursor"] if edges else None,
    }  # fmt: skip

    def count(info: Any) -> int:
        if found.statement is None:
            return len(found.rows)
        total: int = info.context.work.count(found.statement)
        return total

    return {"edges": edges, "nodes": found.rows, "page_info": info, "count": count}


__all__ = [
    "Date", "Decimal", "Money", "PageInfo", "Quantity", "camel", "child", "children", "connection", "described", "ident",
    "many", "maybe", "paged", "paging", "said",
]  # fmt: skip
