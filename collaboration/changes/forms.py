"""What people fill in to change an order: the plain values verbs take, whichever door they came through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from collaboration.changes.tables import LineAction


@dataclass(frozen=True)
class ChangedDay:
    """A day of a changed line: of ``schedule_id``, or one more. 0 of a schedule drops it; a day left out stays."""

    quantity: Decimal
    wanted_on: date | None = None
    schedule_id: int | None = None


@dataclass(frozen=True)
class LineChanged:
    """What is to become of one line: ``line_id``, or for an added one its ``number`` and ``item_id``.

    What is left None stays. Schedules not named stay as they are.
    """

    action: LineAction
    line_id: int | None = None
    number: int | None = None
    item_id: int | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    schedules: Sequence[ChangedDay] = field(default=())


@dataclass(frozen=True)
class NewPromise:
    """Another day for one schedule that was agreed."""

    schedule_id: int
    promised_on: date
