"""The slice in a real browser: keyboard only, on a phone, without script, and judged by axe on every page."""

import os
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.pages.slice.plant import BUYER, PLANNER, SELLER, day

THREE = (("RV-40E", 120, "2680", [20]), ("RV-80E", 60, "4120", [25, 40]), ("HD-25", 30, "1380.5", [18]))

READ = list(product(("zh", "en"), ("desk", "phone"))) if os.environ.get("SOAK") else [("zh", "phone"), ("en", "desk")]
"""In which language and on what every page is looked at; both on both with SOAK=1."""


@pytest.fixture
def sits(open_page):
    """`sits(email, path, **options)`: somebody of the cast at a page."""

    def sit(email, path, **options):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": email}).ok
        page.goto(path)
        return page

    return sit


def test_a_supplier_answers_an_order_by_keyboard_only(sits, trade, shoot):
    order = trade.places("PO-1", *THREE)
    page = sits(SELLER, f"/orders/{order}")
    page.locator("#line-10").focus()

    page.keyboard.press("y")
    expect(page.locator("#line-10")).to_have_attribute("data-state", "ACCEPTED")
    expect(page.locator("#line-10")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    expect(page.locator("#f-l-20-day-0")).to_be_focused()
    page.locator("#f-l-20-day-0").fill(str(day(29)))
    page.keyboard.press("Enter")
    expect(page.locator("#line-20")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.locator("#f-l-30-reason")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator("#line-30")).to_have_attribute("data-state", "OPEN")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Y")
    expect(page.locator("#line-30")).to_have_attribute("data-state", "ACCEPTED")
    expect(page.locator("[data-answered]")).to_have_text("3")
    shoot(page, "desk-answer-filled")
    page.locator("#answer .summary button[value=all]").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".notice")).to_have_text("答复已发送，采购方已可看到。")
    assert trade.stands(order) == ("countered", 2, ["confirmed", "change_proposed", "confirmed"])


def test_unsent_entries_come_back_split_days_included_and_go_once_sent(sits, trade):
    order = trade.places("PO-1", *THREE)
    page = sits(SELLER, f"/orders/{order}")

    page.locator("#line-10").get_by_role("button", name="拆分").click()
    page.locator("#f-l-10-qty-0").fill("100")
    page.locator("#f-l-10-day-1").fill(str(day(33)))
    page.locator("#f-l-10-qty-1").fill("20")
    page.reload()
    expect(page.locator("[data-draft-note]")).to_be_visible()
    expect(page.locator("#line-10")).to_have_attribute("data-state", "CHANGED")
    expect(page.locator("#f-l-10-qty-1")).to_have_value("20")
    page.locator("#accept-all").click()
    expect(page.locator(".notice")).to_have_text("答复已发送，采购方已可看到。")

    assert trade.stands(order) == ("countered", 2, ["change_proposed", "confirmed", "confirmed"])
    page.wait_for_load_state("load")  # the script that drops the draft has run by then
    assert page.evaluate("sessionStorage.length") == 0


def test_on_a_phone_an_order_is_confirmed_within_three_clicks_from_signing_in(open_page, trade, phone, shoot):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.places("PO-2", ("RV-40E", 40, "2680", [12]))
    page = open_page("/sign-in", **phone)

    page.get_by_role("button", name="苏州精齿传动").first.tap()
    page.get_by_role("button", name="按要求确认订单 PO-1 的全部行").tap()

    expect(page.get_by_role("button", name="按要求确认订单 PO-1 的全部行")).to_have_count(0)
    expect(page.locator("#spoken")).to_have_text("订单 PO-1 已确认，对方已可看到。")
    shoot(page, "phone-confirmed")
    assert trade.stands(order) == ("confirmed", 2, ["confirmed"])
    expect(page.get_by_role("button", name="按要求确认订单 PO-2 的全部行")).to_be_visible()


def test_on_a_phone_the_fields_of_a_line_wait_behind_change(sits, trade, phone, sideways, shoot):
    order = trade.places("PO-1", *THREE)
    page = sits(SELLER, f"/orders/{order}", **phone)

    expect(page.locator("#f-l-10-qty-0")).to_be_hidden()
    page.locator("#line-10 label", has_text="修改").tap()
    expect(page.locator("#f-l-10-qty-0")).to_be_visible()
    shoot(page, "phone-answer-open", whole=True)
    page.locator("#f-l-10-qty-0").fill("100")
    page.locator("#accept-all").tap()

    expect(page.locator(".notice")).to_have_text("答复已发送，采购方已可看到。")
    assert trade.stands(order) == ("countered", 2, ["change_proposed", "confirmed", "confirmed"])
    assert sideways(page) == []


def test_without_script_lines_are_split_answered_and_refusals_shown(sits, trade, open_page):
    order = trade.places("PO-1", *THREE)
    page = sits(SELLER, f"/orders/{order}", java_script_enabled=False)

    page.locator("#line-10").get_by_role("button", name="拆分").click()
    page.locator("#f-l-10-qty-0").fill("100")
    page.locator("#f-l-10-day-1").fill(str(day(33)))
    page.locator("#f-l-10-qty-1").fill("20")
    page.locator("#line-30 label", has_text="拒绝").click()
    page.locator("#accept-all").click()
    expect(page.get_by_role("alert")).to_contain_text("第 30 行：拒绝时请选择原因")
    page.locator("#f-l-30-reason").select_option("CAPACITY")
    page.locator("#accept-all").click()

    expect(page.locator(".notice")).to_have_text("答复已发送，采购方已可看到。")
    assert trade.stands(order) == ("countered", 2, ["change_proposed", "confirmed", "rejected"])
    assert ["422" in told for told in open_page.complaints] == [True]  # the browser itself notes the refused form
    open_page.complaints.clear()


