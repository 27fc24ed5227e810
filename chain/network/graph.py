"""A chain's network as arrays: one frozen graph per version, from which every measure is computed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

NEGLIGIBLE, LINEAR, ESSENTIAL = 0, 1, 2
"""What a buyer loses with an input: nothing, its share of all inputs, or its share of all inputs of that stage."""

LARGEST_FOR_NETWORKX = 5_000


@dataclass(frozen=True, eq=False)
class ChainGraph:
    """``n`` firms, ``m`` links from supplier to buyer; rows are numbered from 0 in the order of ``ids``.

    ``ids[n]``: what the caller calls its firms. ``stage[n]``, ``region[n]``: places in ``stages`` and ``regions``.
    ``output[n]``: money a period, the weight of a firm's loss; ``nan`` where unknown, then its sales count.
    ``supplier[m]``, ``buyer[m]``: rows. ``item[m]``: place in ``items``. ``amount[m]``: money a period, ``nan`` if unknown.
    ``kind[m]``: NEGLIGIBLE, LINEAR or ESSENTIAL. ``cover[m]``: days of cover the buyer holds, ``nan`` if unknown.
    ``confidence[m]``: 0 to 1, by which an amount is weighed.
    """

    ids: NDArray[np.generic]
    stage: Ints
    region: Ints
    output: Floats
    supplier: Ints
    buyer: Ints
    item: Ints
    amount: Floats
    kind: NDArray[np.int8]
    cover: Floats
    confidence: Floats
    stages: tuple[str, ...]
    regions: tuple[str, ...]
    items: tuple[str, ...]

    @property
    def n(self) -> int:
        return len(self.ids)

    @property
    def m(self) -> int:
        return len(self.supplier)

    @property
    def labels(self) -> tuple[str, ...]:
        """What a firm can buy: the items, then the stages, which stand for links that name no item."""
        return self.items + self.stages

    @cached_property
    def label(self) -> NDArray[np.int64]:
        """What each link supplies, of shape ``m``: the place of its item in ``labels``, or where that has no name of its stage."""
        nameless = np.array([not name for name in self.items], dtype=np.bool_)[self.item]
        return np.where(nameless, len(self.items) + self.stage[self.supplier], self.item).astype(np.int64)

    @cached_property
    def version(self) -> str:
        """64 hexadecimal digits of all content: equal graphs have equal versions, in whatever process they were built."""
        digest = sha256()
        for words in (self.ids.tolist(), self.stages, self.regions, self.items):
            digest.update(repr(words).encode() + b"\0")
        for array in (
            self.stage, self.region, self.output, self.supplier, self.buyer,
            self.item, self.amount, self.kind, self.cover, self.confidence,
        ):  # fmt: skip
            digest.update(np.ascontiguousarray(array).tobytes() + b"\0")
        return digest.hexdigest()

    @cached_property
    def weight(self) -> Floats:
        """Money a period of each link: its amount, the median known one where none is known, times its confidence."""
        known = self.amount[~np.isnan(self.amount)]
        usual = float(np.median(known)) if len(known) else 1.0
        filled: Floats = np.where(np.isnan(self.amount), usual, self.amount) * self.confidence
        return filled

    @cached_property
    def sales(self) -> Floats:
        """Money a period that each firm sells within the network, of shape ``n``."""
        return np.bincount(self.supplier, self.weight, self.n).astype(np.float64)

    @cached_property
    def size(self) -> Floats:
        """Output where it is known, sales elsewhere, of shape ``n``: by what a firm's loss is weighed."""
        sized: Floats = np.where(np.isnan(self.output), self.sales, self.output)
        return sized

    @cached_property
    def row(self) -> dict[object, int]:
        """The row of each id."""
        return {identity: row for row, identity in enumerate(self.ids.tolist())}

    @cached_property
    def pairs(self) -> tuple[Ints, Ints]:
        """Supplier and buyer of each distinct pair that trades, by rising rows; no firm with itself. Each of shape ``p``."""
        apart = self.supplier != self.buyer
        key = distinct(self.supplier[apart].astype(np.int64) * self.n + self.buyer[apart])
        return (key // max(self.n, 1)).astype(np.int32), (key % max(self.n, 1)).astype(np.int32)

    @cached_property
    def neighbours(self) -> tuple[Ints, Ints]:
        """Whom each firm trades with in either direction, once each: ``start[n + 1]`` and rows, those of ``f`` at ``start[f]:start[f + 1]``."""
        sold, bought = (rows.astype(np.int64) for rows in self.pairs)
        key = distinct(np.concatenate((sold * self.n + bought, bought * self.n + sold)))
        return begins(key // max(self.n, 1), self.n), (key % max(self.n, 1)).astype(np.int32)

    def rows(self, ids: Iterable[object]) -> Ints:
        """The rows of these ids. Raises KeyError for one that is no firm of the graph."""
        return np.array([self.row[identity] for identity in ids], dtype=np.int32)

    def named(self, rows: Iterable[int]) -> tuple[object, ...]:
        """The ids of these rows, as the caller gave them."""
        return tuple(self.ids[np.fromiter(rows, np.int64)].tolist())

    @property
    def unknown_share(self) -> dict[str, float]:
        """Of all links, 0 to 1, those without an amount, without days of cover, without any trade evidence."""
        if self.m == 0:
            return {"amount": 0.0, "cover": 0.0, "evidence": 0.0}
        return {
            "amount": float(np.isnan(self.amount).mean()),
            "cover": float(np.isnan(self.cover).mean()),
            "evidence": float((self.confidence < 1.0).mean()),
        }

    def to_networkx(self) -> "nx.MultiDiGraph[object]":
        """The public shape, nodes by id, one edge per link.

        Raises ValueError above 5,000 firms: at that size ask the arrays.
        """
        if self.n > LARGEST_FOR_NETWORKX:
            raise ValueError(f"{self.n} firms are more than the {LARGEST_FOR_NETWORKX} a networkx graph is made for")
        shaped: nx.MultiDiGraph[object] = nx.MultiDiGraph(version=self.version)
        for row, identity in enumerate(self.ids.tolist()):
            shaped.add_node(
                identity,
                stage=self.stages[self.stage[row]], region=self.regions[self.region[row]], size=float(self.size[row]),
            )  # fmt: skip
        named = self.ids.tolist()
        for link in range(self.m):
            shaped.add_edge(
                named[self.supplier[link]], named[self.buyer[link]],
                item=self.items[self.item[link]], weight=float(self.weight[link]), kind=int(self.kind[link]),
                confidence=float(self.confidence[link]),
            )  # fmt: skip
        return shaped


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One firm as it comes from a file or the database; ``output`` in money a period."""

    identity: object
    stage: str
    region: str
    output: float | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link as it comes; ``kind`` overrides the table of classes."""

    supplier: object
    buyer: object
    item: str = ""
    amount: float | None = None
    kind: int | None = None
    cover_days: float | None = None
    confidence: float = 1.0


Classes = dict[tuple[str, str], int]
"""(stage of the supplier, stage of the buyer) to NEGLIGIBLE, LINEAR or ESSENTIAL."""


def build(
    firms: Sequence[FirmRow], links: Sequence[LinkRow], classes: Classes | None = None, default_kind: int = ESSENTIAL
) -> ChainGraph:
    """The graph of these rows, firms in the order given. Links of a firm to itself are left out; equal links stay apart.

    Raises ValueError for a firm given twice and KeyError for a link that names no firm: whoever reads rows says so better.
    """
    row = {firm.identity: number for number, firm in enumerate(firms)}
    if len(row) != len(firms):
        raise ValueError("a firm is given twice")
    kept = [link for link in links if link.supplier != link.buyer]
    stages, regions, items = (
        _words(f.stage for f in firms),
        _words(f.region for f in firms),
        _words(k.item for k in kept),
    )
    of = [(firms[row[link.supplier]].stage, firms[row[link.buyer]].stage) for link in kept]
    table = classes or {}
    return ChainGraph(
        ids=np.array([firm.identity for firm in firms]) if firms else np.array([], dtype=np.int64),
        stage=_places(stages, [f.stage for f in firms]),
        region=_places(regions, [f.region for f in firms]),
        output=_numbers([f.output for f in firms]),
        supplier=np.array([row[link.supplier] for link in kept], dtype=np.int32),
        buyer=np.array([row[link.buyer] for link in kept], dtype=np.int32),
        item=_places(items, [link.item for link in kept]),
        amount=_numbers([link.amount for link in kept]),
        kind=np.array(
            [table.get(pair, default_kind) if link.kind is None else link.kind for link, pair in zip(kept, of, strict=True)],
            dtype=np.int8,
        ),
        cover=_numbers([link.cover_days for link in kept]),
        confidence=np.array([link.confidence for link in kept], dtype=np.float64),
        stages=stages, regions=regions, items=items,
    )  # fmt: skip


def distinct(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """The distinct numbers, rising: by sorting, which is many times faster here than the hashing of ``np.unique``."""
    ordered = np.sort(key)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def begins(group: NDArray[np.integer], groups: int) -> Ints:
    """Where the values of each group begin in a list sorted by group, and where the last ones end: of shape ``groups + 1``."""
    start = np.zeros(groups + 1, np.int32)
    np.cumsum(np.bincount(group, minlength=groups), out=start[1:])
    return start


def grouped(group: NDArray[np.integer], value: Ints, groups: int) -> tuple[Ints, Ints]:
    """Values by group, in their order: those of ``g`` at ``start[g]:start[g + 1]``."""
    return begins(group, groups), value[np.argsort(group, kind="stable")]


def _words(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(given)))


def _places(words: tuple[str, ...], given: Sequence[str]) -> Ints:
    place = {word: number for number, word in enumerate(words)}
    return np.array([place[word] for word in given], dtype=np.int32)


def _numbers(given: Sequence[float | None]) -> Floats:
    return np.array([np.nan if number is None else number for number in given], dtype=np.float64)
