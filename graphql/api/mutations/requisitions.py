"""Draft, submit, approve and reject requisitions; turn them into a request or an order; finish them; set the rules."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, maybe_number, needed, needed_list, number, optional
from api.scalars import Date, DateTime, Decimal, Text
from api.types import requisitions as types
from api.types.fields import maybe
from api.types.sourcing import Incoterm
from collaboration.requisitions import reads, verbs
from collaboration.requisitions.decisions import Approval, LineNeeded, Needed
from kernel import ids


class RequisitionLineInput(graphene.InputObjectType):
    """One line of a requisition."""

    number = needed(graphene.Int, "Its number.")
    title = needed(graphene.String, "What is needed, at most 200 characters.")
    quantity = needed(Decimal, "How much.")
    unit = needed(graphene.String, "In which unit (UNECE Rec 20).")
    unit_price = needed(Decimal, "As estimated, more than 0.")
    wanted_on = needed(Date, "When.")


class DraftRequisitionInput(graphene.InputObjectType):
    """A new requisition, or one said anew."""

    number = needed(graphene.String, "Your firm's own number of it.")
    title = needed(graphene.String, "What it is about, at most 120 characters.")
    note = optional(Text, "Why, at most 1,000 characters.")
    currency = needed(graphene.String, "Of its estimates (ISO 4217).")
    category_id = optional(graphene.ID, "Your firm's own category.")
    supplier_id = optional(graphene.ID, "From whom it is meant to be bought, where that is known.")
    lines = needed_list(RequisitionLineInput, "What is needed, at most 100 lines.")
    requisition_id = optional(graphene.ID, "The draft or rejected one to say anew; a new one unless said.")
    expected_version = optional(graphene.Int, "With `requisitionId`: the version you read.")


class DraftRequisition(Mutation):
    """Write what you need, or write it anew. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(DraftRequisitionInput)

    requisition = maybe(types.Requisition, "The draft.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        lines = [
            LineNeeded(
                number=one["number"], title=one["title"], quantity=one["quantity"], unit=one["unit"],
                unit_price=one["unit_price"], wanted_on=one["wanted_on"],
            )
            for one in input["lines"]
        ]  # fmt: skip
        said = Needed(
            number=input["number"], title=input["title"], currency=input["currency"], lines=lines,
            note=given(input, "note", ""), category_id=maybe_number("QualificationCategory", input, "category_id"),
            supplier_id=maybe_number("Firm", input, "supplier_id"),
        )  # fmt: skip
        found = verbs.draft_requisition(
            work, actor, said, requisition_id=maybe_number("Requisition", input, "requisition_id"),
            expected_version=given(input, "expected_version"),
        )  # fmt: skip
        return {"requisition": found}


class SubmitRequisitionInput(graphene.InputObjectType):
    """Which requisition."""

    requisition_id = needed(graphene.ID, "A draft of yours.")
    expected_version = needed(graphene.Int, "The version you read.")


def _which(input: Any) -> dict[str, Any]:
    return {
        "requisition_id": number("Requisition", input, "requisition_id"), "expected_version": input["expected_version"]
    }  # fmt: skip


