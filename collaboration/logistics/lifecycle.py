"""The life of a despatch advice: derived from its lines as receipts come in (features.md 3.8, 3.9)."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class DespatchState(StrEnum):
    """Where goods on the road are."""

    DESPATCHED = "despatched"
    PART_RECEIVED = "part_received"
    RECEIVED = "received"


DESPATCH_LIFE = Lifecycle(
    ("despatch advice", "发货通知"),
    #    verb            by          while in                                                    becomes                  outcome
    Move("post_receipt", Side.BUYER, {DespatchState.DESPATCHED, DespatchState.PART_RECEIVED}, DespatchState.RECEIVED, "all"),
    Move("post_receipt", Side.BUYER, {DespatchState.DESPATCHED, DespatchState.PART_RECEIVED}, DespatchState.PART_RECEIVED, "part"),
    begins={DespatchState.DESPATCHED},
)  # fmt: skip
