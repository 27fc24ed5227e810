"""The arrays the cascade runs over: shares instead of money, busiest firms first. Made from a graph once, kept for the last two."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chain.network.graph import ESSENTIAL, NEGLIGIBLE, ChainGraph, Floats, begins

Places = NDArray[np.uint32]


class Shares(NamedTuple):
    """What the kernels read. Firms stand by falling number of links, so that those met most often lie close together.

    Supplier ``j`` delivers along entries ``sold[j]:sold[j + 1]``: to the firm ``buyer``, into its slot ``slot``, ``share`` of
    what the slot's input costs. A slot gathers the losses of one input of one buyer: all linear inputs together, or one
    essential stage; slots ``slots[i]:slots[i + 1]`` are those of buyer ``i``. Buyer ``i`` orders along entries
    ``bought[i]:bought[i + 1]``: from ``seller``, ``part`` of its sales. ``stage``, ``sales``: by firm; ``volume``: sales
    of a stage; its firms are ``member[members[k]:members[k + 1]]``.
    """

    sold: Places
    buyer: Places
    slot: Places
    share: Floats
    slots: Places
    bought: Places
    seller: Places
    part: Floats
    stage: Places
    sales: Floats
    volume: Floats
    members: Places
    member: Places


@dataclass(frozen=True, eq=False)
class Layout:
    """``place[n]``: where each row of the graph stands in ``shares``; ``row[n]``: the reverse.

    ``supplier`` and ``kind`` of each entry of ``shares.share``.
    """

    shares: Shares
    place: Places
    row: Places
    supplier: Places
    kind: NDArray[np.int8]


@lru_cache(maxsize=2)
def laid_out(graph: ChainGraph) -> Layout:
    """Coefficients after Diem et al. 2022 (Sci. Rep. 12, 7719).

    An essential link is a share of all the buyer buys from that stage, whatever the class of those links; a linear one a share
    of all it buys at all, essential and negligible links included; an order is a part of all the supplier sells.
    Links without money are left out; links of one supplier, buyer and class are one link.
    """
    used = graph.weight > 0
    supplier, buyer = graph.supplier[used], graph.buyer[used]
    n, stages = graph.n, max(len(graph.stages), 1)
    row = np.argsort(-(np.bincount(supplier, minlength=n) + np.bincount(buyer, minlength=n)), kind="stable")
    place = np.empty(n, np.int64)
    place[row] = np.arange(n)
    stage = graph.stage[row].astype(np.int64)

    pair, into = np.unique((place[supplier] * n + place[buyer]) * 3 + graph.kind[used], return_inverse=True)
    weight = np.bincount(into, graph.weight[used], len(pair)).astype(np.float64)
    supplier, buyer, kind = pair // 3 // max(n, 1), pair // 3 % max(n, 1), pair % 3
    essential = kind == ESSENTIAL
    sales = np.bincount(supplier, weight, n).astype(np.float64)
    _, at = np.unique(buyer * stages + stage[supplier], return_inverse=True)
    of_input = np.where(essential, np.bincount(at, weight)[at], np.bincount(buyer, weight, n)[buyer])

    counts = kind != NEGLIGIBLE
    slots, slot = np.unique(
        (buyer * (stages + 1) + np.where(essential, stage[supplier] + 1, 0))[counts], return_inverse=True
    )
    by_buyer = np.lexsort((supplier, buyer))
    seller = supplier[by_buyer]
    return Layout(
        Shares(
            sold=_places(begins(supplier[counts], n)), buyer=_places(buyer[counts]), slot=_places(slot),
            share=(weight / of_input)[counts], slots=_places(begins(slots // (stages + 1), n)),
            bought=_places(begins(buyer, n)), seller=_places(seller), part=weight[by_buyer] / sales[seller],
            stage=_places(stage), sales=sales, volume=np.bincount(stage, sales, stages).astype(np.float64),
            members=_places(begins(stage, stages)), member=_places(np.argsort(stage, kind="stable")),
        ),
        _places(place), _places(row), _places(supplier[counts]), kind[counts].astype(np.int8),
    )  # fmt: skip


def _places(numbers: NDArray[np.integer]) -> Places:
    return numbers.astype(np.uint32)
