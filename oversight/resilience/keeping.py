"""A scenario as it is kept: only what its kinds of shock ask for, every day counted from the day it begins."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from oversight.resilience.asking import FURTHEST_DAYS, ScenarioAsked, ShockAsked, ShockKind, SourceAsked

ASKED_FOR: Mapping[ShockKind, tuple[str, ...]] = {
    ShockKind.FIRM_DOWN: ("firm", "left"), ShockKind.PREFECTURE_DOWN: ("prefectures", "left"),
    ShockKind.STAGE_CUT: ("stage_ids", "left"), ShockKind.POWER_RATIONING: ("stage_ids", "prefectures", "left"),
    ShockKind.SUPPLY_STOP: ("prefectures",), ShockKind.LANE_DELAY: ("origin", "destination", "delay_days"),
}  # fmt: skip
LISTS = ("stage_ids", "prefectures")


def kept(asked: ScenarioAsked) -> dict[str, Any]:
    """What is written down; stages and links by row number, firms by the key of whoever asks."""
    return {
        "shocks": [_shock_kept(asked.begins, one) for one in asked.shocks],
        "sources": [
            {"link_id": one.link_id, "share": one.share, "ramp_days": one.ramp_days,
             "ready": min(max(0, (one.ready_on - asked.begins).days), FURTHEST_DAYS)}
            for one in asked.sources
        ],
        "with_backups": asked.with_backups,
    }  # fmt: skip


def _shock_kept(begins: date, one: ShockAsked) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ASKED_FOR[one.kind]}
    told |= {name: list(dict.fromkeys(told[name])) for name in LISTS if name in told}
    last = None if one.last is None else (one.last - begins).days
    return {"kind": one.kind.value, "first": (one.first - begins).days, "last": last} | told


def asked_again(spec: Mapping[str, Any], *, begins: date, days: int) -> ScenarioAsked:
    """What was kept, asked from a day on."""

    def on(day: int) -> date:
        return begins + timedelta(days=day)

    shocks = [
        ShockAsked(**one | {
            "kind": ShockKind(one["kind"]), "first": on(one["first"]),
            "last": None if one["last"] is None else on(one["last"]),
        }) for one in spec["shocks"]
    ]  # fmt: skip
    sources = [SourceAsked(one["link_id"], one["share"], on(one["ready"]), one["ramp_days"]) for one in spec["sources"]]
    # kept before backups were noted: with them, as every run is unless it says otherwise
    return ScenarioAsked(begins, days, shocks, sources, spec.get("with_backups", True))
