"""备链: the backup sources a firm has noted for its own links, as sources of the network; what one more would buy."""

from dataclasses import dataclass
from math import ceil, isfinite, isnan

import numpy as np

from chain.backups import reads as backups
from chain.backups.reads import BackupSourceSeen
from chain.network.backups import second_source, with_source
from chain.network.concentration import concentration
from chain.network.graph import ChainGraph
from chain.network.inputs import SecondSource, inputs_of
from chain.network.scenarios import FirmDown, Scenario, disruption
from chain.network.tiers import tiers
from kernel import ids
from kernel.access import Actor
from kernel.errors import Invalid
from kernel.work import UnitOfWork
from oversight.maps.reads import MapFirm
from oversight.resilience.asking import FurtherAsked, check_further
from oversight.resilience.gathering import PERIOD_DAYS, Gathered, gathered
from oversight.resilience.measuring import usual_theta
from oversight.resilience.scoring import FIGURES, figures_of


def own_row(source: Gathered, link_id: int, field: str) -> int:
    """The row of a link by which the firm that looks buys. Raises Invalid, alike for hidden and made-up ones."""
    row = source.own_links.get(link_id)
    if row is None:
        raise Invalid(field, "name a supply link by which your firm buys", "请选择本单位采购的供应关系")
    return row


def need_per_day(graph: ChainGraph, link: int) -> float:
    needs = inputs_of(graph)
    return float(needs.need[needs.of_link[link]]) / PERIOD_DAYS


def recorded(work: UnitOfWork, actor: Actor, source: Gathered) -> list[tuple[BackupSourceSeen, SecondSource]]:
    """The firm's own sources that are not dropped, each as one that delivers once the days left before it are over.

    One that is a firm of the network is cut as that firm is; of parts nobody has told, no day is counted.
    """
    rows, graph = source.own_links, source.graph
    return [
        (one, SecondSource(
            link=rows[one.link_id], capacity_per_day=one.share * need_per_day(graph, rows[one.link_id]),
            first_day=ceil(one.readiness.days), ramp_days=one.ramp_days,
            firm=None if one.firm_id is None else graph.row.get(ids.seal("Firm", one.firm_id)),
        ))
        for one in backups.backup_sources_of(work, actor, rows)
        if one.firm_id is None or one.firm_id != source.links[rows[one.link_id]].supplier_id
    ]  # fmt: skip


Pair = tuple[float | None, float | None]


@dataclass(frozen=True)
class FurtherSeen:
    """What one more source of a link changes while its present supplier stops. Of each pair the first is without it.

    ``stop_days``: days until the firm stops, None: never. ``lost``, ``own_lost``: money over the days looked at, in all and
    one's own. ``score``: ESRI of the supplier; ``own_loss``: of one's own output; each 0 to 1. ``concentration``: HHI by firm of
    the supplier's stage, over 0 to 1, None where no amount is known.
    """

    source: Gathered
    asked: FurtherAsked
    supplier: MapFirm
    need_per_day: float
    stop_days: Pair
    firms_stopping: Pair
    lost: Pair
    own_lost: Pair
    score: Pair
    own_loss: Pair
    concentration: Pair
    backups: tuple[BackupSourceSeen, ...]


def further(work: UnitOfWork, actor: Actor, *, chain_id: int, asked: FurtherAsked) -> FurtherSeen | None:
    """What a second source of an own link would buy, its supplier stopping today for good. None for who belongs to no firm.

    Raises NotFound, Invalid.
    """
    source = gathered(work, actor, chain_id=chain_id)
    if source is None:
        return None
    check_further(asked)
    row = own_row(source, asked.link_id, "linkId")
    graph, supplier = source.graph, int(source.graph.supplier[row])
    key = graph.ids.tolist()[supplier]
    scenario = Scenario("asked", source.as_of, (FirmDown(source.as_of, None, firm=key),))
    already = recorded(work, actor, source) if asked.with_backups else []
    more = SecondSource(
        link=row, capacity_per_day=asked.share * need_per_day(graph, row), first_day=asked.ready_in_days,
        ramp_days=asked.ramp_days,
    )  # fmt: skip
    struck = disruption(graph, scenario)
    found = second_source(graph, struck, more, days=asked.days, already=[one for _, one in already])
    both = (graph, with_source(graph, more))
    stop_days = tuple(day if isfinite(day) else None for day in found.stop_day)
    scores = [_scores(one, supplier, source.own) for one in both]
    before, after = (_concentration(one, graph.stages[graph.stage[supplier]], source.own) for one in both)
    return FurtherSeen(
        source, asked, source.firms[supplier], found.need_per_day, (stop_days[0], stop_days[1]), found.stops, found.lost,
        found.lost_by_buyer, (scores[0][0], scores[1][0]), (scores[0][1], scores[1][1]), (before, after),
        tuple(one for one, _ in already),
    )  # fmt: skip


def _scores(graph: ChainGraph, row: int, own: int | None) -> tuple[float, float]:
    """(share of all output, share of one's own) lost when one firm stops."""
    (figures,) = figures_of(graph, own, np.array([row], dtype=np.int32), usual_theta(graph))
    told = dict(zip(FIGURES, figures.tolist(), strict=True))
    return told["score"], told["own_down"]


def _concentration(graph: ChainGraph, stage: str, own: int | None) -> float | None:
    away = tiers(graph, [] if own is None else [graph.ids[own]]).shortest
    found = next((one for one in concentration(graph, qualified=away > 0).stages if one.stage == stage), None)
    return None if found is None or isnan(found.firm) else found.firm