class SubmitRequisition(Mutation):
    """Hand a draft of yours to whom your firm's rules name. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(SubmitRequisitionInput)

    requisition = maybe(types.Requisition, "The requisition.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"requisition": verbs.submit_requisition(work, actor, **_which(input))}


class ApproveRequisitionInput(graphene.InputObjectType):
    """Which requisition."""

    requisition_id = needed(graphene.ID, "One that waits for you.")
    expected_version = needed(graphene.Int, "The version you read.")


class ApproveRequisition(Mutation):
    """Approve what a colleague needs, where the rules name you, or nobody and you are a lead; never your own."""

    class Arguments:
        input = input_argument(ApproveRequisitionInput)

    requisition = maybe(types.Requisition, "The requisition.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"requisition": verbs.approve_requisition(work, actor, **_which(input))}


class RejectRequisitionInput(graphene.InputObjectType):
    """Which requisition, and why."""

    requisition_id = needed(graphene.ID, "One that waits for you.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "At most 400 characters.")


class RejectRequisition(Mutation):
    """Say no to what a colleague needs, and why; by whom may approve it."""

    class Arguments:
        input = input_argument(RejectRequisitionInput)

    requisition = maybe(types.Requisition, "The requisition.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"requisition": verbs.reject_requisition(work, actor, **_which(input), reason=input["reason"])}


class SourceRequisitionInput(graphene.InputObjectType):
    """What a request for quotation needs beside what the requisition says."""

    requisition_id = needed(graphene.ID, "An approved one.")
    expected_version = needed(graphene.Int, "The version you read.")
    number = needed(graphene.String, "Your firm's number of the request.")
    incoterm = needed(Incoterm, "On which terms of delivery bids are compared.")
    closes_at = needed(DateTime, "From this instant on a bid is late.")
    award_by = needed(Date, "Until this day bids must hold at least.")
    invitee_ids = needed_list(graphene.ID, "Suppliers to invite, at most 50.")


class SourceRequisition(Mutation):
    """Turn an approved requisition into the draft of a request for quotation. Needs the role BUYER."""

    class Arguments:
        input = input_argument(SourceRequisitionInput)

    requisition = maybe(types.Requisition, "The requisition.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.source_requisition(
            work, actor, **_which(input), number=input["number"], incoterm=input["incoterm"],
            closes_at=input["closes_at"], award_by=input["award_by"],
            invitee_ids=[ids.sought("Firm", one) for one in input["invitee_ids"]],
        )  # fmt: skip
        return {"requisition": found}


class OrderedLineInput(graphene.InputObjectType):
    """What a line becomes in the order."""

    number = needed(graphene.Int, "The requisition's line.")
    item_id = needed(graphene.ID, "An item of the seller.")
    unit_price = needed(Decimal, "Per unit asked for, in the requisition's currency.")


class OrderRequisitionInput(graphene.InputObjectType):
    """What an order needs beside what the requisition says."""

    requisition_id = needed(graphene.ID, "An approved one.")
    expected_version = needed(graphene.Int, "The version you read.")
    seller_id = needed(graphene.ID, "From whom.")
    number = needed(graphene.String, "Your firm's number of the order.")
    lines = needed_list(OrderedLineInput, "Each line once.")
    conditional_reason = optional(Text, "Why, though the supplier is qualified on conditions only.")


class OrderRequisition(Mutation):
    """Turn an approved requisition into an order for no more than was approved. Needs the role BUYER."""

    class Arguments:
        input = input_argument(OrderRequisitionInput)

    requisition = maybe(types.Requisition, "The requisition.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.order_requisition(
            work, actor, **_which(input), seller_id=number("Firm", input, "seller_id"), number=input["number"],
            items={one["number"]: (ids.sought("Item", one["item_id"]), one["unit_price"]) for one in input["lines"]},
            conditional_reason=given(input, "conditional_reason"),
        )  # fmt: skip
        return {"requisition": found}


class FinishRequisitionInput(graphene.InputObjectType):
    """Which requisition."""

    requisition_id = needed(graphene.ID, "One of yours that is ordered.")
    expected_version = needed(graphene.Int, "The version you read.")


class FinishRequisition(Mutation):
    """Say that you have what you asked for. Needs the role BUYER, PLANNER, QUALITY or LEAD."""

    class Arguments:
        input = input_argument(FinishRequisitionInput)

    requisition = maybe(types.Requisition, "The requisition.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"requisition": verbs.finish_requisition(work, actor, **_which(input))}


class ApprovalRuleInput(graphene.InputObjectType):
    """From an amount on somebody approves."""

    currency = needed(graphene.String, "Of the amount (ISO 4217).")
    from_amount = needed(Decimal, "From this on.")
    category_id = optional(graphene.ID, "Of this category alone.")
    supplier_id = optional(graphene.ID, "From this supplier alone.")
    approver_id = needed(graphene.ID, "A person of your firm.")


class SetApprovalRulesInput(graphene.InputObjectType):
    """All rules as they stand from now on."""

    rules = needed_list(
        ApprovalRuleInput, "At most 200; the one that says most decides, then the one of the highest amount."
    )


class SetApprovalRules(Mutation):
    """Say who of your firm approves what, in place of what held. Needs the role LEAD."""

    class Arguments:
        input = input_argument(SetApprovalRulesInput)

    approval_rules = maybe(graphene.List(graphene.NonNull(types.ApprovalRule)), "The rules.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        rules = [
            Approval(
                one["from_amount"], number("Person", one, "approver_id"), one["currency"],
                maybe_number("QualificationCategory", one, "category_id"), maybe_number("Firm", one, "supplier_id"),
            )
            for one in input["rules"]
        ]  # fmt: skip
        verbs.set_approval_rules(work, actor, rules)
        return {"approval_rules": reads.approval_rules(work, actor)}


class RequisitionActs:
    """Requisitions."""

    draft_requisition = DraftRequisition.Field(description=DraftRequisition.__doc__)
    submit_requisition = SubmitRequisition.Field(description=SubmitRequisition.__doc__)
    approve_requisition = ApproveRequisition.Field(description=ApproveRequisition.__doc__)
    reject_requisition = RejectRequisition.Field(description=RejectRequisition.__doc__)
    source_requisition = SourceRequisition.Field(description=SourceRequisition.__doc__)
    order_requisition = OrderRequisition.Field(description=OrderRequisition.__doc__)
    finish_requisition = FinishRequisition.Field(description=FinishRequisition.__doc__)
    set_approval_rules = SetApprovalRules.Field(description=SetApprovalRules.__doc__)
