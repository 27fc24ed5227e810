"""What people ask about items, what buyers call them, and their own stock."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_
from sqlmodel import col

from chain.items.decisions import Ratio, in_force, is_in_force, is_withdrawn, to_buyer_unit
from chain.items.tables import CrossReference, Item, StockCount
from chain.items.visibility import cross_references_visible_to, items_visible_to, stock_visible_to
from chain.items.visibility import items_behind_links as visible_behind_links
from chain.links.decisions import buyer_stands_by
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from kernel.access import Actor, Role, Side
from kernel.among import among
from kernel.paging import Page, page
from kernel.quantities import ZERO
from kernel.seeking import sought_text
from kernel.work import UnitOfWork


def items(
    work: UnitOfWork, actor: Actor, *, firm_id: int | None, number: str | None, text: str | None = None,
    own: bool | None = None, first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """The items the actor may know of: its own and those it is supplied with.

    ``text`` is sought in the maker's number, the name, and the numbers the actor's firm or its buyers give them.
    """
    statement = items_visible_to(actor)
    if firm_id is not None:
        statement = statement.where(col(Item.firm_id) == firm_id)
    if number is not None:
        statement = statement.where(col(Item.number) == number)
    if own is not None:
        mine = col(Item.firm_id) == actor.party_id
        statement = statement.where(mine if own else ~mine)
    if text:
        sought = sought_text(text, "text")
        called = cross_references_visible_to(actor).where(
            col(CrossReference.buyer_number).contains(sought, autoescape=True)
        )
        statement = statement.where(
            or_(
                col(Item.number).contains(sought, autoescape=True),
                col(Item.name).contains(sought, autoescape=True),
                col(Item.id).in_(called.with_only_columns(col(CrossReference.item_id))),
            )
        )
    return page(work, statement, Item, first=first, after=after, newest=False)


def items_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(items_visible_to(actor).where(among(col(Item.id), numbers)))


def items_behind_links(work: UnitOfWork, actor: Actor, numbers: Collection[int], on: date) -> Sequence[Any]:
    """(id, stage_id) of the items some visible links are about."""
    return work.rows(visible_behind_links(actor, on).where(among(col(Item.id), numbers)))


def item_verbs(actor: Actor, item: Any) -> list[str]:
    """What this person may do to an item now: the buttons of its page."""
    mine = item.firm_id == actor.party_id
    found = ["change_item", "retire_item"] if mine and item.retired_on is None and _keeps(actor) else []
    if actor.has(Role.SALES if mine else Role.BUYER):
        found.append("state_cross_reference")
    if actor.has(Role.PLANNER):
        found += ["count_stock", *(["state_bill", "explode_plan"] if mine else [])]
    return found


def _keeps(actor: Actor) -> bool:
    return actor.has(Role.SALES, Role.PLANNER)


def cross_references(
    work: UnitOfWork, actor: Actor, *, item_id: int | None, partner_id: int | None, on: date | None,
    first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """What is stated between the actor's firm and its partners, newest first; ``on``: in force that day."""
    statement = cross_references_visible_to(actor)
    if item_id is not None:
        statement = statement.where(col(CrossReference.item_id) == item_id)
    if partner_id is not None:
        statement = statement.where(
            or_(col(CrossReference.buyer_id) == partner_id, col(CrossReference.supplier_id) == partner_id)
        )
    if on is not None:
        ends = or_(col(CrossReference.valid_to).is_(None), col(CrossReference.valid_to) >= on)
        statement = statement.where(col(CrossReference.valid_from) <= on, ends)
    return page(work, statement, CrossReference, first=first, after=after)


def cross_references_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(cross_references_visible_to(actor).where(col(CrossReference.id).in_(numbers)))


def cross_references_of_items(work: UnitOfWork, actor: Actor, item_ids: Collection[int]) -> Sequence[Any]:
    """All periods of items, for whichever day is asked about; withdrawn ones left out."""
    found = cross_references_visible_to(actor).where(among(col(CrossReference.item_id), item_ids))
    return [r for r in work.rows(found.order_by(col(CrossReference.id))) if not is_withdrawn(r)]


def in_force_between(
    work: UnitOfWork, actor: Actor, *, buyer_id: int, item_ids: Collection[int], on: date
) -> Mapping[int, Any]:
    """Item id -> the cross-reference of a buyer that is in force on a day."""
    found = cross_references_of_items(work, actor, item_ids)
    return {r.item_id: r for r in found if r.buyer_id == buyer_id and is_in_force(r, on)}


