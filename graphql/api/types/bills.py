"""Bills of material, the bill as a tree, and where an item is used."""

import graphene

from api.types.fields import Date, Decimal, camel, child, connection, ident, many, maybe, said
from api.types.firms import Firm, Item, Node
from chain.bills.reads import bill_verbs
from chain.items.decisions import is_in_force, is_withdrawn


class BillOfMaterial(graphene.ObjectType):
    """What one unit of an item is made of, one level, from a day to a day; known to its maker alone."""

    class Meta:
        interfaces = (Node,)

    id = ident("BillOfMaterial")
    item = child(Item, "item", "item_id", "What is made.")
    number = said(graphene.Int, "1 is the item's first bill.")
    valid_from = said(Date, "The first day.")
    valid_to = maybe(Date, "The last day; empty: until further notice.")
    in_force = said(
        graphene.Boolean, "Today is one of its days.", resolver=lambda row, info: is_in_force(row, info.context.today)
    )
    withdrawn = said(graphene.Boolean, "Taken back before it began.", resolver=lambda row, info: is_withdrawn(row))
    note = said(graphene.String, "The maker's note.")
    line_count = said(graphene.Int, "How many lines: ask for them by `billLines`.")
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [camel(v) for v in bill_verbs(info.context.acting, row, info.context.today)],
    )  # fmt: skip


class BillLine(graphene.ObjectType):
    """One component of a bill."""

    position = said(graphene.Int, "Place in the bill.")
    component = child(Item, "item", "component_id", "What goes in.")
    quantity_per = said(Decimal, "How much of it for one unit of the item, in the component's unit.")
    scrap_percent = said(Decimal, "How much more is taken than goes in, in percent.")


class BillTreeRow(graphene.ObjectType):
    """One row of a bill read through all its levels, each component followed by what it is made of."""

    level = said(graphene.Int, "1 is a line of the bill itself.")
    component = said(
        Item, "What goes in.", resolver=lambda row, info: info.context.batches["item"].one(row.part.component_id)
    )
    quantity_per = said(Decimal, "For one unit of what stands above.", resolver=lambda row, info: row.part.quantity_per)
    scrap_percent = said(Decimal, "On top, in percent.", resolver=lambda row, info: row.part.scrap_percent)
    total = said(
        graphene.String, "For one unit of the item at the top, scrap included, to the digit.",
        resolver=lambda row, info: format(row.total.normalize(), "f"),
    )  # fmt: skip
    has_bill = said(graphene.Boolean, "You make it, and a bill in force says of what.")


class BillTree(graphene.ObjectType):
    """What an item is made of on a day, through all levels of your own bills."""

    rows = many(BillTreeRow, "In reading order, at most 500.")
    is_cut = said(graphene.Boolean, "There is more; ask for the tree of a component.")


class ItemUse(graphene.ObjectType):
    """An item that another goes into. What you may not know of is named by an alias."""

    level = said(graphene.Int, "1 uses the item itself.")
    under = maybe(graphene.Int, "Place in this list of the use below it; empty at level 1.")
    firm = maybe(Firm, "Whose item; yours, or a customer that lets you look.",
                 resolver=lambda row, info: info.context.batches["firm"].one(row.firm_id))  # fmt: skip
    firm_alias = maybe(graphene.String, "Stands in for a firm you may not know; the same on every visit.")
    item = maybe(
        Item, "The item, if it is yours.", resolver=lambda row, info: info.context.batches["item"].one(row.item_id)
    )
    item_alias = maybe(graphene.String, "Stands in for an item you may not know.")


class WhereUsed(graphene.ObjectType):
    """Where an item is used: in your bills, and above them as far as each customer lets the one below look."""

    uses = many(ItemUse, "Level by level, at most 500.")
    is_cut = said(graphene.Boolean, "There is more.")


BillOfMaterialConnection = connection(BillOfMaterial, "BillOfMaterial")
BillLineConnection = connection(BillLine, "BillLine")

USUAL_LENGTHS = {"BillOfMaterial.openVerbs": 1, "BillTree.rows": 50, "WhereUsed.uses": 20}
