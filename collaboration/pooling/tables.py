"""A pool and its terms, whom it invites, and what each member states and is allotted, which is that member's own."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.pooling.lifecycle import MembershipState, PoolState
from collaboration.sourcing.tables import Incoterm
from kernel.access import scope
from kernel.db import UtcDateTime, key, ref, word
from kernel.quantities import ZERO, Exact


class PoolRule(StrEnum):
    """How an award is shared out; declared before anybody joins."""

    PRO_RATA = "pro_rata"  # to each as much of the award as it stated of the total
    GUARANTEED_FIRST = "guaranteed_first"  # to each its wish up to the guaranteed quantity, the rest pro rata


class Pool(SQLModel, table=True):
    """What all invited read. Nothing here follows from what members state.

    ``number`` is the organiser's own; ``standard`` names the goods by a standard. Quantities are in ``unit``, stated and shared out
    in multiples of ``share_step``; ``guaranteed``: under that rule alone.
    """

    __tablename__ = "purchasing_pool"
    __table_args__ = (UniqueConstraint("organiser_id", "number"), Index("pool_due", "state", "closes_at"))
    id: int | None = key()
    organiser_id: int = ref("firm", index=False)
    number: str = Field(max_length=60)
    title: str = Field(max_length=120)
    standard: str = Field(default="", max_length=120)
    note: str = Field(default="", max_length=2000)
    unit: str = Field(max_length=3)
    currency: str = Field(max_length=3)
    incoterm: Incoterm = word(Incoterm)
    wanted_on: date
    closes_at: datetime = Field(sa_type=UtcDateTime)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rule: PoolRule = word(PoolRule)
    share_step: Decimal = Field(sa_type=Exact)
    guaranteed: Decimal = Field(default=ZERO, sa_type=Exact)
    state: PoolState = word(PoolState, PoolState.OPEN)
    cancelled: str = Field(default="", max_length=400)
    rfq_id: int | None = ref("rfq", nullable=True)
    version: int = 1


class PoolTier(SQLModel, table=True):
    """A total from which on a lower price is hoped for; that it is reached is all that is told of a total in the window."""

    __tablename__ = "pool_tier"
    __table_args__ = (UniqueConstraint("pool_id", "from_quantity"),)
    id: int | None = key()
    pool_id: int = ref("purchasing_pool", index=False)
    from_quantity: Decimal = Field(sa_type=Exact)


class PoolInvitation(SQLModel, table=True):
    """A firm is asked to join; known to the organiser and that firm, and not whether it did."""

    __tablename__ = "pool_invitation"
    __table_args__ = (UniqueConstraint("pool_id", "firm_id"),)
    id: int | None = key()
    pool_id: int = ref("purchasing_pool", index=False)
    firm_id: int = ref("firm")


class PoolMembership(SQLModel, table=True):
    """One firm's own: what it states, and what it is allotted. The organiser reads sums of these alone.

    ``baseline_price``: what it paid last, per ``unit`` of the pool. ``statements``: how often it said how much.
    ``line_units`` of the pool's unit are ``item_units`` of the item's, in which ``unit_price`` is.
    """

    __tablename__ = "pool_membership"
    __table_args__ = (UniqueConstraint("pool_id", "firm_id"),)
    id: int | None = key()
    pool_id: int = ref("purchasing_pool", index=False)
    firm_id: int = ref("firm")
    state: MembershipState = word(MembershipState, MembershipState.INVITED)
    quantity: Decimal | None = Field(default=None, sa_type=Exact)
    baseline_price: Decimal | None = Field(default=None, sa_type=Exact)
    statements: int = 0
    share: Decimal | None = Field(default=None, sa_type=Exact)
    seller_id: int | None = ref("firm", nullable=True, index=False)
    item_id: int | None = ref("item", nullable=True, index=False)
    line_units: int = 1
    item_units: int = 1
    unit_price: Decimal | None = Field(default=None, sa_type=Exact)
    order_id: int | None = ref("purchase_order", nullable=True)
    version: int = 1


scope(
    "purchasing_pool", "pool_tier", "pool_invitation", "pool_membership",
    because="what a firm needs, how much and what it paid is its own, and who else needs it is theirs",
)  # fmt: skip
