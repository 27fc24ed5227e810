"""A chain's network from plain CSV files, without any database: bad rows are told one by one and left out."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from chain.network.csv_rows import Bad, Refused, Tell, Wrong, flag, number, rows, short, shown
from chain.network.graph import ESSENTIAL, LINEAR, NEGLIGIBLE, ChainGraph, Classes, FirmRow, Floats, LinkRow, build

__all__ = ["Bad", "BadRow", "NetworkFiles", "Refused", "StockRow", "read_network"]

EVERY_ROWS = 100_000
LONGEST_DAYS = 1e6


class BadRow(Refused):
    """The first bad row, where none is allowed."""


@dataclass(frozen=True)
class StockRow:
    """What a firm holds of an item, units: ``stock``, of which ``rate_per_day`` goes; ``capacity_per_day`` it can make or
    take in; ``recover_days`` until it works again once stopped. None: not told.
    """

    firm: str
    item: str
    stock: float | None
    rate_per_day: float | None
    capacity_per_day: float | None
    recover_days: float | None

    @property
    def days(self) -> float | None:
        """Days the stock lasts, None where it is not known."""
        return self.stock / self.rate_per_day if self.stock is not None and self.rate_per_day else None


@dataclass(frozen=True, eq=False)
class NetworkFiles:
    """What the files hold. ``bill``: product to units of each material. ``psi[n]``: capacity left, None without a file.
    ``left_out``: rows that were left out, by what the file was given as (firms, links, ...).
    """

    graph: ChainGraph
    bill: dict[str, dict[str, float]]
    stocks: tuple[StockRow, ...]
    psi: Floats | None
    left_out: dict[str, int]


Progress = Callable[[str, int], None]
"""Told the name of a file and how many rows of it have been read."""


@dataclass
class _Reading:
    strict: bool
    tell: Tell
    progress: Progress
    left_out: Counter[str] = field(default_factory=Counter)
    part: str = ""

    def bad(self, bad: Bad) -> None:
        if self.strict:
            raise BadRow(str(bad))
        self.left_out[self.part] += 1
        self.tell(bad)

    def rows(
        self, part: str, path: Path, must: Sequence[str], may: Sequence[str] = ()
    ) -> Iterator[tuple[int, list[str]]]:
        read = 0
        self.part = part
        self.left_out[part] += 0
        for line, cells in rows(path, must, may, self.bad):
            yield line, cells
            read += 1
            if read % EVERY_ROWS == 0:
                self.progress(path.name, read)
        self.progress(path.name, read)


def read_network(
    firms: Path, links: Path, *, classes: Path | None = None, bom: Path | None = None, cover: Path | None = None,
    psi: Path | None = None, default_kind: int = ESSENTIAL, strict: bool = False, tell: Tell = lambda bad: None,
    progress: Progress = lambda file, read: None,
) -> NetworkFiles:  # fmt: skip
    """The network of these files.

    firms: ``id,stage`` and, if told, ``name,region,output``. links: ``supplier,buyer`` and ``item,amount,essential``; an
    essential link is ESSENTIAL, one told not to be LINEAR, one that says nothing as ``classes`` (``supplier_stage,
    buyer_stage,class``) has it, else ``default_kind``. bom: ``product,material`` and ``units``. cover: ``firm,item`` and
    ``stock,rate_per_day,capacity_per_day,recover_days``; what a buyer holds of an item it buys is the cover of those links.
    psi: ``firm,psi``.
    Rows told twice word for word are bad; several links of two firms for one item with other amounts add up.
    Raises Refused for a file that cannot be used, BadRow for the first bad row if ``strict``.
    """
    reading = _Reading(strict, tell, progress)
    known = _firms(reading, firms)
    ids = {firm.identity: firm.identity for firm in known}
    table = _classes(reading, classes) if classes else {}
    bill = _bill(reading, bom) if bom else {}
    stocks = _stocks(reading, cover, ids) if cover else {}
    found = _links(reading, links, ids, {key: row.days for key, row in stocks.items()})
    graph = build(known, found, table, default_kind)
    left = _psi(reading, psi, graph) if psi else None
    return NetworkFiles(graph, bill, tuple(stocks.values()), left, dict(reading.left_out))


def _firms(reading: _Reading, path: Path) -> list[FirmRow]:
    found: dict[str, tuple[FirmRow, int]] = {}
    for line, (identity, stage, _, region, output) in reading.rows(
        "firms", path, ("id", "stage"), ("name", "region", "output")
    ):
        try:
            short("stage", stage), short("region", region)
            if before := found.get(short("id", identity)):
                raise _again(f"firm {shown(identity)}", before[0].stage, stage, before[1])
            found[identity] = FirmRow(identity, stage, region, number("output", output)), line
        except Wrong as wrong:
            reading.bad(Bad(path.name, line, wrong.why, wrong.cure))
    return [firm for firm, _ in found.values()]


def _again(thing: str, before: object, now: object, line: int) -> Wrong:
    if before != now:
        return Wrong(f"{thing} stands in line {line} with {before} and here with {now}", "keep the row that is right")
    return Wrong(f"{thing} stands in line {line} already", "keep one of the two rows")


def _links(
    reading: _Reading, path: Path, ids: dict[object, object], days: dict[tuple[str, str], float | None]
) -> list[LinkRow]:
    found: list[LinkRow] = []
    seen: set[tuple[object, ...]] = set()
    words: dict[str, str] = {}
    kinds = {None: None, True: ESSENTIAL, False: LINEAR}
    for line, (supplier, buyer, item, amount, essential) in reading.rows(
        "links", path, ("supplier", "buyer"), ("item", "amount", "essential")
    ):
        try:
            seller, taker = _firm("supplier", supplier, ids), _firm("buyer", buyer, ids)
            if supplier == buyer:
                raise Wrong(f"firm {shown(buyer)} supplies itself", "take the row away")
            row = LinkRow(
                seller, taker, words.setdefault(short("item", item), item), number("amount", amount),
                kinds[flag("essential", essential)], days.get((buyer, item)),
            )  # fmt: skip
            key = (seller, taker, row.item, row.amount, row.kind)
            if key in seen:
                raise Wrong(
                    "the same link is told before, word for word", "take one away, or add the amounts into one row"
                )
            seen.add(key)
            found.append(row)
        except Wrong as wrong:
            reading.bad(Bad(path.name, line, wrong.why, wrong.cure))
    return found


def _firm(column: str, cell: str, ids: dict[object, object]) -> object:
    try:
        return ids[cell]
    except KeyError:
        raise Wrong(
            f"{column} {shown(cell)} is none of the firms", "add it to the file of firms or mend the id"
        ) from None


def _classes(reading: _Reading, path: Path) -> Classes:
    found: Classes = {}
    lines: dict[tuple[str, str], int] = {}
    for line, (supplier, buyer, kind) in reading.rows("classes", path, ("supplier_stage", "buyer_stage", "class")):
        try:
            if kind not in ("0", "1", "2"):
                cure = f"write {ESSENTIAL} essential, {LINEAR} linear or {NEGLIGIBLE} negligible"
                raise Wrong(f"class {shown(kind)} is none", cure)
            if (supplier, buyer) in found:
                pair = f"{shown(supplier)} to {shown(buyer)}"
                raise _again(pair, found[supplier, buyer], int(kind), lines[supplier, buyer])
            found[supplier, buyer], lines[supplier, buyer] = int(kind), line
        except Wrong as wrong:
            reading.bad(Bad(path.name, line, wrong.why, wrong.cure))
    return found


def _bill(reading: _Reading, path: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for line, (product, material, units) in reading.rows("bom", path, ("product", "material"), ("units",)):
        try:
            short("product", product), short("material", material)
            if product == material:
                raise Wrong(f"{shown(product)} is made of itself", "take the row away")
            each = number("units", units)
            if each == 0:
                raise Wrong("units is zero", "take the row away if nothing of it is needed")
            if material in found.setdefault(product, {}):
                raise Wrong(
                    f"{shown(material)} for {shown(product)} stands above already", "add the units into one row"
                )
            found[product][material] = 1.0 if each is None else each
        except Wrong as wrong:
            reading.bad(Bad(path.name, line, wrong.why, wrong.cure))
    return {product: materials for product, materials in found.items() if materials}


def _stocks(reading: _Reading, path: Path, ids: dict[object, object]) -> dict[tuple[str, str], StockRow]:
    found: dict[tuple[str, str], StockRow] = {}
    may = ("stock", "rate_per_day", "capacity_per_day", "recover_days")
    for line, (firm, item, *cells) in reading.rows("cover", path, ("firm", "item"), may):
        try:
            _firm("firm", firm, ids), short("item", item)
            if (firm, item) in found:
                raise Wrong(f"{shown(item)} at {shown(firm)} stands above already", "keep one of the two rows")
            stock, rate, capacity = (number(column, cell) for column, cell in zip(may[:3], cells[:3], strict=True))
            recover = number("recover_days", cells[3], LONGEST_DAYS)
            found[firm, item] = StockRow(firm, item, stock, rate, capacity, recover)
        except Wrong as wrong:
            reading.bad(Bad(path.name, line, wrong.why, wrong.cure))
    return found


def _psi(reading: _Reading, path: Path, graph: ChainGraph) -> Floats:
    left = np.full(graph.n, np.nan)
    for line, (firm, share) in reading.rows("psi", path, ("firm", "psi")):
        try:
            _firm("firm", firm, graph.row)  # type: ignore[arg-type]
            found = number("psi", share)
            if found is None or found > 1:
                raise Wrong(f"psi {shown(share)} is no share of capacity", "write 0 for closed up to 1 for normal")
            if not np.isnan(left[graph.row[firm]]):
                raise Wrong(f"firm {shown(firm)} stands above already", "keep one of the two rows")
            left[graph.row[firm]] = found
        except Wrong as wrong:
            reading.bad(Bad(path.name, line, wrong.why, wrong.cure))
    return np.where(np.isnan(left), 1.0, left)
