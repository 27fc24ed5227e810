"""Framework agreements and releases as a buyer, its lead and a supplier's clerk work with them: forms, refusals, figures."""

import re

import pytest

from tests.pages.conftest import DESK
from tests.pages.sourcing.test_sourcing_pages import NARROW, fills, text_of, told
from tests.pages.test_asking_and_looking import browser
from tests.scenarios.frameworks import agreed_line, agrees, amends, calls_off, indexed, now
from tests.scenarios.players import day
from tests.scenarios.reactions import react

BUYER, LEAD = "buyer@longteng.example", "lead@longteng.example"
GEARWORKS, RIVAL = "sales@gearworks.example", "sales@rival.example"


@pytest.mark.feature("C6")
def test_a_framework_is_drafted_approved_agreed_amended_and_called_off_on_its_pages(cast):
    buyer, lead, gearworks, rival = (browser(cast, seat) for seat in (BUYER, LEAD, GEARWORKS, RIVAL))
    seller, item = cast.gearworks.firm_id, cast.chain_master.item("RV-40E")
    assert seller in text_of(buyer, "/frameworks/new")
    form = f"/frameworks/new?seller={seller}"
    empty = fills(buyer, form, sent_to="/frameworks/new", sellerId=seller)
    assert (empty.status_code, told(empty).count("请填写此项") >= 4) == (422, True)
    said = {
        "sellerId": seller, "number": "FA-P1", "currency": "CNY", "validFrom": day(0), "validUntil": day(300),
        "l.0.itemId": item, "l.0.quantityCap": "100", "l.0.price.0": "250", "l.0.index.name": "CSPI", "l.0.index.baseIndex": "110.5",
        "l.0.index.weightPercent": "40", "l.0.index.priceDecimals": "2",
    }  # fmt: skip
    wrong = fills(buyer, form, sent_to="/frameworks/new", **(said | {"l.0.index.weightPercent": "140"}))
    assert (wrong.status_code, "比重应大于 0 且不超过 100" in told(wrong), 'value="140"' in told(wrong)) == (
        422,
        True,
        True,
    )
    drafted = fills(buyer, form, sent_to="/frameworks/new", **said)
    assert drafted.status_code == 303, told(drafted)
    page = drafted.location.split("?")[0]
    assert gearworks.get(page).status_code == 404 and 'value="110.5"' in text_of(buyer, f"{page}/edit")
    assert fills(buyer, page, do="submit").status_code == 303
    assert "批准框架协议" not in text_of(buyer, page)
    assert fills(lead, page, do="approve").status_code == 303
    react()
    assert "采购方提出框架协议" in text_of(gearworks, "/inbox")
    assert "本单位审批" in text_of(buyer, page) and "本单位审批" not in text_of(gearworks, page)
    assert fills(gearworks, page, do="decline", decline=" ").status_code == 422
    assert fills(gearworks, page, do="accept").status_code == 303
    assert rival.get(page).status_code == 404 and "FA-P1" not in text_of(rival, "/frameworks")
    assert "FA-P1" in text_of(gearworks, "/frameworks")

    over = {"number": "CO-P1", "l.0.quantity.0": "60", "l.0.on.0": day(9), "l.0.quantity.1": "41", "l.0.on.1": day(30)}
    refused = fills(buyer, f"{page}/call-off", **over)
    assert (refused.status_code, "尚余 100 C62，本次为 101 C62" in told(refused), 'value="41"' in told(refused)) == (
        422,
        True,
        True,
    )
    placed = fills(buyer, f"{page}/call-off", **(over | {"l.0.quantity.1": "30"}))
    assert placed.status_code == 303, told(placed)
    order = text_of(gearworks, placed.location)
    assert f'href="{page}"' in order and "FA-P1" in order
    assert "按框架协议要货" in text_of(buyer, placed.location.split("?")[0] + "/history")

    index = {
        "l.0.priceFrom": day(3),
        "l.0.index.value": "118.9",
        "l.0.index.on": day(0),
        "l.0.index.source": "CSPI 月报",
    }
    late = fills(gearworks, f"{page}/amend", **(index | {"l.0.priceFrom": day(-1)}))
    assert (late.status_code, "价格自双方同意之日起或以后生效" in told(late)) == (422, True)
    assert fills(gearworks, f"{page}/amend", **index).status_code == 303
    assert "变更待我方答复" in text_of(buyer, "/frameworks?side=own") and "变更待对方答复" in text_of(
        gearworks, "/frameworks"
    )
    shown = text_of(buyer, page)
    assert "系数 = (1 − 40%) + 40% × 118.9 ÷ 110.5 = 1.030407" in shown and "257.60" in shown
    accept = re.search(r'value="(accept-amendment:[^"]+)"', text_of(lead, page)).group(1)
    assert "accept-amendment" not in shown  # it lets more be spent than was approved: the lead's word
    assert fills(lead, page, do=accept).status_code == 303
    assert f"自 {day(3)} 起" in text_of(gearworks, page) and "90%" in text_of(gearworks, page)
    file = buyer.get(f"{page}/usage.xlsx")
    assert (file.status_code, file.data[:2], "FA-P1" in file.headers["Content-Disposition"]) == (200, b"PK", True)
    assert rival.get(f"{page}/usage.xlsx").status_code == 404
    assert fills(buyer, page, do="end", end="停产").status_code == 303
    assert "已终止" in text_of(gearworks, page)


