"""Keep categories; propose, approve, decline; block and unblock a supplier."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, maybe_number, needed, needed_list, number, optional
from api.scalars import Date, Text
from api.types import enums
from api.types.fields import maybe
from api.types.qualification import Qualification, QualificationCategory, QualificationProposal
from chain.certificates.decisions import Needed
from chain.qualification import verbs
from kernel import ids


class NeededCertificateInput(graphene.InputObjectType):
    """A kind of certificate a supplier needs."""

    kind = needed(enums.CertificateKind, "What kind.")
    named = optional(Text, "Its name; needed where the kind is OTHER.")


def _needs(input: Any) -> list[Needed]:
    return [Needed(one["kind"], given(one, "named", "")) for one in input["needs"]]


class AddCategoryInput(graphene.InputObjectType):
    """A category of what your firm buys."""

    code = needed(Text, "Short code, unique in your firm.")
    name = needed(Text, "Name in Chinese.")
    name_en = needed(Text, "Name in English.")
    needs = needed_list(NeededCertificateInput, "Certificates a supplier needs in it.")
    qualified_only = needed(graphene.Boolean, "Orders go to qualified suppliers only.")


class AddCategory(Mutation):
    """Add a category to your firm's list. Needs the role LEAD."""

    class Arguments:
        input = input_argument(AddCategoryInput)

    category = maybe(QualificationCategory, "The category.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        added = verbs.add_category(
            work, actor, code=input["code"], name=input["name"], name_en=input["name_en"], needs=_needs(input),
            qualified_only=input["qualified_only"],
        )  # fmt: skip
        return {"category": added}


class ChangeCategoryInput(graphene.InputObjectType):
    """A category as it shall be from now."""

    category_id = needed(graphene.ID, "The category.")
    expected_version = needed(graphene.Int, "The version you read.")
    name = needed(Text, "Name in Chinese.")
    name_en = needed(Text, "Name in English.")
    needs = needed_list(NeededCertificateInput, "Certificates a supplier needs in it.")
    qualified_only = needed(graphene.Boolean, "Orders go to qualified suppliers only.")


class ChangeCategory(Mutation):
    """Change what a category is called, needs or lets through; standings follow. Needs the role LEAD."""

    class Arguments:
        input = input_argument(ChangeCategoryInput)

    category = maybe(QualificationCategory, "The category after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        changed = verbs.change_category(
            work, actor, category_id=number("QualificationCategory", input, "category_id"),
            expected_version=input["expected_version"], name=input["name"], name_en=input["name_en"],
            needs=_needs(input), qualified_only=input["qualified_only"],
        )  # fmt: skip
        return {"category": changed}


class AssignItemsInput(graphene.InputObjectType):
    """Which items belong where."""

    category_id = optional(graphene.ID, "The category; none takes them out of any.")
    item_ids = needed_list(graphene.ID, "Items your firm buys, 1 to 500.")


class AssignItems(Mutation):
    """Put items your firm buys into a category, out of any other. Needs the role QUALITY or LEAD."""

    class Arguments:
        input = input_argument(AssignItemsInput)

    category = maybe(QualificationCategory, "The category; null where they were taken out.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        category = verbs.assign_items(
            work, actor, category_id=maybe_number("QualificationCategory", input, "category_id"),
            item_ids=[ids.sought("Item", one) for one in input["item_ids"]],
        )  # fmt: skip
        return {"category": category}


class ProposeQualificationInput(graphene.InputObjectType):
    """What standing you propose."""

    supplier_id = needed(graphene.ID, "The supplier.")
    category_id = needed(graphene.ID, "In what.")
    standing = needed(enums.SupplierStanding, "APPROVED or CONDITIONAL.")
    condition = optional(Text, "What the supplier is told; needed where CONDITIONAL.")
    until = optional(Date, "To be qualified anew by this day.")
    note = optional(Text, "For your own firm only.")


