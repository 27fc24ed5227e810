"""Joint purchasing, as its organiser and as one of its members reads it."""

from typing import Any

import graphene

from api.scalars import DateTime, Decimal
from api.types.fields import Date, camel, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Item, Node
from api.types.orders import Order
from api.types.sourcing import Incoterm, Rfq
from collaboration.pooling import reads
from collaboration.pooling.lifecycle import MembershipState as MembershipWord
from collaboration.pooling.lifecycle import PoolState as PoolWord
from collaboration.pooling.tables import PoolRule as PoolRuleWord

PoolState = described("PoolState", PoolWord, "Where a pool stands.", {
    PoolWord.OPEN: "Firms state what they need.", PoolWord.CLOSED: "The window is over; suppliers can be asked for the total.",
    PoolWord.NOT_FORMED: "Too few joined; nobody learns a total.", PoolWord.SOURCING: "The total is asked for.",
    PoolWord.AWARDED: "Shares are allotted; members order them.", PoolWord.CANCELLED: "Given up, with a reason.",
})  # fmt: skip
MembershipState = described("MembershipState", MembershipWord, "Where your firm stands in a pool.", {
    MembershipWord.INVITED: "Asked to join.", MembershipWord.JOINED: "It has said how much.",
    MembershipWord.DECLINED: "Not this time.", MembershipWord.LEFT: "It took its need back.",
    MembershipWord.ALLOTTED: "It has a share to order.", MembershipWord.NOT_ALLOTTED: "Nothing came to it.",
    MembershipWord.ORDERED: "It has ordered its share.",
})  # fmt: skip
PoolRule = described("PoolRule", PoolRuleWord, "How an award is shared out.", {
    PoolRuleWord.PRO_RATA: "To each as much of it as it stated of the total.",
    PoolRuleWord.GUARANTEED_FIRST: "To each its need up to the guaranteed quantity, the rest pro rata.",
})  # fmt: skip


def _one(batch: str, column: str) -> Any:
    def resolve(row: Any, info: Any) -> Any:
        number = getattr(row, column)
        return None if number is None else info.context.batches[batch].one(number)

    return resolve


def _own(row: Any, info: Any) -> Any:
    return next(iter(info.context.batches["pool_memberships"].many(row.id)), None)


def _verbs(row: Any, info: Any) -> list[str]:
    c = info.context
    return [camel(verb) for verb in reads.pool_verbs(c.work, c.acting, row, _own(row, info))]


class PoolMembership(graphene.ObjectType):
    """Your firm's own place in a pool; nobody else reads it, the organiser included."""

    class Meta:
        interfaces = (Node,)

    id = ident("PoolMembership")
    state = said(MembershipState, "Where it stands.")
    quantity = maybe(Decimal, "How much it needs, in the pool's unit.")
    baseline_price = maybe(Decimal, "What it paid last per unit, in the pool's currency.")
    statements = said(graphene.Int, "How often it said how much; five times at most.")
    share = maybe(Decimal, "What it is allotted, in the pool's unit.")
    unit_price = maybe(Decimal, "The pool's price, per unit of the item.")
    seller = maybe(Firm, "From whom.", resolver=_one("firm", "seller_id"))
    item = maybe(Item, "Which item, where your firm knows it.", resolver=_one("item", "item_id"))
    saved = maybe(Decimal, "What it pays less for its share than at its last price; negative where more.",
                  resolver=lambda row, info: reads.saved_by(row))  # fmt: skip
    order = maybe(Order, "The order of its share.", resolver=_one("order", "order_id"))
    version = said(graphene.Int, "Give it back when you order.")


class PoolSums(graphene.ObjectType):
    """What the organiser reads of all members together, and no more."""

    joined = said(graphene.Int, "How many firms have said how much.")
    total = maybe(Decimal, "What all need; once the window is over, of three members at least.")
    concentrated = said(graphene.Boolean, "One firm makes up more than 70 % of the total, which so tells of that one.")
    allotted = maybe(Decimal, "What is awarded in all.")
    saved = maybe(Decimal, "What members save in all; of three at least, of whom none makes up more than 70 %.")
    saved_by = said(graphene.Int, "How many firms that is of.")


class Pool(graphene.ObjectType):
    """Firms that buy something together, blind to one another."""

    class Meta:
        interfaces = (Node,)

    id = ident("Pool")
    organiser = maybe(Firm, "Who opened it.", resolver=_one("firm", "organiser_id"))
    number = said(graphene.String, "The organiser's own.")
    title = said(graphene.String, "What is bought.")
    standard = said(graphene.String, "By which standard, where one names it.")
    note = said(graphene.String, "To all invited.")
    unit = said(graphene.String, "In which unit (UNECE Rec 20).")
    currency = said(graphene.String, "Of all its prices.")
    incoterm = said(Incoterm, "On which terms of delivery.")
    wanted_on = said(Date, "When.")
    closes_at = said(DateTime, "At this instant the window is over.")
    closed_at = maybe(DateTime, "When it was closed.")
    rule = said(PoolRule, "How an award is shared out; it stands since the pool was opened.")
    share_step = said(Decimal, "Needs and shares are multiples of this.")
    guaranteed = said(Decimal, "Under that rule: what each gets first.")
    tiers = many(Decimal, "Totals from which on a lower price is hoped for.",
                 resolver=lambda row, info: [t.from_quantity for t in info.context.batches["pool_tiers"].many(row.id)])  # fmt: skip
    tier_reached = maybe(
        Decimal, "The tier the other members reach without you; empty also where that would give one of them away.",
        resolver=lambda row, info: reads.tier_told(info.context.work, info.context.acting, row),
    )  # fmt: skip
    state = said(PoolState, "Where it stands.")
    cancelled = said(graphene.String, "Why, where it was given up.")
    invited = many(Firm, "To the organiser all firms it asked, not who joined; to a member itself.",
                   resolver=lambda row, info: [f for i in info.context.batches["pool_invitations"].many(row.id)
                                               if (f := info.context.batches["firm"].one(i.firm_id))])  # fmt: skip
    own = maybe(PoolMembership, "Your firm's own place in it.", resolver=_own)
    sums = maybe(PoolSums, "To the organiser.",
                 resolver=lambda row, info: reads.sums_of(info.context.work, info.context.acting, row))  # fmt: skip
    rfq = maybe(Rfq, "The request its total is asked for by, to who may know it.", resolver=_one("rfq", "rfq_id"))
    version = said(graphene.Int, "Give it back with your act as its organiser.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.", resolver=_verbs)


PoolConnection = connection(Pool, "Pool")


class PoolFilter(graphene.InputObjectType):
    """Which pools."""

    states = graphene.InputField(graphene.List(graphene.NonNull(PoolState)), description="Standing here.")


NODES = (Pool, PoolMembership)
USUAL_LENGTHS = {"Pool.tiers": 3, "Pool.invited": 10, "Pool.openVerbs": 3}
"""How long the short unpaged lists usually are."""
