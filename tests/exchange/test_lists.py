"""Cells of the lists that leave as workbooks: no text is a formula, and a key is told as it is."""

import io

import pytest
from openpyxl import load_workbook

from exchange.lists.book import Key, Listed, Told, written


@pytest.mark.parametrize(("value", "told"), [
    (Key("-pPODKKOFcLZkyj-xK1HWw"), "-pPODKKOFcLZkyj-xK1HWw"), ("-1+1", "'-1+1"), ("=1+1", "'=1+1"), ("@x", "'@x"), ("甲", "甲"),
])  # fmt: skip
def test_a_text_is_no_formula_and_a_key_is_told_letter_by_letter(value, told):
    made = written([Told("方法", "Method", "甲")], [Listed("单 List", (("编号", "Key"),), [(value,)])])

    cell = load_workbook(io.BytesIO(made))["单 List"]["A2"]
    assert (cell.value, cell.data_type) == (told, "s")
