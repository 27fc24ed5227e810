"""The acceptance certificate of an order: who accepted what, and the hash of exactly what was accepted."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key


class AcceptanceCertificate(SQLModel, table=True):
    """``snapshot_hash``: SHA-256 over the accepted quantities and the released documents (see decisions)."""

    __tablename__ = "acceptance_certificate"
    id: int | None = key()
    order_id: int = Field(foreign_key="purchase_order.id", unique=True, sa_type=RowNumber)
    accepted_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)
    documents: int
    snapshot_hash: str = Field(max_length=64)


scope("acceptance_certificate", because="an acceptance is known to the order's two parties only")
