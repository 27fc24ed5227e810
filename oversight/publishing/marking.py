"""Which words are published of a stage. Pure.

A word is a function of what is published besides, but SLOW: that rests on at least three suppliers and three buyers, none of whom
holds more than 70 % of what is judged (decision 0029).
"""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

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


LeadTime = tuple[int, int, int]
"""(supplier, buyer, days)."""


def stage_marks(firms: Picture, links: Picture, lead_times: Sequence[LeadTime]) -> list[StageMark]:
    """The words for one stage. firms, links: what is published of it; lead_times: of all its confirmed links that have one."""
    if not firms:
        return [StageMark.THIN]
    if not any(group.tokens for group in firms):
        return [StageMark.GAP]
    found = []
    if _is_held(links):
        found.append(StageMark.HELD)
    if _is_slow(lead_times):
        found.append(StageMark.SLOW)
    return found


def _is_held(links: Picture) -> bool:
    """Whether one firm has over half of what is told; which one, no figure tells."""
    held: Counter[int] = Counter()
    for group in links:
        for firm, weight in group.tokens:
            held[firm] += weight  # type: ignore[assignment]
    total = sum(held.values())
    return len(held) >= SMALLEST_GROUP and max(held.values()) > HALF * total


def _is_slow(lead_times: Sequence[LeadTime]) -> bool:
    suppliers, buyers = Counter(one for one, _, _ in lead_times), Counter(one for _, one, _ in lead_times)
    for side in (suppliers, buyers):
        if len(side) < SMALLEST_GROUP or max(side.values()) > LARGEST_SHARE * len(lead_times):
            return False
    slow = [(supplier, buyer) for supplier, buyer, days in lead_times if days > LIMIT_DAYS]
    return len({supplier for supplier, _ in slow}) >= SMALLEST_GROUP and len(slow) > HALF * len(lead_times)