def called(work: UnitOfWork, actor: Actor, numbers: Collection[str], on: date) -> Sequence[Any]:
    """The cross-references in force by which the actor's firm calls an item by one of these numbers."""
    own = cross_references_visible_to(actor).where(
        col(CrossReference.buyer_id) == actor.party_id, col(CrossReference.buyer_number).in_(numbers)
    )
    return [r for r in work.rows(own.order_by(col(CrossReference.id))) if is_in_force(r, on)]


@dataclass(frozen=True)
class Called:
    """What a buyer calls an item, from a day to a day; without days where only the supply link says so.

    ``is_its_word``: the buyer said so itself, or stands by the link that does.
    """

    item_id: int
    buyer_id: int
    number: str
    valid_from: date
    valid_to: date | None
    reference: Any
    is_its_word: bool


def names_of_items(work: UnitOfWork, actor: Actor, item_ids: Collection[int]) -> list[Called]:
    """What buyers call items, of those the actor may know: by cross-reference, and last by supply link."""
    stated = [
        Called(r.item_id, r.buyer_id, r.buyer_number, r.valid_from, r.valid_to, r, r.number_by is Side.BUYER)
        for r in cross_references_of_items(work, actor, item_ids)
    ]
    links = supply_links_visible_to(actor).where(
        among(col(SupplyLink.item_id), item_ids), col(SupplyLink.buyer_number).is_not(None)
    )
    return stated + [
        Called(
            link.item_id,
            link.buyer_id,
            link.buyer_number,
            date.min,
            None,
            None,
            buyer_stands_by(link),
        )
        for link in work.rows(links.order_by(col(SupplyLink.id)))
    ]


def called_by(names: Sequence[Called], buyer_id: int, on: date) -> Called | None:
    """What one buyer calls an item on a day."""
    return in_force([name for name in names if name.buyer_id == buyer_id], on)


def own_names(names: Sequence[Called], buyer_id: int, on: date) -> dict[int, Called]:
    """Item -> what one buyer calls it on a day, where that is its own word: a maker alone names no need of its buyer's."""
    found: dict[int, list[Called]] = {}
    for name in names:
        if name.buyer_id == buyer_id and name.is_its_word:
            found.setdefault(name.item_id, []).append(name)
    called = {item_id: in_force(some, on) for item_id, some in found.items()}
    return {item_id: name for item_id, name in called.items() if name is not None}


def terms_in_force(names: Sequence[Called], buyer_id: int, on: date) -> dict[int, Any]:
    """Item -> the cross-reference of one buyer that is in force on a day, as ``in_force_between`` reads it."""
    stated = [name.reference for name in names if name.buyer_id == buyer_id and name.reference is not None]
    return {reference.item_id: reference for reference in stated if is_in_force(reference, on)}


def reference_verbs(actor: Actor, reference: Any, today: date) -> list[str]:
    duty = Role.SALES if reference.supplier_id == actor.party_id else Role.BUYER
    over = reference.valid_to is not None and reference.valid_to < today
    return ["end_cross_reference"] if actor.has(duty) and not over else []


def said_in_buyers_unit(quantity: Decimal, reference: Any) -> Decimal | None:
    """An amount of the item in the unit its buyer counts in; None where six decimals cannot say it."""
    try:
        return to_buyer_unit(quantity, Ratio(reference.buyer_units, reference.item_units))
    except ValueError:
        return None


def stock_counts(work: UnitOfWork, actor: Actor, *, item_id: int | None, first: int | None, after: str | None) -> Page:
    """The actor's firm's own counts, newest first."""
    statement = stock_visible_to(actor)
    if item_id is not None:
        statement = statement.where(col(StockCount.item_id) == item_id)
    return page(work, statement, StockCount, first=first, after=after)


def stock_counts_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(stock_visible_to(actor).where(col(StockCount.id).in_(numbers)))


def stock_of(
    work: UnitOfWork, actor: Actor, *, firm_ids: Collection[int], item_ids: Collection[int]
) -> dict[tuple[int, int], Decimal]:
    """(firm id, item id) -> what it has: of each place its newest count, summed over its places."""
    counted = stock_visible_to(actor).where(
        col(StockCount.firm_id).in_(firm_ids), among(col(StockCount.item_id), item_ids)
    )
    newest: dict[tuple[int, int, int | None], Decimal] = {}
    for count in work.rows(counted.order_by(col(StockCount.counted_on), col(StockCount.id))):
        newest[count.firm_id, count.item_id, count.site_id] = count.quantity
    found: dict[tuple[int, int], Decimal] = {}
    for (firm_id, item_id, _), quantity in newest.items():
        found[firm_id, item_id] = found.get((firm_id, item_id), ZERO) + quantity
    return found
