"""Many items or cross-references at once: what the verbs do one by one, with the same rules, facts and trail, in few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chain.items.decisions import day_before
from chain.items.events import CrossReferenceEnded, CrossReferenceStated, ItemAdded, ItemChanged
from chain.items.referring import ReferenceTerms
from chain.items.tables import CrossReference, Item
from chain.items.verbs import check_new_item, check_words
from kernel.access import Actor, Role, Side, require
from kernel.bulk import change_as_read
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class NewItem:
    number: str
    name: str
    unit: str
    lead_time_days: int = 0
    stage_id: int | None = None


@dataclass(frozen=True)
class ItemChange:
    """``version``: as it was read. The name and lead time it shall have, changed or not."""

    item_id: int
    version: int
    name: str
    lead_time_days: int
    changed: tuple[str, ...]


def add_items(work: UnitOfWork, actor: Actor, items: Sequence[NewItem]) -> Sequence[int]:
    """Their row numbers. That the numbers are new is for the caller to have looked up; the table refuses others."""
    require(actor, Role.SALES, Role.PLANNER)
    for item in items:
        check_new_item(number=item.number, name=item.name, unit=item.unit, lead_time_days=item.lead_time_days)
    numbers = work.add_many(
        Item,
        [
            {
                "firm_id": actor.party_id,
                "stage_id": item.stage_id,
                "number": item.number,
                "name": item.name,
                "unit": item.unit,
                "lead_time_days": item.lead_time_days,
                "added_at": work.now,
                "version": 1,
            }
            for item in items
        ],  # fmt: skip
    )
    work.record_many([ItemAdded(item_id=number) for number in numbers])
    return numbers


def change_items(work: UnitOfWork, actor: Actor, changes: Sequence[ItemChange]) -> None:
    """Raises Stale where one was changed or retired since it was read, Invalid."""
    require(actor, Role.SALES, Role.PLANNER)
    for change in changes:
        check_words(change.name, change.lead_time_days)
    rows = [
        {"id": c.item_id, "version": c.version, "name": c.name, "lead_time_days": c.lead_time_days} for c in changes
    ]
    change_as_read(work, Item, rows, firm_id=actor.party_id, retired_on=None)
    work.record_many([ItemChanged(item_id=change.item_id, changed=change.changed) for change in changes])


@dataclass(frozen=True)
class Statement:
    """What one buyer calls an item, from a day on. ``closes``: (row number, version) of the period it follows."""

    item_id: int
    supplier_id: int
    buyer_id: int
    terms: ReferenceTerms
    unit: str
    valid_from: date
    valid_to: date | None
    closes: tuple[int, int] | None


def state_cross_references(work: UnitOfWork, actor: Actor, statements: Sequence[Statement]) -> None:
    """Each judged by ``check_terms``, ``check_days``, ``check_number`` and ``making_way``. Raises Stale, NotAllowedNow."""
    for supplies in {statement.supplier_id == actor.party_id for statement in statements}:
        require(actor, Role.SALES if supplies else Role.BUYER)
    closed: list[dict[str, Any]] = [
        {"id": s.closes[0], "version": s.closes[1], "valid_to": day_before(s.valid_from)}
        for s in statements
        if s.closes
    ]
    change_as_read(work, CrossReference, closed)
    work.record_many([CrossReferenceEnded(reference_id=one["id"], valid_to=one["valid_to"]) for one in closed])
    rows = [
        {
            "supplier_id": s.supplier_id, "buyer_id": s.buyer_id, "item_id": s.item_id,
            "buyer_number": s.terms.buyer_number,
            "number_by": Side.SELLER if s.supplier_id == actor.party_id else Side.BUYER, "buyer_unit": s.unit, "buyer_units": s.terms.buyer_units,
            "item_units": s.terms.item_units, "minimum": s.terms.minimum, "multiple": s.terms.multiple,
            "lead_time_days": s.terms.lead_time_days, "valid_from": s.valid_from, "valid_to": s.valid_to,
            "version": 1, "stated_at": work.now,
        }
        for s in statements
    ]  # fmt: skip
    numbers = work.add_many(CrossReference, rows)
    work.record_many([
        CrossReferenceStated(reference_id=number, valid_from=s.valid_from, valid_to=s.valid_to)
        for number, s in zip(numbers, statements, strict=True)
    ])  # fmt: skip
