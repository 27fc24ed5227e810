"""The supplier's answer: one form, all lines, sent once; every refusal stands beside its field and changes nothing."""

import pytest

from tests.pages.slice.plant import BEARING, BUYER, RIVAL, SELLER, day

TWO = (("RV-40E", 120, "2680", [20]), ("HD-25", 60, "1380.5", [18]))


def lines_of(trade, order):
    return [
        (line.state.value, [(s.promised_on, str(s.quantity)) for s in trade.schedules(order) if s.line_id == line.id])
        for line in trade.lines(order)
    ]


def test_one_button_confirms_every_line_as_asked(desk, trade):
    order = trade.places("PO-1", *TWO)
    seller = desk(SELLER)

    answer = seller.post(f"/orders/{order}/answer", {"version": "1", "send": "rest"})
    page = seller.get(answer.headers["Location"]).text

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/orders/{order}?done=answered")
    assert lines_of(trade, order) == [("confirmed", [(day(20), "120")]), ("confirmed", [(day(18), "60")])]
    assert "答复已发送，采购方已可看到。" in page
    assert 'name="send"' not in page


def test_lines_are_confirmed_split_and_rejected_in_one_answer(desk, trade):
    order = trade.places("PO-1", *TWO, ("RV-80E", 10, "4120", [25]))

    answer = desk(SELLER).post(
        f"/orders/{order}/answer",
        {
            "version": "1", "send": "all", "note": "轴承到货推迟", "l.10.answer": "CHANGED", "l.10.days": "2",
            "l.10.day.0": str(day(20)), "l.10.qty.0": "１００", "l.10.day.1": f"{day(30):%Y/%m/%d}", "l.10.qty.1": "20",
            "l.10.reason": "MATERIAL", "l.20.answer": "ACCEPTED", "l.30.answer": "REJECTED", "l.30.reason": "DISCONTINUED",
        },
    )  # fmt: skip

    assert answer.status_code == 303
    assert trade.stands(order) == ("countered", 2, ["change_proposed", "confirmed", "rejected"])
    page = desk(BUYER).get(f"/orders/{order}").text
    assert f"<ins>{day(20)}</ins>" in page
    assert f"<ins>{day(30)}</ins>" in page
    assert "原因：缺料" in page
    assert "轴承到货推迟" in page


def test_an_answer_inside_the_tolerance_is_agreed_and_the_rule_is_named(desk, trade):
    trade.tolerates(days_late=3)
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))

    desk(SELLER).post(
        f"/orders/{order}/answer",
        {"version": "1", "send": "all", "l.10.answer": "CHANGED", "l.10.day.0": str(day(14)), "l.10.qty.0": "40"},
    )

    assert trade.stands(order) == ("confirmed", 2, ["confirmed"])
    page = desk(BUYER).get(f"/orders/{order}").text
    assert "依据：双方约定的容差" in page
    assert "晚 2 天" in page


def test_a_field_that_was_altered_changes_its_line_even_without_a_choice(desk, trade):
    order = trade.places("PO-1", *TWO)

    desk(SELLER).post(
        f"/orders/{order}/answer",
        {"version": "1", "send": "rest", "l.10.days": "1", "l.10.day.0": str(day(26)), "l.10.qty.0": "120"},
    )

    assert trade.stands(order) == ("countered", 2, ["change_proposed", "confirmed"])


def test_a_backorder_a_substitute_and_an_added_line_reach_the_buyer(desk, trade):
    order = trade.places("PO-1", *TWO)

    desk(SELLER).post(
        f"/orders/{order}/answer",
        {
            "version": "1", "send": "all", "l.10.answer": "CHANGED", "l.10.day.0": str(day(20)), "l.10.qty.0": "100",
            "l.10.back": "20", "l.20.answer": "CHANGED", "l.20.day.0": str(day(18)), "l.20.qty.0": "60",
            "l.20.item": "RV-80E", "added": "1", "a.0.item": "RV-80E", "a.0.qty.0": "5", "a.0.day.0": str(day(40)),
            "a.0.price": "4,120.00",
        },
    )  # fmt: skip

    assert trade.stands(order) == ("countered", 2, ["change_proposed", "change_proposed", "added_proposed"])
    page = desk(BUYER).get(f"/orders/{order}/decide").text
    assert "20 个 以后再发，日期未定" in page
    assert "改供另一物料" in page
    assert "供应商新增的行总要由采购方决定。" in page


