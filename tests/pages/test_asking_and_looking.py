"""Data requests, one's own name, view-as and the access ledger as people use them."""

import csv
import io
import re

import pytest

from kernel.accounts.verbs import take_seat
from kernel.cells import inert
from kernel.work import unit_of_work
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, day
from tests.scenarios.reactions import react
from web.app import create_app

CLERK, BUYER, BEARING = "sales@gearworks.example", "buyer@longteng.example", "sales@bearing.example"


@pytest.fixture
def cast(settings, seated):
    made = Cast(Api(create_app(settings).test_client()))
    react()
    return made


def browser(cast, seat):
    client = cast.api.client.application.test_client()
    with unit_of_work() as work:
        token, _ = take_seat(work, email=seat)
    client.set_cookie("chainmaster", token)
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def seal(text):
    """The hidden fields of the first form that changes something."""
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', text[text.index('name="key"') - 200 :]).group(1)
        for name in ("token", "key")
    }


def sends(client, page, **fields):
    answer = client.get(page)
    text = answer.get_data(as_text=True)
    version = re.search(r'name="version" value="(\d+)"', text)
    given = (
        seal(text)
        | ({"version": version.group(1)} if version else {})
        | {k.replace("__", "."): v for k, v in fields.items()}
    )
    return client.post(page, data=given)


@pytest.mark.feature("B4")
def test_a_clerk_asks_an_alias_and_its_clerk_answers(cast):
    (link,) = [link for link in cast.chain_master.links() if link["disclosed"]]
    buyer, bearing = browser(cast, BUYER), browser(cast, BEARING)

    empty = sends(buyer, "/requests/new", to="", item="", reason="")
    assert (empty.status_code, empty.get_data(as_text=True).count("请填写此项")) == (422, 6)
    sent = sends(
        buyer, "/requests/new", to=link["supplierAlias"], item="轴承", reason="停产通知 12 号", kind__STOCK="1",
        kind__IDENTITY="1", endsOn=day(10),
    )  # fmt: skip
    assert sent.status_code == 303
    assert link["supplierAlias"] in buyer.get("/requests?side=asked").get_data(as_text=True)

    listed = bearing.get("/requests").get_data(as_text=True)
    assert "未具名" in listed and "龙腾" not in re.sub(r"(?s)<aside.*?</aside>|<div class=\"seats.*?</div>", "", listed)
    page = re.search(r'href="(/requests/[\w-]{22})"', listed).group(1)
    wrong = sends(bearing, page, do="approve", value__STOCK="很多", unit__STOCK="C62")
    assert (wrong.status_code, "请填写数字" in wrong.get_data(as_text=True)) == (422, True)
    assert sends(bearing, page, do="approve", value__STOCK="1,200", unit__STOCK="C62").status_code == 303

    told = buyer.get(sent.location).get_data(as_text=True)
    assert "1,200 个" in told and "常州恒轴轴承有限公司" in told

    names = bearing.get("/requests/names").get_data(as_text=True)
    conceal = re.search(r'action="(/requests/names/[\w-]{22}/conceal)"', names).group(1)
    assert bearing.post(conceal, data=seal(names)).status_code == 303
    assert "常州恒轴轴承有限公司" not in buyer.get(sent.location).get_data(as_text=True)
    assert sends(bearing, page, do="end").status_code == 303
    assert "1,200 个" not in buyer.get(sent.location).get_data(as_text=True)


@pytest.mark.feature("B7")
def test_a_firm_looks_at_itself_through_a_partner_s_eyes_and_reads_who_looked(cast):
    clerk = browser(cast, CLERK)
    partner = cast.chain_master.firm_id
    (link,) = [link for link in cast.chain_master.links() if link["disclosed"]]

    assert f"/sharing/view-as/{partner}" in clerk.get("/sharing/view-as").get_data(as_text=True)
    seen = clerk.get(f"/sharing/view-as/{partner}").get_data(as_text=True)
    assert link["supplierAlias"] in seen and "RV-40E" in seen
    assert clerk.get("/sharing/view-as/officials").status_code == 200
    assert clerk.get(f"/sharing/view-as/{cast.gearworks.firm_id}").status_code == 404
    assert browser(cast, "official@jiangsu.example").get("/sharing/view-as").status_code == 404

    read = clerk.get("/sharing/ledger").get_data(as_text=True)
    assert read.count("公开的上游供应关系") == 1 and "采购" in read
    assert "公开的上游供应关系" not in clerk.get(f"/sharing/ledger?since={day(1)}").get_data(as_text=True)
    head, row = csv.reader(io.StringIO(clerk.get("/sharing/ledger.csv").get_data(as_text=True).lstrip("\ufeff")))
    assert (len(head), row[1], row[3], row[6]) == (8, "龙腾智能装备(南京)有限公司", "公开的上游供应关系", "1")


def test_no_cell_of_the_file_is_a_formula():
    assert [inert(cell) for cell in ("=1+1", "＝1", "-2", "@x", "常州")] == ["'=1+1", "'＝1", "'-2", "'@x", "常州"]
