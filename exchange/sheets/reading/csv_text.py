"""A CSV file: UTF-8, UTF-16 with its mark, or GB 18030 (GBK within it); commas, semicolons or tabs."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from exchange.sheets.reading.grid import HEADER_WITHIN, Cell, Collecting, Grid, IsHeader, Unreadable

DELIMITERS = (",", ";", "\t")
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
UTF8_FROM = 8
"""So many characters beyond ASCII that all happen to be UTF-8 are no accident of another encoding."""


def read_csv(path: Path, is_header: IsHeader) -> Grid:
    """Raises Unreadable."""
    text = decoded(path.read_bytes())
    rows = Collecting("CSV", is_header)
    try:
        for number, fields in enumerate(_records(text, _delimiter(text, is_header)), start=1):
            if not rows.take(number, [Cell(field) if field else None for field in fields]):
                break
    except csv.Error:
        raise Unreadable(
            "a quotation mark in this CSV file is not closed, or stands within a field; save the sheet anew, or as .xlsx",
            "该 CSV 文件中有引号未闭合或位置不当；请重新保存，或另存为 .xlsx 后再导入",
        ) from None
    return rows.grid


def decoded(content: bytes) -> str:
    """Raises Unreadable for what is text in none of the encodings."""
    marked = next(((mark, encoding) for mark, encoding in MARKS if content.startswith(mark)), (b"", "utf-8"))
    content = content[len(marked[0]) :]
    for tried in (marked[1], "gb18030"):
        try:
            text = content.decode(tried)
        except UnicodeDecodeError as broken:
            if tried == "utf-8":
                _refuse_broken(content, broken.start)
            continue
        if "\0" not in text:
            return text
    raise Unreadable(
        "this is no text in UTF-8 or GBK; save the sheet as .xlsx, or as CSV in UTF-8",
        "该文件不是 UTF-8 或 GBK 编码的文本；请另存为 .xlsx，或以 UTF-8 编码另存为 CSV",
    )


def _refuse_broken(content: bytes, at: int) -> None:
    """What is UTF-8 for a good part must not be read as GBK, which makes other characters of almost any bytes."""
    before = content[:at]
    if sum(character > "\x7f" for character in before.decode()) >= UTF8_FROM:
        line = before.count(b"\n") + 1
        raise Unreadable(
            f"line {line} of this UTF-8 file is damaged: some of its bytes are no text; write that line anew, or save the sheet as .xlsx",
            f"该文件为 UTF-8 编码，但第 {line} 行已损坏，含有无法识别的字节；请重新填写该行，或另存为 .xlsx",
        )


def _delimiter(text: str, is_header: IsHeader) -> str:
    """The one by which a header is found in the first rows, else the most frequent."""
    head = "\n".join(text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN])
    for delimiter in DELIMITERS:
        try:
            if any(is_header(fields) for fields in _records(head, delimiter, strict=False)):
                return delimiter
        except csv.Error:
            continue
    return max(DELIMITERS, key=head.count)


def _records(text: str, delimiter: str, *, strict: bool = True) -> Iterator[Sequence[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
