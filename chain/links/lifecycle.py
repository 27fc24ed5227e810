"""The life of a supply link. Evidence is kept apart: it says how sure a link is, not whether its ends agree."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class LinkState(StrEnum):
    """What the two ends say of a link."""

    DECLARED = "declared"  # one end says so
    CONFIRMED = "confirmed"  # both ends stand by it, by word or by an agreed order
    ENDED = "ended"


BUYER, SELLER, SYSTEM = Side
DECLARED, CONFIRMED, ENDED = LinkState

LINK_LIFE = Lifecycle(
    ("supply link", "供应关系"),
    #    verb                  by      while in               becomes     outcome
    Move("add_evidence",       SYSTEM, {DECLARED, CONFIRMED}, CONFIRMED, "trade"),
    Move("add_evidence",       SYSTEM, {DECLARED},            DECLARED,  "word"),  # a survey makes nobody stand by it
    Move("add_evidence",       SYSTEM, {CONFIRMED},           CONFIRMED, "word"),
    Move("add_evidence",       SYSTEM, {ENDED},               ENDED,     "trade"),
    Move("add_evidence",       SYSTEM, {ENDED},               ENDED,     "word"),
    Move("end_supply_link",    BUYER,  {DECLARED, CONFIRMED}, ENDED),
    Move("end_supply_link",    SELLER, {DECLARED, CONFIRMED}, ENDED),
    begins={DECLARED},
)  # fmt: skip
