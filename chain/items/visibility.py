"""An item is known to its maker, and to those who are linked to the maker by it."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from chain.items.tables import Item
from chain.links.tables import SupplyLink
from kernel.access import Actor, Role, seen_by


def items_visible_to(actor: Actor) -> Select[Item]:
    items = select(Item)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, items)
    party = -1 if actor.party_id is None else actor.party_id
    bought = select(col(SupplyLink.item_id)).where(col(SupplyLink.buyer_id) == party)
    return seen_by(actor, items.where(or_(col(Item.firm_id) == party, col(Item.id).in_(bought))))
