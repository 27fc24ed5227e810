"""Facts about runs."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class ResilienceRunStarted(Fact):
    """Started, or gone on with: ``round`` counts."""

    about = {"run_id": "ResilienceRun"}
    run_id: int
    round: int


@dataclass(frozen=True)
class ResilienceRunBegun(Fact):
    about = {"run_id": "ResilienceRun"}
    run_id: int
    firms: int
    links: int


@dataclass(frozen=True)
class ResilienceChunkAsked(Fact):
    """One piece is to be measured. Of no subject: a run's history tells of the run."""

    run_id: int
    round: int
    phase: str
    number: int


@dataclass(frozen=True)
class ResilienceRunFinished(Fact):
    about = {"run_id": "ResilienceRun"}
    run_id: int


@dataclass(frozen=True)
class ResilienceRunFailed(Fact):
    about = {"run_id": "ResilienceRun"}
    run_id: int


@dataclass(frozen=True)
class ResilienceRunCancelled(Fact):
    about = {"run_id": "ResilienceRun"}
    run_id: int
