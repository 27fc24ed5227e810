"""What a firm asks about the resilience of its chain: measured when asked, from what it may see at that moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chain.network.concentration import StageConcentration
from chain.network.products import ProductStops
from chain.network.reasons import Path, Step
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.work import UnitOfWork
from oversight.maps.reads import MapFirm
from oversight.resilience.exposing import Exposure, Exposures, exposures
from oversight.resilience.gathering import Gathered, gathered
from oversight.resilience.measuring import FirmRisk, Measured, measured, why
from oversight.resilience.scoring import Scores


@dataclass(frozen=True)
class RiskSeen:
    """A firm of the network with its measures."""

    key: str
    firm: MapFirm
    risk: FirmRisk


@dataclass(frozen=True)
class StageSeen:
    """A stage and on how few it rests, as far as the viewer sees. ``unplaced``: suppliers whose prefecture it does not know."""

    stage_id: int
    measured: StageConcentration
    unplaced: int


@dataclass(frozen=True)
class ProductSeen:
    """A product of the viewer's and who stops it: alone, two together."""

    stops: ProductStops
    single: tuple[RiskSeen, ...]
    pairs: tuple[tuple[RiskSeen, RiskSeen], ...]


@dataclass(frozen=True)
class ExposureSeen:
    """A firm and what its stop costs until it has recovered."""

    of: RiskSeen
    exposure: Exposure


@dataclass(frozen=True)
class ResilienceSeen:
    """``firms`` by rank; ``pairs``: two firms that stop the viewer together; ``source``: all it was measured from.
    ``gates``: (firm, how many others' goods all pass through it); ``cuts``: (stage, the fewest firms that cut it off); ``bridges``: whose
    connection is the only one between two parts. ``products``: of the viewer's bills; ``exposed``: most lost before recovery first."""

    source: Gathered
    measured: Measured
    firms: tuple[RiskSeen, ...]
    pairs: tuple[tuple[RiskSeen, RiskSeen], ...]
    stages: tuple[StageSeen, ...]
    gates: tuple[tuple[RiskSeen, int], ...]
    cuts: tuple[tuple[int, tuple[RiskSeen, ...]], ...]
    bridges: tuple[tuple[MapFirm, MapFirm], ...]
    products: tuple[ProductSeen, ...]
    exposed: tuple[ExposureSeen, ...]
    exposures: Exposures


@dataclass(frozen=True)
class StepSeen:
    """One link on a way: who supplies whom."""

    supplier: MapFirm
    buyer: MapFirm
    step: Step


@dataclass(frozen=True)
class WaySeen:
    """``counts``: if its first link holds, the score is lower."""

    path: Path
    steps: tuple[StepSeen, ...]
    counts: bool


@dataclass(frozen=True)
class ReasonsSeen:
    """Why one firm matters to the viewer, heaviest way first."""

    of: RiskSeen
    ways: tuple[WaySeen, ...]


def resilience(work: UnitOfWork, actor: Actor, *, chain_id: int, as_of: date | None = None) -> ResilienceSeen | None:
    """The measures of a chain over what the actor's firm may see of it on a day. None for who belongs to no firm.

    Raises NotFound for a chain that is none.
    """
    source = gathered(work, actor, chain_id=chain_id, as_of=as_of)
    return None if source is None else measured_in(source)


def measured_in(source: Gathered) -> ResilienceSeen:
    """The measures of what was gathered."""
    return seen_of(source, measured_of(source))


def measured_of(source: Gathered, scores: Scores | None = None) -> Measured:
    """scores: measured before, by a run."""
    return measured(source.graph, source.own, source.lead_days, raw_stages(source), scores, source.bill)


def seen_of(source: Gathered, found: Measured) -> ResilienceSeen:
    """Measures with the firms and stages they are of."""
    keys = source.graph.ids.tolist()
    seen = {risk.row: RiskSeen(keys[risk.row], source.firms[risk.row], risk) for risk in found.firms}
    numbers = source.stages
    exposed = exposures(source.graph, found, source.recover_days, source.lead_days, source.sold)
    return ResilienceSeen(
        source, found, tuple(seen.values()),
        tuple((seen[a], seen[b]) for a, b in found.fatal_pairs if a in seen and b in seen),
        tuple(_stage_seen(numbers[one.stage], one, seen.values()) for one in found.stages if one.stage in numbers),
        tuple((seen[gate.row], gate.behind) for gate in found.narrow.gates),
        tuple((numbers[cut.stage], tuple(seen[row] for row in cut.rows)) for cut in found.narrow.cuts if cut.stage in numbers),
        tuple((source.firms[a], source.firms[b]) for a, b in found.narrow.bridges),
        tuple(
            ProductSeen(one, tuple(seen[row] for row in one.single if row in seen), tuple((seen[a], seen[b]) for a, b in one.pairs or () if a in seen and b in seen))
            for one in found.products
        ),
        tuple(ExposureSeen(seen[one.row], one) for one in exposed.firms), exposed,
    )  # fmt: skip


def raw_stages(source: Gathered) -> list[str]:
    """The stage where the chain begins: its stages stand from raw material to product."""
    return list(source.stages)[:1]


def _stage_seen(stage_id: int, one: StageConcentration, others: Iterable[RiskSeen]) -> StageSeen:
    suppliers = [other.firm for other in others if other.firm.stage_id == stage_id and other.risk.tier is not None]
    return StageSeen(stage_id, one, sum(firm.prefecture is None for firm in suppliers))


def firm_reasons(work: UnitOfWork, actor: Actor, *, chain_id: int, key: str) -> ReasonsSeen:
    """Why a firm matters to the actor's. ``key``: its id or alias. Raises NotFound, alike for hidden and made-up ones."""
    found = resilience(work, actor, chain_id=chain_id)
    of = next((one for one in found.firms if one.key == key), None) if found else None
    if found is None or of is None:
        raise NotFound("firm")
    graph, firms_of = found.source.graph, found.source.firms
    told = why(graph, of.risk.row, found.source.own)
    ways = [WaySeen(path, _steps(path, firms_of), counts) for some, counts in ((told.paths, True), (told.others, False))
            for path in some]  # fmt: skip
    return ReasonsSeen(of, tuple(ways))


def _steps(path: Path, firms_of: Sequence[MapFirm]) -> tuple[StepSeen, ...]:
    return tuple(StepSeen(firms_of[step.supplier], firms_of[step.buyer], step) for step in path.steps)
