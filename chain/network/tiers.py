"""How far each firm stands from a product, at least and at most, and where what we see of the chain ends."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from chain.network.graph import ChainGraph, Ints, grouped
from chain.network.measure import Measure
from chain.network.structure import circles, sold_to


@dataclass(frozen=True, kw_only=True, eq=False)
class Tiers(Measure):
    """``shortest[n]``, ``longest[n]``: links to the product, 0 for its makers, -1 where nothing of the firm reaches it.

    ``in_circle[n]``: the firm supplies itself through others; then all of its circle counts as one step of the longest way,
    which is never shorter than the shortest. (The longest way without such a rule is endless, and without repeats NP-hard.)
    ``beyond_share``: of all money paid by firms that reach the product, 0 to 1, what goes to firms of which no supplier is seen,
    those of the stages where a chain begins by nature left out: how much of the chain lies beyond the visible tiers.
    """

    shortest: Ints
    longest: Ints
    in_circle: NDArray[np.bool_]
    beyond_share: float


def tiers(graph: ChainGraph, ends: Sequence[object], raw_stages: Collection[str] = ()) -> Tiers:
    """Distances to the firms ``ends`` that make the product; ``raw_stages`` are the stages that buy nothing by nature.

    Shortest by breadth from the product, longest in the order of the circles' condensation. Raises KeyError for an unknown end.
    """
    last = graph.rows(ends)
    version, unknown = graph.version, graph.unknown_share
    shortest = np.full(graph.n, -1, np.int32)
    group = circles(graph).group
    in_circle = np.bincount(group, minlength=graph.n)[group] > 1
    if not len(last):
        return Tiers(
            graph_version=version, unknown_share=unknown, shortest=shortest, longest=shortest.copy(),
            in_circle=in_circle, beyond_share=0.0,
        )  # fmt: skip
    away = dijkstra(sold_to(graph).T.tocsr(), indices=last, unweighted=True, min_only=True)
    shortest[np.isfinite(away)] = away[np.isfinite(away)]
    sold, bought = graph.pairs
    final = np.zeros(graph.n, np.bool_)
    final[group[last]] = True
    kept = (shortest[bought] >= 0) & (group[sold] != group[bought]) & ~final[group[sold]]
    supplier, buyer = group[sold[kept]], group[bought[kept]]
    start, sellers = grouped(buyer, supplier, graph.n)
    waiting = np.bincount(supplier, minlength=graph.n)
    depth = _depths(start, sellers, waiting, np.unique(group[last]).astype(np.int32))
    longest = np.where(shortest >= 0, np.maximum(depth[group], shortest), -1).astype(np.int32)
    return Tiers(
        graph_version=version, unknown_share=unknown, shortest=shortest, longest=longest,
        in_circle=in_circle, beyond_share=_beyond(graph, shortest >= 0, raw_stages),
    )  # fmt: skip


def _beyond(graph: ChainGraph, reaches: NDArray[np.bool_], raw_stages: Collection[str]) -> float:
    counted = reaches[graph.buyer] & (graph.supplier != graph.buyer)
    raw = np.array([name in raw_stages for name in graph.stages], dtype=np.bool_)
    seen = np.bincount(graph.pairs[1], minlength=graph.n) > 0
    dark = counted & ~seen[graph.supplier] & ~raw[graph.stage[graph.supplier]]
    paid = float(graph.weight[counted].sum())
    return float(graph.weight[dark].sum()) / paid if paid else 0.0


def _deepen(start: Ints, supplier: Ints, waiting: NDArray[np.int64], first: Ints) -> Ints:
    """Longest way of each group to the first ones: a group is settled once all groups it sells to are."""
    depth = np.zeros(len(waiting), np.int32)
    queue = np.empty(len(waiting), np.int32)
    tail = len(first)
    queue[:tail] = first
    head = 0
    while head < tail:
        group = queue[head]
        head += 1
        for place in range(start[group], start[group + 1]):
            other = supplier[place]
            depth[other] = max(depth[other], depth[group] + 1)
            waiting[other] -= 1
            if waiting[other] == 0:
                queue[tail] = other
                tail += 1
    return depth


_depths: Callable[[Ints, Ints, NDArray[np.int64], Ints], Ints] = njit(cache=True)(_deepen)
