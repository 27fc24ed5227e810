"""Every hold of an order, from when to when and why."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from collaboration.orders.tables import Reason
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class OrderHold(SQLModel, table=True):
    """``decides_on``: the day by which the buyer expects to decide, if it said one; empty ``lifted_at``: it stands."""

    __tablename__ = "order_hold"
    id: int | None = key()
    order_id: int = ref("purchase_order")
    reason: Reason = word(Reason)
    note: str = Field(default="", max_length=4000)
    decides_on: date | None = None
    held_at: datetime = Field(sa_type=UtcDateTime)
    held_by: int = Field(sa_type=RowNumber)
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lifted_by: int | None = Field(default=None, sa_type=RowNumber)


scope("order_hold", because="that an order is held, and why, is known to its two parties only")
