"""How the network falls apart when its best connected firms go one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from chain.network.graph import ChainGraph, Floats, Ints
from chain.network.measure import Measure


@dataclass(frozen=True, kw_only=True, eq=False)
class AttackCurve(Measure):
    """``order[n]``: rows as they are removed. ``largest[n]``: share of all firms, 0 to 1, in the largest connected part
    once ``order[0]`` to ``order[q]`` are gone. ``robustness``: the mean of that, 1/n for a star to 0.5; 0 without firms.
    """

    order: Ints
    largest: Floats
    robustness: float


def attack_curve(graph: ChainGraph, order: Sequence[object] | None = None) -> AttackCurve:
    """R = (1/n) sum over q = 1..n of S(q) (Schneider et al. 2011), all n points by joining firms backwards.

    ``order``: ids, every firm once; without it by the number of trading partners in the whole network, most first, then by
    name. Raises ValueError for an order that is none.
    """
    start, other = graph.neighbours
    if order is None:
        rows = np.lexsort((graph.ids, -np.diff(start))).astype(np.int32)
    else:
        rows = graph.rows(order)
        if not np.array_equal(np.sort(rows), np.arange(graph.n)):
            raise ValueError("an order of removal names every firm of the network once")
    largest = _largest(rows, start, other) / max(graph.n, 1)
    return AttackCurve(
        graph_version=graph.version, unknown_share=graph.unknown_share, order=rows, largest=largest,
        robustness=float(largest.mean()) if graph.n else 0.0,
    )  # fmt: skip


def _rejoin(order: Ints, start: Ints, other: Ints) -> Ints:
    """Firms in the largest part after each removal: put back last to first, joined with those already there."""
    n = len(order)
    parent = np.full(n, -1, np.int32)
    size = np.ones(n, np.int32)
    largest = np.zeros(n, np.int32)
    best = 0
    for q in range(n - 1, -1, -1):
        largest[q] = best
        root = order[q]
        parent[root] = root
        for place in range(start[order[q]], start[order[q] + 1]):
            firm = other[place]
            if parent[firm] < 0:
                continue
            while parent[firm] != firm:
                parent[firm] = parent[parent[firm]]
                firm = parent[firm]
            if firm == root:
                continue
            if size[firm] < size[root]:
                firm, root = root, firm
            parent[root] = firm
            size[firm] += size[root]
            root = firm
        best = max(best, size[root])
    return largest


_largest: Callable[[Ints, Ints, Ints], Ints] = njit(cache=True)(_rejoin)
