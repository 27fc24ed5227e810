"""Orders with lines and schedules, answers to them, and the tolerance two firms agreed on."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.orders.lifecycle import LineState, OrderState, ResponseState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, maybe_word, ref, word
from kernel.quantities import ZERO, Exact


class Answer(StrEnum):
    """The header of an answer (UBL OrderResponseCode; Peppol T116 AB, AP, RE, CA)."""

    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CHANGED = "changed"


class LineAnswer(StrEnum):
    """What an answer says of one line (UNCL 1229: 5, 3, 7, 1, 42)."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"
    ADDED = "added"
    ALREADY_DELIVERED = "already_delivered"


class Verdict(StrEnum):
    """What became of one answered line."""

    AGREED = "agreed"  # as asked, or a rejection that needs no decision
    BY_RULE = "by_rule"  # inside the pair's tolerance
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    COUNTERED = "countered"
    CANCELLED = "cancelled"
    ACCEPTED_BY_DEFAULT = "accepted_by_default"  # the buyer's time passed
    REFUSED_BY_DEFAULT = "refused_by_default"
    SUPERSEDED = "superseded"


class Decision(StrEnum):
    """What the buyer makes of a changed or added line."""

    ACCEPT = "accept"
    REFUSE = "refuse"  # the original stands, the seller owes a new answer
    COUNTER = "counter"  # the original stands changed to what the buyer says now, the seller owes a new answer
    CANCEL = "cancel"


class DefaultDecision(StrEnum):
    """What the buyer has said beforehand becomes of an answer it does not decide on in time."""

    ACCEPT = "accept"
    REFUSE = "refuse"


class Reason(StrEnum):
    """Why a line is changed or rejected, or goods are."""

    CAPACITY = "capacity"
    MATERIAL = "material"
    PRICE = "price"
    SPECIFICATION = "specification"
    MINIMUM_QUANTITY = "minimum_quantity"
    CALENDAR = "calendar"
    CREDIT = "credit"
    DISCONTINUED = "discontinued"
    TRANSPORT = "transport"
    OTHER = "other"


class Amendment(StrEnum):
    """What of a placed order is open between its two firms: one at a time (see collaboration.changes)."""

    CHANGE = "change"
    CANCELLATION = "cancellation"


class Order(SQLModel, table=True):
    """``number`` is the buyer's own; ``version`` grows with every act on the order or anything under it, but for a hold.

    ``framework_id``: of a call-off, the framework agreement it is called off under. ``held_at``: since when its buyer holds it.
    """

    __tablename__ = "purchase_order"
    __table_args__ = (
        UniqueConstraint("buyer_id", "number"),
        Index("purchase_order_of_buyer", "buyer_id", "id"),
        Index("purchase_order_of_seller", "seller_id", "id"),
        Index("purchase_order_state_buyer", "buyer_id", "state"),
        Index("purchase_order_state_seller", "seller_id", "state"),
    )
    id: int | None = key()
    number: str = Field(max_length=60)
    buyer_id: int = ref("firm", index=False)
    seller_id: int = ref("firm", index=False)
    framework_id: int | None = ref("framework", nullable=True)
    currency: str = Field(max_length=3)
    state: OrderState = word(OrderState, OrderState.PLACED)
    acknowledged: bool = False
    version: int = 1
    note: str = Field(default="", max_length=4000)
    placed_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    open_amendment: Amendment | None = maybe_word(Amendment)
    held_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OrderLine(SQLModel, table=True):
    """``quantity`` and ``unit_price`` are what was last agreed; ``ordered_...`` what was last asked, the answer's measure."""

    __tablename__ = "order_line"
    __table_args__ = (UniqueConstraint("order_id", "number"),)
    id: int | None = key()
    order_id: int = ref("purchase_order", index=False)
    number: int
    item_id: int = ref("item")
    framework_line_id: int | None = ref("framework_line", nullable=True)
    unit: str = Field(max_length=3)
    quantity: Decimal = Field(sa_type=Exact)
    unit_price: Decimal = Field(sa_type=Exact)
    ordered_quantity: Decimal = Field(sa_type=Exact)
    ordered_unit_price: Decimal = Field(sa_type=Exact)
    ordered_item_id: int = ref("item", index=False)
    backorder_maximum: Decimal | None = Field(default=None, sa_type=Exact)
    state: LineState = word(LineState, LineState.OPEN)
    agreed_rule: str | None = Field(default=None, max_length=80)


class Schedule(SQLModel, table=True):
    """A day and a quantity of a line. ``lost``: despatched, never arrived; ``never``: agreed, will not come.

    ``promised_on`` is the agreed day; ``first_promised_on`` the first that was agreed, ``expected_on`` what the seller
    last said, agreed or not.
    """

    __tablename__ = "schedule"
    id: int | None = key()
    line_id: int = ref("order_line")
    number: int
    wanted_on: date
    promised_on: date | None = None
    first_promised_on: date | None = None
    expected_on: date | None = None
    quantity: Decimal = Field(sa_type=Exact)
    shipped: Decimal = Field(default=ZERO, sa_type=Exact)
    received: Decimal = Field(default=ZERO, sa_type=Exact)
    accepted: Decimal = Field(default=ZERO, sa_type=Exact)
    rejected: Decimal = Field(default=ZERO, sa_type=Exact)
    lost: Decimal = Field(default=ZERO, sa_type=Exact)
    never: Decimal = Field(default=ZERO, sa_type=Exact)


