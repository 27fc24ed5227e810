"""Further rounds, auctions and joint purchasing as people work with them: forms by hand, and a walk in a browser."""

import re

import pytest

from kernel import clock
from seeds.cast import BEARING
from tests.pages.conftest import DESK, PHONE
from tests.pages.sourcing.test_sourcing_pages import BUYER, GEARWORKS, LEAD, RIVAL, fills, line, text_of, told
from tests.pages.test_asking_and_looking import browser
from tests.scenarios.players import day
from tests.scenarios.pooling import all_buy_bearings, bid_comes, joins, opens_pool, window_ends
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, instant, issues, offered, seen, time_comes, versioned

NARROW = PHONE | {"viewport": {"width": 360, "height": 740}}
DEALER = "dealer@yangtze.example"
ONE_LINE = [{"number": 1, "title": "40 型减速机", "quantity": "100", "unit": "C62", "wantedOn": day(40)}]


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def closed(cast):
    rfq = issues(cast.chain_master, cast.gearworks, cast.rival, lines=ONE_LINE)
    bids(cast.gearworks, rfq, offered(cast.gearworks, "RV-40E", "1300.00"))["quotation"]
    bids(cast.rival, rfq, offered(cast.rival, "RC-40", "1310.00"))["quotation"]
    time_comes(rfq)
    return seen(cast.chain_master, rfq)


@pytest.mark.feature("C3")
def test_a_buyer_opens_an_auction_and_bidders_follow_it_on_their_page(cast):
    rfq = closed(cast)
    buyer, gearworks, rival = (browser(cast, seat) for seat in (BUYER, GEARWORKS, RIVAL))
    page = f"/rfqs/{rfq['id']}"
    assert "开启新一轮报价" in text_of(buyer, page) and gearworks.get(f"{page}/round").status_code == 404
    both = {f"to.{one.firm_id}": "1" for one in (cast.gearworks, cast.rival)}
    said = both | {"visibility": "RANK", "closesOn": day(3), "closesAt": "17:00", "awardBy": day(9), "note": "请降价"}
    wrong = fills(buyer, f"{page}/round", **said)
    assert (wrong.status_code, told(wrong).count("请填写此项")) == (422, 4)  # reason and step, each also on top
    short = fills(
        buyer, f"{page}/round", reason="OTHER", step="100", **(said | {f"to.{cast.rival.firm_id}": "1"} | {"note": ""})
    )
    assert short.status_code == 422
    one_alone = {name: value for name, value in said.items() if name != f"to.{cast.rival.firm_id}"}
    left = fills(buyer, f"{page}/round", reason="PRICES_TOO_HIGH", step="100", **one_alone)
    assert (left.status_code, told(left).count('href="#f-leftOut"')) == (422, 1)
    opened = fills(buyer, f"{page}/round", reason="PRICES_TOO_HIGH", step="100", minutes="5", times="3", **said)
    assert opened.status_code == 303, [opened.status_code, *re.findall(r"<li>.*</li>", told(opened))]
    react()

    assert "采购方开启新一轮报价" in text_of(gearworks, "/inbox")
    listed = text_of(gearworks, "/rfqs?side=invited").split("<tbody>")[1]
    assert "反向拍卖" in listed and listed.index("第 2 轮") < listed.index('data-head="我方"')
    part = text_of(gearworks, f"{page}/auction")
    assert "第 1 名" in part and "最多 3 次" in part and "hx-get" in part and "锐驰" not in part
    assert "不能撤回" in text_of(rival, f"{page}/quote") and "撤回报价" not in text_of(rival, page)
    item = cast.rival.item("RC-40")
    high = fills(rival, f"{page}/quote", currency="CNY", incoterm="DAP", validUntil=day(60), **line("1309.50", item))
    assert high.status_code == 422 and "总额须不高于 130900" in told(high)
    low = fills(rival, f"{page}/quote", currency="CNY", incoterm="DAP", validUntil=day(60), **line("1299.00", item))
    assert low.status_code == 200 and "已参与拍卖" in told(low)
    assert "第 2 名" in text_of(gearworks, f"{page}/auction")
    shown = text_of(buyer, f"{page}/auction")
    assert (
        "本单位名次" not in shown
        and "有报价的供应商</dt><dd>2" in shown
        and "129900" not in shown
        and "129,900" not in shown
    )
    assert "hx-get" not in text_of(browser(cast, LEAD), "/rfqs?side=own")
    assert "以前各轮的报价" in text_of(buyer, page) and "新一轮报价正在进行" in text_of(buyer, f"{page}/compare")

    time_comes(seen(cast.chain_master, rfq))
    buyer, rival = browser(cast, BUYER), browser(cast, RIVAL)  # sessions are long over
    over = text_of(rival, page)
    assert "第 1 名" in over and f'hx-get="{page}/auction"' not in over
    assert "第 2 轮" in over and "报价高于可承受水平" in over and "请降价" in over
    compared = text_of(buyer, f"{page}/compare").split("<main")[1]
    assert "新一轮报价正在进行" not in compared
    assert compared.index("锐驰") < compared.index("精齿")


