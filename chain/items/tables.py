"""Items under their maker's number, what a buyer calls them and on which terms it gets them, and what is in stock."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import Side, scope
from kernel.db import RowNumber, UtcDateTime, Word, key, ref
from kernel.quantities import Exact


class Item(SQLModel, table=True):
    """``unit``: UNECE Rec 20 code; what a buyer calls it differs per buyer, see CrossReference."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("firm_id", "number"),)
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    stage_id: int | None = ref("stage", nullable=True)
    number: str = Field(max_length=60)
    name: str = Field(max_length=120)
    unit: str = Field(max_length=3)
    lead_time_days: int = 0
    added_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    retired_on: date | None = None


class CrossReference(SQLModel, table=True):
    """What one buyer calls a supplier's item, and the terms it gets it on, from a day to a day.

    ``buyer_units`` of ``buyer_unit`` are ``item_units`` of the item's own unit; ``minimum`` and ``multiple`` are in
    the item's unit. ``valid_to`` is the last day; a period that ends before it begins was withdrawn. ``number_by``: whose word
    the number is.
    """

    __tablename__ = "cross_reference"
    __table_args__ = (
        CheckConstraint("buyer_units > 0 AND item_units > 0", name="cross_reference_factor"),
        Index("cross_reference_pair", "buyer_id", "item_id"),
    )
    id: int | None = key()
    supplier_id: int = ref("firm")
    buyer_id: int = ref("firm", index=False)
    item_id: int = ref("item")
    buyer_number: str = Field(max_length=60)
    number_by: Side = Field(
        default=Side.SELLER, sa_type=Word(Side), nullable=False, sa_column_kwargs={"server_default": Side.SELLER.value}
    )
    buyer_unit: str = Field(max_length=3)
    buyer_units: int = 1
    item_units: int = 1
    minimum: Decimal | None = Field(default=None, sa_type=Exact)
    multiple: Decimal | None = Field(default=None, sa_type=Exact)
    lead_time_days: int | None = None
    valid_from: date
    valid_to: date | None = None
    version: int = 1
    stated_at: datetime = Field(sa_type=UtcDateTime)


class StockCount(SQLModel, table=True):
    """What a firm has of an item at a place on a day; of one place the newest counts. ``site_id`` empty: unplaced."""

    __tablename__ = "stock_count"
    __table_args__ = (Index("stock_count_of", "firm_id", "item_id"),)
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    item_id: int = ref("item")
    site_id: int | None = ref("site", nullable=True, index=False)
    quantity: Decimal = Field(sa_type=Exact)
    counted_on: date
    by_user: int = Field(sa_type=RowNumber)
    counted_at: datetime = Field(sa_type=UtcDateTime)


scope("item", because="what a firm makes for whom is known to its partners only")
scope("cross_reference", because="on which terms a buyer gets an item is known to the pair only")
scope("stock_count", because="what a firm has in stock is its own secret")
