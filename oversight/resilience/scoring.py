"""What the stop of each firm costs all others and the firm that looks: for a whole network at once, or some firms of it. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chain.network.esri import esri
from chain.network.graph import ChainGraph, Floats, Ints
from chain.network.measure import COARSE

FIGURES = ("score", "down", "up", "own_down", "own_up", "sweeps", "reach")


@dataclass(frozen=True, eq=False)
class Scores:
    """One entry for each of ``n`` firms, as ``chain.network.esri`` gives them.

    ``score``, ``down``, ``up``: share, 0 to 1, of all output that is lost; ``own_down``, ``own_up``: of the output of the firm that looks.
    ``exact``: followed to its end. ``theta``: below it losses were not handed on where not.
    """

    score: Floats
    down: Floats
    up: Floats
    own_down: Floats
    own_up: Floats
    sweeps: Ints
    reach: Ints
    exact: NDArray[np.bool_]
    theta: float


def figures_of(graph: ChainGraph, own: int | None, rows: Ints, theta: float) -> Floats:
    """The FIGURES of the firms in these rows, of shape (rows, 7)."""
    of_all = esri(graph, rows, theta=theta)
    mine = np.zeros(graph.n)
    if own is not None:
        mine[own] = 1.0
    of_mine = esri(graph, rows, theta=theta, weights=mine)
    columns = (of_all.score, of_all.down, of_all.up, of_mine.down, of_mine.up, of_all.sweeps, of_all.reach)
    return np.column_stack(columns).astype(np.float64)


def scores_of(figures: Floats, exact: NDArray[np.bool_]) -> Scores:
    """figures: of shape (n, 7), row for row those of the graph; exact: of shape n."""
    score, down, up, own_down, own_up, sweeps, reach = (figures[:, place] for place in range(len(FIGURES)))
    return Scores(
        score, down, up, own_down, own_up, sweeps.astype(np.int32), reach.astype(np.int32), exact,
        0.0 if bool(exact.all()) else COARSE,
    )  # fmt: skip