def test_splitting_and_adding_need_no_script_and_send_nothing(desk, trade):
    order = trade.places("PO-1", *TWO)
    seller = desk(SELLER)
    typed = {"version": "1", "l.20.answer": "REJECTED", "l.10.days": "1", "l.10.day.0": "2031-01-02", "note": "稍候"}

    split = seller.post(f"/orders/{order}/answer", typed | {"split": "10"}).text
    added = seller.post(f"/orders/{order}/answer", typed | {"add": "1"}).text

    assert 'name="l.10.day.1"' in split
    assert 'value="2031-01-02"' in split
    assert 'name="l.20.answer" value="REJECTED" data-choice data-key="x" data-then="select" checked' in split
    assert "稍候" in split
    assert 'name="a.0.item"' in added
    assert trade.stands(order) == ("placed", 1, ["open", "open"])


@pytest.mark.parametrize(
    ("form", "field", "told"),
    [
        ({"l.10.answer": "ACCEPTED"}, "l-20-answer", "还有 1 行尚未答复：第 20 行"),
        ({"l.10.answer": "ACCEPTED", "l.20.answer": "REJECTED"}, "l-20-reason", "第 20 行：拒绝时请选择原因"),
        (
            {"l.10.answer": "ACCEPTED", "l.20.answer": "CHANGED", "l.20.day.0": "2031-01-02", "l.20.qty.0": "六十"},
            "l-20-qty-0", "请填写数字，例如 120 或 12.5",
        ),
        (
            {"l.10.answer": "ACCEPTED", "l.20.answer": "CHANGED", "l.20.day.0": "明天", "l.20.qty.0": "60"},
            "l-20-day-0", "请填写日期，例如 2027-01-09",
        ),
        (
            {"l.10.answer": "ACCEPTED", "l.20.answer": "CHANGED", "l.20.day.0": "2020-01-02", "l.20.qty.0": "60"},
            "l-20-day-0", "承诺日期不得早于今天",
        ),
        (
            {"l.10.answer": "ACCEPTED", "l.20.answer": "CHANGED", "l.20.days": "2", "l.20.day.1": "2031-01-02", "l.20.qty.1": "-4"},
            "l-20-qty-1", "必须大于 0",
        ),
        (
            {"l.10.answer": "ACCEPTED", "l.20.answer": "CHANGED", "l.20.day.0": "2031-01-02", "l.20.qty.0": "60", "l.20.item": "RC-40"},
            "l-20-item", "本单位没有编号为 RC-40 的物料",
        ),
        ({"l.10.answer": "ACCEPTED", "l.20.answer": "ACCEPTED", "added": "1", "a.0.qty.0": "5"}, "a-0-item", "请填写物料编号"),
    ],
)  # fmt: skip
def test_a_refusal_stands_beside_its_field_and_changes_nothing(desk, trade, form, field, told):
    order = trade.places("PO-1", *TWO)

    answer = desk(SELLER).post(f"/orders/{order}/answer", {"version": "1", "send": "all"} | form)

    assert answer.status_code == 422
    assert told in answer.text
    assert f'href="#f-{field}"' in answer.text
    assert f'id="f-{field}"' in answer.text
    assert trade.stands(order) == ("placed", 1, ["open", "open"])
    assert trade.answers_given() == 0


def test_a_stale_answer_keeps_the_entries_and_offers_to_reload(desk, trade):
    order = trade.places("PO-1", *TWO)
    seller = desk(SELLER)
    seller.post(f"/orders/{order}/acknowledge", {"version": "1"})

    answer = seller.post(
        f"/orders/{order}/answer",
        {"version": "1", "send": "all", "l.10.answer": "ACCEPTED", "l.20.answer": "REJECTED", "l.20.reason": "PRICE"},
    )

    assert answer.status_code == 409
    assert "订单在您填写期间已变更，刚才没有发送。" in answer.text
    assert '<option value="PRICE" selected>' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert trade.stands(order) == ("acknowledged", 2, ["open", "open"])


