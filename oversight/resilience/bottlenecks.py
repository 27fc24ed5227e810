"""Where the network of one viewer narrows on its way to it: tiers, gates, the fewest firms to cut a stage off, bridges. Pure.

Formulas and their sources stand in ``chain.network.structure`` and ``chain.network.tiers``.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from chain.network.graph import ChainGraph, Ints
from chain.network.structure import dominators, vertex_cut, weak_points
from chain.network.tiers import tiers


@dataclass(frozen=True)
class Gate:
    """A firm (``row``) through which everything of ``behind`` other firms must pass on its way to the viewer."""

    row: int
    behind: int


@dataclass(frozen=True)
class StageCut:
    """``rows``: the fewest firms without which nothing of a stage reaches the viewer, one such set. One: 卡脖子."""

    stage: str
    rows: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Bottlenecks:
    """``away[n]``: links to the viewer, 0 itself, -1 where nothing reaches it. ``by_tier``: (tier, firms) from the nearest on.

    ``beyond_share``: of what is paid on the way to the viewer, 0 to 1, what goes to firms of which no supplier is seen, those of
    ``raw_stages`` left out. ``gates``: most behind first. ``articulation``: rows without which the network falls apart;
    ``bridges``: pairs of rows whose connection is the only one between two parts.
    """

    away: Ints
    by_tier: tuple[tuple[int, int], ...]
    beyond_share: float
    gates: tuple[Gate, ...]
    cuts: tuple[StageCut, ...]
    articulation: frozenset[int]
    bridges: tuple[tuple[int, int], ...]


def bottlenecks(graph: ChainGraph, own: int | None, raw_stages: Collection[str]) -> Bottlenecks:
    """own: row of the firm that looks, None where it has no link: then nothing leads to it."""
    ends = [] if own is None else [graph.ids[own]]
    found, weak = tiers(graph, ends, raw_stages), weak_points(graph)
    counted = Counter(found.shortest[found.shortest > 0].tolist())
    return Bottlenecks(
        found.shortest, tuple(sorted(counted.items())), found.beyond_share,
        _gates(graph, ends, own), _cuts(graph, ends, found.shortest),
        frozenset(graph.row[one] for one in weak.articulation),
        tuple((graph.row[a], graph.row[b]) for a, b in weak.bridges),
    )  # fmt: skip


def _gates(graph: ChainGraph, ends: Sequence[object], own: int | None) -> tuple[Gate, ...]:
    if own is None:
        return ()
    behind = dominators(graph, ends).behind
    rows = [row for row in np.flatnonzero(behind > 0).tolist() if row != own]
    return tuple(Gate(row, int(behind[row])) for row in sorted(rows, key=lambda row: (-behind[row], row)))


def _cuts(graph: ChainGraph, ends: Sequence[object], away: Ints) -> tuple[StageCut, ...]:
    """Of the stages of which something reaches the viewer, its own left out."""
    reaching = np.unique(graph.stage[away > 0]).tolist() if ends else []
    found = [(graph.stages[place], vertex_cut(graph, graph.stages[place], ends)) for place in reaching]
    return tuple(
        StageCut(stage, tuple(sorted(graph.row[one] for one in cut.firms)))
        for stage, cut in found
        if stage and cut.value
    )
