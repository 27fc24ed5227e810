"""Invoices as a supplier's clerk and a buyer work with them: two clicks from accepted goods to an invoice that matches."""

import io
import re
from html import unescape

import pytest
from openpyxl import load_workbook

from tests.pages.conftest import DESK, PHONE
from tests.pages.test_asking_and_looking import browser, seal
from tests.scenarios.reactions import react
from tests.scenarios.settling import comes, invoices, matches_by, received, seen

BUYER, LEAD, PLANNER, GEARWORKS = (
    "buyer@longteng.example", "lead@longteng.example", "planner@longteng.example", "sales@gearworks.example",
)  # fmt: skip
NARROW = PHONE | {"viewport": {"width": 360, "height": 740}}


def text_of(client, page):
    answer = client.get(page)
    assert answer.status_code == 200, page
    return unescape(answer.get_data(as_text=True))


def fills(client, page, *, sent_to=None, **fields):
    """Send a page's form as it stands, with these fields said otherwise."""
    text = text_of(client, page)
    hidden = dict(re.findall(r'<input type="(?:hidden|text|date)"[^>]* name="([^"]+)" value="([^"]*)"', text))
    hidden |= dict(re.findall(r'<input type="[a-z]+"[^>]* name="(l\.[^"]+)" value="([^"]*)"', text))
    hidden = {name: value for name, value in hidden.items() if name not in ("token", "key")}
    return client.post(sent_to or page, data=hidden | seal(text) | fields)


def sits(open_page, seat, path, **size):
    page = open_page("/sign-in", **size)
    page.click(f'.seat-cards button[value="{seat}"]')
    page.goto(path)
    return page


def told(answer):
    return unescape(answer.get_data(as_text=True))


@pytest.mark.feature("C18")
def test_an_invoice_is_proposed_sent_matched_queried_released_and_paid(cast):
    buyer, lead, planner, seller = (browser(cast, seat) for seat in (BUYER, LEAD, PLANNER, GEARWORKS))
    order = received(cast, ("RV-40E", "50", "40"))
    assert fills(lead, "/invoices/terms", releaseLimit="100", heldPercent="10x").status_code == 422
    assert fills(lead, "/invoices/terms", releaseLimit="100", currency="CNY").status_code == 303
    assert "放行超过此额须第二人" in text_of(buyer, "/invoices/terms") and "设定匹配规则</button>" not in text_of(
        buyer, "/invoices/terms"
    )
    listed = text_of(seller, "/invoices?side=SELLER")
    assert "已验收，未开票" in listed and "RV-40E × 40" in listed
    new = re.search(r'href="(/invoices/new\?buyer=[^"]+)"', listed).group(1)
    assert 'value="40"' in text_of(seller, new) and "可开 40" in text_of(seller, new)

    wrong = fills(seller, new, sent_to="/invoices/new", number="", fapiaoNumber="123", do="submit")
    assert (wrong.status_code, "请填写此项" in told(wrong), "可开 40" in told(wrong)) == (422, True, True)
    kept = fills(seller, new, sent_to="/invoices/new", number="P-1", do="draft")
    assert kept.status_code == 303, told(kept)
    gone = fills(seller, kept.location.split("?")[0], do="discard")
    assert (gone.status_code, seller.get(kept.location).status_code) == (303, 404)
    kept = fills(seller, new, sent_to="/invoices/new", number="P-1", do="draft")
    page = kept.location.split("?")[0]
    assert buyer.get(page).status_code == 404
    unfit = fills(seller, f"{page}/edit", fapiaoNumber="123", fapiaoType="ORDINARY", do="submit")
    assert (unfit.status_code, "位数字" in told(unfit)) == (422, True)
    sent = fills(seller, f"{page}/edit", do="submit")
    assert sent.status_code == 303, told(sent)
    react()
    second = invoices(cast.gearworks, order, (1, "10"), number="P-2")["invoice"]["id"]
    other = f"/invoices/{second}"
    assert "收货验收 40，此前已开票 40，本次 10：超 10" in text_of(seller, other)
    inbox, todo = text_of(buyer, "/inbox"), text_of(buyer, "/todo")
    assert "收到发票，请答复" in inbox and "发票 P-1" in inbox and f'href="{other}"' in todo and "1 行被拦" in todo
    assert "答复发票</button>" not in text_of(planner, page)

    paid = fills(buyer, page, do="respond", answer="ACCEPTED")
    assert paid.status_code == 303, told(paid)
    short = fills(buyer, page, do="respond", answer="PART_PAID")
    assert (short.status_code, "部分付款须填写本次付款金额" in told(short)) == (422, True)
    assert fills(buyer, page, do="respond", answer="PAID").status_code == 303
    assert "已付款" in text_of(seller, page)

    none = fills(buyer, other, do="respond", answer="UNDER_QUERY", reason="")
    assert (none.status_code, "质疑或拒收须选择原因" in told(none)) == (422, True)
    assert fills(buyer, other, do="respond", answer="UNDER_QUERY", reason="QTY", note="多开了").status_code == 303
    assert f'href="{other}"' in text_of(seller, "/todo") and "多开了" in text_of(seller, other)
    assert fills(seller, other, do="reply", text="补发在途").status_code == 303
    assert "补发在途" in text_of(buyer, other)
    line = seen(cast.gearworks, {"id": second})["lines"][0]["id"]
    nothing = fills(buyer, other, do="release", releaseReason="先付")
    assert (nothing.status_code, "请选择要放行的行" in told(nothing)) == (422, True)
    assert fills(buyer, other, do="release", releaseReason="先付", **{f"line.{line}": "1"}).status_code == 303
    assert "待第二人批准" in text_of(buyer, other) and "先付" not in text_of(seller, other)
    assert fills(lead, other, do="approve").status_code == 303
    blocked = fills(seller, other, do="credit", creditNumber="C-1", creditReason="多开", **{f"credit.{line}": "99"})
    assert (blocked.status_code, "尚可冲销 10" in told(blocked)) == (422, True)
    assert (
        fills(
            seller, other, do="credit", creditNumber="C-1", creditReason="多开", **{f"credit.{line}": "4"}
        ).status_code
        == 303
    )
    assert "C-1" in text_of(buyer, other)
    for desk in (buyer, seller):
        of_order = text_of(desk, f"/orders/{order['order']['id']}")
        assert "发票 P-1" in of_order and f'href="{other}"' in of_order

    file = buyer.get("/invoices.xlsx?side=BUYER&show=all")
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(file.data))["发票 Invoices"]]
    assert [row[0] for row in rows[-2:]] == ["P-2", "P-1"]
    assert browser(cast, "official@jiangsu.example").get("/invoices").status_code == 404
    assert browser(cast, "sales@rival.example").get(page).status_code == 404


