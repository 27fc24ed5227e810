"""Statements and causes as both firms work with them: dispute a line on a phone, agree, invoice; say why a delivery was late."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from jobs.scorecards import score_what_was_due
from kernel import clock
from tests.pages.conftest import DESK, PHONE
from tests.pages.settlement.test_invoice_pages import BUYER, GEARWORKS, PLANNER, fills, sits, text_of, told
from tests.pages.test_asking_and_looking import browser
from tests.scenarios.explaining import misses, promised, states
from tests.scenarios.players import day
from tests.scenarios.reactions import react
from tests.scenarios.settling import received
from tests.scenarios.stating import drafts, on, shown

NARROW = PHONE | {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def yesterday():
    """Act yesterday: what it does lies in a day that has ended."""

    def back(act):
        clock.set_to(clock.now() - timedelta(days=1))
        try:
            return act()
        finally:
            clock.set_to(None)

    return back


@pytest.mark.feature("C19")
def test_a_statement_goes_from_draft_to_invoice_by_its_pages(cast, yesterday):
    buyer, seller, planner = (browser(cast, seat) for seat in (BUYER, GEARWORKS, PLANNER))
    yesterday(lambda: received(cast, ("RV-40E", "50", "40"), ("RV-80E", "5", "3")))
    made = {"partnerId": cast.chain_master.firm_id, "periodFrom": day(-1), "side": "SELLER"}
    wrong = fills(seller, "/statements?side=SELLER", **made | {"periodUntil": day(0)})
    assert (wrong.status_code, "对账期间须已结束" in told(wrong)) == (422, True)
    kept = fills(seller, "/statements?side=SELLER", **made | {"periodUntil": day(-1)})
    assert kept.status_code == 303, told(kept)
    page = kept.location.split("?")[0]
    assert buyer.get(page).status_code == 404 and "发送对账单</button>" in text_of(seller, page)
    assert fills(seller, page, do="send").status_code == 303
    react()
    assert "收到对账单" in text_of(buyer, "/inbox") and f'href="{page}"' in text_of(buyer, "/todo")
    assert "提交异议</button>" not in text_of(planner, page) and "确认</button>" not in text_of(planner, page)

    first, second = (x["id"] for x in shown(cast.gearworks, {"id": page.rsplit("/", 1)[1]})["lines"])
    none = fills(buyer, page, do="dispute")
    assert (none.status_code, "请在有异议的行选择原因并说明" in told(none)) == (422, True)
    bare = fills(buyer, page, do="dispute", **{f"reason.{first}": "QTY", f"note.{first}": "少两件"})
    assert (bare.status_code, "请填写应为的数量" in told(bare)) == (422, True)
    said = {f"reason.{first}": "QTY", f"note.{first}": "少两件", f"quantity.{first}": "38"}
    doubted = said | {f"reason.{second}": "OTH", f"note.{second}": "待复检"}
    assert fills(buyer, page, do="dispute", **doubted).status_code == 303
    text = text_of(seller, page)
    one, two = re.findall(r'name="outcome\.([^"]+)"', text)
    assert "应为数量 38" in text and "少两件" in text
    unsaid = fills(seller, page, do="answer", **{f"outcome.{one}": "CORRECTED", f"outcome.{two}": "UPHELD"})
    assert (unsaid.status_code, "请填写 1 至 400 个字符" in told(unsaid)) == (422, True)
    both = {f"outcome.{one}": "CORRECTED", f"outcome.{two}": "UPHELD", f"answer.{two}": "已复检合格"}
    assert fills(seller, page, do="answer", **both).status_code == 303
    assert "已复检合格" in text_of(buyer, page) and "确认其余各行</button>" in text_of(buyer, page)
    assert fills(buyer, page, do="confirm", **{f"aside.{second}": "1"}).status_code == 303
    text = text_of(seller, page)
    assert "双方已确认" in text and "移出本期" in text and "1 行尚未开票" in text and "与首版一致" in text
    lacking = fills(seller, page, do="invoice", number="")
    assert (lacking.status_code, "请填写此项" in told(lacking)) == (422, True)
    sent = fills(seller, page, do="invoice", number="S-1")
    assert sent.status_code == 303 and sent.location.startswith("/invoices/")
    assert "S-1" in text_of(buyer, sent.location.split("?")[0])
    assert "均已开票" in text_of(seller, page)
    file = buyer.get(f"{page}.xlsx")
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(file.data))["对账明细 Lines"]]
    assert [str(row[12]) for row in rows[1:]] == ["38", "3"]
    assert browser(cast, "sales@rival.example").get(page).status_code == 404
    assert browser(cast, "sales@rival.example").get(f"{page}.xlsx").status_code == 404


@pytest.mark.feature("A8")
def test_a_cause_is_stated_agreed_and_reopened_by_its_pages(cast):
    buyer, seller = browser(cast, BUYER), browser(cast, GEARWORKS)
    clock.set_to(clock.now() - timedelta(days=5))
    order = promised(cast)
    clock.set_to(None)
    score_what_was_due()
    (record,) = misses(cast.chain_master, "BUYER")
    page = f"/causes/{record['id']}"
    assert f'href="{page}"' in text_of(buyer, f"/orders/{order['order']['id']}")
    assert f'href="{page}"' in text_of(seller, "/causes?side=SELLER")
    card = text_of(buyer, f"/scorecards/suppliers/{cast.gearworks.firm_id}")
    assert "1 次尚无共同原因" in card
    bare = fills(seller, page, do="state", cause="OTHER", party="", note="")
    assert (bare.status_code, told(bare).count("请填写此项") >= 2) == (422, True)
    assert fills(seller, page, do="state", cause="BUYER_CHANGE", party="BUYER", note="图纸改版").status_code == 303
    react()
    assert "图纸改版" in text_of(buyer, page) and f'href="{page}"' in text_of(buyer, "/todo")
    assert "请答复" in text_of(buyer, "/inbox")
    assert fills(buyer, page, do="agree", agreeNote="属实").status_code == 303
    listed = text_of(buyer, "/causes?side=BUYER&show=agreed")
    assert "采购方变更" in listed and "买方负责（剔除）" in listed and "按往来单位汇总" in listed
    assert "1 次已有共同原因" in text_of(seller, f"/scorecards/buyers/{cast.chain_master.firm_id}")
    assert fills(buyer, page, do="reopen").status_code == 303
    assert "同意重新打开</button>" in text_of(seller, page)
    assert fills(seller, page, do="reopen").status_code == 303
    assert "尚无共同原因，计入准时率" in text_of(buyer, page)
    assert browser(cast, "sales@rival.example").get(page).status_code == 404
    assert browser(cast, "official@jiangsu.example").get("/causes").status_code == 404


@pytest.mark.feature("C19")
def test_a_clerk_disputes_a_line_on_a_phone_and_says_why_a_delivery_was_late(
    cast, site, open_page, shoot, axe, sideways, yesterday
):
    master, gearworks = cast.chain_master, cast.gearworks
    yesterday(lambda: received(cast, ("RV-40E", "50", "40"), ("RV-80E", "5", "3")))
    made = drafts(master, gearworks, "BUYER")["statement"]
    on(master, made, "send_statement")["statement"]
    clock.set_to(clock.now() - timedelta(days=5))
    promised(cast)
    clock.set_to(None)
    score_what_was_due()
    (record,) = misses(master, "BUYER")
    states(master, record, "CAPACITY", "SELLER", "产能不足")["causeRecord"]

    phone = sits(open_page, GEARWORKS, "/statements?side=SELLER", **NARROW)
    shoot(phone, "list-phone", whole=True)
    assert (axe(phone), sideways(phone)) == ([], [])
    phone.locator("table a").first.click()
    phone.wait_for_url(re.compile(r"/statements/"))
    phone.get_by_text("有异议", exact=True).first.click()
    phone.locator('select[name^="reason."]').first.select_option("QTY")
    phone.locator('input[name^="note."]').first.fill("少收一件")
    phone.locator('input[name^="quantity."]').first.fill("41")
    shoot(phone, "dispute-phone", whole=True)
    assert (axe(phone), sideways(phone)) == ([], [])
    phone.get_by_role("button", name="提交异议").click()
    phone.wait_for_url(re.compile(r"done=dispute"))
    shoot(phone, "disputed-phone", whole=True)
    phone.goto(f"{site}/causes/{record['id']}")
    shoot(phone, "cause-phone", whole=True)
    assert (axe(phone), sideways(phone)) == ([], [])
    phone.goto(f"{site}/causes?side=SELLER")
    shoot(phone, "causes-phone", whole=True)
    assert (axe(phone), sideways(phone)) == ([], [])

    desk = sits(open_page, BUYER, f"/statements/{made['id']}", **DESK)
    shoot(desk, "answer-desk", whole=True)
    assert axe(desk) == []
    desk.goto(f"{site}/causes?side=BUYER")
    shoot(desk, "causes-desk", whole=True)
    assert axe(desk) == []
    desk.goto(f"{site}/statements/{made['id']}?all")
    desk.emulate_media(media="print")
    shoot(desk, "print", whole=True)
