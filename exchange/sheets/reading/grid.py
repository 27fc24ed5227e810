"""What a sheet is read into: its rows of cells, each a text or something that is no plain text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_ROWS = 100_000
MOST_COLUMNS = 60
HEADER_WITHIN = 20
"""A header is sought in the first rows: people write titles above it."""
LONGEST_TEXT = 2000

IsHeader = Callable[[Sequence[str]], bool]


class Unreadable(Exception):
    """There is no sheet to be read in this file; one sentence in each language says why and what to do."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh


class Odd(StrEnum):
    """What stands in a cell that is no plain text."""

    NUMBER = "n"
    DATE = "d"  # a number the sheet shows as a day; told as 2026-11-24
    BOOLEAN = "b"
    FORMULA = "f"
    ERROR = "e"
    MERGED = "m"  # covered by the cell it is merged with, which is told


@dataclass(frozen=True)
class Cell:
    """``odd`` is None for plain text."""

    text: str
    odd: Odd | None = None


@dataclass(frozen=True)
class Row:
    """``number``: as the spreadsheet program counts, from 1. ``cells``: None where there is nothing; ``is_hidden``: not shown."""

    number: int
    cells: Sequence[Cell | None]
    is_hidden: bool = False

    def text(self, place: int) -> str:
        cell = self.cells[place] if place < len(self.cells) else None
        return "" if cell is None else cell.text


@dataclass
class Grid:
    """One sheet. ``header``: None where no row names the columns. ``others``: sheets not looked into."""

    sheet: str
    header: Row | None = None
    rows: list[Row] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


class Collecting:
    """Rows on their way into a grid: blank ones dropped, the header found, too many refused."""

    def __init__(self, sheet: str, is_header: IsHeader) -> None:
        self.grid, self._is_header, self._before = Grid(sheet), is_header, 0

    def take(self, number: int, cells: Sequence[Cell | None], *, is_hidden: bool = False) -> bool:
        """Whether to go on: not where the first rows hold no header."""
        if not any(cell is not None and (cell.odd or cell.text.strip()) for cell in cells):
            return True
        row = Row(number, cells[:MOST_COLUMNS], is_hidden)
        if self.grid.header is None:
            if self._is_header([row.text(place) for place in range(len(row.cells))]):
                self.grid.header = row
                return True
            self._before += 1
            return self._before < HEADER_WITHIN
        if len(self.grid.rows) == MOST_ROWS:
            raise Unreadable(
                f"the sheet has more than {MOST_ROWS} rows; split it", f"工作表超过 {MOST_ROWS} 行，请拆分后分别导入"
            )
        self.grid.rows.append(row)
        return True


def letters(place: int) -> str:
    """The column of a place counted from 0: A, B, .. Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


def place_of(reference: str) -> tuple[int, int]:
    """(row counted from 1, place of the column counted from 0) of C17. Raises ValueError."""
    found = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", reference)
    if found is None:
        raise ValueError(reference)
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return int(found[2]), place - 1


def packed(grid: Grid) -> dict[str, Any]:
    """A grid as JSON carries it out of the child process."""
    rows = [grid.header, *grid.rows] if grid.header else []
    return {
        "sheet": grid.sheet, "others": grid.others, "headed": grid.header is not None,
        "rows": [[row.number, [_packed(cell) for cell in row.cells], row.is_hidden] for row in rows],
    }  # fmt: skip


def _packed(cell: Cell | None) -> Any:
    if cell is None:
        return None
    return cell.text[:LONGEST_TEXT] if cell.odd is None else [cell.odd.value, cell.text[:LONGEST_TEXT]]


def unpacked(told: dict[str, Any]) -> Grid:
    rows = [Row(number, [_unpacked(cell) for cell in cells], hidden) for number, cells, hidden in told["rows"]]
    header = rows[0] if told["headed"] else None
    return Grid(told["sheet"], header, rows[1:], told["others"])


def _unpacked(cell: Any) -> Cell | None:
    if cell is None:
        return None
    return Cell(cell) if isinstance(cell, str) else Cell(cell[1], Odd(cell[0]))
