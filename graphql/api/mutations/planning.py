"""State bills of material, explode plans."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, needed_list, number, optional
from api.scalars import Date, Decimal, Text
from api.types.bills import BillOfMaterial
from api.types.fields import maybe
from api.types.jobs import Job
from api.types.planning import Explosion
from chain.bills import verbs as bill_verbs
from chain.bills.decisions import Part
from collaboration.planning import verbs
from kernel.quantities import ZERO


class BillLineInput(graphene.InputObjectType):
    """One component."""

    component_id = needed(graphene.ID, "An item your firm makes, or is supplied with.")
    quantity_per = needed(Decimal, "How much for one unit of the item, in the component's unit; more than 0.")
    scrap_percent = optional(Decimal, "How much more is taken than goes in, 0 to 100; 0 when nothing is said.")


class StateBillInput(graphene.InputObjectType):
    """What an item is made of, from a day on."""

    item_id = needed(graphene.ID, "An item your firm makes.")
    valid_from = optional(Date, "The first day; today when nothing is said.")
    valid_to = optional(Date, "The last day; until further notice when nothing is said.")
    note = optional(Text, "A note for yourselves.")
    lines = needed_list(BillLineInput, "The components, each once.")


class StateBill(Mutation):
    """The maker says what an item is made of; its open bill closes the day before. Needs the role PLANNER.

    Refused, with the circle shown, where the firm's bills would lead back to the item.
    """

    class Arguments:
        input = input_argument(StateBillInput)

    bill = maybe(BillOfMaterial, "The bill.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        parts = [
            Part(number("Item", line, "component_id"), line["quantity_per"], given(line, "scrap_percent", ZERO))
            for line in input["lines"]
        ]
        bill = bill_verbs.state_bill(
            work, actor, item_id=number("Item", input, "item_id"), parts=parts, valid_from=given(input, "valid_from"),
            valid_to=given(input, "valid_to"), note=given(input, "note", ""),
        )  # fmt: skip
        return {"bill": bill}


class EndBillInput(graphene.InputObjectType):
    """Which bill ends when."""

    bill_id = needed(graphene.ID, "The bill.")
    last_day = needed(Date, "The last day, yesterday or later; before its first day takes it back.")


class EndBill(Mutation):
    """The maker ends a bill of material. Needs the role PLANNER."""

    class Arguments:
        input = input_argument(EndBillInput)

    bill = maybe(BillOfMaterial, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        bill = bill_verbs.end_bill(
            work, actor, bill_id=number("BillOfMaterial", input, "bill_id"), last_day=input["last_day"]
        )
        return {"bill": bill}


class PlanLineInput(graphene.InputObjectType):
    """So much of an item by a day."""

    item_id = needed(graphene.ID, "An item your firm makes.")
    quantity = needed(Decimal, "How much, in the item's unit; more than 0.")
    wanted_on = needed(Date, "By this day, today or later.")


class ExplodePlanInput(graphene.InputObjectType):
    """A plan to be worked out."""

    name = needed(Text, "Its name; a run of the same name takes the place of the earlier one.")
    lines = needed_list(PlanLineInput, "What is planned.")


class ExplodePlan(Mutation):
    """Have it worked out what a plan needs, here and at the suppliers that let you look. Needs the role PLANNER.

    You see your own needs; what is passed on, each firm sees for itself, from its direct customer.
    """

    class Arguments:
        input = input_argument(ExplodePlanInput)

    explosion = maybe(Explosion, "The run.")
    job = maybe(Job, "How far it is.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        lines = [
            verbs.PlanLine(number("Item", line, "item_id"), line["quantity"], line["wanted_on"])
            for line in input["lines"]
        ]
        explosion = verbs.explode_plan(work, actor, name=input["name"], lines=lines)
        return {"explosion": explosion, "job": verbs.job_of(work, actor, explosion)}


class WithdrawPlanInput(graphene.InputObjectType):
    """Which run to take back."""

    explosion_id = needed(graphene.ID, "The run.")


class WithdrawPlan(Mutation):
    """Take a plan back: what it asked of suppliers leaves their sight at once. Needs the role PLANNER."""

    class Arguments:
        input = input_argument(WithdrawPlanInput)

    explosion = maybe(Explosion, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"explosion": verbs.withdraw_plan(work, actor, explosion_id=number("Explosion", input, "explosion_id"))}


class PlanningActs:
    """What is done with bills and plans."""

    state_bill = StateBill.Field(description=StateBill.__doc__)
    end_bill = EndBill.Field(description=EndBill.__doc__)
    explode_plan = ExplodePlan.Field(description=ExplodePlan.__doc__)
    withdraw_plan = WithdrawPlan.Field(description=WithdrawPlan.__doc__)
