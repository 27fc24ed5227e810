"""Who stops whom, computed: each figure beside a plain networkx loop or a bound of the machine, in one run.

usage: python -m bench.resilience [--large]
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
import numpy as np
from numba import njit

from bench.network import network
from chain.network.esri import EPS, Closing, esri, esri_top, shock, warm
from chain.network.graph import ChainGraph
from chain.network.layout import Shares, laid_out
from tests.network.plain_esri import PlainEsri

ROUNDS, MOMENT_SECONDS = 5, 0.25


def main(large: bool) -> int:
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; times are processor times unless said otherwise"
    )
    _, spent = timed(warm)
    print(f"kernels compiled or loaded in {spent:.1f} s")
    for firms, links, plainly in ((1_000, 6_390, 12), (10_000, 70_000, 3)):
        beside_networkx(network(firms, links), plainly)
    all_exact(network(5_000, 35_000))
    beside_the_bound(network(60_000, 400_200))
    what_if(network(150_000, 1_000_000))
    if large:
        top_of_all(network(60_000, 400_200))
    print(f"\nload {os.getloadavg()[0]:.1f} after")
    return 0


def beside_networkx(graph: ChainGraph, plainly: int) -> None:
    """The same firms closed by a plain loop and by us, in turn, ``plainly`` of them: half the largest, half any."""
    rng = np.random.default_rng(1)
    rows = np.unique(np.r_[np.argsort(-graph.size)[: plainly // 2], rng.choice(graph.n, plainly)]).astype(np.int32)
    many = rng.choice(graph.n, 300, replace=False).astype(np.int32)
    lists, plain = PlainEsri(_networkx(graph)), OverNetworkx(_networkx(graph))
    expected, slow = timed(lambda: [plain.closed(int(row), EPS)[0] for row in rows])
    _, leaner = timed(lambda: [lists.closed(int(row), EPS) for row in rows])
    found, fast = usual(lambda: closing(graph, 0.0, rows))
    _, faster = usual(lambda: closing(graph, 1e-4, rows))
    apart = float(np.abs(found[:, 0] / graph.size.sum() - expected).max())
    slow, leaner, fast, faster = (spent / len(rows) * 1e3 for spent in (slow, leaner, fast, faster))
    exact, rough = esri(graph, many), esri(graph, many, theta=1e-4)
    error = float(np.abs(exact.score - rough.score).max())
    print(
        f"\n{graph.n} firms, {graph.m} links; {len(rows)} firms closed by both, largest difference {apart:.0e}\n"
        f"  plain networkx {slow:.0f} ms a firm; its links copied into lists first {leaner:.0f} ms\n"
        f"  exact {fast:.3f} ms: {slow / fast:.0f} times (to reach: 400), {leaner / fast:.0f} times the lists\n"
        f"  theta 1e-4 {faster:.3f} ms: {slow / faster:.0f} times (to reach: 1500), {leaner / faster:.0f} times the lists; "
        f"largest error {error:.1e} of {len(many)} others (to reach: 2e-4)",
        flush=True,
    )  # fmt: skip


def all_exact(graph: ChainGraph) -> None:
    laid_out(graph)
    _, spent = timed(lambda: esri(graph))
    print(
        f"\n{graph.n} firms, {graph.m} links, every one closed, exact: {spent:.1f} s on one core (to reach: 5 s)",
        flush=True,
    )


def beside_the_bound(graph: ChainGraph) -> None:
    """A cascade reads each link at least once a sweep in each direction: what the memory alone would take for that."""
    layout = laid_out(graph)
    rows = np.random.default_rng(2).choice(graph.n, 60, replace=False).astype(np.int32)
    _read(layout.shares, np.ones(graph.n))
    rounds = []
    for _ in range(ROUNDS):
        _, gather = timed(lambda: _read(layout.shares, np.ones(graph.n)))
        found, spent = timed(lambda: esri(graph, rows))
        rounds.append((gather / graph.m, spent / len(rows), spent / (gather * found.sweeps.sum())))
    gather, spent, ratio = (median(column) for column in zip(*rounds, strict=True))
    bound = gather * graph.m * float(found.sweeps.mean())
    print(
        f"\n{graph.n} firms, {graph.m} links, exact, {len(rows)} any firms: {spent * 1e3:.1f} ms a firm, reach {found.reach.mean():.0f}\n"
        f"  bound: {gather * 1e9:.2f} ns to gather a link, {found.sweeps.mean():.1f} sweeps over all links once = "
        f"{bound * 1e3:.1f} ms; {ratio:.2f} times the bound (to reach: 2)",
        flush=True,
    )  # fmt: skip


def what_if(graph: ChainGraph) -> None:
    shock(graph, np.ones(graph.n))  # laid out, its version known: once for each graph
    largest = np.argsort(-graph.size)[:10]
    spent = []
    for row in [*largest, *np.random.default_rng(3).choice(graph.n, 10)]:
        psi = np.ones(graph.n)
        psi[row] = 0.0
        spent.append(timed(lambda psi=psi: shock(graph, psi))[1] * 1e3)
    print(
        f"\n{graph.n} firms, {graph.m} links, one what-if: {median(spent):.0f} ms, {max(spent):.0f} at most (to reach: 150)",
        flush=True,
    )


def top_of_all(graph: ChainGraph) -> None:
    """Wall clock: two processes started, every firm coarsely, the highest 500 exactly."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    peaks = [0]
    found = esri_top(graph, 500, workers=2, told=lambda *_: peaks.append(max(peaks[-1], of_children())))
    spent, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"\n{graph.n} firms, {graph.m} links, all coarsely and the top 500 exactly on two workers: {spent:.0f} s by the clock, "
        f"{worked:.0f} s of processor together (to reach: 60 s; stretch 30), "
        f"{peaks[-1]} MB each at most (to reach: 300), {int(found.exact[found.ranked[:50]].sum())} of the top 50 exact",
        flush=True,
    )  # fmt: skip


