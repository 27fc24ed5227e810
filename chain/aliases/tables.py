"""A firm says its name to one viewer who otherwise knows it by an alias."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref


class IdentityReveal(SQLModel, table=True):
    """Until a day, ``viewer_id`` reads the firm's name on the links it sees it on under an alias.

    ``request_id``: the data request it answers; ``viewer_named``: whether the firm itself may know who that is.
    """

    __tablename__ = "identity_reveal"
    __table_args__ = (Index("identity_reveal_viewer", "viewer_id", "firm_id"),)
    id: int | None = key()
    firm_id: int = ref("firm")
    viewer_id: int = ref("firm", index=False)
    viewer_named: bool = True
    request_id: int | None = Field(default=None, sa_type=RowNumber)
    until: date
    revealed_at: datetime = Field(sa_type=UtcDateTime)
    concealed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope("identity_reveal", because="who hides behind an alias, and that it says so to somebody, is its own secret")
