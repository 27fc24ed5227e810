"""All measures of a network of plain files as one table of words and numbers, ready to be written as JSON."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Any

import numpy as np

from chain.network.andor import fatal_sets
from chain.network.attack import attack_curve
from chain.network.concentration import concentration
from chain.network.cover import days_of_cover
from chain.network.esri import EsriResult, esri, esri_top, shock
from chain.network.files import NetworkFiles
from chain.network.graph import ESSENTIAL, ChainGraph
from chain.network.measure import COARSE, EPS, MEASURES, SOURCES, CoverSource
from chain.network.needs import needs_of
from chain.network.stocks import Stock, stock_network
from chain.network.structure import weak_points
from chain.network.survival import survival

TOP = 500
ALL_EXACT_UP_TO = 5_000

Progress = Callable[[str, int, int], None]
"""Told what is under way, how much of it is done, and of how much."""


@dataclass(frozen=True)
class Asked:
    """``measures`` of MEASURES. ``eps``: largest fall in a sweep at which a cascade has ended. ``theta``: losses below it
    are not handed on, in what is not exact. ``top``: of how many firms the score is exact; None: of all in a network of
    up to 5,000 firms or with a theta of 0, else of the first 500.
    """

    measures: Collection[str] = MEASURES
    eps: float = EPS
    theta: float | None = None
    top: int | None = None
    workers: int = 1


def report(files: NetworkFiles, asked: Asked, progress: Progress = lambda what, done, of: None) -> dict[str, Any]:
    """The measures asked for, each under its name, beside version, size and what is not known; firms by their ids.

    A number that does not exist (an infinite time to survive, the concentration of a stage without amounts) is None. So is a
    measure that refuses this network; ``not_measured`` then says why.
    """
    graph = files.graph
    theta, top = _exactness(graph, asked)
    found: dict[str, Any] = {
        "graph_version": graph.version, "n_firms": graph.n, "n_links": graph.m, "eps": asked.eps, "theta": theta,
        "unknown_share": graph.unknown_share, "left_out": files.left_out,
    }  # fmt: skip
    if files.psi is not None:
        progress("shock", 0, 1)
        found["shock"] = _shock(graph, files, asked)
    weak = cache(lambda: weak_points(graph))
    ways: dict[str, Callable[[], object]] = {
        "esri": lambda: _esri(graph, asked, theta, top, progress),
        "single_points": lambda: _single_points(files, found),
        "articulation": lambda: list(weak().articulation),
        "bridges": lambda: [list(pair) for pair in weak().bridges],
        "hhi": lambda: _hhi(files),
        "robustness": lambda: attack_curve(graph).robustness,
        "tts": lambda: _tts(files),
    }
    for number, name in enumerate(MEASURES):
        if name in asked.measures:
            progress(name, number, len(MEASURES))
            try:
                found[name] = ways[name]()
            except ValueError as refused:  # a measure may refuse a network too entangled for it; the others still stand
                found[name] = None
                found.setdefault("not_measured", {})[name] = str(refused)
    return found


def _exactness(graph: ChainGraph, asked: Asked) -> tuple[float, int]:
    """Theta of the scores that are not exact, 0 where all are, and how many are exact."""
    theta = COARSE if asked.theta is None else asked.theta
    if asked.top is not None:
        top = min(asked.top, graph.n)
    elif asked.theta is None:
        top = graph.n if graph.n <= ALL_EXACT_UP_TO else TOP
    else:
        top = 0
    return (0.0, graph.n) if theta == 0 or top == graph.n else (theta, top)


def _scores(graph: ChainGraph, asked: Asked, theta: float, top: int, progress: Progress) -> EsriResult:
    def told(done: int, of: int) -> None:
        progress("esri", done, of)

    if top in (0, graph.n):
        return esri(graph, eps=asked.eps, theta=theta, workers=asked.workers, told=told)
    return esri_top(graph, top, eps=asked.eps, theta=theta, workers=asked.workers, told=told)


def _esri(graph: ChainGraph, asked: Asked, theta: float, top: int, progress: Progress) -> list[dict[str, Any]]:
    """Every firm, highest score first."""
    scores = _scores(graph, asked, theta, top, progress)
    named = graph.ids.tolist()
    found = [
        {
            "firm": named[row], "score": float(scores.score[at]), "down": float(scores.down[at]),
            "up": float(scores.up[at]), "sweeps": int(scores.sweeps[at]), "reach": int(scores.reach[at]),
            "exact": bool(scores.exact[at]),
        }
        for at, row in enumerate(scores.firms.tolist())
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one["score"], one["firm"]))


def _shock(graph: ChainGraph, files: NetworkFiles, asked: Asked) -> dict[str, Any]:
    """What the capacities of ``--psi`` cost: the share of all output, and each firm's, most first."""
    assert files.psi is not None
    felt = shock(graph, files.psi, eps=asked.eps)
    loss = np.asarray(felt.loss)
    order = np.lexsort((np.arange(graph.n), -loss * graph.size))
    named = graph.ids.tolist()
    return {
        "total": float(felt.total),
        "firms": [
            {"firm": named[row], "loss": float(loss[row]), "down": float(felt.down[row]), "up": float(felt.up[row])}
            for row in order.tolist()
            if loss[row] > 0
        ],
    }


