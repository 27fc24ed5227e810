"""What the ends of a supply link say of it, what is proposed, and whom one lets look at one's upstream."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, maybe_number, needed, number, optional
from api.scalars import Date, Text
from api.types import enums
from api.types.fields import maybe
from api.types.links import LinkDisclosure, LinkProposal, SupplyLink
from chain.links import reads, verbs
from kernel.clock import today_of


def _link(work: Any, actor: Any, link: Any) -> dict[str, Any]:
    return {"supply_link": reads.supply_link(work, actor, link.id or 0, today_of(work.now))}


def _proposal(work: Any, actor: Any, proposal_id: int) -> dict[str, Any]:
    return {"proposal": reads.link_proposal(work, actor, proposal_id)}


class DeclareSupplyLinkInput(graphene.InputObjectType):
    """An item, who makes it and who buys it: you are one of the two, and both know each other."""

    item_id = needed(graphene.ID, "The item.")
    buyer_id = optional(graphene.ID, "Who buys it; you, when nothing is said.")
    chain_id = needed(graphene.ID, "In which chain.")
    buyer_number = optional(Text, "The buyer's own number for the item.")
    supplier_site_id = optional(graphene.ID, "From which site of the supplier.")
    buyer_site_id = optional(graphene.ID, "To which site of the buyer.")
    share_band = optional(enums.ShareBand, "How much of its need the buyer covers by it; the buyer says so.")


class DeclareSupplyLink(Mutation):
    """An end declares that a maker supplies a buyer with an item. Needs the role SALES for one's own item, else BUYER."""

    class Arguments:
        input = input_argument(DeclareSupplyLinkInput)

    supply_link = maybe(SupplyLink, "The link.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link = verbs.declare_supply_link(
            work, actor, item_id=number("Item", input, "item_id"), buyer_id=maybe_number("Firm", input, "buyer_id"),
            chain_id=number("Chain", input, "chain_id"), buyer_number=given(input, "buyer_number"),
            supplier_site_id=maybe_number("Site", input, "supplier_site_id"),
            buyer_site_id=maybe_number("Site", input, "buyer_site_id"), share_band=given(input, "share_band"),
        )  # fmt: skip
        return _link(work, actor, link)


class ConfirmSupplyLinkInput(graphene.InputObjectType):
    """Which link is right."""

    link_id = needed(graphene.ID, "The link.")
    expected_version = needed(graphene.Int, "The version you read.")
    site_id = optional(graphene.ID, "Your own site, where none is named or another is right.")
    share_band = optional(enums.ShareBand, "How much of its need the buyer covers by it; the buyer says so.")


