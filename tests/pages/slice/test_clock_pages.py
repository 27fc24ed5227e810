"""Limits and hours, the workbench, many answers and a block pasted from a spreadsheet, as their pages say them."""

import re
from html import unescape

import pytest

from tests.pages.slice.plant import BUYER, OFFICIAL, PLANNER, SELLER, day
from tests.scenarios.reactions import react

pytestmark = pytest.mark.feature("C15")


def text(answer):
    return unescape(answer.text)


def test_hours_are_set_in_words_and_a_wrong_one_is_told_beside_its_day(desk):
    seller = desk(SELLER)

    page = text(seller.get("/hours"))
    assert "现按默认时段计算" in page and 'value="08:30-12:00 13:00-17:30"' in page
    assert re.search(r"国家节假日安排已知到 \d{4} 年", page)
    wrong = seller.post("/hours", {"d.1": "08:30-12:00 11:00-13:00", "d.2": "8点"}, opened="/hours")
    assert wrong.status_code == 422 and "请写成 08:30-12:00" in text(wrong)
    wrong = seller.post("/hours", {"d.1": "08:30-12:00 11:00-13:00"}, opened="/hours")
    assert wrong.status_code == 422 and "同一天的两个时段重叠" in text(wrong)
    done = seller.post("/hours", {"d.1": "０９：００－１４：００", "d.6": "09:00-12:00"}, opened="/hours")
    assert done.headers["Location"] == "/hours?done=hours"
    assert 'value="09:00-14:00"' in text(seller.get("/hours"))
    seller.post("/hours/days", {"on": str(day(3)), "standing": "CLOSED", "note": "盘点"}, opened="/hours")
    assert "盘点" in text(seller.get("/hours"))
    seller.post("/hours/days", {"usual": str(day(3))}, opened="/hours")
    assert "盘点" not in text(seller.get("/hours"))
    assert seller.post("/hours/days", {"on": "", "standing": "CLOSED"}, opened="/hours").status_code == 422
    assert desk(PLANNER).get("/hours").status_code == 200 and "保存时段" not in text(desk(PLANNER).get("/hours"))
    assert desk(OFFICIAL).get("/hours").status_code == 404


def test_limits_are_set_and_what_silence_means_is_proposed_and_answered(desk, trade):
    buyer, seller = desk(BUYER), desk(SELLER)
    firm = re.search(r'<option value="([^"]+)">苏州精齿', buyer.get("/limits").text)[1]
    given = {
        "kind": "ORDER",
        "sellerId": firm,
        "answerWithinHours": "8",
        "remindBeforeHours": "2",
        "escalateAfterHours": "4",
    }

    assert buyer.post("/limits", given | {"answerWithinHours": "x"}, opened="/limits").status_code == 422
    assert buyer.post("/limits", given | {"remindBeforeHours": "8"}, opened="/limits").status_code == 422
    assert buyer.post("/limits", given, opened="/limits").headers["Location"] == "/limits?done=limits"
    assert "苏州精齿" in text(buyer.get("/limits"))
    proposal = {"partnerId": firm, "side": "BUYER", "meaning": "ASSUMED_AGREED"}
    assert buyer.post("/limits/silence", proposal, opened="/limits").status_code == 303
    again = buyer.post("/limits/silence", proposal, opened="/limits")
    assert again.status_code == 403 and "同一时间只能有一项" in text(again)
    assert "向贵方" not in text(seller.get("/inbox")) and "不答复算什么" in text(seller.get("/inbox"))
    accept = re.search(r'action="(/limits/silence/[^"]+/accept)"', seller.get("/limits").text)[1]
    assert seller.post(accept, {"version": "1"}, opened="/limits").headers["Location"] == "/limits?done=accept"
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    assert "期限一过由系统按约定处理" in text(seller.get(f"/orders/{order}"))
    assert "答复期限" in text(buyer.get(f"/orders/{order}"))
    assert "答复期限" not in text(desk(OFFICIAL).get("/limits"))


