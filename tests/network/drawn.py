"""Networks for the tests of measures: the published oracles, and small random ones by Hypothesis."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import settings
from hypothesis import strategies as st

from chain.network.graph import ChainGraph, FirmRow, LinkRow, build

ORACLES = Path(__file__).parent / "oracles" / "resilience.json"

SOAK = bool(os.environ.get("SOAK"))
steady = settings(max_examples=1500 if SOAK else 30, deadline=None, derandomize=not SOAK, database=None)
"""The same cases in every run, more and others in a soak, and no timing: a test fails for its own reason only."""


@cache
def oracle(name: str) -> Any:
    cases = json.loads(ORACLES.read_text(encoding="utf-8"))["cases"]
    return next(case for case in cases if case["id"] == name)


def linked(*links: tuple[Any, ...], firms: Any = (), stage: Any = None) -> ChainGraph:
    """A graph of (supplier, buyer[, item[, amount]]); firms in the order of their names, each a stage of its own unless told."""
    names = sorted({*firms, *(end for link in links for end in link[:2])})
    of = stage or {}
    rows = [LinkRow(link[0], link[1], *link[2:]) for link in links]
    return build([FirmRow(name, of.get(name, f"stage {name}"), "JS") for name in names], rows)


def plain(graph: ChainGraph) -> "nx.DiGraph[Any]":
    """The same firms and pairs for networkx."""
    drawn: nx.DiGraph[Any] = nx.DiGraph()
    drawn.add_nodes_from(graph.ids.tolist())
    named = graph.ids.tolist()
    drawn.add_edges_from((named[a], named[b]) for a, b in zip(graph.supplier, graph.buyer, strict=True))
    return drawn


@st.composite
def graphs(draw: Any, most: int = 9, stages: int = 3) -> ChainGraph:
    """Up to ``most`` firms with circles, links twice and both ways, amounts of nought, unknown and of 10^15, firms alone."""
    n = draw(st.integers(1, most))
    ends = st.integers(0, n - 1)
    amount = st.sampled_from([None, 0.0, 1.0, 2.5, 1e15])
    links = draw(st.lists(st.tuples(ends, ends, st.sampled_from(["", "a", "b"]), amount), max_size=3 * n))
    firms = [
        FirmRow(f"f{k}", f"stage {draw(st.integers(0, stages - 1))}", draw(st.sampled_from(["JS", "ZJ"])))
        for k in range(n)
    ]
    return build(firms, [LinkRow(f"f{a}", f"f{b}", item, money) for a, b, item, money in links])
