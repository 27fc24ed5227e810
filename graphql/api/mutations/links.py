"""Declare and end supply links; let a partner look at one's upstream."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, number, optional
from api.scalars import Date, Text
from api.types.fields import maybe
from api.types.links import LinkDisclosure, SupplyLink
from chain.links import reads, verbs
from kernel.clock import today_of


class DeclareSupplyLinkInput(graphene.InputObjectType):
    """An item of yours and a partner you supply with it."""

    item_id = needed(graphene.ID, "The item.")
    buyer_id = needed(graphene.ID, "Who buys it.")
    chain_id = needed(graphene.ID, "In which chain.")
    buyer_number = optional(Text, "The buyer's own number for the item.")


class DeclareSupplyLink(Mutation):
    """The maker of an item declares that it supplies a partner with it. Needs the role SALES."""

    class Arguments:
        input = input_argument(DeclareSupplyLinkInput)

    supply_link = maybe(SupplyLink, "The link.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link = verbs.declare_supply_link(
            work, actor, item_id=number("Item", input, "item_id"),
            buyer_id=number("Firm", input, "buyer_id"),
            chain_id=number("Chain", input, "chain_id"), buyer_number=given(input, "buyer_number"),
        )  # fmt: skip
        return {"supply_link": reads.supply_link(work, actor, link.id or 0, today_of(work.now))}


class EndSupplyLinkInput(graphene.InputObjectType):
    """Which link is over."""

    link_id = needed(graphene.ID, "The link.")


class EndSupplyLink(Mutation):
    """Either end says that a supply link is over. Needs the role SALES or BUYER."""

    class Arguments:
        input = input_argument(EndSupplyLinkInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link = verbs.end_supply_link(work, actor, link_id=number("SupplyLink", input, "link_id"))
        return {"supply_link": reads.supply_link(work, actor, link.id or 0, today_of(work.now))}


class DiscloseLinksInput(graphene.InputObjectType):
    """Whom to let look, in which chain, until when."""

    viewer_id = needed(graphene.ID, "A partner.")
    chain_id = needed(graphene.ID, "The chain.")
    until = needed(Date, "The last day.")


class DiscloseLinks(Mutation):
    """Let a partner see your upstream links, your suppliers under an alias. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(DiscloseLinksInput)

    disclosure = maybe(LinkDisclosure, "What was given.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        given_now = verbs.disclose_links(
            work, actor, viewer_id=number("Firm", input, "viewer_id"),
            chain_id=number("Chain", input, "chain_id"), until=input["until"],
        )  # fmt: skip
        return {"disclosure": given_now}


class RevokeDisclosureInput(graphene.InputObjectType):
    """What to take back."""

    disclosure_id = needed(graphene.ID, "The disclosure.")


class RevokeDisclosure(Mutation):
    """Take a disclosure back; the partner's next request no longer sees. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(RevokeDisclosureInput)

    disclosure = maybe(LinkDisclosure, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        disclosure_id = number("LinkDisclosure", input, "disclosure_id")
        verbs.revoke_disclosure(work, actor, disclosure_id=disclosure_id)
        return {"disclosure": reads.disclosure(work, actor, disclosure_id)}
