"""The list of orders: tabs with counts, filters in the address, what slips; placing, tolerances, the timeline."""

from datetime import timedelta

import pytest

from collaboration.answer_clocks import events as clocks
from collaboration.changes import events as changes
from collaboration.frameworks import events as frameworks
from collaboration.guests import events as guests
from collaboration.holds import events as holds
from collaboration.logistics import events as logistics
from collaboration.orders import events as orders
from delivery.documents import events as documents
from delivery.packages import events as packages
from delivery.requirements import events as requirements
from kernel import clock
from kernel.events import Fact
from tests.pages.slice.plant import BEARING, BUYER, LONGTENG, PLANNER, RIVAL, SELLER, day
from web.trade import history


def planted(trade):
    trade.places("PO-OPEN", ("RV-40E", 40, "2680", [12]))
    trade.offers_later(trade.places("PO-CHANGED", ("RV-40E", 40, "2680", [12])), 30)
    trade.answers(trade.places("PO-AGREED", ("RV-40E", 40, "2680", [12]), ("HD-25", 5, "1380", [9])))


def listed(page):
    """Order numbers in the order of the list."""
    return [part.split("<")[0].split(">")[1] for part in page.split('data-key="o"')[1:]]


def test_tabs_count_and_filter_by_state(desk, trade):
    planted(trade)
    buyer = desk(BUYER)

    assert listed(buyer.get("/orders").text) == ["PO-AGREED", "PO-CHANGED", "PO-OPEN"]
    assert listed(buyer.get("/orders?show=unanswered").text) == ["PO-OPEN"]
    assert listed(buyer.get("/orders?show=countered").text) == ["PO-CHANGED"]
    page = buyer.get("/orders?show=confirmed").text
    assert listed(page) == ["PO-AGREED"]
    assert "待答复 <b>1</b>" in page
    assert "全部 <b>3</b>" in page
    assert f'<td data-head="最早交期">{day(9)}</td>' in page


def test_late_orders_are_found_though_their_state_says_nothing(desk, trade):
    late = trade.places("PO-LATE", ("RV-40E", 40, "2680", [1]), ("HD-25", 5, "1380", [30]))
    trade.answers(late)
    trade.places("PO-GOOD", ("RV-40E", 40, "2680", [30]))
    clock.set_to(clock.now() + timedelta(days=4))
    try:
        buyer = desk(BUYER)
        page, order = buyer.get("/orders?show=late").text, buyer.get(f"/orders/{late}").text
    finally:
        clock.set_to(None)

    assert listed(page) == ["PO-LATE"]
    assert "1 行逾期" in page
    assert "有逾期行 <b>1</b>" in page
    assert "逾期 3 天" in order


def test_number_and_partner_narrow_the_list_down_and_stay_in_the_address(desk, trade):
    planted(trade)
    trade.places("RC-1", ("RC-40", 4, "900", [12]), to="无锡锐驰减速机有限公司")
    buyer = desk(BUYER)
    page = buyer.get("/orders").text
    partner = page.split("无锡锐驰减速机有限公司</option>")[0].rsplit('value="', 1)[1].split('"')[0]

    narrowed = buyer.get(f"/orders?partner={partner}&show=all").text

    assert listed(narrowed) == ["RC-1"]
    assert f"partner={partner}" in narrowed.split('aria-label="按状态筛选"')[1].split("</nav>")[0]
    assert listed(buyer.get("/orders?number=PO-C").text) == ["PO-CHANGED"]
    assert "没有符合筛选条件的订单。" in buyer.get("/orders?number=ZZ").text
    assert "没有符合筛选条件的订单。" in buyer.get("/orders?partner=AAAAAAAAAAAAAAAAAAAAAA").text


def test_a_firm_on_both_sides_tells_buying_from_selling(desk, trade):
    trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.places("GW-9", ("CRB-100", 10, "80", [10]), by=SELLER, to=BEARING)
    seller = desk(SELLER)

    assert listed(seller.get("/orders").text) == ["GW-9", "PO-1"]
    assert listed(seller.get("/orders?side=BUYER").text) == ["GW-9"]
    assert listed(seller.get("/orders?side=SELLER").text) == ["PO-1"]
    assert "我采购的" not in desk(BUYER).get("/orders").text


def test_the_list_is_paged_by_key(desk, trade):
    for n in range(52):
        trade.places(f"PO-{n:03}", ("RV-40E", 1, "2680", [12]))
    buyer = desk(BUYER)

    first = buyer.get("/orders?show=unanswered").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = buyer.get(following).text

    assert len(listed(first)) == 50
    assert listed(second) == ["PO-001", "PO-000"]
    assert "show=unanswered" in following


def test_a_rival_sees_none_of_it(desk, trade):
    planted(trade)

    page = desk(RIVAL).get("/orders?show=all").text

    assert listed(page) == []
    assert "还没有订单" in page


def form_of(buyer):
    page = buyer.get("/orders/new").text
    seller = page.split("苏州精齿传动有限公司</option>")[0].rsplit('value="', 1)[1].split('"')[0]
    page = buyer.get(f"/orders/new?seller={seller}").text
    item = page.split("RV-40E")[0].rsplit('value="', 1)[1].split('"')[0]
    return {"sellerId": seller, "number": "NEW-1", "currency": "CNY", "rows": "5"}, item


