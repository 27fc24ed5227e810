"""What each firm needs to run and who can sell it that: the AND/OR graph of bills of material."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from chain.network.graph import ESSENTIAL, ChainGraph, Ints, distinct, grouped
from chain.network.measure import Measure

Bill = Mapping[str, Collection[str]]
"""Item made to the materials it is made of."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Needs(Measure):
    """``n`` firms with ``g`` needs: a firm runs while for every need of its own some supplier runs.

    ``ids[n]``. Of each need ``owner[g]``, the firm's row, ``label[g]``, place in ``labels`` (items, then stages), and the rows
    of its suppliers ``member[start[g]:start[g + 1]]``, each once. ``unsupplied``: needs by a bill that nobody seen sells to
    the firm, as (firm, item); they stop nobody, since their source is not known.
    """

    ids: NDArray[np.generic]
    owner: Ints
    label: Ints
    start: Ints
    member: Ints
    labels: tuple[str, ...]
    unsupplied: tuple[tuple[object, str], ...] = ()

    @property
    def n(self) -> int:
        return len(self.ids)

    @cached_property
    def row(self) -> dict[object, int]:
        """The row of each id."""
        return {identity: row for row, identity in enumerate(self.ids.tolist())}

    @cached_property
    def used(self) -> tuple[Ints, Ints]:
        """The needs that each firm helps to meet, those of ``f`` at ``start[f]:start[f + 1]``."""
        return grouped(self.member, np.repeat(np.arange(len(self.owner), dtype=np.int32), np.diff(self.start)), self.n)


def needs_of(
    graph: ChainGraph, bill: Bill | None = None, makes: Mapping[object, Collection[str]] | None = None,
    least_kind: int = ESSENTIAL,
) -> Needs:  # fmt: skip
    """The needs of every firm of the graph.

    With a bill for an item that a firm makes (``makes``: id to items; without an entry what it is seen to sell), the firm
    needs all materials of all its items with a bill, and nothing else. A firm without a bill needs every distinct item it
    buys, or where links name no item every stage it buys from, by at least one link of ``least_kind`` or more: a linear
    input slows a firm and does not stop it. Whoever sells that item to it can meet the need, in whatever amount.
    """
    item = {name: place for place, name in enumerate(graph.items)}
    labels = len(graph.labels)
    key = graph.buyer.astype(np.int64) * labels + graph.label
    apart = graph.supplier != graph.buyer
    wanted = set(_billed(graph, bill or {}, makes or {}))
    billed = {firm for firm, _ in wanted}
    by_bill = np.zeros(graph.n, np.bool_)
    by_bill[list(billed)] = True
    listed = np.array(sorted(firm * labels + item[name] for firm, name in wanted if name in item), dtype=np.int64)
    bought = distinct(key[apart & (graph.kind >= least_kind) & ~by_bill[graph.buyer]])
    sold = distinct(key[apart])
    needed = distinct(np.concatenate((bought, listed[np.isin(listed, sold)])))
    met = apart & np.isin(key, needed)
    pairs = distinct(np.searchsorted(needed, key[met]) * max(graph.n, 1) + graph.supplier[met])
    start, member = grouped(pairs // max(graph.n, 1), (pairs % max(graph.n, 1)).astype(np.int32), len(needed))
    seen = set(sold.tolist())
    dark = sorted((firm, name) for firm, name in wanted if name not in item or firm * labels + item[name] not in seen)
    named = graph.ids.tolist()
    return Needs(
        graph_version=graph.version,
        unknown_share={**graph.unknown_share, "needs": len(dark) / (len(dark) + len(needed)) if dark else 0.0},
        ids=graph.ids, owner=(needed // max(labels, 1)).astype(np.int32), label=(needed % max(labels, 1)).astype(np.int32),
        start=start, member=member, labels=graph.labels,
        unsupplied=tuple((named[firm], name) for firm, name in dark),
    )  # fmt: skip


def _billed(graph: ChainGraph, bill: Bill, makes: Mapping[object, Collection[str]]) -> Iterator[tuple[int, str]]:
    """Row and material of everything a firm needs by bill."""
    if not bill:
        return
    for firm, items in makes.items():
        for made in items:
            for material in bill.get(made, ()):
                yield graph.row[firm], material
    said = {graph.row[firm] for firm in makes}
    sells = distinct(graph.supplier.astype(np.int64) * max(len(graph.items), 1) + graph.item)
    for firm_row, place in zip(
        (sells // max(len(graph.items), 1)).tolist(), (sells % max(len(graph.items), 1)).tolist(), strict=True
    ):
        if firm_row not in said:
            for material in bill.get(graph.items[place], ()):
                yield firm_row, material


def needs_of_rows(rows: Mapping[object, Mapping[str, Sequence[object]]]) -> Needs:
    """The needs as they stand: firm to need to suppliers. A need without any supplier is left out and told in ``unsupplied``.

    Raises KeyError for a supplier that is no key itself.
    """
    row = {firm: number for number, firm in enumerate(rows)}
    listed = [(firm, need, sellers) for firm, needs in rows.items() for need, sellers in needs.items()]
    met = [(firm, need, sorted({row[seller] for seller in sellers})) for firm, need, sellers in listed if sellers]
    dark = tuple((firm, need) for firm, need, sellers in listed if not sellers)
    labels = sorted({need for _, need, _ in met})
    place = {need: number for number, need in enumerate(labels)}
    start = np.zeros(len(met) + 1, np.int32)
    np.cumsum([len(sellers) for _, _, sellers in met], out=start[1:])
    return Needs(
        graph_version=sha256(repr(sorted(map(repr, listed))).encode()).hexdigest(),
        unknown_share={"needs": len(dark) / len(listed) if listed else 0.0},
        ids=np.array(list(rows)) if rows else np.array([], dtype=np.int64),
        owner=np.array([row[firm] for firm, _, _ in met], dtype=np.int32),
        label=np.array([place[need] for _, need, _ in met], dtype=np.int32),
        start=start, member=np.array([seller for _, _, sellers in met for seller in sellers], dtype=np.int32),
        labels=tuple(labels), unsupplied=dark,
    )  # fmt: skip
