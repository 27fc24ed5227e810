"""Facts about names said and taken back: known to the firm whose name it is, and to nobody else."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class IdentityRevealed(Fact):
    about = {"reveal_id": "IdentityReveal"}
    reveal_id: int
    until: date


@dataclass(frozen=True)
class IdentityConcealed(Fact):
    about = {"reveal_id": "IdentityReveal"}
    reveal_id: int
