"""Items: what is made and sold, under the maker's number."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import UtcDateTime, key, ref


class Item(SQLModel, table=True):
    """``unit``: UNECE Rec 20 code; ``buyer_number`` lives on the supply link, for it differs per buyer."""

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


scope("item", because="what a firm makes for whom is known to its partners only")