def _single_points(files: NetworkFiles, found: dict[str, Any]) -> list[list[object]]:
    fatal = fatal_sets(needs_of(files.graph, files.bill), product_makers(files))
    if not fatal.complete:
        found.setdefault("not_measured", {})["fatal_pairs"] = "not all pairs are told: too many stop one another"
    return [sorted(together, key=str) for together in fatal.sets]


def _hhi(files: NetworkFiles) -> dict[str, dict[str, Any]]:
    return {
        one.stage: {
            "firm": _known(one.firm), "region": _known(one.region), "effective": _known(one.effective),
            "single_source": one.single_source, "single_region": one.single_region,
        }
        for one in concentration(files.graph).stages
    }  # fmt: skip


def _tts(files: NetworkFiles) -> list[dict[str, Any]]:
    """By stocks of what firms make, where the file of cover tells such, else by the stocks their buyers hold.

    Firms whose outage no product feels have None for days.
    """
    graph = files.graph
    if own := _own_stocks(files):
        lasting = survival(stock_network(graph, own, files.bill))
        return [{"firm": one.firm, "days": _known(one.days), "method": one.method} for one in lasting.firms]
    if not files.stocks:
        return []
    by_cover = days_of_cover(graph, product_makers(files))
    dark = (by_cover.source == SOURCES.index(CoverSource.UNKNOWN)).tolist()
    return [
        {"firm": firm, "days": _known(days), "method": f"cover, {'assumed none' if assumed else 'known'}"}
        for firm, days, assumed in zip(graph.ids.tolist(), by_cover.days.tolist(), dark, strict=True)
    ]


def _own_stocks(files: NetworkFiles) -> list[Stock]:
    """The stocks of what the firm makes: of an item it sells, or that it does not buy."""
    graph = files.graph
    place = {item: number for number, item in enumerate(graph.items)}
    bought = set(zip(graph.buyer.tolist(), graph.item.tolist(), strict=True))
    sold = set(zip(graph.supplier.tolist(), graph.item.tolist(), strict=True))
    return [
        Stock(row.firm, row.item, row.stock, row.rate_per_day, row.capacity_per_day, row.recover_days)
        for row in files.stocks
        if (key := (graph.row[row.firm], place.get(row.item, -1))) in sold or key not in bought
    ]


def product_makers(files: NetworkFiles) -> list[object]:
    """The firms that make the product of the chain: those that buy something essential and sell nothing to any other firm."""
    graph = files.graph
    sells = np.bincount(graph.supplier, minlength=graph.n) > 0
    buys = np.bincount(graph.buyer[graph.kind == ESSENTIAL], minlength=graph.n) > 0
    return list(graph.ids[buys & ~sells].tolist())


def _known(number: float) -> float | None:
    return float(number) if isfinite(number) else None
