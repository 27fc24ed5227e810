"""Agree on terms, grant and revoke access, state figures, allocate them to one partner."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, maybe_number, needed, number, optional
from api.scalars import Date, Decimal, Text
from api.types import enums
from api.types import sharing as types
from api.types.fields import maybe
from chain.sharing import reads, verbs
from chain.sharing.decisions import Reach


class ProposeTermsInput(graphene.InputObjectType):
    """To whom, which text, from when."""

    partner_id = needed(graphene.ID, "A partner.")
    text = needed(Text, "The whole text, at most 20000 characters.")
    effective_on = needed(Date, "From which day; where terms are in force, at least 7 days from today.")


class ProposeTerms(Mutation):
    """Ask a partner to accept terms of your own; until their day the old ones count. Needs your firm's LEAD, or SALES where it has none."""

    class Arguments:
        input = input_argument(ProposeTermsInput)

    terms = maybe(types.Terms, "The version.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {
            "terms": verbs.propose_terms(
                work, actor, partner_id=number("Firm", input, "partner_id"), text=input["text"],
                effective_on=input["effective_on"],
            )
        }  # fmt: skip


class AcceptTermsInput(graphene.InputObjectType):
    """With whom, and what you read."""

    partner_id = needed(graphene.ID, "A partner.")
    sha256 = needed(graphene.String, "SHA-256 of the text you read; another one standing now is answered as STALE.")


