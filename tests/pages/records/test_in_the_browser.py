"""One path per audience through documents and chains in a real browser: desk, phone, keyboard, with the real worker."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.jobs.processes import Started, start, wait_until
from tests.pages.records.planting import pdf, react

ROOT = Path(__file__).parents[3]
SUPPLIER, BUYER, REVIEWER = "sales@gearworks.example", "buyer@longteng.example", "quality@longteng.example"
PROVINCE = "official@jiangsu.example"


@pytest.fixture
def sit(open_page):
    """`sit(email, path, **context options)`: a browser in which this person sits, on this page."""

    def seated(email: str, path: str, **options: object) -> Page:
        page = open_page("/sign-in", **options)
        page.locator(f'.seat-cards button[value="{email}"], form button[value="{email}"]').last.click()
        page.wait_for_url(lambda url: not url.endswith("/sign-in"))
        page.goto(path)
        return page

    return seated


@pytest.fixture
def workers(settings):
    """The broker, the relay and a worker as processes of their own, on this test's database."""
    environ = {k: v for k, v in os.environ.items() if k not in ("REDIS_URL", "DATABASE_URL")} | {
        "CHAINMASTER_HOME": str(settings.home), "DATABASE_URL": settings.database_url,
        "OBJECT_STORE_URL": settings.object_store_url, "PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}",
    }  # fmt: skip
    running = Started()
    running["broker"] = start("-m", "jobs.embedded", environ=environ)
    running["relay"] = start("-m", "jobs.command", "relay", environ=environ)
    running["worker"] = start("-m", "jobs.command", "worker", environ=environ)
    yield running
    running.end()


