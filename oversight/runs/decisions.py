"""How a run is cut into pieces. Pure; what a piece holds stands in ``pieces.py``, which loads what computes."""

from collections.abc import Mapping

from kernel.errors import Invalid
from oversight.runs.lifecycle import Phase

ALL_EXACT_UP_TO = 5_000
"""Firms up to which every score is exact; beyond, that of the first ``top`` of a coarse ranking."""
USUAL_TOP, MOST_TOP = 500, 5_000
AT_ONCE: Mapping[Phase, int] = {Phase.COARSE: 500, Phase.EXACT: 50}
"""Firms of one piece: a second or two of one worker in a network of 60,000 firms."""


def check_top(top: int) -> None:
    """Raises Invalid."""
    if not 1 <= top <= MOST_TOP:
        raise Invalid(
            "exactFirms",
            f"ask for the exact score of 1 to {MOST_TOP} firms",
            f"精确计算的企业数应为 1 至 {MOST_TOP}",
        )


def first_phase(firms: int) -> Phase:
    return Phase.EXACT if firms <= ALL_EXACT_UP_TO else Phase.COARSE


def pieces(phase: Phase, firms: int, top: int) -> int:
    """How many pieces a phase has."""
    return -(-_asked(phase, firms, top) // AT_ONCE[phase])


def pieces_of_run(firms: int, top: int) -> int:
    """How many pieces there are in all."""
    phases = [Phase.EXACT] if first_phase(firms) is Phase.EXACT else [Phase.COARSE, Phase.EXACT]
    return sum(pieces(phase, firms, top) for phase in phases)


def _asked(phase: Phase, firms: int, top: int) -> int:
    return firms if phase is first_phase(firms) else min(top, firms)
