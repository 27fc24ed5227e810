"""The page of tolerances: tried on past answers by the buyer's people, then set, then read by both."""

from tests.pages.slice.plant import BUYER, GEARWORKS, PLANNER, RIVAL, SELLER

LEAD = "lead@longteng.example"


def figures(trade, **given):
    return {"scope": "", "daysLate": "9", "days": "365", "valueCurrency": "CNY"} | given


def scope_of(page):
    return page.split(f"{GEARWORKS} · 全部物料")[0].rsplit('value="', 1)[1].split('"')[0]


def test_a_tolerance_is_tried_with_its_risks_opened_and_then_adopted(desk, trade):
    trade.tolerates(days_late=1)
    first = trade.places("PO-1", ("RV-40E", 40, "2680", [12]), ("HD-25", 10, "1380", [14]))
    trade.offers_later(first, 13, 20)
    buyer, lead = desk(BUYER), desk(LEAD)
    buyer.post(f"/orders/{first}/decide", {"version": "2", "d.20": "REFUSE"})
    scope = scope_of(buyer.get("/tolerances").text)

    tried = buyer.post("/tolerances", figures(trade, scope=scope, do="replay"))
    whole = lead.post("/tolerances", figures(trade, daysLate="3", do="replay"))

    assert tried.status_code == whole.status_code == 200
    shares, risks = (tried.text.split(f'id="{name}"')[1].split("</table>")[0] for name in ("shares", "risks"))
    assert [share in shares for share in ("1 / 2", "2 / 2", "50%", "100%")] == [True] * 4
    assert f"/orders/{first}#line-20" in risks and "当时采购方未接受" in risks and "承诺比需求日期晚 6 天" in risks
    assert "1 / 2" in whole.text.split('id="shares"')[1] and "2 / 2" not in whole.text
    assert "没有与要求不同的答复" in buyer.post("/tolerances", figures(trade, daysLate="3", do="replay", days="1", scope=scope_of(
        buyer.get("/tolerances").text.replace(GEARWORKS, "x").replace("无锡锐驰减速机有限公司", GEARWORKS)
    ))).text  # fmt: skip
    assert "晚 1 天" in buyer.get("/tolerances").text  # nothing of it was kept

    for wrong, field in (
        ({"pricePercent": "101", "do": "replay"}, "pricePercent"), ({"days": "0", "do": "replay"}, "days"),
        ({"valueLimit": "-1"}, "valueLimit"), ({"valueLimit": "5", "valueCurrency": "XXQ"}, "valueCurrency"),
        ({"decideWithinHours": "5"}, "defaultDecision"), ({"defaultDecision": "REFUSE"}, "decideWithinHours"),
        ({"scope": ""}, "scope"),
    ):  # fmt: skip
        refused = buyer.post("/tolerances", figures(trade, scope=scope) | wrong)
        assert (refused.status_code, f'href="#f-{field}"' in refused.text) == (422, True), wrong
    extra = {"isOverUnlimited": "1", "valueLimit": "50000", "decideWithinHours": "48", "defaultDecision": "REFUSE"}
    assert lead.post("/tolerances", figures(trade, scope=scope)).status_code == 403
    assert buyer.post("/tolerances", figures(trade, scope=scope, **extra)).status_code == 303
    for email in (BUYER, SELLER):
        seen = desk(email).get("/tolerances").text
        assert [one in seen for one in ("晚 9 天", "多不限", "50,000", "48 小时后视为不接受")] == [True] * 4
    assert "50,000" not in desk(RIVAL).get("/tolerances").text
    assert 'value="replay"' not in desk(PLANNER).get("/tolerances").text
