"""Look at a file as one person would import it: read apart, judge every row, tell what is wrong. Changes nothing."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from exchange.sheets.judging import Action, Judged, Kind, Sheet, sheet_of
from exchange.sheets.reading.grid import Cell, Grid, Row, Unreadable
from exchange.sheets.reading.opening import open_grid
from exchange.sheets.tables import RowChoice, SheetFormat
from exchange.sheets.values import Wrong
from exchange.sheets.verbs import Changed, Found
from exchange.sheets.writing import unescaped
from kernel.errors import NotAllowedNow, Rule

ALL_ROWS, VALID_ROWS = RowChoice
CHANGED = Rule("import.changed", "重新预览", "looking at it again")


def read(kind: Kind, path: Path, filename: str) -> Sheet:
    """The rows of a file for a kind. Raises Unreadable."""
    grid = open_grid(path, kind.is_header)
    if grid.sheet == "CSV":
        _take_escapes_back(grid)
    try:
        return sheet_of(kind, grid)
    except Wrong as wrong:
        raise Unreadable(f"{wrong.en}; {wrong.cure_en}", f"{wrong.zh}；{wrong.cure_zh}") from None


def _take_escapes_back(grid: Grid) -> None:
    """A mark put before a text so that no spreadsheet reckons it is not part of the text."""
    grid.rows = [
        Row(row.number, [cell and Cell(unescaped(cell.text), cell.odd) for cell in row.cells], row.is_hidden)
        for row in grid.rows
    ]


def problems(sheet: Sheet) -> Iterator[Found]:
    """What is wrong with a judged sheet, in the order of its rows."""
    for judged in sheet.rows:
        for fault in judged.faults:
            column = sheet.column(fault.field)
            yield Found(
                sheet.grid.sheet, sheet.cell(judged.row, fault.field),
                (column.en, column.zh) if column else ("the row", "整行"), (fault.en, fault.zh), (fault.cure_en, fault.cure_zh),
            )  # fmt: skip


def changes(sheet: Sheet) -> Iterator[Changed]:
    """What a judged sheet would change, in the order of its rows."""
    for judged in sheet.rows:
        for change in judged.changes if judged.action in (Action.CREATE, Action.UPDATE) else ():
            column = sheet.column(change.field)
            yield Changed(
                sheet.cell(judged.row, change.field), change.about, (column.en, column.zh) if column else ("", ""),
                change.was, change.becomes,
            )  # fmt: skip


def chosen(sheet: Sheet, choice: RowChoice) -> list[Judged]:
    """The rows to be written. Raises NotAllowedNow where all were to be, and one is refused by now."""
    refused = [judged for judged in sheet.rows if judged.action is Action.REFUSED]
    if choice is RowChoice.ALL and refused:
        first = next(judged for judged in refused if judged.faults)
        raise NotAllowedNow(
            f"{len(refused)} rows were good in the preview and are not now, row {first.row.number} first: "
            f"{first.faults[0].en}; nothing was written, look at the file again",
            f"有 {len(refused)} 行在预览后发生变化而未通过，首先是第 {first.row.number} 行：{first.faults[0].zh}；"
            "没有写入任何内容，请重新预览", rule=CHANGED,
        )  # fmt: skip
    return [judged for judged in sheet.rows if judged.action in (Action.CREATE, Action.UPDATE)]


def as_found(sheet: Sheet) -> Mapping[str, str]:
    """Number of a row -> a digest of what the record said where the row speaks."""
    return {str(judged.row.number): _digest(judged) for judged in sheet.rows if judged.found}


def check_found(sheet: Sheet, previewed: Mapping[str, str] | None) -> None:
    """Nobody's change since the preview is overwritten unseen. Raises NotAllowedNow naming the first row."""
    if previewed is None:
        return
    updates = [judged for judged in sheet.rows if judged.action is Action.UPDATE]
    moved = [judged for judged in updates if _digest(judged) != previewed.get(str(judged.row.number))]
    if moved:
        number = moved[0].row.number
        raise NotAllowedNow(
            f"somebody changed what {len(moved)} rows speak of after the preview, row {number} first; "
            "nothing was written, look at the file again",
            f"预览之后，有人修改了其中 {len(moved)} 行对应的资料，首先是第 {number} 行；没有写入任何内容，请重新预览", rule=CHANGED,
        )  # fmt: skip


def _digest(judged: Judged) -> str:
    return sha256(repr(judged.found).encode()).hexdigest()[:16]


def spelled(found: Mapping[str, str]) -> bytes:
    return json.dumps(found).encode()


def as_format(filename: str | None) -> SheetFormat:
    """In which form a sheet goes to a file: as its name ends; to a terminal, as text."""
    return SheetFormat.CSV if filename is None or filename.lower().endswith(".csv") else SheetFormat.XLSX
