"""The chain map: what officials may count, and what a firm may see of its own chain."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col

from chain.firms import reads as firms
from chain.firms.decisions import PREFECTURES
from chain.firms.tables import StageMember
from chain.firms.visibility import members_visible_to
from chain.items import reads as items
from chain.links.decisions import Basis
from chain.links.lifecycle import LinkState
from chain.links.reads import LinkSeen, all_supply_links
from chain.viewing.reads import as_itself
from kernel.access import Actor, Role
from kernel.among import among
from kernel.clock import today_of
from kernel.work import UnitOfWork
from oversight.maps.decisions import Shown
from oversight.naming.reads import Named, names
from oversight.publishing import reads as publishing
from oversight.publishing.marking import StageMark
from oversight.publishing.reads import Figure
from oversight.publishing.tables import Measure
from oversight.publishing.visibility import is_province

MOST_LINKS = 5_000


@dataclass(frozen=True)
class Cell:
    """Firms of one stage in one prefecture."""

    stage_id: int
    prefecture: str
    count: Shown


@dataclass(frozen=True)
class BasisCount:
    """How many links that neither ended nor are disputed rest on what."""

    basis: Basis
    links: int


@dataclass(frozen=True)
class MapFirm:
    """A firm on the map: known by id, or by alias only."""

    firm_id: int | None
    alias: str | None
    revealed_name: str | None
    stage_id: int | None
    prefecture: str | None


@dataclass(frozen=True)
class ChainMap:
    chain_id: int
    as_of: date
    official: bool
    cells: Sequence[Cell]
    firms: Sequence[MapFirm]
    links: Sequence[LinkSeen]
    by_basis: Sequence[BasisCount]
    disputed: int = 0
    figures: Sequence[Figure] = ()
    periods: Sequence[date] = ()
    marks: Sequence[Any] = ()
    stops: Sequence[Any] = ()
    named: Sequence[Named] = ()


def chain_map(work: UnitOfWork, actor: Actor, *, chain_id: int, as_of: date) -> ChainMap:
    """The map of a chain on a day. Raises NotFound. Officials get counts; a firm the firms it may know of."""
    firms.chain(work, actor, chain_id)
    if actor.has(Role.OFFICIAL):
        return _official_map(work, actor, chain_id, min(as_of, today_of(work.now)))
    links = all_supply_links(work, actor, chain_id=chain_id, on=as_of, most=MOST_LINKS)
    known = known_firms(work, actor, chain_id, links)
    standing = [link for link in links if link.ended_on is None]
    disputed = sum(link.state is LinkState.DISPUTED for link in standing)
    counted = Counter(link.basis for link in standing if link.state is not LinkState.DISPUTED)
    by_basis = [BasisCount(basis, counted[basis]) for basis in Basis]
    cells = _own_cells(work, actor, chain_id, known)
    return ChainMap(chain_id, as_of, False, cells, known, links, by_basis, disputed)


def _official_map(work: UnitOfWork, actor: Actor, chain_id: int, day: date) -> ChainMap:
    """What was published for the month of a day, and who lets itself be named today: officials read no live figure."""
    table = publishing.published_on(work, actor, chain_id, day)
    months = publishing.periods(work, actor, chain_id)
    if table is None:
        return ChainMap(chain_id, day, True, [], [], [], [], periods=months)
    told = publishing.figures(work, actor, table.id)
    stages = [s.id for s in firms.stages_of(work, actor, [chain_id])]
    places = [p for p in PREFECTURES if is_province(actor.region) or p == actor.region]
    alone = {(f.stage_id, f.places[0]): f.value for f in told if f.measure is Measure.FIRMS and len(f.places) == 1}
    cells = [Cell(stage, place, Shown(alone.get((stage, place)))) for stage in stages for place in places]
    if actor.of_firm is not None:
        at = _places_of(work, as_itself(actor), stages)
        cells = [cell for cell in cells if (cell.stage_id, cell.prefecture) in at]
        told = [figure for figure in told if any((figure.stage_id, place) in at for place in figure.places)]
    marks = publishing.marks(work, actor, table.id)
    return ChainMap(
        chain_id, table.period, True, cells, [], [], [], figures=told, periods=months, marks=marks,
        stops=publishing.stops_told(work, actor, table.id), named=_named(work, actor, chain_id, months),
    )  # fmt: skip


def _named(work: UnitOfWork, actor: Actor, chain_id: int, months: Sequence[date]) -> list[Named]:
    """Names are no figures: whatever month is looked at, they are today's, beside the words of the last one published."""
    latest = publishing.published_on(work, actor, chain_id, months[0]) if months else None
    marks = [] if latest is None else publishing.marks(work, actor, latest.id)
    key_at = {one.stage_id for one in marks if one.mark in (StageMark.HELD, StageMark.THIN)}
    return names(work, actor, chain_id=chain_id, key_at=key_at)


