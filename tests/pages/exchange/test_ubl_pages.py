"""A clerk takes an order along as UBL and PDF, tries the answer of its own system, and hands it in: by forms, without script."""

import re
from io import BytesIO

import pytest
from pypdfium2 import PdfDocument

from exchange.ubl.validate import validate_ubl
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, line, what
from tests.scenarios.settling import billed, received
from tests.secrecy.concepts.ubl import ANSWER, day

CLERK, BUYER, RIVAL = "sales@gearworks.example", "buyer@longteng.example", "sales@rival.example"


@pytest.fixture
def order(demo_app):
    cast = Cast(Api(demo_app.test_client()))
    placed = cast.chain_master.places_order(
        cast.gearworks, number="纸-7", lines=[line("RV-40E", "30", days={20: "18", 50: "12"}), line("RV-80E", "1234.5")]
    )
    return what(placed)


def sends(seat, file_content, **given):
    file = {"ubl.file": (BytesIO(file_content), "a.xml")} if file_content else {}
    return seat.sends("/exchange/ubl", "/exchange/ubl", kind="ORDER_RESPONSE", **file, **given)


@pytest.mark.feature("K2")
def test_a_clerk_tries_its_systems_answer_and_hands_it_in(visitor, order):
    clerk, buyer = visitor(CLERK), visitor(BUYER)
    assert f"/orders/{order}/files/order.xml" in clerk.get(f"/orders/{order}").text
    file = clerk.get(f"/orders/{order}/files/order.xml")
    assert (validate_ubl(file.data), file.mimetype) == ([], "application/xml")
    assert file.headers["Content-Disposition"].startswith("attachment")
    for address in (f"/orders/{order}/files/order.xml", f"/orders/{order}/files/order.pdf"):
        assert visitor(RIVAL).get(address).status_code == 404
    assert buyer.get(f"/orders/{order}/files/order-response.xml").status_code == 404

    answer = ANSWER.format(day=day(0), number="纸-7").encode()
    assert "请选择文件" in sends(clerk, b"").text
    wrong = sends(clerk, answer.replace("纸-7".encode(), b"NONE"), do="try")
    assert wrong.status_code == 422 and "没有找到本单位的订单" in wrong.text
    tried = sends(clerk, answer, do="try").text
    assert "试运行通过，什么都没有改" in tried and "规则提醒" not in tried
    kept = re.search('name="content" value="([^"]+)"', tried)[1]
    assert buyer.get(f"/orders/{order}/files/order-response.xml").status_code == 404
    done = sends(clerk, b"", do="run", content=kept).text
    assert "已办理" in done and f"/orders/{order}" in done

    assert "答复 UBL" in buyer.get(f"/orders/{order}").text
    assert validate_ubl(buyer.get(f"/orders/{order}/files/order-response.xml").data) == []


@pytest.mark.feature("N4")
def test_order_and_answer_are_printed_with_their_chinese_in_the_readers_language(visitor, order):
    clerk = visitor(CLERK)
    sends(clerk, ANSWER.format(day=day(0), number="纸-7").encode(), do="run")

    pages = PdfDocument(clerk.get(f"/orders/{order}/files/order.pdf").data)
    text = pages[0].get_textpage().get_text_range()
    assert all(said in text for said in ("采购订单", "纸-7", "苏州精齿传动", "龙腾智能装备", "1,234.5", "合计"))
    fonts = {
        o.get_font().get_base_name(): o.get_font().is_embedded for o in pages[0].get_objects() if hasattr(o, "get_font")
    }
    assert len(fonts) >= 2 and all(fonts.values())
    assert "无锡锐驰" not in text

    english = clerk.get(f"/orders/{order}/files/order-response.pdf?lang=en")
    said = PdfDocument(english.data)[0].get_textpage().get_text_range()
    assert "Order response" in said and "RV-80E" in said


@pytest.mark.feature("K2")
def test_either_firm_takes_an_invoice_along_from_its_page(visitor, demo_app):
    cast = Cast(Api(demo_app.test_client()))
    order = received(cast, ("RV-40E", "10", "10"))
    page = f"/invoices/{cast.gearworks.acts('submit_invoice', billed(cast.gearworks, order, (1, '4')), by='sales')['invoice']['id']}"

    for who in (CLERK, BUYER):
        seat = visitor(who)
        assert f"{page}/files/invoice.xml" in seat.get(page).text and "答复 UBL" not in seat.get(page).text
        assert validate_ubl(seat.get(f"{page}/files/invoice.xml").data) == []
        assert seat.get(f"{page}/files/invoice-response.xml").status_code == 404
    assert visitor(RIVAL).get(f"{page}/files/invoice.xml").status_code == 404
