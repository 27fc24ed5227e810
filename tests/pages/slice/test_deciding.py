"""The buyer's decisions, acceptance and short closing, and who may not."""

import re

from kernel import ids
from tests.pages.slice.plant import BUYER, GEARWORKS, PLANNER, SELLER, day


def waiting(trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]), ("HD-25", 10, "1380", [14]), ("RV-80E", 5, "4120", [14]))
    trade.offers_later(order, 20, 24, 14)
    return order


def test_only_waiting_lines_stand_there_with_difference_and_the_reason_no_rule_agreed(desk, trade):
    trade.tolerates(days_late=5)
    order = waiting(trade)

    page = desk(BUYER).get(f"/orders/{order}/decide").text

    assert "RV-40E" in page
    assert "RV-80E" not in page
    assert f"{day(12)} → {day(20)}，晚 8 天" in page
    assert "没有按规则自动达成。容差：最多早 0 天、晚 5 天" in page


def test_lines_are_accepted_refused_and_left_for_later(desk, trade):
    order = waiting(trade)
    buyer = desk(BUYER)

    one = buyer.post(f"/orders/{order}/decide", {"version": "2", "d.10": "ACCEPT"})
    assert trade.stands(order) == ("countered", 3, ["confirmed", "change_proposed", "confirmed"])
    other = buyer.post(f"/orders/{order}/decide", {"version": "3", "d.20": "CANCEL"})

    assert (one.status_code, other.status_code) == (303, 303)
    assert trade.stands(order) == ("confirmed", 4, ["confirmed", "cancelled", "confirmed"])


def test_one_button_decides_on_all_lines_without_a_decision_of_their_own(desk, trade):
    order = waiting(trade)

    desk(BUYER).post(f"/orders/{order}/decide", {"version": "2", "d.20": "REFUSE", "all": "ACCEPT"})

    assert trade.stands(order) == ("placed", 3, ["confirmed", "open", "confirmed"])


def test_no_choice_and_a_stale_choice_are_refused(desk, trade):
    order = waiting(trade)
    buyer = desk(BUYER)

    none = buyer.post(f"/orders/{order}/decide", {"version": "2"})
    stale = buyer.post(f"/orders/{order}/decide", {"version": "1", "all": "ACCEPT"})

    assert (none.status_code, stale.status_code) == (422, 409)
    assert "请至少对一行作出决定" in none.text
    assert "订单在您查看期间已变更，刚才没有记录决定。" in stale.text
    assert trade.stands(order) == ("countered", 2, ["change_proposed", "change_proposed", "confirmed"])


def test_a_colleague_without_the_duty_sees_who_may_and_has_no_buttons(desk, trade):
    order = waiting(trade)
    planner = desk(PLANNER)

    page = planner.get(f"/orders/{order}/decide").text
    refused = planner.post(f"/orders/{order}/decide", {"version": "2", "all": "ACCEPT"})

    assert "对答复作决定由本单位具有“采购”角色的同事办理。" in page
    assert 'name="all"' not in page
    assert refused.status_code == 403
    assert "duty.buyer" in refused.text
    assert trade.stands(order) == ("countered", 2, ["change_proposed", "change_proposed", "confirmed"])


def test_the_seller_cannot_decide(desk, trade):
    order = waiting(trade)
    seller = desk(SELLER)

    assert 'name="all"' not in seller.get(f"/orders/{order}/decide").text
    assert seller.post(f"/orders/{order}/decide", {"version": "2", "all": "ACCEPT"}).status_code == 403
    assert trade.stands(order) == ("countered", 2, ["change_proposed", "change_proposed", "confirmed"])


