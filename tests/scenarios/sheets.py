"""Sheets for the tests: CSV as text, workbooks made by another program's library."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.scenarios.api import Outcome
from tests.scenarios.players import Player, what

PROBLEMS = "sheet_import_page"


def csv_of(*rows: Sequence[str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def workbook(*rows: Sequence[Any], title: str = "Sheet", merged: Sequence[str] = (), before: int = 0) -> bytes:
    """A workbook with these rows on its last sheet, ``before`` other sheets before it."""
    book, content = Workbook(), io.BytesIO()
    for _ in range(before):
        book.active.append(["something", "else"])  # type: ignore[union-attr]
        book.create_sheet()
        book.active = len(book.sheetnames) - 1
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    book.save(content)
    return content.getvalue()


def cells_of(content: bytes) -> list[list[Any]]:
    """The first sheet of a workbook as another program reads it."""
    sheet: Any = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def previews(player: Player, kind: str, content: bytes, filename: str = "sheet.csv", *, by: str = "sales") -> Outcome:
    """Hand a sheet in; the job has read it by the time this answers: the page of the import."""
    upload = player.uploads(content, filename)
    made = player.acts("preview_import", {"uploadId": what(upload), "kind": kind}, by=by)
    if made.errors:
        return made
    return player.asks(PROBLEMS, by=by, id=made["sheetImport"]["id"], first=100)


def runs(player: Player, page: Outcome, rows: str = "ALL", *, by: str = "sales") -> Outcome:
    """Have it written; the job has written it by the time this answers."""
    found = page["node"]
    told = {"importId": found["id"], "expectedVersion": found["version"], "rows": rows}
    ran = player.acts("run_import", told, by=by)
    return ran if ran.errors else player.asks(PROBLEMS, by=by, id=found["id"], first=100)


def exported(player: Player, kind: str, format: str = "CSV", *, by: str = "sales") -> bytes:
    made = player.acts("export_sheet", {"kind": kind, "format": format}, by=by)["sheetExport"]
    (newest, *_) = player.asks("sheet_exports_page", by=by)["sheetExports"]["nodes"]
    assert newest["id"] == made["id"]
    answer = player.api.client.get(newest["url"])
    assert answer.status_code == 200
    content: bytes = answer.data
    return content


def told(page: Outcome) -> Mapping[str, int]:
    found = page["node"]
    return {name: found[name] for name in ("total", "toCreate", "toUpdate", "unchanged", "refused")}


def problems(page: Outcome) -> list[tuple[str, str]]:
    return [(problem["cell"], problem["message"]) for problem in page["sheetProblems"]["nodes"]]
