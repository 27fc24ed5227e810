"""Which firm lets officials name it, at which stage, until when."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import UtcDateTime, key, ref


class NamingConsent(SQLModel, table=True):
    """A firm lets officials of its province and prefecture read its name at a stage it works at, until a day.

    ``as_holder``: also where the stage is marked as held or thin, that it says of itself to be a key firm of it.
    ``shown_on``: since when officials read it; empty while the figures do not let it be told, which its firm never learns, for
    that depends on who else consents.
    """

    __tablename__ = "naming_consent"
    __table_args__ = (Index("naming_consent_at_stage", "stage_id", "firm_id"),)
    id: int | None = key()
    firm_id: int = ref("firm")
    stage_id: int = ref("stage", index=False)
    as_holder: bool
    until: date
    consented_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    shown_on: date | None = None


scope("naming_consent", because="who lets itself be named is known to itself and its officials")
