"""What the officials' page shows of a chain: made of the published cells alone, so that it can tell no more than they do.

No sum over cells is ever made here: beside its other cells a sum would give a withheld one away. Prefectures that are
told together stand as `Together` below the table, lettered as in its cells.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

from web.drawings.prefectures import PrefectureFigure

Address = Callable[..., str]
SHADES = (0, 3, 10, 30)
"""Least firms of each shade of the map beyond the palest, for one stage; a withheld cell has the first."""


@dataclass(frozen=True)
class Shown:
    """One cell as published: `display` is the figure, or the letter of the prefectures it is told together with."""

    stage_id: str
    display: str
    withheld: bool
    present: bool
    firms: int | None


@dataclass(frozen=True)
class Place:
    """A prefecture's row."""

    code: str
    name: str
    cells: tuple[Shown, ...]

    @property
    def stages_present(self) -> int:
        return sum(cell.present for cell in self.cells)


@dataclass(frozen=True)
class Together:
    """Prefectures of one stage that are told as one figure."""

    letter: str
    stage_id: str
    stage: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    firms: int


@dataclass(frozen=True)
class LinkCount:
    """Confirmed supply links of a stage's items, of one prefecture or of several together."""

    stage: str
    names: tuple[str, ...]
    links: int


@dataclass(frozen=True)
class StopCell:
    """What stops of one stage: `word`, whether it is bad, and whether only for want of what the stage needs."""

    word: str
    tone: str
    handed_on: bool


@dataclass(frozen=True)
class StopRow:
    """A prefecture that stops, with a cell for each stage."""

    name: str
    cells: tuple[StopCell, ...]


@dataclass(frozen=True)
class Named:
    """A firm that lets itself be named."""

    stage: str
    place: str
    name: str
    since: str
    holder: bool


@dataclass(frozen=True)
class OfficialView:
    """Everything the page prints. gaps: stages told to have no firm; single: stages that stand in one prefecture only.

    ``thin``, ``held``, ``slow``: stages so marked for the province.
    """

    stages: tuple[dict[str, Any], ...]
    places: tuple[Place, ...]
    gaps: tuple[str, ...]
    single: tuple[tuple[str, str], ...]
    figures: tuple[PrefectureFigure, ...]
    stage_options: tuple[tuple[str, str, int], ...]
    place_options: tuple[tuple[str, str, int], ...]
    together: tuple[Together, ...] = ()
    links: tuple[LinkCount, ...] = ()
    thin: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()
    stops: tuple[StopRow, ...] = ()
    named: tuple[Named, ...] = ()


def official_view(
    answer: Mapping[str, Any], *, stages: Sequence[str], prefectures: Sequence[str], address: Address
) -> OfficialView:
    """answer: chainMap of the API. stages, prefectures: the filter in force, empty for all. address: same_page."""
    everything = list(answer["chain"]["stages"])
    columns = tuple(s for s in everything if not stages or s["id"] in stages)
    together = _together(answer)
    letters = {(t.stage_id, code): t.letter for t in together for code in t.codes}
    rows = _rows(answer["cells"], [s["id"] for s in columns], letters)
    gaps = tuple(s["name"] for s in columns if rows and all(_cell(r, s["id"]).firms == 0 for r in rows))
    where = {s["name"]: [r.name for r in rows if _cell(r, s["id"]).present] for s in columns}
    single = tuple((stage, places[0]) for stage, places in where.items() if len(places) == 1 and len(rows) > 1)
    chosen = tuple(r for r in rows if not prefectures or r.code in prefectures)
    full = _rows(answer["cells"], [s["id"] for s in everything], letters)
    shown = {s["id"] for s in columns}
    return OfficialView(
        columns, chosen, gaps, single,
        tuple(_figure(row, columns, prefectures, address) for row in rows),
        tuple((s["id"], s["name"], sum(_cell(r, s["id"]).present for r in full)) for s in everything),
        tuple((r.code, r.name, r.stages_present) for r in full),
        tuple(t for t in together if t.stage_id in shown), _links(answer, shown, prefectures),
        **{word.lower(): tuple(m["stage"]["name"] for m in answer["marks"] if m["mark"] == word and m["stage"]["id"] in shown)
           for word in ("THIN", "HELD", "SLOW")},
        stops=_stops(answer, columns, prefectures), named=_named(answer, shown, prefectures),
    )  # fmt: skip


def _together(answer: Mapping[str, Any]) -> tuple[Together, ...]:
    names = {s["id"]: s["name"] for s in answer["chain"]["stages"]}
    grouped = [f for f in answer["figures"] if f["measure"] == "FIRMS" and len(f["prefectures"]) > 1]
    return tuple(
        Together(letter, f["stage"]["id"], names[f["stage"]["id"]], tuple(f["prefectureNames"]), tuple(f["prefectures"]), f["value"])
        for letter, f in zip(ascii_uppercase, grouped, strict=False)
    )  # fmt: skip


