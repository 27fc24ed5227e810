"""What the cell of a column means: exact, or a complaint that says what would be right. Pure."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from exchange.sheets.columns import Column, Holds
from exchange.sheets.reading.grid import Cell, Odd
from kernel.quantities import exact

FEWEST_LOST_DIGITS = 10**15
"""A spreadsheet keeps fifteen digits of a number; an identifier of more has lost its end."""
_ROUNDED = re.compile(r"\d(\.\d+)?[Ee]\+\d{2,3}")
"""How a spreadsheet writes a number too long for its cell; without the plus, as in 6E20, it is somebody's number of an item."""
_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 109_575  # 2199-12-31
_FIRST_SERIAL = 20_000  # 1954-10-03
_DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日?"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?Z?$")


class Wrong(Exception):
    """One cell is wrong: what, and what would be right, each in English and Chinese."""

    def __init__(self, en: str, zh: str, cure_en: str = "", cure_zh: str = "") -> None:
        super().__init__(en)
        self.en, self.zh, self.cure_en, self.cure_zh = en, zh, cure_en, cure_zh


def meant(column: Column, cell: Cell | None) -> Any:
    """The value of a cell, None where it is empty. Raises Wrong."""
    if cell is None or not (cell.odd or cell.text.strip()):
        return None
    _check_plain(column, cell)
    if column.holds is Holds.DAY:
        return _day(column, cell)
    if column.holds is Holds.WHOLE:
        return _whole(column, cell)
    if column.holds is Holds.DECIMAL:
        return _decimal(column, cell)
    if column.holds is Holds.CHOICE:
        return _choice(column, cell)
    return _text(column, cell)


def _check_plain(column: Column, cell: Cell) -> None:
    like_en, like_zh = f"such as {column.example}", f"例如 {column.example}"
    if cell.odd is Odd.FORMULA:
        raise Wrong(
            "a formula stands here; formulas are not reckoned", "此处是公式，系统不计算公式",
            f"copy the column and paste it as values; write a value, {like_en}", f"复制该列后“选择性粘贴-数值”；请填写具体值，{like_zh}",
        )  # fmt: skip
    if cell.odd is Odd.ERROR:
        raise Wrong(
            f"the spreadsheet shows the error {cell.text[:20]} here", f"表格在此处显示错误 {cell.text[:20]}",
            f"write a value, {like_en}", f"请填写具体值，{like_zh}",
        )  # fmt: skip
    if cell.odd is Odd.MERGED:
        raise Wrong(
            f"this cell is merged with {cell.text}, so it has no value of its own", f"该单元格与 {cell.text} 合并，没有自己的值",
            "unmerge the cells and fill in each", "请取消合并单元格，并逐格填写",
        )  # fmt: skip
    if cell.odd is Odd.BOOLEAN:
        raise Wrong(
            "TRUE or FALSE stands here",
            "此处是逻辑值 TRUE 或 FALSE",
            f"write a text, {like_en}",
            f"请填写文本，{like_zh}",
        )


def _text(column: Column, cell: Cell) -> str:
    if cell.odd is Odd.DATE and column.holds is Holds.CODE:
        raise Wrong(
            f"the spreadsheet has turned this into the day {cell.text}", f"表格已将此处变为日期 {cell.text}",
            f"format the column as text, then write it again, such as {column.example}", f"请将该列设为文本格式后重新填写，例如 {column.example}",
        )  # fmt: skip
    if cell.odd is Odd.NUMBER or column.holds is Holds.CODE and _ROUNDED.fullmatch(cell.text.strip()):
        return _digits(column, cell)
    return folded(cell.text) if column.fold else unicodedata.normalize("NFC", cell.text).strip()


def folded(text: str) -> str:
    """Full-width signs made plain, as for codes and numbers."""
    return unicodedata.normalize("NFKC", text).strip()


