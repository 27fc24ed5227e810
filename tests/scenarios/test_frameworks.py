"""Two firms agree on items, caps and prices for a time; orders are called off under that and stay within it (C6)."""

import io
from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from jobs.frameworks import expire_frameworks
from kernel import clock
from tests.scenarios.frameworks import (
    agreed_line,
    agrees,
    amendment_of,
    amends,
    calls_off,
    drafts,
    indexed,
    now,
    of,
    priced,
    proposes,
    said,
    seen,
)
from tests.scenarios.players import day
from tests.scenarios.reactions import react

pytestmark = pytest.mark.feature("C6")


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def days_pass(days):
    clock.set_to(datetime.now(UTC) + timedelta(days=days))


def inbox(player, *, by):
    found = player.asks("inbox_page", by=by, filter={"done": False})["inbox"]["nodes"]
    told = [entry["what"] for entry in found if entry["subjectKind"] == "Framework"]
    return [what for what in told if what not in ("framework.accepted", "framework.rejected")]


def test_a_framework_binds_once_a_second_person_and_the_seller_have_agreed(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    draft = drafts(master, gearworks)["framework"]
    assert (draft["state"], draft["openVerbs"], seen(gearworks, draft)) == (
        "DRAFT", ["draftFramework", "submitFramework"], None,
    )  # fmt: skip
    waiting = master.acts("submit_framework", of(draft), by="buyer")["framework"]
    react()
    assert (seen(gearworks, draft), inbox(master, by="lead")) == (None, ["framework.to_approve"])
    assert (master.todo("lead"), master.todo(), gearworks.todo("sales")) == (["APPROVE_FRAMEWORK"], [], [])
    with nothing_changes():
        own = master.acts("approve_framework", of(waiting), by="buyer")
        assert (own.refusals, "never_own" in own.rule) == (["NOT_ALLOWED_NOW"], True)
        other = master.acts("approve_framework", of(waiting), by="planner")
        assert (other.refusals, "named_approver" in other.rule) == (["NOT_ALLOWED_NOW"], True)
    back = master.acts("reject_framework", of(waiting) | {"reason": "上限太高"}, by="lead")["framework"]
    assert (back["state"], now(master, draft)["approvals"][0]["reason"]) == ("DRAFT", "上限太高")
    again = drafts(master, gearworks, agreed_line(master, quantityCap="80"), **of(back))["framework"]
    waiting = master.acts("submit_framework", of(again), by="buyer")["framework"]
    assert master.acts("withdraw_framework", of(waiting), by="buyer")["framework"]["state"] == "DRAFT"
    waiting = master.acts("submit_framework", of(now(master, again)), by="buyer")["framework"]
    proposed = master.acts("approve_framework", of(waiting), by="lead")["framework"]
    react()
    theirs = seen(gearworks, proposed)
    assert (theirs["state"], theirs["openVerbs"], theirs["approvals"], inbox(gearworks, by="sales")) == (
        "PROPOSED", ["acceptFramework", "declineFramework"], [], ["framework.proposed"],
    )  # fmt: skip
    with nothing_changes():
        assert calls_off(master, now(master, proposed), "5").refusals == ["NOT_ALLOWED_NOW"]
        assert master.acts("accept_framework", of(proposed), by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        assert rival.acts("accept_framework", of(proposed), by="sales").refusals == ["NOT_FOUND"]
    assert (master.todo("lead"), gearworks.todo("sales"), rival.todo("sales")) == ([], ["ACCEPT_FRAMEWORK"], [])
    (owed,) = gearworks.asks("todo_page", by="sales")["todo"]["nodes"]
    assert (owed["subject"]["id"], owed["dueOn"], owed["overdue"]) == (proposed["id"], day(3), False)
    no = gearworks.acts("decline_framework", of(proposed) | {"reason": "价格过低"}, by="sales")["framework"]
    react()
    assert gearworks.todo("sales") == []
    assert (no["state"], inbox(master, by="buyer")) == ("DECLINED", ["framework.declined"])
    better = drafts(master, gearworks, agreed_line(master, price="110"), **of(now(master, no)))["framework"]
    waiting = master.acts("submit_framework", of(better), by="buyer")["framework"]
    proposed = master.acts("approve_framework", of(waiting), by="lead")["framework"]
    gearworks.acts("accept_framework", of(proposed), by="sales")["framework"]
    assert now(gearworks, proposed)["state"] == "AGREED"
    for stranger in (rival, cast.official):
        assert seen(stranger, proposed) is None
        assert stranger.asks("frameworks")["frameworks"]["totalCount"] == 0
    ended = master.acts("end_framework", of(now(master, proposed)) | {"reason": "停产"}, by="buyer")["framework"]
    assert (ended["state"], calls_off(master, now(master, ended), "5").refusals) == ("ENDED", ["NOT_ALLOWED_NOW"])


def test_a_wrong_framework_is_refused_in_one_sentence(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    step = {"fromQuantity": "0", "unitPrice": "9"}
    clause = {"name": "CSPI", "baseIndex": "100", "weightPercent": "101", "priceDecimals": 2}
    wrongs = (
        ([agreed_line(master, quantityCap=None)], {}, "lines.0.quantityCap"),
        ([agreed_line(master, quantityCap="0")], {}, "lines.0.quantityCap"),
        ([agreed_line(master, priceBreaks=[step, step])], {}, "lines.0.priceBreaks.1.fromQuantity"),
        ([agreed_line(master, priceBreaks=[step | {"fromQuantity": "1"}])], {}, "lines.0.priceBreaks.0.fromQuantity"),
        ([agreed_line(master, indexClause=clause)], {}, "lines.0.indexClause.weightPercent"),
        ([agreed_line(master), agreed_line(master, number=2)], {}, "lines.1.itemId"),
        ([agreed_line(master, "RC-40")], {}, "lines.0.itemId"),
        ([], {"validUntil": day(-1)}, "validUntil"), ([], {"currency": "ZZZ"}, "currency"),
        ([], {"sellerId": master.firm_id}, "sellerId"), ([], {"number": " "}, "number"),
    )  # fmt: skip
    with nothing_changes():
        for lines, given, field in wrongs:
            assert drafts(master, gearworks, *lines, **given).fields == [field]
        assert drafts(master, gearworks, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert master.acts(
            "draft_framework", said(master, gearworks) | {"frameworkId": master.firm_id}, by="buyer"
        ).refusals == ["NOT_FOUND"]


def test_a_call_off_takes_the_frameworks_price_and_no_act_takes_it_over_a_cap(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    steps = [{"fromQuantity": "0", "unitPrice": "100"}, {"fromQuantity": "50", "unitPrice": "90.5"}]
    framework = agrees(
        master, gearworks, agreed_line(master, priceBreaks=steps),
        agreed_line(master, "RV-80E", number=2, quantityCap=None, valueCap="5000", price="500"), valueCap="12000",
    )  # fmt: skip
    placed = calls_off(master, framework, "60", "4")
    first = placed["order"]
    order = gearworks.asks("order_page", number=first["number"])["order"]
    assert [(x["quantity"]["value"], x["unitPrice"]) for x in order["lines"]] == [("60", "90.5"), ("4", "500")]
    assert (order["typeCode"], order["framework"]["number"]) == ("226", framework["number"])

    with nothing_changes():
        over = calls_off(master, framework, "41")
        assert (over.refusals, over.fields, "framework.cap" in over.rule) == (["INVALID"], ["lines.0.quantity"], True)
        assert "40 C62" in over.said and "100 C62" in over.said
        value = calls_off(master, framework, "1", "7")
        assert (value.fields, "3000 CNY" in value.said) == (["lines.1.quantity"], True)
        whole = calls_off(master, framework, "40", "5")
        assert (whole.fields, "4570 CNY" in whole.said) == (["lines"], True)
        assert calls_off(gearworks, framework, "1", by="sales").refusals == ["NOT_ALLOWED_NOW"]
        said_twice = [
            {
                "lineId": framework["lines"][0]["id"],
                "quantity": "1",
                "schedules": [{"wantedOn": day(9), "quantity": "1"}],
            }
        ] * 2
        twice = {"frameworkId": framework["id"], "number": "CO-TWICE", "lines": said_twice}
        assert master.acts("call_off", twice, by="buyer").fields == ["lines.1.lineId"]
        assert calls_off(cast.rival, framework, "1").refusals == ["NOT_FOUND"]
        assert calls_off(master, framework, "1", by="planner").refusals == ["NOT_ALLOWED_NOW"]

    one = {"line": 1, "answer": "CHANGED", "reason": "OTHER"}
    with nothing_changes():
        dearer = gearworks.responds(placed, lines=[one | {"unitPrice": "91"}, {"line": 2, "answer": "ACCEPTED"}])
        assert (dearer.fields, "framework.price" in dearer.rule) == (["lines.0.unitPrice"], True)
        other = {"substituteItemId": gearworks.item("RV-80E")}
        assert gearworks.responds(placed, lines=[one | other, {"line": 2, "answer": "ACCEPTED"}]).fields == [
            "lines.0.substituteItemId"
        ]
        much = one | {"quantity": "101", "schedules": [{"promisedOn": day(20), "quantity": "101"}]}
        more = gearworks.responds(placed, lines=[much, {"line": 2, "answer": "ACCEPTED"}])
        assert (more.refusals, "framework.cap" in more.rule) == (["NOT_ALLOWED_NOW"], True)
    offered = one | {"quantity": "70", "schedules": [{"promisedOn": day(20), "quantity": "70"}]}
    gearworks.responds(placed, lines=[offered, {"line": 2, "answer": "ACCEPTED"}])["response"]
    assert (now(master, framework)["lines"][0]["called"], calls_off(master, framework, "31").fields) == (
        "70", ["lines.0.quantity"],
    )  # fmt: skip
    dear = {1: {"decision": "COUNTER", "unitPrice": "80"}}
    assert "framework.price" in master.decides(placed, dear).rule
    master.decides(placed, {1: "ACCEPT"})["order"]

    def change(quantity, **given):
        seen_now = master.sees(placed)
        line = seen_now["lines"][0]
        days = [{"scheduleId": line["schedules"][0]["id"], "quantity": quantity}]
        said = {"action": "CHANGE", "lineId": line["id"], "schedules": days} | given
        return master.acts(
            "change_order",
            {"orderId": first["id"], "expectedVersion": seen_now["version"], "lines": [said]},
            by="buyer",
        )

    with nothing_changes():
        grown = change("101")
        assert (grown.fields, "framework.cap" in grown.rule) == (["lines.0.quantity"], True)
        assert "framework.price" in change("71", unitPrice="1").rule
        added = {
            "action": "ADD",
            "number": 9,
            "itemId": master.item("HD-25"),
            "unitPrice": "1",
            "schedules": [{"wantedOn": day(9), "quantity": "1"}],
        }
        assert "framework.item" in change("71", lineId=None, **added).rule
    asked = change("100")["change"]
    calls_off(master, framework, "30")["order"]
    late = {"changeId": asked["id"], "expectedVersion": master.version_of(placed), "answer": "ACCEPTED"}
    refused = gearworks.acts("respond_to_order_change", late, by="sales")
    assert (refused.refusals, "framework.cap" in refused.rule, "70 C62" in refused.said) == (
        ["NOT_ALLOWED_NOW"],
        True,
        True,
    )
    master.acts("withdraw_order_change", {k: late[k] for k in ("changeId", "expectedVersion")}, by="buyer")["change"]

    advice = gearworks.ships((placed, 1, "10"))
    master.receives(advice, ("10", "9", "1"), reason="SPECIFICATION")["receiptAdvice"]
    used = now(gearworks, framework)
    line = used["lines"][0]
    assert (line["called"], line["calledValue"], line["shipped"], line["received"], line["quantityLeft"], line["sharePercent"]) == (
        "100", "9335.0", "9", "9", "0", "100.0",
    )  # fmt: skip
    assert (used["calledValue"], used["valueLeft"], used["lines"][1]["valueLeft"]) == ("11335.0", "665.0", "3000")
    file = b64decode(master.asks("framework_file", id=framework["id"])["framework"]["usageFile"])
    sheet = load_workbook(io.BytesIO(file))["协议行 Lines"]
    assert [cell.value for cell in list(sheet.rows)[1]][:8] == [
        1,
        "RV-40E",
        sheet["C2"].value,
        "C62",
        100,
        None,
        100,
        9335,
    ]

    second = used["callOffs"][1]
    cancelled = {"orderId": second["id"], "expectedVersion": 1, "reason": "OTHER"}
    master.acts("request_order_cancellation", cancelled, by="buyer")["cancellation"]
    third = calls_off(master, now(master, framework), "6")
    gearworks.responds(third, "REJECTED", reason="CAPACITY")["response"]
    assert now(master, framework)["lines"][0]["called"] == "70"


def test_prices_go_by_the_day_are_never_retroactive_and_amendments_need_both(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    framework = agrees(master, gearworks)
    (line,) = framework["lines"]
    before = calls_off(master, framework, "10")["order"]
    with nothing_changes():
        late = amends(gearworks, framework, by="sales", lines=[priced(line, "104", day(-1))])
        assert (late.fields, "never_retroactive" in late.rule) == (["lines.0.priceFrom"], True)
        low = amends(master, framework, by="buyer", lines=[{"lineId": line["id"], "quantityCap": "9"}])
        assert (low.fields, "cap_below_called" in low.rule) == (["lines.0.quantityCap"], True)
        assert amends(master, framework, by="buyer", lines=[indexed(line, "101", day(0))]).fields == ["lines.0.index"]
        assert amends(master, framework, by="buyer").fields == ["lines"]
        assert amends(master, framework, by="planner", validUntil=day(9)).refusals == ["NOT_ALLOWED_NOW"]
        away = of(framework) | {"validUntil": day(9)}
        assert cast.rival.acts("propose_framework_amendment", away, by="sales").refusals == ["NOT_FOUND"]

    amends(gearworks, framework, by="sales", lines=[priced(line, "96", day(30))], note="降价")["amendment"]
    react()
    assert (inbox(master, by="buyer"), now(master, framework)["amendments"][0]["openVerbs"]) == (
        ["framework.amendment_proposed"], ["acceptFrameworkAmendment", "declineFrameworkAmendment"],
    )  # fmt: skip
    assert "one_open_amendment" in amends(master, framework, by="buyer", validUntil=day(500)).rule
    assert [one.todo(by) for one, by in ((master, "buyer"), (master, "lead"), (gearworks, "sales"))] == [
        ["ACCEPT_FRAMEWORK_AMENDMENT"], ["ACCEPT_FRAMEWORK_AMENDMENT"], ["RESPOND_TO_ORDER"],
    ]  # fmt: skip
    own = gearworks.acts("accept_framework_amendment", amendment_of(gearworks, framework), by="sales")
    assert own.refusals == ["NOT_ALLOWED_NOW"]
    master.acts("accept_framework_amendment", amendment_of(master, framework), by="buyer")["amendment"]
    react()
    assert inbox(master, by="buyer") == []
    days_pass(29)
    unchanged = calls_off(master, framework, "10")["order"]
    days_pass(30)
    cheaper = calls_off(master, framework, "10")["order"]
    prices = [
        master.asks("order_page", number=one["number"])["order"]["lines"][0]["unitPrice"]
        for one in (before, unchanged, cheaper)
    ]
    assert prices == ["100", "100", "96"]

    # More than was approved: first whom the buyer's rules name, then the seller; the other way round the same person.
    more = amends(master, framework, by="buyer", lines=[{"lineId": line["id"], "quantityCap": "200"}])["amendment"]
    assert (more["state"], len(now(gearworks, framework)["amendments"])) == ("WAITING", 1)
    said = amendment_of(master, framework)
    assert master.acts("approve_framework_amendment", said, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert gearworks.acts("accept_framework_amendment", said, by="sales").refusals == ["NOT_FOUND"]
    assert (master.todo("lead"), set(gearworks.todo("sales"))) == (
        ["APPROVE_FRAMEWORK_AMENDMENT"],
        {"RESPOND_TO_ORDER"},
    )
    assert master.acts("approve_framework_amendment", said, by="lead")["amendment"]["state"] == "PROPOSED"
    assert (master.todo("lead"), "ACCEPT_FRAMEWORK_AMENDMENT" in gearworks.todo("sales")) == ([], True)
    gearworks.acts("accept_framework_amendment", amendment_of(gearworks, framework), by="sales")["amendment"]
    assert now(master, framework)["lines"][0]["quantityLeft"] == "170"
    amends(gearworks, framework, by="sales", lines=[priced(line, "120", day(40))])["amendment"]
    said = amendment_of(master, framework)
    with nothing_changes():
        assert "named_approver" in master.acts("accept_framework_amendment", said, by="buyer").rule
    days_pass(71)  # the day it was to begin on is past: nobody can agree to it any more
    assert "never_retroactive" in master.acts("accept_framework_amendment", said, by="lead").rule
    master.acts("decline_framework_amendment", said | {"reason": "涨幅过大"}, by="buyer")["amendment"]
    amends(master, framework, by="buyer", validUntil=day(3))["amendment"]
    master.acts("withdraw_framework_amendment", amendment_of(master, framework), by="lead")["amendment"]
    assert [one["state"] for one in now(gearworks, framework)["amendments"]] == [
        "AGREED",
        "AGREED",
        "DECLINED",
        "WITHDRAWN",
    ]

    amends(gearworks, framework, by="sales", validUntil=day(2))["amendment"]
    master.acts("accept_framework_amendment", amendment_of(master, framework), by="buyer")["amendment"]
    days_pass(74)
    refused = calls_off(master, framework, "1")
    assert (refused.refusals, "framework.validity" in refused.rule) == (["NOT_ALLOWED_NOW"], True)
    expire_frameworks()
    expire_frameworks()
    react()
    assert [e["event"] for e in master.history_of(framework)].count("FrameworkExpired") == 1
    assert (now(gearworks, framework)["state"], now(master, framework)["daysLeft"]) == ("EXPIRED", 0)


def test_an_index_clause_makes_the_price_both_then_agree_to(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    clause = {
        "name": "CSPI 钢材综合价格指数", "baseIndex": "110.5", "weightPercent": "40", "mostRisePercent": "5",
        "mostFallPercent": "5", "priceDecimals": 2,
    }  # fmt: skip
    framework = agrees(master, gearworks, agreed_line(master, price="250", indexClause=clause))
    (line,) = framework["lines"]
    with nothing_changes():
        assert amends(gearworks, framework, by="sales", lines=[indexed(line, "110.5", day(5))]).fields == [
            "lines.0.index.value"
        ]
        assert amends(gearworks, framework, by="sales", lines=[indexed(line, "0", day(5))]).fields == [
            "lines.0.index.value"
        ]
    amends(gearworks, framework, by="sales", lines=[indexed(line, "118.9", day(5))])["amendment"]
    (change,) = now(master, framework)["amendments"][0]["priceChanges"]
    # 250 × (0.6 + 0.4 × 118.9 / 110.5) = 257.60181…, below 250 × 1.05
    assert change["price"]["computation"] == {
        "indexValue": "118.9", "indexOn": day(0), "indexSource": "中国钢铁工业协会 CSPI 月报", "priceBefore": "250",
        "factor": "1.030407", "reckoned": "257.601810", "limitedBy": None, "limit": None, "price": "257.60",
    }  # fmt: skip
    assert master.acts("accept_framework_amendment", amendment_of(master, framework), by="buyer").refusals == [
        "NOT_ALLOWED_NOW"
    ]
    master.acts("accept_framework_amendment", amendment_of(master, framework), by="lead")["amendment"]
    days_pass(5)
    amends(master, framework, by="buyer", lines=[indexed(line, "60", day(0))])["amendment"]
    (change,) = now(gearworks, framework)["amendments"][1]["priceChanges"]
    made = change["price"]["computation"]
    assert (made["limitedBy"], made["limit"], made["price"], made["priceBefore"]) == (
        "fall",
        "244.720000",
        "244.72",
        "257.60",
    )
    gearworks.acts("accept_framework_amendment", amendment_of(gearworks, framework), by="sales")["amendment"]
    order = calls_off(master, framework, "2")["order"]
    assert gearworks.asks("order_page", number=order["number"])["order"]["lines"][0]["unitPrice"] == "244.72"
    assert [p["priceBreaks"][0]["unitPrice"] for p in now(gearworks, framework)["lines"][0]["prices"]] == [
        "250",
        "257.60",
        "244.72",
    ]


def test_a_rival_that_sells_the_same_learns_nothing_by_proposing_its_own(cast):
    master = cast.chain_master
    theirs = proposes(master, cast.rival, agreed_line(master, "RC-40"))
    mine = agrees(master, cast.gearworks)
    calls_off(master, mine, "10")["order"]
    found = cast.rival.asks("frameworks")["frameworks"]
    assert ([one["id"] for one in found["nodes"]], found["totalCount"]) == ([theirs["id"]], 1)
    assert cast.rival.asks("framework_file", id=mine["id"])["framework"] is None
