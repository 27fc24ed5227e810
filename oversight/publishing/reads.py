"""What was published, and what the next month's figures are made of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col

from chain.firms.decisions import PREFECTURES
from chain.firms.tables import Chain, Firm
from chain.firms.visibility import chains_visible_to, firms_visible_to
from kernel.access import SYSTEM, Actor
from kernel.work import UnitOfWork
from oversight.publishing.decisions import Group, Picture, Places
from oversight.publishing.marking import LeadTime, StageMark
from oversight.publishing.tables import (
    FigureShare,
    Measure,
    PublishedFigure,
    PublishedMark,
    PublishedStop,
    PublishedTable,
)
from oversight.publishing.visibility import (
    firms_at_stages,
    lead_times_at_stages,
    links_at_stages,
    published_figures_visible_to,
    published_marks_visible_to,
    published_stops_visible_to,
    published_tables_visible_to,
    shares_visible_to,
)

MADE_OF = {Measure.FIRMS: firms_at_stages, Measure.LINKS: links_at_stages}


@dataclass(frozen=True)
class Figure:
    """A published figure: of one stage, about these prefectures together."""

    stage_id: int
    measure: Measure
    places: Places
    value: int


def hold_chain(work: UnitOfWork, chain_id: int) -> None:
    """Figures and names of a chain are told one after the other: each is checked against all that is told already."""
    work.one(chains_visible_to(SYSTEM).where(col(Chain.id) == chain_id), lock=True)


def periods(work: UnitOfWork, actor: Actor, chain_id: int) -> list[date]:
    """The months published of a chain, newest first."""
    own = published_tables_visible_to(actor).where(col(PublishedTable.chain_id) == chain_id)
    return [row.period for row in work.rows(own.order_by(col(PublishedTable.period).desc()))]


def published_on(work: UnitOfWork, actor: Actor, chain_id: int, day: date) -> Any:
    """The table that stands for a day: the last one published of a month that had begun. None where there is none."""
    own = published_tables_visible_to(actor).where(
        col(PublishedTable.chain_id) == chain_id, col(PublishedTable.period) <= day
    )
    found = work.rows(own.order_by(col(PublishedTable.period).desc()).limit(1))
    return found[0] if found else None


def figures(work: UnitOfWork, actor: Actor, table_id: int) -> list[Figure]:
    """The figures of one published table an official may read."""
    own = published_figures_visible_to(actor).where(col(PublishedFigure.table_id) == table_id)
    rows = work.rows(own.order_by(col(PublishedFigure.id)))
    return [Figure(r.stage_id, r.measure, tuple(r.places.split()), r.value) for r in rows]


def marks(work: UnitOfWork, actor: Actor, table_id: int) -> list[Any]:
    """(stage id, mark) of one published table."""
    own = published_marks_visible_to(actor).where(col(PublishedMark.table_id) == table_id)
    return list(work.rows(own.order_by(col(PublishedMark.id))))


def stops_told(work: UnitOfWork, actor: Actor, table_id: int) -> list[Any]:
    """What stops with which prefecture, by one published table."""
    own = published_stops_visible_to(actor).where(col(PublishedStop.table_id) == table_id)
    return list(work.rows(own.order_by(col(PublishedStop.id))))


def held_last(work: UnitOfWork, chain_id: int, before: date) -> set[int] | None:
    """The stages marked as held in the month before; None where no month before has marks."""
    table = published_on(work, SYSTEM, chain_id, date.fromordinal(before.toordinal() - 1))
    told = [] if table is None else marks(work, SYSTEM, table.id)
    return {one.stage_id for one in told if one.mark is StageMark.HELD} if told else None


def lead_times(work: UnitOfWork, chain_id: int, on: date) -> dict[int, list[LeadTime]]:
    """Stage -> (supplier, buyer, days) of its confirmed links that have a lead time."""
    found: dict[int, list[LeadTime]] = {}
    for stage_id, *one in work.session.connection().execute(lead_times_at_stages(SYSTEM, chain_id, on)):
        found.setdefault(stage_id, []).append((one[0], one[1], one[2]))
    return found


def history(work: UnitOfWork, chain_id: int) -> dict[tuple[Measure, int], list[Picture]]:
    """(measure, stage) -> all its published pictures, oldest first, with what they were made of.

    Months are published in their order, so that tables are numbered in it.
    """
    of_figure: dict[int, list[Any]] = {}
    tables = published_tables_visible_to(SYSTEM).where(col(PublishedTable.chain_id) == chain_id)
    of_chain = tables.with_only_columns(col(PublishedTable.id))
    chosen = published_figures_visible_to(SYSTEM).where(col(PublishedFigure.table_id).in_(of_chain))
    rows = work.rows(chosen.order_by(col(PublishedFigure.table_id), col(PublishedFigure.id)))
    shares = shares_visible_to(SYSTEM).where(
        col(FigureShare.figure_id).in_(chosen.with_only_columns(col(PublishedFigure.id)))
    )
    for share in work.rows(shares):
        of_figure.setdefault(share.figure_id, []).append(share)
    merged = work.rows(firms_visible_to(SYSTEM).where(col(Firm.merged_into_id).is_not(None)))
    now = {firm.id: firm.merged_into_id for firm in merged}
    found: dict[tuple[Measure, int], dict[int, list[Group]]] = {}
    for row in rows:
        months = found.setdefault((row.measure, row.stage_id), {})
        months.setdefault(row.table_id, []).append(_group(row, of_figure.get(row.id, ()), now))
    return {about: list(months.values()) for about, months in found.items()}


def _group(figure: Any, shares: Sequence[Any], now: Mapping[int, int]) -> Group:
    """``now``: merged record -> the one that stays; else a merger would pass for a firm that went and one that came."""
    added: dict[str, Counter[int]] = {place: Counter() for place in figure.places.split()}
    for share in shares:
        added[share.place][now.get(share.firm_id, share.firm_id)] += share.weight
    return Group(tuple(added), tuple(frozenset(part.items()) for part in added.values()))


def members(work: UnitOfWork, measure: Measure, chain_id: int, on: date) -> dict[int, dict[str, Mapping[int, float]]]:
    """stage -> every prefecture -> firm -> its weight, on a day."""
    found: dict[int, dict[str, dict[int, float]]] = {}
    for stage, place, firm, weight in work.session.connection().execute(MADE_OF[measure](SYSTEM, chain_id, on)):
        at = found.setdefault(stage, {p: {} for p in PREFECTURES})
        at[place][firm] = weight
    return {stage: dict(at) for stage, at in found.items()}
