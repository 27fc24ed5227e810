"""Who makes what from what, with stocks and capacities: the network on which time to survive is reckoned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chain.network.graph import ChainGraph, Floats, Ints, grouped
from chain.network.measure import SOURCES, CoverSource, Measure

Units = Mapping[str, Mapping[str, float]]
"""Item made to units of each material in one unit of it."""


@dataclass(frozen=True)
class Stock:
    """What one firm holds and can do of one item it makes.

    ``stock`` units, by evidence; without it ``lead_days`` declared, times the rate. ``rate_per_day``: units it gives off on an
    ordinary day. ``capacity_per_day``: None is without limit. ``recover_days``: days until it makes again once stopped.
    ``margin``: money lost with each unit of final demand not met.
    """

    firm: object
    item: str
    stock: float | None = None
    rate_per_day: float | None = None
    capacity_per_day: float | None = None
    recover_days: float | None = None
    lead_days: float | None = None
    margin: float = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class StockNetwork(Measure):
    """``k`` nodes, one for each firm and item it makes; ``q`` needs of nodes; ``a`` arcs from a node to a need it can meet.

    ``stock[k]`` units and its ``source[k]``, place in SOURCES; ``capacity[k]`` and ``demand[k]`` units a day (``inf``: no limit;
    0: no final demand), ``margin[k]`` money a unit, ``recover[k]`` days or ``nan``; ``rate[k]`` units a day that leave the node
    if it alone meets every need it can meet: 0 where nothing reaches a product, ``inf`` in and behind circles.
    ``owner[q]`` nodes, ``units[q]`` of the material for one unit of the owner's item. ``arc_from[a]`` nodes, ``arc_need[a]`` needs.
    """

    firm: tuple[object, ...]
    item: tuple[str, ...]
    stock: Floats
    source: NDArray[np.int8]
    capacity: Floats
    demand: Floats
    margin: Floats
    recover: Floats
    rate: Floats
    owner: Ints
    units: Floats
    arc_from: Ints
    arc_need: Ints

    @property
    def k(self) -> int:
        return len(self.firm)

    @cached_property
    def nodes_of(self) -> dict[object, list[int]]:
        """The nodes of each firm, firms in the order of their first node."""
        found: dict[object, list[int]] = {}
        for node, firm in enumerate(self.firm):
            found.setdefault(firm, []).append(node)
        return found

    @cached_property
    def arcs_out(self) -> list[list[int]]:
        """The arcs that leave each node."""
        return listed(self.arc_from, np.arange(len(self.arc_from), dtype=np.int32), self.k)

    @cached_property
    def arcs_in(self) -> list[list[int]]:
        """The arcs that end at each node's needs."""
        return listed(self.owner[self.arc_need], np.arange(len(self.arc_need), dtype=np.int32), self.k)

    @cached_property
    def makers(self) -> list[list[int]]:
        """The nodes that can meet each need."""
        return listed(self.arc_need, self.arc_from, len(self.owner))

    @cached_property
    def needs(self) -> list[list[int]]:
        """The needs of each node."""
        return listed(self.owner, np.arange(len(self.owner), dtype=np.int32), self.k)


def listed(group: Ints, value: Ints, groups: int) -> list[list[int]]:
    """Values by group, in their order, as lists."""
    start, ordered = grouped(group, value, groups)
    ends, values = start.tolist(), ordered.tolist()
    return [values[ends[g] : ends[g + 1]] for g in range(groups)]


