"""The to-do list: by the day it is due, told in words, and a simple order confirmed in place."""

from collaboration.orders.forms import LineAnswered
from collaboration.orders.tables import Answer, LineAnswer, Reason
from tests.pages.slice.plant import BUYER, OFFICIAL, PLANNER, RIVAL, SELLER


def test_an_order_is_confirmed_in_place_and_leaves_the_list(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    seller = desk(SELLER)

    before = seller.get("/todo").text
    answer = seller.post("/todo/confirm", {"orderId": order, "version": "1"})
    after = seller.get(answer.headers["Location"]).text

    assert "按要求确认订单 PO-1 的全部行" in before
    assert answer.status_code == 303
    assert trade.stands(order) == ("confirmed", 2, ["confirmed"])
    assert "订单 PO-1 已确认，对方已可看到。" in after
    assert "按要求确认订单 PO-1" not in after


def test_with_script_only_the_list_is_answered_and_the_notice_is_spoken(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))

    answer = desk(SELLER).post("/todo/confirm", {"orderId": order, "version": "1"}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert answer.text.startswith('<div id="todo">')
    assert (
        '<hx-partial hx-target="#spoken" hx-swap="innerHTML">订单 PO-1 已确认，对方已可看到。</hx-partial>'
        in answer.text
    )


def test_a_double_click_confirms_once(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    seller = desk(SELLER)

    first = seller.post("/todo/confirm", {"orderId": order, "version": "1", "key": "one-form"})
    second = seller.post("/todo/confirm", {"orderId": order, "version": "1", "key": "one-form"})

    assert (first.status_code, second.status_code) == (303, 303)
    assert trade.stands(order) == ("confirmed", 2, ["confirmed"])
    assert trade.answers_given() == 1


def test_a_confirmation_of_an_older_version_is_refused_as_stale(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))

    answer = desk(SELLER).post("/todo/confirm", {"orderId": order, "version": "7"})

    assert answer.status_code == 409
    assert "订单 PO-1 没有确认：" in answer.text
    assert "当前版本为 1" in answer.text
    assert trade.stands(order) == ("placed", 1, ["open"])


def test_what_is_overdue_is_told_in_words_and_counted(desk, trade):
    trade.places("PO-OLD", ("RV-40E", 40, "2680", [12]), at=9)
    trade.places("PO-NEW", ("RV-40E", 40, "2680", [12]))

    page = desk(SELLER).get("/todo").text

    assert page.index("PO-OLD") < page.index("PO-NEW")
    assert '<span class="mark bad">已逾期</span>' in page
    assert page.count('<span class="mark bad">已逾期</span>') == 1
    assert "逾期 1" in page


def test_each_person_sees_its_own_duties_only(desk, trade):
    changed = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.offers_later(changed, 30)
    confirmed = trade.places("PO-2", ("RV-40E", 40, "2680", [12]))
    trade.answers(confirmed)
    trade.ships(confirmed, "SH-1", 40)

    buyer, planner = desk(BUYER).get("/todo").text, desk(PLANNER).get("/todo").text
    rival = desk(RIVAL).get("/todo").text

    assert f"/orders/{changed}/decide" in buyer
    assert "SH-1" not in buyer
    assert "SH-1" in planner
    assert "PO-1" not in planner
    assert "没有待办" in rival
    assert "PO-" not in rival


def test_one_kind_is_shown_alone(desk, trade):
    trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.answers(trade.places("PO-2", ("RV-40E", 40, "2680", [12])))

    page = desk(SELLER).get("/todo?kind=SEND_DESPATCH_ADVICE").text

    assert "PO-2" in page
    assert "PO-1" not in page
    assert "查看全部待办" not in page


def test_the_list_is_paged(desk, trade):
    for n in range(53):
        trade.places(f"PO-{n:03}", ("RV-40E", 1, "2680", [12]))
    seller = desk(SELLER)

    first = seller.get("/todo").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = seller.get(following).text

    assert first.count("<tr id=") == 50
    assert second.count("<tr id=") == 3
    assert "共 53 条" in second


def test_officials_have_no_such_page(desk, trade):
    trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    official = desk(OFFICIAL)

    for path in ("/todo", "/orders", "/shipments", "/orders/new", "/tolerances"):
        assert official.get(path).status_code == 404, path


def test_a_line_that_was_rejected_is_not_to_be_shipped(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]), ("HD-25", 5, "1380", [12]))
    one, other = trade.lines(order)
    trade.answers(
        order, Answer.CHANGED, LineAnswered(LineAnswer.ACCEPTED, line_id=one.id),
        LineAnswered(LineAnswer.REJECTED, line_id=other.id, reason=Reason.CAPACITY),
    )  # fmt: skip
    trade.ships(order, "SH-1", 40)

    assert "PO-1" not in desk(SELLER).get("/todo").text
    assert "没有未发的数量" in desk(SELLER).get(f"/orders/{order}/ship").text
