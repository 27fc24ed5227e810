"""Requests for quotation as a buyer and an invitee work with them in a browser; requisitions and their rules."""

import re
from html import unescape

import pytest

from kernel import clock
from tests.pages.conftest import DESK, PHONE
from tests.pages.test_asking_and_looking import browser, seal
from tests.scenarios.players import day
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, issues, offered, seen, versioned

BUYER, LEAD, PLANNER = "buyer@longteng.example", "lead@longteng.example", "planner@longteng.example"
NARROW = PHONE | {"viewport": {"width": 360, "height": 740}}
GEARWORKS, RIVAL = "sales@gearworks.example", "sales@rival.example"


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def text_of(client, page):
    answer = client.get(page)
    assert answer.status_code == 200, page
    return unescape(answer.get_data(as_text=True))


def fills(client, page, *, sent_to=None, **fields):
    """Send a page's form with what hidden fields it has."""
    text = text_of(client, page)
    hidden = dict(re.findall(r'<input type="hidden" name="(version|rows|amendment)" value="(\d+)"', text))
    return client.post(sent_to or page, data=seal(text) | hidden | fields)


def told(answer):
    return unescape(answer.get_data(as_text=True))


def line(price, item, which="b", number=1, **given):
    return {
        f"{which}.{number}.{part}": value
        for part, value in ({"item": item, "price.0": price, "days": "21"} | given).items()
    }


@pytest.mark.feature("C3")
def test_a_request_is_drafted_approved_issued_quoted_opened_compared_and_awarded(cast):
    buyer, lead, gearworks, rival = (browser(cast, seat) for seat in (BUYER, LEAD, GEARWORKS, RIVAL))
    empty = fills(buyer, "/rfqs/new", closesOn="", number="", title="")
    assert (empty.status_code, told(empty).count("请填写此项")) == (422, 8)
    both = {f"to.{one.firm_id}": "1" for one in (cast.gearworks, cast.rival)}
    asked = {
        "number": "RFQ-P1", "title": "减速机询价", "currency": "CNY", "incoterm": "DAP", "closesOn": day(3), "closesAt": "17:00",
        "awardBy": day(9), "l.0.number": "1", "l.0.title": "40 型减速机", "l.0.quantity": "100", "l.0.unit": "C62",
        "l.0.wantedOn": day(40),
    }  # fmt: skip
    drafted = fills(buyer, "/rfqs/new", **(asked | both))
    assert drafted.status_code == 303, told(drafted)
    rfq = drafted.location.split("?")[0]
    assert "批准询价单" not in text_of(buyer, rfq) and gearworks.get(rfq).status_code == 404
    assert fills(lead, rfq, do="approve").status_code == 303
    assert fills(buyer, rfq, do="issue").status_code == 303
    react()
    assert "邀请贵公司报价" in text_of(gearworks, "/inbox") and "RFQ-P1" in text_of(gearworks, "/rfqs")
    assert f'href="{rfq}"' in text_of(gearworks, "/todo") and "RFQ-P1" in text_of(gearworks, "/inbox")

    assert fills(gearworks, rfq, do="view").status_code == 303
    assert fills(gearworks, rfq, do="ask", ask="可否分批？").status_code == 303
    question = re.search(r'value="(answer:[^"]+)"', text_of(buyer, rfq)).group(1)
    name = question.replace("answer:", "answer.")
    assert fills(buyer, rfq, do=question, **{name: "可以"}).status_code == 303
    their_page = text_of(rival, rfq).split("<main")[1]
    assert "可否分批？" in their_page and "可以" in their_page and "苏州精齿" not in their_page

    item, other = cast.gearworks.item("RV-40E"), cast.rival.item("RC-40")
    none = fills(gearworks, f"{rfq}/quote", currency="CNY", incoterm="DAP", validUntil=day(30))
    assert (none.status_code, "请至少为一行填写单价" in told(none)) == (422, True)
    wrong = fills(gearworks, f"{rfq}/quote", currency="CNY", incoterm="DAP", validUntil=day(1), **line("1200", item))
    assert (wrong.status_code, "报价有效期应不早于定标日期" in told(wrong), 'value="1200"' in told(wrong)) == (
        422,
        True,
        True,
    )
    head = {"currency": "CNY", "incoterm": "DAP", "validUntil": day(30)}
    sealed = fills(
        gearworks, f"{rfq}/quote", **head, **line("1234.5", item), **{"b.1.from.1": "100", "b.1.price.1": "1111.5"}
    )
    assert (sealed.status_code, "第 1 版已密封" in told(sealed), 'value="1234.5"' in told(sealed)) == (200, True, True)
    assert "1234.5" not in text_of(gearworks, rfq) and "1234.5" not in text_of(gearworks, f"{rfq}/quote")
    assert "已报价" in text_of(buyer, rfq) and "1234.5" not in text_of(buyer, rfq)
    assert fills(rival, f"{rfq}/quote", **(head | {"currency": "USD"}), **line("150", other)).status_code == 200

    changed = fills(
        buyer,
        f"{rfq}/edit",
        text="数量不变，延期",
        **{k: v for k, v in asked.items() if k[:2] != "nu"} | {"closesOn": day(4)},
    )
    assert changed.status_code == 303, told(changed)
    assert fills(gearworks, rfq, do="confirm").status_code == 303
    assert "还没有提交报价" not in text_of(rival, rfq)
    blank = fills(buyer, rfq, do="close", close=" ")
    assert blank.status_code == 422
    assert fills(buyer, rfq, do="close", close="已齐").status_code == 303

    assert f"{rfq}/compare" in text_of(buyer, "/todo")
    page = text_of(buyer, f"{rfq}/compare")
    assert "111,150" in page and "111150" not in page and page.count('name="share.') == 1
    offer = re.search(r'name="(share\.[^"]+)"', page).group(1)
    over = fills(buyer, f"{rfq}/compare", do="award", **{offer: "101"})
    assert (over.status_code, "不得超过询价数量" in told(over), 'value="101"' in told(over)) == (422, True, True)
    done = fills(buyer, f"{rfq}/compare", do="award", **{offer: "100"})
    assert done.status_code == 303, told(done)
    assert "RFQ-P1-1" in text_of(buyer, f"{rfq}/compare")
    assert "中标 100" in text_of(gearworks, rfq)
    lost = text_of(rival, rfq).split("<main")[1]
    assert "1111.5" not in lost and "1,111.5" not in lost and "苏州精齿" not in lost
    assert browser(cast, "sales@bearing.example").get(rfq).status_code == 404


