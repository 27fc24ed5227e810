"""The frame of the pages, looked at by a real browser: policy, access, keyboard, phone width, two languages."""

import pytest
from playwright.sync_api import expect

PATHS = ["/orders", "/form", "/form?wrong=1", "/chains", "/chains?lang=en", "/orders?lang=en"]


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_the_strict_policy_is_not_hurt(open_page, axe, shoot, path):
    page = open_page(path)

    shoot(page, "desk" + path, whole=True)
    assert axe(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_needs_no_sideways_scroll_and_has_wide_buttons(open_page, phone, shoot, sideways, path):
    page = open_page(path, **phone)

    shoot(page, "phone" + path, whole=True)
    assert sideways(page) == []
    page.locator(".bar nav details.more summary").click()  # what it opens is pressed too
    boxes = [
        b.bounding_box()
        for b in page.locator("main button, main select, .bar nav a, .bar nav summary, .seats summary").all()
    ]
    assert [box for box in boxes if box and box["height"] < 44] == []


def test_axe_would_complain_of_a_field_without_a_name(open_page, axe):
    page = open_page("/form")

    page.evaluate("document.querySelectorAll('label').forEach(label => label.remove())")

    assert any(line.startswith("critical label:") for line in axe(page))


def test_the_policy_would_complain_of_a_style_in_the_page(open_page):
    page = open_page("/form")

    page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")

    page.wait_for_timeout(50)
    assert any("Content Security Policy" in line for line in open_page.complaints)
    open_page.complaints.clear()


def test_a_row_is_answered_and_taken_back_by_keyboard_and_keeps_the_focus(open_page):
    page = open_page("/orders")
    page.locator("#row-10").focus()

    page.keyboard.press("y")
    page.wait_for_selector("#row-10[data-state=CONFIRMED]")
    expect(page.locator("#row-10")).to_be_focused()

    page.keyboard.press("ArrowDown")
    expect(page.locator("#row-20")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#f-lines-20-quantity")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#row-20")).to_be_focused()

    page.keyboard.press("c")
    page.keyboard.press("Enter")
    page.wait_for_selector("#row-20[data-state=CONFIRMED]")
    expect(page.locator("#row-20")).to_be_focused()

    for number in ("10", "20"):
        page.locator(f"#row-{number}").focus()
        page.keyboard.press("u")
        page.wait_for_selector(f"#row-{number}[data-state=OPEN]")
        expect(page.locator(f"#row-{number}")).to_be_focused()


def test_rows_are_one_stop_of_the_tab_key_and_keys_sleep_elsewhere(open_page):
    page = open_page("/orders")

    page.locator("h1").click()
    page.keyboard.press("y")
    assert page.locator("tr[data-state=CONFIRMED]").count() == 0

    page.locator("#row-10").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(page.locator("#row-60")).to_be_focused()
    assert page.locator("tr[data-row][tabindex='0']").count() == 1


def test_space_ticks_and_shift_y_presses_the_button_for_all(open_page):
    page = open_page("/orders")
    page.evaluate("document.getElementById('bulk').addEventListener('click', e => e.target.dataset.pressed = 'yes')")
    page.locator("#row-10").focus()

    page.keyboard.press("Space")
    assert page.locator("[data-pick]:checked").count() == 1
    page.keyboard.press("Shift+Y")

    page.wait_for_selector("#bulk[data-pressed=yes]")
    page.locator("[data-pick-all]").check()
    assert page.locator("[data-pick]:checked").count() == 6


def test_a_wrong_field_names_its_complaint_and_the_summary_leads_to_it(open_page):
    page = open_page("/form?wrong=1")

    field = page.locator("#f-lines-2-quantity")
    expect(field).to_have_attribute("aria-describedby", "f-lines-2-quantity-wrong")
    expect(page.locator("#f-lines-2-quantity-wrong")).to_have_text("数量必须大于零")
    page.get_by_role("alert").get_by_role("link", name="行 20 数量").click()

    expect(field).to_be_focused()


def test_a_firm_is_reached_by_keyboard_lights_its_links_and_opens_beside_the_graph(open_page, shoot):
    page = open_page("/chains")

    firm = page.locator("[data-firm='f2-0']")
    firm.focus()
    lit = page.locator(".links .on").count()
    shoot(page, "desk-graph-lit")
    page.keyboard.press("Enter")

    expect(page.locator("#panel h2")).to_contain_text("示例减速机1")
    assert lit == page.locator(".links [data-from='f2-0'], .links [data-to='f2-0']").count() > 0


def test_thirteen_areas_of_which_those_with_figures_are_links(open_page):
    page = open_page("/chains")

    assert page.locator(".map a").count() == 12
    assert page.locator(".map .blank").count() == 1
    expect(page.locator(".map a[aria-label^='泰州']")).to_have_attribute("aria-label", "泰州，少于 3 家，不单独公布")
    assert "&lt;3" in page.locator(".map .labels").inner_html()


def test_the_switch_changes_the_language_and_the_choice_is_remembered(open_page):
    page = open_page("/orders?after=x")

    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "after=x" in page.url
    page.goto("/chains")
    expect(page.get_by_role("navigation").first).to_contain_text("Orders")
    page.get_by_role("link", name="中文").click()

    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("navigation").first).to_contain_text("订单")


def test_the_seats_open_and_close_without_a_mouse(open_page, shoot):
    page = open_page("/orders")

    page.get_by_text("换座位").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="江苏省工信厅")).to_be_visible()
    shoot(page, "desk-seats")
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="江苏省工信厅")).to_be_hidden()
    expect(page.get_by_text("换座位")).to_be_focused()
