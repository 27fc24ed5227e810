"""The chain as one firm may see it, as the arrays that ``chain.network`` measures: nothing else goes into them.

So a score tells its viewer nothing it could not see before (decision 0024).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from chain.bills import reads as bills
from chain.essentiality.reads import link_essentiality_of, stage_essentiality_of
from chain.essentiality.tables import Essentiality
from chain.firms import reads as firms
from chain.items import reads as items
from chain.links.lifecycle import LinkState
from chain.links.reads import LinkSeen, all_supply_links
from chain.links.resting import Shown, shown_of
from chain.network.graph import ESSENTIAL, LINEAR, NEGLIGIBLE, ChainGraph, FirmRow, Floats, LinkRow, build
from chain.network.needs import Bill
from chain.recovery.reads import link_recovery_of
from collaboration.orders.traded import Agreed, Trade, agreed_between
from kernel import ids
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.work import UnitOfWork
from oversight.maps.reads import MOST_LINKS, MapFirm, known_in
from oversight.resilience.billing import MadeOf, bill_in, made_of

PERIOD_DAYS = 365
"""Amounts are what was agreed in the year up to the day looked at."""
CURRENCY = "CNY"
MOST_CHAINS, MOST_LINKS_IN_ALL = 20, 20_000
KINDS: Mapping[Essentiality, int] = {
    Essentiality.ESSENTIAL: ESSENTIAL, Essentiality.LINEAR: LINEAR, Essentiality.NEGLIGIBLE: NEGLIGIBLE,
}  # fmt: skip


@dataclass(frozen=True)
class Gathered:
    """``firms[n]`` and ``links[m]`` are row for row those of ``graph``, and ``lead_days[m]`` what makers declare, ``nan`` if unknown.

    ``own``: row of the firm that looks, None where it has no link in the chain. ``stages``: code to row number of the chain's.
    ``stated``: link -> what the firm that looks said of it as its buyer. ``is_cut``: there are more links than are looked at.
    ``rests_on``: what of it is shown by others' disclosures. ``bill``: what the products of the firm that looks take, by its own bills,
    in labels of the graph; ``recover_days[m]``: what it says itself, ``nan`` where nothing; ``sold``: own product to CNY a day agreed.
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
    rests_on: Shown
    bill: Bill
    recover_days: Floats
    sold: Mapping[str, float]

    @property
    def own_links(self) -> dict[int, int]:
        """Link -> row, of those by which the firm that looks buys."""
        if self.own is None:
            return {}
        return {self.links[row].id: row for row in np.flatnonzero(self.graph.buyer == self.own).tolist()}


def gathered(
    work: UnitOfWork, actor: Actor, *, chain_id: int, as_of: date | None = None, most: int = MOST_LINKS
) -> Gathered | None:
    """All links of a chain the actor may see on a day that neither ended nor are disputed, with what it knows of each itself.

    as_of: today when nothing is said. most: links looked at, oldest first. None for who belongs to no firm. Raises NotFound for a chain that is none.
    """
    firms.chain(work, actor, chain_id)
    if not _looks(actor):
        return None
    day = as_of or today_of(work.now)
    seen = all_supply_links(work, actor, chain_id=chain_id, on=day, most=most + 1)
    (found,) = _gathered(work, actor, {chain_id: seen[:most]}, day, is_cut=len(seen) > most, most=most)
    return found


def all_gathered(work: UnitOfWork, actor: Actor) -> list[Gathered] | None:
    """The same of every chain in which the actor sees a link today, by chain, with the statements of one: at most MOST_CHAINS.

    None for who belongs to no firm.
    """
    if not _looks(actor):
        return None
    day = today_of(work.now)
    seen = all_supply_links(work, actor, chain_id=None, on=day, most=MOST_LINKS_IN_ALL + 1)
    by_chain: dict[int, list[LinkSeen]] = {}
    for link in seen[:MOST_LINKS_IN_ALL]:
        by_chain.setdefault(link.chain_id, []).append(link)
    first = {chain: by_chain[chain] for chain in sorted(by_chain)[:MOST_CHAINS]}
    return _gathered(work, actor, first, day, is_cut=len(seen) > MOST_LINKS_IN_ALL)


