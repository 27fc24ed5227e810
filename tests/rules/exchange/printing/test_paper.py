"""What an order looks like on paper: pages, heads, letters, and no more than both parties agreed."""

from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from exchange.printing.fonts import UNKNOWN, broken, width_of
from exchange.printing.orders import print_order, print_response
from exchange.ubl.examples import BUYER, ORDER, RESPONSE, SELLER, TODAY

pytestmark = pytest.mark.feature("N4")


def texts(content):
    document = PdfDocument(content)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def test_a_thousand_lines_are_printed_in_seconds_each_page_with_the_tables_head():
    lines = tuple(replace(ORDER.lines[0], number=str(n)) for n in range(1, 1001))
    content = print_order(replace(ORDER, lines=lines), lang="zh")

    pages = texts(content)
    assert len(content) < 1_000_000
    assert all("采购订单" in page and f"第 {n} 页，共 {len(pages)} 页" in page for n, page in enumerate(pages, start=1))
    assert all("物料 数量 单价" in page for page in pages if "RV-40E" in page)
    assert sum(page.count("2,680.50") for page in pages) == 1000
    assert "合计 80,415,000.00 CNY" in " ".join(pages[-1].split())
    assert print_order(replace(ORDER, lines=lines), lang="zh") == content


def test_an_answer_says_what_comes_what_does_not_and_why_in_either_language():
    said = {
        lang: " ".join(" ".join(texts(print_response(
            RESPONSE.lines, number="PO-7-R1", code="CA", issued_on=TODAY, order_number="PO-7", currency="CNY", seller=SELLER,
            buyer=BUYER, reason="CAPACITY", note="见附件", lang=lang,
        ))).split())
        for lang in ("zh", "en")
    }  # fmt: skip

    assert all(
        word in said["zh"]
        for word in ("订单答复", "有变更", "2027-04-01: 10", "最多还有 2 待定交期", "替代物料: RV-40F", "已停产")
    )
    assert all(
        word in said["en"]
        for word in ("Order response", "changed", "2027-04-01: 10", "at most 2 later", "discontinued")
    )


def test_letters_no_font_has_are_marked_and_long_words_are_broken():
    text = "温度 90℃ → 𠮷 " + "X" * 200
    page = texts(print_order(replace(ORDER, note=text), lang="zh"))[0]

    assert "90°C -> " + UNKNOWN in page
    assert all(width_of(line, 9) <= 100 for line in broken(text, 100, 9))


def test_a_note_longer_than_a_page_goes_on_over_the_next():
    pages = texts(print_order(replace(ORDER, note="\n".join(f"第{n}条" for n in range(150))), lang="zh"))

    assert len(pages) == 4 and "第0条" in pages[0] and "第149条" in pages[2]
    assert ["签章" in page for page in pages] == [False, False, False, True]
