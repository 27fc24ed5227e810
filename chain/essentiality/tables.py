"""What a stage loses with what it buys of another, and what one buyer says of one link of its own."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import UtcDateTime, key, ref, word


class Essentiality(StrEnum):
    """What a buyer loses with an input (Diem et al. 2022): all output, its share of all inputs, or nothing."""

    ESSENTIAL = "essential"
    LINEAR = "linear"
    NEGLIGIBLE = "negligible"


class StageEssentiality(SQLModel, table=True):
    """What one stage supplies to another, as the chain's table says; a pair without a row is essential. Public."""

    __tablename__ = "stage_essentiality"
    __table_args__ = (UniqueConstraint("supplier_stage_id", "buyer_stage_id", name="stage_essentiality_once"),)
    id: int | None = key()
    chain_id: int = ref("chain")
    supplier_stage_id: int = ref("stage", index=False)
    buyer_stage_id: int = ref("stage", index=False)
    essentiality: Essentiality = word(Essentiality)
    set_at: datetime = Field(sa_type=UtcDateTime)


class LinkEssentiality(SQLModel, table=True):
    """What the buyer of a link says of it, in place of the chain's table, until it withdraws that."""

    __tablename__ = "link_essentiality"
    __table_args__ = (UniqueConstraint("link_id", "buyer_id", name="link_essentiality_once"),)
    id: int | None = key()
    link_id: int = ref("supply_link", index=False)
    buyer_id: int = ref("firm")
    essentiality: Essentiality = word(Essentiality)
    stated_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope("link_essentiality", because="how much a buyer depends on a supplier is what that supplier would price")
