"""备链: what one more source would buy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from chain.network.dynamics import Rules, simulate
from chain.network.graph import ChainGraph, Floats, Ints
from chain.network.inputs import SecondSource, inputs_of
from chain.network.measure import Measure
from chain.network.scenarios import Disruption
from chain.network.stopping import stop_map


@dataclass(frozen=True, eq=False)
class Bought(Measure):
    """What one more source changes. Of each pair the first is without it, the second with it.

    ``stop_day``: day on which the buyer of the link stops first, infinite: never. ``stops``: how many firms stop.
    ``lost``: money, in all; ``lost_by_buyer``: money, at the buyer. ``score``: what the caller measures, such as ESRI.
    ``need_per_day``: money a day of the input when all is normal, beside which to read the capacity.
    """

    source: SecondSource
    need_per_day: float
    stop_day: tuple[float, float]
    stops: tuple[int, int]
    lost: tuple[float, float]
    lost_by_buyer: tuple[float, float]
    score: tuple[float, float] | None

    @property
    def saved(self) -> float:
        """Money that the source keeps from being lost."""
        return self.lost[0] - self.lost[1]


Score = Callable[[ChainGraph], float]


def second_source(
    graph: ChainGraph,
    disruption: Disruption,
    source: SecondSource,
    *,
    days: int = 180,
    rules: Rules = Rules(),
    already: Sequence[SecondSource] = (),
    score: Score | None = None,
) -> Bought:
    """Before and after: the disruption without and with one more source for the input of a link.

    ``already``: second sources that are there in both. ``score`` is asked of the graph as it is and of ``with_source``.
    Raises IndexError for a link the graph does not have, ValueError for a disruption of another graph.
    """
    if not 0 <= source.link < graph.m:
        raise IndexError(f"there is no link {source.link} in a graph of {graph.m} links")
    buyer, both = int(graph.buyer[source.link]), (list(already), [*already, source])
    maps = [
        stop_map(graph, disruption, default_cover=rules.target_days, second_sources=with_them) for with_them in both
    ]
    lives = [simulate(graph, disruption, days, rules, with_them) for with_them in both]
    needs = inputs_of(graph)
    return Bought(
        source, graph_version=graph.version, unknown_share=graph.unknown_share,
        need_per_day=float(needs.need[needs.of_link[source.link]]) / rules.period_days,
        stop_day=(float(maps[0].stop[buyer]), float(maps[1].stop[buyer])),
        stops=(len(maps[0].order), len(maps[1].order)),
        lost=(lives[0].lost, lives[1].lost),
        lost_by_buyer=(float(lives[0].lost_value[buyer]), float(lives[1].lost_value[buyer])),
        score=None if score is None else (score(graph), score(with_source(graph, source, rules))),
    )  # fmt: skip


def with_source(graph: ChainGraph, source: SecondSource, rules: Rules = Rules()) -> ChainGraph:
    """The graph in which the source, running in full, shares the input of its link; what the buyer buys stays the same.

    Its part of the need comes off the present links in proportion. A source outside the graph becomes a new firm, the
    last row, of the stage of the link's supplier and of a region of its own, so that it counts as one more of that stage.
    """
    needs = inputs_of(graph)
    same = needs.of_link == needs.of_link[source.link]
    need = float(graph.weight[same].sum())
    taken = min(need, source.capacity_per_day * rules.period_days)
    amount = graph.weight.copy()
    amount[same] *= (need - taken) / need if need > 0 else 1.0
    supplier = graph.n if source.firm is None else source.firm
    place, outside = source.link, source.firm is None
    regions = (*graph.regions, NEW_REGION) if outside and NEW_REGION not in graph.regions else graph.regions
    return ChainGraph(
        ids=np.concatenate([graph.ids.astype(object), np.array([NEW_FIRM], dtype=object)]) if outside else graph.ids,
        stage=_longer(graph.stage, graph.stage[graph.supplier[place]]) if outside else graph.stage,
        region=_longer(graph.region, regions.index(NEW_REGION)) if outside else graph.region,
        output=_more(graph.output, np.nan) if outside else graph.output,
        supplier=_longer(graph.supplier, supplier), buyer=_longer(graph.buyer, graph.buyer[place]),
        item=_longer(graph.item, graph.item[place]), amount=_more(amount, taken),
        kind=np.append(graph.kind, graph.kind[place]).astype(np.int8), cover=_more(graph.cover, graph.cover[place]),
        confidence=_more(np.ones(graph.m), 1.0), stages=graph.stages, regions=regions, items=graph.items,
    )  # fmt: skip


NEW_FIRM, NEW_REGION = "备链", "备链"


def _longer(numbers: Ints, last: int) -> Ints:
    return np.append(numbers, last).astype(np.int32)


def _more(numbers: Floats, last: float) -> Floats:
    return np.append(numbers, last).astype(np.float64)