@pytest.mark.feature("C7")
def test_releases_are_published_acknowledged_objected_to_and_compared_on_their_page(cast):
    buyer, gearworks, rival = (browser(cast, seat) for seat in (BUYER, GEARWORKS, RIVAL))
    framework = agrees(cast.chain_master, cast.gearworks, agreed_line(cast.chain_master))
    base = f"/frameworks/{framework['id']}"
    line = now(cast.chain_master, framework)["lines"][0]["id"]
    few = fills(buyer, base, do="schedule", lineId=line, scheduleNumber="", noticeDays="3")
    assert (few.status_code, "计划协议编号" in told(few)) == (422, True)
    made = fills(buyer, base, do="schedule", lineId=line, scheduleNumber="SA-P1", noticeDays="3")
    assert made.status_code == 303, told(made)
    page = made.location.split("?")[0]
    asked = text_of(gearworks, page).split("<main")[1]
    assert (
        asked.index("今天的价格") < asked.index("同意计划协议") and "重新计算" not in asked and "累计要货" not in asked
    )
    listed = text_of(gearworks, "/todo")
    assert f'href="{page}"' in listed and "答复计划协议" in listed and "SA-P1" in listed
    assert fills(gearworks, page, do="accept").status_code == 303
    assert "SA-P1" not in text_of(gearworks, "/todo")
    rows = {"number": "1", "b.0.startsOn": day(10), "b.0.period": "DAY", "b.0.zone": "FIRM", "b.0.quantity": "20",
            "b.1.startsOn": day(40), "b.1.period": "DAY", "b.1.zone": "FORECAST", "b.1.quantity": "70"}  # fmt: skip
    early = fills(buyer, f"{page}/publish", **(rows | {"b.0.startsOn": day(1)}))
    assert (early.status_code, "协议约定提前 3 天" in told(early)) == (422, True)
    assert fills(buyer, f"{page}/publish", **rows).status_code == 303
    react()
    assert "采购方发布了新的要货计划" in text_of(gearworks, "/inbox") and "SA-P1-1" in text_of(gearworks, page)
    acknowledge = re.search(r'value="(acknowledge:[^"]+)"', text_of(gearworks, page)).group(1)
    assert fills(gearworks, page, do=acknowledge, note="收到").status_code == 303
    prefilled = text_of(buyer, f"{page}/publish")
    assert 'value="20"' in prefilled and 'name="number" value="2"' in prefilled
    cut = fills(buyer, f"{page}/publish", **(rows | {"number": "2", "b.0.quantity": "19"}))
    assert (cut.status_code, "确定区数量已冻结" in told(cut)) == (422, True)
    assert fills(buyer, f"{page}/publish", **(rows | {"number": "2", "b.0.quantity": "26"})).status_code == 303
    objects = re.search(r'value="(object:[^"]+)"', text_of(gearworks, page)).group(1)
    assert fills(gearworks, page, do=objects, why="MATERIAL", note="缺轴承").status_code == 303
    text = text_of(buyer, page)
    assert "有异议" in text and "缺轴承" in text and "缺料" in text and "两版差异" in text
    assert "累计要货" in text_of(gearworks, f"{page}?on={day(10)}")
    assert rival.get(page).status_code == 404 and "SA-P1" not in text_of(rival, "/scheduling")
    assert fills(buyer, page, do="end", end="改为单独要货").status_code == 303


