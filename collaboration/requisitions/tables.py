"""What people of a firm need, and the rules that say who approves it."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.requisitions.lifecycle import RequisitionState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word
from kernel.quantities import Exact


class Requisition(SQLModel, table=True):
    """``approver_id``: whom the rules named when it was submitted; any lead where there is none.

    ``supplier_id``: whom it is meant to be bought from, where that is known; ``reason``: why it was rejected.
    """

    __tablename__ = "requisition"
    __table_args__ = (UniqueConstraint("firm_id", "number"), Index("requisition_of", "firm_id", "state"))
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    number: str = Field(max_length=60)
    title: str = Field(max_length=120)
    note: str = Field(default="", max_length=1000)
    currency: str = Field(max_length=3)
    category_id: int | None = ref("qualification_category", nullable=True, index=False)
    supplier_id: int | None = ref("firm", nullable=True)
    state: RequisitionState = word(RequisitionState, RequisitionState.DRAFT)
    requested_by: int = Field(sa_type=RowNumber)
    approver_id: int | None = Field(default=None, sa_type=RowNumber)
    decided_by: int | None = Field(default=None, sa_type=RowNumber)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=400)
    rfq_id: int | None = ref("rfq", nullable=True)
    order_id: int | None = ref("purchase_order", nullable=True)
    version: int = 1


class RequisitionLine(SQLModel, table=True):
    """``unit_price``: as estimated, in the requisition's currency; approvals go by it."""

    __tablename__ = "requisition_line"
    __table_args__ = (UniqueConstraint("requisition_id", "number"),)
    id: int | None = key()
    requisition_id: int = ref("requisition", index=False)
    number: int
    title: str = Field(max_length=200)
    quantity: Decimal = Field(sa_type=Exact)
    unit: str = Field(max_length=3)
    unit_price: Decimal = Field(sa_type=Exact)
    wanted_on: date


class ApprovalRule(SQLModel, table=True):
    """From this amount on, this person approves; of one category, of one supplier, or of any."""

    __tablename__ = "approval_rule"
    id: int | None = key()
    firm_id: int = ref("firm")
    currency: str = Field(max_length=3)
    from_amount: Decimal = Field(sa_type=Exact)
    category_id: int | None = ref("qualification_category", nullable=True, index=False)
    supplier_id: int | None = ref("firm", nullable=True, index=False)
    approver_id: int = Field(sa_type=RowNumber)


scope(
    "requisition", "requisition_line", "approval_rule",
    because="what a firm needs and who decides there is its own",
)  # fmt: skip
