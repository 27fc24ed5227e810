"""Layers of a directed graph and an order inside each that keeps crossings few: deterministic, no floats compared for order."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import networkx as nx

SWEEPS = 8


class Bend(NamedTuple):
    """Where a long edge passes a layer it does not end in."""

    edge: int
    layer: int


Spot = Hashable


def layers_of(nodes: Sequence[tuple[str, int | None]], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The column of each node, 0 the furthest upstream.

    nodes: (id, stage position or None); edges: (supplier, buyer). Stated positions stand, closed up to 0, 1, 2...;
    where none is stated a node goes right of all its suppliers, a circle of suppliers sharing one column.
    """
    stated = sorted({position for _, position in nodes if position is not None})
    rank = {position: layer for layer, position in enumerate(stated)}
    known = {node: rank[position] for node, position in nodes if position is not None}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node for node, _ in nodes)
    graph.add_edges_from((a, b) for a, b in edges if a != b)
    folded = nx.condensation(graph)
    members: dict[int, list[str]] = {n: sorted(folded.nodes[n]["members"]) for n in folded}
    found = dict(known)
    order = list(nx.lexicographical_topological_sort(folded, key=lambda n: members[n][0]))
    for group in order:
        before = [found[m] for p in folded.predecessors(group) for m in members[p] if m in found]
        for member in members[group]:
            found.setdefault(member, max(before, default=-1) + 1)
    # A node that nobody supplies and nobody placed belongs just before its nearest buyer, not far out on the left.
    for group in reversed(order):
        for member in members[group]:
            after = [found[b] for b in graph.successors(member) if b not in members[group]]
            if member not in known and after and not list(graph.predecessors(member)):
                found[member] = max(0, min(after) - 1)
    used = {layer: i for i, layer in enumerate(sorted(set(found.values())))}
    return {node: used[layer] for node, layer in found.items()}


def ordered(layer_of: Mapping[str, int], edges: Sequence[tuple[str, str]]) -> tuple[list[list[Spot]], list[list[Spot]]]:
    """(layers, chains): the spots of each layer from top to bottom, and for each edge the spots it runs through.

    Barycentre sweeps down and up; the arrangement with the fewest crossings seen is kept, the earlier one on a tie.
    """
    layers: list[list[Spot]] = [[] for _ in range(max(layer_of.values(), default=-1) + 1)]
    for node in sorted(layer_of):
        layers[layer_of[node]].append(node)
    chains: list[list[Spot]] = []
    for number, (a, b) in enumerate(edges):
        step = 1 if layer_of[b] >= layer_of[a] else -1
        bends = [Bend(number, layer) for layer in range(layer_of[a] + step, layer_of[b], step)]
        for bend in bends:
            layers[bend.layer].append(bend)
        chains.append([a, *bends, b])
    hops = [hop for chain in chains for hop in pairwise(chain)]
    best, fewest = [list(layer) for layer in layers], crossings(layers, hops)
    for sweep in range(SWEEPS):
        indices = range(1, len(layers)) if sweep % 2 == 0 else range(len(layers) - 2, -1, -1)
        for i in indices:
            _settle(layers, i, i - 1 if sweep % 2 == 0 else i + 1, hops)
        if (count := crossings(layers, hops)) < fewest:
            best, fewest = [list(layer) for layer in layers], count
    return best, chains


def _settle(layers: list[list[Spot]], moving: int, fixed: int, hops: Sequence[tuple[Spot, Spot]]) -> None:
    """Sort one layer by the mean place of its neighbours in another; spots without any keep their place."""
    place = {spot: i for i, spot in enumerate(layers[fixed])}
    neighbours: dict[Spot, list[int]] = {spot: [] for spot in layers[moving]}
    for a, b in hops:
        for here, there in ((a, b), (b, a)):
            if here in neighbours and there in place:
                neighbours[here].append(place[there])
    stretch = max(len(layers[fixed]), 1) / max(len(layers[moving]), 1)
    means = {spot: (sum(at) / len(at) if at else i * stretch) for i, (spot, at) in enumerate(neighbours.items())}
    layers[moving].sort(key=lambda spot: means[spot])


def crossings(layers: Sequence[Sequence[Spot]], hops: Sequence[tuple[Spot, Spot]]) -> int:
    """How many pairs of hops between the same two layers cross."""
    place = {spot: (i, j) for i, layer in enumerate(layers) for j, spot in enumerate(layer)}
    between: dict[int, list[tuple[int, int]]] = {}
    for a, b in hops:
        (la, ia), (lb, ib) = sorted((place[a], place[b]))
        if lb == la + 1:
            between.setdefault(la, []).append((ia, ib))
    count = 0
    for ends in between.values():
        ends.sort()
        for n, (_, low) in enumerate(ends):
            count += sum(1 for a, b in ends[n + 1 :] if b < low and a > ends[n][0])
    return count