class OrderResponse(SQLModel, table=True):
    """One answer of the seller; ``answered_version`` is the order's version it was given to."""

    __tablename__ = "order_response"
    __table_args__ = (UniqueConstraint("order_id", "number"),)
    id: int | None = key()
    order_id: int = ref("purchase_order", index=False)
    number: int
    answer: Answer = word(Answer)
    state: ResponseState = word(ResponseState)
    reason: Reason | None = maybe_word(Reason)
    note: str = Field(default="", max_length=4000)
    answered_version: int
    answered_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)


class ResponseLine(SQLModel, table=True):
    """What an answer says of one line; ``quantity`` is what comes on the promised days.

    ``decide_by``: while it waits, the instant after which ``default_decision`` is taken under ``default_rule``, as all
    three stood when it was answered.
    """

    __tablename__ = "order_response_line"
    __table_args__ = (Index("order_response_line_decide_by", "decide_by"),)
    id: int | None = key()
    response_id: int = ref("order_response")
    line_id: int = ref("order_line")
    answer: LineAnswer = word(LineAnswer)
    reason: Reason | None = maybe_word(Reason)
    item_id: int = ref("item", index=False)
    quantity: Decimal = Field(sa_type=Exact)
    unit_price: Decimal = Field(sa_type=Exact)
    backorder_maximum: Decimal | None = Field(default=None, sa_type=Exact)
    substitute_item_id: int | None = ref("item", nullable=True, index=False)
    verdict: Verdict = word(Verdict)
    rule: str | None = Field(default=None, max_length=80)
    deviation: str = Field(default="", max_length=400)
    decide_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    default_decision: DefaultDecision | None = maybe_word(DefaultDecision)
    default_rule: str | None = Field(default=None, max_length=80)


class ResponseSchedule(SQLModel, table=True):
    """A promised day and quantity of one answered line."""

    __tablename__ = "order_response_schedule"
    id: int | None = key()
    response_line_id: int = ref("order_response_line")
    promised_on: date
    quantity: Decimal = Field(sa_type=Exact)


class OrderLineRevision(SQLModel, table=True):
    """How a line stood as from a version of its order; written once, by the act that made it so, and never edited.

    ``agreed``: both were bound by it; else it is what the buyer asked or the seller added. ``schedules``: JSON, in their
    order, ``[[wanted on, promised on, quantity], ...]`` of those with a quantity.
    """

    __tablename__ = "order_line_revision"
    __table_args__ = (UniqueConstraint("line_id", "version"),)
    id: int | None = key()
    order_id: int = ref("purchase_order")
    line_id: int = ref("order_line", index=False)
    line_number: int
    version: int
    act: str = Field(max_length=40)
    agreed: bool
    rule: str | None = Field(default=None, max_length=80)
    state: LineState = word(LineState)
    item_id: int = ref("item", index=False)
    unit: str = Field(max_length=3)
    quantity: Decimal = Field(sa_type=Exact)
    unit_price: Decimal = Field(sa_type=Exact)
    schedules: str
    at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)
    by_party: int | None = Field(default=None, sa_type=RowNumber)


class Tolerance(SQLModel, table=True):
    """Deviations two firms agree to without asking: set by the buyer, read by both; one per pair, or pair and item.

    ``value_limit``, in ``value_currency``: of a line worth more nothing is agreed by rule. ``decide_within_hours``: so long
    what is outside waits for the buyer; then ``default_decision`` is taken for it.
    """

    __tablename__ = "tolerance"
    __table_args__ = (UniqueConstraint("buyer_id", "seller_id", "item_id"),)
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    seller_id: int = ref("firm")
    item_id: int | None = ref("item", nullable=True, index=False)
    quantity_under_percent: Decimal = Field(default=ZERO, sa_type=Exact)
    quantity_over_percent: Decimal = Field(default=ZERO, sa_type=Exact)
    days_early: int = 0
    days_late: int = 0
    price_percent: Decimal = Field(default=ZERO, sa_type=Exact)
    is_over_unlimited: bool = False
    value_limit: Decimal | None = Field(default=None, sa_type=Exact)
    value_currency: str | None = Field(default=None, max_length=3)
    decide_within_hours: int | None = None
    default_decision: DefaultDecision | None = maybe_word(DefaultDecision)
    set_at: datetime = Field(sa_type=UtcDateTime)


scope(
    "purchase_order", "order_line", "schedule", "order_response", "order_response_line",
    "order_response_schedule", "order_line_revision", "tolerance",
    because="an order is known to its two parties only",
)  # fmt: skip
