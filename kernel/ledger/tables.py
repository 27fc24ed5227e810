"""The access ledger: one row for one reading of another firm's secrets."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key


class AccessEntry(SQLModel, table=True):
    """A person of ``viewer_id`` (None: an office) was given ``what`` of the owner's. ``rows``: how many at once.

    ``grant``: what let it, by kind and number; none where a deal the two have does. The person is kept and not
    shown; without firm and roles, one that asked without its name.
    """

    __tablename__ = "access_entry"
    __table_args__ = (
        Index("access_entry_owner", "owner_id", "id"),
        Index("access_entry_viewer", "viewer_user", "at"),
        Index("access_entry_age", "at"),
    )
    id: int | None = key()
    owner_id: int = Field(sa_type=RowNumber)
    viewer_id: int | None = Field(default=None, sa_type=RowNumber)
    viewer_user: int = Field(sa_type=RowNumber)
    viewer_roles: str = Field(max_length=200)
    what: str = Field(max_length=60)
    subject_kind: str | None = Field(default=None, max_length=40)
    subject_id: int | None = Field(default=None, sa_type=RowNumber)
    grant_kind: str | None = Field(default=None, max_length=40)
    grant_id: int | None = Field(default=None, sa_type=RowNumber)
    rows: int = 1
    exported: bool = False
    at: datetime = Field(sa_type=UtcDateTime)


scope("access_entry", because="who looks at a firm's secrets is that firm's to know, and nobody else's")