def _looks(actor: Actor) -> bool:
    return actor.party_id is not None and not actor.has(Role.OFFICIAL)


def _gathered(
    work: UnitOfWork, actor: Actor, by_chain: Mapping[int, Sequence[LinkSeen]], as_of: date, *, is_cut: bool,
    most: int = MOST_LINKS,
) -> list[Gathered]:  # fmt: skip
    standing = {
        chain: [k for k in some if k.ended_on is None and k.state is not LinkState.DISPUTED][:most]
        for chain, some in by_chain.items()
    }
    known = _known(work, actor, [k for some in standing.values() for k in some], as_of)
    spots_in = known_in(work, actor, standing)
    classes = _classes(work, actor, by_chain)
    stages: dict[int, dict[str, int]] = {chain: {} for chain in by_chain}
    for stage in firms.stages_of(work, actor, by_chain):
        stages[stage.chain_id][stage.code] = stage.id
    found = []
    for chain, some in standing.items():
        spots = {_key(firm.firm_id, firm.alias): firm for firm in spots_in[chain]}
        links = [k for k in some if ends_of(k)[0] in spots and ends_of(k)[1] in spots]
        bill = bill_in(
            known.made_of,
            [(_need(k, known.needs), known.stated.get(k.id)) for k in links if k.side is Side.BUYER],
            stages[chain].values(),
        )
        billed = {part for parts in bill.values() for part in parts}
        codes = {number: code for code, number in stages[chain].items()}
        graph = build(
            [FirmRow(key, codes.get(firm.stage_id or 0, ""), firm.prefecture or "") for key, firm in spots.items()],
            [_link_row(k, known, billed) for k in links],
            {(codes[a], codes[b]): kind for (a, b), kind in classes.items() if a in codes and b in codes},
        )
        lead = [known.lead_days.get(k.item_id or 0, np.nan) for k in links]
        found.append(Gathered(
            chain, as_of, graph, list(spots.values()), links, np.array(lead, dtype=np.float64),
            graph.row.get(_key(actor.party_id, None)), stages[chain],
            {k.id: known.stated[k.id] for k in links if k.id in known.stated}, is_cut or len(by_chain[chain]) > most,
            shown_of([link for link in links if link.disclosed]), bill,
            np.array([known.recover_days.get(k.id, np.nan) for k in links], dtype=np.float64), known.sold,
        ))  # fmt: skip
    return found


@dataclass(frozen=True)
class _Known:
    """What the firm that looks knows of its links itself. ``needs``: item -> its own number of it: two makers' items under one
    stand in for one another; ``stated``: link -> how essential; ``recover_days``: link -> days. ``sold``: own item, as a label -> CNY a day.
    """

    agreed: Mapping[Trade, Agreed]
    held: Mapping[tuple[int, int], Decimal]
    lead_days: Mapping[int, float]
    needs: Mapping[int, str]
    stated: Mapping[int, Essentiality]
    recover_days: Mapping[int, float]
    made_of: MadeOf
    sold: Mapping[str, float]


