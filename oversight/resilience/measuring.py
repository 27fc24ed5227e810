"""What the network of one viewer says: who matters how much, who stops its line, and on how few a stage rests. Pure.

Formulas and their sources stand in ``chain.network``.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isfinite
from threading import Lock

import numpy as np

from chain.network.attack import attack_curve
from chain.network.concentration import StageConcentration, concentration
from chain.network.cover import days_of_cover
from chain.network.graph import ChainGraph, Floats
from chain.network.measure import COARSE, EPS, SOURCES, CoverSource
from chain.network.needs import Bill
from chain.network.position import position
from chain.network.products import ProductStops, own_stops
from chain.network.reasons import Reasons, reasons
from oversight.resilience.bottlenecks import Bottlenecks, bottlenecks
from oversight.resilience.scoring import Scores, figures_of, scores_of

EXACT_UP_TO = 1_500
"""Firms up to which every cascade is followed to its end; beyond, losses below COARSE are not handed on."""
MOST_PAIRS = 1_000
KEPT = 64


@dataclass(frozen=True)
class FirmRisk:
    """What the stop of one firm (``row``) means. ``rank``: by what it costs the firm that looks, then by score.

    ``score``: share, 0 to 1, of all output of the network that is lost; ``down``, ``up``: for want of inputs, of orders.
    ``own_loss``: share of the viewer's own output, for want of inputs; ``own_orders_loss``: of orders. ``reach``: firms that lose
    something. ``is_exact``: the cascade was followed to its end. ``tier``: links to the viewer, 1 a direct supplier, None where nothing of it reaches the viewer. ``days``: until the
    viewer stops, at least, None where it never does; ``days_source``: the worst evidence on that way. ``is_single_point``: alone
    it stops the viewer or a product of it. ``is_articulation``: without it the network falls apart.
    ``nexus``: position rank minus spend rank, -1 to 1: high matters more by where it stands than by what is spent with it.
    ``stops_all``: alone it stops all the viewer makes; ``stops``: the products, by label, that it alone stops.
    """

    row: int
    rank: int
    score: float
    down: float
    up: float
    own_loss: float
    own_orders_loss: float
    reach: int
    is_exact: bool
    tier: int | None
    days: float | None
    days_source: CoverSource
    is_single_point: bool
    is_articulation: bool
    nexus: float
    stops_all: bool
    stops: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """``firms`` by rank, the viewer not among them. ``stages``: those from which something reaches the viewer. ``fatal_pairs``:
    rows of two firms that stop the viewer together, not alone; ``pairs_complete``: False where there are more. ``robustness``: R, 1/n to 0.5. ``theta``: 0 where scores are exact.
    ``narrow``: where the ways to the viewer narrow. ``products``: of the viewer's bills; ``unknown_needs``: share of what these take whose
    source is not known.
    """

    graph_version: str
    eps: float
    theta: float
    unknown_share: Mapping[str, float]
    firms: tuple[FirmRisk, ...]
    fatal_pairs: tuple[tuple[int, int], ...]
    pairs_complete: bool
    stages: tuple[StageConcentration, ...]
    robustness: float
    narrow: Bottlenecks
    products: tuple[ProductStops, ...]
    unknown_needs: float


_kept: "OrderedDict[tuple[str, int | None, bytes, frozenset[str]], Measured]" = OrderedDict()
_lock = Lock()


def measured(
    graph: ChainGraph,
    own: int | None,
    lead_days: Floats,
    raw_stages: Collection[str] = (),
    scores: Scores | None = None,
    bill: Bill | None = None,
) -> Measured:
    """The measures of a graph, its latest results kept: equal arrays have equal results.

    own: row of the firm that looks, None where it has no link; lead_days: of shape m, nan where unknown.
    raw_stages: those that buy nothing by nature. scores: measured before, by a run. bill: what the viewer's own products take.
    """
    told = lead_days.tobytes() + (b"" if scores is None else scores.score.tobytes() + scores.exact.tobytes())
    bill = bill or {}
    told += repr(sorted((product, sorted(parts)) for product, parts in bill.items())).encode()
    key = (graph.version, own, told, frozenset(raw_stages))
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    found = _measure(graph, own, lead_days, raw_stages, scores or _scored(graph, own), bill)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def usual_theta(graph: ChainGraph) -> float:
    """Below it losses are not handed on while somebody waits; 0 where all cascades are followed to their end."""
    return 0.0 if graph.n <= EXACT_UP_TO else COARSE


def _scored(graph: ChainGraph, own: int | None) -> Scores:
    theta = usual_theta(graph)
    figures = figures_of(graph, own, np.arange(graph.n, dtype=np.int32), theta)
    return scores_of(figures, np.full(graph.n, theta == 0.0))


def _measure(
    graph: ChainGraph, own: int | None, lead_days: Floats, raw_stages: Collection[str], scores: Scores, bill: Bill
) -> Measured:
    ends = [] if own is None else [graph.ids[own]]
    cover = days_of_cover(graph, ends, lead_days)
    nexus = position(graph).nexus
    narrow = bottlenecks(graph, own, raw_stages)
    away = narrow.away
    stops = own_stops(graph, own, bill, most=MOST_PAIRS)
    order = np.lexsort((np.arange(graph.n), -scores.score, -scores.own_down)).tolist()
    firms = [
        FirmRisk(
            row=row, rank=rank, score=float(scores.score[row]), down=float(scores.down[row]), up=float(scores.up[row]),
            own_loss=float(scores.own_down[row]), own_orders_loss=float(scores.own_up[row]),
            reach=int(scores.reach[row]), is_exact=bool(scores.exact[row]), tier=int(away[row]) if away[row] > 0 else None,
            days=float(cover.days[row]) if isfinite(cover.days[row]) else None,
            days_source=SOURCES[cover.source[row]], is_single_point=row in stops.single, is_articulation=row in narrow.articulation,
            nexus=float(nexus[row]), stops_all=row in stops.single_all,
            stops=tuple(one.product for one in stops.products if row in one.single),
        )
        for rank, row in enumerate((row for row in order if row != own), start=1)
    ]  # fmt: skip
    return Measured(
        graph_version=graph.version,
        eps=EPS,
        theta=scores.theta,
        unknown_share=graph.unknown_share,
        firms=tuple(firms),
        fatal_pairs=stops.pairs,
        pairs_complete=stops.complete,
        stages=tuple(one for one in concentration(graph, qualified=away > 0).stages if one.firms),
        robustness=attack_curve(graph).robustness,
        narrow=narrow,
        products=stops.products,
        unknown_needs=stops.unknown,
    )


def why(graph: ChainGraph, row: int, own: int | None) -> Reasons:
    """The heaviest ways from one firm to the viewer's line, or to whom it leads where the viewer has no link."""
    return reasons(graph, row, products=None if own is None else np.array([own], dtype=np.int32))
