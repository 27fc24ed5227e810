"""Firms, chains, the stages of a chain, and who works at which stage."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, column
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import UtcDateTime, Word, key, ref, word

JOINED = column("known_to_id").is_(None)


class FirmRole(StrEnum):
    """What a firm is in its chain."""

    CHAIN_MASTER = "chain_master"  # its orders make the chain move
    SUPPLIER = "supplier"
    DEALER = "dealer"
    CARRIER = "carrier"


class FirmStanding(StrEnum):
    """Whether a firm may trade on the platform."""

    APPLYING = "applying"  # its application is not confirmed yet
    CONFIRMED = "confirmed"
    MERGED = "merged"  # a duplicate: another record stands for it
    REACHED = "reached"  # one buyer's own note of a firm that has not joined: its orders go by a signed link


class Firm(SQLModel, table=True):
    """A legal entity. ``code``: unified social credit code; ``prefecture``: GB/T 2260; ``makes``: in its own words.

    ``merged_into_id``: the record that stands for a duplicate, whose own number stays resolvable.
    ``known_to_id``: the one buyer that wrote it down by code and name, to reach it by a link; empty for who has joined.
    """

    __tablename__ = "firm"
    __table_args__ = (
        # A code is registered once. What a buyer wrote down is its own: it neither takes the code nor tells of it.
        Index("firm_code", "code", unique=True, sqlite_where=JOINED, postgresql_where=JOINED),
        UniqueConstraint("known_to_id", "code", name="firm_known_once"),
    )
    id: int | None = key()
    name: str = Field(max_length=120)
    code: str = Field(max_length=18)
    role: FirmRole = word(FirmRole)
    prefecture: str = Field(max_length=6, index=True)
    registered_at: datetime = Field(sa_type=UtcDateTime)
    name_en: str = Field(default="", max_length=120, sa_column_kwargs={"server_default": ""})
    makes: str = Field(default="", max_length=400, sa_column_kwargs={"server_default": ""})
    standing: FirmStanding = Field(
        default=FirmStanding.CONFIRMED, sa_type=Word(FirmStanding), nullable=False,
        sa_column_kwargs={"server_default": FirmStanding.CONFIRMED.value},
    )  # fmt: skip
    merged_into_id: int | None = ref("firm", index=False, nullable=True)
    known_to_id: int | None = ref("firm", index=False, nullable=True)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class Site(SQLModel, table=True):
    """A place where a firm makes, keeps or takes in goods. ``code``: the firm's own; ``prefecture``: GB/T 2260."""

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("firm_id", "code"),)
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    code: str = Field(max_length=40)
    name: str = Field(max_length=80)
    prefecture: str = Field(max_length=6)
    address: str = Field(default="", max_length=200)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    closed_on: date | None = None


class FormerPartner(SQLModel, table=True):
    """Who knew a firm on the day it was merged: to them alone its old number still leads on."""

    __tablename__ = "former_partner"
    __table_args__ = (UniqueConstraint("firm_id", "partner_id"),)
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    partner_id: int = ref("firm")


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


scope("firm", "former_partner", "site", "stage_member", because="who works with whom is known to partners only")
