"""What the figures of a piece depend on besides the version of the network. Pure."""

from collections.abc import Mapping

from chain.network.measure import COARSE, EPS
from oversight.runs.decisions import first_phase
from oversight.runs.lifecycle import Phase

MEASURE = "esri/1"
"""The number rises whenever the same network gives other figures."""
THETA: Mapping[Phase, float] = {Phase.COARSE: COARSE, Phase.EXACT: 0.0}


def params_of(phase: Phase, firms: int, top: int) -> str:
    """All that figures depend on besides the version of the network; where only the first are exact, also how many."""
    chosen = "" if phase is first_phase(firms) else f" top={top}"
    return f"{MEASURE} eps={EPS:g} theta={THETA[phase]:g}{chosen}"
