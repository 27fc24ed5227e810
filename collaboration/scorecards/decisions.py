"""The formulas of a scorecard, with their denominators. Pure: counted events in, figures out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from collaboration.scorecards.tables import Metric
from kernel.errors import Invalid
from kernel.quantities import ZERO

PERIOD_DAYS = 365
CONTEST_DAYS = 10
LEAST_TO_JUDGE = 5
"""A score over fewer counted events than this is no score: one late box must not stop a supplier."""

DEFAULT_WEIGHTS: Mapping[Metric, int] = {
    Metric.OTIF_AGREED: 40, Metric.OTIF_ORIGINAL: 10, Metric.ANSWER_HOURS: 15, Metric.PROMISE_DRIFT: 10,
    Metric.PPM: 15, Metric.DOCUMENTS: 10,
}  # fmt: skip
"""What counts where a buyer has said nothing; features.md A8 names the metrics, the numbers are ours."""

HUNDRED = Decimal(100)
BEST_WORST: Mapping[Metric, tuple[int, int]] = {
    Metric.ANSWER_HOURS: (24, 120), Metric.PROMISE_DRIFT: (0, 10), Metric.PPM: (0, 10_000),
}  # fmt: skip
"""Figures at which a metric earns 100 and 0 points, linear between: hours, days, parts per million."""


class Band(StrEnum):
    """What a score means for new orders (features.md A8)."""

    GOOD = "good"
    WARN = "warn"
    BLOCK = "block"
    NONE = "none"  # too little was counted, or the buyer has set no limits


class Counted(Protocol):
    metric: Metric
    value: Decimal
    of: Decimal
    excluded: bool


@dataclass(frozen=True)
class Figure:
    """One metric over a period. ``value``: as people read it; ``points``: 0 to 100; ``counted``: how many events."""

    metric: Metric
    value: Decimal | None
    points: Decimal | None
    weight: int
    counted: int
    misses: int
    excluded: int


def value_of(metric: Metric, events: list[Counted]) -> Decimal | None:
    """The figure of a metric over its counted events; None without any.

    OTIF_AGREED, OTIF_ORIGINAL: percent = 100 x schedules wholly accepted by their day / schedules whose day has passed
    (day: as agreed, or as first asked). DOCUMENTS: percent = 100 x documents that were due and were handed in by their
    day in the revision released / documents whose day has passed. ANSWER_HOURS: hours from order to first answer beside an
    acknowledgement / orders answered. PROMISE_DRIFT: days the last agreed day is after the first promised / lines agreed.
    PPM: 1,000,000 x quantity rejected / quantity received, over receipt lines, whatever their unit.
    """
    whole = sum((e.of for e in events), ZERO)
    if not events or not whole:
        return None
    total = sum((e.value for e in events), ZERO)
    if metric is Metric.PPM:
        return _short(total * 1_000_000 / whole)
    factor = HUNDRED if metric in (Metric.OTIF_AGREED, Metric.OTIF_ORIGINAL, Metric.DOCUMENTS) else Decimal(1)
    return _short(total * factor / whole)


def _short(value: Decimal) -> Decimal:
    """To one place; whole numbers without any."""
    whole = value.to_integral_value()
    return whole if round(value, 1) == whole else round(value, 1)


def points_of(metric: Metric, value: Decimal | None) -> Decimal | None:
    """0 to 100 points: percentages as they are, the others by how near they are to the best (BEST_WORST)."""
    if value is None or metric not in BEST_WORST:
        return value
    best, worst = BEST_WORST[metric]
    return _short(min(HUNDRED, max(ZERO, HUNDRED * (worst - value) / (worst - best))))


def is_miss(metric: Metric, value: Decimal, of: Decimal) -> bool:
    """Whether an event took points away: late or short, answered after a day, drifted, rejected, document late."""
    if metric in BEST_WORST:
        return value > BEST_WORST[metric][0]
    return value < of


def figures(events: Iterable[Counted], weights: Mapping[Metric, int]) -> list[Figure]:
    """Every metric, in the order of the enum, over the events that count."""
    by_metric: dict[Metric, list[Counted]] = {metric: [] for metric in Metric}
    for event in events:
        by_metric[Metric(event.metric)].append(event)
    found = []
    for metric, own in by_metric.items():
        counting = [e for e in own if not e.excluded]
        value = value_of(metric, counting)
        misses = sum(is_miss(metric, e.value, e.of) for e in counting)
        found.append(
            Figure(
                metric, value, points_of(metric, value), weights.get(metric, 0), len(counting), misses,
                len(own) - len(counting),
            )
        )  # fmt: skip
    return found


def score_of(found: Iterable[Figure]) -> Decimal | None:
    """Weighted mean of the points: sum of weight x points / sum of the weights of metrics that counted something.

    None below LEAST_TO_JUDGE counted events of weighted metrics, and where none of those has a figure.
    """
    having = [(f.weight, f.points, f.counted) for f in found if f.points is not None and f.weight]
    if sum(counted for _, _, counted in having) < LEAST_TO_JUDGE:
        return None
    return _short(sum((w * p for w, p, _ in having), ZERO) / sum(w for w, _, _ in having))


def band_of(score: Decimal | None, *, warn_below: int | None, block_below: int | None) -> Band:
    if score is None or (warn_below is None and block_below is None):
        return Band.NONE
    if block_below is not None and score < block_below:
        return Band.BLOCK
    return Band.WARN if warn_below is not None and score < warn_below else Band.GOOD


def check_terms(weights: Mapping[Metric, int], warn_below: int | None, block_below: int | None) -> None:
    """Weights are 0 to 100 and total 100; limits are 0 to 100, and the one that blocks is not the higher. Raises Invalid."""
    if any(not 0 <= weight <= 100 for weight in weights.values()):
        raise Invalid("weights", "a weight is 0 to 100", "权重应在 0 至 100 之间")
    if (total := sum(weights.values())) != 100:
        raise Invalid("weights", f"weights total 100, these total {total}", f"权重合计应为 100，当前为 {total}")
    for field, limit in (("warnBelow", warn_below), ("blockBelow", block_below)):
        if limit is not None and not 0 <= limit <= 100:
            raise Invalid(field, "a limit is 0 to 100", "界限应在 0 至 100 之间")
    if warn_below is not None and block_below is not None and block_below > warn_below:
        raise Invalid(
            "blockBelow", "who is blocked was warned before: not above the other limit", "停单线不得高于警示线"
        )


@dataclass(frozen=True)
class Came:
    """What of a schedule was accepted on a day."""

    on: date
    accepted: Decimal


def whole_on(came: Iterable[Came], quantity: Decimal) -> date | None:
    """The day on which all of a quantity was accepted; None where it never was."""
    total = ZERO
    for part in sorted(came, key=lambda c: c.on):
        total += part.accepted
        if total >= quantity:
            return part.on
    return None
