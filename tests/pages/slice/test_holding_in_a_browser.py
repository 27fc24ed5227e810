"""A buyer decides on many answers by keyboard and holds an order; its supplier reads the hold on a phone."""

import pytest
from playwright.sync_api import expect

from tests.pages.slice.plant import BUYER, SELLER, day


@pytest.mark.feature("C11")
def test_a_buyer_decides_on_many_and_holds_one_and_the_supplier_reads_it_on_a_phone(
    open_page, trade, axe, sideways, shoot
):
    orders = [trade.places(f"PO-{n}", ("RV-40E", 40, "2680", [12])) for n in range(3)]
    for order, later in zip(orders, (14, 15, 40), strict=True):
        trade.offers_later(order, later)
    page = open_page("/static/icon.svg")
    assert page.context.request.post("/seat", form={"email": BUYER}).ok
    page.goto("/workbench?view=deviating")
    page.get_by_role("link", name="批量决定").click()
    page.get_by_label("交期差不超过（天）").fill("3")
    page.keyboard.press("Enter")
    expect(page.locator("#queue tbody tr")).to_have_count(2)
    assert axe(page) == []
    shoot(page, "decisions", whole=True)
    page.locator("#d-1").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("#d-2 [data-pick]")).to_be_checked()
    page.get_by_role("button", name="接受所选", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("批量决定结果")
    assert axe(page) == []
    shoot(page, "decisions-outcome", whole=True)
    assert [trade.stands(order)[0] for order in orders] == ["confirmed", "confirmed", "countered"]

    page.goto(f"/orders/{orders[0]}/changes")
    page.locator("summary", has_text="暂停订单").click()
    page.locator("form[action$='/hold']").get_by_label("预计决定日（可不填）").fill(str(day(7)))
    shoot(page, "hold-form", whole=True)
    page.get_by_role("button", name="暂停订单").click()
    expect(page.locator(".notice")).to_have_text("订单已暂停，供应商已得到通知。")
    assert axe(page) == []
    shoot(page, "held-changes", whole=True)
    page.goto(f"/orders/{orders[0]}")
    shoot(page, "held-buyer", whole=True)
    page.goto("/workbench?view=held")
    shoot(page, "workbench-held", whole=True)

    phone = open_page("/static/icon.svg", viewport={"width": 360, "height": 740})
    assert phone.context.request.post("/seat", form={"email": SELLER}).ok
    phone.goto(f"/orders/{orders[0]}")
    expect(phone.get_by_text("采购方自")).to_be_visible()
    assert phone.get_by_role("link", name="发货", exact=True).count() == 0
    assert (sideways(phone), axe(phone)) == ([], [])
    shoot(phone, "held-seller-phone", whole=True)
