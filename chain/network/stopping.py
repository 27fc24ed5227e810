"""Who stops first, and on which day: from an outage along the links, by the days of cover each buyer holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

import numpy as np
from numpy.typing import NDArray

from chain.network.dynamics import NEVER
from chain.network.graph import ESSENTIAL, ChainGraph, Floats, Ints, grouped
from chain.network.inputs import Inputs, SecondSource, inputs_of
from chain.network.measure import Measure
from chain.network.scenarios import Disruption


@dataclass(frozen=True)
class Step:
    """One firm (row) on the way of an outage: it stops on ``day`` because ``link`` (row, NEVER for the firm struck) gives
    nothing more and its ``cover`` days, stated by nobody where ``assumed``, are used up.
    """

    firm: int
    day: float
    link: int
    cover: float
    assumed: bool


@dataclass(frozen=True, eq=False)
class StopMap(Measure):
    """``stop[n]``: the day, with its fraction, on which a firm stops for the first time, infinite: never. ``again[n]``:
    the day on which it can go on, infinite: never. ``because[n]``: the link (row) whose end stopped it, NEVER for a firm
    struck itself or one that does not stop. ``assumed[n]``: whether its cover was not known. ``order``: rows of all that
    stop, first one first.
    """

    default_cover: float
    stop: Floats
    again: Floats
    because: Ints
    cover: Floats
    assumed: NDArray[np.bool_]
    order: Ints
    supplier: Ints

    @property
    def first_day(self) -> Ints:
        """Of shape ``n``: the first whole day on which a firm makes nothing, NEVER if there is none."""
        ends = np.isfinite(self.stop)
        days = np.where(ends, np.ceil(np.where(ends, self.stop, 0.0) - 1e-9), NEVER)
        return days.astype(np.int32)

    def path(self, row: int) -> list[Step]:
        """From the firm struck to this one, each with the link that stopped it; empty if it does not stop."""
        steps: list[Step] = []
        while np.isfinite(self.stop[row]):
            link = int(self.because[row])
            steps.append(Step(row, float(self.stop[row]), link, float(self.cover[row]), bool(self.assumed[row])))
            if link == NEVER:
                break
            row = int(self.supplier[link])
        return steps[::-1]


def stop_map(
    graph: ChainGraph,
    disruption: Disruption,
    *,
    default_cover: float = 15.0,
    second_sources: Sequence[SecondSource] = (),
) -> StopMap:
    """Walk the outage along the graph, always on from the firm that stops next (Dijkstra; Knuth, Inf. Proc. Letters 6,
    1977, for inputs that need any one of several sources).

    A buyer stops when the first of its essential inputs runs out: as many days after the last of the input's sources has
    stopped as it holds cover. So a source that still works is taken to carry the whole input, and only full stops count:
    a firm cut to a part of its capacity goes on. Goods from a source that starts again are used the day after. A delay of
    all links of an input is an outage of as many days, a delay of some of them none. A second source that starts before the stock has run out keeps the buyer going,
    at whatever level. Only the first stop of each firm is found. ``default_cover``: days where cover is unknown.

    Exact against ``dynamics.simulate`` where each input has one source, each firm one way to the outage and covers of at
    least one day: what the two leave out (levels, orders that fall) is then nothing.
    Raises ValueError for a disruption of another graph.
    """
    if disruption.graph_version != graph.version:
        raise ValueError("the disruption was made for another graph")
    needs, n = inputs_of(graph), graph.n
    stop, again = np.full(n, np.inf), np.full(n, np.inf)
    because, cover_of = np.full(n, NEVER, dtype=np.int32), np.zeros(n)
    assumed_of = np.zeros(n, dtype=bool)
    cover = np.where(np.isnan(needs.cover), default_cover, needs.cover)
    sources = np.bincount(needs.of_link, minlength=needs.k)
    last_stop, first_again, left = np.zeros(needs.k), np.full(needs.k, np.inf), sources.copy()
    spare = _spare(needs, second_sources)
    queue: list[tuple[float, int, int, float, int, float]] = []
    ticket = count()
    for row in np.flatnonzero(np.any(disruption.psi <= 0, axis=0)).tolist():
        first, end = next(disruption.closed(row))
        heappush(queue, (float(first), next(ticket), row, np.inf if end is None else float(end), NEVER, 0.0))
    for begins, ends, link, days in _delayed(graph, needs, sources, disruption, cover):
        heappush(queue, (begins, next(ticket), int(graph.buyer[link]), ends, link, days))
    starts, by = grouped(graph.supplier, np.arange(graph.m, dtype=np.int32), n)
    order: list[int] = []
    while queue:
        day, _, row, ends, link, days = heappop(queue)
        if np.isfinite(stop[row]):
            continue
        stop[row], again[row], because[row], cover_of[row] = day, ends, link, days
        assumed_of[row] = link != NEVER and bool(np.isnan(needs.cover[needs.of_link[link]]))
        order.append(row)
        for out in by[starts[row] : starts[row + 1]].tolist():
            place = int(needs.of_link[out])
            left[place] -= 1
            last_stop[place], first_again[place] = day, min(first_again[place], ends)
            buyer = int(needs.buyer[place])
            if left[place] or needs.kind[place] != ESSENTIAL or needs.need[place] <= 0 or np.isfinite(stop[buyer]):
                continue
            runs_out, supplied = day + float(cover[place]), float(first_again[place]) + 1
            for source in spare.get(place, ()):
                if source.firm is None or not np.isfinite(stop[source.firm]):
                    supplied = min(supplied, source.first_day + 1.0)
            if runs_out < supplied:
                heappush(queue, (runs_out, next(ticket), buyer, supplied, out, float(cover[place])))
    return StopMap(
        default_cover, stop, again, because, cover_of, assumed_of, np.array(order, dtype=np.int32), graph.supplier,
        graph_version=graph.version, unknown_share=graph.unknown_share,
    )  # fmt: skip


def _spare(needs: Inputs, sources: Sequence[SecondSource]) -> dict[int, list[SecondSource]]:
    by_input: dict[int, list[SecondSource]] = {}
    for source in sources:
        if source.capacity_per_day > 0:
            by_input.setdefault(int(needs.of_link[source.link]), []).append(source)
    return by_input


def _delayed(
    graph: ChainGraph, needs: Inputs, sources: NDArray[np.intp], disruption: Disruption, cover: Floats
) -> list[tuple[float, float, int, float]]:
    """(day it runs out, day it is there again, link, cover) of the essential inputs all whose sources come too late."""
    found = []
    for delay in disruption.delays:
        whole = np.bincount(needs.of_link[delay.links], minlength=needs.k) == sources
        whole &= (needs.kind == ESSENTIAL) & (needs.need > 0)
        comes = delay.first + delay.days if delay.end is None else min(delay.first + delay.days, delay.end)
        for link in delay.links[whole[needs.of_link[delay.links]]].tolist():
            days = float(cover[needs.of_link[link]])
            if delay.first + days < comes + 1:
                found.append((delay.first + days, comes + 1.0, link, days))
    return found