class AcceptTerms(Mutation):
    """Accept what waits, or else the standard text. Needs your firm's LEAD, or SALES where it has none."""

    class Arguments:
        input = input_argument(AcceptTermsInput)

    terms = maybe(types.Terms, "The version.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        partner_id = number("Firm", input, "partner_id")
        return {"terms": verbs.accept_terms(work, actor, partner_id=partner_id, sha256=input["sha256"])}


class DeclineTermsInput(graphene.InputObjectType):
    """Whose proposal."""

    partner_id = needed(graphene.ID, "A partner.")


class DeclineTerms(Mutation):
    """Refuse the version that waits; what was in force stays so. Needs your firm's LEAD, or SALES where it has none."""

    class Arguments:
        input = input_argument(DeclineTermsInput)

    terms = maybe(types.Terms, "The version.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"terms": verbs.decline_terms(work, actor, partner_id=number("Firm", input, "partner_id"))}


class WithdrawTermsInput(graphene.InputObjectType):
    """From whom."""

    partner_id = needed(graphene.ID, "A partner.")


class WithdrawTerms(Mutation):
    """Take back what the other firm has not accepted. Needs your firm's LEAD, or SALES where it has none."""

    class Arguments:
        input = input_argument(WithdrawTermsInput)

    terms = maybe(types.Terms, "The version.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"terms": verbs.withdraw_terms(work, actor, partner_id=number("Firm", input, "partner_id"))}


class GrantAccessInput(graphene.InputObjectType):
    """Whom to let see what of yours, until when, and why."""

    viewer_id = needed(graphene.ID, "A partner.")
    field_class = needed(enums.FieldClass, "Secrets of which class.")
    level = needed(enums.SharingLevel, "How much; BAND is for prices, costs and capacities.")
    scope = needed(enums.GrantScope, "Of what.")
    chain_id = optional(graphene.ID, "With the scope CHAIN: which.")
    item_id = optional(graphene.ID, "With the scope ITEM: which item of yours.")
    link_id = optional(graphene.ID, "With the scope LINK: which link you supply.")
    since = optional(Date, "From which day; today when nothing is said.")
    until = needed(Date, "The last day, at most a year from today.")
    reason = needed(Text, "Why; both firms read it. At most 200 characters.")


class GrantAccess(Mutation):
    """Let a partner see secrets of your own firm until a day. Needs the role SALES or LEAD, and terms both accepted."""

    class Arguments:
        input = input_argument(GrantAccessInput)

    access_grant = maybe(types.AccessGrant, "What was given.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        thing = Reach(
            item_id=maybe_number("Item", input, "item_id"), chain_id=maybe_number("Chain", input, "chain_id"),
            link_id=maybe_number("SupplyLink", input, "link_id"),
        )  # fmt: skip
        return {
            "access_grant": verbs.grant_access(
                work, actor, viewer_id=number("Firm", input, "viewer_id"), field_class=input["field_class"],
                level=input["level"], scope=input["scope"], until=input["until"], since=given(input, "since"),
                reason=input["reason"], thing=thing,
            )
        }  # fmt: skip


class RevokeAccessInput(graphene.InputObjectType):
    """What to take back."""

    grant_id = needed(graphene.ID, "The grant.")


class RevokeAccess(Mutation):
    """Take a grant back; the partner's next request no longer sees. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(RevokeAccessInput)

    access_grant = maybe(types.AccessGrant, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"access_grant": verbs.revoke_access(work, actor, grant_id=number("AccessGrant", input, "grant_id"))}


class StateFigureInput(graphene.InputObjectType):
    """A figure of an item of yours."""

    item_id = needed(graphene.ID, "The item.")
    kind = needed(enums.StatedKind, "Of what kind.")
    value = needed(Decimal, "The figure: for one unit, or units a month.")
    currency = optional(graphene.String, "ISO 4217 code of a price or cost.")


class StateFigure(Mutation):
    """State a price, a cost or a capacity, which nobody sees but by a grant. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(StateFigureInput)

    figure = maybe(types.SharedFigure, "As you see it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        stated = verbs.state_figure(
            work, actor, item_id=number("Item", input, "item_id"), kind=input["kind"], value=input["value"],
            currency=given(input, "currency"),
        )  # fmt: skip
        return {"figure": reads.own_figure(work, actor, stated.id or 0)}


class AllocateFigureInput(graphene.InputObjectType):
    """What is set apart for whom."""

    partner_id = needed(graphene.ID, "The one partner that will see it.")
    item_id = needed(graphene.ID, "An item one of you supplies the other with.")
    kind = needed(enums.AllocatedKind, "Of what kind.")
    quantity = needed(Decimal, "In the item's unit, or in days.")
    as_of = needed(Date, "The day it stands for.")
    from_on = optional(Date, "First day of a planned output.")
    to_on = optional(Date, "Last day of a planned output.")


class AllocateFigure(Mutation):
    """Set a figure apart for one partner, in place of the former for the same days. Needs the role PLANNER or SALES, and terms both accepted."""

    class Arguments:
        input = input_argument(AllocateFigureInput)

    allocated_figure = maybe(types.AllocatedFigure, "The figure.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {
            "allocated_figure": verbs.allocate_figure(
                work, actor, partner_id=number("Firm", input, "partner_id"), item_id=number("Item", input, "item_id"),
                kind=input["kind"], quantity=input["quantity"], as_of=input["as_of"], from_on=given(input, "from_on"),
                to_on=given(input, "to_on"),
            )
        }  # fmt: skip


class WithdrawAllocationInput(graphene.InputObjectType):
    """Which figure."""

    allocated_figure_id = needed(graphene.ID, "The figure.")


class WithdrawAllocation(Mutation):
    """A figure set apart stands no longer. Needs the role PLANNER or SALES."""

    class Arguments:
        input = input_argument(WithdrawAllocationInput)

    allocated_figure = maybe(types.AllocatedFigure, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        figure_id = number("AllocatedFigure", input, "allocated_figure_id")
        return {"allocated_figure": verbs.withdraw_allocation(work, actor, allocated_figure_id=figure_id)}


class SharingActs:
    """What is done about sharing."""

    propose_terms = ProposeTerms.Field(description=ProposeTerms.__doc__)
    accept_terms = AcceptTerms.Field(description=AcceptTerms.__doc__)
    decline_terms = DeclineTerms.Field(description=DeclineTerms.__doc__)
    withdraw_terms = WithdrawTerms.Field(description=WithdrawTerms.__doc__)
    grant_access = GrantAccess.Field(description=GrantAccess.__doc__)
    revoke_access = RevokeAccess.Field(description=RevokeAccess.__doc__)
    state_figure = StateFigure.Field(description=StateFigure.__doc__)
    allocate_figure = AllocateFigure.Field(description=AllocateFigure.__doc__)
    withdraw_allocation = WithdrawAllocation.Field(description=WithdrawAllocation.__doc__)