def test_a_line_is_closed_short_by_its_own_button(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.answers(order)
    trade.ships(order, "SH-1", 30)
    buyer = desk(BUYER)
    line = buyer.get(f"/orders/{order}").text.split('name="lineId" value="')[1].split('"')[0]

    answer = buyer.post(f"/orders/{order}/close-short", {"version": "3", "lineId": line})

    assert answer.status_code == 303
    assert [str(s.never) for s in trade.schedules(order)] == ["10"]
    assert 'name="lineId"' not in buyer.get(f"/orders/{order}").text


def test_a_delivery_is_accepted_once_nothing_is_missing(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.answers(order)
    advice = trade.ships(order, "SH-1", 40)
    buyer = desk(BUYER)

    early = buyer.post(f"/orders/{order}/accept", {"version": "3"})
    desk(PLANNER).post(f"/shipments/{advice}/receive", everything(desk(PLANNER), advice))
    done = buyer.post(f"/orders/{order}/accept", {"version": "4"})

    assert early.status_code == 403
    assert "尚不能验收，缺少：第 10 行收货" in early.text
    assert "acceptance.complete" in early.text
    assert done.status_code == 303
    assert trade.row(order).state.value == "accepted"
    assert "已验收" in buyer.get(f"/orders/{order}").text


def everything(planner, advice):
    """The receipt form as it was opened: everything came and is good."""
    page = planner.get(f"/shipments/{advice}").text
    fields = [part.split('"')[0] for part in page.split('name="r.')[1:]]
    values = {name.rsplit(".", 1)[0]: "" for name in fields}
    made = {}
    for line in values:
        made |= {f"r.{line}.take": "1", f"r.{line}.rejected": "0"}
        made[f"r.{line}.received"] = page.split(f'name="r.{line}.received" value="')[1].split('"')[0]
    return made


def test_a_line_is_countered_and_its_time_limit_is_told(desk, trade):
    buyer = desk(BUYER)
    scope = {"scope": ids.seal("Firm", trade.seated.firms[GEARWORKS]) + "/", "decideWithinHours": "48"}
    assert buyer.post("/tolerances", scope | {"defaultDecision": "REFUSE"}).status_code == 303
    order = waiting(trade)

    assert "前未决定即视为不接受" in buyer.get(f"/orders/{order}/decide").text
    wrong = buyer.post(f"/orders/{order}/decide", {"version": "2", "d.10": "COUNTER", "c.10.quantity": "x"})
    empty = buyer.post(f"/orders/{order}/decide", {"version": "2", "d.10": "COUNTER"})
    terms = {"c.10.quantity": "30", "c.10.price": "2600", "c.10.day": str(day(15))}
    done = buyer.post(f"/orders/{order}/decide", {"version": "2", "d.10": "COUNTER", "d.20": "ACCEPT"} | terms)

    assert (wrong.status_code, empty.status_code, done.status_code) == (422, 422, 303)
    assert 'href="#f-c-10-quantity"' in wrong.text or 'href="#f-c.10.quantity"' in wrong.text
    assert trade.stands(order) == ("placed", 3, ["open", "confirmed", "confirmed"])
    first = trade.lines(order)[0]
    assert (first.ordered_quantity, first.ordered_unit_price) == (30, 2600)
    assert [s.wanted_on for s in trade.schedules(order) if s.line_id == first.id] == [day(15)]
    assert "1 行还价" in buyer.get(f"/orders/{order}/history").text


def test_many_answers_are_decided_on_from_the_queue_and_only_those_ticked(desk, trade):
    for name, later in (("NEAR", 14), ("FAR", 40), ("LEFT", 15)):
        trade.offers_later(trade.places(f"PO-{name}", ("RV-40E", 40, "2680", [12])), later)
    buyer = desk(BUYER)
    shown = buyer.get("/decisions?days=3")
    ticks = dict(zip(
        re.findall(r'data-key="o">([^<]+)<', shown.text), re.findall(r'name="answer" value="([^"]+)"', shown.text), strict=True
    ))  # fmt: skip

    assert list(ticks) == ["PO-NEAR", "PO-LEFT"] and "最多晚 2 天" in shown.text
    assert buyer.get("/decisions?days=x").status_code == 422
    empty = buyer.post("/decisions", {"decision": "ACCEPT"}, opened="/decisions")
    assert (empty.status_code, "请至少勾选一张订单" in empty.text) == (422, True)
    answer = buyer.post("/decisions", {"decision": "ACCEPT", "answer": ticks["PO-NEAR"]}, opened="/decisions")
    page = buyer.get(answer.headers["Location"]).text
    assert answer.status_code == 303 and "批量决定结果" in page and "已决定" in page and "PO-NEAR" in page
    queue = buyer.get("/decisions").text
    assert "PO-NEAR" not in queue and "PO-FAR" in queue and "PO-LEFT" in queue and "最近的批量决定" in queue
    planner = desk(PLANNER).get("/decisions").text
    assert "PO-LEFT" in planner and 'name="answer"' not in planner
    assert "PO-LEFT" not in desk(SELLER).get("/decisions").text
    assert "/decisions" in buyer.get("/workbench?view=deviating").text
