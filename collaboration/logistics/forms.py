"""What people fill in about goods on the road."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from collaboration.orders.tables import Reason


@dataclass(frozen=True)
class Loaded:
    """One schedule's part of a despatch, as the seller fills it in."""

    schedule_id: int
    quantity: Decimal
    outstanding: Decimal | None = None
    lot: str | None = None
    serials: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Counted:
    """One despatched line, as the buyer counts it."""

    despatch_line_id: int
    received: Decimal
    accepted: Decimal
    rejected: Decimal
    reason: Reason | None = None