def _known(work: UnitOfWork, actor: Actor, links: Sequence[LinkSeen], as_of: date) -> _Known:
    party_id = actor.party_id or 0
    parts = bills.parts_on(work, actor, as_of)
    components = {part.component_id for lines in parts.values() for part in lines}
    told = items.items_by_id(work, actor, {k.item_id for k in links if k.item_id} | components)
    bought = {k.item_id for k in links if k.item_id and k.buyer_id == party_id} | components
    names, today = items.names_of_items(work, actor, bought), today_of(work.now)
    terms, called = items.terms_in_force(names, party_id, today), items.own_names(names, party_id, today)
    own_links = [k.id for k in links if k.buyer_id == party_id]
    stated = link_essentiality_of(work, actor, own_links)
    agreed = agreed_between(work, actor, **_year_up_to(min(as_of, today)))
    needs = {item_id: f"= {name.number.strip()}" for item_id, name in called.items()}
    return _Known(
        agreed,
        items.stock_of(work, actor, firm_ids=[party_id], item_ids={item.id for item in told}),
        {item.id: float(_lead_days(item, terms.get(item.id))) for item in told},
        needs,
        {row.link_id: row.essentiality for row in stated},
        {row.link_id: float(row.recover_days) for row in link_recovery_of(work, actor, own_links)},
        made_of(parts, {item.id: item for item in told}, needs, party_id),
        _sold(agreed, party_id),
    )


def _sold(agreed: Mapping[Trade, Agreed], party_id: int) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for (seller, _, item_id), trade in agreed.items():
        if seller == party_id and trade.value.get(CURRENCY):
            label = ids.seal("Item", item_id)
            found[label] = found.get(label, 0.0) + float(trade.value[CURRENCY]) / PERIOD_DAYS
    return found


def _lead_days(item: Any, terms: Any) -> int:
    """From order to despatch: as agreed for this buyer, else as the maker declares it for everybody."""
    return int(item.lead_time_days if terms is None or terms.lead_time_days is None else terms.lead_time_days)


def _classes(work: UnitOfWork, actor: Actor, chain_ids: Collection[int]) -> Mapping[tuple[int, int], int]:
    """(stage of the supplier, of the buyer) -> the class the chains' table gives."""
    told = stage_essentiality_of(work, actor, chain_ids)
    return {(row.supplier_stage_id, row.buyer_stage_id): KINDS[row.essentiality] for row in told}


def _year_up_to(day: date) -> dict[str, date]:
    first = max(date(1970, 1, 1).toordinal(), day.toordinal() - PERIOD_DAYS + 1)
    return {"since": date.fromordinal(first), "until": day}


def _key(firm_id: int | None, alias: str | None) -> str:
    """What its viewer calls a firm: row numbers stay inside, for the version of a graph could be tried out against them."""
    return alias or "" if firm_id is None else ids.seal("Firm", firm_id)


def ends_of(link: LinkSeen) -> tuple[str, str]:
    """(supplier, buyer) of a link, by the keys of the network."""
    return _key(link.supplier_id, link.supplier_alias), _key(link.buyer_id, link.buyer_alias)


def _link_row(link: LinkSeen, known: _Known, billed: Collection[str]) -> LinkRow:
    """billed: what the bills of the firm that looks take; that is essential to it unless it says otherwise itself."""
    supplier, buyer = ends_of(link)
    trade = known.agreed.get((link.supplier_id or 0, link.buyer_id or 0, link.item_id or 0))
    money = None if trade is None else trade.value.get(CURRENCY)
    stock = known.held.get((link.buyer_id or 0, link.item_id or 0))
    daily = 0.0 if trade is None else float(trade.quantity) / PERIOD_DAYS
    label = _need(link, known.needs)
    by_bill = ESSENTIAL if link.side is Side.BUYER and label in billed else None
    return LinkRow(
        supplier, buyer, label,
        amount=None if money is None else float(money),
        kind=KINDS[known.stated[link.id]] if link.id in known.stated else by_bill,
        cover_days=None if stock is None or daily <= 0 else float(stock) / daily,
        confidence=link.confidence,
    )  # fmt: skip


def _need(link: LinkSeen, needs: Mapping[int, str]) -> str:
    """What the buyer needs by this link; nothing where the item is not told, then the stage stands for it."""
    if link.item_id is None:
        return ""
    own = needs.get(link.item_id) if link.side is Side.BUYER else None
    return own or ids.seal("Item", link.item_id)