def test_a_buyer_decides_from_the_to_do_list_by_keyboard(sits, trade, shoot):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]), ("HD-25", 10, "1380", [14]))
    trade.offers_later(order, 30, 33)
    page = sits(BUYER, "/todo")

    page.locator("tr[data-row]").focus()
    page.keyboard.press("o")
    page.wait_for_url("**/decide")  # and until its script has run: a key before that is nobody's
    page.locator("#line-10").focus()
    page.keyboard.press("y")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    shoot(page, "desk-decide")
    page.get_by_role("button", name="提交所选决定").click()

    expect(page.locator(".notice")).to_have_text("决定已记录，供应商已可看到。")
    assert trade.stands(order) == ("placed", 3, ["confirmed", "open"])


def test_a_receipt_is_posted_from_the_to_do_list_with_one_line_short(sits, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]), ("HD-25", 10, "1380", [14]))
    trade.answers(order)
    trade.ships(order, "SH-1", 40, 10)
    page = sits(PLANNER, "/todo")

    page.get_by_role("link", name="SH-1", exact=True).click()
    page.get_by_label("RV-40E 精密减速机 实收").fill("38")
    page.get_by_role("button", name="登记收货").click()

    expect(page.locator(".notice")).to_have_text("收货已登记，供应商已可看到。")
    expect(page.get_by_text("短少 2")).to_be_visible()
    assert [str(s.accepted) for s in trade.schedules(order)] == ["38", "10"]


@pytest.mark.parametrize(("spoken", "size"), READ)
def test_every_page_is_sound_for_axe_and_needs_no_sideways_scroll(
    sits, trade, axe, sideways, shoot, phone, size, spoken
):
    placed = trade.places("PO-1", *THREE, at=9)
    changed = trade.places("PO-2", ("RV-40E", 40, "2680", [12]), ("HD-25", 10, "1380", [14]))
    trade.offers_later(changed, 30, 33)
    agreed = trade.places("PO-3", ("RV-40E", 40, "2680", [12]), ("HD-25", 10, "1380", [14]))
    trade.answers(agreed)
    advice = trade.ships(agreed, "SH-1", 30)
    options = phone if size == "phone" else {}
    pages = {
        SELLER: ["/todo", f"/orders/{placed}", f"/orders/{agreed}/ship", f"/shipments/{advice}"],
        BUYER: [
            "/orders", f"/orders/{changed}", f"/orders/{changed}/decide", f"/orders/{changed}/history", "/orders/new",
            "/tolerances",
        ],
        PLANNER: ["/shipments", f"/shipments/{advice}"],
    }  # fmt: skip

    found = {}
    for email, paths in pages.items():
        page = sits(email, f"/todo?lang={spoken}", **options)
        for path in paths:
            page.goto(path)
            shoot(page, f"{size}-{spoken}-{email.split('@')[0]}{path[:12]}", whole=True)
            found[email, path] = axe(page) + sideways(page)
        page.close()

    assert {where: wrong for where, wrong in found.items() if wrong} == {}


@pytest.mark.feature("C15")
def test_a_typical_order_is_confirmed_in_three_clicks_and_a_block_of_cells_is_pasted(open_page, trade, axe, shoot):
    """Clicks are counted from the page one signs in on."""
    trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    order = trade.places("PO-2", *THREE)
    page, clicks = open_page("/"), 0

    def click(target):
        nonlocal clicks
        target.click()
        clicks += 1

    click(page.locator(f'.seat-cards button[value="{SELLER}"]'))
    expect(page.locator("#todo")).to_be_visible()
    click(page.get_by_role("button", name="按要求确认订单 PO-1 的全部行"))
    expect(page.locator("#spoken")).to_have_text("订单 PO-1 已确认，对方已可看到。")
    assert clicks <= 3

    page.goto(f"/orders/{order}")
    page.locator("#f-l-10-day-0").focus()
    page.evaluate(
        """text => document.activeElement.dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true,
           clipboardData: (() => { const data = new DataTransfer(); data.setData("text/plain", text); return data; })()}))""",
        f"{day(30)}\t100\t2,700\t缺料\r\n{str(day(41)).replace('-', '/')}\t30\r\n",
    )
    expect(page.locator("#f-l-10-qty-0")).to_have_value("100")
    expect(page.locator("#f-l-10-price")).to_have_value("2700")
    expect(page.locator("#f-l-10-reason")).to_have_value("MATERIAL")
    expect(page.locator("#f-l-20-day-0")).to_have_value(str(day(41)))
    expect(page.locator("#line-20")).to_have_attribute("data-state", "CHANGED")
    expect(page.locator("#line-30")).to_have_attribute("data-state", "OPEN")
    shoot(page, "desk-answer-pasted")
    assert axe(page) == []
