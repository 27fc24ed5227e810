"""What the figures of a piece depend on besides the version of the network. Pure."""

from collections.abc import Mapping

from chain.network.measure import COARSE, EPS
from oversight.runs.lifecycle import Phase

MEASURE = "esri"
THETA: Mapping[Phase, float] = {Phase.COARSE: COARSE, Phase.EXACT: 0.0}


def params_of(phase: Phase, top: int) -> str:
    """All that figures depend on besides the version of the network; of exact ones also which firms they are of."""
    return f"{MEASURE} eps={EPS:g} theta={THETA[phase]:g}" + (f" top={top}" if phase is Phase.EXACT else "")
