"""What all workbooks we write share: cells typed as what they are, heads, and bytes that do not tell when they were made."""

import io
import re
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = PatternFill("solid", fgColor="E8EEF4")
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WRITTEN_AT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def text_cell(sheet: Any, text: str, **style: Any) -> Any:
    """A cell typed as text, whatever the text begins with."""
    cell = WriteOnlyCell(sheet, value=clean(text))
    cell.data_type = "s"
    cell.number_format = "@"
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


def timeless(made: io.BytesIO) -> bytes:
    """The same workbook without the instant it was made at: whoever asks twice gets the same bytes."""
    out = io.BytesIO()
    with ZipFile(made) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = _WRITTEN_AT.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(entry))
            new.writestr(ZipInfo(entry.filename, _EPOCH), content, ZIP_DEFLATED)
    return out.getvalue()
