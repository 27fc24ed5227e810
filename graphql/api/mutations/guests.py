"""Open and revoke a link for a guest; read a code out over the telephone."""

from typing import Any

import graphene

from api.payloads import Mutation, input_argument, needed, number
from api.scalars import Text
from api.types import enums
from api.types.fields import maybe
from api.types.guests import GuestLink
from api.types.orders import Order
from collaboration.guests import reads, verbs


class OpenGuestLinkInput(graphene.InputObjectType):
    """To which order, for whom, how long."""

    order_id = needed(graphene.ID, "Your order.")
    channel = needed(enums.GuestChannel, "How the person is verified.")
    contact = needed(Text, "Its mail address or telephone number, in full.")
    days = needed(graphene.Int, "For how many days, 1 to 14.")


class OpenGuestLink(Mutation):
    """Let one person of the seller answer an order without an account. Needs the role BUYER."""

    class Arguments:
        input = input_argument(OpenGuestLinkInput)

    guest_link = maybe(GuestLink, "The link.")
    url = maybe(graphene.String, "Its address, told this once: hand it over yourself.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link, token = verbs.open_guest_link(
            work, actor, order_id=number("Order", input, "order_id"), channel=input["channel"],
            contact=input["contact"], days=input["days"],
        )  # fmt: skip
        return {"guest_link": link, "url": f"/guest/{token}"}


class GuestLinkInput(graphene.InputObjectType):
    """Which link."""

    link_id = needed(graphene.ID, "The link.")


class RevokeGuestLink(Mutation):
    """End a link at once, whoever sits at it. Needs the role BUYER or SALES."""

    class Arguments:
        input = input_argument(GuestLinkInput)

    guest_link = maybe(GuestLink, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"guest_link": verbs.revoke_guest_link(work, actor, link_id=number("GuestLink", input, "link_id"))}


class ReadOutCode(Mutation):
    """A code for you to read out over the telephone you call yourself. Needs the role BUYER."""

    class Arguments:
        input = input_argument(GuestLinkInput)

    guest_link = maybe(GuestLink, "The link.")
    code = maybe(graphene.String, "Six digits, good for 15 minutes.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link_id = number("GuestLink", input, "link_id")
        code = verbs.read_out_code(work, actor, link_id=link_id)
        return {"guest_link": reads.guest_link(work, actor, link_id), "code": code}


class TakeOverOrdersInput(graphene.InputObjectType):
    """Whose orders."""

    reached_id = needed(graphene.ID, "One of `ordersToTakeOver`.")


class TakeOverOrders(Mutation):
    """Orders a buyer sent to your firm by link become your own; the two firms know each other from now on. Needs the role LEAD or SALES."""

    class Arguments:
        input = input_argument(TakeOverOrdersInput)

    orders = maybe(graphene.List(graphene.NonNull(Order)), "The orders, newest first.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"orders": verbs.take_over_orders(work, actor, reached_id=number("Reach", input, "reached_id"))}


class GuestActs:
    """What is done about links for guests."""

    open_guest_link = OpenGuestLink.Field(description=OpenGuestLink.__doc__)
    revoke_guest_link = RevokeGuestLink.Field(description=RevokeGuestLink.__doc__)
    read_out_code = ReadOutCode.Field(description=ReadOutCode.__doc__)
    take_over_orders = TakeOverOrders.Field(description=TakeOverOrders.__doc__)
