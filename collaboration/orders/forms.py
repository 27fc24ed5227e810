"""What people fill in: the plain values verbs take, whichever door they came through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from collaboration.orders.tables import Decision, DefaultDecision, LineAnswer, Reason
from kernel.quantities import ZERO


@dataclass(frozen=True)
class WantedDay:
    wanted_on: date
    quantity: Decimal


@dataclass(frozen=True)
class LineAsked:
    """One line of a new order; ``unit_price`` in the order's currency per unit asked in: the item's own unless said.

    ``framework_line_id``: of a call-off, the line of the framework agreement it is called off of.
    """

    number: int
    item_id: int
    quantity: Decimal
    unit_price: Decimal
    schedules: Sequence[WantedDay]
    unit: str | None = None
    framework_line_id: int | None = None


@dataclass(frozen=True)
class PromisedDay:
    promised_on: date
    quantity: Decimal


@dataclass(frozen=True)
class LineAnswered:
    """What the seller says of one line; what is left None stays as the buyer asked."""

    answer: LineAnswer
    line_id: int | None = None
    reason: Reason | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    schedules: Sequence[PromisedDay] = field(default=())
    backorder_maximum: Decimal | None = None
    substitute_item_id: int | None = None


@dataclass(frozen=True)
class LineDecision:
    """What the buyer makes of one line that waits for it; with COUNTER what it wants instead, None staying as asked."""

    line_id: int
    decision: Decision
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    schedules: Sequence[WantedDay] = field(default=())


@dataclass(frozen=True)
class ToleranceGiven:
    """A tolerance as it is set or tried out; named as the columns of ``Tolerance``."""

    quantity_under_percent: Decimal = ZERO
    quantity_over_percent: Decimal = ZERO
    price_percent: Decimal = ZERO
    days_early: int = 0
    days_late: int = 0
    is_over_unlimited: bool = False
    value_limit: Decimal | None = None
    value_currency: str | None = None
    decide_within_hours: int | None = None
    default_decision: DefaultDecision | None = None
