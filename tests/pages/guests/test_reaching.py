"""An order to a firm that has not joined, by the forms: written down, sent with a link, taken over once it is here."""

import re

import pytest

from tests.pages.desks import Desk
from tests.pages.guests.test_guests import CONTACT, codes, come_in, form_of
from tests.scenarios.players import day
from tests.scenarios.test_joining import filled_in, invited
from tests.scenarios.test_reaching import WRITTEN, confirmed

pytestmark = [pytest.mark.feature("A1"), pytest.mark.feature("A4")]


def test_the_order_form_offers_the_link_refuses_without_and_tells_its_address_once(house):
    app, cast, folder = house
    buyer = Desk(app.test_client(), cast.chain_master.who("buyer"))
    assert 'href="/orders/by-link"' in buyer.main("/orders/new")

    wrong = buyer.sends("/orders/by-link", "/orders/by-link", **WRITTEN | {"code": "123"})
    here = buyer.sends("/orders/by-link", "/orders/by-link", **WRITTEN).headers["Location"]
    assert (wrong.status_code, "18 位校验不通过" in wrong.text) == (422, True)
    stage = re.search(r'<option value="([\w-]{22})"', buyer.main(here))[1]
    buyer.sends(here, here, number="YG-63", name="液压缸", unit="C62", stageId=stage)
    form = f"/orders/new?seller={here.rsplit('/')[-1]}"
    shown = buyer.main(form)
    item = re.search(r'<option value="([\w-]{22})"[^>]*>YG-63', shown)[1]
    filled = {
        "number": "PO-1", "currency": "CNY", "line.0": "10", "item.0": item, "quantity.0": "4", "price.0": "99.5",
        "day.0": day(20),
    }  # fmt: skip
    link = {"contact": CONTACT, "channel": "MAIL", "days": "7"}

    without = buyer.sends(form, "/orders/new", **filled)
    empty = buyer.sends(form, "/orders/new", **filled | link | {"contact": ""})
    long = buyer.sends(form, "/orders/new", **filled | link | {"days": "15"})
    placed = buyer.sends(form, "/orders/new", **filled | link)

    assert "订单须附签名链接" in shown
    assert (without.status_code, "只能以附签名链接的订单往来" in without.text) == (403, True)
    assert (empty.status_code, long.status_code, placed.status_code) == (422, 422, 200)
    url = re.search(r"/guest/[^<\s]+", placed.text)[0]
    guest, page = come_in(app, url, folder)
    assert codes(folder)[-1][0] == CONTACT
    assert guest.post(f"{page}/answer", data=form_of(guest.get(page).text) | {"send": "rest"}).status_code == 303
    assert "已确认" in buyer.main(page)
    assert url not in buyer.get(f"{page}/guests").text
    assert guest.get("/orders/by-link").headers["Location"] == page


def test_who_has_joined_takes_the_orders_over_by_one_button(house):
    app, cast, _ = house
    buyer = cast.chain_master
    firm = buyer.acts("reach_firm", WRITTEN, by="buyer")["firm"]["id"]
    clerk, number = invited(cast, by=(cast.operator, "any"))
    filled_in(clerk, number)
    confirmed(cast, clerk, number)
    desk, rival = (Desk(app.test_client(), player.who("sales")) for player in (clerk, cast.rival))
    offered = desk.main("/orders/by-link")
    (button,) = re.findall(r'action="(/orders/by-link/[^"]+/take-over)"', offered)
    strangers = rival.post(button, {}, opened="/orders/by-link")
    taken = desk.sends("/orders/by-link", button)

    assert buyer.asks("viewer")["viewer"]["firm"]["name"] in offered
    assert strangers.status_code == 404
    assert rival.get(f"/orders/by-link/{firm}").status_code == 404
    assert taken.status_code == 303
    assert button not in desk.main("/orders/by-link")
