"""What a buyer notes of a further source for one of its own links."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from chain.backups.lifecycle import BackupSourceState
from kernel.access import scope
from kernel.db import UtcDateTime, key, ref, word


class BackupSource(SQLModel, table=True):
    """``firm_id``: who it is, where the buyer deals with it; else ``working_name`` alone, as the buyer calls it.

    Days of each part as the buyer put them down, empty where nobody has said; what is done by now, its state says.
    ``spare_days``: until it has capacity to spare. ``share``: of the need it can carry, over 0 to 10; then ``ramp_days``.
    """

    __tablename__ = "backup_source"
    __table_args__ = (Index("backup_source_of_buyer", "buyer_id", "link_id"),)
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    link_id: int = ref("supply_link")
    firm_id: int | None = ref("firm", nullable=True)
    working_name: str = Field(default="", max_length=120)
    state: BackupSourceState = word(BackupSourceState, BackupSourceState.CANDIDATE)
    fit_days: int | None = None
    qualification_days: int | None = None
    trial_days: int | None = None
    spare_days: int | None = None
    tooling_days: int | None = None
    share: float
    ramp_days: int = 0
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 1


scope("backup_source", because="whom a buyer prepares in whose place is secret from both")
