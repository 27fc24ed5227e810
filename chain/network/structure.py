"""Where the network hangs by one firm or one link: weak points, circles, dominators and cuts of a product."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx as rx
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from chain.network.graph import ChainGraph, Ints, begins
from chain.network.measure import Measure


@dataclass(frozen=True, kw_only=True, eq=False)
class WeakPoints(Measure):
    """Firms, and pairs of firms, without which a connected part of the network falls apart. Direction does not count."""

    articulation: tuple[object, ...]
    bridges: tuple[tuple[object, object], ...]


def weak_points(graph: ChainGraph) -> WeakPoints:
    """Articulation firms by row, bridges by the lower row first (Hopcroft and Tarjan 1973, by rustworkx).

    Several links between two firms are one connection: whoever loses a partner loses them all.
    """
    # Each pair stands there once already: where rustworkx has to see to that, a hub costs it seconds.
    start, other = graph.neighbours
    own = np.repeat(np.arange(graph.n, dtype=np.int32), np.diff(start))
    once = own < other
    drawn: rx.PyGraph[None, None] = rx.PyGraph(multigraph=True)
    drawn.add_nodes_from([None] * graph.n)
    drawn.extend_from_edge_list(list(zip(own[once].tolist(), other[once].tolist(), strict=True)))
    firms = graph.named(sorted(rx.articulation_points(drawn)))
    pairs = sorted((min(pair), max(pair)) for pair in rx.bridges(drawn))
    ends = zip(graph.named(a for a, _ in pairs), graph.named(b for _, b in pairs), strict=True)
    return WeakPoints(
        graph_version=graph.version, unknown_share=graph.unknown_share, articulation=firms, bridges=tuple(ends)
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Circles(Measure):
    """``group[n]``: a number shared by all firms that supply one another, directly or through others.

    ``circles``: the groups of more than one firm, largest first. ``parts``: how many pieces have no link between them.
    """

    group: Ints
    circles: tuple[tuple[object, ...], ...]
    parts: int


def circles(graph: ChainGraph) -> Circles:
    """Strongly connected components and the number of weakly connected ones, by scipy."""
    if graph.n == 0:
        none = np.zeros(0, np.int32)
        return Circles(graph_version=graph.version, unknown_share=graph.unknown_share, group=none, circles=(), parts=0)
    linked = sold_to(graph)
    count, group = connected_components(linked, directed=True, connection="strong")
    parts, _ = connected_components(linked, directed=True, connection="weak")
    order = np.argsort(group, kind="stable")
    found = np.split(order, np.cumsum(np.bincount(group, minlength=count))[:-1])
    large = sorted((rows for rows in found if len(rows) > 1), key=lambda rows: (-len(rows), rows[0]))
    return Circles(
        graph_version=graph.version, unknown_share=graph.unknown_share, group=group.astype(np.int32),
        circles=tuple(graph.named(rows) for rows in large), parts=int(parts),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Dominators(Measure):
    """Through whom everything must pass on its way to a product.

    ``immediate[n]``: row of the nearest firm on every path from this firm to the product; -1 where there is none, because
    paths share no other firm, the firm is an end itself, or nothing of it reaches the product (``reaches[n]`` says).
    ``behind[n]``: of how many firms, itself not counted, every path passes through this one.
    """

    ids: tuple[object, ...]
    immediate: Ints
    reaches: np.typing.NDArray[np.bool_]
    behind: Ints

    def on_every_path(self, rows: Iterable[int]) -> tuple[object, ...]:
        """Firms on every path from any of these rows to the product, from the rows on; those that reach nothing do not count.

        A single row stands on its own paths, and the one end stands on all.
        """
        common: list[int] | None = None
        for row in rows:
            if not self.reaches[row]:
                continue
            if common is None:
                common = list(self._onward(row))
                continue
            place = {firm: number for number, firm in enumerate(common)}
            met = next((firm for firm in self._onward(row) if firm in place), None)
            common = [] if met is None else common[place[met] :]
        return tuple(self.ids[firm] for firm in common or ())

    def _onward(self, row: int) -> Iterable[int]:
        while row >= 0:
            yield row
            row = int(self.immediate[row])


def dominators(graph: ChainGraph, ends: Sequence[object]) -> Dominators:
    """The dominator tree of the product on the reversed graph (Cooper, Harvey and Kennedy 2001, by rustworkx).

    ``ends``: ids of the firms that make the product, any of which will do. Raises KeyError for one that is no firm.
    """
    last = graph.rows(ends).tolist()
    sold, bought = graph.pairs
    backward: rx.PyDiGraph[None, None] = rx.PyDiGraph(multigraph=True)
    backward.add_nodes_from([None] * (graph.n + 1))
    backward.extend_from_edge_list(list(zip(bought.tolist(), sold.tolist(), strict=True)))
    backward.extend_from_edge_list([(graph.n, row) for row in last])
    immediate = np.full(graph.n, -1, np.int32)
    reaches = np.zeros(graph.n, np.bool_)
    for row, before in rx.immediate_dominators(backward, graph.n).items():
        if row < graph.n:
            reaches[row], immediate[row] = True, before if before < graph.n else -1
    return Dominators(
        graph_version=graph.version, unknown_share=graph.unknown_share, ids=tuple(graph.ids.tolist()),
        immediate=immediate, reaches=reaches, behind=_sizes(immediate),
    )  # fmt: skip


def _sizes(parent: Ints) -> Ints:
    """How many rows stand below each row of a forest, itself not counted; -1 is no parent."""
    above = parent.tolist()
    waiting = np.bincount(parent[parent >= 0], minlength=len(parent)).tolist()
    below = [0] * len(above)
    leaves = [row for row, children in enumerate(waiting) if not children]
    while leaves:
        row = leaves.pop()
        up = above[row]
        if up >= 0:
            below[up] += below[row] + 1
            waiting[up] -= 1
            if not waiting[up]:
                leaves.append(up)
    return np.array(below, dtype=np.int32)


@dataclass(frozen=True, kw_only=True, eq=False)
class VertexCut(Measure):
    """The fewest firms without which nothing of a stage reaches the product.

    ``value``: how many; 1 is a 卡脖子 firm, 0 says that nothing reaches it anyway, None that the stage makes the product itself.
    ``firms``: one such set, the one nearest to the stage. Firms of the stage may be in it, makers of the product never are.
    """

    stage: str
    value: int | None
    firms: tuple[object, ...]


def vertex_cut(graph: ChainGraph, stage: str, ends: Sequence[object]) -> VertexCut:
    """Minimum vertex cut by maximum flow on the graph with every firm split into a way in and a way out of capacity 1.

    ``ends``: ids of the firms that make the product. Menger 1927; flow by scipy (Dinic). Raises KeyError for an unknown end
    and ValueError for an unknown stage.
    """
    first = np.flatnonzero(graph.stage == graph.stages.index(stage)).astype(np.int32)
    last = graph.rows(ends)
    version, unknown = graph.version, graph.unknown_share
    if np.isin(first, last).any():
        return VertexCut(graph_version=version, unknown_share=unknown, stage=stage, value=None, firms=())
    sold, bought = graph.pairs
    n, source, sink = graph.n, 2 * graph.n, 2 * graph.n + 1
    middle = np.setdiff1d(np.arange(n, dtype=np.int32), last)
    onward = ~np.isin(sold, last)
    tail = np.concatenate((middle, sold[onward] + n, np.full(len(first), source), last))
    head = np.concatenate((middle + n, bought[onward], first, np.full(len(last), sink)))
    room = np.full(len(tail), n + 1, np.int32)
    room[: len(middle)] = 1
    limits = csr_array((room, (tail, head)), shape=(2 * n + 2, 2 * n + 2))
    found = maximum_flow(limits, source, sink)
    left = limits - found.flow
    left.data = np.maximum(left.data, 0)
    left.eliminate_zeros()
    seen = np.zeros(2 * n + 2, np.bool_)
    seen[breadth_first_order(left, source, return_predecessors=False)] = True
    cut = np.flatnonzero(seen[:n] & ~seen[n : 2 * n] & ~np.isin(np.arange(n), last))
    return VertexCut(
        graph_version=version, unknown_share=unknown, stage=stage, value=int(found.flow_value), firms=graph.named(cut)
    )


def sold_to(graph: ChainGraph) -> csr_array:
    """One entry of 1 for each pair that trades, from supplier to buyer, of shape ``n`` by ``n``."""
    sold, bought = graph.pairs
    return csr_array((np.ones(len(sold), np.int8), bought, begins(sold, graph.n)), shape=(graph.n, graph.n))
