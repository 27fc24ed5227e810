"""What a bid won becomes, and questions about one bid, as buyer and bidder work with them on their pages."""

import re

import pytest

from kernel import clock
from tests.pages.conftest import DESK
from tests.pages.sourcing.test_sourcing_pages import BUYER, GEARWORKS, NARROW, RIVAL, fills, text_of, told
from tests.pages.test_asking_and_looking import browser
from tests.scenarios.players import day, fresh
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, issues, offered, seen, time_comes, versioned


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def opened(cast):
    """Both have bid for 100 pieces; the lower bid of Gearworks in steps from 10 pieces on."""
    rfq = issues(cast.chain_master, cast.gearworks, cast.rival)
    steps = [{"fromQuantity": "10", "unitPrice": "1300"}, {"fromQuantity": "80", "unitPrice": "1250"}]
    bids(cast.gearworks, rfq, offered(cast.gearworks, "RV-40E", "1", priceBreaks=steps))["quotation"]
    bids(cast.rival, rfq, offered(cast.rival, "RC-40", "1400"))["quotation"]
    time_comes(rfq)
    return seen(cast.chain_master, rfq)


@pytest.mark.feature("C3", "C5", "C6")
def test_a_bidder_answers_a_question_and_what_it_won_becomes_a_framework(cast):
    rfq = opened(cast)
    buyer, gearworks, rival = (browser(cast, seat) for seat in (BUYER, GEARWORKS, RIVAL))
    page, first = f"/rfqs/{rfq['id']}", rfq["comparison"][0]["offers"][0]
    bid, item = first["quotation"]["id"], first["offer"]["item"]["id"]
    before = text_of(rival, page)
    empty = fills(buyer, page, do="clarify", bid=bid, clarify=" ")
    assert (empty.status_code, 'href="#f-clarify"' in told(empty)) == (422, True)
    assert fills(buyer, page, do="clarify", bid=bid, clarify="报价是否含检具？").status_code == 303
    react()

    share = {"do": "award", f"share.{first['offer']['id']}": "60", f"later.{bid}": "1"}
    refused = fills(buyer, f"{page}/compare", **share)
    assert (refused.status_code, "撤回提问" in told(refused)) == (403, True)
    assert "答复后才能定标" in (shown := text_of(buyer, f"{page}/compare")) or "撤回后才能定标" in shown
    assert "答复澄清" in text_of(gearworks, "/todo") and "请答复" in text_of(gearworks, "/inbox")
    mine = text_of(gearworks, page)
    question = re.search(r'value="clarified:([^"]+)"', mine).group(1)
    assert fills(gearworks, page, do=f"clarified:{question}", **{f"clarified.{question}": "含一套"}).status_code == 303
    assert "含一套" in text_of(buyer, f"{page}/compare")
    assert "澄清" not in before and "澄清" not in text_of(rival, page)

    assert fills(buyer, f"{page}/compare", **share).status_code == 303
    react()
    assert "中标待下单" in text_of(buyer, "/todo") and "采购方稍后下订单或提出框架协议" in text_of(gearworks, page)
    agree = {"do": f"agree:{bid}", f"validFrom.{bid}": day(0), f"validUntil.{bid}": day(365), f"number.{bid}": ""}
    wrong = fills(buyer, page, **agree)
    assert (wrong.status_code, f'href="#f-number.{bid}"' in told(wrong) or "请填写此项" in told(wrong)) == (422, True)
    low = fills(buyer, page, **(agree | {f"number.{bid}": "FA-P9", f"cap.{bid}.{item}": "9"}))
    assert (low.status_code, "最小订货量为 10" in told(low)) == (422, True)
    made = fills(buyer, page, **(agree | {f"number.{bid}": fresh("FA-P"), f"cap.{bid}.{item}": "90"}))
    assert made.status_code == 303 and made.location.startswith("/frameworks/")
    framework = made.location.split("?")[0]
    draft = text_of(buyer, framework)
    assert f"询价单 {rfq['number']}" in draft and "单次不少于 10" in draft and "上限" in draft

    form = text_of(buyer, f"{framework}/edit")
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)) | {"note": "改过"}
    fields = {name: value for name, value in fields.items() if name not in ("token", "key")} | {"l.0.itemId": item}
    assert (fields["l.0.minimumQuantity"], fields["l.0.from.0"], fields["l.0.price.1"]) == ("10", "10", "1250")
    cheaper = fills(buyer, f"{framework}/edit", **(fields | {"l.0.price.1": "1200"}))
    assert (cheaper.status_code, "以报价为准" in told(cheaper)) == (422, True)
    saved = fills(buyer, f"{framework}/edit", **fields)
    assert saved.status_code == 303, re.findall(r"href=\"#f-.*</a>.*", told(saved))
    again = text_of(buyer, page)
    assert "h-become" not in again and "框架协议" in text_of(buyer, f"{page}/compare")
    assert "精齿" in again.split('id="h-awards"')[1].split("</section>")[0]


@pytest.mark.parametrize("size", [DESK, NARROW], ids=["desk", "narrow"])
def test_the_pages_between_opening_and_order_pass_axe_and_need_no_sideways_scroll(
    cast, open_page, axe, sideways, shoot, size
):
    rfq = opened(cast)
    master, first = cast.chain_master, rfq["comparison"][0]["offers"][0]
    bid = {"quotationId": first["quotation"]["id"]}
    for text in ("报价是否含检具与运输木箱？请说明随货清单。", "能否分两批交货？"):
        asked = master.acts("ask_clarification", bid | {"text": text}, by="buyer")["clarification"]
    page = f"/rfqs/{rfq['id']}"
    _walked(
        open_page, axe, sideways, shoot, size, "asked", ((GEARWORKS, page), (BUYER, page), (BUYER, f"{page}/compare"))
    )
    for one in seen(master, rfq)["clarifications"]:
        cast.gearworks.acts("answer_clarification", {"clarificationId": one["id"], "answer": "含，一套。"}, by="sales")
    assert asked["id"]
    share = {"quotationLineId": first["offer"]["id"], "quantity": "60"}
    said = versioned(seen(master, rfq)) | {"shares": [share], "orders": [bid | {"later": True}]}
    master.acts("award_rfq", said, by="buyer")["rfq"]
    _walked(open_page, axe, sideways, shoot, size, "waits", ((GEARWORKS, page), (BUYER, page), (BUYER, "/rfqs/new")))
    days = {"number": fresh("FA"), "validFrom": day(0), "validUntil": day(365)}
    made = master.acts("draft_framework_from_award", bid | days, by="buyer")["framework"]
    at = f"/frameworks/{made['id']}"
    _walked(open_page, axe, sideways, shoot, size, "became", ((BUYER, at), (BUYER, f"{at}/edit")))


def _walked(open_page, axe, sideways, shoot, size, when, pages):
    """pages: (seat, path) each, looked at as they open and with all that unfolds."""
    for n, (seat, path) in enumerate(pages):
        page = open_page("/sign-in", **size)
        page.click(f'.seat-cards button[value="{seat}"]')
        page.goto(path)
        assert axe(page) == [], path
        folded = page.locator("main details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        if size is DESK or seat == GEARWORKS:  # a buyer compares at a desk
            assert sideways(page) == [], path
        shoot(page, f"award {when} {n} {seat[:5]} {size['viewport']['width']}", whole=True)