def closing(graph: ChainGraph, theta: float, rows: np.ndarray) -> np.ndarray:
    layout = laid_out(graph)
    key = (id(graph), theta)
    if key not in _closings:
        _closings[key] = Closing(layout.shares, graph.size[layout.row], EPS, theta)
    return _closings[key].closed(layout.place[rows])[0]


_closings: dict[tuple[int, float], Closing] = {}


@njit
def _read(shares: Shares, health: np.ndarray) -> float:
    """Every link once in the order of its supplier, as the cheapest thing a sweep could do with it."""
    total = 0.0
    for e in range(len(shares.seller)):
        total += health[shares.seller[e]] * shares.part[e]
    return total


def _networkx(graph: ChainGraph) -> nx.DiGraph:
    """As ``to_networkx`` shapes it, at any size; no two firms here have two links."""
    shaped = nx.MultiDiGraph()
    for row in range(graph.n):
        shaped.add_node(row, stage=int(graph.stage[row]), size=float(graph.size[row]))
    for link in range(graph.m):
        ends = int(graph.supplier[link]), int(graph.buyer[link])
        shaped.add_edge(*ends, weight=float(graph.weight[link]), kind=int(graph.kind[link]))
    return shaped


class OverNetworkx(PlainEsri):
    """The same formulas with every link looked up where networkx keeps it, as anyone would write them first."""

    def __init__(self, chain: nx.MultiDiGraph) -> None:
        super().__init__(chain)
        self.links = nx.DiGraph()
        for i in chain:
            self.links.add_edges_from((j, i, {"which": which, "share": share}) for j, which, share in self.inputs[i])
        for i in chain:
            self.links.add_edges_from((i, k, {"part": part}) for k, part in self.orders[i])

    def after_inputs(self, i, psi, down, sigma):
        lost = {}
        for j, link in self.links.pred[i].items() if i in self.links else ():
            lost[link["which"]] = lost.get(link["which"], 0.0) + link["share"] * sigma[j] * (1 - down[j])
        return max(0.0, min(psi, 1 - max(lost.values(), default=0.0)))

    def after_orders(self, i, psi, up):
        if not self.orders[i]:
            return psi
        return min(psi, sum(link["part"] * up[k] for k, link in self.links.succ[i].items()))


def timed(what: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.process_time()
    result = what()
    return result, time.process_time() - begun


def usual(what: Callable[[], Any]) -> tuple[Any, float]:
    """The median of several, and of many for what is over in a moment: as it is when firm after firm is closed."""
    what()
    runs = [timed(what)]
    while len(runs) < ROUNDS or sum(spent for _, spent in runs) < MOMENT_SECONDS:
        runs.append(timed(what))
    return runs[0][0], median(spent for _, spent in runs)


def of_children() -> int:
    """MB that the largest of our processes held at most: a child's ``ru_maxrss`` counts what its parent held when it was born."""
    most = 0
    for child in active_children_of(os.getpid()):
        with suppress(FileNotFoundError, ProcessLookupError):
            said = Path(f"/proc/{child}/status").read_text()
            most = max(most, *(int(line.split()[1]) // 1024 for line in said.splitlines() if line.startswith("VmHWM")))
    return most


def active_children_of(process: int) -> list[str]:
    """Linux only, as all of this bench."""
    return [
        child
        for thread in Path(f"/proc/{process}/task").iterdir()
        for child in (thread / "children").read_text().split()
    ]


if __name__ == "__main__":
    sys.exit(main("--large" in sys.argv[1:]))
