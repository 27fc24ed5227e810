"""断点 and 堵点: when what a firm needs is cut off, when it is held up, and from what that is seen. Pure.

Rules after features.md I2: a gap is a need with no qualified source in scope; a bottleneck is one that has such sources, and
whose stock with what is on its way does not last for the lead time, or whose lead time is over a limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """How a need stands."""

    GAP = "gap"  # 断点
    BOTTLENECK = "bottleneck"  # 堵点
    OPEN = "open"  # neither


class MarkReason(StrEnum):
    """What makes the mark."""

    NO_SOURCE = "no_source"  # nobody is known to supply it
    NO_QUALIFIED_SOURCE = "no_qualified_source"  # somebody is, and none of them counts
    SHORT_COVER = "short_cover"
    LONG_LEAD_TIME = "long_lead_time"


class SourceStanding(StrEnum):
    """Whether a source counts, and if not, why."""

    COUNTS = "counts"
    UNASSESSED = "unassessed"  # the buyer keeps no standings for this item: it counts
    UNCONFIRMED = "unconfirmed"  # its maker says so, alone
    DISPUTED = "disputed"
    NOT_QUALIFIED = "not_qualified"
    BLOCKED = "blocked"
    OUT_OF_SCOPE = "out_of_scope"


COUNTING = (SourceStanding.COUNTS, SourceStanding.UNASSESSED)
USUAL_LIMIT_DAYS = 60


@dataclass(frozen=True)
class Source:
    """``lead_days``: from order to despatch, None where unknown."""

    standing: SourceStanding
    lead_days: int | None


@dataclass(frozen=True)
class Supply:
    """Of one need, in one unit. ``per_day``: agreed in the last year, a day; ``stock``: None where never counted.

    ``coming``: agreed to be shipped within the lead time. All None where units differ.
    """

    stock: float | None
    per_day: float | None
    coming: float | None


@dataclass(frozen=True)
class Mark:
    """``lead_days``: of the fastest source that counts. ``cover_days``: how long stock and what is coming last at that use."""

    kind: MarkKind
    reasons: tuple[MarkReason, ...]
    sources: int
    lead_days: int | None
    cover_days: float | None


def fastest(sources: Sequence[Source]) -> int | None:
    """Lead days of the fastest source that counts, None where no such is known."""
    known = [one.lead_days for one in sources if one.standing in COUNTING and one.lead_days is not None]
    return min(known, default=None)


def mark(sources: Sequence[Source], supply: Supply, limit_days: int) -> Mark:
    """How a need stands. limit_days: a lead time beyond it holds up."""
    counting = sum(one.standing in COUNTING for one in sources)
    lead, cover = fastest(sources), cover_days(supply)
    if not counting:
        reason = MarkReason.NO_QUALIFIED_SOURCE if sources else MarkReason.NO_SOURCE
        return Mark(MarkKind.GAP, (reason,), 0, None, cover)
    reasons = []
    if lead is not None and lead > limit_days:
        reasons.append(MarkReason.LONG_LEAD_TIME)
    if lead is not None and cover is not None and cover < lead:
        reasons.append(MarkReason.SHORT_COVER)
    return Mark(MarkKind.BOTTLENECK if reasons else MarkKind.OPEN, tuple(reasons), counting, lead, cover)


def cover_days(supply: Supply) -> float | None:
    """(stock + coming) / use a day; None where stock or use is not known, or nothing is used."""
    if supply.stock is None or not supply.per_day:
        return None
    return (supply.stock + (supply.coming or 0.0)) / supply.per_day