@pytest.mark.feature("C18")
def test_a_clerk_sends_an_invoice_by_two_clicks_on_a_phone_and_a_buyer_sees_its_match(
    cast, site, open_page, shoot, axe, sideways
):
    order = received(cast, ("RV-40E", "50", "40"), ("RV-80E", "5", "2"))
    matches_by(cast.chain_master, releaseLimit="100", heldPercent="10")
    cast.chain_master.requires_documents(order, {"title": "材质证明"})
    comes(cast, order, (2, "1"))

    phone = sits(open_page, GEARWORKS, "/invoices?side=SELLER", **NARROW)
    shoot(phone, "list-phone", whole=True)
    phone.get_by_role("link", name=re.compile("开票")).first.click()
    phone.fill('[name="number"]', "TEL-1")
    shoot(phone, "form-phone", whole=True)
    assert (axe(phone), sideways(phone)) == ([], [])
    phone.get_by_role("button", name="提交发票").click()
    phone.wait_for_url(re.compile(r"/invoices/[^/]+\?done=submit_invoice"))
    shoot(phone, "one-phone", whole=True)
    assert (axe(phone), sideways(phone)) == ([], [])
    invoices(cast.gearworks, order, (1, "5", "105"), number="TEL-2")

    desk = sits(open_page, BUYER, "/invoices?side=BUYER", **DESK)
    shoot(desk, "list-desk", whole=True)
    assert axe(desk) == []
    desk.get_by_role("link", name="TEL-2").click()
    desk.wait_for_url(re.compile(r"/invoices/"))
    assert "超 5" in desk.inner_text("main")
    shoot(desk, "one-desk", whole=True)
    assert axe(desk) == []
    desk.goto(f"{site}/invoices/terms")
    shoot(desk, "terms-desk", whole=True)
    assert axe(desk) == []
    desk.emulate_media(media="print")
    desk.go_back()
    shoot(desk, "one-print", whole=True)