def test_a_double_click_answers_once(desk, trade):
    order = trade.places("PO-1", *TWO)
    seller = desk(SELLER)
    form = {"version": "1", "send": "rest", "key": "one-form"}

    first, second = (seller.post(f"/orders/{order}/answer", form) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["Location"] == f"/orders/{order}?done=answered"
    assert trade.answers_given() == 1


def test_a_form_without_its_token_changes_nothing(desk, trade):
    order = trade.places("PO-1", *TWO)
    seller = desk(SELLER)

    for path in ("answer", "acknowledge", "ship", "decide", "accept", "close-short"):
        assert seller.client.post(f"/orders/{order}/{path}", data={"version": "1", "send": "rest"}).status_code == 403

    assert trade.stands(order) == ("placed", 1, ["open", "open"])


def test_a_rival_gets_the_very_page_of_a_made_up_id(desk, trade):
    order = trade.places("PO-1", *TWO)
    rival = desk(RIVAL)
    made_up = ("A" if order[0] != "A" else "B") + order[1:]

    for tail in ("", "/history", "/ship", "/decide", "/documents"):
        hidden, missing = rival.get(f"/orders/{order}{tail}"), rival.get(f"/orders/{made_up}{tail}")
        assert (hidden.status_code, missing.status_code) == (404, 404), tail
        assert hidden.text.replace(order, "") == missing.text.replace(made_up, ""), tail
    for tail in ("answer", "acknowledge", "ship", "decide", "accept", "close-short"):
        assert rival.post(f"/orders/{order}/{tail}", {"version": "1", "send": "rest"}).status_code == 404, tail
    assert trade.stands(order) == ("placed", 1, ["open", "open"])


def test_the_buyer_reads_the_same_page_and_has_no_answer_form(desk, trade):
    order = trade.places("PO-1", *TWO)
    buyer = desk(BUYER)

    page = buyer.get(f"/orders/{order}").text
    refused = buyer.post(f"/orders/{order}/answer", {"version": "1", "send": "rest"})

    assert "采购订单" in page
    assert 'name="send"' not in page
    assert refused.status_code in (403, 422)
    assert trade.stands(order) == ("placed", 1, ["open", "open"])


def test_two_buyers_may_use_one_number_towards_one_seller(desk, trade):
    trade.places("PO-1", ("CRB-100", 10, "80", [10]), by=SELLER, to=BEARING)
    trade.places("PO-1", ("CRB-100", 20, "80", [10]), by=RIVAL, to=BEARING)
    bearing = desk("sales@bearing.example")

    listed = bearing.get("/orders?number=PO-1").text
    links = {part.split('"')[0] for part in listed.split('href="/orders/')[1:] if len(part.split('"')[0]) == 22}
    partners = sorted(bearing.get(f"/orders/{link}").text.split("<h1>")[1].split("<small>")[1][:4] for link in links)

    assert len(links) == 2
    assert partners == ["无锡锐驰", "苏州精齿"]


def test_after_a_refusal_the_seller_sees_that_the_request_stands_and_answers_anew(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.offers_later(order, 30)
    desk(BUYER).post(f"/orders/{order}/decide", {"version": "2", "d.10": "REFUSE"})
    seller = desk(SELLER)

    page = seller.get(f"/orders/{order}").text
    seller.post(f"/orders/{order}/answer", {"version": "3", "send": "rest"})

    assert "买方不接受上次答复" in page
    assert trade.stands(order) == ("confirmed", 4, ["confirmed"])


def test_an_answer_that_waits_can_be_rewritten_from_what_was_offered(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.offers_later(order, 30)
    seller = desk(SELLER)

    first, again = seller.get(f"/orders/{order}").text, seller.get(f"/orders/{order}?answer=1").text
    seller.post(f"/orders/{order}/answer", {"version": "2", "send": "all", "l.10.answer": "ACCEPTED"})

    assert 'name="send"' not in first
    assert f'name="l.10.day.0" value="{day(30)}"' in again
    assert trade.stands(order) == ("confirmed", 3, ["confirmed"])


def test_the_page_speaks_english_too(desk, trade):
    order = trade.places("PO-1", *TWO)

    page = desk(SELLER).get(f"/orders/{order}?lang=en").text

    assert "Confirm all and send" in page
    assert "Customer order" in page
    assert 'lang="en"' in page