def traded(cast):
    """A framework with an index, in use, an amendment of the seller's open; releases under it, the newest unanswered."""
    master, gearworks = cast.chain_master, cast.gearworks
    clause = {
        "name": "CSPI 钢材综合价格指数",
        "baseIndex": "110.5",
        "weightPercent": "40",
        "mostRisePercent": "3",
        "priceDecimals": 2,
    }
    framework = agrees(
        master, gearworks, agreed_line(master, price="250", quantityCap="300", indexClause=clause),
        agreed_line(master, "RV-80E", number=2, quantityCap=None, valueCap="90000", price="500"), valueCap="150000",
    )  # fmt: skip
    placed = calls_off(master, framework, "60", "12")
    gearworks.accepts_all(placed)
    master.receives(gearworks.ships((placed, 1, "20")))["receiptAdvice"]
    amends(gearworks, framework, by="sales", lines=[indexed(framework["lines"][0], "121.4", day(5))], note="钢价上涨")[
        "amendment"
    ]
    said = {"frameworkLineId": framework["lines"][0]["id"], "number": "SA-W1", "noticeDays": 3}
    made = master.acts("propose_scheduling_agreement", said, by="buyer")["agreement"]
    of = {"agreementId": made["id"], "expectedVersion": made["version"]}
    version = gearworks.acts("accept_scheduling_agreement", of, by="sales")["agreement"]["version"]
    for number in (1, 2):
        buckets = [
            {"startsOn": day(on), "period": "DAY", "zone": zone, "quantity": str(quantity * number)}
            for on, zone, quantity in ((10, "FIRM", 20), (30, "PRODUCTION", 40), (60, "FORECAST", 80))
        ]
        told = {"agreementId": made["id"], "expectedVersion": version, "number": number, "buckets": buckets}
        version = master.acts("publish_release", told, by="buyer")["agreement"]["version"]
    return f"/frameworks/{framework['id']}", f"/scheduling/{made['id']}"


@pytest.mark.parametrize("size", [DESK, NARROW], ids=["desk", "narrow"])
def test_the_pages_pass_axe_need_no_sideways_scroll_and_a_release_is_answered_by_keyboard(
    cast, open_page, axe, sideways, shoot, size
):
    framework, schedule = traded(cast)
    drafted = f"/frameworks/new?seller={cast.gearworks.firm_id}"
    walks = {
        GEARWORKS: ["/frameworks", framework, f"{framework}/amend", "/scheduling", schedule],
        BUYER: ["/frameworks?side=own", drafted, framework, f"{framework}/call-off", schedule, f"{schedule}/publish"],
    }
    for seat, paths in walks.items():
        page = open_page("/sign-in", **size)
        page.click(f'.seat-cards button[value="{seat}"]')
        for n, path in enumerate(paths):
            page.goto(path)
            assert axe(page) == [], path
            assert sideways(page) == [], path
            shoot(page, f"frameworks {seat[:5]} {n} {size['viewport']['width']}", whole=True)
        if seat == GEARWORKS:
            page.focus('button[value^="acknowledge:"]')
            page.keyboard.press("Enter")
            page.wait_for_selector('[role="status"]')
            assert "已确认" in page.text_content('[role="status"]')
