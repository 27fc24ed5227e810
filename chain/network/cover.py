"""How long the product lives once a firm stops, by days of cover summed on the way to it: closed forms and lower bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from chain.network.graph import ESSENTIAL, ChainGraph, Floats, Ints
from chain.network.measure import SOURCES, CoverSource, Measure
from chain.network.stocks import StockNetwork, listed


class Stops(StrEnum):
    """What a disrupted firm can no longer do. It can do the rest: one that makes nothing still ships its stock."""

    MAKING = "making"
    SHIPPING = "shipping"
    RECEIVING = "receiving"


@dataclass(frozen=True, kw_only=True, eq=False)
class DaysOfCover(Measure):
    """``days[n]`` until a maker of the product stops once this firm stops, a lower bound; ``inf`` where it never does.

    ``source[n]``: place in SOURCES of the worst known link of the way. ``onward[n]``: row of the next firm of the way, or -1.
    """

    days: Floats
    source: NDArray[np.int8]
    onward: Ints


def days_of_cover(graph: ChainGraph, ends: Sequence[object], lead_days: Floats | None = None) -> DaysOfCover:
    """Days of cover at the buyers, summed on the shortest way to any of the firms ``ends`` (Simchi-Levi et al. 2015, in
    closed form): exact where every item has one source, a lower bound with second sources. Only essential links stop a buyer.

    A link's cover is the evidence of ``graph.cover``, else ``lead_days[m]``, declared, else 0 and unknown. Raises KeyError for an
    unknown end.
    """
    last = graph.rows(ends)
    source = np.full(graph.m, SOURCES.index(CoverSource.EVIDENCE), np.int8)
    cover = graph.cover.copy()
    for fallback, name in ((lead_days, CoverSource.DECLARED), (np.zeros(graph.m), CoverSource.UNKNOWN)):
        if fallback is not None:
            dark = np.isnan(cover)
            cover[dark], source[dark] = fallback[dark], SOURCES.index(name)
    kept = np.flatnonzero((graph.kind == ESSENTIAL) & (graph.supplier != graph.buyer))
    pair = graph.buyer[kept].astype(np.int64) * graph.n + graph.supplier[kept]
    order = kept[np.lexsort((source[kept], cover[kept], pair))]
    key = graph.buyer[order].astype(np.int64) * graph.n + graph.supplier[order]
    kept_first = np.flatnonzero(np.diff(key, prepend=-1))
    first = order[kept_first]
    days, onward = np.full(graph.n, np.inf), np.full(graph.n, -1, np.int32)
    worst = np.full(graph.n, SOURCES.index(CoverSource.EVIDENCE), np.int8)
    if len(last):
        ways = csr_array((cover[first], (graph.buyer[first], graph.supplier[first])), shape=(graph.n, graph.n))
        days, before, _ = dijkstra(ways, indices=last, min_only=True, return_predecessors=True)
        onward = np.where(before >= 0, before, -1).astype(np.int32)
        behind = np.flatnonzero(onward >= 0)
        link = first[np.searchsorted(key[kept_first], onward[behind].astype(np.int64) * graph.n + behind)]
        own, next_firm = np.zeros(graph.n, np.int8), onward.tolist()
        own[behind] = source[link]
        told, words = own.tolist(), worst.tolist()
        for row in _nearest_first(onward, days):
            words[row] = max(words[next_firm[row]], told[row])
        worst = np.array(words, dtype=np.int8)
    return DaysOfCover(
        graph_version=graph.version,
        unknown_share={**graph.unknown_share, "cover": float((source == SOURCES.index(CoverSource.UNKNOWN)).mean()) if graph.m else 0.0},
        days=days, source=worst, onward=onward,
    )  # fmt: skip


def _nearest_first(onward: Ints, days: Floats) -> list[int]:
    """Rows with a way, each after the next firm of it: by steps along the ways, since firms may stand at equal days."""
    rows = np.flatnonzero(onward >= 0).astype(np.int32)
    behind = listed(onward[rows], rows, len(onward))
    ordered = [row for end in np.flatnonzero((onward < 0) & np.isfinite(days)).tolist() for row in behind[end]]
    for row in ordered:
        ordered += behind[row]
    return ordered


@dataclass(frozen=True, eq=False)
class Bounds:
    """Of each node, in shape ``k``: ``days`` the product lives at least, ``source`` of the stocks on that way, whether that is
    ``exact`` (one outlet and one source all the way), and whether a ``second`` source stands anywhere on its ways."""

    days: Floats
    source: NDArray[np.int8]
    exact: NDArray[np.bool_]
    second: NDArray[np.bool_]


def bounds(network: StockNetwork, stops: Stops = Stops.MAKING) -> Bounds:
    """stock / rate summed along the quickest way to a product. It holds while the network can meet demand out of making alone.

    Why it is a lower bound: let each stock go out at the rate of all its needs together; then no need of a customer is short
    before one of its sources is empty, and what other sources give only puts that off.
    """
    k, out = network.k, network.arcs_out
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(network.rate > 0, network.stock / network.rate, np.inf)
    lives = np.full(k, np.inf)
    source = network.source.copy()
    ready = [(own[node], node, -1) for node in range(k) if network.demand[node] > 0]
    ready.sort()
    done = np.zeros(k, np.bool_)
    after = np.zeros(k)
    while ready:
        days, node, before = heappop(ready)
        if done[node]:
            continue
        done[node], lives[node] = True, days
        after[node] = days - own[node] if np.isfinite(own[node]) else np.inf
        if before >= 0:
            source[node] = max(source[node], source[before])
        for arc in network.arcs_in[node]:
            seller = int(network.arc_from[arc])
            if not done[seller] and np.isfinite(own[seller]):
                heappush(ready, (days + own[seller], seller, node))
    if stops is Stops.SHIPPING:
        lives = np.where(done, after, np.inf)
    if stops is Stops.RECEIVING:
        lives = np.where(np.bincount(network.owner, minlength=k) > 0, lives, np.inf)
    return Bounds(lives, source, _exact(network, out), _second(network))


def _exact(network: StockNetwork, out: list[list[int]]) -> NDArray[np.bool_]:
    """One outlet and one source from each node on to a product. From the products back; circles are never reached."""
    exact = np.array([d > 0 and not arcs for d, arcs in zip(network.demand, out, strict=True)], dtype=np.bool_)
    settled = np.flatnonzero(exact).tolist()
    for node in settled:
        for need in network.needs[node]:
            if len(network.makers[need]) == 1:
                (maker,) = network.makers[need]
                if len(out[maker]) == 1 and not network.demand[maker]:
                    exact[maker] = True
                    settled.append(maker)
    exact |= network.rate == 0
    return exact


def _second(network: StockNetwork) -> NDArray[np.bool_]:
    many = np.bincount(network.arc_need, minlength=len(network.owner)) > 1
    second = np.zeros(network.k, np.bool_)
    second[network.arc_from[many[network.arc_need]]] = True
    settled = np.flatnonzero(second).tolist()
    for node in settled:
        for arc in network.arcs_in[node]:
            seller = int(network.arc_from[arc])
            if not second[seller]:
                second[seller] = True
                settled.append(seller)
    return second