def _places_of(work: UnitOfWork, firm: Actor, stages: Collection[int]) -> set[tuple[int, str]]:
    """(stage, prefecture) where the firm stands that looks through officials' eyes: it is shown the figures it is in."""
    (own,) = firms.firms_by_id(work, firm, [firm.party_id or 0])
    at = members_visible_to(firm).where(col(StageMember.firm_id) == own.id, col(StageMember.stage_id).in_(stages))
    return {(member.stage_id, own.prefecture) for member in work.rows(at)}


def known_firms(work: UnitOfWork, actor: Actor, chain_id: int, links: Sequence[LinkSeen]) -> list[MapFirm]:
    """Firms on the map: those of the actor's links by name, far ends of disclosed links by alias."""
    return known_in(work, actor, {chain_id: links})[chain_id]


def known_in(work: UnitOfWork, actor: Actor, by_chain: Mapping[int, Sequence[LinkSeen]]) -> dict[int, list[MapFirm]]:
    """The same for several chains, with the statements of one."""
    links = [link for some in by_chain.values() for link in some]
    stage_of_item = {
        item.id: item.stage_id
        for item in items.items_behind_links(work, actor, {link.stage_item_id for link in links}, today_of(work.now))
    }
    chain_of = {stage.id: stage.chain_id for stage in firms.stages_of(work, actor, by_chain)}
    named = {i for link in links for i in (link.supplier_id, link.buyer_id) if i is not None}
    stage_of = _stages_of_firms(work, actor, named, chain_of)
    everybody = firms.firms_by_id(work, actor, named)
    found = {}
    for chain, some in by_chain.items():
        at = {i for link in some for i in (link.supplier_id, link.buyer_id)}
        known = [
            MapFirm(firm.id, None, None, stage_of.get((chain, firm.id)), firm.prefecture)
            for firm in everybody if firm.asked in at
        ]  # fmt: skip
        found[chain] = known + _hidden(some, stage_of_item)
    return found


def _hidden(links: Sequence[LinkSeen], stage_of_item: Mapping[int, int | None]) -> list[MapFirm]:
    stages = {link.supplier_alias: stage_of_item.get(link.stage_item_id) for link in links if link.supplier_alias}
    names = {link.supplier_alias: link.supplier_name for link in links}
    return [MapFirm(None, alias, names.get(alias), stage, None) for alias, stage in stages.items()]


def _stages_of_firms(
    work: UnitOfWork, actor: Actor, firm_ids: set[int], chain_of: Mapping[int, int]
) -> dict[tuple[int, int], int]:
    """(chain, firm) -> the stage it works at."""
    own = members_visible_to(actor).where(
        among(col(StageMember.firm_id), firm_ids), col(StageMember.stage_id).in_(chain_of)
    )
    rows = work.rows(own.order_by(col(StageMember.id).desc()))
    return {(chain_of[m.stage_id], m.firm_id): m.stage_id for m in rows}


def _own_cells(work: UnitOfWork, actor: Actor, chain_id: int, known: Sequence[MapFirm]) -> list[Cell]:
    counted: Counter[Any] = Counter((f.stage_id, f.prefecture) for f in known if f.stage_id and f.prefecture)
    stages = [s.id for s in firms.stages_of(work, actor, [chain_id])]
    return [Cell(stage, place, Shown(counted[stage, place])) for stage in stages for place in PREFECTURES]
