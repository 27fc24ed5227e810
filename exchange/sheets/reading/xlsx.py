"""An .xlsx workbook (ECMA-376 part 1, section 18): values as they stand in the file, formulas told and never reckoned.

Read by hand and not by a library: these drop merged ranges where they stream, and turn long numbers into others.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import IO, Any

from lxml import etree

from exchange.sheets.reading.grid import MOST_COLUMNS, Cell, Collecting, Grid, IsHeader, Odd, Unreadable, place_of

MOST_UNPACKED = 400 << 20
MOST_RATIO = 200
RATIO_COUNTS_FROM = 10 << 20
MOST_ENTRIES = 2000
MOST_MERGED = 5000
DAMAGED = ("this workbook is damaged; open it, save it anew", "该工作簿已损坏；请打开后重新保存")

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_TEXT = (f"{_MAIN}t", f"{_STRICT}t")
_LINKED = re.compile(r"\{[^}]*relationships\}id$")
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


class _Counted:
    """A part of the workbook that stops when more comes out of it than a workbook may hold."""

    def __init__(self, book: "Workbook", part: IO[bytes]) -> None:
        self._book, self._part = book, part

    def read(self, size: int = 1 << 16) -> bytes:
        piece = self._part.read(min(size, 1 << 16) if size > 0 else 1 << 16)
        self._book.count(len(piece))
        return piece


class Workbook:
    """An open workbook: its sheets in order, its texts, which cell styles show a day."""

    def __init__(self, path: Path) -> None:
        self._packed, self._unpacked = max(path.stat().st_size, 1), 0
        self._zip = zipfile.ZipFile(path)
        names = set(self._zip.namelist())
        if len(names) > MOST_ENTRIES or any("vbaproject" in name.lower() for name in names):
            raise Unreadable(
                "this workbook holds macros or too many parts; save a plain .xlsx copy",
                "该工作簿含有宏或内容过多；请另存为普通 .xlsx 副本",
            )
        if "xl/workbook.xml" not in names:
            raise Unreadable(
                "this is no Excel workbook; save the sheet as .xlsx or CSV",
                "该文件不是 Excel 工作簿；请另存为 .xlsx 或 CSV",
            )
        self._names = names
        self.epoch = _EPOCH
        self.sheets = list(self._sheets())
        self.texts = list(self._texts())
        self.dated = self._dated()

    def count(self, size: int) -> None:
        self._unpacked += size
        ratio = self._unpacked > RATIO_COUNTS_FROM and self._unpacked > MOST_RATIO * self._packed
        if self._unpacked > MOST_UNPACKED or ratio:
            raise Unreadable(
                "this workbook unpacks to far more than a sheet of 100,000 rows; copy the rows into a new workbook",
                "该工作簿解压后远超十万行数据所需；请将数据复制到新的工作簿",
            )

    def elements(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """Ended elements of a part by local name, each cleared once it was looked at; rows are cleared asked for or not."""
        with self._zip.open(part) as opened:
            heard = [space + tag for tag in (*tags, "row") for space in (_MAIN, _STRICT)] if tags else None
            read = etree.iterparse(
                _Counted(self, opened), events=("end",), tag=heard, resolve_entities=False, no_network=True,
                load_dtd=False, huge_tree=False,
            )  # fmt: skip
            for _, element in read:
                if element.getroottree().docinfo.doctype:
                    raise Unreadable(*DAMAGED)
                if not tags or _local(element) in tags:
                    yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _sheets(self) -> Iterator[tuple[str, str]]:
        """(name, part) of each sheet in the order of its tabs."""
        targets = {
            str(e.get("Id")): str(e.get("Target"))
            for e in self.elements("xl/_rels/workbook.xml.rels") if e.get("Target")
        }  # fmt: skip
        found = []
        for element in self.elements("xl/workbook.xml", "sheet", "workbookPr"):
            if _local(element) == "workbookPr":
                self.epoch = _EPOCH_1904 if element.get("date1904") in ("1", "true") else _EPOCH
                continue
            linked = next((str(v) for k, v in element.items() if _LINKED.search(str(k))), "")
            target = targets.get(linked, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in self._names:
                found.append((str(element.get("name") or "")[:60], part))
        yield from found

    def _texts(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" in self._names:
            for element in self.elements("xl/sharedStrings.xml", "si"):
                yield _said(element)

    def _dated(self) -> frozenset[int]:
        """Which cell styles show a number as a day."""
        if "xl/styles.xml" not in self._names:
            return frozenset()
        formats, dated, count = set(_DATE_FORMATS), set(), 0
        for element in self.elements("xl/styles.xml", "numFmt", "cellXfs"):
            if _local(element) == "numFmt":
                if re.search(r"[ymd年月日]", _QUOTED.sub("", str(element.get("formatCode") or "")), re.IGNORECASE):
                    formats.add(int(element.get("numFmtId") or 0))
                continue
            for style in element:
                if int(style.get("numFmtId") or 0) in formats:
                    dated.add(count)
                count += 1
        return frozenset(dated)

    def rows(self, part: str) -> Iterator[tuple[int, list[Cell | None], bool]]:
        """(number, cells, whether it is hidden) of each row; a filter hides rows too."""
        number = 0
        for element in self.elements(part, "row"):
            said = element.get("r")
            number = int(said) if said and said.isdigit() else number + 1
            yield number, self._cells(element), element.get("hidden") in ("1", "true")

    def _cells(self, row: etree._Element) -> list[Cell | None]:
        cells: list[Cell | None] = []
        for element in row:
            reference = element.get("r")
            place = _column(str(reference).rstrip("0123456789")) if reference else len(cells)
            if place >= MOST_COLUMNS:
                break
            cells += [None] * (place + 1 - len(cells))
            cells[place] = self._cell(element)
        return cells

    def _cell(self, element: etree._Element) -> Cell | None:
        kind, value, formula, inline = element.get("t") or "n", None, None, None
        for child in element:
            name = _local(child)
            if name == "v":
                value = child.text
            elif name == "f":
                formula = child.text or ""
            elif name == "is":
                inline = _said(child)
        if formula is not None:
            return Cell(f"={formula}", Odd.FORMULA)
        if kind == "inlineStr":
            return Cell(inline) if inline else None
        if value is None or value == "":
            return None
        if kind == "s":
            text = self.texts[int(value)]
            return Cell(text) if text else None
        if kind in ("str", "d"):
            return Cell(value)
        if kind in ("b", "e"):
            return Cell(value, Odd.BOOLEAN if kind == "b" else Odd.ERROR)
        return self._number(value, int(element.get("s") or 0))

    def _number(self, value: str, style: int) -> Cell:
        if style in self.dated:
            try:
                days = float(value)
                if 1 <= days < 2_958_466:
                    day, minutes = self.epoch + timedelta(days=int(days)), min(round(days % 1 * 1440), 1439)
                    return Cell(f"{day} {minutes // 60:02}:{minutes % 60:02}" if minutes else str(day), Odd.DATE)
            except (ValueError, OverflowError):
                pass
        return Cell(value, Odd.NUMBER)

    def merged(self, part: str) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
        """(first row and place, last row and place, the cell that is shown) of each merged range."""
        if not self._says(part, b"mergeCell"):
            return  # to build every row only to find that none is merged takes as long as reading them
        for count, element in enumerate(self.elements(part, "mergeCell")):
            first, _, last = str(element.get("ref") or "").partition(":")
            if count == MOST_MERGED or not last:
                return
            yield place_of(first), place_of(last), first

    def _says(self, part: str, word: bytes) -> bool:
        """Whether a word stands in a part; of one whose encoding spells it otherwise, that it may."""
        with self._zip.open(part) as opened:
            before = opened.read(2)
            if before in (b"\xff\xfe", b"\xfe\xff") or b"\0" in before:
                return True
            while piece := opened.read(1 << 20):
                if word in before + piece:
                    return True
                before = piece[-len(word) :]
        return False


def read_xlsx(path: Path, is_header: IsHeader) -> Grid:
    """The first sheet whose columns are named, else the first. Raises Unreadable."""
    try:
        book = Workbook(path)
        grids = [_read(book, name, part, is_header) for name, part in _headed_first(book, is_header)]
    except etree.XMLSyntaxError as broken:
        if getattr(broken, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None  # not damaged: larger than this child may grow
        raise Unreadable(*DAMAGED) from None
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
        IndexError, KeyError,
    ):  # fmt: skip
        raise Unreadable(*DAMAGED) from None
    if not grids:
        raise Unreadable("this workbook has no sheet", "该工作簿没有工作表")
    grids[0].others = [name for name, _ in book.sheets if name != grids[0].sheet]
    return grids[0]


def _headed_first(book: Workbook, is_header: IsHeader) -> Sequence[tuple[str, str]]:
    """The one sheet to read: a header stands in its first rows."""
    for name, part in book.sheets:
        head = Collecting(name, is_header)
        for number, cells, _ in book.rows(part):
            if not head.take(number, cells) or head.grid.header:
                break
        if head.grid.header:
            return [(name, part)]
    return book.sheets[:1]


def _read(book: Workbook, name: str, part: str, is_header: IsHeader) -> Grid:
    rows, waiting, open_ranges = Collecting(name, is_header), sorted(book.merged(part), reverse=True), []
    for number, cells, hidden in book.rows(part):
        while waiting and waiting[-1][0][0] <= number:
            open_ranges.append(waiting.pop())
        open_ranges = [found for found in open_ranges if found[1][0] >= number]
        for found in open_ranges:
            _cover(number, cells, *found)
        if not rows.take(number, cells, is_hidden=hidden):
            break
    return rows.grid


def _cover(number: int, cells: list[Cell | None], first: tuple[int, int], last: tuple[int, int], shown: str) -> None:
    """Mark what a merged range covers in a row."""
    for place in range(first[1], min(last[1], MOST_COLUMNS - 1) + 1):
        if (number, place) != first:
            cells += [None] * (place + 1 - len(cells))
            cells[place] = Cell(shown, Odd.MERGED)


def _said(element: etree._Element) -> str:
    """The text of a string, its runs joined; phonetic hints left out."""
    if len(element) == 1 and element[0].tag in _TEXT:
        return element[0].text or ""
    return "".join(
        child.text or "" for child in element.iter(*_TEXT)
        if _local(child.getparent()) != "rPh"
    )  # fmt: skip


def _local(element: Any) -> str:
    return "" if element is None or not isinstance(element.tag, str) else element.tag.rpartition("}")[2]


@cache
def _column(named: str) -> int:
    return place_of(f"{named}1")[1]
