"""A scenario as people ask for it: shocks in the words of the API, turned into those of the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chain.backups.decisions import LONGEST_DAYS, check_carrying
from kernel.errors import Invalid

MOST_SHOCKS, MOST_SOURCES, LONGEST_RUN = 20, 20, 365
FURTHEST_DAYS = 3_650


class ShockKind(StrEnum):
    """What happens; the words of ``chain.network.scenarios.KINDS``."""

    FIRM_DOWN = "firm_down"
    PREFECTURE_DOWN = "region_down"
    STAGE_CUT = "stage_cut"
    POWER_RATIONING = "power_rationing"
    SUPPLY_STOP = "import_stop"
    LANE_DELAY = "lane_delay"


@dataclass(frozen=True)
class ShockAsked:
    """``firm``: a key of the network. Stages by number. ``left``: share of capacity that is left, 0 to 1. ``delay_days``: of a lane."""

    kind: ShockKind
    first: date
    last: date | None = None
    firm: str = ""
    stage_ids: Sequence[int] = ()
    prefectures: Sequence[str] = ()
    origin: str = ""
    destination: str = ""
    left: float = 0.0
    delay_days: int = 0


@dataclass(frozen=True)
class SourceAsked:
    """备链: a further source of what a link brings. ``share``: of the need it can carry, over 0; ready on a day, then a ramp."""

    link_id: int
    share: float
    ready_on: date
    ramp_days: int = 0


@dataclass(frozen=True)
class ScenarioAsked:
    """``begins`` is day 0; ``days``: how long is looked at. ``with_backups``: the firm's own backup sources run beside ``sources``."""

    begins: date
    days: int
    shocks: Sequence[ShockAsked]
    sources: Sequence[SourceAsked] = ()
    with_backups: bool = True


@dataclass(frozen=True)
class FurtherAsked:
    """What one more source of a link would buy: ready after so many days, looked at over ``days`` in which its supplier stops."""

    link_id: int
    share: float
    ready_in_days: int = 0
    ramp_days: int = 0
    days: int = 180
    with_backups: bool = True


def check_further(asked: FurtherAsked) -> None:
    """Raises Invalid naming the field."""
    check_carrying(asked.share, asked.ramp_days)
    _check_days(asked.days)
    if not 0 <= asked.ready_in_days <= LONGEST_DAYS:
        raise Invalid(
            "readyInDays", f"a source is ready in 0 to {LONGEST_DAYS} days", f"就绪天数应为 0 至 {LONGEST_DAYS} 天"
        )


def _check_days(days: int) -> None:
    if not 1 <= days <= LONGEST_RUN:
        raise Invalid("days", f"look at 1 to {LONGEST_RUN} days", f"观察天数应为 1 至 {LONGEST_RUN} 天")


def check_asked(asked: ScenarioAsked, today: date) -> None:
    """Raises Invalid for too much or too little of anything, and for a day nobody plans for."""
    if abs((asked.begins - today).days) > FURTHEST_DAYS:
        raise Invalid("begins", "begin within ten years of today", "情景开始日期应在今天前后十年内")
    _check_days(asked.days)
    for field, given, most in (("shocks", asked.shocks, MOST_SHOCKS), ("sources", asked.sources, MOST_SOURCES)):
        if len(given) > most:
            raise Invalid(field, f"give at most {most} {field}", f"{field} 最多 {most} 项")
    for number, shock in enumerate(asked.shocks):
        _check_named(f"shocks.{number}", shock)
    for number, source in enumerate(asked.sources):
        check_carrying(source.share, source.ramp_days, f"sources.{number}.")


def _check_named(field: str, shock: ShockAsked) -> None:
    """Whom it strikes must be said: a place that is not known is nobody's name. Raises Invalid."""
    wanted = NEEDED.get(shock.kind)
    if wanted == "prefectures" and not [place for place in shock.prefectures if place]:
        raise Invalid(f"{field}.prefectures", "name the prefecture", "请选择设区市")
    if wanted == "stageIds" and not shock.stage_ids:
        raise Invalid(f"{field}.stageIds", "name the stage", "请选择环节")
    if wanted == "lane" and not (shock.origin and shock.destination):
        missing = "destination" if shock.origin else "origin"
        raise Invalid(f"{field}.{missing}", "name both ends of the lane", "请选择运输的起点和终点")


NEEDED: Mapping[ShockKind, str] = {
    ShockKind.PREFECTURE_DOWN: "prefectures", ShockKind.SUPPLY_STOP: "prefectures", ShockKind.STAGE_CUT: "stageIds",
    ShockKind.POWER_RATIONING: "stageIds", ShockKind.LANE_DELAY: "lane",
}  # fmt: skip

FIELDS: Mapping[str, str] = {
    "region": "prefectures", "stage": "stageIds", "stages": "stageIds", "regions": "prefectures",
    "days": "delayDays",
}  # fmt: skip
"""What the network calls a field, and what the API does; the others have one name."""


def renamed(fault: Invalid) -> Invalid:
    """The same refusal under the names of the API."""
    fields = [".".join(FIELDS.get(part, part) for part in field.split(".")) for field in fault.fields]
    return Invalid(fields[0], fault.en, fault.zh)
