"""The filter of a chain map, as it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from kernel.errors import Invalid

BASES = ("SEEN_IN_ORDERS", "SURVEYED", "DECLARED")


@dataclass(frozen=True)
class Filter:
    """Values inside one condition are joined by or, conditions by and; an empty one lets all through."""

    prefectures: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    on: date | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.prefectures or self.stages or self.bases)


def read_filter(args: MultiDict[str, str]) -> Filter:
    """Raises Invalid for a day that is none."""
    day = args.get("on", "").strip()
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        told = _("日期格式应为 2026-07-01")
        raise Invalid("on", told, told) from None
    return Filter(
        tuple(filter(None, args.getlist("prefecture"))), tuple(filter(None, args.getlist("stage"))),
        tuple(b for b in args.getlist("basis") if b in BASES), on,
    )  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A firm on a firm's own map. key: its id, or its alias where the viewer may not know it.

    name: empty behind an alias, unless that firm says it to the viewer.
    """

    key: str
    name: str
    hidden: bool
    role: str
    stage_id: str | None
    position: int | None
    prefecture: str | None


@dataclass(frozen=True)
class Narrowed:
    """What a filter leaves, and what each option would leave beside the other conditions: value -> count."""

    spots: tuple[Spot, ...]
    links: tuple[dict[str, Any], ...]
    by_prefecture: Mapping[str, int]
    by_stage: Mapping[str, int]
    by_basis: Mapping[str, int]


def spots_of(firms: list[dict[str, Any]]) -> tuple[Spot, ...]:
    """The firms of the API's chainMap; one firm stands once."""
    found: dict[str, Spot] = {}
    for entry in firms:
        firm, stage = entry["firm"], entry["stage"]
        spot = Spot(
            firm["id"] if firm else entry["alias"], firm["name"] if firm else entry["revealedName"] or "", firm is None,
            firm["role"] if firm else "", stage["id"] if stage else None, stage["position"] if stage else None,
            entry["prefecture"],
        )  # fmt: skip
        found.setdefault(spot.key, spot)
    return tuple(found.values())


def ends(link: Mapping[str, Any]) -> tuple[str, str]:
    """(supplier, buyer) of a link, by the keys of its spots."""
    supplier, buyer = link["supplier"], link["buyer"]
    return supplier["id"] if supplier else link["supplierAlias"], buyer["id"] if buyer else link["buyerAlias"]


def narrowed(spots: tuple[Spot, ...], links: list[dict[str, Any]], by: Filter) -> Narrowed:
    """A link stays when its basis fits and one of its ends fits; a firm when it fits, or stands at a link that stays."""

    def fitting(*, prefecture: bool = True, stage: bool = True) -> set[str]:
        return {
            s.key
            for s in spots
            if (not prefecture or not by.prefectures or s.prefecture in by.prefectures)
            and (not stage or not by.stages or s.stage_id in by.stages)
        }

    based = [link for link in links if not by.bases or link["basis"] in by.bases]
    linked = {key for link in based for key in ends(link)}

    def counted(keys: set[str]) -> list[Spot]:
        return [s for s in spots if s.key in keys and (not by.bases or s.key in linked)]

    fit = fitting()
    kept = tuple(link for link in based if not fit.isdisjoint(ends(link)))
    beside = {key for link in kept for key in ends(link)}
    left = beside | (set() if by.bases else fit)
    return Narrowed(
        tuple(s for s in spots if s.key in left), kept,
        _tally(s.prefecture for s in counted(fitting(prefecture=False))),
        _tally(s.stage_id for s in counted(fitting(stage=False))),
        _tally(link["basis"] for link in links if not fit.isdisjoint(ends(link))),
    )  # fmt: skip


def _tally(values: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in values:
        found[value or ""] = found.get(value or "", 0) + 1
    return found
