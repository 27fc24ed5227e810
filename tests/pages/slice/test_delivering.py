"""Shipping from open schedules of one or several orders, receiving, and what each side sees of it."""

import re

import pytest

from tests.pages.slice.plant import BUYER, PLANNER, RIVAL, SELLER, day
from tests.pages.slice.test_deciding import everything


def agreed(trade, number="PO-1"):
    order = trade.places(number, ("RV-40E", 40, "2680", [12]), ("HD-25", 10, "1380", [14]))
    trade.answers(order)
    return order


def opened(seller, order, tail=""):
    """The ship form as it was opened: schedule fields with what is prefilled."""
    page = seller.get(f"/orders/{order}/ship{tail}").text
    return page, dict(re.findall(r'name="(s\.[\w-]{22}\.qty)" value="([^"]*)"', page))


def test_everything_open_is_filled_in_and_leaves_with_lot_and_serials(desk, trade):
    order = agreed(trade)
    seller = desk(SELLER)
    page, fields = opened(seller, order)
    first = next(iter(fields)).removesuffix("qty")
    extra = {f"{first}lot": "L-77", f"{first}serials": "A1 A2、A3"}

    answer = seller.post(f"/orders/{order}/ship", fields | extra | {"number": "SH-1", "shippedOn": str(day(0))})
    sent = seller.get(answer.headers["Location"]).text

    assert list(fields.values()) == ["40", "10"]
    assert answer.status_code == 303
    assert [str(s.shipped) for s in trade.schedules(order)] == ["40", "10"]
    assert "发货通知已发出，采购方已可看到。" in sent
    assert "L-77" in sent
    assert "A1 A2 A3" in sent


def test_less_leaves_and_the_rest_never_comes(desk, trade):
    order = agreed(trade)
    seller = desk(SELLER)
    _page, fields = opened(seller, order)
    first, second = fields

    seller.post(
        f"/orders/{order}/ship",
        {first: "30", first.replace("qty", "last"): "1", second: "0", "number": "SH-1", "shippedOn": str(day(0))},
    )

    assert [(str(s.shipped), str(s.never)) for s in trade.schedules(order)] == [("30", "10"), ("0", "0")]


def test_orders_of_one_buyer_travel_together(desk, trade):
    one, other = agreed(trade, "PO-1"), agreed(trade, "PO-2")
    seller = desk(SELLER)
    page, _ = opened(seller, one)
    _, fields = opened(seller, one, f"?with={other}")

    answer = seller.post(f"/orders/{one}/ship", fields | {"with": other, "number": "SH-1", "shippedOn": str(day(0))})

    assert "同车发送该采购方的另外 1 张订单" in page
    assert len(fields) == 4
    assert answer.status_code == 303
    assert [trade.row(o).state.value for o in (one, other)] == ["in_delivery", "in_delivery"]


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"qty": "41"}, "qty", "超过该计划未发数量 40"),
        ({"qty": "十"}, "qty", "请填写数字"),
        ({"number": ""}, "number", "请填写此项"),
        ({"shippedOn": ""}, "shippedOn", "请填写发货日期"),
        ({"expectedOn": "2020-01-01"}, "expectedOn", "预计到货日期不得早于发货日期"),
        ({"qty": "0", "other": "0"}, "", "请至少填写一行本次发货数量"),
    ],
)
def test_a_refused_despatch_sends_nothing(desk, trade, changed, field, told):
    order = agreed(trade)
    seller = desk(SELLER)
    _page, fields = opened(seller, order)
    first, second = fields
    form = fields | {"number": "SH-1", "shippedOn": str(day(0))}
    form |= {{"qty": first, "other": second}.get(name, name): value for name, value in changed.items()}

    answer = seller.post(f"/orders/{order}/ship", form)

    assert answer.status_code in (422, 403)
    assert told in answer.text
    name = first if field == "qty" else field
    assert not field or f'href="#f-{"".join(c if c.isalnum() or c == "-" else "-" for c in name)}"' in answer.text
    assert [str(s.shipped) for s in trade.schedules(order)] == ["0", "0"]
    assert trade.row(order).version == 2


