"""Firms, chains, the stages of a chain, and who works at which stage."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import UtcDateTime, key, ref, word


class FirmRole(StrEnum):
    """What a firm is in its chain."""

    CHAIN_MASTER = "chain_master"  # its orders make the chain move
    SUPPLIER = "supplier"
    DEALER = "dealer"
    CARRIER = "carrier"


class Firm(SQLModel, table=True):
    """A legal entity. ``code``: unified social credit code; ``prefecture``: GB/T 2260."""

    __tablename__ = "firm"
    id: int | None = key()
    name: str = Field(max_length=120)
    code: str = Field(max_length=18, unique=True)
    role: FirmRole = word(FirmRole)
    prefecture: str = Field(max_length=6, index=True)
    registered_at: datetime = Field(sa_type=UtcDateTime)


class Chain(SQLModel, table=True):
    """An industrial chain as the plan names it, such as industrial robots. Public."""

    __tablename__ = "chain"
    id: int | None = key()
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=80)
    name_en: str = Field(max_length=80)


class Stage(SQLModel, table=True):
    """A stage of a chain; ``position`` grows downstream, 0 is the raw material. Public."""

    __tablename__ = "stage"
    __table_args__ = (UniqueConstraint("chain_id", "code"),)
    id: int | None = key()
    chain_id: int = ref("chain")
    code: str = Field(max_length=40)
    name: str = Field(max_length=80)
    name_en: str = Field(max_length=80)
    position: int


class StageMember(SQLModel, table=True):
    """A firm works at a stage since a day."""

    __tablename__ = "stage_member"
    __table_args__ = (UniqueConstraint("stage_id", "firm_id"),)
    id: int | None = key()
    stage_id: int = ref("stage")
    firm_id: int = ref("firm")
    since: date
    until: date | None = None


scope("firm", "stage_member", because="who works with whom is known to partners only")
