"""What a firm keeps of a scenario: what is asked, never what came of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref


class SavedScenario(SQLModel, table=True):
    """A scenario of one firm. ``begins_on``: day 0, None where it begins on the day it is run.

    ``spec``: shocks and sources as ``oversight.resilience.keeping`` spells them, all days counted from day 0. Firms stand in it by
    the key its owner knew them by, and under no name.
    """

    __tablename__ = "saved_scenario"
    __table_args__ = (UniqueConstraint("firm_id", "chain_id", "name"),)
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    chain_id: int = ref("chain", index=False)
    name: str = Field(max_length=80)
    begins_on: date | None = None
    days: int
    spec: dict[str, Any] = Field(sa_type=JSON)
    by_user: int = Field(sa_type=RowNumber)
    saved_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 1


scope("saved_scenario", because="what a firm fears is its own secret")