def test_an_order_is_placed_with_two_days_in_one_line(desk, trade):
    buyer = desk(BUYER)
    form, item = form_of(buyer)
    for row, (quantity, wanted) in enumerate([("10", day(10)), ("15", day(20))]):
        form |= {f"line.{row}": "10", f"item.{row}": item, f"quantity.{row}": quantity, f"price.{row}": "2,680"}
        form[f"day.{row}"] = str(wanted)

    answer = buyer.post("/orders/new", form)

    order = answer.headers["Location"].split("/")[2].split("?")[0]
    assert answer.status_code == 303
    assert [(s.wanted_on, str(s.quantity)) for s in trade.schedules(order)] == [(day(10), "10"), (day(20), "15")]
    assert "订单已下达，供应商的待办中已出现。" in buyer.get(answer.headers["Location"]).text
    assert "NEW-1" in desk(SELLER).get("/todo").text


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"number": "PO-1"}, "number", "订单号 PO-1 已存在"),
        ({"number": " "}, "number", "请填写此项"),
        ({"quantity.0": "-4"}, "quantity-0", "必须大于 0"),
        ({"quantity.0": "1e40"}, "quantity-0", "请填写数字"),
        ({"day.0": "2020-01-01"}, "day-0", "需求日期应为今天或以后"),
        ({"item.0": "", "quantity.0": ""}, "item-0", "请至少填写一行"),
        ({"item.1": "same", "quantity.1": "1", "price.1": "9", "day.1": "2031-01-01", "line.1": "10"}, "line-1", "行号 10 已用于另一物料或单价"),
    ],
)  # fmt: skip
def test_a_refused_order_names_the_field_and_places_nothing(desk, trade, changed, field, told):
    trade.places("PO-1", ("RV-40E", 1, "2680", [12]))
    buyer = desk(BUYER)
    form, item = form_of(buyer)
    form |= {"line.0": "10", "item.0": item, "quantity.0": "4", "price.0": "2680", "day.0": str(day(10))}

    answer = buyer.post("/orders/new", form | {k: item if v == "same" else v for k, v in changed.items()})

    assert answer.status_code == 422
    assert told in answer.text
    assert f'href="#f-{field}"' in answer.text
    assert listed(buyer.get("/orders?show=all").text) == ["PO-1"]


def test_more_rows_keep_what_was_typed(desk, trade):
    buyer = desk(BUYER)
    form, item = form_of(buyer)

    page = buyer.post("/orders/new", form | {"item.0": item, "quantity.0": "7", "more": "1"}).text

    assert 'name="quantity.9"' in page
    assert 'name="quantity.0" value="7"' in page
    assert listed(buyer.get("/orders?show=all").text) == []


def test_who_does_not_buy_sees_who_may(desk, trade):
    planner = desk(PLANNER)
    form, item = form_of(desk(BUYER))
    form |= {"line.0": "10", "item.0": item, "quantity.0": "4", "price.0": "2680", "day.0": str(day(10))}

    assert "下订单由本单位具有“采购”角色的同事办理。" in planner.get("/orders").text
    assert 'name="number"' not in planner.get("/orders/new").text.split("<main")[1]
    assert planner.post("/orders/new", form).status_code == 403
    assert listed(planner.get("/orders?show=all").text) == []


def test_a_tolerance_is_set_and_seen_by_both(desk, trade):
    buyer = desk(BUYER)
    page = buyer.get("/tolerances").text
    scope = page.split("苏州精齿传动有限公司 · 全部物料")[0].rsplit('value="', 1)[1].split('"')[0]

    answer = buyer.post("/tolerances", {"scope": scope, "quantityUnderPercent": "5", "daysLate": "3"})
    wrong = buyer.post("/tolerances", {"scope": scope, "pricePercent": "101", "daysLate": "9"})

    assert answer.status_code == 303
    assert wrong.status_code == 422
    assert 'href="#f-pricePercent"' in wrong.text
    for email in (BUYER, SELLER):
        seen = desk(email).get("/tolerances").text
        assert "−5% / +0%" in seen
        assert "早 0 天 / 晚 3 天" in seen
    assert "5%" not in desk(RIVAL).get("/tolerances").text.split("<main")[1]
    assert 'name="scope"' not in desk(PLANNER).get("/tolerances").text


def test_the_timeline_tells_every_event_in_words_either_way_round(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.offers_later(order, 30)
    desk(BUYER).post(f"/orders/{order}/decide", {"version": "2", "all": "ACCEPT"})
    trade.ships(order, "SH-1", 40)
    buyer = desk(BUYER)

    newest, oldest = buyer.get(f"/orders/{order}/history").text, buyer.get(f"/orders/{order}/history?first=oldest").text

    told = ["下达订单", "答复订单", "对答复作出决定", "发出货物，送货单 SH-1"]
    assert [oldest.index(f"<b>{one}</b>") for one in told] == sorted(oldest.index(f"<b>{one}</b>") for one in told)
    assert newest.index("<b>下达订单</b>") > newest.index("<b>发出货物")
    assert "1 行有变更，待采购方决定" in newest
    assert "龙腾智能装备(南京)有限公司 · 您" in newest
    assert "采购员" in desk(PLANNER).get(f"/orders/{order}/history").text
    assert "采购员" not in desk(SELLER).get(f"/orders/{order}/history").text
    assert "Placed the order" in buyer.get(f"/orders/{order}/history?lang=en").text


def test_every_event_about_an_order_has_its_words():
    modules = (orders, frameworks, clocks, changes, holds, guests, logistics, documents, packages, requirements)
    facts = {
        f for m in modules for f in vars(m).values() if isinstance(f, type) and issubclass(f, Fact) and f is not Fact
    }

    assert {f.__name__ for f in facts if "Order" in f.about.values()} == history.EVENTS


def test_a_dealer_sees_its_purchases_from_the_chain_master(desk, trade):
    trade.places("D-1", ("LT-R20", 2, "98000", [60]), by="dealer@yangtze.example", to=LONGTENG)

    assert listed(desk("dealer@yangtze.example").get("/orders").text) == ["D-1"]
    assert "按要求确认订单 D-1" in desk("sales@longteng.example").get("/todo").text
