"""Despatch advices over schedules of one or several orders, and the receipts that answer them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.logistics.lifecycle import DespatchState
from collaboration.orders.tables import Reason
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, maybe_word, ref, word
from kernel.quantities import Exact


class DespatchAdvice(SQLModel, table=True):
    """``number`` is the seller's own delivery note number (送货单号)."""

    __tablename__ = "despatch_advice"
    __table_args__ = (UniqueConstraint("seller_id", "number"),)
    id: int | None = key()
    number: str = Field(max_length=60)
    seller_id: int = ref("firm", index=False)
    buyer_id: int = ref("firm")
    shipped_on: date
    expected_on: date | None = None
    state: DespatchState = word(DespatchState, DespatchState.DESPATCHED)
    version: int = 1
    sent_at: datetime = Field(sa_type=UtcDateTime)


class DespatchLine(SQLModel, table=True):
    """``outstanding``: will still come on this schedule after this one; what is neither never comes."""

    __tablename__ = "despatch_line"
    id: int | None = key()
    advice_id: int = ref("despatch_advice")
    order_id: int = ref("purchase_order")
    line_id: int = ref("order_line", index=False)
    schedule_id: int = ref("schedule")
    quantity: Decimal = Field(sa_type=Exact)
    outstanding: Decimal = Field(sa_type=Exact)
    never: Decimal = Field(sa_type=Exact)
    unit: str = Field(max_length=3)
    lot: str | None = Field(default=None, max_length=60)
    serials: list[str] = Field(default=[], sa_type=JSON)


class ReceiptAdvice(SQLModel, table=True):
    """What the buyer counted. Posted once; corrected by reversal only."""

    __tablename__ = "receipt_advice"
    __table_args__ = (Index("receipt_advice_pair", "buyer_id", "seller_id", "posted_at"),)
    id: int | None = key()
    advice_id: int = ref("despatch_advice")
    seller_id: int = ref("firm", index=False)
    buyer_id: int = ref("firm", index=False)
    posted_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)


class ReceiptLine(SQLModel, table=True):
    """received = accepted + rejected; short = despatched and not received; over = received and not despatched."""

    __tablename__ = "receipt_line"
    __table_args__ = (UniqueConstraint("despatch_line_id"),)
    id: int | None = key()
    receipt_id: int = ref("receipt_advice")
    despatch_line_id: int = ref("despatch_line", index=False)
    received: Decimal = Field(sa_type=Exact)
    accepted: Decimal = Field(sa_type=Exact)
    rejected: Decimal = Field(sa_type=Exact)
    short: Decimal = Field(sa_type=Exact)
    over: Decimal = Field(sa_type=Exact)
    reason: Reason | None = maybe_word(Reason)


scope(
    "despatch_advice", "despatch_line", "receipt_advice", "receipt_line",
    because="a delivery is known to its two parties only",
)  # fmt: skip
