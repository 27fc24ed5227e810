"""The range, one item with its names, bill, uses and stock, and plans: read and acted on without script."""

import re

import pytest

from tests.pages.items.conftest import BEARING, BUYER, PLANNER, SELLER
from tests.scenarios.players import day
from tests.scenarios.reactions import react


def plain(text):
    """A page's words, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_an_item_is_found_by_either_sides_number(desk, cast):
    buyer = desk(BUYER)

    own, theirs = buyer.get("/items?q=M-400"), buyer.get("/items?q=RV-4&of=bought")

    for page in (own, theirs):
        assert "RV-40E" in page.text and "M-4001" in page.text
        assert "RC-40" not in page.text
    assert "没有找到“Q-1”" in buyer.get("/items?q=Q-1").text


@pytest.mark.feature("D8")
def test_a_bill_reads_as_a_tree_that_folds_without_script_and_is_its_makers_alone(desk, cast):
    item = cast.chain_master.item("LT-R20")

    page = desk(PLANNER).get(f"/items/{item}").text

    tree = page.split('id="bill"')[1].split("</section>")[0]
    assert re.findall(r"<b>([\w-]+)</b>", tree) == ["ARM-1", "RV-40E", "RV-40E", "RC-40"]
    assert "<details open><summary>" in tree
    assert "采购自 苏州精齿传动有限公司" in tree
    dealer = desk("dealer@yangtze.example").get(f"/items/{item}").text
    assert "ARM-1" not in dealer and 'id="bill"' not in dealer


def test_a_pasted_bill_is_stated_and_a_wrong_line_is_named(desk, cast):
    planner, item = desk(PLANNER), cast.chain_master.item("ARM-1")
    at = f"/items/{item}"

    wrong = planner.post(f"{at}/bills", {"lines": "RV-40E\t1\nNO-1\t2\nHD-25\tx", "form": "bill"}, opened=at)
    circle = planner.post(f"{at}/bills", {"lines": "LT-R20 1", "form": "bill"}, opened=at)
    done = planner.post(f"{at}/bills", {"lines": "RV-40E\t3\t2%\nHD-25，1", "note": "乙"}, opened=at)

    assert wrong.status_code == 422
    assert "第 2 行：没有物料号 NO-1" in wrong.text and "第 3 行：第 2 格应为数字" in wrong.text
    assert "RV-40E\t1" in wrong.text, "what was typed stands in the form again"
    assert circle.status_code == 422 and "ARM-1 → LT-R20 → ARM-1" in circle.text
    assert done.status_code == 303
    after = planner.get(done.headers["Location"]).text
    assert "物料清单已登记" in after and "第 2 版" in after and "损耗 2%" in after
    bill = re.search(rf"{at}/bills/[\w-]+", after).group(0)
    assert "HD-25" in planner.get(bill).text
    assert desk(BEARING).get(bill).status_code == 404


@pytest.mark.feature("A5")
def test_a_supplier_states_terms_and_ends_them_and_a_stale_form_is_told(desk, cast):
    seller, item = desk(SELLER), cast.gearworks.item("HD-25")
    at, master = f"/items/{item}", cast.chain_master.firm_id
    terms = {"buyerId": master, "buyerNumber": "M-77", "buyerUnit": "set", "itemUnits": "12", "multiple": "12"}

    assert seller.post(f"{at}/reference", terms | {"form": "reference"}, opened=at).status_code == 303
    page = plain(desk(BUYER).get(at).text)
    assert "M-77 有效" in page and "1 套 = 12 个" in page
    refused = seller.post(f"{at}/reference", terms | {"buyerNumber": "", "form": "reference"}, opened=at)
    assert refused.status_code == 422 and "请填写此项" in refused.text
    stated = cast.gearworks.asks("item_page", id=item)["crossReferences"]["nodes"][0]
    ending = {"referenceId": stated["id"], "version": "9", "lastDay": day(0)}
    assert seller.post(f"{at}/end-reference", ending, opened=at).status_code == 409
    assert seller.post(f"{at}/end-reference", ending | {"version": "1"}, opened=at).status_code == 303


def test_stock_is_counted_and_an_item_kept_by_those_whose_duty_it_is(desk, cast):
    seller, item = desk(SELLER), cast.gearworks.item("HD-25")
    at = f"/items/{item}"

    counted = seller.post(f"{at}/count", {"quantity": "12.5", "countedOn": day(0)}, opened=at)
    changed = seller.post(f"{at}/change", {"version": "1", "name": "HD-25 B", "leadTimeDays": "9"}, opened=at)
    again = seller.post(f"{at}/change", {"version": "1", "name": "HD-25 C"}, opened=at)
    retired = seller.post(f"{at}/retire", {"version": "2"}, opened=at)

    assert [x.status_code for x in (counted, changed, again, retired)] == [303, 303, 409, 303]
    assert "该物料刚被同事修改过" in again.text
    after = plain(seller.get(at).text)
    assert "12.5 个" in after and "已停用" in after and "修改名称" not in after
    buyer = desk(BUYER).get(at).text
    assert "12.5" not in buyer and "登记库存由本单位具有“计划收货”角色的同事办理" in plain(buyer)


@pytest.mark.feature("D8")
def test_a_plan_is_exploded_from_a_pasted_block_and_each_firm_reads_its_own_level(desk, cast):
    planner = desk(PLANNER)
    wrong = planner.post("/plans", {"name": "x", "lines": "LT-R20 3"}, opened="/plans")
    sent = planner.post("/plans", {"name": "出口单", "lines": f"LT-R20\t2\t{day(100)}"}, opened="/plans")
    react()

    assert wrong.status_code == 422 and "第 1 行：第三格应为日期" in wrong.text
    page = plain(planner.get(sent.headers["Location"]).text)
    assert "出口单" in page and "按清单展开" in page and "已传给供应商" in page and "到此为止（未公开）" in page
    assert "CRB-100" not in page
    asked = plain(desk(SELLER).get("/plans").text)
    assert "龙腾智能装备(南京)有限公司" in asked and "RV-40E" in asked
    assert "出口单" not in asked and "LT-R20" not in asked
    assert "目前没有客户计划传到本单位" in desk(BEARING).get("/plans").text
    assert desk(SELLER).get(sent.headers["Location"]).status_code == 404
    withdrawn = planner.post(f"{sent.headers['Location']}/withdraw", {}, opened="/plans")
    assert withdrawn.status_code == 303
    assert plain(desk(SELLER).get("/plans").text).count("龙腾智能装备") < asked.count("龙腾智能装备")


def test_whoever_trades_nothing_has_no_items(desk, cast):
    for email in ("official@jiangsu.example", "operator@chainmaster.example", "dispatch@swift.example"):
        assert [desk(email).get(path).status_code for path in ("/items", "/plans")] == [404, 404]


def test_the_pages_are_whole_on_a_phone_and_by_keyboard(open_page, site, cast, axe, sideways, phone):
    item = cast.chain_master.item("LT-R20")
    page = open_page("/sign-in", **phone)
    page.click(f'.seat-cards button[value="{PLANNER}"]')

    for path in ("/items", f"/items/{item}", "/plans"):
        page.goto(f"{site}{path}")
        assert sideways(page) == [], path
        assert axe(page) == [], path
    page.goto(f"{site}/items/{item}")
    branch = page.locator("#bill details > summary").first
    branch.focus()
    page.keyboard.press("Enter")
    assert page.locator("#bill details").first.get_attribute("open") is None
