"""Which firms matter by where they stand more than by what is spent with them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.stats import rankdata

from chain.network.graph import ChainGraph, Floats, Ints
from chain.network.measure import Measure
from chain.network.structure import sold_to

ALL_SOURCES_UP_TO = 2_000
SAMPLED_SOURCES = 16
"""Shortest paths from every firm up to the first size; above it from so many firms, drawn with a fixed seed and scaled up."""

DAMPING, STEPS, CLOSE = 0.85, 100, 1e-10


@dataclass(frozen=True, kw_only=True, eq=False)
class Position(Measure):
    """Of each firm, in shape ``n``: ``degree``, its trading partners; ``between``, the shortest paths that pass through it;
    ``leaned_on``, the weight its buyers' weight gives it (sums to 1); ``position`` and ``spend``, ranks from 0 (least) to
    1 (most), equal ones sharing their mean; ``nexus`` = position - spend, -1 to 1: high is important beyond its spend.
    ``sources``: from how many firms shortest paths were counted.
    """

    degree: Ints
    between: Floats
    leaned_on: Floats
    position: Floats
    spend: Floats
    nexus: Floats
    sources: int


def position(graph: ChainGraph, sources: int | None = None) -> Position:
    """Position rank minus spend rank, after the Nexus supplier index of Yan, Choi, Kim and Yang 2015.

    The paper's weights could not be verified: ours are one third each for the ranks of degree, betweenness (Brandes 2001,
    along the links) and PageRank from buyer to supplier (in place of an eigenvector, which is nought where nothing circles).
    Money enters none of the three, for it is what they are set against. ``sources``: from how many firms paths are counted.
    """
    n = graph.n
    degree = np.diff(graph.neighbours[0])
    wanted = sources or (n if n <= ALL_SOURCES_UP_TO else SAMPLED_SOURCES)
    drawn = np.random.default_rng(0).choice(n, wanted, replace=False) if wanted < n else np.arange(n)
    linked = sold_to(graph)
    between = _betweenness(linked.indptr, linked.indices, drawn.astype(np.int32)) * (n / max(len(drawn), 1))
    leaned_on = _leaned_on(graph)
    ranks = (_rank(degree) + _rank(between) + _rank(leaned_on)) / 3.0
    placed, spend = _rank(np.round(ranks, 12)), _rank(graph.sales)
    return Position(
        graph_version=graph.version, unknown_share=graph.unknown_share, degree=degree, between=between,
        leaned_on=leaned_on, position=placed, spend=spend, nexus=placed - spend, sources=len(drawn),
    )  # fmt: skip


def _rank(value: NDArray[np.generic]) -> Floats:
    ranked: Floats = (rankdata(value) - 1.0) / max(len(value) - 1, 1)
    return ranked


def _leaned_on(graph: ChainGraph) -> Floats:
    """PageRank of the reversed graph: a buyer hands its weight on to its suppliers in equal parts."""
    n = graph.n
    suppliers = np.bincount(graph.pairs[1], minlength=n)
    ways = sold_to(graph).astype(np.float64)
    part = 1.0 / np.maximum(suppliers, 1)
    score = np.full(n, 1.0 / max(n, 1))
    for _ in range(STEPS):
        handed: Floats = ways @ (score * part)
        ended = float(score[suppliers == 0].sum())
        fresh = DAMPING * (handed + ended / max(n, 1)) + (1.0 - DAMPING) / max(n, 1)
        if float(np.abs(fresh - score).sum()) < CLOSE:
            return fresh
        score = fresh
    return score


def _count_paths(start: Ints, other: Ints, sources: Ints) -> Floats:
    """Dependencies of the sources on each firm, summed, only firms reached being touched."""
    n = len(start) - 1
    total = np.zeros(n, np.float64)
    away = np.full(n, -1, np.int32)
    ways = np.zeros(n, np.float64)
    leaned = np.zeros(n, np.float64)
    queue = np.empty(n, np.int32)
    for source in sources:
        queue[0], away[source], ways[source] = source, 0, 1.0
        head, tail = 0, 1
        while head < tail:
            firm = queue[head]
            head += 1
            for place in range(start[firm], start[firm + 1]):
                buyer = other[place]
                if away[buyer] < 0:
                    away[buyer] = away[firm] + 1
                    queue[tail] = buyer
                    tail += 1
                if away[buyer] == away[firm] + 1:
                    ways[buyer] += ways[firm]
        for back in range(tail - 1, -1, -1):
            firm = queue[back]
            for place in range(start[firm], start[firm + 1]):
                buyer = other[place]
                if away[buyer] == away[firm] + 1:
                    leaned[firm] += ways[firm] / ways[buyer] * (1.0 + leaned[buyer])
            if firm != source:
                total[firm] += leaned[firm]
        for back in range(tail):
            firm = queue[back]
            away[firm], ways[firm], leaned[firm] = -1, 0.0, 0.0
    return total


_betweenness: Callable[[Ints, Ints, Ints], Floats] = njit(cache=True)(_count_paths)
