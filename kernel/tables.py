"""What the kernel itself keeps: events (outbox and history), claims on them, the audit trail, idempotency keys."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref


class Event(SQLModel, table=True):
    """One fact, written in the transaction that made it true. ``settled_at``: every reaction has had its effect."""

    __tablename__ = "event"
    __table_args__ = (Index("event_open", "settled_at", "sent_at"),)
    id: int | None = key()
    kind: str = Field(max_length=60, index=True)
    facts: dict[str, Any] = Field(sa_type=JSON)
    by_user: int = Field(sa_type=RowNumber)
    by_party: int | None = Field(default=None, sa_type=RowNumber)
    at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EventSubject(SQLModel, table=True):
    """What an event is about: the history of a thing is the events that name it."""

    __tablename__ = "event_subject"
    kind: str = Field(primary_key=True, max_length=40)
    subject_id: int = Field(primary_key=True, sa_type=RowNumber, sa_column_kwargs={"autoincrement": False})
    event_id: int = Field(
        primary_key=True, foreign_key="event.id", sa_type=RowNumber, sa_column_kwargs={"autoincrement": False}
    )


class EventClaim(SQLModel, table=True):
    """A job has had its effect for an event: the row that makes a second run do nothing."""

    __tablename__ = "event_claim"
    event_id: int = Field(
        primary_key=True, foreign_key="event.id", sa_type=RowNumber, sa_column_kwargs={"autoincrement": False}
    )
    job: str = Field(primary_key=True, max_length=80)
    at: datetime = Field(sa_type=UtcDateTime)


class AuditEntry(SQLModel, table=True):
    """One change, chained by hash to the one before it of the same party. Party 0 is the installation."""

    __tablename__ = "audit_entry"
    party_id: int = Field(primary_key=True, sa_type=RowNumber, sa_column_kwargs={"autoincrement": False})
    number: int = Field(primary_key=True, sa_type=RowNumber, sa_column_kwargs={"autoincrement": False})
    event_id: int = ref("event")
    at: datetime = Field(sa_type=UtcDateTime)
    body: str
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AuditHead(SQLModel, table=True):
    """Where a party's chain ends: the row two writers of one party take turns on."""

    __tablename__ = "audit_head"
    party_id: int = Field(primary_key=True, sa_type=RowNumber, sa_column_kwargs={"autoincrement": False})
    number: int = Field(sa_type=RowNumber)
    hash: str = Field(max_length=64)


class IdempotencyKey(SQLModel, table=True):
    """A caller's key, inserted before the effect and in its transaction; the first answer is kept beside it."""

    __tablename__ = "idempotency_key"
    user_id: int = Field(primary_key=True, sa_type=RowNumber, sa_column_kwargs={"autoincrement": False})
    key: str = Field(primary_key=True, max_length=128)
    fingerprint: str = Field(max_length=64)
    answer: bytes | None = Field(default=None, sa_type=LargeBinary)
    at: datetime = Field(sa_type=UtcDateTime, index=True)


scope("event", "event_subject", "audit_entry", because="facts name deals between two firms")
scope("idempotency_key", because="holds answers given to one person")
