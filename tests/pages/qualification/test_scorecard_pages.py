"""Scorecards as buyer and supplier click through them."""

import re

import pytest

from jobs.scorecards import score_what_was_due
from tests.pages.conftest import DESK, PHONE
from tests.pages.qualification.test_qualification_pages import text_of
from tests.scenarios.test_scoring import delivered

pytestmark = pytest.mark.feature("A8")
LEAD, QUALITY, GEARWORKS = "lead@longteng.example", "quality@longteng.example", "sales@gearworks.example"


@pytest.fixture
def scored(cast, after_days):
    """Three deliveries whose day has passed: one came in time."""
    _, receive = delivered(cast.chain_master, cast.gearworks)
    receive()["receiptAdvice"]
    for _ in range(2):
        delivered(cast.chain_master, cast.gearworks)
    after_days(9)
    score_what_was_due()
    return cast


def test_a_figure_opens_to_its_events_and_both_must_agree_to_leave_one_out(scored, desk):
    supplier, buyer = desk(GEARWORKS), desk(QUALITY)
    assert "33.3 %" in text_of(buyer.get("/scorecards")) and "33.3 %" in text_of(supplier.get("/scorecards"))
    card = f"/scorecards/buyers/{scored.chain_master.firm_id}?metric=OTIF_AGREED"
    action = re.search(r'action="(/scorecards/buyers/[^"]+/contest/[^"]+)"', supplier.get(card).text)[1]
    event = action.split("?")[0].rpartition("/")[2]

    assert supplier.sends(card, action, **{f"{event}.said": ""}).status_code == 422
    assert supplier.sends(card, action, **{f"{event}.said": "货已按时送达"}).status_code == 303
    own = f"/scorecards/suppliers/{scored.gearworks.firm_id}?metric=OTIF_AGREED"
    page = buyer.get(own).text
    answer = re.search(r'action="(/scorecards/suppliers/[^"]+/agree/[^"]+)"', page)[1]
    contest = answer.split("?")[0].rpartition("/")[2]
    assert "货已按时送达" in page and "货已按时送达" not in desk(LEAD).get("/scorecards").text
    refused = buyer.sends(own, answer, do="refuse", **{f"{contest}.said": " "})
    assert refused.status_code == 422 and "请写明原因" in refused.text
    assert buyer.sends(own, answer, do="agree").status_code == 303
    assert "50 %" in text_of(supplier.get(card))
    assert desk("sales@rival.example").get(own).status_code == 404


def test_a_lead_sets_weights_that_total_a_hundred_and_limits(scored, desk):
    lead = desk(LEAD)
    given = {"terms.OTIF_AGREED": "90", "terms.OTIF_ORIGINAL": "", "terms.ANSWER_HOURS": "", "terms.PROMISE_DRIFT": "",
             "terms.PPM": "5", "terms.DOCUMENTS": "", "terms.warnBelow": "50", "terms.blockBelow": "40"}  # fmt: skip

    wrong = lead.sends("/scorecards", "/scorecards/terms", **given)
    assert wrong.status_code == 422 and "合计应为 100" in wrong.text
    assert lead.sends("/scorecards", "/scorecards/terms", **given | {"terms.PPM": "1x"}).status_code == 422
    assert lead.sends("/scorecards", "/scorecards/terms", **given | {"terms.ANSWER_HOURS": "5"}).status_code == 303
    assert "停单" in text_of(lead.get("/scorecards"))
    assert "/scorecards/terms" not in desk(QUALITY).get("/scorecards").text


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_scorecards_pass_axe_and_need_no_sideways_scroll(scored, open_page, axe, size):
    page = open_page("/sign-in", **size)
    page.click(f'.seat-cards button[value="{GEARWORKS}"]')
    for path in ("/scorecards", f"/scorecards/buyers/{scored.chain_master.firm_id}"):
        page.goto(path)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
