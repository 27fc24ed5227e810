"""A document an order must come with: class, title, language, format, day, reviewer."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from delivery.checks.formats import Format
from delivery.requirements.lifecycle import RequirementState
from kernel.access import scope
from kernel.db import UtcDateTime, key, ref, word


class DocumentRequirement(SQLModel, table=True):
    """``document_type``: a VDI 2770 class such as 02-04; without ``line_id`` it covers the whole order."""

    __tablename__ = "document_requirement"
    id: int | None = key()
    order_id: int = ref("purchase_order")
    line_id: int | None = ref("order_line", nullable=True, index=False)
    document_type: str = Field(max_length=5)
    title: str = Field(max_length=200)
    language: str = Field(max_length=12)
    format: Format = word(Format)
    due_on: date
    reviewer_id: int | None = ref("person", nullable=True)
    state: RequirementState = word(RequirementState, RequirementState.REQUIRED)
    required_at: datetime = Field(sa_type=UtcDateTime)


scope("document_requirement", because="a delivery file is known to the order's two parties only")
