"""The life of a backup source, which its buyer alone leads and knows."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class BackupSourceState(StrEnum):
    """How far a backup source has come; what a state holds, the next ones hold too."""

    CANDIDATE = "candidate"  # somebody thought of it
    QUALIFIED = "qualified"  # the buyer has approved it as a supplier of this item's category
    TRIAL = "trial"  # it makes trial lots
    READY = "ready"  # it could deliver from today
    DROPPED = "dropped"  # it counts nowhere any more


BUYER = Side.BUYER
CANDIDATE, QUALIFIED, TRIAL, READY, DROPPED = BackupSourceState
LIVE = {CANDIDATE, QUALIFIED, TRIAL, READY}

BACKUP_SOURCE_LIFE = Lifecycle(
    ("backup source", "备链"),
    #    verb                    by     while in     becomes
    Move("qualify_backup_source", BUYER, {CANDIDATE}, QUALIFIED),
    Move("begin_backup_trial",    BUYER, {QUALIFIED}, TRIAL),
    Move("confirm_backup_ready",  BUYER, {TRIAL},     READY),
    Move("change_backup_source",  BUYER, {CANDIDATE}, CANDIDATE),
    Move("change_backup_source",  BUYER, {QUALIFIED}, QUALIFIED),
    Move("change_backup_source",  BUYER, {TRIAL},     TRIAL),
    Move("change_backup_source",  BUYER, {READY},     READY),
    Move("drop_backup_source",    BUYER, LIVE,        DROPPED),
    begins={CANDIDATE},
)  # fmt: skip
