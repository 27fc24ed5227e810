"""What a buyer reckons: days until what a link of its own brings is there again, once its supplier stops."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import UtcDateTime, key, ref


class LinkRecovery(SQLModel, table=True):
    """``recover_days``: time to recover (TTR, Simchi-Levi et al. 2014), in place of the declared lead time, until it is withdrawn."""

    __tablename__ = "link_recovery"
    __table_args__ = (UniqueConstraint("link_id", "buyer_id", name="link_recovery_once"),)
    id: int | None = key()
    link_id: int = ref("supply_link", index=False)
    buyer_id: int = ref("firm")
    recover_days: int
    stated_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope("link_recovery", because="how long a buyer expects to be without a supplier is what that supplier would price")
