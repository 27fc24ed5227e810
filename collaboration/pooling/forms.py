"""What people fill in of a pool: the plain values verbs take, whichever door they came through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from collaboration.pooling.tables import PoolRule
from collaboration.sourcing.tables import Incoterm
from kernel.quantities import ZERO


@dataclass(frozen=True)
class PoolAsked:
    """The terms of a pool, which stand once it is open. ``tiers``: totals by rising quantity, in ``unit``."""

    number: str
    title: str
    unit: str
    currency: str
    incoterm: Incoterm
    wanted_on: date
    closes_at: datetime
    rule: PoolRule
    member_ids: Sequence[int]
    tiers: Sequence[Decimal] = ()
    share_step: Decimal = Decimal(1)
    guaranteed: Decimal = ZERO
    standard: str = ""
    note: str = ""


@dataclass(frozen=True)
class PoolSourced:
    """How the total is asked for."""

    number: str
    closes_at: datetime
    award_by: date
    invitee_ids: Sequence[int]
    note: str = ""
    category_id: int | None = None
