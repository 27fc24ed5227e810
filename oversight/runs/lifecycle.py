"""The life of one measuring of a network: gathered and measured piece by piece by jobs, stopped and gone on with by people."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class RunState(StrEnum):
    """How far a run is."""

    GATHERING = "gathering"  # a job gathers what the firm may see
    MEASURING = "measuring"  # jobs close firm after firm
    DONE = "done"
    CANCELLED = "cancelled"  # what is measured already is kept
    FAILED = "failed"  # the message says why


class Phase(StrEnum):
    """What a piece of a run does with its firms."""

    COARSE = "coarse"  # small losses are not handed on
    EXACT = "exact"


class RunSide(StrEnum):
    """Who moves a run besides the jobs."""

    OWNER = "owner"


GATHERING, MEASURING, DONE, CANCELLED, FAILED = RunState
SYSTEM, OWNER = Side.SYSTEM, RunSide.OWNER

RUN_LIFE = Lifecycle(
    ("run", "计算任务"),
    #    verb                      by      while in                 becomes
    Move("begin_resilience_run",   SYSTEM, {GATHERING},             MEASURING),
    Move("finish_resilience_run",  SYSTEM, {MEASURING},             DONE),
    Move("fail_resilience_run",    SYSTEM, {GATHERING, MEASURING},  FAILED),
    Move("cancel_resilience_run",  OWNER,  {GATHERING, MEASURING},  CANCELLED),
    Move("resume_resilience_run",  OWNER,  {CANCELLED, FAILED},     GATHERING),
    begins={GATHERING},
)  # fmt: skip