class ProposeQualification(Mutation):
    """Propose to approve a supplier in a category; another person, a lead, decides. Needs the role QUALITY."""

    class Arguments:
        input = input_argument(ProposeQualificationInput)

    proposal = maybe(QualificationProposal, "The proposal.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        proposal = verbs.propose_qualification(
            work, actor, supplier_id=number("Firm", input, "supplier_id"),
            category_id=number("QualificationCategory", input, "category_id"), standing=input["standing"],
            condition=given(input, "condition", ""), until=given(input, "until"), note=given(input, "note", ""),
        )  # fmt: skip
        return {"proposal": proposal}


class ApproveQualificationInput(graphene.InputObjectType):
    """Which proposal you approve."""

    proposal_id = needed(graphene.ID, "The proposal.")
    expected_version = needed(graphene.Int, "The version of the standing you read.")
    note = optional(Text, "For your own firm only.")


class ApproveQualification(Mutation):
    """Make a proposal the supplier's standing. Needs the role LEAD, and another person than proposed it."""

    class Arguments:
        input = input_argument(ApproveQualificationInput)

    qualification = maybe(Qualification, "The standing after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        approved = verbs.approve_qualification(
            work, actor, proposal_id=number("QualificationProposal", input, "proposal_id"),
            expected_version=input["expected_version"], note=given(input, "note", ""),
        )  # fmt: skip
        return {"qualification": approved}


class DeclineQualificationInput(graphene.InputObjectType):
    """Which proposal you do not take, and why."""

    proposal_id = needed(graphene.ID, "The proposal.")
    reason = needed(Text, "Why; for your own firm only.")


class DeclineQualification(Mutation):
    """Do not take a proposal; the standing stays. Needs the role LEAD, and another person than proposed it."""

    class Arguments:
        input = input_argument(DeclineQualificationInput)

    proposal = maybe(QualificationProposal, "The proposal after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        declined = verbs.decline_qualification(
            work, actor, proposal_id=number("QualificationProposal", input, "proposal_id"), reason=input["reason"]
        )
        return {"proposal": declined}


class BlockSupplierInput(graphene.InputObjectType):
    """Whom you order no more from, in what, and why."""

    supplier_id = needed(graphene.ID, "The supplier.")
    category_id = needed(graphene.ID, "In what.")
    reason = needed(Text, "Why; for your own firm only.")
    told = optional(Text, "What the supplier reads about it.")


class BlockSupplier(Mutation):
    """Stop new orders to a supplier in a category; orders already placed go on. Needs the role LEAD."""

    class Arguments:
        input = input_argument(BlockSupplierInput)

    qualification = maybe(Qualification, "The standing after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        blocked = verbs.block_supplier(
            work, actor, supplier_id=number("Firm", input, "supplier_id"),
            category_id=number("QualificationCategory", input, "category_id"), reason=input["reason"],
            told=given(input, "told", ""),
        )  # fmt: skip
        return {"qualification": blocked}


class UnblockSupplierInput(graphene.InputObjectType):
    """Whose block you lift, and why."""

    qualification_id = needed(graphene.ID, "The standing.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "Why; for your own firm only.")


class UnblockSupplier(Mutation):
    """Lift a block: the supplier is potential again, to be qualified anew. Needs the role LEAD."""

    class Arguments:
        input = input_argument(UnblockSupplierInput)

    qualification = maybe(Qualification, "The standing after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        freed = verbs.unblock_supplier(
            work, actor, qualification_id=number("Qualification", input, "qualification_id"),
            expected_version=input["expected_version"], reason=input["reason"],
        )  # fmt: skip
        return {"qualification": freed}


class QualificationActs:
    """What is done about qualification."""

    add_category = AddCategory.Field(description=AddCategory.__doc__)
    change_category = ChangeCategory.Field(description=ChangeCategory.__doc__)
    assign_items = AssignItems.Field(description=AssignItems.__doc__)
    propose_qualification = ProposeQualification.Field(description=ProposeQualification.__doc__)
    approve_qualification = ApproveQualification.Field(description=ApproveQualification.__doc__)
    decline_qualification = DeclineQualification.Field(description=DeclineQualification.__doc__)
    block_supplier = BlockSupplier.Field(description=BlockSupplier.__doc__)
    unblock_supplier = UnblockSupplier.Field(description=UnblockSupplier.__doc__)
