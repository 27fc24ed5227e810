"""What people fill in about limits."""

from dataclasses import dataclass

from collaboration.answer_clocks.decisions import Hours
from collaboration.answer_clocks.tables import AnsweredKind


@dataclass(frozen=True)
class LimitsGiven:
    """``seller_id``: empty for the buyer's usual limits."""

    kind: AnsweredKind
    hours: Hours
    seller_id: int | None = None
