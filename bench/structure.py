"""All measures of structure on 60,000 firms and 400,000 links, beside plain networkx. usage: python -m bench.structure [firms] [--alone]"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx
import numpy as np

from bench.network import network
from chain.network.andor import fatal_sets, stopped_when
from chain.network.attack import attack_curve
from chain.network.concentration import concentration
from chain.network.cover import days_of_cover
from chain.network.graph import ESSENTIAL, ChainGraph
from chain.network.needs import needs_of
from chain.network.position import SAMPLED_SOURCES, position
from chain.network.structure import circles, dominators, vertex_cut, weak_points
from chain.network.tiers import tiers

FIRMS, LINKS_A_FIRM, BOUND_SECONDS = 60_000, 20 / 3, 3.0
STEPS_OF_NETWORKX = 10
"""At so many points networkx looks at the attack curve; ours has them all."""


def drawn(
    firms: int, links_a_firm: float = LINKS_A_FIRM, seed: int = 42, *, items: int = 20, layered: bool = False
) -> ChainGraph:
    """The network of ``bench.network`` with items, regions and cover, every link essential.

    ``layered``: links run only from later firms to earlier ones, each item bought from a few, as a bill of materials has it.
    """
    graph, rng = network(firms, int(firms * links_a_firm), seed=seed), np.random.default_rng(seed + 1)
    supplier, buyer = graph.supplier, graph.buyer
    if layered:
        supplier, buyer = np.maximum(supplier, buyer), np.minimum(supplier, buyer)
    return replace(
        graph, supplier=supplier, buyer=buyer, kind=np.full(graph.m, ESSENTIAL, np.int8), cover=rng.exponential(10.0, graph.m),
        region=rng.integers(0, 13, firms).astype(np.int32), regions=tuple(f"region {k}" for k in range(13)),
        item=rng.integers(0, items, graph.m).astype(np.int32), items=tuple(f"item {k}" for k in range(items)),
    )  # fmt: skip


@dataclass(frozen=True)
class Timed:
    """One measure: our seconds, those of networkx where it has it, and whether both say the same."""

    name: str
    ours: float
    theirs: float | None = None
    same: bool | None = None


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    answer = run()
    return time.process_time() - begun, answer


def structure(firms: int = FIRMS, *, alone: bool = False) -> list[Timed]:
    """Each measure once on a graph fresh from its arrays; everything is compiled before. ``alone``: without networkx.

    Seconds of the processor, not of the clock, for all of it runs on one core and benches are run on busy machines.
    """
    _all_once(drawn(1_000))
    graph = drawn(firms)
    largest = circles(graph).circles[0]
    product = max(largest, key=lambda row: int(graph.neighbours[0][row + 1] - graph.neighbours[0][row]))
    stage = graph.stages[graph.stage[next(row for row in largest if graph.stage[row] != graph.stage[product])]]
    graph = drawn(firms)
    ours = {
        "pairs and neighbours": timed(lambda: (graph.pairs, graph.neighbours)),
        "articulation firms and bridges": timed(lambda: weak_points(graph)),
        "circles": timed(lambda: circles(graph)),
        "dominators of a product": timed(lambda: dominators(graph, [product])),
        "minimum vertex cut": timed(lambda: vertex_cut(graph, stage, [product])),
        "tiers": timed(lambda: tiers(graph, [product])),
        "attack curve, all points": timed(lambda: attack_curve(graph)),
        f"position, {SAMPLED_SOURCES} sources": timed(lambda: position(graph)),
        "concentration": timed(lambda: concentration(graph)),
        "days of cover": timed(lambda: days_of_cover(graph, [product])),
    }
    theirs = {} if alone else _by_networkx(graph, product, stage, {name: answer for name, (_, answer) in ours.items()})
    return [Timed(name, seconds, *theirs.get(name, ())) for name, (seconds, _) in ours.items()]


def _all_once(graph: ChainGraph) -> None:
    weak_points(graph), circles(graph), dominators(graph, [0]), tiers(graph, [0]), attack_curve(graph)
    (
        vertex_cut(graph, graph.stages[-1], [0]),
        position(graph, sources=4),
        concentration(graph),
        days_of_cover(graph, [0]),
    )


def _by_networkx(graph: ChainGraph, product: int, stage: str, ours: dict[str, Any]) -> dict[str, tuple[float, bool]]:
    sold, bought = (rows.tolist() for rows in graph.pairs)
    shaped: nx.DiGraph[int] = nx.DiGraph()
    shaped.add_nodes_from(range(graph.n))
    shaped.add_edges_from(zip(sold, bought, strict=True))
    both, back = shaped.to_undirected(), shaped.reverse()
    weak, found = ours["articulation firms and bridges"], {}

    seconds, told = timed(lambda: (set(nx.articulation_points(both)), {frozenset(pair) for pair in nx.bridges(both)}))
    same = told == (set(weak.articulation), {frozenset(pair) for pair in weak.bridges})
    found["articulation firms and bridges"] = (seconds, same)
    seconds, groups = timed(lambda: list(nx.strongly_connected_components(shaped)))
    found["circles"] = (seconds, max(map(len, groups)) == len(ours["circles"].circles[0]))
    seconds, before = timed(lambda: nx.immediate_dominators(back, product))
    ends = [before.get(row) if row != product else None for row in range(graph.n)]
    same = ours["dominators of a product"].immediate.tolist() == [-1 if end is None else end for end in ends]
    found["dominators of a product"] = (seconds, same)
    shaped.add_edges_from((-1, int(row)) for row in np.flatnonzero(graph.stage == graph.stages.index(stage)))
    seconds, cut = timed(lambda: nx.minimum_node_cut(shaped, -1, product))
    found["minimum vertex cut"] = (seconds, len(cut) == ours["minimum vertex cut"].value)
    shaped.remove_node(-1)
    sources = np.random.default_rng(0).choice(graph.n, SAMPLED_SOURCES, replace=False).tolist()
    seconds, between = timed(lambda: nx.betweenness_centrality_subset(shaped, sources, list(shaped), normalized=False))
    placed = ours[f"position, {SAMPLED_SOURCES} sources"]
    same = np.allclose(placed.between * placed.sources / graph.n, [between[row] for row in range(graph.n)])
    found[f"position, {SAMPLED_SOURCES} sources"] = (seconds, same)
    curve = ours["attack curve, all points"]
    seconds, same = timed(lambda: _attacked(both, curve))
    found["attack curve, all points"] = (seconds, same)
    return found


def _attacked(left: "nx.Graph[int]", curve: Any) -> bool:
    n, order, same = len(left), curve.order.tolist(), True
    step = n // (2 * STEPS_OF_NETWORKX)
    for point in range(STEPS_OF_NETWORKX):
        left.remove_nodes_from(order[point * step : (point + 1) * step])
        largest = max(map(len, nx.connected_components(left))) / n
        same &= abs(largest - float(curve.largest[(point + 1) * step - 1])) < 1e-12
    return same


def needing() -> list[tuple[str, float, int]]:
    """Fatal sets and whom each firm stops, on bills of 2,000 and 5,000 firms: name, seconds, how many found."""
    told = []
    for firms, items in ((2_000, 3), (5_000, 3), (5_000, 100)):
        needs = needs_of(drawn(firms, layered=True, items=items))
        stopped_when(needs, [0])
        fatal_sets(needs_of(drawn(200, layered=True)), [0])
        for name, run in (
            ("fatal sets", lambda n=needs: fatal_sets(n, [0]).sets),
            ("stops", lambda n=needs: stopped_when(n).stops),
        ):
            seconds, answer = timed(run)
            told.append((f"{name}, {firms} firms, {items} items", seconds, len(answer)))
    return told


def main() -> int:
    firms = next((int(word) for word in sys.argv[1:] if word.isdigit()), FIRMS)
    rows = structure(firms, alone="--alone" in sys.argv)
    print(f"{'measure':<34}{'ours, s':>9}{'networkx, s':>13}{'ratio':>8}  same")
    for row in rows:
        beside = "" if row.theirs is None else f"{row.theirs:>13.2f}{row.theirs / row.ours:>7.0f}x  {row.same}"
        print(f"{row.name:<34}{row.ours:>9.3f}{beside}")
    total = sum(row.ours for row in rows)
    print(f"{'all':<34}{total:>9.3f}  bound {BOUND_SECONDS} s at {FIRMS} firms")
    for name, seconds, count in needing():
        print(f"{name:<34}{seconds:>9.3f}  {count} found")
    return 0 if total <= BOUND_SECONDS or firms != FIRMS else 1


if __name__ == "__main__":
    sys.exit(main())