def stock_network(
    graph: ChainGraph, stocks: Sequence[Stock], bill: Units | None = None, ends: Sequence[object] | None = None
) -> StockNetwork:
    """Nodes from what firms sell in the graph and what ``stocks`` tell, needs from the bill, arcs from the links.

    ``ends``: firms whose rate is final demand (1 a day where none is given); without it every firm with a rate for an item
    that nobody in the graph buys. A node without a bill needs each distinct item its firm buys, in units told from the rates
    of its suppliers, shared out by amounts (1 where a rate is missing). A need that nobody seen meets is met from outside.
    Raises KeyError for a firm that is none of the graph, ValueError for two stocks of one item at one firm.
    """
    told: dict[tuple[int, str], Stock] = {}
    for stock in stocks:
        node = graph.row[stock.firm], stock.item
        if node in told:
            raise ValueError(f"the stock of {stock.item} at {stock.firm} is given twice")
        told[node] = stock
    apart = graph.supplier != graph.buyer
    triples = sorted(
        set(zip(graph.supplier[apart].tolist(), graph.item[apart].tolist(), graph.buyer[apart].tolist(), strict=True))
    )
    items = graph.items
    sold = dict.fromkeys((seller, items[item]) for seller, item, _ in triples)
    makes = set(told) | set(sold)
    idle = set(range(graph.n)) - {firm for firm, _ in makes}
    nodes = sorted(makes | {(firm, "") for firm in idle})
    number = {node: place for place, node in enumerate(nodes)}
    rows = [told.get(node) for node in nodes]
    demand = np.zeros(len(nodes))
    finals = None if ends is None else {graph.row[firm] for firm in ends}
    for place, (firm, item) in enumerate(nodes):
        known = rows[place]
        rate = known.rate_per_day if known else None
        if finals is None:
            demand[place] = rate or 0.0 if (firm, item) not in sold else 0.0
        elif firm in finals:
            demand[place] = 1.0 if rate is None else rate
    bought: dict[int, dict[str, list[int]]] = {}
    for seller, item, buyer in triples:
        bought.setdefault(buyer, {}).setdefault(items[item], []).append(seller)
    inflow = _inflows(graph, told)
    made = _made(told)
    owner: list[int] = []
    units: list[float] = []
    arc_from: list[int] = []
    arc_need: list[int] = []
    guessed = unmet = 0
    for place, (firm, item) in enumerate(nodes):
        buys = bought.get(firm, {})
        bill_of = (bill or {}).get(item)
        for material in buys if bill_of is None else bill_of:
            each = bill_of[material] if bill_of is not None else _per_unit(inflow.get((firm, material)), made.get(firm))
            guessed += each is None
            unmet += material not in buys
            arc_from += [number[seller, material] for seller in buys.get(material, ())]
            arc_need += [len(owner)] * len(buys.get(material, ()))
            owner.append(place)
            units.append(1.0 if each is None else each)
    arrays = (
        np.array(owner, dtype=np.int32), np.array(units, dtype=np.float64),
        np.array(arc_from, dtype=np.int32), np.array(arc_need, dtype=np.int32),
    )  # fmt: skip
    rate_of = _rates(demand, *arrays)
    stock_of, source = _stocks(rows, rate_of)
    return StockNetwork(
        graph_version=graph.version,
        unknown_share={
            **graph.unknown_share,
            "cover": float((source == SOURCES.index(CoverSource.UNKNOWN)).mean()) if len(nodes) else 0.0,
            "units": guessed / max(len(owner), 1),
            "needs": unmet / max(len(owner), 1),
        },
        firm=graph.named(firm for firm, _ in nodes), item=tuple(item for _, item in nodes),
        stock=stock_of, source=source, capacity=_column(rows, "capacity_per_day", np.inf), demand=demand,
        margin=_column(rows, "margin", 1.0), recover=_column(rows, "recover_days", np.nan), rate=rate_of,
        owner=arrays[0], units=arrays[1], arc_from=arrays[2], arc_need=arrays[3],
    )  # fmt: skip


def _inflows(graph: ChainGraph, told: Mapping[tuple[int, str], Stock]) -> dict[tuple[int, str], float | None]:
    """Units of each item that a firm takes on an ordinary day, None where some seller's rate is not known."""
    money: dict[tuple[int, str], float] = {}
    links = list(
        zip(graph.supplier.tolist(), graph.item.tolist(), graph.buyer.tolist(), graph.weight.tolist(), strict=True)
    )
    for seller, item, _, weight in links:
        place = seller, graph.items[item]
        money[place] = money.get(place, 0.0) + weight
    taken: dict[tuple[int, str], float | None] = {}
    for seller, item, buyer, weight in links:
        name = graph.items[item]
        known = told.get((seller, name))
        rate, all_sold = (known.rate_per_day if known else None), money[seller, name]
        before = taken.get((buyer, name), 0.0)
        taken[buyer, name] = (
            None if rate is None or before is None or not all_sold else before + rate * weight / all_sold
        )
    return taken


def _made(told: Mapping[tuple[int, str], Stock]) -> dict[int, float]:
    """Units of all its items that each firm gives off on an ordinary day, of firms that told it of every item."""
    made: dict[int, float] = {}
    for (firm, _), stock in told.items():
        made[firm] = made.get(firm, 0.0) + (np.nan if stock.rate_per_day is None else stock.rate_per_day)
    return {firm: rate for firm, rate in made.items() if rate > 0.0}


def _per_unit(inflow: float | None, made: float | None) -> float | None:
    return inflow / made if inflow and made else None


def _column(rows: Sequence[Stock | None], name: str, missing: float) -> Floats:
    given = [getattr(row, name) if row else None for row in rows]
    return np.array([missing if value is None else value for value in given], dtype=np.float64)


def _rates(demand: Floats, owner: Ints, units: Floats, arc_from: Ints, arc_need: Ints) -> Floats:
    """What leaves each node, from the products back; a node that waits for itself never settles and is without limit."""
    k = len(demand)
    buyer = owner[arc_need]
    waiting = np.bincount(arc_from, minlength=k).tolist()
    into = listed(buyer, np.arange(len(arc_from), dtype=np.int32), k)
    rate, each, seller = demand.tolist(), units[arc_need].tolist(), arc_from.tolist()
    settled = [node for node in range(k) if not waiting[node]]
    for node in settled:
        for arc in into[node]:
            rate[seller[arc]] += each[arc] * rate[node]
            waiting[seller[arc]] -= 1
            if not waiting[seller[arc]]:
                settled.append(seller[arc])
    return np.where(np.array(waiting, dtype=np.int64) > 0, np.inf, np.array(rate, dtype=np.float64))


def _stocks(rows: Sequence[Stock | None], rate: Floats) -> tuple[Floats, NDArray[np.int8]]:
    held = np.zeros(len(rows))
    source = np.full(len(rows), SOURCES.index(CoverSource.UNKNOWN), np.int8)
    for place, row in enumerate(rows):
        if row is not None and row.stock is not None:
            held[place], source[place] = row.stock, SOURCES.index(CoverSource.EVIDENCE)
        elif row is not None and row.lead_days is not None:
            used = rate[place] if np.isfinite(rate[place]) else row.rate_per_day or 0.0
            held[place], source[place] = row.lead_days * used, SOURCES.index(CoverSource.DECLARED)
    return held, source
