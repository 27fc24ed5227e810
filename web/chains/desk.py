"""A scenario as it stands in the address of the desk: read, spelled, and asked of the API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask_babel import gettext as _
from flask_babel import pgettext

from kernel import clock

SHOCK = ("kind", "firm", "stageIds", "prefectures", "origin", "destination", "left", "delayDays", "first", "last")
SOURCE = ("linkId", "share", "readyOn", "rampDays")
KEPT = ("saved", "bare", "begins", "days", "shock", "source")
"""What an address of the desk is made of; ``saved``: the id of the saved scenario it was opened from;
``bare``: 1 where the firm's own backup sources are left out."""
BREAK = "|"


@dataclass(frozen=True)
class Desk:
    """``shocks`` and ``sources`` by field name, as typed."""

    shocks: Sequence[Mapping[str, str]]
    sources: Sequence[Mapping[str, str]]
    days: str = ""
    begins: str = ""
    saved: str = ""
    bare: bool = False


def read(query: str) -> Desk:
    """The desk of an address; what is none of its own is left out."""
    parts = [(name, value) for name, value in parse_qsl(query[:60_000]) if value]

    def last(wanted: str) -> str:
        return next((value for name, value in reversed(parts) if name == wanted), "")

    def all_of(wanted: str, fields: tuple[str, ...]) -> list[dict[str, str]]:
        return [_named(value, fields) for name, value in parts if name == wanted]

    return Desk(
        all_of("shock", SHOCK),
        all_of("source", SOURCE),
        last("days"),
        last("begins"),
        last("saved"),
        last("bare") == "1",
    )


def _named(spelled: str, fields: tuple[str, ...]) -> dict[str, str]:
    parts = spelled.split(BREAK)
    return dict(zip(fields, [*parts, *[""] * len(fields)], strict=False))


def joined(values: Sequence[str]) -> str:
    return BREAK.join(value.replace(BREAK, " ").strip() for value in values)


def spelled(saved: Mapping[str, Any]) -> str:
    """The address of a saved scenario."""
    kept = [("saved", saved["id"]), ("days", str(saved["days"]))]
    if not saved["withBackups"]:
        kept.append(("bare", "1"))
    if saved["beginsOn"]:
        kept.append(("begins", saved["beginsOn"]))
    for one in saved["shocks"]:
        kept.append(("shock", joined([
            one["kind"], one["firm"], ",".join(one["stageIds"]), ",".join(one["prefectures"]), one["origin"], one["destination"],
            f"{100 * one['left']:g}", str(one["delayDays"] or ""), one["first"], one["last"] or "",
        ])))  # fmt: skip
    for one in saved["sources"]:
        kept.append(
            ("source", joined([one["linkId"], f"{100 * one['share']:g}", one["readyOn"], str(one["rampDays"])]))
        )
    return urlencode(kept)


def asked(desk: Desk) -> dict[str, Any]:
    """What the API is asked. Raises ValueError for what is no number, or no day."""
    told: dict[str, Any] = {
        "shocks": [_shock(one) for one in desk.shocks], "sources": [_source(one) for one in desk.sources],
        "withBackups": not desk.bare,
    }  # fmt: skip
    if desk.days:
        told["days"] = int(desk.days)
    if desk.begins:
        told["begins"] = str(date.fromisoformat(desk.begins))
    return told


def no_number() -> str:
    return str(_("天数和百分比请填数字，日期请填年-月-日"))


def _shock(one: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": one["kind"], "first": one["first"] or str(clock.today_of(clock.now()))}
    made |= {name: one[name] for name in ("last", "firm", "origin", "destination") if one[name]}
    made |= {name: one[name].split(",") for name in ("stageIds", "prefectures") if one[name]}
    if one["left"]:
        made["left"] = float(one["left"]) / 100
    if one["delayDays"]:
        made["delayDays"] = int(one["delayDays"])
    return made


def _source(one: Mapping[str, str]) -> dict[str, Any]:
    ready = one["readyOn"] or str(clock.today_of(clock.now()) + timedelta(days=30))
    return {
        "linkId": one["linkId"], "share": float(one["share"] or 100) / 100, "readyOn": str(date.fromisoformat(ready)),
        "rampDays": int(one["rampDays"] or 0),
    }  # fmt: skip


def kinds() -> dict[str, str]:
    return {
        "FIRM_DOWN": pgettext("shock", "企业停产"), "PREFECTURE_DOWN": pgettext("shock", "设区市停产"),
        "STAGE_CUT": pgettext("shock", "环节减产"), "POWER_RATIONING": pgettext("shock", "限电"),
        "SUPPLY_STOP": pgettext("shock", "来源地断供"), "LANE_DELAY": pgettext("shock", "运输延误"),
    }  # fmt: skip


def line(values: Sequence[float], most: float, days: int = 0) -> str:
    """The points of a line over a field of 600 by 120, one for each day. days: how many the field is wide, as many as there are unless said."""
    step = 600 / max((days or len(values)) - 1, 1)
    return " ".join(f"{n * step:.1f},{120 - 118 * value / (most or 1):.1f}" for n, value in enumerate(values))
