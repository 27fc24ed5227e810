"""The link inbox, asked without a browser: what waits, what is answered, what a rival learns."""

import re

import pytest

from chain.links.decisions import WEIGHTS
from seeds.cast import GEARWORKS, LONGTENG, RIVAL, credit_code
from tests.pages.records.reading import MADE_UP, facts, words

pytestmark = pytest.mark.feature("A7")
BUYER, SUPPLIER, RIVALS, CITY = (
    "buyer@longteng.example",
    "sales@gearworks.example",
    "sales@rival.example",
    "official@suzhou.example",
)


def waiting(html: str) -> dict[str, str]:
    """Each row that waits: its text -> the address of its confirm button."""
    rows = re.findall(r'<tr data-row id="l-.*?</tr>', html, re.S)
    return {words(row): re.findall(r'action="(/links/[^"]+/confirm)"', row)[0] for row in rows}


SENT = {"back": "list", "expectedVersion": "1"}


@pytest.fixture
def asked(visitor):
    html = visitor(BUYER).get("/links").text
    return next((text, address) for text, address in waiting(html).items() if "RV-80E" in text)


def test_what_the_other_end_declared_waits_with_its_grounds_in_words(asked):
    text, _ = asked

    assert f"{GEARWORKS} 称向本单位供货 RV-80E 精密减速机" in text
    assert "供应方申报 1 次，最近" in text and "40%" in text
    assert "未指明 → 未指明" in text


def test_a_link_is_confirmed_at_one_click_and_leaves_the_list(visitor, asked):
    buyer, (_, address) = visitor(BUYER), asked

    sent = buyer.post(address, data=SENT)

    assert (sent.status_code, sent.location) == (303, "/links?done=confirm")
    html = buyer.get("/links?done=confirm").text
    assert not [text for text in waiting(html) if "RV-80E" in text]
    assert f"{GEARWORKS} → {LONGTENG} RV-80E 精密减速机 未指明 → 未指明 双方确认" in words(html)


def test_a_link_is_disputed_with_a_reason_and_the_other_end_is_asked_to_mend_it(visitor, asked):
    buyer, address = visitor(BUYER), asked[1].replace("/confirm", "/dispute")

    refused = buyer.post(address, data=SENT | {"reason": "OTHER"})
    assert refused.status_code == 422 and "请说明哪里不对" in words(refused.text)
    buyer.post(address, data=SENT | {"reason": "NOT_OUR_ITEM", "note": "已改型"})

    html = visitor(SUPPLIER).get("/links").text
    assert "不是这个物料：已改型 等您更正" in words(html.split("h-disputed")[-1])
    link = address.split("/")[2]
    assert "更正后重新申报" in words(visitor(SUPPLIER).get(f"/links/{link}").text)


def test_a_link_answered_meanwhile_is_said_to_have_changed(visitor, asked):
    buyer, (_, address) = visitor(BUYER), asked
    buyer.post(address, data=SENT)
    before = facts()

    late = buyer.post(address.replace("/confirm", "/dispute"), data=SENT | {"reason": "NOT_OUR_ITEM"})

    assert late.status_code == 409 and "对方刚刚改过这条关系" in words(late.text)
    assert facts() == before


def test_a_proposal_to_a_code_is_told_the_same_whether_the_firm_has_joined_or_not(visitor):
    rival = visitor(RIVALS)
    item, chain = (
        re.search(rf'name="{n}"[^>]*>.*?<option value="([^"]{{22}})"', rival.get("/links").text, re.S)[1]
        for n in ("itemId", "chainId")
    )
    told = []
    for code in (credit_code(2), credit_code(9002)):  # its competitor's, and nobody's
        given = {"side": "SELLER", "code": code, "itemId": item, "chainId": chain}
        sent = rival.post("/links", data=given)
        assert (sent.status_code, sent.location) == (303, "/links?done=proposed#proposals")
        told.append(words(rival.get("/links").text.split("h-propose")[-1]).count("等待对方"))

    assert told == [told[0], told[0] + 1]
    assert f"{RIVAL} 称向本单位供货" not in words(visitor(RIVALS).get("/links").text)


def test_a_rival_finds_no_link_of_others_and_officials_find_no_page(visitor, asked):
    link = asked[1].split("/")[2]
    rival = visitor(RIVALS)

    hidden, absent = rival.get(f"/links/{link}"), rival.get(f"/links/{MADE_UP}")

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert visitor(CITY).get("/links").status_code == 404


def test_the_page_tells_the_very_weights_that_are_used(visitor):
    html = words(visitor(BUYER).get("/links").text)

    named = {"DECLARATION": "申报", "SURVEY": "调查", "ORDER": "订单", "DESPATCH": "发货", "RECEIPT": "收货"}
    for kind, weight in WEIGHTS.items():
        assert f"{named[kind.name]} {weight.trust:.0%}、{weight.half_life_days} 天" in html
