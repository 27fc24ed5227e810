"""Bills of material: one level, owned by the maker of the item, from a day to a day."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import UtcDateTime, key, ref
from kernel.quantities import ZERO, Exact


class BillOfMaterial(SQLModel, table=True):
    """``number``: 1 is the item's first bill. ``valid_to``: the last day; before ``valid_from``: withdrawn."""

    __tablename__ = "bill_of_material"
    __table_args__ = (UniqueConstraint("item_id", "number"), Index("bill_of_material_of", "firm_id", "item_id"))
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    item_id: int = ref("item", index=False)
    number: int
    valid_from: date
    valid_to: date | None = None
    note: str = Field(default="", max_length=400)
    line_count: int
    stated_at: datetime = Field(sa_type=UtcDateTime)


class BillLine(SQLModel, table=True):
    """``quantity_per``: in the component's unit for one unit of the item; ``scrap_percent`` comes on top."""

    __tablename__ = "bill_line"
    __table_args__ = (UniqueConstraint("bill_id", "component_id"),)
    id: int | None = key()
    bill_id: int = ref("bill_of_material", index=False)
    position: int
    component_id: int = ref("item")
    quantity_per: Decimal = Field(sa_type=Exact)
    scrap_percent: Decimal = Field(default=ZERO, sa_type=Exact)


scope("bill_of_material", "bill_line", because="what an item is made of is its maker's secret")