def test_the_workbench_filters_counts_and_goes_out_as_a_workbook(desk, trade):
    trade.places("PO-WAITS", ("RV-40E", 40, "2680", [12]), ("HD-25", 5, "1380", [5]))
    trade.offers_later(trade.places("PO-DIFFERS", ("RV-40E", 40, "2680", [12])), 30)
    buyer = desk(BUYER)

    page = text(buyer.get("/workbench"))
    assert "未答复 <b>2</b>" in page and "有差异待决定 <b>1</b>" in page and "即将到期 <b>1</b>" in page
    assert "PO-WAITS" in page and "PO-DIFFERS" not in page
    assert "/decide" in buyer.get("/workbench?view=deviating").text
    assert "PO-WAITS" not in text(buyer.get("/workbench?item=HD-2")).split("<tbody>")[0]
    assert text(buyer.get("/workbench?item=HD-2")).count("PO-WAITS</a>") == 1
    file = buyer.get("/workbench/unanswered.xlsx?days=7")
    assert buyer.get("/workbench/other.xlsx").status_code == 404
    assert (file.status_code, file.data[:2]) == (200, b"PK")
    assert buyer.get("/workbench?after=made-up").status_code == 422
    assert desk(OFFICIAL).get("/workbench").status_code == 404


def test_many_orders_are_confirmed_by_one_press_and_each_outcome_is_told(desk, trade):
    seller = desk(SELLER)
    orders = [trade.places(f"PO-{n}", ("RV-40E", 40, "2680", [12])) for n in range(3)]
    trade.answers(orders[2])

    page = text(seller.get("/answers"))
    assert page.count('name="order"') == 2
    assert seller.post("/answers", {}, opened="/answers").status_code == 422
    ticked = [f"{orders[0]}/1", f"{orders[1]}/1", f"{orders[2]}/1"]
    sent = seller.post("/answers", {"order": ticked}, opened="/answers")
    react()
    told = text(seller.get(sent.headers["Location"]))
    assert "当前版本为 2；请重新查看后再操作" in told and told.count("已答复</span>") == 2
    assert [trade.stands(order)[0] for order in orders] == ["confirmed"] * 3
    assert "PO-2" in text(seller.get(sent.headers["Location"] + "?show=refused"))
    assert desk(BUYER).get(sent.headers["Location"]).status_code == 404


def test_rows_pasted_into_the_box_fill_the_form_and_a_wrong_row_is_told_by_its_place(desk, trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]), ("HD-25", 10, "1380", [9]))
    seller, form = desk(SELLER), {"version": "1", "l.10.days": "1", "l.20.days": "1"}
    send = f"/orders/{order}/answer"

    pasted = f"行号\t日期\t数量\t单价\t原因\n10\t{day(20)}\t30\t2,700\t产能不足\n10\t{day(30)}\t10\n20\n"
    shown = text(seller.post(send, form | {"paste": "1", "pasted": pasted}, opened=f"/orders/{order}"))
    fields = dict(re.findall(r'name="(l\.[^"]+)"[^>]* value="([^"]*)"', shown))
    assert (fields["l.10.day.0"], fields["l.10.qty.0"], fields["l.10.price"]) == (str(day(20)), "30", "2700")
    assert (fields["l.10.day.1"], fields["l.10.qty.1"], fields["l.10.days"]) == (str(day(30)), "10", "2")
    assert trade.stands(order)[0] == "placed"
    for wrong, said in (("7\t\t1", "粘贴的第 1 行：没有待答复的第 7 行"), (f"10\t{day(20)}\tviel", "粘贴的第 1 行：请填写数字"),
                        ("10\t31.12.", "粘贴的第 1 行：请填写日期"), ("10\t\t\t\t心情", "不在可选范围内"), ("", "请先从 Excel 复制")):  # fmt: skip
        answer = seller.post(send, form | {"paste": "1", "pasted": wrong}, opened=f"/orders/{order}")
        assert answer.status_code == 422 and said in text(answer), wrong
