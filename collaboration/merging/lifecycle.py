"""The life of a proposal to merge two records: nobody does it alone."""

from enum import StrEnum

from kernel.lifecycle import Lifecycle, Move


class MergerState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"  # done: one record stands for both
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class MergerSide(StrEnum):
    """Who stands on which side of a proposal."""

    PROPOSER = "proposer"
    SECOND = "second"  # another operator, or the lead of the firm that stays


PROPOSER, SECOND = MergerSide
PROPOSED, AGREED, REFUSED, WITHDRAWN = MergerState

MERGER_LIFE = Lifecycle(
    ("merger", "合并提议"),
    #    verb               by        while in    becomes
    Move("agree_to_merger", SECOND,   {PROPOSED}, AGREED),
    Move("refuse_merger",   SECOND,   {PROPOSED}, REFUSED),
    Move("withdraw_merger", PROPOSER, {PROPOSED}, WITHDRAWN),
    begins={PROPOSED},
)  # fmt: skip
