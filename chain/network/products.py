"""What one firm's products need by its bills of material: nodes of their own beside the firms of the AND/OR graph."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chain.network.andor import MOST_PAIRS, MOST_STOPS, fatal_sets, stopped_when
from chain.network.graph import ChainGraph, Ints
from chain.network.needs import Bill, Needs, needs_of

MOST_PRODUCTS = 100
MOST_TRIED = 30_000
"""Firms times products for which pairs are looked for while somebody waits: some seconds."""
REST = ""
"""The node of all that no bill names."""


@dataclass(frozen=True)
class ProductStops:
    """Rows of the firms that stop one product alone, and two together. ``materials``: what it takes, own parts resolved;
    ``unsupplied``: those nobody seen sells to its maker, which stop nothing, since their source is not known. ``pairs``: None where
    there is too much to look for them."""

    product: str
    materials: tuple[str, ...]
    unsupplied: tuple[str, ...]
    single: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...] | None


@dataclass(frozen=True)
class OwnStops:
    """Rows of the firms that stop ``own`` or a product of it: alone and by pairs. ``single_all``: that stop all of it, by a need no
    bill names or by every product; ``products``: at most MOST_PRODUCTS; ``unknown``: share, 0 to 1, of what the bills need whose source is
    not known."""

    single: frozenset[int]
    single_all: frozenset[int]
    pairs: tuple[tuple[int, int], ...]
    complete: bool
    products: tuple[ProductStops, ...]
    unknown: float


def own_stops(graph: ChainGraph, own: int | None, bill: Bill, most: int = MOST_PAIRS) -> OwnStops:
    """Minimal cut sets up to two firms of what one firm makes.

    bill: a product of its own -> what goes into it, both as labels of the graph; what is itself a key is made by the firm, out of its
    own bill, and by whoever else sells it to it. The firm runs whole while all its products and all needs no bill names are met.
    """
    if own is None:
        return OwnStops(frozenset(), frozenset(), (), True, (), 0.0)
    firms, ends = graph.row, tops(bill)
    needs = product_needs(graph, own, bill)
    found = fatal_sets(needs, [graph.ids[own]], most=most)
    single = [one for one in found.single if one in firms and firms[one] != own]
    stopped = _stopped(needs, single, [REST, *ends]) if bill else {}
    by_all = [one for one in single if not bill or REST in stopped[one] or stopped[one] >= set(ends)]
    pairs = _pairs_of(graph, needs, bill, ends[: min(MOST_PRODUCTS, MOST_TRIED // max(1, graph.n))], most)
    dark = {name for _, name in needs.unsupplied}
    products = []
    for product in ends[:MOST_PRODUCTS]:
        taken = materials(bill, product)
        rows = tuple(sorted(firms[one] for one in single if product in stopped[one]))
        products.append(
            ProductStops(product, taken, tuple(one for one in taken if one in dark), rows, pairs.get(product))
        )
    billed = {part for parts in bill.values() for part in parts if part not in bill}
    return OwnStops(
        frozenset(firms[one] for one in single), frozenset(firms[one] for one in by_all), _pairs(graph, found.pairs), found.complete,
        tuple(products), len(dark) / len(billed) if billed else 0.0,
    )  # fmt: skip


def _stopped(needs: Needs, firms: Sequence[object], products: Sequence[str]) -> dict[object, set[str]]:
    """Which of these products, or REST, each firm stops alone; of so few firms at once that all they stop can be kept."""
    found: dict[object, set[str]] = {}
    nodes = np.array([needs.row[node(product)] for product in products])
    few = max(1, MOST_STOPS // needs.n)
    for at in range(0, len(firms), few):
        told = stopped_when(needs, firms[at : at + few])
        for place, firm in enumerate(firms[at : at + few]):
            down = np.isin(nodes, told.stops[told.start[place] : told.start[place + 1]])
            found[firm] = {product for product, is_down in zip(products, down.tolist(), strict=True) if is_down}
    return found


def _pairs_of(
    graph: ChainGraph, needs: Needs, bill: Bill, products: Sequence[str], most: int
) -> dict[str, tuple[tuple[int, int], ...]]:
    """Products whose bills name the same are looked at once."""
    found: dict[tuple[str, ...], tuple[tuple[int, int], ...]] = {}
    for product in products:
        parts = tuple(sorted(bill[product]))
        if parts not in found:
            found[parts] = _pairs(graph, fatal_sets(needs, [node(product)], most=most).pairs)
    return {product: found[tuple(sorted(bill[product]))] for product in products}


def tops(bill: Bill) -> list[str]:
    """The products that go into no other; all where every one does."""
    inner = {part for parts in bill.values() for part in parts}
    return sorted(product for product in bill if product not in inner) or sorted(bill)


def product_needs(graph: ChainGraph, own: int, bill: Bill) -> Needs:
    """The needs of all firms; those of ``own`` that no bill names are the needs of the node REST. Products stand behind the firms
    under ``node(product)``, and the firm needs REST and each product that goes into no other."""
    base = needs_of(graph)
    if not bill:
        return base
    made = {product: graph.n + number for number, product in enumerate([REST, *bill])}
    parts = {part for some in bill.values() for part in some}
    bought = _sellers(graph, own)
    kept = [
        (made[REST] if owner == own else int(owner), int(label), base.member[base.start[place] : base.start[place + 1]].tolist())
        for place, (owner, label) in enumerate(zip(base.owner.tolist(), base.label.tolist(), strict=True))
        if owner != own or base.labels[label] not in parts
    ]  # fmt: skip
    labels, place_of = list(base.labels), {name: place for place, name in enumerate(base.labels)}
    for name in [*parts, *made]:
        if name not in place_of:
            place_of[name] = len(labels)
            labels.append(name)
    dark = []
    for product, some in bill.items():
        for part in sorted(set(some)):
            members = sorted(bought.get(part, set()) | ({made[part]} if part in made else set()))
            if members:
                kept.append((made[product], place_of[part], members))
            else:
                dark.append((node(product), part))
    kept += [(own, place_of[product], [made[product]]) for product in (REST, *tops(bill))]
    start = np.zeros(len(kept) + 1, np.int32)
    np.cumsum([len(members) for _, _, members in kept], out=start[1:])
    return Needs(
        graph_version=graph.version, unknown_share=base.unknown_share,
        ids=np.array([*graph.ids.tolist(), *map(node, [REST, *bill])]), owner=_ints([owner for owner, _, _ in kept]),
        label=_ints([label for _, label, _ in kept]), start=start, member=_ints([m for _, _, members in kept for m in members]),
        labels=tuple(labels), unsupplied=tuple(dark),
    )  # fmt: skip


def node(product: str) -> str:
    """What a product is called among the ids of firms."""
    return f"product {product}"


def _ints(numbers: Sequence[int]) -> Ints:
    return np.array(numbers, dtype=np.int32)


def _sellers(graph: ChainGraph, own: int) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = {}
    for row in np.flatnonzero((graph.buyer == own) & (graph.supplier != own)).tolist():
        found.setdefault(graph.labels[graph.label[row]], set()).add(int(graph.supplier[row]))
    return found


def materials(bill: Bill, product: str) -> tuple[str, ...]:
    """All that is bought for a product, through its own parts."""
    seen, waiting = {product}, [product]
    for one in waiting:  # grows while it is read
        fresh: Collection[str] = [part for part in bill.get(one, ()) if part not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return tuple(sorted(part for part in seen if part not in bill))


def _pairs(graph: ChainGraph, pairs: Sequence[tuple[object, object]]) -> tuple[tuple[int, int], ...]:
    """Those of two firms: a pair with a product in it is told by the firms that stop the product."""
    return tuple((graph.row[a], graph.row[b]) for a, b in pairs if a in graph.row and b in graph.row)
