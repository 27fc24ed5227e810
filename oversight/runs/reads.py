"""What a run found: read only while all it rests on is still shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlmodel import col

from chain.firms import reads as firms
from chain.links.resting import note_shown
from chain.network.graph import Ints
from kernel import ids
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.work import UnitOfWork
from oversight.maps.reads import MapFirm
from oversight.resilience.gathering import Gathered, gathered
from oversight.resilience.reads import ResilienceSeen, measured_of, seen_of
from oversight.runs.decisions import first_phase, pieces
from oversight.runs.lifecycle import Phase, RunState
from oversight.runs.listing import is_concealed, rests_on
from oversight.runs.parameters import params_of
from oversight.runs.pieces import merged, ranked_by, unpacked
from oversight.runs.storing import Network, kept_network
from oversight.runs.tables import ResilienceChunk
from oversight.runs.visibility import chunks_visible_to


@dataclass(frozen=True)
class ResultSeen:
    """What ``run`` found. ``is_current``: of the network as it stands now; of one too large to look at meanwhile, of today."""

    run: Any
    seen: ResilienceSeen
    is_current: bool


def run_result(work: UnitOfWork, actor: Actor, run: Any) -> ResultSeen | None:
    """What a run found; None until it is done. Firms are named as the actor may name them now.

    None also once a disclosure it rests on has ended, for what is no longer shown is not read from an old score either, and
    where its file is gone.
    """
    if run.state is not RunState.DONE or is_concealed(work, actor, run):
        return None
    try:
        network = kept_network(run.network_sha256)
    except FileNotFoundError:
        return None
    note_shown(work, actor, rests_on(run))
    now = gathered(work, actor, chain_id=run.chain_id)
    assert now is not None
    chunks = _chunks(work, actor, run)
    scores = merged(chunks[Phase.COARSE], chunks[Phase.EXACT], run.firms, network.own, run.top)
    source = _source(work, actor, run, network, now)
    found = measured_of(source, scores)
    same = run.as_of == now.as_of if now.is_cut else _same(network, now)
    return ResultSeen(run, seen_of(source, found), same)


def _same(network: Network, now: Gathered) -> bool:
    """Whether it is of the network as it stands: lead times, days to recover, bills and sales are no part of its version."""
    days = ((network.lead_days, now.lead_days), (network.recover_days, now.recover_days))
    return (
        network.graph.version == now.graph.version and all(np.array_equal(*pair, equal_nan=True) for pair in days)
        and (network.bill, network.sold) == (now.bill, now.sold)
    )  # fmt: skip


def ranked(work: UnitOfWork, actor: Actor, run: Any) -> Ints:
    """The firms whose score is to be exact, by their coarse one."""
    coarse = unpacked(b"".join(_chunks(work, actor, run)[Phase.COARSE]))
    return ranked_by(coarse, kept_network(run.network_sha256).own, min(run.top, run.firms))


def _chunks(work: UnitOfWork, actor: Actor, run: Any) -> Mapping[Phase, list[bytes]]:
    found: dict[Phase, list[bytes]] = {Phase.COARSE: [], Phase.EXACT: []}
    for phase in found:
        if phase is Phase.COARSE and first_phase(run.firms) is Phase.EXACT:
            continue
        of_phase = chunks_visible_to(actor).where(
            col(ResilienceChunk.owner_id) == run.owner_id, col(ResilienceChunk.graph_version) == run.graph_version,
            col(ResilienceChunk.params) == params_of(phase, run.firms, run.top), col(ResilienceChunk.phase) == phase,
            col(ResilienceChunk.number) < pieces(phase, run.firms, run.top),
        )  # fmt: skip
        found[phase] = [chunk.figures for chunk in work.rows(of_phase.order_by(col(ResilienceChunk.number)))]
    return found


def _source(work: UnitOfWork, actor: Actor, run: Any, network: Network, now: Gathered) -> Gathered:
    graph = network.graph
    stages = {stage.code: stage.id for stage in firms.stages_of(work, actor, [run.chain_id])}
    names = {spot.alias: spot.revealed_name for spot in now.firms if spot.alias}
    spots = [
        MapFirm(
            number, key if number is None else None, names.get(key), stages.get(graph.stages[stage]),
            graph.regions[region] or None,
        )
        for key, stage, region in zip(graph.ids.tolist(), graph.stage.tolist(), graph.region.tolist(), strict=True)
        for number in [_number(key)]
    ]  # fmt: skip
    lead_days, own = network.lead_days, network.own
    return Gathered(
        run.chain_id, run.as_of, graph, spots, [], lead_days, own, stages, {}, False, rests_on(run),
        network.bill, network.recover_days, network.sold,
    )  # fmt: skip


def _number(key: str) -> int | None:
    """The row number behind what a graph calls a firm; None for an alias."""
    try:
        return ids.number_of("Firm", key)
    except NotFound:
        return None
