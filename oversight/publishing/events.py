"""Facts about what officials may see."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class FiguresPublished(Fact):
    about = {"chain_id": "Chain"}
    chain_id: int
    period: date
