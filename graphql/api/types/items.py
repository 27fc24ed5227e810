"""What buyers call items and on which terms they get them; what is in stock."""

import graphene

from api.types.fields import Date, Decimal, Quantity, camel, child, connection, ident, many, maybe, said
from api.types.firms import Firm, Item, Node, Site
from api.types.orders import Tolerance
from chain.items.decisions import is_in_force, is_withdrawn
from chain.items.reads import reference_verbs


class CrossReference(graphene.ObjectType):
    """What one buyer calls a supplier's item, and the terms it gets it on, from a day to a day; known to the pair."""

    class Meta:
        interfaces = (Node,)

    id = ident("CrossReference")
    item = child(Item, "item", "item_id", "The supplier's item.")
    supplier = child(Firm, "firm", "supplier_id", "Who makes it.")
    buyer = child(Firm, "firm", "buyer_id", "Who calls it so.")
    buyer_number = said(graphene.String, "The buyer's own number for it.")
    buyer_unit = said(graphene.String, "The unit the buyer counts in, UNECE Recommendation 20.")
    buyer_units = said(graphene.Int, "So many of the buyer's unit ...")
    item_units = said(graphene.Int, "... are so many of the item's: 1 and 12 for a box of twelve.")
    minimum = maybe(Decimal, "The least one order line may ask for, in the item's unit.")
    multiple = maybe(Decimal, "A line asks for a multiple of this, in the item's unit.")
    lead_time_days = maybe(graphene.Int, "Days from order to despatch for this buyer; empty: as the item says.")
    tolerance = maybe(
        Tolerance, "The deviations the pair agrees to for this item without asking.",
        resolver=lambda row, info: _tolerance(row, info),
    )  # fmt: skip
    valid_from = said(Date, "The first day.")
    valid_to = maybe(Date, "The last day; empty: until further notice.")
    in_force = said(
        graphene.Boolean, "Today is one of its days.", resolver=lambda row, info: is_in_force(row, info.context.today)
    )
    withdrawn = said(graphene.Boolean, "Taken back before it began.", resolver=lambda row, info: is_withdrawn(row))
    version = said(graphene.Int, "Grows when it is ended; send it back as `expectedVersion`.")
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [camel(v) for v in reference_verbs(info.context.acting, row, info.context.today)],
    )  # fmt: skip


def _tolerance(row: object, info: object) -> object:
    found = info.context.batches["tolerances"].many(row.supplier_id)  # type: ignore[attr-defined]
    pair = {t.item_id: t for t in found if t.buyer_id == row.buyer_id}  # type: ignore[attr-defined]
    return pair.get(row.item_id) or pair.get(None)  # type: ignore[attr-defined]


class StockCount(graphene.ObjectType):
    """What your firm has of an item at a place; the newest count of a place holds."""

    class Meta:
        interfaces = (Node,)

    id = ident("StockCount")
    item = child(Item, "item", "item_id", "Of what.")
    site = maybe(
        Site, "Where; empty: not said.", resolver=lambda row, info: info.context.batches["site"].one(row.site_id)
    )
    quantity = said(
        Quantity, "How much, in the item's unit.",
        resolver=lambda row, info: {"value": row.quantity, "unit": info.context.batches["item"].one(row.item_id).unit},
    )  # fmt: skip
    counted_on = said(Date, "On this day.")


CrossReferenceConnection = connection(CrossReference, "CrossReference")
StockCountConnection = connection(StockCount, "StockCount")

USUAL_LENGTHS = {"CrossReference.openVerbs": 1}