def _digits(column: Column, cell: Cell) -> str:
    """An identifier a spreadsheet keeps as a number: its digits, while all of them are there."""
    value = _amount(cell.text)
    whole = value is not None and value == value.to_integral_value()
    if (
        value is None
        or abs(value) >= FEWEST_LOST_DIGITS
        or column.holds is Holds.CODE
        and _ROUNDED.fullmatch(cell.text)
        and cell.odd is None
    ):
        raise Wrong(
            f"the spreadsheet has turned this into the number {cell.text[:24]}: its last digits are lost",
            f"表格已将此处变为数字 {cell.text[:24]}，末尾数字已丢失",
            f"format the column as text, then write it again in full, such as {column.example}",
            f"请将该列设为文本格式后重新完整填写，例如 {column.example}",
        )  # fmt: skip
    return str(int(value)) if whole else str(value)


def _amount(text: str) -> Decimal | None:
    """A number as the file writes it; a spreadsheet writes 0.1 as 0.10000000000000001."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    if not value.is_finite() or value.adjusted() > 40:
        return None
    return Decimal(repr(float(text))) if len(value.as_tuple().digits) > 15 else value


def _number(column: Column, cell: Cell) -> Decimal:
    if cell.odd is Odd.DATE:
        raise Wrong(
            f"a day, {cell.text}, stands here", f"此处是日期 {cell.text}",
            f"format the cell as a number, such as {column.example}", f"请将单元格设为数字格式，例如 {column.example}",
        )  # fmt: skip
    try:
        found = _amount(cell.text) if cell.odd is Odd.NUMBER else exact(folded(cell.text))
        if found is not None:
            return exact(found)
    except ValueError:
        pass
    raise Wrong(
        f"{_shown(cell)} is no number", f"{_shown(cell)} 不是数字",
        f"write digits with a point, no commas and no unit, such as {column.example}",
        f"只写数字和小数点，不写千分位逗号和单位，例如 {column.example}",
    )  # fmt: skip


def _decimal(column: Column, cell: Cell) -> Decimal:
    return _number(column, cell)


def _whole(column: Column, cell: Cell) -> int:
    value = _number(column, cell)
    if value != value.to_integral_value() or abs(value) >= FEWEST_LOST_DIGITS:
        raise Wrong(
            f"{_shown(cell)} is no whole number", f"{_shown(cell)} 不是整数", f"write a whole number, such as {column.example}",
            f"请填写整数，例如 {column.example}",
        )  # fmt: skip
    return int(value)


def _day(column: Column, cell: Cell) -> date:
    text = _MIDNIGHT.sub("", folded(cell.text))
    if cell.odd is Odd.NUMBER and (serial := _amount(text)) is not None:
        if serial == serial.to_integral_value() and _FIRST_SERIAL <= serial <= _LAST_SERIAL:
            return _EPOCH + timedelta(days=int(serial))
        text = str(int(serial)) if serial == serial.to_integral_value() else text
    for shape in _DAYS:
        if found := shape.fullmatch(re.sub(r"\s", "", text)):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                break
    raise Wrong(
        f"{_shown(cell)} is no day that can be told for certain", f"{_shown(cell)} 不是可以确定的日期",
        f"write year, month, day, such as {column.example}", f"请按年-月-日填写，例如 {column.example}",
    )  # fmt: skip


def _choice(column: Column, cell: Cell) -> str:
    said = folded(_digits(column, cell) if cell.odd is Odd.NUMBER else cell.text).casefold()
    for choice in column.choices:
        if said in {choice.code.casefold(), *(word.casefold() for word in choice.words)}:
            return choice.code
    if column.any_code:
        return folded(cell.text)
    some = [f"{choice.words[0]} ({choice.code})" for choice in column.choices[:6]]
    more = " .." if len(column.choices) > 6 else ""
    raise Wrong(
        f"{_shown(cell)} is none of the choices", f"{_shown(cell)} 不在可选范围内",
        f"write one of: {', '.join(c.words[1] if len(c.words) > 1 else c.code for c in column.choices[:6])}{more}",
        f"请填写：{'、'.join(some)}{more}",
    )  # fmt: skip


def _shown(cell: Cell) -> str:
    return f"“{cell.text.strip()[:40]}”"
