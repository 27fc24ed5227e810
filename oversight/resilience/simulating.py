"""What a scenario does to the network of one viewer, day by day and in the end, with and without further sources. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from chain.network.dynamics import NEVER, Course, simulate
from chain.network.esri import shock
from chain.network.graph import ChainGraph
from chain.network.inputs import SecondSource
from chain.network.scenarios import Disruption, Scenario, disruption
from chain.network.stopping import stop_map


@dataclass(frozen=True)
class Hit:
    """What one firm (``row``) goes through.

    ``short_on``, ``short_until``: first and last day it could not make the normal amount if asked, None: it always could.
    ``stops_on``: first day it can make nothing, None: it always can something. ``depth``: largest loss of a day, 0 to 1 of normal. ``normal_on``: the day from which it makes the normal amount for good,
    None where that is not within the days looked at. ``lost``: money not made.
    """

    row: int
    short_on: date | None
    short_until: date | None
    stops_on: date | None
    depth: float
    normal_on: date | None
    lost: float


@dataclass(frozen=True)
class Outcome:
    """Of one run: ``hits`` by what they lose, who loses nothing left out; ``own``: of the viewer, None where it has no link.

    ``lost``: money in all, ``lost_by_day`` its sum by day; ``by_stage``, ``by_region``: the same by code.
    """

    own: Hit | None
    hits: tuple[Hit, ...]
    lost: float
    lost_by_day: tuple[float, ...]
    by_stage: Mapping[str, float]
    by_region: Mapping[str, float]
    tiers_hit: int


@dataclass(frozen=True)
class Stop:
    """A firm (``row``) stops for the first time ``on`` a day, because what ``supplier`` (row) delivers has run out after
    ``cover`` days of stock, which nobody stated where ``assumed``; None for a firm struck itself.
    """

    row: int
    on: date
    supplier: int | None
    cover: float
    assumed: bool


@dataclass(frozen=True)
class Simulated:
    """``score``: share of all output lost, 0 to 1, if the worst days lasted until the cascade has run out (ESRI of that shock).

    ``with_sources``: the same scenario with the further sources, None where none were given. ``stops``: along the links, who
    stops first, as things are, within the days looked at.
    """

    score: float
    days: int
    without: Outcome
    with_sources: Outcome | None
    stops: tuple[Stop, ...]


def simulated(
    graph: ChainGraph, own: int | None, scenario: Scenario, days: int, sources: Sequence[SecondSource] = ()
) -> Simulated:
    """Run a scenario over so many days. Raises Invalid for one that does not fit the graph."""
    struck = disruption(graph, scenario)
    worst = min(struck.psi, key=lambda psi: float(np.dot(psi, graph.size)))

    def run(some: Sequence[SecondSource]) -> Outcome:
        return _outcome(graph, own, scenario, struck, simulate(graph, struck, days, second_sources=some))

    helped = run(sources) if sources else None
    return Simulated(shock(graph, worst).total, days, run(()), helped, _stops(graph, scenario, struck, days))


def _stops(graph: ChainGraph, scenario: Scenario, struck: Disruption, days: int) -> tuple[Stop, ...]:
    found = stop_map(graph, struck)
    first = found.first_day
    return tuple(
        Stop(
            row, scenario.date(int(first[row])), None if found.because[row] == NEVER else int(graph.supplier[found.because[row]]),
            float(found.cover[row]), bool(found.assumed[row]),
        )
        for row in found.order.tolist() if first[row] < days
    )  # fmt: skip


def _outcome(graph: ChainGraph, own: int | None, scenario: Scenario, struck: Disruption, found: Course) -> Outcome:
    began = scenario.begins + timedelta(days=struck.first_day or 0)

    def hit(row: int) -> Hit:
        back = int(found.days_to_normal[row])
        short, last, stop = (
            _on(scenario, int(days[row])) for days in (found.first_short, found.last_short, found.first_stop)
        )
        return Hit(
            row, short, last, stop, float(found.depth[row]),
            None if back == NEVER else began + timedelta(days=back), float(found.lost_value[row]),
        )  # fmt: skip

    lost = found.lost_value
    order = [row for row in np.lexsort((np.arange(graph.n), -lost)).tolist() if found.days_to_normal[row] != 0]
    return Outcome(
        None if own is None else hit(own), tuple(hit(row) for row in order), found.lost,
        tuple(found.lost_by_day.tolist()), _summed(graph.stages, graph.stage.tolist(), lost.tolist()),
        _summed(graph.regions, graph.region.tolist(), lost.tolist()), found.tiers_hit,
    )  # fmt: skip


def _on(scenario: Scenario, day: int) -> date | None:
    return None if day == NEVER else scenario.date(day)


def _summed(words: Sequence[str], places: Iterable[int], lost: Iterable[float]) -> dict[str, float]:
    found: Counter[str] = Counter()
    for place, money in zip(places, lost, strict=True):
        found[words[place]] += money  # type: ignore[assignment]
    return {word: float(money) for word, money in found.items() if money > 0}
