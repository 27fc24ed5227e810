"""A slot for one file: what it was said to be, and whether those bytes have come."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, word


class UploadState(StrEnum):
    OPEN = "open"  # waits for its bytes
    STORED = "stored"  # the bytes have come and match
    USED = "used"  # a document rests on it


class Upload(SQLModel, table=True):
    __tablename__ = "upload"
    id: int | None = key()
    party_id: int = Field(sa_type=RowNumber, index=True)
    opened_by: int | None = Field(default=None, sa_type=RowNumber)
    filename: str = Field(max_length=255)
    size: int = Field(sa_type=RowNumber)
    sha256: str = Field(max_length=64)
    state: UploadState = word(UploadState, UploadState.OPEN)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


scope("upload", because="a file on its way is its firm's own")
