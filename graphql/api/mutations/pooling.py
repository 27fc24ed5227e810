"""Joint purchasing: open a pool, join it, ask suppliers for its total, share out the award, order one's share."""

from typing import Any

import graphene

from api.payloads import (
    Mutation,
    given,
    input_argument,
    maybe_number,
    needed,
    needed_list,
    number,
    optional,
    optional_list,
)
from api.scalars import Date, DateTime, Decimal, Text
from api.types import pooling as types
from api.types.fields import maybe
from api.types.sourcing import Incoterm
from collaboration.pooling import verbs
from collaboration.pooling.forms import PoolAsked, PoolSourced
from kernel import ids
from kernel.quantities import ZERO


class OpenPoolInput(graphene.InputObjectType):
    """The terms of a pool; they stand from now on."""

    number = needed(graphene.String, "Your firm's own number of it.")
    title = needed(graphene.String, "What is bought, at most 120 characters.")
    standard = optional(graphene.String, "By which standard, at most 120 characters.")
    note = optional(Text, "To all invited, at most 2,000 characters.")
    unit = needed(graphene.String, "In which unit (UNECE Rec 20).")
    currency = needed(graphene.String, "Of all its prices (ISO 4217).")
    incoterm = needed(Incoterm, "On which terms of delivery.")
    wanted_on = needed(Date, "When.")
    closes_at = needed(DateTime, "At this instant the window is over.")
    rule = needed(types.PoolRule, "How an award is shared out.")
    guaranteed = optional(Decimal, "Under GUARANTEED_FIRST: what each gets first.")
    share_step = optional(Decimal, "Needs and shares are multiples of this; 1 unless said.")
    tiers = optional_list(Decimal, "At most 10 totals from which on a lower price is hoped for, rising.")
    member_ids = needed_list(graphene.ID, "Firms to ask, 3 to 200; your own may be among them. None learns of another.")


class OpenPool(Mutation):
    """Ask firms to state what they need of something, to buy it together. Needs the role BUYER, and terms with each."""

    class Arguments:
        input = input_argument(OpenPoolInput)

    pool = maybe(types.Pool, "The pool.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        asked = PoolAsked(
            number=input["number"], title=input["title"], standard=given(input, "standard", ""), note=given(input, "note", ""),
            unit=input["unit"], currency=input["currency"], incoterm=input["incoterm"], wanted_on=input["wanted_on"],
            closes_at=input["closes_at"], rule=input["rule"], guaranteed=given(input, "guaranteed", ZERO),
            share_step=given(input, "share_step", PoolAsked.share_step), tiers=given(input, "tiers", []),
            member_ids=[ids.sought("Firm", one) for one in input["member_ids"]],
        )  # fmt: skip
        return {"pool": verbs.open_pool(work, actor, asked)}


class JoinPoolInput(graphene.InputObjectType):
    """How much your firm needs."""

    pool_id = needed(graphene.ID, "A pool your firm is asked into.")
    quantity = needed(Decimal, "In the pool's unit, a multiple of its step.")
    baseline_price = optional(Decimal, "What your firm paid last per unit; for its own savings statement alone.")


class JoinPool(Mutation):
    """State how much your firm needs, or state it anew, until the window is over; nobody else reads it. Needs BUYER."""

    class Arguments:
        input = input_argument(JoinPoolInput)

    membership = maybe(types.PoolMembership, "Your firm's place.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        membership = verbs.join_pool(
            work, actor, pool_id=number("Pool", input, "pool_id"), quantity=input["quantity"],
            baseline_price=given(input, "baseline_price"),
        )  # fmt: skip
        return {"membership": membership}


class DeclinePoolInput(graphene.InputObjectType):
    """Which pool."""

    pool_id = needed(graphene.ID, "A pool your firm is asked into.")


