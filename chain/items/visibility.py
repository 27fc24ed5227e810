"""An item is known to its maker, and to those who are linked to the maker by it; its terms to the pair; stock to its firm."""

from datetime import date

from sqlalchemy import Select, or_, select
from sqlmodel import col

from chain.firms.tables import Firm, FirmStanding
from chain.items.tables import CrossReference, Item, StockCount
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from kernel.access import Actor, Role, seen_by


def items_visible_to(actor: Actor) -> Select[Item]:
    items = select(Item)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, items)
    if actor.has(Role.GUEST):
        return seen_by(actor, items.where(col(Item.id).in_(actor.only_of("Item"))), guests=True)
    party = -1 if actor.party_id is None else actor.party_id
    link = select(col(SupplyLink.id)).where(col(SupplyLink.item_id) == col(Item.id), col(SupplyLink.buyer_id) == party)
    # What a buyer says a firm makes that has not joined: its own words about it, told to nobody else.
    note = select(col(Firm.id)).where(
        col(Firm.id) == col(Item.firm_id), col(Firm.known_to_id) == party, col(Firm.standing) == FirmStanding.REACHED
    )
    known = (col(Item.firm_id) == party, link.correlate(Item).exists(), note.correlate(Item).exists())
    return seen_by(actor, items.where(or_(*known)))


def items_behind_links(actor: Actor, on: date) -> Select[int | None, int | None]:
    """(item id, stage id) behind the links one may see on a day: a disclosed link shows its stage, not its item."""
    linked = supply_links_visible_to(actor, on).with_only_columns(col(SupplyLink.item_id))
    staged = select(col(Item.id), col(Item.stage_id)).where(col(Item.id).in_(linked))
    return seen_by(actor, staged)


def cross_references_visible_to(actor: Actor) -> Select[CrossReference]:
    """What a buyer calls an item, and its terms: for that buyer and the item's maker."""
    references = select(CrossReference)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, references)
    party = -1 if actor.party_id is None else actor.party_id
    pair = or_(col(CrossReference.supplier_id) == party, col(CrossReference.buyer_id) == party)
    return seen_by(actor, references.where(pair))


def stock_visible_to(actor: Actor) -> Select[StockCount]:
    """A firm's own counts; nobody else's."""
    counts = select(StockCount)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, counts)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, counts.where(col(StockCount.firm_id) == party))
