"""Say in how many days what a link brings is there again; take that back."""

from typing import Any

import graphene

from api.payloads import Mutation, input_argument, needed, number
from api.types.fields import maybe
from api.types.links import SupplyLink
from chain.links.reads import supply_link
from chain.recovery import verbs
from kernel.clock import today_of


class StateLinkRecoveryInput(graphene.InputObjectType):
    """Which link, and after how many days."""

    link_id = needed(graphene.ID, "A supply link by which your firm buys.")
    recover_days = needed(
        graphene.Int, "Days, 1 to 1000, from the stop of its supplier until what it brings is there again."
    )


class StateLinkRecovery(Mutation):
    """In place of the declared lead time, in your own figures alone; its supplier learns nothing. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(StateLinkRecoveryInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link_id = number("SupplyLink", input, "link_id")
        verbs.state_link_recovery(work, actor, link_id=link_id, recover_days=input["recover_days"])
        return {"supply_link": supply_link(work, actor, link_id, today_of(work.now))}


class WithdrawLinkRecoveryInput(graphene.InputObjectType):
    """Which link."""

    link_id = needed(graphene.ID, "A supply link by which your firm buys.")


class WithdrawLinkRecovery(Mutation):
    """The declared lead time counts again. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(WithdrawLinkRecoveryInput)

    supply_link = maybe(SupplyLink, "The link after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        link_id = number("SupplyLink", input, "link_id")
        verbs.withdraw_link_recovery(work, actor, link_id=link_id)
        return {"supply_link": supply_link(work, actor, link_id, today_of(work.now))}


class RecoveryActs:
    """Days to recover."""

    state_link_recovery = StateLinkRecovery.Field(description=StateLinkRecovery.__doc__)
    withdraw_link_recovery = WithdrawLinkRecovery.Field(description=WithdrawLinkRecovery.__doc__)
