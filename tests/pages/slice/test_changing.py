"""The page on which a placed order is changed, cancelled and promised anew, and its versions stand side by side."""

import re

from tests.pages.slice.plant import BUYER, PLANNER, SELLER, day


def shown(page, order):
    """Version and id of what is open, as the page's forms carry them."""
    text = page.get(f"/orders/{order}/changes").text
    version = re.search(r'name="version" value="(\d+)"', text)
    number = re.search(r'name="id" value="([^"]+)"', text)
    return text, version[1] if version else "0", number[1] if number else ""


def sends(page, order, act, **data):
    _text, version, number = shown(page, order)
    at = f"/orders/{order}/changes"
    return page.post(f"{at}/{act}", {"version": version, "id": number} | data, opened=at)


def as_it_stands(*lines):
    """What the form of a change carries when nothing is written over: line number, quantity, price, day."""
    fields = {}
    for n, quantity, price, days in lines:
        fields |= {f"a.{n}": "", f"p.{n}": price, f"q.{n}.1": quantity, f"d.{n}.1": day(days)}
    return fields


def test_a_change_is_asked_countered_and_taken_and_each_side_reads_what_stands_meanwhile(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]), ("HD-25", 10, "1380", [14]))
    trade.answers(order)
    buyer, seller = desk(BUYER), desk(SELLER)
    stands = as_it_stands((10, "40", "2680", 12), (20, "10", "1380", 14))

    nothing = sends(buyer, order, "change", **stands)
    wrong = sends(buyer, order, "change", **stands | {"q.10.1": "abc", "form": "change"})
    below = sends(buyer, order, "change", **stands | {"d.10.1": day(-2), "form": "change"})
    asked = sends(buyer, order, "change", **stands | {"q.10.1": "50", "a.20": "DELETE", "note": "加急"})

    assert [r.status_code for r in (nothing, wrong, below, asked)] == [422, 422, 422, 303]
    assert "请填写需变更的订单行及变更内容" in nothing.text
    assert "请填写数字" in wrong.text
    assert "需求日期应为今天或以后" in below.text
    assert trade.stands(order)[2] == ["confirmed", "confirmed"]
    text, _version, _number = shown(seller, order)
    assert "加急" in text
    assert "待供应商答复" in text
    assert "答复订单变更" in seller.get("/todo").text
    assert "有未决的变更" in seller.get(f"/orders/{order}").text

    unexplained = sends(seller, order, "respond", answer="reject", reason="")
    same = sends(seller, order, "respond", answer="counter", **{"q.10.0": "50", "d.10.0": day(12)})
    offered = sends(seller, order, "respond", answer="counter", **{"q.10.0": "45", "d.10.0": day(15), "a.20": "NONE"})
    assert [r.status_code for r in (unexplained, same, offered)] == [422, 422, 303]
    assert "拒绝变更时必须填写原因" in unexplained.text
    assert "没有另提任何条件" in same.text

    assert "供应商另提" in shown(buyer, order)[0]
    planner, number = desk(PLANNER), shown(buyer, order)[2]
    assert "/changes/decide" not in shown(planner, order)[0]
    assert sends(planner, order, "decide", decision="accept", id=number, version="4").status_code == 403
    assert sends(buyer, order, "decide", decision="accept").status_code == 303
    assert trade.stands(order)[2] == ["confirmed", "confirmed"]
    versions = buyer.get(f"/orders/{order}/versions").text
    assert "<b>45</b>" in versions
    assert f"<b>{day(15)}</b>" in versions
    assert "第 1 次变更订单" in buyer.get(f"/orders/{order}/history").text


def test_days_are_promised_anew_and_an_order_is_cancelled_by_both(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.answers(order)
    buyer, seller = desk(BUYER), desk(SELLER)
    schedule = re.search(r'name="d\.([^"]+)" value=', shown(seller, order)[0])[1]

    unmoved = sends(seller, order, "repromise", reason="CAPACITY", **{f"d.{schedule}": day(12)})
    moved = sends(seller, order, "repromise", reason="MATERIAL", note="钢材晚到", **{f"d.{schedule}": day(19)})
    assert (unmoved.status_code, moved.status_code) == (422, 303)
    assert "钢材晚到" in shown(buyer, order)[0]
    assert "对新交期作决定" in buyer.get("/todo").text
    assert sends(buyer, order, "decide-repromise", decision="accept").status_code == 303
    assert f"{day(12)} → {day(19)}" in shown(seller, order)[0]

    assert sends(buyer, order, "cancel", reason="OTHER", note="项目停了").status_code == 303
    assert "项目停了" in shown(seller, order)[0]
    assert sends(buyer, order, "withdraw-cancellation").status_code == 303
    assert sends(buyer, order, "cancel", reason="OTHER").status_code == 303
    again = sends(buyer, order, "cancel", reason="OTHER")
    assert again.status_code == 403
    assert "order.one_open_change" in again.text
    assert sends(seller, order, "answer-cancellation", decision="accept").status_code == 303
    assert trade.stands(order)[0] == "cancelled"
    assert "双方同意取消" in buyer.get(f"/orders/{order}/versions").text


def test_a_stale_page_and_a_strangers_page_do_nothing(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.answers(order)
    at = f"/orders/{order}/changes"
    stale = desk(BUYER).post(f"{at}/cancel", {"version": "1", "reason": "OTHER"}, opened=at)
    assert stale.status_code == 409
    assert "订单在您填写期间已变更" in stale.text
    rival = desk("sales@rival.example")
    assert rival.get(at).status_code == rival.get("/orders/AAAAAAAAAAAAAAAAAAAAAA/changes").status_code == 404
    assert rival.get(f"/orders/{order}/versions").status_code == 404


def test_an_order_is_held_and_let_go_on_and_both_pages_say_so(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.answers(order)
    buyer, seller = desk(BUYER), desk(SELLER)

    wrong = sends(buyer, order, "hold", form="hold", holdReason="SPECIFICATION", decidesOn=str(day(-2)))
    held = sends(buyer, order, "hold", form="hold", holdReason="SPECIFICATION", holdNote="改版", decidesOn=str(day(7)))

    assert (wrong.status_code, 'href="#f-decidesOn"' in wrong.text) == (422, True)
    assert (held.status_code, held.location.endswith("done=held")) == (303, True)
    for one in (buyer, seller):
        page = one.get(f"/orders/{order}").text
        assert f"暂停中，采购方预计 {day(7)} 前决定" in page and "改版" in page and "原因：规格" in page
        assert (
            "暂停中" in one.get("/orders?show=all").text
            and "采购方暂停订单" in one.get(f"/orders/{order}/history").text
        )
    assert f"/orders/{order}/ship" not in seller.get(f"/orders/{order}").text
    assert "采购方已暂停这张订单：解除之前不得发货。" in seller.get(f"/orders/{order}/ship").text
    assert "采购方暂停了订单" in seller.get("/inbox").text and "对暂停的订单作决定" in buyer.get("/todo").text
    assert sends(buyer, order, "lift-hold").location.endswith("done=lifted")
    assert "暂停中" not in seller.get(f"/orders/{order}").text and "采购方解除了暂停" in seller.get("/inbox").text
    assert f"/orders/{order}/ship" in seller.get(f"/orders/{order}").text