def test_a_double_click_ships_once(desk, trade):
    order = agreed(trade)
    seller = desk(SELLER)
    _page, fields = opened(seller, order)
    form = fields | {"number": "SH-1", "shippedOn": str(day(0)), "key": "one-form"}

    first, second = (seller.post(f"/orders/{order}/ship", form) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert [str(s.shipped) for s in trade.schedules(order)] == ["40", "10"]


def test_the_receipt_begins_as_all_good_and_the_seller_sees_the_result(desk, trade):
    order = agreed(trade)
    advice = trade.ships(order, "SH-1", 40, 10)
    planner = desk(PLANNER)
    form = everything(planner, advice)

    answer = planner.post(f"/shipments/{advice}/receive", form)

    assert answer.status_code == 303
    assert [str(s.accepted) for s in trade.schedules(order)] == ["40", "10"]
    seen = desk(SELLER).get(f"/shipments/{advice}").text
    assert seen.count('<span class="mark ok">相符</span>') == 2
    assert 'name="r.' not in seen


def test_short_and_rejected_goods_are_told_on_both_sides(desk, trade):
    order = agreed(trade)
    advice = trade.ships(order, "SH-1", 40, 10)
    planner = desk(PLANNER)
    form = everything(planner, advice)
    first, second = (name for name in form if name.endswith("received"))
    changes = {
        first: "38",
        second.replace("received", "rejected"): "2",
        second.replace("received", "reason"): "MATERIAL",
    }

    planner.post(f"/shipments/{advice}/receive", form | changes)

    assert [(str(s.accepted), str(s.rejected)) for s in trade.schedules(order)] == [("38", "0"), ("8", "2")]
    for email in (PLANNER, SELLER):
        page = desk(email).get(f"/shipments/{advice}").text
        assert "短少 2" in page
        assert "有拒收" in page
        assert "2 行与发货不符" in page


def test_one_line_is_received_today_and_the_other_later(desk, trade):
    order = agreed(trade)
    advice = trade.ships(order, "SH-1", 40, 10)
    planner = desk(PLANNER)
    form = everything(planner, advice)
    later = next(name for name in form if name.endswith("take"))

    planner.post(f"/shipments/{advice}/receive", {k: v for k, v in form.items() if k != later})
    assert trade.advice(advice).state.value == "part_received"
    planner.post(f"/shipments/{advice}/receive", everything(planner, advice))

    assert trade.advice(advice).state.value == "received"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"received": "41"}, "允许超收 0"),
        ({"rejected": "3"}, "拒收必须填写原因"),
        ({"rejected": "41"}, "拒收数量不能超过实收数量"),
        ({"received": ""}, "请填写实收数量，没有到货请填 0"),
        ({"received": "NaN"}, "请填写数字"),
    ],
)
def test_a_refused_receipt_posts_nothing(desk, trade, changed, told):
    order = agreed(trade)
    advice = trade.ships(order, "SH-1", 40, 10)
    planner = desk(PLANNER)
    form = everything(planner, advice)
    line = next(iter(form)).rsplit(".", 1)[0]

    answer = planner.post(
        f"/shipments/{advice}/receive", form | {f"{line}.{name}": value for name, value in changed.items()}
    )

    assert answer.status_code in (422, 403)
    assert told in answer.text
    assert 'href="#f-r-' in answer.text
    assert [str(s.received) for s in trade.schedules(order)] == ["0", "0"]
    assert trade.advice(advice).state.value == "despatched"


def test_a_double_click_receives_once(desk, trade):
    order = agreed(trade)
    advice = trade.ships(order, "SH-1", 40, 10)
    planner = desk(PLANNER)
    form = everything(planner, advice) | {"key": "one-form"}

    first, second = (planner.post(f"/shipments/{advice}/receive", form) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert [str(s.accepted) for s in trade.schedules(order)] == ["40", "10"]


def test_who_may_not_receive_sees_the_page_and_who_may(desk, trade):
    order = agreed(trade)
    advice = trade.ships(order, "SH-1", 40, 10)
    buyer = desk(BUYER)
    form = everything(desk(PLANNER), advice)

    page = buyer.get(f"/shipments/{advice}").text
    refused = buyer.post(f"/shipments/{advice}/receive", form)

    assert "登记收货由本单位具有“计划收货”角色的同事办理。" in page
    assert 'name="r.' not in page
    assert refused.status_code == 403
    assert "duty.planner" in refused.text
    assert [str(s.received) for s in trade.schedules(order)] == ["0", "0"]


def test_a_rival_finds_no_delivery(desk, trade):
    advice = trade.ships(agreed(trade), "SH-1", 40, 10)
    rival = desk(RIVAL)
    made_up = ("A" if advice[0] != "A" else "B") + advice[1:]

    hidden, missing = rival.get(f"/shipments/{advice}"), rival.get(f"/shipments/{made_up}")

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.text.replace(advice, "") == missing.text.replace(made_up, "")
    assert rival.post(f"/shipments/{advice}/receive", {}).status_code == 404
    assert "SH-1" not in rival.get("/shipments?show=all").text


def test_deliveries_are_listed_by_state_with_counts_and_orders(desk, trade):
    order = agreed(trade)
    trade.ships(order, "SH-1", 30)
    received = trade.ships(order, "SH-2", 10)
    planner = desk(PLANNER)
    planner.post(f"/shipments/{received}/receive", everything(planner, received))

    waiting, done = planner.get("/shipments").text, planner.get("/shipments?show=received").text

    assert "SH-1" in waiting and "SH-2" not in waiting
    assert "SH-2" in done and "SH-1" not in done
    assert "全部合格" in done
    assert "待收货 <b>1</b>" in waiting
    assert f"/orders/{order}" in waiting
    assert "SH-1" in desk(SELLER).get(f"/shipments?show=all&order={order}").text