@pytest.mark.feature("C1")
def test_a_requisition_is_written_approved_by_rule_and_turned_into_a_request(cast):
    planner, lead, buyer = (browser(cast, seat) for seat in (PLANNER, LEAD, BUYER))
    people = cast.chain_master.asks("people_page", by="lead")["people"]["nodes"]
    named = next(one["id"] for one in people if one["email"] == BUYER)
    assert "由主管审批" in text_of(planner, "/requisitions/rules")
    assert fills(lead, "/requisitions/rules", **{"r.0.approverId": named, "r.0.fromAmount": "0"}).status_code == 303
    need = {
        "number": "PR-P1", "title": "产线备件", "currency": "CNY", "l.0.number": "1", "l.0.title": "减速机", "l.0.quantity": "10",
        "l.0.unit": "C62", "l.0.unitPrice": "1000", "l.0.wantedOn": day(30),
    }  # fmt: skip
    assert fills(planner, "/requisitions/new", number="PR-P1").status_code == 422
    made = fills(planner, "/requisitions/new", **need)
    assert made.status_code == 303, told(made)
    page = made.location.split("?")[0]
    assert fills(planner, page, do="submit").status_code == 303
    assert "批准请购单" not in text_of(lead, page) and "PR-P1" in text_of(buyer, "/requisitions?mine=1")
    assert fills(buyer, page, do="approve").status_code == 303
    wrong = fills(buyer, page, do="source", rfqNumber="", closesOn=day(3), awardBy=day(9))
    assert (wrong.status_code, "请填写此项" in told(wrong)) == (422, True)
    sourced = fills(
        buyer, page, do="source", rfqNumber="RFQ-P2", incoterm="DAP", closesOn=day(3), closesAt="9:30", awardBy=day(9),
        **{f"to.{cast.gearworks.firm_id}": "1"},
    )  # fmt: skip
    assert sourced.status_code == 303, told(sourced)
    rfq = re.search(r'href="(/rfqs/[^"?]+)"', text_of(buyer, page)).group(1)
    assert "减速机" in text_of(buyer, rfq)
    assert browser(cast, GEARWORKS).get(page).status_code == 404


@pytest.mark.parametrize("size", [DESK, NARROW], ids=["desk", "phone"])
def test_the_pages_pass_axe_and_need_no_sideways_scroll(cast, open_page, axe, sideways, shoot, size):
    rfq = issues(cast.chain_master, cast.gearworks, cast.rival)
    cast.gearworks.acts("ask_rfq_question", {"rfqId": rfq["id"], "text": "可否分批？"}, by="sales")["question"]
    over = issues(cast.chain_master, cast.gearworks, cast.rival)
    bids(cast.gearworks, over, offered(cast.gearworks, "RV-40E", "1234.5", freight="20"))["quotation"]
    bids(cast.rival, over, offered(cast.rival, "RC-40", "150"), currency="USD", incoterm="EXW")["quotation"]
    now = seen(cast.chain_master, over)
    cast.chain_master.acts("close_rfq", versioned(now) | {"reason": "已齐"}, by="buyer")["rfq"]
    page = open_page("/sign-in", **size)
    page.click(f'.seat-cards button[value="{GEARWORKS}"]')
    for path in ("/rfqs", f"/rfqs/{rfq['id']}", f"/rfqs/{rfq['id']}/quote", f"/rfqs/{over['id']}"):
        page.goto(path)
        assert axe(page) == [], path
        assert sideways(page) == [], path
        shoot(
            page,
            f"sourcing {path.replace(rfq['id'], 'open').replace(over['id'], 'over')} {size['viewport']['width']}",
            whole=True,
        )
    if size is NARROW:
        page.goto(f"/rfqs/{rfq['id']}/quote")
        page.focus('[name="b.1.item"]')
        page.keyboard.type("RV-40E")
        for text in ("1200.5", "21"):
            page.keyboard.press("Tab")
            page.keyboard.type(text)
        page.fill('[name="validUntil"]', day(60))
        page.press('[name="b.1.days"]', "Enter")
        page.wait_for_selector('[role="status"]')
        assert "已密封" in page.text_content('[role="status"]')
        return
    page = open_page("/sign-in", **size)
    page.click(f'.seat-cards button[value="{BUYER}"]')
    for path in ("/rfqs?side=own", "/rfqs/new", f"/rfqs/{rfq['id']}/edit", f"/rfqs/{over['id']}/compare", "/requisitions",
                 "/requisitions/new", "/requisitions/rules"):  # fmt: skip
        page.goto(path)
        assert axe(page) == [], path
        assert sideways(page) == [], path
