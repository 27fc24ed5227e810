"""The life of a cause record: open until one firm agrees to what the other stated, and opened again by both only."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class CauseState(StrEnum):
    """Where a cause record stands."""

    OPEN = "open"  # the miss counts
    AGREED = "agreed"  # one cause, one party answering for it


BUYER, SELLER, SYSTEM = Side
OPEN, AGREED = CauseState

CAUSE_LIFE = Lifecycle(
    ("cause record", "原因记录"),
    *(Move("state_cause", side, {OPEN}, OPEN) for side in (BUYER, SELLER)),
    *(Move("agree_to_cause", side, {OPEN}, AGREED) for side in (BUYER, SELLER)),
    *(Move("reopen_cause", side, {AGREED}, AGREED, "asked") for side in (BUYER, SELLER)),
    *(Move("reopen_cause", side, {AGREED}, OPEN, "agreed") for side in (BUYER, SELLER)),
    begins={OPEN},
)
