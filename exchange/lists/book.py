"""A workbook of lists: the method first, then a sheet for each list, heads in both languages."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from exchange.workbook import BOLD, HEAD, WRAPPED, text_cell, timeless
from kernel.cells import inert
from oversight.maps.reads import MapFirm

METHOD = "方法 Method"


@dataclass(frozen=True)
class Share:
    """A number from 0 to 1 that is read as a percentage."""

    value: float


@dataclass(frozen=True)
class Key:
    """What the API calls a firm, told letter by letter: it may begin with a dash, and is no formula for all that."""

    value: str


@dataclass(frozen=True)
class Words:
    """What things are called by whoever reads the file. ``firm``: by name where the reader may know it, else by alias."""

    chain: str
    firm: Callable[[MapFirm], str]
    stage: Callable[[int | None], str]
    prefecture: Callable[[str | None], str]


@dataclass(frozen=True)
class Listed:
    """``heads``: (Chinese, English). Cells of ``rows`` are texts, keys, numbers, shares, days, or None for what is not known."""

    title: str
    heads: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Told:
    """A line of the method: what, in both languages, and the value or a sentence in each."""

    zh: str
    en: str
    said: Any
    said_en: str = ""


def written(method: Sequence[Told], lists: Sequence[Listed]) -> bytes:
    """The same rows make the same bytes."""
    book, out = Workbook(write_only=True), io.BytesIO()
    _explain(book, method)
    for one in lists:
        sheet = book.create_sheet(one.title)
        sheet.freeze_panes = "A2"
        for place, (zh, en) in enumerate(one.heads, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = max(12, 2 * len(zh), len(en)) + 4
        sheet.append([text_cell(sheet, f"{zh} / {en}", font=BOLD, fill=HEAD) for zh, en in one.heads])
        for row in one.rows:
            sheet.append([_cell(sheet, value) for value in row])
    book.save(out)
    return timeless(out)


def _explain(book: Workbook, method: Sequence[Told]) -> None:
    notes = book.create_sheet(METHOD)
    for place, width in enumerate((28, 70, 70), start=1):
        notes.column_dimensions[get_column_letter(place)].width = width
    for line in method:
        said = line.said if line.said_en == "" else str(line.said)
        cells = [text_cell(notes, f"{line.zh} / {line.en}", font=BOLD, alignment=WRAPPED), _cell(notes, said)]
        notes.append([*cells, *([text_cell(notes, line.said_en, alignment=WRAPPED)] if line.said_en else [])])


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, Key):
        return text_cell(sheet, value.value, alignment=WRAPPED)
    if isinstance(value, Share):
        return _number(sheet, value.value, "0.0%")
    if isinstance(value, bool):
        return text_cell(sheet, "是 / yes" if value else "")
    if isinstance(value, int | float | Decimal):
        return _number(sheet, value, "General")
    if isinstance(value, date):
        return _number(sheet, value, "yyyy-mm-dd")
    return text_cell(sheet, inert(value or ""), alignment=WRAPPED)


def _number(sheet: Any, value: Any, shown: str) -> Any:
    if isinstance(value, float) and not isfinite(value):
        return text_cell(sheet, "")
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = shown
    return cell
