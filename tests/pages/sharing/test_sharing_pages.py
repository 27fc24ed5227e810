"""Who sees what until when, said in words; granted, taken back, set apart and agreed on by forms."""

import re

import pytest

from tests.pages.conftest import PHONE
from tests.scenarios.players import day

SELLER, BEARING, MASTER, LEAD = (
    "sales@gearworks.example", "sales@bearing.example", "buyer@longteng.example", "lead@longteng.example",
)  # fmt: skip


def said(page):
    """The page as one reads it: no tags, one space, plain hyphens."""
    text = re.sub(r"<[^>]+>", " ", page.text).replace("\N{NON-BREAKING HYPHEN}", "-")
    return re.sub(r"\s+", " ", text)


def test_sharing_is_said_in_sentences_granted_and_taken_back(desk, cast):
    seller, master = desk(SELLER), desk(MASTER)
    at = f"/sharing/with/{cast.chain_master.firm_id}"
    assert "龙腾智能装备(南京)有限公司 可看到 贵公司 在“工业机器人产业链”的上游供应关系（对方为代号），至" in said(
        seller.get("/sharing")
    )
    form = {
        "fieldClass": "CAPACITY", "level": "BAND", "scope": "ITEM", "itemId": cast.gearworks.item("RV-40E"),
        "until": day(90), "reason": "年度核对",
    }  # fmt: skip

    late = seller.post(f"{at}/grants", form | {"until": day(400)}, opened=at)
    assert (late.status_code, "授权截止日期不得晚于" in late.text, "年度核对" in late.text) == (422, True, True)
    empty = seller.post(f"{at}/grants", {}, opened=at)
    assert (empty.status_code, "请填写此项" in empty.text) == (422, True)
    assert seller.post(f"{at}/grants", form, opened=at).location == f"{at}?done=granted"

    sentence = f"龙腾智能装备(南京)有限公司 可看到 贵公司 的月产能所在区间：RV-40E 精密减速机，至 {day(90)}"
    assert sentence in said(seller.get("/sharing")) and sentence in said(seller.get(at))
    seen = said(master.get(f"/sharing/with/{cast.gearworks.firm_id}"))
    assert f"贵公司 可看到 苏州精齿传动有限公司 的月产能所在区间：RV-40E 精密减速机，至 {day(90)}" in seen
    assert "300 个 以上，不足 1,000 个" in seen and "420" not in seen
    (revoke,) = re.findall(rf"{at}/grants/[\w-]+/revoke", seller.get(at).text)
    assert seller.post(revoke, {}, opened=at).location == f"{at}?done=revoked"
    assert "300 个" not in said(master.get(f"/sharing/with/{cast.gearworks.firm_id}"))
    (hide,) = re.findall(rf"{at}/links/[\w-]+/revoke", seller.get(at).text)
    seller.post(hide, {}, opened=at)
    assert "上游供应关系（对方为代号），至" not in said(seller.get("/sharing"))


def test_a_figure_is_set_apart_and_one_s_own_are_stated_by_forms(desk, cast):
    seller, at = desk(SELLER), f"/sharing/with/{cast.chain_master.firm_id}"
    apart = {"apart.itemId": cast.gearworks.item("RV-40E"), "apart.kind": "STOCK", "apart.asOf": day(0)}

    wrong = seller.post(f"{at}/figures", apart | {"apart.quantity": "许多"}, opened=at)
    assert (wrong.status_code, "请填写数字" in wrong.text) == (422, True)
    seller.post(f"{at}/figures", apart | {"apart.quantity": "1,035"}, opened=at)
    stated = {"itemId": cast.gearworks.item("HD-25"), "kind": "LIST_PRICE", "value": "1380.5", "currency": "cny"}
    seller.post("/sharing/figures", stated, opened="/sharing/figures")

    assert f"为其划定：RV-40E 库存 1,035 个（{day(0)} 的数据）" in said(seller.get(at))
    assert "1,380.5 CNY" in said(seller.get("/sharing/figures"))
    assert "为贵公司划定：RV-40E 库存 1,035 个" in said(desk(MASTER).get("/sharing"))
    (unset,) = re.findall(rf"{at}/figures/[\w-]+/withdraw", seller.get(at).text)
    seller.post(unset, {}, opened=at)
    assert "1,035" not in said(desk(MASTER).get("/sharing"))


def test_terms_are_read_proposed_and_accepted_with_their_hash(desk, cast):
    seller, lead = desk(SELLER), desk(LEAD)
    of_seller, of_master = (f"/sharing/with/{p.firm_id}/terms" for p in (cast.chain_master, cast.gearworks))
    proposed = {"do": "propose_terms", "text": "一、保密。\r\n二、一年。", "effectiveOn": day(7)}
    assert "不早于" in lead.post(of_master, proposed | {"effectiveOn": day(1)}, opened=of_master).text
    lead.post(of_master, proposed, opened=of_master)

    page = seller.get(of_seller).text
    assert "一、保密。\n二、一年。" in page and "接受以上文本" in page
    hashed = re.search(r'name="sha256" value="([0-9a-f]{64})"', page)[1]
    assert "新条款等待接受" in said(seller.get("/sharing"))
    stale = seller.post(of_seller, {"do": "accept_terms", "sha256": "0" * 64}, opened=of_seller)
    assert (stale.status_code, "请重新阅读后再接受" in stale.text) == (409, True)
    seller.post(of_seller, {"do": "accept_terms", "sha256": hashed}, opened=of_seller)
    assert "双方已接受" in said(lead.get(of_master)) and "新条款等待接受" not in said(seller.get("/sharing"))
    assert "接受以上文本" not in desk(MASTER).get(of_master).text


def test_whoever_is_no_partner_has_no_such_page(desk, cast):
    for path in ("", "/terms"):
        assert desk("sales@rival.example").get(f"/sharing/with/{cast.gearworks.firm_id}{path}").status_code == 404
    for email in ("official@jiangsu.example", "operator@chainmaster.example"):
        assert [desk(email).get(p).status_code for p in ("/sharing", "/sharing/figures")] == [404, 404]


@pytest.mark.parametrize("form", [{}, PHONE], ids=["desk", "phone"])
def test_the_sharing_pages_are_judged_by_axe_and_fit(open_page, axe, cast, form):
    page = open_page("/sign-in", **form)
    page.click(f'.seat-cards button[value="{SELLER}"]')
    at = f"/sharing/with/{cast.chain_master.firm_id}"
    for path in ("/sharing", at, f"{at}/terms", "/sharing/figures"):
        page.goto(path)
        for summary in page.query_selector_all("details:not([open]) > summary:visible"):
            summary.click() if not form else None
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