@pytest.mark.feature("C2")
def test_a_pool_is_opened_joined_asked_for_shared_out_and_ordered_on_pages(cast, seated):
    all_buy_bearings(seated)
    buyer, lead, gearworks, rival, dealer = (browser(cast, seat) for seat in (BUYER, LEAD, GEARWORKS, RIVAL, DEALER))
    members = {f"to.{one.firm_id}": "1" for one in (cast.gearworks, cast.rival, cast.dealer)}
    said = {
        "number": "JC-P1", "title": "交叉滚子轴承", "unit": "C62", "currency": "CNY", "incoterm": "DAP", "rule": "PRO_RATA",
        "shareStep": "1", "wantedOn": day(60), "closesOn": day(3), "closesAt": "17:00", "tiers": "20，100",
    }  # fmt: skip
    few = fills(buyer, "/pools/new", **said)
    assert few.status_code == 422 and "请邀请 3 至 200 家" in told(few)
    made = fills(buyer, "/pools/new", **(said | members))
    assert made.status_code == 303, told(made)
    react()
    page = made.location.split("?")[0]
    assert "邀请贵公司参加联合采购" in text_of(gearworks, "/inbox") and "JC-P1" in text_of(gearworks, "/pools")
    assert fills(gearworks, page, do="join", quantity="x").status_code == 422
    for client, quantity in ((gearworks, "30"), (rival, "40"), (dealer, "20")):
        assert fills(client, page, do="join", quantity=quantity, baselinePrice="100").status_code == 303
    theirs = text_of(rival, page).split("<main")[1]
    assert "精齿" not in theirs and "合计（组织方）" not in theirs
    mine = text_of(buyer, page).split("<main")[1]
    assert "3 家" in mine and "截止后告知" in mine and "其他成员合计已达 20" in mine

    pool = cast.chain_master.asks("pool_page", id=page.rsplit("/", 1)[1])["pool"]
    window_ends(pool)
    buyer, lead = browser(cast, BUYER), browser(cast, LEAD)  # sessions are long over
    assert "90" in text_of(buyer, page).split("需求合计")[1][:80]
    supplier = {f"to.{cast.bearing.firm_id}": "1"}
    asked = {"do": "source", "rfqNumber": "RFQ-JC1", "closesOn": day(5), "closesAt": "17:00", "awardBy": day(9)}
    assert fills(buyer, page, **asked).status_code == 303  # a draft may name its suppliers later
    rfq = cast.chain_master.asks("pool_page", id=pool["id"])["pool"]["rfq"]
    draft = fills(buyer, f"/rfqs/{rfq['id']}/edit", **(_as_shown(text_of(buyer, f"/rfqs/{rfq['id']}/edit")) | supplier))
    assert draft.status_code == 303, told(draft)
    assert fills(lead, f"/rfqs/{rfq['id']}", do="approve").status_code == 303
    assert fills(buyer, f"/rfqs/{rfq['id']}", do="issue").status_code == 303
    bid_comes(cast.bearing, seen(cast.chain_master, rfq), ("0", "95.00"))
    buyer, gearworks = browser(cast, BUYER), browser(cast, GEARWORKS)
    assert "请在联合采购页面定标" in text_of(buyer, f"/rfqs/{rfq['id']}/compare")
    offer = re.search(r'<option value="([^"]+)">[^<]*恒轴', text_of(buyer, page)).group(1)
    assert fills(buyer, page, do="award", offer=offer).status_code == 303
    react()
    own = text_of(gearworks, page)
    assert "联合采购已分配，请下单" in text_of(gearworks, "/inbox") and "150" in own.split("节省")[1][:60]
    assert "450" in text_of(buyer, page).split("节省合计")[1][:60]
    placed = fills(gearworks, page, do="order", orderNumber="PO-JC1")
    assert placed.status_code == 303 and "PO-JC1" in text_of(gearworks, page)
    assert "PO-JC1" not in text_of(buyer, page) and BEARING[:4] in text_of(gearworks, page)