def hand_in(page: Page, requirement: str, content: bytes, *, revision: str = "") -> None:
    part = page.locator(f"#r-{requirement}")
    part.locator("details.hand-in > summary").click()
    part.locator("input[type=file]").set_input_files(
        {"name": "检验报告.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    part.locator('input[name$=".number"]').fill("GW-R-1")
    if revision:
        part.locator('input[name$=".revision"]').fill(revision)
    part.locator("details.hand-in button.main").click()


def test_a_supplier_hands_in_a_pdf_and_sees_the_check_end_with_a_picture(sit, planted, workers, axe, shoot):
    paper = planted.requirements["材质与出厂检验报告"]
    page = sit(SUPPLIER, f"/orders/{planted.order_id}/documents")

    hand_in(page, paper, pdf("Inspection report", pages=2))

    part = page.locator(f"#r-{paper}")
    expect(part.locator("progress")).to_be_visible()
    expect(part.locator(".revision .mark").first).to_have_text("待审核", timeout=60_000)
    picture = part.locator(".preview img")
    expect(picture).to_be_visible()
    wait_until(lambda: picture.evaluate("image => image.complete && image.naturalWidth > 100"))
    expect(part.locator("progress")).to_have_count(0)
    expect(page.locator(f"#r-{paper} .file")).to_contain_text("2 页")
    assert axe(page) == []
    shoot(page, "documents-checked", whole=True)


def test_a_reviewer_returns_a_revision_with_comments_and_releases_the_next(sit, planted, axe, shoot):
    order, paper = f"/orders/{planted.order_id}/documents", planted.requirements["操作手册"]
    page = sit(REVIEWER, order)
    form = page.locator("form.review-form")

    form.get_by_label("C 退回修改").check()
    form.locator('input[name$=".page.0"]').fill("2")
    form.locator('textarea[name$=".text.0"]').fill("扭矩单位写错")
    form.locator('textarea[name$=".text.1"]').fill("缺润滑周期")
    form.get_by_role("button", name="提交审核").click()

    expect(page.locator("p.notice")).to_contain_text("审核结论已记录")
    expect(page.locator(f"#r-{paper} .comments li")).to_have_count(2)
    supplier = sit(SUPPLIER, order)
    expect(supplier.locator(f"#r-{paper} .comments")).to_contain_text("第 2 页 扭矩单位写错")
    supplier.locator(f"#r-{paper} details.hand-in > summary").click()
    expect(supplier.locator(f'#r-{paper} input[name$=".revision"]')).to_have_value("B")
    supplier.locator(f"#r-{paper} details.hand-in > summary").click()
    hand_in(supplier, paper, pdf("Manual, torque in Nm", pages=3))
    react()
    page.goto(order)
    page.get_by_label("A 通过").check()
    page.get_by_role("button", name="提交审核").click()

    expect(page.locator(f"#r-{paper} header .mark").first).to_have_text("已满足")
    expect(page.locator(f"#r-{paper} .revision")).to_have_count(2)
    expect(page.locator("form.review-form")).to_have_count(0)
    assert axe(page) == []
    shoot(page, "documents-released", whole=True)


def test_an_official_goes_through_the_map_by_keyboard(sit, axe, shoot):
    page = sit(PROVINCE, "/chains")
    page.locator(".map a").first.focus()
    names = []
    for _ in range(13):
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")

    assert len({name.split("：")[0] for name in names}) == 13
    assert "苏州市：6 个环节中 2 个有企业" in names
    page.locator('.map a[aria-label^="无锡"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**prefecture=320200**")
    expect(page.locator(".matrix:not(#stops) tbody tr")).to_have_count(1)
    expect(page.locator(".matrix:not(#stops) tbody")).to_contain_text("A")
    assert axe(page) == []
    page.locator("#f-stage").select_option(index=2)
    page.get_by_role("button", name="查看").press("Enter")
    page.wait_for_url("**stage=**")
    expect(page.locator(".map .labels")).to_contain_text("A")
    assert axe(page) == []
    shoot(page, "chain-official", whole=True)


def test_a_buyer_opens_firm_and_link_beside_the_graph_without_losing_the_page(sit, axe, shoot):
    page = sit(BUYER, "/chains")
    address = page.url
    expect(page.locator("svg.graph .firm")).to_have_count(5)

    page.locator("svg.graph a.firm", has_text="苏州精齿").focus()
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("h3")).to_contain_text("苏州精齿传动有限公司")
    assert page.url == address
    panel.get_by_role("link", name="龙腾智能装备").first.click()

    expect(panel).to_contain_text("凭什么")
    expect(panel).to_contain_text("谁看得到")
    assert page.url == address
    assert axe(page) == []
    shoot(page, "chain-panel", whole=True)
    page.locator("details > summary", has_text="筛选").click()
    page.get_by_label("有订单为证 (2)").check()
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**basis=SEEN_IN_ORDERS**")
    expect(page.locator("svg.graph .firm")).to_have_count(2)
    page.go_back()
    expect(page.locator("svg.graph .firm")).to_have_count(5)


@pytest.mark.parametrize(
    ("email", "address"),
    [
        (SUPPLIER, "/documents"), (SUPPLIER, "/orders/ORDER/documents"), (REVIEWER, "/orders/ORDER/documents"),
        (PROVINCE, "/chains/CHAIN"), (BUYER, "/chains/CHAIN"), (SUPPLIER, "/chains/CHAIN/disclosures"),
        (BUYER, "/links"),
    ],
)  # fmt: skip
def test_every_page_holds_on_a_phone_and_offends_no_rule_of_access(
    sit, planted, phone, sideways, axe, shoot, email, address
):
    path = address.replace("ORDER", planted.order_id).replace("CHAIN", planted.chain_id)
    page = sit(email, path, **phone)

    for summary in page.locator("main details > summary").all():
        if summary.is_visible():
            summary.click()
    page.wait_for_timeout(100)

    assert sideways(page) == []
    assert axe(page) == []
    shoot(page, f"phone-{email}-{address}", whole=True)


def test_a_declared_link_is_confirmed_by_the_keyboard_alone(sit, axe):
    page = sit(BUYER, "/links")
    row = page.locator("tr[data-row]").first
    waiting = page.locator("tr[data-row]").count()

    row.focus()
    page.keyboard.press("y")
    page.wait_for_url("**/links?done=confirm")

    expect(page.locator("tr[data-row]")).to_have_count(waiting - 1)
    assert axe(page) == []
