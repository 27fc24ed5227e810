"""Requisitions and the rules of their approval, as people of their firm read them."""

from typing import Any

import graphene

from api.scalars import DateTime, Decimal
from api.types.fields import Date, camel, children, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Node
from api.types.orders import Order
from api.types.qualification import QualificationCategory
from api.types.sourcing import Rfq
from collaboration.requisitions import reads
from collaboration.requisitions.decisions import worth
from collaboration.requisitions.lifecycle import RequisitionState as RequisitionWord
from kernel import ids

RequisitionState = described("RequisitionState", RequisitionWord, "Where a requisition stands.", {
    RequisitionWord.DRAFT: "Being written.", RequisitionWord.WAITING: "Waits for whom the firm's rules name.",
    RequisitionWord.APPROVED: "May be sourced or ordered.", RequisitionWord.REJECTED: "Rejected, with a reason; may be said anew.",
    RequisitionWord.SOURCING: "It has become a request for quotation.", RequisitionWord.ORDERED: "Ordered.",
    RequisitionWord.DONE: "Whoever asked has it.",
})  # fmt: skip


def _one(batch: str, column: str) -> Any:
    """The one thing a column names, where the reader may know it; empty where it names none."""

    def resolve(row: Any, info: Any) -> Any:
        number = getattr(row, column)
        return None if number is None else info.context.batches[batch].one(number)

    return resolve


def _name(column: str) -> Any:
    """What a colleague is called, by whom a column names."""
    return lambda row, info: getattr(_one("person", column)(row, info), "name", None)


def _approver(row: Any, info: Any) -> str:
    return ids.seal("Person", row.approver_id)


def _verbs(row: Any, info: Any) -> list[str]:
    return [camel(verb) for verb in reads.requisition_verbs(info.context.acting, row)]


class RequisitionLine(graphene.ObjectType):
    """What is needed."""

    number = said(graphene.Int, "Its number.")
    title = said(graphene.String, "What.")
    quantity = said(Decimal, "How much.")
    unit = said(graphene.String, "In which unit (UNECE Rec 20).")
    unit_price = said(Decimal, "As estimated, in the requisition's currency.")
    wanted_on = said(Date, "When.")


class Requisition(graphene.ObjectType):
    """What somebody of your firm needs."""

    class Meta:
        interfaces = (Node,)

    id = ident("Requisition")
    number = said(graphene.String, "Your firm's own.")
    title = said(graphene.String, "What it is about.")
    note = said(graphene.String, "Why.")
    currency = said(graphene.String, "Of its estimates.")
    category = maybe(QualificationCategory, "Your firm's own.", resolver=_one("qualification_category", "category_id"))
    supplier = maybe(
        Firm, "From whom it is meant to be bought, where that is known.", resolver=_one("firm", "supplier_id")
    )
    state = said(RequisitionState, "Where it stands.")
    requested_by = maybe(graphene.String, "Who asked.", resolver=_name("requested_by"))
    approver = maybe(
        graphene.String, "Whom the rules named; empty where any lead decides.", resolver=_name("approver_id")
    )
    decided_by = maybe(graphene.String, "Who decided.", resolver=_name("decided_by"))
    decided_at = maybe(DateTime, "When.")
    reason = said(graphene.String, "Why it was rejected.")
    rfq = maybe(Rfq, "The request for quotation it has become.", resolver=_one("rfq", "rfq_id"))
    order = maybe(Order, "The order it has become.", resolver=_one("order", "order_id"))
    version = said(graphene.Int, "Give it back with your act.")
    lines = children(RequisitionLine, "requisition_lines", "What is needed.")
    worth = said(Decimal, "Estimated, in its currency.",
                 resolver=lambda row, info: worth(info.context.batches["requisition_lines"].many(row.id)))  # fmt: skip
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.", resolver=_verbs)


RequisitionConnection = connection(Requisition, "Requisition")


class ApprovalRule(graphene.ObjectType):
    """From an amount on somebody approves; of one category, of one supplier, or of any."""

    currency = said(graphene.String, "Of the amount.")
    from_amount = said(Decimal, "From this on.")
    category = maybe(
        QualificationCategory, "Of this category alone.", resolver=_one("qualification_category", "category_id")
    )
    supplier = maybe(Firm, "From this supplier alone.", resolver=_one("firm", "supplier_id"))
    approver_id = said(graphene.ID, "Who approves.", resolver=_approver)
    approver = maybe(graphene.String, "What he is called.", resolver=_name("approver_id"))


class RequisitionFilter(graphene.InputObjectType):
    """Which requisitions; conditions are joined by and."""

    states = graphene.InputField(graphene.List(graphene.NonNull(RequisitionState)), description="Standing here.")
    to_decide = graphene.InputField(graphene.Boolean, description="Those that wait for you.")


NODES = (Requisition,)
USUAL_LENGTHS = {
    "Requisition.lines": 3, "Requisition.openVerbs": 2, "Query.approvalRules": 10, "SetApprovalRules.approvalRules": 10,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
