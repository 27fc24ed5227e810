"""What stands in a cell, and what it means: one table for each kind of column."""

from datetime import date
from decimal import Decimal

import pytest

from exchange.sheets.columns import Choice, Column, Holds, headed, is_header
from exchange.sheets.reading.grid import Cell, Odd, Row
from exchange.sheets.values import Wrong, meant
from exchange.sheets.writing import escaped, unescaped


def column(holds, **more):
    return Column("field", "列", "Column", holds, "X-1", "", "", **more)


def number(text):
    return Cell(text, Odd.NUMBER)


DAY, CODE, WHOLE, DECIMAL, TEXT = (column(h) for h in (Holds.DAY, Holds.CODE, Holds.WHOLE, Holds.DECIMAL, Holds.TEXT))
UNIT = column(Holds.CHOICE, choices=(Choice("EA", ("件", "ea")), Choice("KGM", ("千克", "kg"))), any_code=True)
CITY = column(Holds.CHOICE, choices=(Choice("320500", ("苏州市", "Suzhou", "苏州")),))


@pytest.mark.parametrize(("where", "cell", "value"), [
    (DAY, Cell("2026-11-24"), date(2026, 11, 24)), (DAY, Cell("2026/11/24"), date(2026, 11, 24)),
    (DAY, Cell("2026年11月24日"), date(2026, 11, 24)), (DAY, Cell("24.11.2026"), date(2026, 11, 24)),
    (DAY, Cell("20261124"), date(2026, 11, 24)), (DAY, number("20261124"), date(2026, 11, 24)),
    (DAY, number("46350"), date(2026, 11, 24)), (DAY, Cell("2026-11-24", Odd.DATE), date(2026, 11, 24)),
    (DAY, Cell("２０２６－１１－２４"), date(2026, 11, 24)), (DAY, Cell("2026-11-24 00:00:00"), date(2026, 11, 24)),
    (CODE, Cell("007"), "007"), (CODE, number("7"), "7"), (CODE, number("320500.0"), "320500"),
    (CODE, number("999999999999999"), "999999999999999"), (CODE, Cell(" A-1 "), "A-1"), (CODE, Cell("6E20"), "6E20"), (CODE, Cell("1E5"), "1E5"),
    (WHOLE, Cell("１２"), 12), (WHOLE, number("12"), 12), (WHOLE, Cell("12.0"), 12),
    (DECIMAL, Cell("0.1"), Decimal("0.1")), (DECIMAL, number("0.10000000000000001"), Decimal("0.1")),
    (DECIMAL, number("1E3"), Decimal(1000)),
    (TEXT, Cell("e\u0301"), "é"), (TEXT, number("5"), "5"),
    (UNIT, Cell("件"), "EA"), (UNIT, Cell("ｋｇ"), "KGM"), (UNIT, Cell("MTR"), "MTR"),
    (CITY, Cell("苏州"), "320500"), (CITY, number("320500"), "320500"),
    (TEXT, None, None), (TEXT, Cell("  "), None),
])  # fmt: skip
def test_a_cell_means(where, cell, value):
    assert meant(where, cell) == value


@pytest.mark.parametrize(("where", "cell", "what"), [
    (DAY, Cell("24/11/2026"), "no day that can be told for certain"), (DAY, Cell("2026-02-30"), "no day"),
    (DAY, Cell("11-24"), "no day"), (DAY, Cell("2026-11-24 08:30", Odd.DATE), "“2026-11-24 08:30” is no day"), (DAY, number("3.5"), "no day"),
    (CODE, number("9.1320500123456704E+17"), "its last digits are lost"), (CODE, Cell("9.13205E+17"), "its last digits are lost"),
    (CODE, number("1000000000000000"), "its last digits are lost"), (CODE, Cell("2026-11-24", Odd.DATE), "turned this into the day"),
    (WHOLE, Cell("1,200"), "no number"), (WHOLE, Cell("1.5"), "no whole number"), (WHOLE, Cell("十二"), "no number"),
    (DECIMAL, Cell("0.1234567"), "no number"), (DECIMAL, Cell("NaN"), "no number"), (DECIMAL, number("1e400"), "no number"),
    (DECIMAL, Cell("2026-11-24", Odd.DATE), "a day"),
    (TEXT, Cell("=1+1", Odd.FORMULA), "formulas are not reckoned"), (TEXT, Cell("#REF!", Odd.ERROR), "#REF!"),
    (TEXT, Cell("C4", Odd.MERGED), "merged with C4"), (TEXT, Cell("1", Odd.BOOLEAN), "TRUE or FALSE"),
    (CITY, Cell("上海"), "none of the choices"),
])  # fmt: skip
def test_a_cell_that_means_nothing_certain_says_what_would_be_right(where, cell, what):
    with pytest.raises(Wrong) as told:
        meant(where, cell)

    assert what in told.value.en
    assert told.value.cure_en and told.value.cure_zh


HEADS = (
    Column("number", "物料号", "Item number", Holds.CODE, "1", "", "", key=True, also=("料号",)),
    Column("lead", "交货周期（天）", "Lead time (days)", Holds.WHOLE, "1", "", ""),
)  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "物料号",
        "ITEM NUMBER",
        "物料号 / Item number",
        "＊物料号（必填）",
        "料 号",
        "Item\nnumber",
        "物料号\nItem number",
    ],
)
def test_a_header_is_known_in_both_languages_and_whatever_is_put_around_it(said):
    assert headed(HEADS, Row(1, [None, Cell("其他"), Cell(said)])).places == {"number": 2}


def test_columns_in_any_order_unknown_ones_told_and_the_same_twice_noticed():
    found = headed(HEADS, Row(1, [Cell("交货周期"), Cell("颜色"), Cell("料号"), Cell("物料号")]))

    assert (found.places, found.unknown, found.twice) == ({"lead": 0, "number": 2}, ("颜色",), ("物料号",))
    assert is_header(HEADS, ["料号", "交货周期"])
    assert not is_header(HEADS, ["物料清单", "", "2026"])


@pytest.mark.parametrize(("text", "given"), [
    ("=1+1", "'=1+1"), ("+86", "'+86"), ("-x", "'-x"), ("-5", "-5"), ("-5.25", "-5.25"), ("@a", "'@a"), ("\tx", "'\tx"),
    ("＝1", "'＝1"), ("'=1", "''=1"), ("普通", "普通"), ("'quoted", "'quoted"), ("", ""),
])  # fmt: skip
def test_no_text_given_out_as_csv_is_taken_for_a_formula_and_all_read_back(text, given):
    assert escaped(text) == given
    assert unescaped(given) == text
