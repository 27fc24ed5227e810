"""The inbox, people, duties and accounts, as people click through them."""

import re

import pytest

from tests.pages.conftest import DESK, PHONE
from tests.scenarios.players import day
from tests.scenarios.reactions import react
from tests.scenarios.test_financial_accounts import confirmed_account, proposes

LEAD, BUYER, GEARWORKS = "lead@longteng.example", "buyer@longteng.example", "sales@gearworks.example"
OPERATOR = "operator@chainmaster.example"


def actions(page, pattern):
    return re.findall(rf'action="({pattern})"', page)


@pytest.mark.feature("L1")
def test_one_follows_an_order_from_its_page_and_reads_what_happened_to_it(cast, desk):
    order = cast.chain_master.places_order(to=cast.gearworks)
    here, buyer = f"/orders/{order['order']['id']}", desk(BUYER)

    assert buyer.sends(here, "/follow", follow="1").headers["Location"] == here
    assert "★ 已关注" in buyer.get(here).text
    assert order["order"]["number"] in buyer.main("/inbox?view=following")
    cast.gearworks.accepts_all(order)["order"]

    page = buyer.get("/inbox")
    assert '<span aria-hidden="true">2</span>' in page.text and "供应商已答复" in page.text
    opened = buyer.sends("/inbox", actions(page.text, '/inbox/[^"]+')[0])
    assert (opened.status_code, opened.headers["Location"]) == (303, here)
    entries = re.findall(r'name="entry" value="([^"]+)"', buyer.get("/inbox").text)
    put_away = buyer.sends("/inbox", "/inbox", entry=entries, done="1")
    assert put_away.headers["Location"] == "/inbox?view=open&did=mark_done"
    assert "没有待看的消息" in buyer.main("/inbox")
    assert "供应商已答复" in buyer.main("/inbox?view=done") and 'class="count"' not in buyer.get("/inbox").text
    stray = desk("sales@rival.example")
    assert "供应商已答复" not in stray.main("/inbox?view=done")
    token = re.search(r'name="token" value="([^"]+)"', stray.get("/inbox").text)[1]
    assert stray.client.post(f"/inbox/{entries[0]}", data={"token": token}).status_code == 404
    away = {"token": token, "id": order["order"]["id"], "follow": "1", "back": "//elsewhere.example"}
    assert stray.client.post("/follow", data=away).status_code == 404


@pytest.mark.feature("M2")
def test_a_lead_invites_by_a_link_shown_once_and_gives_and_takes_roles(cast, desk):
    lead = desk(LEAD)
    person = {"new.name": "新人", "new.email": "neu@longteng.example", "new.roles": ["BUYER", "PLANNER"]}

    refused = lead.sends("/people", "/people", **person)
    assert refused.status_code == 422 and "下单人不能收货" in refused.text and 'value="新人"' in refused.text
    invited = lead.sends("/people", "/people", **person | {"new.roles": ["QUALITY"]})
    assert invited.status_code == 200
    link = re.search(r'readonly value="http://localhost(/welcome/[^"]+)"', invited.text)[1]
    assert "/welcome/" not in lead.get("/people").text
    assert desk(BUYER).client.get(link).status_code == 200
    give = actions(lead.main("/people").split("neu@longteng.example")[1], '/people/[^"]+/give')[0]
    assert lead.sends("/people", give, role="SALES").headers["Location"] == "/people?done=give"
    assert "质量" in lead.main("/people").split("neu@longteng.example")[1]
    assert lead.sends("/people", give.replace("give", "close")).headers["Location"] == "/people?done=close"
    assert "neu@longteng.example" not in lead.main("/people") and "已关闭" in lead.main("/people?closed=1")
    assert lead.client.get(link).status_code == 404
    other = desk(BUYER)
    assert actions(other.main("/people"), '/people[^"]*') == [] and "由 采购主管 管理" in other.main("/people")
    assert desk(OPERATOR).get("/people").status_code == 404


def test_the_page_of_duties_says_who_receives(cast, desk):
    row = desk(BUYER).main("/people/duties").split("登记收货</th>")[1].split("</tr>")[0]

    assert re.findall(r'quiet">([^<]+)<', row) == ["计划收货可以"]


@pytest.mark.feature("M2")
def test_an_account_is_confirmed_by_a_second_person_and_called_back_about(cast, desk):
    proposes(cast.gearworks, note="025-1234 5678")["financialAccount"]
    operator, buyer = desk(OPERATOR), desk(LEAD)
    waiting = operator.main("/accounts")
    assert "•••• 7890" in waiting and "6222" not in waiting and "中国银行" not in waiting
    (confirm,) = actions(waiting, '/accounts/[^"]+/confirm')
    assert operator.sends("/accounts", confirm).status_code == 303
    react()

    assert "未回拨核实，请勿付款" in buyer.main("/accounts") and "6222" not in buyer.main("/accounts")
    call = confirm.replace("confirm", "call")
    account = call.split("/")[2]
    said = {"outcome": "VERIFIED", "calledOn": day(0), "phone": "025-12345678", "source": "CONTRACT", "spokeTo": "周"}
    sent = {f"{account}.{name}": value for name, value in said.items()}
    refused = buyer.sends("/accounts", call, **sent)
    assert (
        refused.status_code == 422
        and "该号码来自变更申请" in refused.text
        and '<details class="hand-in" open>' in refused.text
    )
    assert buyer.sends("/accounts", call, **sent | {f"{account}.phone": "0512-66778899"}).status_code == 303
    assert "6222021102034567890" in buyer.main("/accounts") and "已回拨核实" in buyer.main("/accounts")
    assert "6222" not in desk("sales@rival.example").main("/accounts")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_pass_axe_and_need_no_sideways_scroll(cast, open_page, axe, size):
    confirmed_account(cast)
    proposes(cast.chain_master, number="32050001")["financialAccount"]
    order = cast.chain_master.places_order(to=cast.gearworks)
    cast.chain_master.acts("follow", {"id": order["order"]["id"]}, by="lead")["following"]
    cast.gearworks.acknowledges(order)["order"]
    page = open_page("/sign-in", **size)
    page.click(f'.seat-cards button[value="{LEAD}"]')
    for path in ("/inbox", "/inbox?view=following", "/people", "/people/duties", "/accounts"):
        page.goto(path)
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