def _links(answer: Mapping[str, Any], stages: set[str], prefectures: Sequence[str]) -> tuple[LinkCount, ...]:
    names = {s["id"]: s["name"] for s in answer["chain"]["stages"]}
    return tuple(
        LinkCount(names[f["stage"]["id"]], tuple(f["prefectureNames"]), f["value"])
        for f in answer["figures"]
        if f["measure"] == "LINKS" and f["value"] and f["stage"]["id"] in stages
        and (not prefectures or set(prefectures) & set(f["prefectures"]))
    )  # fmt: skip


def _stops(
    answer: Mapping[str, Any], columns: Sequence[Mapping[str, Any]], prefectures: Sequence[str]
) -> tuple[StopRow, ...]:
    """Empty where nothing was frozen for the month, or it is not the reader's."""
    by: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    for one in answer["stops"]:
        if not prefectures or one["prefecture"] in prefectures:
            by.setdefault((one["prefecture"], one["prefectureName"]), {})[one["stage"]["id"]] = one
    words = _stop_words()
    return tuple(
        StopRow(name, tuple(
            StopCell(*words[found[s["id"]]["whole"]], found[s["id"]]["whole"] != found[s["id"]]["own"]) if s["id"] in found else StopCell("", "none", False)
            for s in columns
        ))
        for (_code, name), found in by.items()
    )  # fmt: skip


def _stop_words() -> dict[str, tuple[str, str]]:
    return {
        "NONE": (pgettext("stop", "无"), "none"), "SOME": (pgettext("stop", "部分"), ""),
        "OVER_HALF": (pgettext("stop", "过半"), "warn"), "ALL": (pgettext("stop", "全部"), "bad"),
        "UNTOLD": (pgettext("stop", "不能说"), "none"),
    }  # fmt: skip


def _named(answer: Mapping[str, Any], stages: set[str], prefectures: Sequence[str]) -> tuple[Named, ...]:
    """By stage as the chain goes, then by prefecture, then by name: in no order that tells who came when."""
    order = [s["id"] for s in answer["chain"]["stages"]]
    chosen = [
        one for one in answer["named"]
        if one["stage"]["id"] in stages and (not prefectures or one["prefecture"] in prefectures)
    ]  # fmt: skip
    chosen.sort(key=lambda one: (order.index(one["stage"]["id"]), one["prefecture"], one["name"]))
    return tuple(
        Named(one["stage"]["name"], one["prefectureName"], one["name"], one["since"], one["holder"]) for one in chosen
    )


def _rows(
    cells: Sequence[Mapping[str, Any]], stage_ids: Sequence[str], letters: Mapping[tuple[str, str], str]
) -> list[Place]:
    by_place: dict[tuple[str, str], dict[str, Shown]] = {}
    for cell in cells:
        letter = letters.get((cell["stage"]["id"], cell["prefecture"]))
        present = letter is not None or bool(cell["firms"])
        shown = Shown(cell["stage"]["id"], letter or cell["display"], cell["withheld"], present, cell["firms"])
        by_place.setdefault((cell["prefecture"], cell["prefectureName"]), {})[shown.stage_id] = shown
    return [
        Place(code, name, tuple(found[s] for s in stage_ids if s in found)) for (code, name), found in by_place.items()
    ]


def _cell(row: Place, stage_id: str) -> Shown:
    return next(cell for cell in row.cells if cell.stage_id == stage_id)


def _figure(
    row: Place, columns: Sequence[Mapping[str, Any]], prefectures: Sequence[str], address: Address
) -> PrefectureFigure:
    """For one stage its firms, else how many of the stages have any: never a sum of firms over stages."""
    href = address(prefecture=None if list(prefectures) == [row.code] else row.code)
    if len(columns) == 1:
        cell = row.cells[0]
        told = _("%(name)s：%(stage)s %(firms)s 家企业", name=row.name, stage=columns[0]["name"], firms=cell.display)
        return PrefectureFigure(
            row.code, href, None, None, None, withheld=cell.withheld, words=cell.display, told=told, shade=_shade(cell)
        )
    told = _(
        "%(name)s：%(total)s 个环节中 %(present)s 个有企业",
        name=row.name,
        total=len(columns),
        present=row.stages_present,
    )
    share = row.stages_present / len(columns) if columns else 0
    return PrefectureFigure(
        row.code,
        href,
        None,
        None,
        None,
        words=f"{row.stages_present}/{len(columns)}",
        told=told,
        shade=round(share * 4),
    )


def _shade(cell: Shown) -> int:
    if cell.withheld:
        return 1
    return sum((cell.firms or 0) >= least for least in SHADES[1:]) + (1 if cell.firms else 0)
