"""Why a firm is critical: the heaviest ways its stop takes to those who lose, read off the inputs that bound them in the cascade.

A loser is bound by the one input of which it lost most: an essential stage, or all linear inputs together. Every link of a
binding input from somebody who lost something is a step; a step carries on the share bought times the part the market
cannot replace. Each loser is reached by the way that carries most, which makes a tree with the firm as its root. Steps
through inputs that do not bind are left out: without them nobody would lose less.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from chain.network.esri import Closing, weighed
from chain.network.graph import ESSENTIAL, ChainGraph, Floats, Ints
from chain.network.layout import Layout, Shares, laid_out
from chain.network.measure import EPS, Measure

LEAST = 1e-6
"""A loss below this part of a firm is no reason anybody acts on."""
TIE, SECOND = 1e-9, 1e-6
PER_STEP = 1e-9
"""Added to the length of each step, so that of two ways that carry all the shorter one is taken."""


@dataclass(frozen=True)
class Step:
    """One link on a path, and the firm at its end.

    ``tier``: steps from the firm that stops. ``stage``: of the supplier. ``share``: what the buyer buys from it, of that stage
    or, when not ``essential``, of all. ``sigma``: part of the supplier's loss that the rest of its stage cannot replace.
    ``cover_days``: held by the buyer, the least of these links, None if unknown. ``loss``: of what the buyer makes.
    ``sweep``: of the cascade, in which it first lost anything.
    """

    supplier: int
    buyer: int
    tier: int
    stage: str
    share: float
    sigma: float
    essential: bool
    cover_days: float | None
    loss: float
    sweep: int


@dataclass(frozen=True)
class Path:
    """``lost``: share of all firms' weight lost by the firms on it for want of inputs, those on a heavier path not counted again.

    What its first link is worth if it goes on delivering: ``relief`` is how much lower the score then is, ``relief_down`` how
    much lower the score for want of inputs.
    """

    steps: tuple[Step, ...]
    lost: float
    relief: float
    relief_down: float

    @property
    def firms(self) -> tuple[int, ...]:
        return (self.steps[0].supplier, *(step.buyer for step in self.steps))

    @property
    def cover_days(self) -> float:
        """Days of cover on the way, where they are known."""
        return sum(step.cover_days or 0.0 for step in self.steps)


@dataclass(frozen=True)
class Reasons(Measure):
    """``score``, and of it ``down`` for want of inputs and ``up`` for want of orders: who matters by what it buys has no path.

    ``paths``: heaviest first, each of which alone makes the score lower when its first link holds. ``others``: ways to firms
    for which it does not: they lose as much for want of orders, or, where ``relief_down`` is 0 too, another way takes them along.
    """

    firm: int
    score: float
    down: float
    up: float
    paths: tuple[Path, ...]
    others: tuple[Path, ...]
    eps: float


def reasons(
    graph: ChainGraph, firm: int, *, capacity: float = 0.0, eps: float = EPS, weights: Floats | None = None, most: int = 3,
    products: Ints | None = None,
) -> Reasons:  # fmt: skip
    """The ``most`` heaviest paths from this firm (row), left that part of its capacity; with ``products`` to those firms only.

    The relief of a link is measured by a cascade of its own in which what goes along it never goes missing: the buyer's other
    shares stay as they are, it is not taken to buy elsewhere, and nobody's sales or weight change. With shares made up
    anew the others would weigh more and could be the ones that fail, so that less risk would not follow from one link less.
    Both cascades are compared after the same number of sweeps: stopped by ``eps`` each, the weaker one may run longer.
    """
    layout, weight = laid_out(graph), weighed(graph, weights, eps, 0.0)
    of_places, root = weight[layout.row], int(layout.place[firm])
    total = float(weight.sum()) or 1.0
    closing = Closing(layout.shares, of_places, eps, 0.0, recording=True)
    struck = layout.place[[firm]]
    figures, counts = closing.struck(struck, np.array([capacity]))
    sweeps = int(abs(counts[0]))
    down, up = closing.state.loss
    before, carries = _tree(layout, closing, root)
    # Who loses more for want of inputs than of orders comes first: the score falls with it.
    gain = of_places * (np.maximum(down - up, 0.0) + SECOND * down) / total
    ends = None if products is None else layout.place[products]
    found: list[Path] = []
    counted = {root}
    for places in _heaviest(before, gain, down, ends, most):
        entries = [int(carries[place]) for place in places[1:]]
        held = _without(layout, root, places[1])
        anew = Closing(held, of_places, eps, 0.0).struck(struck, np.array([capacity]), sweeps)[0]
        relief, relief_down = (max(float(figures[way] - anew[way]) / total, 0.0) for way in (0, 1))
        lost = sum(float(of_places[place] * down[place]) for place in places if place not in counted) / total
        counted.update(places)
        steps = tuple(_step(graph, layout, closing, entry, tier) for tier, entry in enumerate(entries, 1))
        found.append(Path(steps, lost, relief, relief_down))
    score, by_inputs, by_orders = (float(figure) / total for figure in figures)
    lowers = [path.relief > TIE * score for path in found]
    return Reasons(
        firm, score, by_inputs, by_orders, tuple(path for path, does in zip(found, lowers, strict=True) if does),
        tuple(path for path, does in zip(found, lowers, strict=True) if not does),
        eps, graph_version=graph.version, unknown_share=graph.unknown_share,
    )  # fmt: skip


def _tree(layout: Layout, closing: Closing, root: int) -> tuple[Ints, NDArray[np.int64]]:
    """For each place the one before it on its best way from the root, -1 without one, and the entry of that link."""
    shares, state = layout.shares, closing.state
    down, n = state.loss[0], len(shares.sales)
    entry = np.arange(len(shares.share))
    supplier, buyer = layout.supplier, shares.buyer
    binds = state.gathered[shares.slot] >= down[buyer] * (1 - TIE)
    entry = entry[binds & (down[buyer] > LEAST) & (down[supplier] > LEAST) & (buyer != root) & (shares.share > 0)]
    length = -np.log(shares.share[entry] * _sigma(closing, layout.supplier[entry])) + PER_STEP
    order = np.lexsort((length, buyer[entry], supplier[entry]))
    entry, length = entry[order], length[order]
    key = supplier[entry].astype(np.int64) * n + buyer[entry]
    key, first = np.unique(key, return_index=True)
    entry, length = entry[first], length[first]
    steps = csr_array((length, (supplier[entry], buyer[entry])), shape=(n, n))
    _, before = dijkstra(steps, indices=root, return_predecessors=True)
    before = np.where(before < 0, -1, before)
    carries = np.full(n, -1)
    reached = before >= 0
    carries[reached] = entry[np.searchsorted(key, before[reached].astype(np.int64) * n + np.flatnonzero(reached))]
    return before, carries


def _heaviest(before: Ints, gain: Floats, down: Floats, ends: NDArray[np.uint32] | None, most: int) -> list[list[int]]:
    """Places of each path from the root to its last firm, by what it adds to those before it."""
    children: dict[int, list[int]] = {}
    for place in np.flatnonzero(before >= 0).tolist():
        children.setdefault(int(before[place]), []).append(place)
    root = next((place for place in children if before[place] < 0), -1)
    found: list[list[int]] = []
    left = gain.copy()
    while root >= 0 and len(found) < most:
        lost, waiting = {root: 0.0}, [root]
        for place in waiting:
            for child in children.get(place, ()):
                lost[child] = lost[place] + float(left[child])
                waiting.append(child)
        able = waiting[1:] if ends is None else [place for place in ends.tolist() if place in lost and place != root]
        end = max(able, key=lambda place: (lost[place], -place), default=root)
        if lost[end] <= 0.0:
            break
        while ends is None and children.get(end):  # on to the last firm, though what follows weighs nothing
            end = max(children[end], key=lambda place: (float(down[place]), -place))
        path = [end]
        while path[-1] != root:
            path.append(int(before[path[-1]]))
        left[path] = 0.0
        found.append(path[::-1])
    return found


def _step(graph: ChainGraph, layout: Layout, closing: Closing, entry: int, tier: int) -> Step:
    seller, buyer = int(layout.supplier[entry]), int(layout.shares.buyer[entry])
    supplier_row, buyer_row = int(layout.row[seller]), int(layout.row[buyer])
    links = (graph.supplier == supplier_row) & (graph.buyer == buyer_row) & (graph.kind == layout.kind[entry])
    known = graph.cover[links & ~np.isnan(graph.cover)]
    return Step(
        supplier_row, buyer_row, tier, graph.stages[graph.stage[supplier_row]], float(layout.shares.share[entry]),
        float(_sigma(closing, np.array([seller]))[0]), bool(layout.kind[entry] == ESSENTIAL),
        float(known.min()) if len(known) else None, float(closing.state.loss[0, buyer]), int(closing.state.first[buyer]),
    )  # fmt: skip


def _sigma(closing: Closing, places: NDArray[np.generic]) -> Floats:
    """Part of these firms' loss that the rest of their stage cannot replace, as the cascade last passed it on."""
    lost, sent = closing.state.loss[0, places], closing.state.sent[0, places]
    sigma: Floats = np.divide(sent, lost, out=np.ones(len(lost)), where=lost > 0)
    return np.maximum(sigma, np.finfo(np.float64).tiny)


def _without(layout: Layout, supplier: int, buyer: int) -> Shares:
    """The same shares, but nothing goes missing between these two places."""
    share = layout.shares.share.copy()
    share[(layout.supplier == supplier) & (layout.shares.buyer == buyer)] = 0.0
    return layout.shares._replace(share=share)
