"""The chain map: what officials may count, and what a firm may see of its own chain."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import col

from chain.firms import reads as firms
from chain.firms.decisions import PREFECTURES
from chain.firms.tables import StageMember
from chain.firms.visibility import firms_per_cell, members_visible_to
from chain.items import reads as items
from chain.links.decisions import Basis
from chain.links.reads import LinkSeen, all_supply_links
from kernel.access import Actor, Role
from kernel.clock import today_of
from kernel.work import UnitOfWork
from oversight.maps.decisions import Shown, published_on, shown

MOST_LINKS = 5_000


@dataclass(frozen=True)
class Cell:
    """Firms of one stage in one prefecture."""

    stage_id: int
    prefecture: str
    count: Shown


@dataclass(frozen=True)
class BasisCount:
    """How many links rest on what."""

    basis: Basis
    links: int


@dataclass(frozen=True)
class MapFirm:
    """A firm on the map: known by id, or by alias only."""

    firm_id: int | None
    alias: str | None
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


def chain_map(work: UnitOfWork, actor: Actor, *, chain_id: int, as_of: date) -> ChainMap:
    """The map of a chain on a day. Raises NotFound. Officials get counts; a firm the firms it may know of."""
    firms.chain(work, actor, chain_id)
    if actor.has(Role.OFFICIAL):
        day = published_on(min(as_of, today_of(work.now)))
        return ChainMap(chain_id, day, True, _official_cells(work, actor, chain_id, day), [], [], [])
    links = all_supply_links(work, actor, chain_id=chain_id, on=as_of, most=MOST_LINKS)
    known = _known_firms(work, actor, chain_id, links)
    counted = Counter(link.basis for link in links if link.ended_on is None)
    by_basis = [BasisCount(basis, counted[basis]) for basis in Basis]
    return ChainMap(chain_id, as_of, False, _own_cells(work, actor, chain_id, known), known, links, by_basis)


def _official_cells(work: UnitOfWork, actor: Actor, chain_id: int, day: date) -> list[Cell]:
    """Stage x prefecture, every cell of the region: a missing row is a zero, a small one is withheld."""
    rows = work.session.connection().execute(firms_per_cell(actor, chain_id, day)).all()
    table = pd.DataFrame(rows, columns=["stage", "prefecture", "firms"])
    pivot = table.pivot_table(index="stage", columns="prefecture", values="firms", aggfunc="sum", fill_value=0)
    stages = [s.id for s in firms.stages_of(work, actor, [chain_id])]
    region = actor.region or ""
    places = [p for p in PREFECTURES if region.endswith("0000") or p == region]
    full = pivot.reindex(index=stages, columns=places, fill_value=0)
    counts = {(stage, place): int(full.loc[stage, place].item()) for stage in stages for place in places}
    return [Cell(stage, place, shown(counts[stage, place])) for stage in stages for place in places]


def _known_firms(work: UnitOfWork, actor: Actor, chain_id: int, links: Sequence[LinkSeen]) -> list[MapFirm]:
    """Firms on the map: those of the actor's links by name, far ends of disclosed links by alias."""
    stage_of_item = {
        item.id: item.stage_id
        for item in items.items_behind_links(work, actor, {link.stage_item_id for link in links}, today_of(work.now))
    }
    stages = {s.id for s in firms.stages_of(work, actor, [chain_id])}
    named = {i for link in links for i in (link.supplier_id, link.buyer_id) if i is not None}
    member_of = _stage_of_firm(work, actor, named, stages)
    known = [
        MapFirm(firm.id, None, member_of.get(firm.id), firm.prefecture)
        for firm in firms.firms_by_id(work, actor, named)
    ]
    hidden: Mapping[str, int | None] = {
        link.supplier_alias: stage_of_item.get(link.stage_item_id) for link in links if link.supplier_alias
    }
    return known + [MapFirm(None, alias, stage, None) for alias, stage in hidden.items()]


def _stage_of_firm(work: UnitOfWork, actor: Actor, firm_ids: set[int], stages: set[int]) -> dict[int, int]:
    own = members_visible_to(actor).where(col(StageMember.firm_id).in_(firm_ids), col(StageMember.stage_id).in_(stages))
    return {m.firm_id: m.stage_id for m in work.rows(own.order_by(col(StageMember.id).desc()))}


def _own_cells(work: UnitOfWork, actor: Actor, chain_id: int, known: Sequence[MapFirm]) -> list[Cell]:
    counted: Counter[Any] = Counter((f.stage_id, f.prefecture) for f in known if f.stage_id and f.prefecture)
    stages = [s.id for s in firms.stages_of(work, actor, [chain_id])]
    return [
        Cell(stage, place, Shown(counted[stage, place], False, str(counted[stage, place])))
        for stage in stages
        for place in PREFECTURES
    ]
