"""Links by which a person without an account answers one order."""

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import camel, connection, ident, many, maybe, said
from api.types.firms import Firm, Node
from collaboration.guests.reads import verbs_of


class GuestLink(graphene.ObjectType):
    """A signed link to one order for one firm: at most 14 days, revocable, limited in use."""

    class Meta:
        interfaces = (Node,)

    id = ident("GuestLink")
    firm = said(Firm, "For whose person.", resolver=lambda row, info: info.context.batches["firm"].one(row.firm_id))
    inviter = said(Firm, "Who opened it.", resolver=lambda row, info: info.context.batches["firm"].one(row.inviter_id))
    channel = said(enums.GuestChannel, "How its holder is verified.")
    contact = said(graphene.String, "The mail address or telephone number that is verified.")
    opened_at = said(DateTime, "When it was opened.")
    until = said(DateTime, "When it ends.")
    verified_at = maybe(DateTime, "When its holder was first verified.")
    revoked_at = maybe(DateTime, "When it was taken back.")
    ended = said(graphene.Boolean, "It opens no more.",
                 resolver=lambda row, info: row.revoked_at is not None or row.until <= info.context.work.now)  # fmt: skip
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in verbs_of(info.context.acting, row, info.context.work.now)])  # fmt: skip


GuestLinkConnection = connection(GuestLink, "GuestLink")


class GuestAct(graphene.ObjectType):
    """One thing done by a link."""

    what = said(graphene.String, "What: a stored operation by name, or a step of verifying.")
    at = said(DateTime, "When.")


class OrderReaching(graphene.ObjectType):
    """An order sent to your firm by link, as far as you are told before you take it over."""

    number = said(graphene.String, "The buyer's number.")
    state = said(enums.OrderState, "Where it stands.")
    placed_at = said(DateTime, "When it was placed.")


class Reach(graphene.ObjectType):
    """A buyer that wrote to your firm by its credit code before the two knew each other."""

    id = ident("Reach")
    buyer_name = said(graphene.String, "Who.")
    buyer_code = said(graphene.String, "Its unified social credit code.")
    orders = many(OrderReaching, "What it ordered.")
    contacts = many(graphene.String, "Whom it let answer: look whether these are people of yours.")


ReachConnection = connection(Reach, "Reach")

GuestActConnection = connection(GuestAct, "GuestAct")

USUAL_LENGTHS = {"GuestLink.openVerbs": 2, "Reach.orders": 5, "Reach.contacts": 2, "TakeOverOrders.orders": 5}
