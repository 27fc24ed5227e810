"""What people ask about bills: the one in force, its lines, the whole tree, and where an item is used."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlmodel import col

from chain.bills.decisions import Branch, Part, tree
from chain.bills.tables import BillLine, BillOfMaterial
from chain.bills.visibility import bill_lines_visible_to, bills_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from kernel.access import Actor, Role
from kernel.paging import Page, page
from kernel.work import UnitOfWork

MOST_BRANCHES = 500
DEEPEST_TREE = 10


def bills(work: UnitOfWork, actor: Actor, *, item_id: int, first: int | None, after: str | None) -> Page:
    """The versions of an item's bill, newest first."""
    return page(
        work, bills_visible_to(actor).where(col(BillOfMaterial.item_id) == item_id), BillOfMaterial,
        first=first, after=after,
    )  # fmt: skip


def bills_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(bills_visible_to(actor).where(col(BillOfMaterial.id).in_(numbers)))


def bill_lines(work: UnitOfWork, actor: Actor, *, bill_id: int, first: int | None, after: str | None) -> Page:
    """The lines of one bill, by position. Raises NotFound."""
    work.one(bills_visible_to(actor).where(col(BillOfMaterial.id) == bill_id), field="billId")
    lines = bill_lines_visible_to(actor).where(col(BillLine.bill_id) == bill_id)
    return page(work, lines, BillLine, first=first, after=after, newest=False)


def open_bills(work: UnitOfWork, actor: Actor, today: date) -> Sequence[Any]:
    """Every bill the actor's firm has that is not over, withdrawn ones left out."""
    standing = or_(col(BillOfMaterial.valid_to).is_(None), col(BillOfMaterial.valid_to) >= today)
    return [
        b for b in work.rows(bills_visible_to(actor).where(standing)) if b.valid_to is None or b.valid_to >= b.valid_from
    ]  # fmt: skip


def lines_of(work: UnitOfWork, actor: Actor, bill_ids: Collection[int]) -> dict[int, list[Part]]:
    """Bill id -> its lines, in order."""
    found: dict[int, list[Part]] = {bill_id: [] for bill_id in bill_ids}
    lines = bill_lines_visible_to(actor).where(col(BillLine.bill_id).in_(bill_ids))
    for line in work.rows(lines.order_by(col(BillLine.bill_id), col(BillLine.position))):
        found[line.bill_id].append(Part(line.component_id, line.quantity_per, line.scrap_percent))
    return found


def made_of(work: UnitOfWork, actor: Actor, bills: Sequence[Any]) -> dict[int, set[int]]:
    """Item id -> what it is made of by any of these bills."""
    parts = lines_of(work, actor, [b.id for b in bills])
    found: dict[int, set[int]] = {}
    for bill in bills:
        found.setdefault(bill.item_id, set()).update(part.component_id for part in parts[bill.id])
    return found


def parts_on(work: UnitOfWork, actor: Actor, on: date) -> dict[int, list[Part]]:
    """Item id -> the lines of its bill in force on a day, over everything the actor's firm makes."""
    current: dict[int, Any] = {}
    for bill in bills_in_force(work, actor, on):
        current[bill.item_id] = bill
    lines = lines_of(work, actor, [b.id for b in current.values()])
    return {item_id: lines[bill.id] for item_id, bill in current.items()}


def bills_in_force(work: UnitOfWork, actor: Actor, on: date) -> Sequence[Any]:
    ends = or_(col(BillOfMaterial.valid_to).is_(None), col(BillOfMaterial.valid_to) >= on)
    return work.rows(bills_visible_to(actor).where(col(BillOfMaterial.valid_from) <= on, ends))


@dataclass(frozen=True)
class BillTree:
    """A bill with the bills below it. ``is_cut``: there is more than these rows."""

    rows: list[Branch]
    is_cut: bool


def bill_tree(work: UnitOfWork, actor: Actor, *, item_id: int, on: date) -> BillTree:
    """What an item of one's own is made of on a day, through all levels of one's own bills. Raises NotFound."""
    work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    rows, is_cut = tree(parts_on(work, actor, on), item_id, most=MOST_BRANCHES, deepest=DEEPEST_TREE)
    return BillTree(rows, is_cut)


def bill_verbs(actor: Actor, bill: Any, today: date) -> list[str]:
    over = bill.valid_to is not None and bill.valid_to < today
    return ["end_bill"] if actor.has(Role.PLANNER) and not over else []
