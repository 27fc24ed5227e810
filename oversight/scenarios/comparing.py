"""Saved scenarios run side by side: each over the same links, those their owner may see at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kernel.access import Actor
from kernel.errors import Invalid, NotFound
from kernel.work import UnitOfWork
from oversight.resilience.gathering import Gathered, gathered
from oversight.resilience.what_if import SimulationSeen, run_over
from oversight.scenarios.decisions import check_compared, check_one_chain
from oversight.scenarios.reads import asked_of, scenarios_by_id


@dataclass(frozen=True)
class Compared:
    """One of them. ``refused``: why it fits the chain no longer, such as a firm that is no more shown; then nothing is run."""

    saved: Any
    run: SimulationSeen | None
    refused: Invalid | None


@dataclass(frozen=True)
class Comparison:
    """``columns`` stand as asked for; all rest on ``source``."""

    source: Gathered
    columns: tuple[Compared, ...]


def comparison(work: UnitOfWork, actor: Actor, scenario_ids: Sequence[int]) -> Comparison:
    """Two to four saved scenarios of one chain, run from today where they begin on no day. Raises NotFound, Invalid."""
    check_compared(scenario_ids)
    found = {saved.id: saved for saved in scenarios_by_id(work, actor, scenario_ids)}
    if len(found) < len(scenario_ids):
        raise NotFound("ids")
    check_one_chain([saved.chain_id for saved in found.values()])
    source = gathered(work, actor, chain_id=found[scenario_ids[0]].chain_id)
    if source is None:
        raise NotFound("ids")
    return Comparison(source, tuple(_run(work, actor, source, found[number]) for number in scenario_ids))


def _run(work: UnitOfWork, actor: Actor, source: Gathered, saved: Any) -> Compared:
    try:
        return Compared(saved, run_over(work, actor, source, asked_of(saved, source.as_of)), None)
    except Invalid as refused:
        return Compared(saved, None, refused)
