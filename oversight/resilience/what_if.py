"""What a firm asks about a scenario: run when asked, over what it may see at that moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chain.backups.reads import BackupSourceSeen
from chain.network import scenarios
from chain.network.inputs import SecondSource
from collaboration.orders.coming import Coming, coming
from kernel.access import Actor
from kernel.work import UnitOfWork
from oversight.maps.reads import MapFirm
from oversight.resilience.asking import (
    ScenarioAsked,
    ShockAsked,
    ShockKind,
    SourceAsked,
    check_asked,
    renamed,
)
from oversight.resilience.gathering import Gathered, gathered
from oversight.resilience.simulating import Hit, Outcome, Simulated, Stop, simulated
from oversight.resilience.standing_by import need_per_day, own_row, recorded


@dataclass(frozen=True)
class HitSeen:
    """A firm with what it goes through."""

    key: str
    firm: MapFirm
    hit: Hit


@dataclass(frozen=True)
class OutcomeSeen:
    """``own``: the viewer's; ``hits``: everybody's who loses something, most first; ``by_stage`` by number, ``by_prefecture`` by code."""

    outcome: Outcome
    own: HitSeen | None
    hits: tuple[HitSeen, ...]
    by_stage: tuple[tuple[int, float], ...]
    by_prefecture: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class StopSeen:
    """A firm that stops, and the supplier it stops for want of; None where it is struck itself."""

    key: str
    firm: MapFirm
    stop: Stop
    supplier: MapFirm | None


@dataclass(frozen=True)
class SimulationSeen:
    """One scenario run without and, where there are any, with further sources. ``at_risk``: of one's own orders, by day, what
    is due while whoever has to ship it cannot make the normal amount, as things are. ``backups``: the firm's own that ran.
    """

    source: Gathered
    asked: ScenarioAsked
    found: Simulated
    at_risk: tuple[Coming, ...]
    backups: tuple[BackupSourceSeen, ...]
    without: OutcomeSeen
    with_sources: OutcomeSeen | None
    stops: tuple[StopSeen, ...]


def simulation(work: UnitOfWork, actor: Actor, *, chain_id: int, asked: ScenarioAsked) -> SimulationSeen | None:
    """Run a scenario. None for who belongs to no firm. Raises NotFound, Invalid under the names of the API."""
    source = gathered(work, actor, chain_id=chain_id)
    return None if source is None else run_over(work, actor, source, asked)


def run_over(work: UnitOfWork, actor: Actor, source: Gathered, asked: ScenarioAsked) -> SimulationSeen:
    """Run a scenario over what was gathered for the actor. Raises Invalid under the names of the API."""
    scenario, sources = fitted(source, asked)
    backups = recorded(work, actor, source) if asked.with_backups else []
    sources += [backup for _, backup in backups]
    found = simulated(source.graph, source.own, scenario, asked.days, sources)
    seen = _seer(source)
    helped = None if found.with_sources is None else seen(found.with_sources)
    at_risk = _at_risk(work, actor, source, asked, found.without)
    used = tuple(one for one, _ in backups)
    return SimulationSeen(source, asked, found, at_risk, used, seen(found.without), helped, _stops(source, found))


def _stops(source: Gathered, found: Simulated) -> tuple[StopSeen, ...]:
    keys, firms = source.graph.ids.tolist(), source.firms
    return tuple(
        StopSeen(keys[one.row], firms[one.row], one, None if one.supplier is None else firms[one.supplier])
        for one in found.stops
    )


def fitted(source: Gathered, asked: ScenarioAsked) -> tuple[scenarios.Scenario, list[SecondSource]]:
    """The scenario in the words of the network. Raises Invalid for one that does not fit it, under the names of the API."""
    check_asked(asked, source.as_of)
    codes = {number: code for code, number in source.stages.items()}
    scenario = scenarios.Scenario("asked", asked.begins, tuple(_shock(one, codes) for one in asked.shocks))
    sources = [_source(source, asked, one, f"sources.{number}") for number, one in enumerate(asked.sources)]
    for fault in scenarios.faults(source.graph, scenario):
        raise renamed(fault)
    return scenario, sources


def _shock(asked: ShockAsked, codes: Mapping[int, str]) -> scenarios.Shock:
    """In the words of the network. A stage of another chain has none of its names, and is refused as unknown."""
    span = (asked.first, asked.last)
    stages = tuple(codes.get(number, "?") for number in asked.stage_ids)
    places = tuple(place for place in asked.prefectures if place)
    match asked.kind:
        case ShockKind.FIRM_DOWN:
            return scenarios.FirmDown(*span, firm=asked.firm, left=asked.left)
        case ShockKind.PREFECTURE_DOWN:
            return scenarios.RegionDown(*span, region=places[0] if places else "", left=asked.left)
        case ShockKind.STAGE_CUT:
            return scenarios.StageCut(*span, stage=stages[0] if stages else "", left=asked.left)
        case ShockKind.POWER_RATIONING:
            return scenarios.PowerRationing(*span, stages=stages, regions=places, left=asked.left)
        case ShockKind.SUPPLY_STOP:
            return scenarios.ImportStop(*span, regions=places)
        case ShockKind.LANE_DELAY:
            return scenarios.LaneDelay(*span, origin=asked.origin, destination=asked.destination, days=asked.delay_days)


def _source(source: Gathered, asked: ScenarioAsked, one: SourceAsked, field: str) -> SecondSource:
    """A further source of what one of the viewer's own links brings. Raises Invalid."""
    row = own_row(source, one.link_id, f"{field}.linkId")
    ready = (one.ready_on - asked.begins).days
    return SecondSource(
        link=row, capacity_per_day=one.share * need_per_day(source.graph, row), first_day=max(0, ready),
        ramp_days=one.ramp_days,
    )  # fmt: skip


def _at_risk(
    work: UnitOfWork, actor: Actor, source: Gathered, asked: ScenarioAsked, outcome: Outcome
) -> tuple[Coming, ...]:
    short = {source.firms[hit.row].firm_id: hit for hit in outcome.hits if hit.short_on is not None}
    last = asked.begins + timedelta(days=asked.days - 1)
    return tuple(
        one
        for one in coming(work, actor, first=asked.begins, last=last)
        if (hit := short.get(one.seller_id)) and _falls_within(one.due_on, hit)
    )


def _falls_within(day: date, hit: Hit) -> bool:
    return hit.short_on is not None and hit.short_until is not None and hit.short_on <= day <= hit.short_until


def _seer(source: Gathered) -> Callable[[Outcome], OutcomeSeen]:
    keys, numbers = source.graph.ids.tolist(), source.stages

    def named(hit: Hit) -> HitSeen:
        return HitSeen(keys[hit.row], source.firms[hit.row], hit)

    def seen(outcome: Outcome) -> OutcomeSeen:
        return OutcomeSeen(
            outcome,
            None if outcome.own is None else named(outcome.own),
            tuple(named(hit) for hit in outcome.hits),
            tuple((numbers[code], lost) for code, lost in outcome.by_stage.items() if code in numbers),
            tuple((code, lost) for code, lost in outcome.by_region.items() if code),
        )

    return seen
