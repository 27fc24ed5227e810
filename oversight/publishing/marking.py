"""Which words are published of a stage. Pure.

A word is a function of what is published besides, but SLOW: that rests on at least three suppliers and three buyers, none of whom
holds more than 70 % of what is judged (decision 0029).
"""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from math import floor

from kernel.access import SMALLEST_GROUP
from oversight.publishing.decisions import LARGEST_SHARE, Picture

LIMIT_DAYS = 60
"""A lead time beyond it holds up."""
HALF = 0.5


class StageMark(StrEnum):
    """What is published of a whole stage in a word."""

    GAP = "gap"  # 断点: no firm is registered
    THIN = "thin"  # too few firms to tell of
    HELD = "held"  # one firm holds over half of the links told of
    SLOW = "slow"  # 堵点: over half of its supply takes longer than the limit


LEAST_FITS = 3
"""A word is told only where at least so many whole weights, and two places where there are several, would give it."""

LeadTime = tuple[int, int, int]
"""(supplier, buyer, days)."""


def stage_marks(
    firms: Picture, links: Picture, lead_times: Sequence[LeadTime], last_month: tuple[Picture, bool] | None = None
) -> list[StageMark]:
    """The words for one stage. firms, links: what is published of it; lead_times: of all its confirmed links that have one.

    last_month: what was published of links then, and whether the stage was held: while those figures stand, so does the word.
    """
    if not firms:
        return [StageMark.THIN]
    if not any(group.tokens for group in firms):
        return [StageMark.GAP]
    stands = last_month is not None and _figures(links) == _figures(last_month[0])
    found = []
    if last_month[1] if stands and last_month is not None else _is_held(links):
        found.append(StageMark.HELD)
    if _is_slow(lead_times):
        found.append(StageMark.SLOW)
    return found


def _figures(picture: Picture) -> list[tuple[tuple[str, ...], int]]:
    """All that is told of it."""
    return sorted((group.places, round(group.value)) for group in picture)


def _is_held(links: Picture) -> bool:
    """Whether one firm has over half of what is told, and neither how much nor where follows from that."""
    held: Counter[int] = Counter()
    for group in links:
        for firm, weight in group.tokens:
            held[firm] += weight  # type: ignore[assignment]
    total = sum(held.values())
    if len(held) < SMALLEST_GROUP or max(held.values()) <= HALF * total:
        return False
    told = [group.value for group in links if group.tokens]
    fits = [_could_be(value, total) for value in told]
    return len(set[int]().union(*fits)) >= LEAST_FITS and (len(told) == 1 or sum(map(bool, fits)) >= 2)


def _could_be(value: float, total: float) -> set[int]:
    """Weights that would be over half of the total and no more than the largest share of one group."""
    return set(range(floor(HALF * total) + 1, floor(LARGEST_SHARE * value) + 1))


def _is_slow(lead_times: Sequence[LeadTime]) -> bool:
    suppliers, buyers = Counter(one for one, _, _ in lead_times), Counter(one for _, one, _ in lead_times)
    for side in (suppliers, buyers):
        if len(side) < SMALLEST_GROUP or max(side.values()) > LARGEST_SHARE * len(lead_times):
            return False
    slow = [(supplier, buyer) for supplier, buyer, days in lead_times if days > LIMIT_DAYS]
    return len({supplier for supplier, _ in slow}) >= SMALLEST_GROUP and len(slow) > HALF * len(lead_times)
