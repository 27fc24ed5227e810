"""The chain as one firm may see it, as the arrays that ``chain.network`` measures: nothing else goes into them.

So a score tells its viewer nothing it could not see before (decision 0024).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from chain.essentiality.reads import link_essentiality_of, stage_essentiality_of
from chain.essentiality.tables import Essentiality
from chain.firms import reads as firms
from chain.items import reads as items
from chain.links.lifecycle import LinkState
from chain.links.reads import LinkSeen, all_supply_links
from chain.network.graph import ESSENTIAL, LINEAR, NEGLIGIBLE, ChainGraph, Classes, FirmRow, Floats, LinkRow, build
from collaboration.orders.traded import Agreed, Trade, agreed_between
from kernel import ids
from kernel.access import Actor, Role
from kernel.clock import today_of
from kernel.work import UnitOfWork
from oversight.maps.reads import MOST_LINKS, MapFirm, known_firms

PERIOD_DAYS = 365
"""Amounts are what was agreed in the year up to the day looked at."""
CURRENCY = "CNY"
KINDS: Mapping[Essentiality, int] = {
    Essentiality.ESSENTIAL: ESSENTIAL, Essentiality.LINEAR: LINEAR, Essentiality.NEGLIGIBLE: NEGLIGIBLE,
}  # fmt: skip


@dataclass(frozen=True)
class Gathered:
    """``firms[n]`` and ``links[m]`` are row for row those of ``graph``, and ``lead_days[m]`` what makers declare, ``nan`` if unknown.

    ``own``: row of the firm that looks, None where it has no link in the chain. ``stages``: code to row number of the chain's.
    ``stated``: link -> what the firm that looks said of it as its buyer. ``is_cut``: there are more links than are looked at.
    """

    chain_id: int
    as_of: date
    graph: ChainGraph
    firms: Sequence[MapFirm]
    links: Sequence[LinkSeen]
    lead_days: Floats
    own: int | None
    stages: Mapping[str, int]
    stated: Mapping[int, Essentiality]
    is_cut: bool

    @property
    def own_links(self) -> dict[int, int]:
        """Link -> row, of those by which the firm that looks buys."""
        if self.own is None:
            return {}
        return {self.links[row].id: row for row in np.flatnonzero(self.graph.buyer == self.own).tolist()}


def gathered(work: UnitOfWork, actor: Actor, *, chain_id: int, as_of: date | None = None) -> Gathered | None:
    """All links of a chain the actor may see on a day that neither ended nor are disputed, with what it knows of each itself.

    as_of: today when nothing is said. None for who belongs to no firm. Raises NotFound for a chain that is none.
    """
    firms.chain(work, actor, chain_id)
    if actor.party_id is None or actor.has(Role.OFFICIAL):
        return None
    return _gathered(work, actor, chain_id, as_of or today_of(work.now), actor.party_id)


def _gathered(work: UnitOfWork, actor: Actor, chain_id: int, as_of: date, party_id: int) -> Gathered:
    seen = all_supply_links(work, actor, chain_id=chain_id, on=as_of, most=MOST_LINKS + 1)
    standing = [k for k in seen[:MOST_LINKS] if k.ended_on is None and k.state is not LinkState.DISPUTED]
    spots = {_key(firm.firm_id, firm.alias): firm for firm in known_firms(work, actor, chain_id, standing)}
    links = [k for k in standing if _ends(k)[0] in spots and _ends(k)[1] in spots]
    agreed = agreed_between(work, actor, **_year_up_to(min(as_of, today_of(work.now))))
    known = {item.id: item for item in items.items_by_id(work, actor, {k.item_id for k in links if k.item_id})}
    held = items.stock_of(work, actor, firm_ids=[party_id], item_ids=known.keys())
    stages = {stage.code: stage.id for stage in firms.stages_of(work, actor, [chain_id])}
    codes = {number: code for code, number in stages.items()}
    bought = [k.id for k in links if k.buyer_id == party_id]
    stated = {row.link_id: row.essentiality for row in link_essentiality_of(work, actor, bought)}
    graph = build(
        [FirmRow(key, codes.get(firm.stage_id or 0, ""), firm.prefecture or "") for key, firm in spots.items()],
        [_link_row(k, agreed, held, stated) for k in links],
        _classes(work, actor, chain_id, codes),
    )
    lead = [float(known[k.item_id].lead_time_days) if k.item_id in known else np.nan for k in links]
    own = graph.row.get(_key(party_id, None))
    return Gathered(
        chain_id,
        as_of,
        graph,
        list(spots.values()),
        links,
        np.array(lead, dtype=np.float64),
        own,
        stages,
        stated,
        len(seen) > MOST_LINKS,
    )


def _classes(work: UnitOfWork, actor: Actor, chain_id: int, codes: Mapping[int, str]) -> Classes:
    return {
        (codes[row.supplier_stage_id], codes[row.buyer_stage_id]): KINDS[row.essentiality]
        for row in stage_essentiality_of(work, actor, [chain_id])
    }


def _year_up_to(day: date) -> dict[str, date]:
    first = max(date(1970, 1, 1).toordinal(), day.toordinal() - PERIOD_DAYS + 1)
    return {"since": date.fromordinal(first), "until": day}


def _key(firm_id: int | None, alias: str | None) -> str:
    """What its viewer calls a firm: row numbers stay inside, for the version of a graph could be tried out against them."""
    return alias or "" if firm_id is None else ids.seal("Firm", firm_id)


def _ends(link: LinkSeen) -> tuple[str, str]:
    return _key(link.supplier_id, link.supplier_alias), _key(link.buyer_id, link.buyer_alias)


def _link_row(
    link: LinkSeen, agreed: Mapping[Trade, Agreed], held: Mapping[tuple[int, int], Decimal],
    stated: Mapping[int, Essentiality],
) -> LinkRow:  # fmt: skip
    supplier, buyer = _ends(link)
    trade = agreed.get((link.supplier_id or 0, link.buyer_id or 0, link.item_id or 0))
    money = None if trade is None else trade.value.get(CURRENCY)
    stock = held.get((link.buyer_id or 0, link.item_id or 0))
    daily = 0.0 if trade is None else float(trade.quantity) / PERIOD_DAYS
    return LinkRow(
        supplier, buyer, "" if link.item_id is None else ids.seal("Item", link.item_id),
        amount=None if money is None else float(money),
        kind=KINDS[stated[link.id]] if link.id in stated else None,
        cover_days=None if stock is None or daily <= 0 else float(stock) / daily,
        confidence=link.confidence,
    )  # fmt: skip
