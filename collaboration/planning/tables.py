"""A plan exploded into what it needs: the plan's lines, and the needs of each firm it reached."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word
from kernel.quantities import Exact


class Outcome(StrEnum):
    """What became of a need."""

    COVERED = "covered"  # stock and confirmed orders are enough
    EXPLODED = "exploded"  # by the bill in force, into the needs below it
    NO_BILL = "no_bill"  # made here, and no bill says of what
    PASSED_ON = "passed_on"  # to its supplier, who lets this firm look
    NOT_SHARED = "not_shared"  # its supplier does not; the plan ends here
    CIRCULAR = "circular"  # it comes back to itself, here or in tiers one may not see


class Explosion(SQLModel, table=True):
    """One run of a plan. ``superseded_at``: the owner ran the plan of this name anew, or took it back."""

    __tablename__ = "explosion"
    __table_args__ = (Index("explosion_of", "firm_id", "name"),)
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    name: str = Field(max_length=80)
    job_id: int = Field(sa_type=RowNumber)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PlannedQuantity(SQLModel, table=True):
    """How much of an item of one's own a plan wants by a day."""

    __tablename__ = "planned_quantity"
    id: int | None = key()
    explosion_id: int = ref("explosion")
    item_id: int = ref("item", index=False)
    quantity: Decimal = Field(sa_type=Exact)
    wanted_on: date


class MaterialNeed(SQLModel, table=True):
    """What one firm needs of an item by a day: gross, less stock, less confirmed orders, is net.

    ``firm_id``: whose need it is; nobody else reads it. ``customer_id``: the direct customer whose plan it comes
    from, empty in a plan of one's own. ``begin_on``: the day less the lead time.
    """

    __tablename__ = "material_need"
    __table_args__ = (Index("material_need_of", "firm_id", "explosion_id"),)
    id: int | None = key()
    explosion_id: int = ref("explosion")
    firm_id: int = ref("firm", index=False)
    item_id: int = ref("item", index=False)
    customer_id: int | None = ref("firm", nullable=True, index=False)
    needed_on: date
    begin_on: date
    gross: Decimal = Field(sa_type=Exact)
    from_stock: Decimal = Field(sa_type=Exact)
    from_orders: Decimal = Field(sa_type=Exact)
    net: Decimal = Field(sa_type=Exact)
    outcome: Outcome = word(Outcome)


scope("explosion", "planned_quantity", "material_need", because="what a firm plans and needs is its own secret")
