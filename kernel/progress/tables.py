"""A long piece of work, as told to the firm that asked for it."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, word


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(SQLModel, table=True):
    """``subject_kind`` and ``subject_id`` name what the result is about."""

    __tablename__ = "job"
    id: int | None = key()
    party_id: int = Field(sa_type=RowNumber, index=True)
    kind: str = Field(max_length=60)
    subject_kind: str = Field(max_length=40)
    subject_id: int = Field(sa_type=RowNumber)
    state: JobState = word(JobState, JobState.QUEUED)
    progress: int = 0
    total: int = 0
    message: str = Field(default="", max_length=500)
    queued_at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope("job", because="what a firm works on is its own")
