"""Add an item to a firm's range."""

from sqlmodel import col

from chain.items.events import ItemAdded
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from kernel.access import Actor, Role, require
from kernel.errors import Invalid
from kernel.work import UnitOfWork


def add_item(
    work: UnitOfWork,
    actor: Actor,
    *,
    number: str,
    name: str,
    unit: str,
    lead_time_days: int = 0,
    stage_id: int | None = None,
) -> Item:
    """Add an item under its maker's own number; unit is a UNECE Rec 20 code such as C62. Raises Invalid."""
    require(actor, Role.SALES)
    assert actor.party_id is not None
    mine = items_visible_to(actor).where(col(Item.firm_id) == actor.party_id, col(Item.number) == number)
    if work.maybe(mine) is not None:
        raise Invalid("number", f"you have an item numbered {number} already", f"物料号 {number} 已存在")
    item = work.add(
        Item(
            firm_id=actor.party_id,
            stage_id=stage_id,
            number=number,
            name=name,
            unit=unit,
            lead_time_days=lead_time_days,
            added_at=work.now,
        )  # fmt: skip
    )
    assert item.id is not None
    work.record(ItemAdded(item_id=item.id))
    return item
