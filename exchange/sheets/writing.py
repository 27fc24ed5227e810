"""Sheets as files: given out, as templates, and the one somebody sent with what is wrong beside each row."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from exchange.sheets.columns import Column
from exchange.sheets.judging import Action, Kind, Sheet
from exchange.sheets.reading.grid import HEADER_WITHIN, letters
from exchange.sheets.tables import SheetFormat
from exchange.workbook import BOLD, HEAD, WRAPPED, clean, text_cell, timeless
from kernel.quantities import plain

MEDIA_TYPES = {
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", SheetFormat.CSV: "text/csv; charset=utf-8",
}  # fmt: skip
DROPDOWN_ROWS = 5000
NOTES = "说明 Notes"
_BEGINS = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-\d+(\.\d+)?")
_ACTIONS = {
    Action.CREATE: "新增 / create", Action.UPDATE: "更新 / update", Action.UNCHANGED: "不变 / unchanged", Action.REFUSED: "未通过 / refused",
}  # fmt: skip
_WRONG = PatternFill("solid", fgColor="FDE2E0")


def said(value: Any) -> str:
    """A value as text: what a sheet shows is what is meant, and nothing is reckoned."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value.normalize()) if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def escaped(text: str) -> str:
    """A text no spreadsheet takes for a formula when it opens a CSV file; plain negative numbers stay numbers."""
    return f"'{text}" if _BEGINS.match(text) and not _NUMBER.fullmatch(text) else text


def unescaped(text: str) -> str:
    """The other way round."""
    return text[1:] if text.startswith("'") and _BEGINS.match(text) else text


def write_sheet(path: Path, kind: Kind, rows: Iterable[Mapping[str, Any]], format: SheetFormat) -> int:
    """Write rows under their columns; how many there were."""
    if format is SheetFormat.CSV:
        return _write_csv(path, kind.columns, rows)
    book = Workbook(write_only=True)
    count = _fill(book, kind, rows)
    _explain(book, kind)
    book.save(path)
    return count


def _write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    # The mark tells Excel that this is UTF-8; without it Chinese is read as something else.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([column.title for column in columns])
        for row in rows:
            out.writerow([escaped(clean(said(row.get(column.field)))) for column in columns])
            count += 1
    return count


def _fill(book: Workbook, kind: Kind, rows: Iterable[Mapping[str, Any]]) -> int:
    sheet = book.create_sheet(kind.zh)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(kind.columns):
        sheet.column_dimensions[letters(place)].width = 14 + 2 * min(len(column.zh), 8)
    _offer_choices(sheet, kind.columns)
    sheet.append([text_cell(sheet, column.title, font=BOLD, fill=HEAD) for column in kind.columns])
    count = 0
    for row in rows:
        sheet.append([text_cell(sheet, said(row.get(column.field))) for column in kind.columns])
        count += 1
    return count


def _offer_choices(sheet: Any, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns):
        listed = ",".join(choice.words[0] if choice.words else choice.code for choice in column.choices)
        if column.choices and len(listed) < 250:
            offered = DataValidation(
                type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=not column.any_code
            )
            offered.add(f"{letters(place)}2:{letters(place)}{DROPDOWN_ROWS}")
            sheet.data_validations.append(offered)


def _explain(book: Workbook, kind: Kind) -> None:
    """A second sheet saying what each column takes."""
    notes = book.create_sheet(NOTES)
    for place, width in enumerate((24, 26, 16, 24, 48, 56, 60)):
        notes.column_dimensions[get_column_letter(place + 1)].width = width
    heads = ("列 / Column", "字段 / Field", "必填 / Needed", "示例 / Example", "说明", "Note", "可选值 / Choices")
    notes.append([text_cell(notes, head, font=BOLD, fill=HEAD) for head in heads])
    for column in kind.columns:
        needed = "必填，识别行 / always" if column.key else "新增时必填 / when new" if column.new else "选填 / optional"
        choices = "；".join(f"{choice.code} {' '.join(choice.words[:2])}" for choice in column.choices)
        told = (column.title, column.field, needed, column.example, column.note_zh, column.note_en, choices)
        notes.append([text_cell(notes, text, alignment=WRAPPED) for text in told])
    for line in (
        "", "空白单元格表示保持不变，不会清除已有内容。 / An empty cell leaves what is there; nothing is ever wiped.",
        "代码类列请设为文本格式，以保留前导零和长数字。 / Format columns of codes as text: leading zeros and long numbers stay whole.",
        "公式不会被计算，请粘贴为数值。 / Formulas are not reckoned; paste values.",
    ):  # fmt: skip
        notes.append([text_cell(notes, line)])


def template(kind: Kind, format: SheetFormat, *, filled: bool) -> bytes:
    """An empty sheet of a kind with its notes, or one with examples."""
    rows: Sequence[Mapping[str, Any]] = kind.examples if filled else ()
    if format is SheetFormat.CSV:
        text = io.StringIO(newline="")
        out = csv.writer(text)
        out.writerow([column.title for column in kind.columns])
        out.writerows([escaped(row.get(column.field, "")) for column in kind.columns] for row in rows)
        return text.getvalue().encode("utf-8-sig")
    book, bytes_ = Workbook(write_only=True), io.BytesIO()
    _fill(book, kind, rows)
    _explain(book, kind)
    book.save(bytes_)
    return timeless(bytes_)


def annotate(path: Path, sheet: Sheet) -> None:
    """The sheet as it was sent, as texts, with what becomes of each row and what is wrong with it in two more columns."""
    book = Workbook(write_only=True)
    out = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", sheet.grid.sheet)[:31] or "Sheet")
    header = sheet.grid.header
    assert header is not None
    width = len(header.cells)
    out.freeze_panes = f"A{min(header.number, HEADER_WITHIN) + 1}"
    out.column_dimensions[letters(width)].width, out.column_dimensions[letters(width + 1)].width = 18, 90
    for _ in range(header.number - 1):
        out.append([])
    titles = [header.text(place) for place in range(width)]
    out.append([text_cell(out, title, font=BOLD, fill=HEAD) for title in [*titles, "结果 / Result", "问题 / Problems"]])
    number = header.number
    for judged in sheet.rows:
        for _ in range(judged.row.number - number - 1):  # rows keep the numbers the problems name
            out.append([])
        number = judged.row.number
        wrong = {sheet.headed.places.get(fault.field) for fault in judged.faults}
        cells = [
            text_cell(out, judged.row.text(place), **({"fill": _WRONG} if place in wrong else {}))
            for place in range(width)
        ]
        told = "\n".join(_told(sheet, judged.row, fault) for fault in judged.faults)
        out.append([*cells, text_cell(out, _ACTIONS[judged.action]), text_cell(out, told)])
    book.save(path)


def _told(sheet: Sheet, row: Any, fault: Any) -> str:
    zh, en = (f"{one}；{cure}" if cure else one for one, cure in ((fault.zh, fault.cure_zh), (fault.en, fault.cure_en)))
    return f"{sheet.cell(row, fault.field)}: {zh} / {en}"


def lines_left_out(sheet: Sheet) -> Iterator[str]:
    """What of a file nothing is known of, so that nothing goes by unseen: ``column:``, ``sheet:`` and its name."""
    yield from (f"column:{name}" for name in sheet.headed.unknown)
    yield from (f"sheet:{name}" for name in sheet.grid.others if name != NOTES)
