"""What each person is told, and what each follows."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class InboxReason(StrEnum):
    """Why one is told."""

    MUST_ANSWER = "must_answer"
    REMINDER = "reminder"
    FOLLOWED = "followed"
    TOLD = "told"


class InboxEntry(SQLModel, table=True):
    """One thing one person is told, about a subject by kind and number. ``once``: what makes a repeat a no-op."""

    __tablename__ = "inbox_entry"
    __table_args__ = (
        UniqueConstraint("person_id", "once"),
        Index("inbox_entry_open", "person_id", "done_at", "read_at"),
        Index("inbox_entry_newest", "person_id", "id"),
        Index("inbox_entry_subject", "subject_kind", "subject_id"),
    )
    id: int | None = key()
    person_id: int = ref("person", index=False)
    reason: InboxReason = word(InboxReason)
    subject_kind: str = Field(max_length=40)
    subject_id: int = Field(sa_type=RowNumber)
    what: str = Field(max_length=80)
    due_on: date | None = None
    once: str = Field(max_length=160)
    told_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Following(SQLModel, table=True):
    """A person is told of what happens to a thing."""

    __tablename__ = "following"
    __table_args__ = (
        UniqueConstraint("person_id", "subject_kind", "subject_id"),
        Index("following_subject", "subject_kind", "subject_id"),
    )
    id: int | None = key()
    person_id: int = ref("person", index=False)
    subject_kind: str = Field(max_length=40)
    subject_id: int = Field(sa_type=RowNumber)
    since: datetime = Field(sa_type=UtcDateTime)


scope("inbox_entry", "following", because="what a person is told and watches is its own")
