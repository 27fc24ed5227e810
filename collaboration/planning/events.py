"""Facts about plans: known to the firm that plans, and to nobody else."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class PlanExploded(Fact):
    about = {"explosion_id": "Explosion"}
    explosion_id: int
    job_id: int


@dataclass(frozen=True)
class PlanWorkedOut(Fact):
    about = {"explosion_id": "Explosion"}
    explosion_id: int
    needs: int


@dataclass(frozen=True)
class PlanWithdrawn(Fact):
    about = {"explosion_id": "Explosion"}
    explosion_id: int
