"""An item is known to its maker, and to those who are linked to the maker by it."""

from datetime import date

from sqlalchemy import Select, or_, select
from sqlmodel import col

from chain.items.tables import Item
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from kernel.access import Actor, Role, seen_by


def items_visible_to(actor: Actor) -> Select[Item]:
    items = select(Item)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, items)
    party = -1 if actor.party_id is None else actor.party_id
    bought = select(col(SupplyLink.item_id)).where(col(SupplyLink.buyer_id) == party)
    return seen_by(actor, items.where(or_(col(Item.firm_id) == party, col(Item.id).in_(bought))))


def items_behind_links(actor: Actor, on: date) -> Select[int | None, int | None]:
    """(item id, stage id) behind the links one may see on a day: a disclosed link shows its stage, not its item."""
    linked = supply_links_visible_to(actor, on).with_only_columns(col(SupplyLink.item_id))
    staged = select(col(Item.id), col(Item.stage_id)).where(col(Item.id).in_(linked))
    return seen_by(actor, staged)
