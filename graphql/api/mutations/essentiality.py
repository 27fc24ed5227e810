"""Set what stages mean to one another; say what one link means to one's own firm, and take that back."""

from typing import Any

import graphene

from api.payloads import Mutation, input_argument, needed, number
from api.types import enums
from api.types.fields import maybe
from api.types.firms import Chain
from api.types.links import SupplyLink
from chain.essentiality import verbs
from chain.firms.reads import chain
from chain.links.reads import supply_link
from kernel.clock import today_of


class SetStageEssentialityInput(graphene.InputObjectType):
    """Which two stages, and what the second loses with what the first supplies."""

    supplier_stage_id = needed(graphene.ID, "Who supplies.")
    buyer_stage_id = needed(graphene.ID, "Who buys: a stage of the same chain.")
    essentiality = needed(enums.Essentiality, "What the buyer loses.")


class SetStageEssentiality(Mutation):
    """For all who read the chain and its figures. Needs the role OPERATOR."""

    class Arguments:
        input = input_argument(SetStageEssentialityInput)

    chain = maybe(Chain, "The chain after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        row = verbs.set_stage_essentiality(
            work, actor, supplier_stage_id=number("Stage", input, "supplier_stage_id"),
            buyer_stage_id=number("Stage", input, "buyer_stage_id"), essentiality=input["essentiality"],
        )  # fmt: skip
        return {"chain": chain(work, actor, row.chain_id)}


class StateLinkEssentialityInput(graphene.InputObjectType):
    """Which link, and what your firm loses with it."""

    link_id = needed(graphene.ID, "A supply link by which your firm buys.")
    essentiality = needed(enums.Essentiality, "What your firm loses.")


class StateLinkEssentiality(Mutation):
    """In place of the chain's table, in your own figures alone; its supplier learns nothing. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(StateLinkEssentialityInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link_id = number("SupplyLink", input, "link_id")
        verbs.state_link_essentiality(work, actor, link_id=link_id, essentiality=input["essentiality"])
        return {"supply_link": supply_link(work, actor, link_id, today_of(work.now))}


class WithdrawLinkEssentialityInput(graphene.InputObjectType):
    """Which link."""

    link_id = needed(graphene.ID, "A supply link by which your firm buys.")


class WithdrawLinkEssentiality(Mutation):
    """The chain's table counts again. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(WithdrawLinkEssentialityInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link_id = number("SupplyLink", input, "link_id")
        verbs.withdraw_link_essentiality(work, actor, link_id=link_id)
        return {"supply_link": supply_link(work, actor, link_id, today_of(work.now))}


class EssentialityActs:
    """How essential inputs are."""

    set_stage_essentiality = SetStageEssentiality.Field(description=SetStageEssentiality.__doc__)
    state_link_essentiality = StateLinkEssentiality.Field(description=StateLinkEssentiality.__doc__)
    withdraw_link_essentiality = WithdrawLinkEssentiality.Field(description=WithdrawLinkEssentiality.__doc__)
