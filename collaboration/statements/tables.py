"""Statements with their lines, what is disputed of them, and each edition as it was, never edited."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.settlement.tables import InvoiceReason
from collaboration.statements.lifecycle import DisputeState, StatementState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word
from kernel.quantities import ZERO, Exact


class StatementSource(StrEnum):
    """What a line is made from."""

    RECEIPT = "receipt"  # a line the buyer counted
    DELIVERED = "delivered"  # an answer that the goods had come already, accepted by the buyer (UNCL 1229: 42)
    CREDIT_NOTE = "credit_note"  # a line the seller took back; worth less than nothing


class Statement(SQLModel, table=True):
    """``maker_id``: the one of the two firms that made it. ``cut_at``: it rests on what was in the books at that instant.

    Period: whole days in China, both ends in it. ``edition`` and ``content_hash``: of the newest ``StatementEdition``.
    """

    __tablename__ = "statement"
    __table_args__ = (
        Index("statement_buyer_state", "buyer_id", "state"),
        Index("statement_seller_state", "seller_id", "state"),
    )
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    seller_id: int = ref("firm", index=False)
    maker_id: int = ref("firm", index=False)
    currency: str = Field(max_length=3)
    period_from: date
    period_until: date
    state: StatementState = word(StatementState, StatementState.DRAFT)
    version: int = 1
    edition: int = 1
    content_hash: str = Field(max_length=64)
    total_amount: Decimal = Field(sa_type=Exact)
    cut_at: datetime = Field(sa_type=UtcDateTime)
    made_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    invoiced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class StatementLine(SQLModel, table=True):
    """One thing that happened in the period. ``accepted``, ``rejected``, ``agreed_price``: as it happened, at the agreed
    price of that day; ``quantity``, ``unit_price``, ``line_amount``: as the statement says, the same unless corrected.

    ``is_held``: it counts in a statement that was sent; empty before that and once it is set aside or withdrawn, so that
    the same thing is never held twice. ``carried_from_id``: an earlier statement set it aside.
    """

    __tablename__ = "statement_line"
    __table_args__ = (
        UniqueConstraint("statement_id", "number"),
        UniqueConstraint("source", "source_id", "is_held", name="statement_line_held_once"),
    )
    id: int | None = key()
    statement_id: int = ref("statement", index=False)
    number: int
    source: StatementSource = word(StatementSource)
    source_id: int = Field(sa_type=RowNumber)
    happened_at: datetime = Field(sa_type=UtcDateTime)
    reference: str = Field(max_length=60)
    order_id: int = ref("purchase_order")
    order_line_id: int = ref("order_line")
    item_id: int = ref("item", index=False)
    unit: str = Field(max_length=3)
    accepted: Decimal = Field(sa_type=Exact)
    rejected: Decimal = Field(default=ZERO, sa_type=Exact)
    agreed_price: Decimal = Field(sa_type=Exact)
    quantity: Decimal = Field(sa_type=Exact)
    unit_price: Decimal = Field(sa_type=Exact)
    line_amount: Decimal = Field(sa_type=Exact)
    carried_from_id: int | None = ref("statement", nullable=True, index=False)
    is_held: bool | None = None
    is_set_aside: bool = False
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class StatementDispute(SQLModel, table=True):
    """The firm that did not make the statement says that a line is wrong, why, and what figure it should be."""

    __tablename__ = "statement_dispute"
    id: int | None = key()
    statement_id: int = ref("statement")
    line_id: int = ref("statement_line", index=False)
    edition: int
    reason: InvoiceReason = word(InvoiceReason)
    note: str = Field(max_length=400)
    right_quantity: Decimal | None = Field(default=None, sa_type=Exact)
    right_price: Decimal | None = Field(default=None, sa_type=Exact)
    state: DisputeState = word(DisputeState, DisputeState.OPEN)
    answer: str = Field(default="", max_length=400)
    disputed_at: datetime = Field(sa_type=UtcDateTime)
    disputed_by: int = Field(sa_type=RowNumber)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: int | None = Field(default=None, sa_type=RowNumber)


class StatementEdition(SQLModel, table=True):
    """A statement as it read then. ``content``: JSON, keys sorted; ``content_hash``: SHA-256 of its UTF-8 bytes."""

    __tablename__ = "statement_edition"
    __table_args__ = (UniqueConstraint("statement_id", "number"),)
    id: int | None = key()
    statement_id: int = ref("statement", index=False)
    number: int
    content: str
    content_hash: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int | None = Field(default=None, sa_type=RowNumber)


scope(
    "statement", "statement_line", "statement_dispute", "statement_edition",
    because="what two firms delivered, at which price, and what they quarrel about is known to the two",
)  # fmt: skip