class DeclinePool(Mutation):
    """Not this time; until the window is over your firm may think again, and nobody learns of it. Needs the role BUYER."""

    class Arguments:
        input = input_argument(DeclinePoolInput)

    membership = maybe(types.PoolMembership, "Your firm's place.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"membership": verbs.decline_pool(work, actor, pool_id=number("Pool", input, "pool_id"))}


class LeavePoolInput(graphene.InputObjectType):
    """Which pool."""

    pool_id = needed(graphene.ID, "A pool your firm has joined.")


class LeavePool(Mutation):
    """Take your need back, before the window is over alone. Needs the role BUYER."""

    class Arguments:
        input = input_argument(LeavePoolInput)

    membership = maybe(types.PoolMembership, "Your firm's place.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"membership": verbs.leave_pool(work, actor, pool_id=number("Pool", input, "pool_id"))}


class SourcePoolInput(graphene.InputObjectType):
    """How suppliers are asked for the total."""

    pool_id = needed(graphene.ID, "A pool whose window is over.")
    expected_version = needed(graphene.Int, "The version you read.")
    number = needed(graphene.String, "Your firm's number of the request for quotation.")
    closes_at = needed(DateTime, "From this instant on a bid is late.")
    award_by = needed(Date, "Until this day bids must hold at least.")
    invitee_ids = needed_list(graphene.ID, "Suppliers to invite, at most 50.")
    note = optional(Text, "To all invitees, at most 4,000 characters.")
    category_id = optional(graphene.ID, "Your firm's own category; one invitee at least must be qualified in it.")


class SourcePool(Mutation):
    """Draft a request for quotation on the total; another person approves it as any other. Needs the role BUYER."""

    class Arguments:
        input = input_argument(SourcePoolInput)

    pool = maybe(types.Pool, "The pool.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        how = PoolSourced(
            number=input["number"], closes_at=input["closes_at"], award_by=input["award_by"],
            invitee_ids=[ids.sought("Firm", one) for one in input["invitee_ids"]], note=given(input, "note", ""),
            category_id=maybe_number("QualificationCategory", input, "category_id"),
        )  # fmt: skip
        pool_id = number("Pool", input, "pool_id")
        return {
            "pool": verbs.source_pool(work, actor, how, pool_id=pool_id, expected_version=input["expected_version"])
        }


class AwardPoolInput(graphene.InputObjectType):
    """To which offer the total goes."""

    pool_id = needed(graphene.ID, "A pool whose bids are opened.")
    expected_version = needed(graphene.Int, "The version you read.")
    quotation_line_id = needed(graphene.ID, "The offer.")
    quantity = optional(Decimal, "Less than the total, where the supplier has less; a multiple of the pool's step.")
    reason = optional(Text, "Why, where it is not the lowest; at most 400 characters, your firm's own.")


class AwardPool(Mutation):
    """Award the total to one offer; each member is allotted its share by the declared rule and orders it. Needs BUYER."""

    class Arguments:
        input = input_argument(AwardPoolInput)

    pool = maybe(types.Pool, "The pool.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        pool = verbs.award_pool(
            work, actor, pool_id=number("Pool", input, "pool_id"), expected_version=input["expected_version"],
            quotation_line_id=number("QuotationLine", input, "quotation_line_id"), quantity=given(input, "quantity"),
            reason=given(input, "reason", ""),
        )  # fmt: skip
        return {"pool": pool}


class CancelPoolInput(graphene.InputObjectType):
    """Which pool, and why."""

    pool_id = needed(graphene.ID, "A pool nothing is awarded of.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "For all invited, at most 400 characters.")


class CancelPool(Mutation):
    """Give a pool up and tell all invited why; before the window is over no total is told. Needs the role BUYER."""

    class Arguments:
        input = input_argument(CancelPoolInput)

    pool = maybe(types.Pool, "The pool.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        pool = verbs.cancel_pool(
            work, actor, pool_id=number("Pool", input, "pool_id"), expected_version=input["expected_version"],
            reason=input["reason"],
        )  # fmt: skip
        return {"pool": pool}


class OrderPoolShareInput(graphene.InputObjectType):
    """Which share, and how the order is placed."""

    pool_id = needed(graphene.ID, "A pool your firm is allotted a share of.")
    expected_version = needed(graphene.Int, "The version of your firm's membership you read.")
    number = needed(graphene.String, "Your firm's number of the order.")
    wanted_on = optional(Date, "Another day than the pool's.")
    conditional_reason = optional(Text, "Why, though the supplier is qualified on conditions only.")


class OrderPoolShare(Mutation):
    """Order your firm's share in its own name at the pool's price; until then the seller does not know of it. Needs BUYER."""

    class Arguments:
        input = input_argument(OrderPoolShareInput)

    membership = maybe(types.PoolMembership, "Your firm's place.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        membership = verbs.order_pool_share(
            work, actor, pool_id=number("Pool", input, "pool_id"), expected_version=input["expected_version"],
            number=input["number"], wanted_on=given(input, "wanted_on"),
            conditional_reason=given(input, "conditional_reason"),
        )  # fmt: skip
        return {"membership": membership}


class PoolActs:
    """Joint purchasing."""

    open_pool = OpenPool.Field(description=OpenPool.__doc__)
    join_pool = JoinPool.Field(description=JoinPool.__doc__)
    decline_pool = DeclinePool.Field(description=DeclinePool.__doc__)
    leave_pool = LeavePool.Field(description=LeavePool.__doc__)
    source_pool = SourcePool.Field(description=SourcePool.__doc__)
    award_pool = AwardPool.Field(description=AwardPool.__doc__)
    cancel_pool = CancelPool.Field(description=CancelPool.__doc__)
    order_pool_share = OrderPoolShare.Field(description=OrderPoolShare.__doc__)