def _as_shown(text):
    """What the fields of a form hold, as it is shown."""
    inputs = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', text))
    chosen = dict(re.findall(r'<select[^>]* name="([^"]+)".*?<option value="([^"]*)" selected', text, re.S))
    return {name: value for name, value in (inputs | chosen).items() if not name.startswith(("to.", "csrf"))}


@pytest.mark.parametrize("size", [DESK, NARROW], ids=["desk", "phone"])
def test_the_pages_of_rounds_and_pools_pass_axe_and_need_no_sideways_scroll(
    cast, open_page, axe, sideways, shoot, size
):
    again = closed(cast)
    rfq = closed(cast)
    said = {"visibility": "BEST_PRICE", "closesAt": instant(hours=9), "reason": "PRICES_TOO_HIGH", "leastStep": "10",
            "awardBy": day(20), "extensionMinutes": 5, "mostExtensions": 3}  # fmt: skip
    auction = cast.chain_master.acts("open_rfq_round", versioned(rfq) | said, by="buyer")["rfq"]
    bids(cast.rival, auction, offered(cast.rival, "RC-40", "1290.00"))["quotation"]
    pool = opens_pool(cast.chain_master, cast.gearworks, cast.rival, cast.dealer, closesAt=instant(hours=9))["pool"]
    joins(cast.gearworks, pool, "30", "100.00")["membership"]
    for seat, paths in (
        (GEARWORKS, (f"/rfqs/{rfq['id']}", f"/rfqs/{rfq['id']}/quote", "/pools", f"/pools/{pool['id']}")),
        (BUYER, (f"/rfqs/{rfq['id']}", f"/rfqs/{again['id']}/round", f"/pools/{pool['id']}", "/pools/new")),
    ):
        page = open_page("/sign-in", **size)
        page.click(f'.seat-cards button[value="{seat}"]')
        for path in paths:
            page.goto(path)
            assert axe(page) == [], path
            assert sideways(page) == [], path
            name = path.replace(rfq["id"], "auction").replace(again["id"], "closed").replace(pool["id"], "pool")
            shoot(page, f"rounds {seat[:5]} {name} {size['viewport']['width']}", whole=True)
    page = open_page("/sign-in", **size)
    page.click(f'.seat-cards button[value="{GEARWORKS}"]')
    page.goto(f"/rfqs/{rfq['id']}")
    assert "129,000" in page.text_content("#auction")
    bids(cast.rival, auction, offered(cast.rival, "RC-40", "1280.00"))["quotation"]
    page.wait_for_selector("#auction:has-text('128,000')", timeout=10_000)
