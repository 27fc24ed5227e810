"""A buyer's categories, the standing of suppliers in them, and what only the buyer knows of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from chain.qualification.lifecycle import ProposalState, Standing
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class NoteKind(StrEnum):
    """On what occasion a buyer's person wrote an internal note."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    DECLINED = "declined"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    ORDERED = "ordered"  # why an order was placed although the standing is conditional


class QualificationCategory(SQLModel, table=True):
    """A buyer's own group of what it buys. ``needs``: keys of the kinds of certificate it asks for.

    ``qualified_only``: no order to whoever is not approved or conditional.
    """

    __tablename__ = "qualification_category"
    __table_args__ = (UniqueConstraint("buyer_id", "code"),)
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    code: str = Field(max_length=40)
    name: str = Field(max_length=80)
    name_en: str = Field(max_length=80)
    needs: list[str] = Field(default=[], sa_type=JSON)
    qualified_only: bool = False
    version: int = 1


class CategorizedItem(SQLModel, table=True):
    """An item a buyer buys belongs to one of its categories; to none any more where ``category_id`` is empty."""

    __tablename__ = "categorized_item"
    __table_args__ = (UniqueConstraint("buyer_id", "item_id"),)
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    category_id: int | None = ref("qualification_category", nullable=True)
    item_id: int = ref("item", index=False)


class Qualification(SQLModel, table=True):
    """A supplier's standing. ``until``: to be qualified anew by then; ``lapses_on``: last day all that is needed holds.

    ``lapsed_on``: since when it is conditional only because something ran out. ``condition``: what the supplier is told.
    """

    __tablename__ = "qualification"
    __table_args__ = (
        UniqueConstraint("buyer_id", "supplier_id", "category_id"),
        Index("qualification_of_supplier", "supplier_id"),
        Index("qualification_lapses", "state", "lapses_on"),
    )
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    supplier_id: int = ref("firm", index=False)
    category_id: int = ref("qualification_category")
    state: Standing = word(Standing, Standing.POTENTIAL)
    until: date | None = None
    lapses_on: date | None = None
    lapsed_on: date | None = None
    condition: str = Field(default="", max_length=400)
    version: int = 1
    changed_at: datetime = Field(sa_type=UtcDateTime)


class QualificationProposal(SQLModel, table=True):
    """A quality person proposes a standing; a lead, who is another person, decides. The buyer's own business."""

    __tablename__ = "qualification_proposal"
    id: int | None = key()
    qualification_id: int = ref("qualification")
    buyer_id: int = ref("firm", index=False)
    standing: Standing = word(Standing)
    until: date | None = None
    condition: str = Field(default="", max_length=400)
    state: ProposalState = word(ProposalState, ProposalState.OPEN)
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class QualificationNote(SQLModel, table=True):
    """What a buyer's person wrote beside a standing; no supplier ever reads it."""

    __tablename__ = "qualification_note"
    id: int | None = key()
    qualification_id: int = ref("qualification")
    buyer_id: int = ref("firm", index=False)
    kind: NoteKind = word(NoteKind)
    text: str = Field(max_length=400)
    written_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)


scope(
    "qualification_category", "categorized_item", "qualification", "qualification_proposal", "qualification_note",
    because="what a buyer thinks of a supplier is known to the two, what it thinks aloud to itself",
)  # fmt: skip
