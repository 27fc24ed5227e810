"""A supplier's objection to a counted event. It is left out only where both say so."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class ContestState(StrEnum):
    """What became of an objection."""

    OPEN = "open"
    AGREED = "agreed"  # both say the event is not the supplier's: it no longer counts
    REFUSED = "refused"  # it goes on counting; both statements stand beside it


BUYER, SELLER, SYSTEM = Side
OPEN, AGREED, REFUSED = ContestState

CONTEST_LIFE = Lifecycle(
    ("contest", "申诉"),
    Move("agree_to_contest", BUYER, {OPEN}, AGREED),
    Move("refuse_contest", BUYER, {OPEN}, REFUSED),
    begins={OPEN},
)
