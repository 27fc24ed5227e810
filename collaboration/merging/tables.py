"""Proposals to merge one record of a firm into another."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from collaboration.merging.lifecycle import MergerState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class FirmMerger(SQLModel, table=True):
    """``merged_id`` is to become, or became, part of ``survivor_id``."""

    __tablename__ = "firm_merger"
    id: int | None = key()
    survivor_id: int = ref("firm")
    merged_id: int = ref("firm")
    reason: str = Field(max_length=400)
    state: MergerState = word(MergerState, MergerState.PROPOSED)
    proposed_by: int = Field(sa_type=RowNumber)
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, sa_type=RowNumber)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope("firm_merger", because="which records are one firm is known to that firm and the operator")
