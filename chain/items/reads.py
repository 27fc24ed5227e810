"""What people ask about items."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlmodel import col

from chain.items.tables import Item
from chain.items.visibility import items_behind_links as visible_behind_links
from chain.items.visibility import items_visible_to
from kernel.access import Actor
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def items(
    work: UnitOfWork, actor: Actor, *, firm_id: int | None, number: str | None, first: int | None, after: str | None
) -> Page:
    """The items the actor may know of: its own and those it is supplied with."""
    statement = items_visible_to(actor)
    if firm_id is not None:
        statement = statement.where(col(Item.firm_id) == firm_id)
    if number is not None:
        statement = statement.where(col(Item.number) == number)
    return page(work, statement, Item, first=first, after=after, newest=False)


def items_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(items_visible_to(actor).where(col(Item.id).in_(numbers)))


def items_behind_links(work: UnitOfWork, actor: Actor, numbers: Collection[int], on: date) -> Sequence[Any]:
    """(id, stage_id) of the items some visible links are about."""
    return work.rows(visible_behind_links(actor, on).where(col(Item.id).in_(numbers)))
