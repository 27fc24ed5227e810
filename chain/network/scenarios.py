"""What might happen, as dated shocks, and what it means for a graph: capacity by day, and links whose goods come later."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from chain.network.graph import ChainGraph, Floats, Ints
from kernel.errors import Invalid

LONGEST_DAYS = 3_650


@dataclass(frozen=True)
class Shock:
    """From ``first`` to ``last``, both included; without ``last`` it does not end."""

    first: date
    last: date | None = None


@dataclass(frozen=True)
class FirmDown(Shock):
    """A firm keeps ``left`` of its capacity, 0 to 1."""

    firm: object = None
    left: float = 0.0


@dataclass(frozen=True)
class RegionDown(Shock):
    """Every firm of a prefecture keeps ``left`` of its capacity: 0, or the share of its sites that still stand."""

    region: str = ""
    left: float = 0.0


@dataclass(frozen=True)
class StageCut(Shock):
    """Every firm of a stage keeps ``left`` of its capacity."""

    stage: str = ""
    left: float = 0.0


@dataclass(frozen=True)
class PowerRationing(Shock):
    """Firms of these stages, in these regions or, if none is named, everywhere, run at ``left`` of their capacity."""

    stages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    left: float = 0.7


@dataclass(frozen=True)
class ImportStop(Shock):
    """All firms of these regions stop; with ``item``, those that supply it, with all else that they make."""

    regions: tuple[str, ...] = ()
    item: str = ""


@dataclass(frozen=True)
class LaneDelay(Shock):
    """What is sent from one region to another on these days comes ``days`` later than it did."""

    origin: str = ""
    destination: str = ""
    days: int = 0


@dataclass(frozen=True)
class Scenario:
    """Named shocks in any mix; ``begins`` is day 0."""

    name: str
    begins: date
    shocks: tuple[Shock, ...]

    def day(self, on: date) -> int:
        return (on - self.begins).days

    def date(self, day: int) -> date:
        return self.begins + timedelta(days=day)


@dataclass(frozen=True, eq=False)
class Delay:
    """Goods of these links (rows) sent on days ``first`` to ``end`` (without it) come ``days`` later; ``end`` None: always."""

    links: Ints
    days: int
    first: int
    end: int | None


@dataclass(frozen=True, eq=False)
class Disruption:
    """``psi[w, n]``: the share of its capacity, 0 to 1, that each firm keeps from day ``starts[w]`` to the next start.

    ``starts`` rises from 0. What several shocks leave of one firm is multiplied: half the sites at 0.7 of the power are 0.35.
    """

    graph_version: str
    starts: tuple[int, ...]
    psi: Floats
    delays: tuple[Delay, ...] = ()

    def capacity(self, day: int) -> Floats:
        """Of shape ``n``: the share of its capacity each firm keeps on a day."""
        window: Floats = self.psi[int(np.searchsorted(self.starts, day, side="right")) - 1]
        return window

    def closed(self, row: int) -> Iterator[tuple[int, int | None]]:
        """The days ``(first, end)`` on which a firm makes nothing at all; ``end`` is the first open day, None: never."""
        since: int | None = None
        for start, left in zip(self.starts, self.psi[:, row].tolist(), strict=True):
            if left <= 0 and since is None:
                since = start
            elif left > 0 and since is not None:
                yield since, start
                since = None
        if since is not None:
            yield since, None

    @property
    def first_day(self) -> int | None:
        """The first day on which anything is wrong; None: it never is."""
        days = [start for start, psi in zip(self.starts, self.psi, strict=True) if (psi < 1).any()]
        return min(days + [delay.first for delay in self.delays], default=None)


def disruption(graph: ChainGraph, scenario: Scenario) -> Disruption:
    """What the scenario means for this graph. Raises the first of its ``faults``."""
    for fault in faults(graph, scenario):
        raise fault
    spans = [(*_days(scenario, shock), shock) for shock in scenario.shocks]
    cuts = [(first, end, _left(graph, shock)) for first, end, shock in spans if not isinstance(shock, LaneDelay)]
    edges = {0} | {first for first, _, _ in cuts} | {end for _, end, _ in cuts if end is not None}
    starts = tuple(sorted(edges))
    psi = np.ones((len(starts), graph.n))
    for first, end, left in cuts:
        for window, start in enumerate(starts):
            if first <= start and (end is None or start < end):
                psi[window] *= left
    delays = tuple(
        Delay(_lane(graph, shock), shock.days, first, end) for first, end, shock in spans if isinstance(shock, LaneDelay)
    )  # fmt: skip
    return Disruption(graph.version, starts, psi, delays)


def steady(graph: ChainGraph) -> Disruption:
    """Nothing happens."""
    return Disruption(graph.version, (0,), np.ones((1, graph.n)))


def faults(graph: ChainGraph, scenario: Scenario) -> list[Invalid]:
    """Everything wrong with a scenario for this graph, one sentence each, fields as ``shocks.2.region``; empty: it fits."""
    found = []
    if not scenario.name.strip():
        found.append(Invalid("name", "give the scenario a name", "请为情景命名"))
    if not scenario.shocks:
        found.append(Invalid("shocks", "say at least one thing that happens", "请至少填写一项冲击"))
    for number, shock in enumerate(scenario.shocks):
        for field, en, zh in [*_dates_wrong(scenario, shock), *_wrong(graph, shock)]:
            found.append(
                Invalid(f"shocks.{number}.{field}", f"shock {number + 1}: {en}", f"第 {number + 1} 项冲击：{zh}")
            )
    return found


Wrong = tuple[str, str, str]


def _dates_wrong(scenario: Scenario, shock: Shock) -> Iterator[Wrong]:
    if shock.first < scenario.begins:
        yield "first", f"{shock.first} lies before the scenario begins", f"{shock.first} 早于情景开始日期"
    if shock.last is not None and shock.last < shock.first:
        yield "last", f"it would end on {shock.last}, before it begins", f"结束日期 {shock.last} 早于开始日期"
    furthest = shock.first if shock.last is None else max(shock.first, shock.last)
    if scenario.day(furthest) > LONGEST_DAYS:
        yield "last", f"{furthest} is more than ten years away", f"{furthest} 超出十年范围"


def _wrong(graph: ChainGraph, shock: Shock) -> Iterator[Wrong]:
    if isinstance(shock, FirmDown | RegionDown | StageCut | PowerRationing) and not 0 <= shock.left <= 1:
        yield "left", f"{shock.left:g} is no share from 0 to 1", f"{shock.left:g} 不是 0 到 1 之间的比例"
    match shock:
        case FirmDown(firm=firm):
            if firm not in graph.row:
                yield "firm", f"there is no firm {firm} in this chain", f"本产业链中没有企业 {firm}"
        case RegionDown(region=region):
            yield from _unknown("region", (region,), graph.regions)
        case StageCut(stage=stage):
            yield from _unknown("stage", (stage,), graph.stages)
        case PowerRationing(stages=stages, regions=regions):
            if not stages:
                yield "stages", "name the stages whose power is rationed", "请选择限电的环节"
            yield from _unknown("stage", stages, graph.stages)
            yield from _unknown("region", regions, graph.regions)
        case ImportStop(regions=regions, item=item):
            if not regions:
                yield "regions", "name the regions from which nothing comes", "请选择停止进口的来源地"
            yield from _unknown("region", regions, graph.regions)
            if item:
                yield from _unknown("item", (item,), graph.items)
        case LaneDelay(origin=origin, destination=destination, days=days):
            yield from _unknown("region", (origin, destination), graph.regions)
            if not 1 <= days <= LONGEST_DAYS:
                yield (
                    "days",
                    f"a delay of {days} days is none from 1 to {LONGEST_DAYS}",
                    f"延误天数 {days} 不在 1 到 {LONGEST_DAYS} 之间",
                )
        case _:
            yield "kind", f"{type(shock).__name__} is no kind of shock", f"没有 {type(shock).__name__} 这种冲击"


KINDS: dict[str, type[Shock]] = {
    "firm_down": FirmDown, "region_down": RegionDown, "stage_cut": StageCut, "power_rationing": PowerRationing,
    "import_stop": ImportStop, "lane_delay": LaneDelay,
}  # fmt: skip


def to_plain(scenario: Scenario) -> dict[str, Any]:
    """The scenario in words and numbers alone, as it is saved and sent."""
    named = {kind: name for name, kind in KINDS.items()}
    return {
        "name": scenario.name,
        "begins": scenario.begins.isoformat(),
        "shocks": [
            {"kind": named[type(shock)], **{key: _plain(value) for key, value in asdict(shock).items()}}
            for shock in scenario.shocks
        ],
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def from_plain(plain: Mapping[str, Any]) -> Scenario:
    """The scenario that ``to_plain`` told. Raises Invalid for anything else."""
    try:
        shocks = [
            KINDS[shock["kind"]](**{key: _told(key, value) for key, value in shock.items() if key != "kind"})
            for shock in plain["shocks"]
        ]
        return Scenario(plain["name"], date.fromisoformat(plain["begins"]), tuple(shocks))
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid("shocks", f"this scenario cannot be read: {error}", f"无法读取该情景：{error}") from None


def _told(key: str, value: Any) -> Any:
    if key in ("first", "last"):
        return None if value is None else date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


WORDS = {"region": "地区", "stage": "环节", "item": "物料"}


def _unknown(field: str, given: tuple[str, ...], known: tuple[str, ...]) -> Iterator[Wrong]:
    for word in given:
        if word not in known:
            yield field, f"there is no {field} {word} in this chain", f"本产业链中没有{WORDS[field]} {word}"


def _days(scenario: Scenario, shock: Shock) -> tuple[int, int | None]:
    return scenario.day(shock.first), None if shock.last is None else scenario.day(shock.last) + 1


def _left(graph: ChainGraph, shock: Shock) -> Floats:
    """Of shape ``n``: the share of its capacity that the shock leaves each firm."""
    hit, left = np.zeros(graph.n, dtype=bool), 0.0
    match shock:
        case FirmDown(firm=firm, left=left):
            hit[graph.row[firm]] = True
        case RegionDown(region=region, left=left):
            hit = graph.region == graph.regions.index(region)
        case StageCut(stage=stage, left=left):
            hit = graph.stage == graph.stages.index(stage)
        case PowerRationing(stages=stages, regions=regions, left=left):
            hit = np.isin(graph.stage, [graph.stages.index(word) for word in stages])
            if regions:
                hit &= np.isin(graph.region, [graph.regions.index(word) for word in regions])
        case ImportStop(regions=regions, item=item):
            hit = np.isin(graph.region, [graph.regions.index(word) for word in regions])
            if item:
                hit &= np.bincount(graph.supplier[graph.item == graph.items.index(item)], minlength=graph.n) > 0
    kept: Floats = np.where(hit, left, 1.0)
    return kept


def _lane(graph: ChainGraph, shock: LaneDelay) -> Ints:
    origin, destination = graph.regions.index(shock.origin), graph.regions.index(shock.destination)
    on_it = (graph.region[graph.supplier] == origin) & (graph.region[graph.buyer] == destination)
    return np.flatnonzero(on_it).astype(np.int32)
