"""Framework agreements with lines, prices by day, amendments, and who of the buyer's firm approved what."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.frameworks.lifecycle import FrameworkAmendmentState, FrameworkState
from kernel.access import Side, scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word
from kernel.quantities import ZERO, Exact


class Framework(SQLModel, table=True):
    """``number`` is the buyer's own; valid from the first day to the last, both in it; money in ``currency``.

    ``value_cap``: over all lines. ``approved_worth``: the most the buyer's firm has approved to spend under it.
    ``reason``: why it was declined or ended. ``quotation_id``: of one made of an award, the bid that won; its prices are copied.
    """

    __tablename__ = "framework"
    __table_args__ = (
        UniqueConstraint("buyer_id", "number"),
        Index("framework_of_seller", "seller_id", "state"),
        Index("framework_valid_until", "state", "valid_until"),
    )
    id: int | None = key()
    number: str = Field(max_length=60)
    buyer_id: int = ref("firm", index=False)
    seller_id: int = ref("firm", index=False)
    currency: str = Field(max_length=3)
    valid_from: date
    valid_until: date
    value_cap: Decimal | None = Field(default=None, sa_type=Exact)
    note: str = Field(default="", max_length=4000)
    state: FrameworkState = word(FrameworkState, FrameworkState.DRAFT)
    version: int = 1
    approved_worth: Decimal | None = Field(default=None, sa_type=Exact)
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=400)
    quotation_id: int | None = ref("quotation", nullable=True)


class FrameworkLine(SQLModel, table=True):
    """An item and how much of it may be called off, in its unit and in money; an empty cap is none of the line's own.

    ``minimum_quantity``: no less is called off at once; 0 for any.

    With ``index_name`` its price follows an index: see ``decisions.index_price`` for what the figures mean. The base price
    is the line's first.
    """

    __tablename__ = "framework_line"
    __table_args__ = (UniqueConstraint("framework_id", "number"),)
    id: int | None = key()
    framework_id: int = ref("framework", index=False)
    number: int
    item_id: int = ref("item")
    unit: str = Field(max_length=3)
    quantity_cap: Decimal | None = Field(default=None, sa_type=Exact)
    value_cap: Decimal | None = Field(default=None, sa_type=Exact)
    minimum_quantity: Decimal = Field(default=ZERO, sa_type=Exact)
    index_name: str = Field(default="", max_length=80)
    base_price: Decimal | None = Field(default=None, sa_type=Exact)
    base_index: Decimal | None = Field(default=None, sa_type=Exact)
    weight_percent: Decimal | None = Field(default=None, sa_type=Exact)
    most_rise_percent: Decimal | None = Field(default=None, sa_type=Exact)
    most_fall_percent: Decimal | None = Field(default=None, sa_type=Exact)
    price_decimals: int | None = None


class FrameworkPrice(SQLModel, table=True):
    """What a line costs from a day on, once both have agreed to it; never edited.

    Of one the index clause reckoned: the index's value, of which day, by which source, and the price it was reckoned against.
    """

    __tablename__ = "framework_price"
    id: int | None = key()
    line_id: int = ref("framework_line")
    amendment_id: int | None = ref("framework_amendment", nullable=True)
    valid_from: date
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    index_value: Decimal | None = Field(default=None, sa_type=Exact)
    index_on: date | None = None
    index_source: str = Field(default="", max_length=200)
    price_before: Decimal | None = Field(default=None, sa_type=Exact)


class FrameworkPriceBreak(SQLModel, table=True):
    """From so much of a call-off line on, in the line's unit, this price of one."""

    __tablename__ = "framework_price_break"
    __table_args__ = (UniqueConstraint("price_id", "from_quantity"),)
    id: int | None = key()
    price_id: int = ref("framework_price", index=False)
    from_quantity: Decimal = Field(sa_type=Exact)
    unit_price: Decimal = Field(sa_type=Exact)


class FrameworkAmendment(SQLModel, table=True):
    """What one firm proposes to be otherwise from now on; what is empty stays. ``reason``: why it was declined.

    ``proposed_at``: since when the other firm knows of it.
    """

    __tablename__ = "framework_amendment"
    __table_args__ = (UniqueConstraint("framework_id", "number"),)
    id: int | None = key()
    framework_id: int = ref("framework", index=False)
    number: int
    state: FrameworkAmendmentState = word(FrameworkAmendmentState)
    proposed_by: Side = word(Side)
    by_user: int = Field(sa_type=RowNumber)
    written_at: datetime = Field(sa_type=UtcDateTime)
    proposed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str = Field(default="", max_length=1000)
    reason: str = Field(default="", max_length=400)
    valid_until: date | None = None
    value_cap: Decimal | None = Field(default=None, sa_type=Exact)


class FrameworkAmendmentLine(SQLModel, table=True):
    """Other caps of one line; its other prices stand among the line's prices, not agreed yet."""

    __tablename__ = "framework_amendment_line"
    __table_args__ = (UniqueConstraint("amendment_id", "line_id"),)
    id: int | None = key()
    amendment_id: int = ref("framework_amendment", index=False)
    line_id: int = ref("framework_line", index=False)
    quantity_cap: Decimal | None = Field(default=None, sa_type=Exact)
    value_cap: Decimal | None = Field(default=None, sa_type=Exact)


class FrameworkApproval(SQLModel, table=True):
    """Who of the buyer's firm is to approve that so much may be spent, and what became of it; the buyer's own.

    ``approver_id``: whom the rules named, any lead where they name nobody. ``amendment_id``: of an amendment.
    """

    __tablename__ = "framework_approval"
    id: int | None = key()
    framework_id: int = ref("framework")
    amendment_id: int | None = ref("framework_amendment", nullable=True, index=False)
    worth: Decimal = Field(sa_type=Exact)
    asked_by: int = Field(sa_type=RowNumber)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    approver_id: int | None = Field(default=None, sa_type=RowNumber)
    decided_by: int | None = Field(default=None, sa_type=RowNumber)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_approved: bool | None = None
    reason: str = Field(default="", max_length=400)


scope(
    "framework", "framework_line", "framework_price", "framework_price_break", "framework_amendment",
    "framework_amendment_line", "framework_approval",
    because="what two firms have agreed on is known to them only",
)  # fmt: skip