class ConfirmSupplyLink(Mutation):
    """The other end says that a declared link is right. Needs the role SALES or BUYER, by its side."""

    class Arguments:
        input = input_argument(ConfirmSupplyLinkInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link = verbs.confirm_supply_link(
            work, actor, link_id=number("SupplyLink", input, "link_id"), expected_version=input["expected_version"],
            site_id=maybe_number("Site", input, "site_id"), share_band=given(input, "share_band"),
        )  # fmt: skip
        return _link(work, actor, link)


class DisputeSupplyLinkInput(graphene.InputObjectType):
    """Which link is wrong, and why."""

    link_id = needed(graphene.ID, "The link.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(enums.DisputeReason, "Why.")
    note = optional(Text, "In your own words, on one line, at most 400 characters; needed for OTHER.")


class DisputeSupplyLink(Mutation):
    """The other end says that a link is wrong. Needs the role SALES or BUYER, by its side."""

    class Arguments:
        input = input_argument(DisputeSupplyLinkInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link = verbs.dispute_supply_link(
            work, actor, link_id=number("SupplyLink", input, "link_id"), expected_version=input["expected_version"],
            reason=input["reason"], note=given(input, "note"),
        )  # fmt: skip
        return _link(work, actor, link)


class RestateSupplyLinkInput(graphene.InputObjectType):
    """Which link, and what is corrected; what is not given stays."""

    link_id = needed(graphene.ID, "The link.")
    expected_version = needed(graphene.Int, "The version you read.")
    buyer_number = optional(Text, "The buyer's own number for the item.")
    supplier_site_id = optional(graphene.ID, "From which site of the supplier.")
    buyer_site_id = optional(graphene.ID, "To which site of the buyer.")


class RestateSupplyLink(Mutation):
    """Who declared a link declares it again, corrected; the other end is asked anew. Needs the role SALES or BUYER."""

    class Arguments:
        input = input_argument(RestateSupplyLinkInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link = verbs.restate_supply_link(
            work, actor, link_id=number("SupplyLink", input, "link_id"), expected_version=input["expected_version"],
            buyer_number=given(input, "buyer_number"),
            supplier_site_id=maybe_number("Site", input, "supplier_site_id"),
            buyer_site_id=maybe_number("Site", input, "buyer_site_id"),
        )  # fmt: skip
        return _link(work, actor, link)


class StateShareBandInput(graphene.InputObjectType):
    """Which link, and how much of your need it covers."""

    link_id = needed(graphene.ID, "The link.")
    expected_version = needed(graphene.Int, "The version you read.")
    share_band = needed(enums.ShareBand, "How much.")
    shown = optional(graphene.Boolean, "Let the supplier see it; not when nothing is said.")


class StateShareBand(Mutation):
    """The buyer says how much of its need a link covers, and whether the supplier sees it. Needs the role BUYER."""

    class Arguments:
        input = input_argument(StateShareBandInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link = verbs.state_share_band(
            work, actor, link_id=number("SupplyLink", input, "link_id"), expected_version=input["expected_version"],
            share_band=input["share_band"], shown=bool(given(input, "shown")),
        )  # fmt: skip
        return _link(work, actor, link)


class EndSupplyLinkInput(graphene.InputObjectType):
    """Which link is over."""

    link_id = needed(graphene.ID, "The link.")
    expected_version = optional(graphene.Int, "The version you read.")


class EndSupplyLink(Mutation):
    """Either end says that a supply link is over. Needs the role SALES or BUYER, by its side."""

    class Arguments:
        input = input_argument(EndSupplyLinkInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link = verbs.end_supply_link(
            work, actor, link_id=number("SupplyLink", input, "link_id"),
            expected_version=given(input, "expected_version"),
        )  # fmt: skip
        return _link(work, actor, link)


class ProposeSupplyLinkInput(graphene.InputObjectType):
    """To whom, and in what. Whether a firm of that code has joined is not told."""

    side = needed(enums.Side, "Where you stand: SELLER where you supply, BUYER where you buy.")
    chain_id = needed(graphene.ID, "In which chain.")
    partner_id = optional(graphene.ID, "A partner, to which you describe an item in words;")
    code = optional(Text, "or any firm by its unified social credit code.")
    item_id = optional(graphene.ID, "An item of your own, where you supply it.")
    item_text = optional(Text, "What you buy, in words, where you buy it: at most 120 characters on one line.")
    buyer_number = optional(Text, "The buyer's own number for it.")
    share_band = optional(enums.ShareBand, "How much of its need the buyer covers by it; the buyer says so.")


class ProposeSupplyLink(Mutation):
    """Propose a link only the other firm can make whole. Needs the role SALES or BUYER, by the side."""

    class Arguments:
        input = input_argument(ProposeSupplyLinkInput)

    proposal = maybe(LinkProposal, "What was proposed. It is the same whether a firm of that code has joined or not.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.propose_supply_link(
            work, actor, side=input["side"], chain_id=number("Chain", input, "chain_id"),
            partner_id=maybe_number("Firm", input, "partner_id"), code=given(input, "code"),
            item_id=maybe_number("Item", input, "item_id"), item_text=given(input, "item_text"),
            buyer_number=given(input, "buyer_number"), share_band=given(input, "share_band"),
        )  # fmt: skip
        return _proposal(work, actor, made.id or 0)


class AcceptLinkProposalInput(graphene.InputObjectType):
    """Which proposal is right."""

    proposal_id = needed(graphene.ID, "The proposal.")
    item_id = optional(graphene.ID, "Which of your items a buyer means; needed where it said so in words.")
    site_id = optional(graphene.ID, "Your own site.")
    share_band = optional(enums.ShareBand, "How much of its need the buyer covers by it; the buyer says so.")


class AcceptLinkProposal(Mutation):
    """The firm proposed to says that it is right: a confirmed link, and the two know each other. Needs SALES or BUYER."""

    class Arguments:
        input = input_argument(AcceptLinkProposalInput)

    supply_link = maybe(SupplyLink, "The link it has become.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link = verbs.accept_link_proposal(
            work, actor, proposal_id=number("LinkProposal", input, "proposal_id"),
            item_id=maybe_number("Item", input, "item_id"), site_id=maybe_number("Site", input, "site_id"),
            share_band=given(input, "share_band"),
        )  # fmt: skip
        return _link(work, actor, link)


class DeclineLinkProposalInput(graphene.InputObjectType):
    """Which proposal is wrong, and why."""

    proposal_id = needed(graphene.ID, "The proposal.")
    reason = needed(enums.DisputeReason, "Why; told to a partner only.")


class DeclineLinkProposal(Mutation):
    """The firm proposed to says that it is wrong; one that wrote to its code is not told. Needs the role SALES or BUYER."""

    class Arguments:
        input = input_argument(DeclineLinkProposalInput)

    proposal = maybe(LinkProposal, "The proposal after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        proposal_id = number("LinkProposal", input, "proposal_id")
        verbs.decline_link_proposal(work, actor, proposal_id=proposal_id, reason=input["reason"])
        return _proposal(work, actor, proposal_id)


class WithdrawLinkProposalInput(graphene.InputObjectType):
    """Which proposal to take back."""

    proposal_id = needed(graphene.ID, "The proposal.")


class WithdrawLinkProposal(Mutation):
    """Take a proposal back. Needs the role SALES or BUYER, by the side."""

    class Arguments:
        input = input_argument(WithdrawLinkProposalInput)

    proposal = maybe(LinkProposal, "The proposal after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        proposal_id = number("LinkProposal", input, "proposal_id")
        verbs.withdraw_link_proposal(work, actor, proposal_id=proposal_id)
        return _proposal(work, actor, proposal_id)


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


class LinkActs:
    """What the ends of a link say of it, and what is proposed."""

    confirm_supply_link = ConfirmSupplyLink.Field(description=ConfirmSupplyLink.__doc__)
    dispute_supply_link = DisputeSupplyLink.Field(description=DisputeSupplyLink.__doc__)
    restate_supply_link = RestateSupplyLink.Field(description=RestateSupplyLink.__doc__)
    state_share_band = StateShareBand.Field(description=StateShareBand.__doc__)
    propose_supply_link = ProposeSupplyLink.Field(description=ProposeSupplyLink.__doc__)
    accept_link_proposal = AcceptLinkProposal.Field(description=AcceptLinkProposal.__doc__)
    decline_link_proposal = DeclineLinkProposal.Field(description=DeclineLinkProposal.__doc__)
    withdraw_link_proposal = WithdrawLinkProposal.Field(description=WithdrawLinkProposal.__doc__)
