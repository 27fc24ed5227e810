"""A sheet is read out of whatever file people send, and a file that is none, or a trap, is one sentence and no harm."""

import io
import time
import zipfile
from datetime import date, datetime

import pytest

from delivery.checks.sandbox import Limits
from exchange.sheets.catalogue import KINDS
from exchange.sheets.reading.grid import Odd, Unreadable
from exchange.sheets.reading.opening import open_grid
from exchange.sheets.tables import SheetFormat, SheetKind
from exchange.sheets.writing import template
from tests.scenarios.sheets import csv_of, workbook

HEAD = ("物料号", "名称", "计量单位")
ITEMS = KINDS[SheetKind.ITEMS]


def grid(tmp_path, content, limits=None):
    path = tmp_path / "a sheet"
    path.write_bytes(content)
    return open_grid(path, ITEMS.is_header, **({"limits": limits} if limits else {}))


def texts(found):
    return [[row.text(place) for place in range(len(row.cells))] for row in found.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_in_every_encoding_and_with_every_delimiter(tmp_path, encoding, delimiter):
    found = grid(tmp_path, csv_of(HEAD, ("007", "轴承钢", "千克"), encoding=encoding, delimiter=delimiter))

    assert texts(found) == [["007", "轴承钢", "千克"]]


def test_a_title_above_and_blank_rows_between_are_no_rows_and_rows_keep_their_numbers(tmp_path):
    found = grid(
        tmp_path, csv_of(("物料清单 2026",), (), HEAD, ("A", "", ""), ("", " ", ""), (), ("B", '"两\n行"', ""))
    )

    assert [row.number for row in found.rows] == [4, 7]
    assert texts(found)[1] == ["B", "两\n行", ""]


def test_a_workbook_is_read_as_it_was_meant(tmp_path):
    content = workbook(
        ("清单",), HEAD, ("007", "轴承", "件", datetime(2026, 11, 24)), (12, "=A1", True, date(2026, 2, 1)), (), (9.13205e17, 0.1, None, 46350),
        merged=("A1:C1", "B6:B7"), before=1, title="物料",
    )  # fmt: skip

    found = grid(tmp_path, content)

    assert (found.sheet, found.others) == ("物料", ["Sheet"])
    first, second, third, last = found.rows
    assert [c and c.odd for c in first.cells] == [None, None, None, Odd.DATE]
    assert first.text(3) == "2026-11-24"
    assert [(c.text, c.odd) for c in second.cells] == [
        ("12", Odd.NUMBER), ("=A1", Odd.FORMULA), ("1", Odd.BOOLEAN), ("2026-02-01", Odd.DATE),
    ]  # fmt: skip
    assert third.text(0) == "9.13205e+17" and third.cells[0].odd is Odd.NUMBER
    assert (last.number, last.cells[1].text, last.cells[1].odd) == (7, "B6", Odd.MERGED)


@pytest.mark.parametrize("kind", list(KINDS), ids=str)
@pytest.mark.parametrize("format", list(SheetFormat))
def test_every_template_and_example_is_a_sheet_of_its_kind(tmp_path, kind, format):
    path = tmp_path / "template"
    for filled in (False, True):
        path.write_bytes(template(KINDS[kind], format, filled=filled))

        found = open_grid(path, KINDS[kind].is_header)

        assert found.header is not None
        assert len(found.rows) == (len(KINDS[kind].examples) if filled else 0)


def remade(content, **parts):
    """A workbook with some of its parts written anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


PART = "xl/worksheets/sheet1.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def hostile():
    good = workbook(HEAD, ("1", "2", "3"))
    yield "a picture", b"\x89PNG\r\n\x1a\n" + bytes(99)
    yield "an old .xls", b"\xd0\xcf\x11\xe0" + bytes(999)
    yield "cut short", good[: len(good) // 2]
    yield "no workbook", remade(good, **{"[Content_Types].xml": "<a/>"}).replace(b"xl/workbook.xml", b"xl/workbool.xml")
    yield "macros", remade(good, **{"xl/vbaProject.bin": b"x"})
    yield (
        "an entity",
        remade(
            good,
            **{
                PART: f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet {SPACE}><sheetData><row><c t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>'
            },
        ),
    )
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield (
        "a billion laughs",
        remade(
            good,
            **{
                PART: f'<!DOCTYPE w [<!ENTITY a0 "ha">{laughs}]><worksheet {SPACE}><sheetData><row><c><v>&a11;</v></c></row></sheetData></worksheet>'
            },
        ),
    )
    yield (
        "a bomb",
        remade(good, **{"xl/sharedStrings.xml": f"<sst {SPACE}>" + "<si><t>" + "a" * 300_000_000 + "</t></si></sst>"}),
    )
    yield (
        "a text that is not there",
        remade(
            good, **{PART: f'<worksheet {SPACE}><sheetData><row><c t="s"><v>999</v></c></row></sheetData></worksheet>'}
        ),
    )
    yield (
        "a cell that is nowhere",
        remade(
            good, **{PART: f'<worksheet {SPACE}><sheetData><row><c r="1A"><v>1</v></c></row></sheetData></worksheet>'}
        ),
    )
    yield "an open quotation mark", csv_of(HEAD, ("A", '"open', "件"), ("B", "二", "件"))
    yield "too many rows", "\n".join(["物料号,名称", *("a,b" for _ in range(100_001))]).encode()


def test_a_file_that_is_none_or_a_trap_is_one_sentence_within_seconds(tmp_path):
    for name, content in hostile():
        began = time.perf_counter()
        with pytest.raises(Unreadable) as told:
            grid(tmp_path, content)

        assert time.perf_counter() - began < 30, name
        assert told.value.en and told.value.zh and "/etc/" not in told.value.en, name


def test_a_utf_8_file_with_a_damaged_line_is_not_read_as_something_else(tmp_path):
    """Two characters cut in the middle are four bytes of which GBK would make others."""
    cut = "减速".encode()[:2] + "机器".encode()[:2]
    content = csv_of(HEAD, ("A-1", "减速机", "件")) + b"\r\nA-2," + cut + "a,件".encode()

    with pytest.raises(Unreadable, match="line 3 of this UTF-8 file is damaged"):
        grid(tmp_path, content)


def test_rows_are_not_all_kept_to_find_which_cells_are_merged(tmp_path):
    """A sheet of many wide rows needs no more memory than its rows do, merged cells or none."""
    rows = "".join(
        f"<row>{''.join(f'<c><v>{n * 7919 % 9973}{p}</v></c>' for p in range(60))}</row>" for n in range(4000)
    )
    head = "<row>" + "".join(f"<c t='inlineStr'><is><t>{name}</t></is></c>" for name in HEAD) + "</row>"
    for after in ("", "<mergeCells><mergeCell ref='A2:A3'/></mergeCells>"):
        sheet = f"<worksheet {SPACE}><sheetData>{head}{rows}</sheetData>{after}</worksheet>"
        book = remade(workbook(HEAD), **{PART: sheet})

        found = grid(tmp_path, book, Limits(memory_bytes=64 << 20, answer_bytes=160 << 20))

        assert len(found.rows) == 4000
        assert (found.rows[1].cells[0].odd is Odd.MERGED) == bool(after)


def test_one_row_without_end_is_too_much_and_not_called_damaged(tmp_path):
    endless = f"<worksheet {SPACE}><sheetData><row>{'<c><v>1</v></c>' * 2_000_000}</row></sheetData></worksheet>"
    book = remade(workbook(HEAD), **{PART: endless})

    with pytest.raises(Unreadable, match="more memory or time|unpacks to far more"):
        grid(tmp_path, book, Limits(memory_bytes=160 << 20))


def test_a_workbook_of_three_hundred_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(300 << 20)

    with pytest.raises(Unreadable, match="at most 50 MB"):
        open_grid(path, ITEMS.is_header)


def test_what_needs_more_memory_than_a_sheet_does_ends_alone(tmp_path):
    rows = "\n".join(["物料号,名称", *(f"{number},{'文' * 900}" for number in range(9_000))])

    with pytest.raises(Unreadable, match="more memory or time"):
        grid(tmp_path, rows.encode(), Limits(memory_bytes=48 << 20))
