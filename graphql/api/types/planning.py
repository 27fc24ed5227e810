"""Plans exploded into what they need."""

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, Decimal, camel, child, children, connection, ident, many, maybe, said
from api.types.firms import Firm, Item, Node
from api.types.jobs import Job
from collaboration.planning.reads import explosion_verbs


class PlannedQuantity(graphene.ObjectType):
    """So much of an item by a day."""

    item = child(Item, "item", "item_id", "What.")
    quantity = said(Decimal, "How much, in the item's unit.")
    wanted_on = said(Date, "By this day.")


class Explosion(graphene.ObjectType):
    """One run of a plan of your firm; nobody else knows of it."""

    class Meta:
        interfaces = (Node,)

    id = ident("Explosion")
    name = said(graphene.String, "The plan's name; a new run of the same name takes the place of this one.")
    asked_at = said(DateTime, "When it was asked for.")
    job = maybe(Job, "How far it is.", resolver=lambda row, info: info.context.batches["job"].one(row.job_id))
    superseded = said(
        graphene.Boolean,
        "Taken back, or replaced by a newer run.",
        resolver=lambda row, info: row.superseded_at is not None,
    )
    lines = children(PlannedQuantity, "planned", "What the plan wants, at most 1000.")
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [camel(v) for v in explosion_verbs(info.context.acting, row)],
    )  # fmt: skip


class MaterialNeed(graphene.ObjectType):
    """What your firm needs of an item by a day: gross, less stock, less confirmed orders, is net."""

    item = child(Item, "item", "item_id", "What.")
    customer = maybe(Firm, "The direct customer whose plan asks; empty in a plan of your own.",
                     resolver=lambda row, info: info.context.batches["firm"].one(row.customer_id))  # fmt: skip
    needed_on = said(Date, "By this day.")
    begin_on = said(Date, "The day less the lead time: make it or order it by then.")
    late = said(graphene.Boolean, "That day has passed.", resolver=lambda row, info: row.begin_on < info.context.today)
    gross = said(Decimal, "Asked for, in the item's unit.")
    from_stock = said(Decimal, "Taken from stock.")
    from_orders = said(Decimal, "Taken from what is agreed to come by that day.")
    net = said(Decimal, "What is missing.")
    outcome = said(enums.NeedOutcome, "What became of what is missing.")


ExplosionConnection = connection(Explosion, "Explosion")
MaterialNeedConnection = connection(MaterialNeed, "MaterialNeed")

USUAL_LENGTHS = {"Explosion.lines": 5, "Explosion.openVerbs": 1}
