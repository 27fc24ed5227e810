"""What a buyer needs: its links grouped into inputs, each with one source or several that stand in for one another."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chain.network.graph import ChainGraph, Floats, Ints


@dataclass(frozen=True, eq=False)
class Inputs:
    """``k`` inputs, sorted by buyer. Links of one buyer for one named item are one input; where the item has no name,
    those from one stage.

    ``of_link[m]``: the input of each link. ``buyer[k]``: its row. ``kind[k]``: the largest kind among the links.
    ``need[k]``: money a period bought when all is normal. ``cover[k]``: days of cover, the mean of the links that know
    theirs, weighed by amount; ``nan`` where none knows. ``share_of_link[m]``: 0 to 1, of its input; ``share[k]``: 0 to 1,
    of all the buyer buys.
    """

    of_link: Ints
    buyer: Ints
    kind: NDArray[np.int8]
    need: Floats
    cover: Floats
    share_of_link: Floats
    share: Floats

    @property
    def k(self) -> int:
        return len(self.buyer)

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """The first input of each firm that buys anything."""
        return np.flatnonzero(np.diff(self.buyer, prepend=-1))


def inputs_of(graph: ChainGraph) -> Inputs:
    """The inputs of every firm of the graph."""
    if graph.m == 0:
        nothing, none = np.zeros(0), np.zeros(0, dtype=np.int32)
        return Inputs(none, none, np.zeros(0, dtype=np.int8), nothing, nothing, nothing, nothing)
    labels = len(graph.labels)
    found, of_link = np.unique(graph.buyer.astype(np.int64) * labels + graph.label, return_inverse=True)
    k, buyer = len(found), (found // labels).astype(np.int32)
    kind = np.zeros(k, dtype=np.int8)
    np.maximum.at(kind, of_link, graph.kind)
    need = sums(of_link, graph.weight, k)
    known = ~np.isnan(graph.cover)
    told = np.where(known, np.nan_to_num(graph.cover), 0.0)
    weighed = np.where(known, graph.weight, 0.0)
    by_amount, by_link = sums(of_link, weighed, k), sums(of_link, known, k)
    cover = np.where(
        by_amount > 0,
        sums(of_link, weighed * told, k) / np.where(by_amount > 0, by_amount, 1.0),
        np.where(by_link > 0, sums(of_link, told, k) / np.maximum(by_link, 1), np.nan),
    )
    bought = sums(buyer, need, graph.n)[buyer]
    return Inputs(
        of_link=of_link.astype(np.int32), buyer=buyer, kind=kind, need=need, cover=cover,
        share_of_link=_parts(graph.weight, need[of_link]), share=_parts(need, bought),
    )  # fmt: skip


def sums(place: NDArray[np.integer], amounts: NDArray[np.generic], size: int) -> Floats:
    """Of shape ``size``: the sum of the amounts at each place."""
    return np.bincount(place, amounts, size).astype(np.float64, copy=False)


def _parts(of: Floats, whole: Floats) -> Floats:
    parts: Floats = np.divide(of, whole, out=np.zeros_like(of), where=whole > 0)
    return parts


@dataclass(frozen=True)
class SecondSource:
    """A further source (备链) of the input that ``link`` (row) belongs to, asked for what the others leave short.

    ``capacity_per_day``: money a day when running in full. From ``first_day`` on it gives 1/``ramp_days`` of that on the
    first day, 2/``ramp_days`` on the second, all of it from the ``ramp_days``-th. ``firm``: the row of the firm that
    makes it and is cut as that firm is; None: a firm outside the graph, which nothing cuts.
    """

    link: int
    capacity_per_day: float
    first_day: int = 0
    ramp_days: int = 0
    firm: int | None = None

    def capacity(self, day: int) -> float:
        """Money that it can give on a day."""
        if day < self.first_day:
            return 0.0
        return self.capacity_per_day * min(1.0, (day - self.first_day + 1) / max(1, self.ramp_days))
