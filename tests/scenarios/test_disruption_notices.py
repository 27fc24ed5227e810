"""A firm tells partners of a disruption; they assess it, ask, and pass it on without telling who told them (I5, B4; 3.15)."""

import json

import pytest

from kernel import ids
from seeds.cast import credit_code
from tests.scenarios.players import day

STRIKE = {
    "cause": "STRIKE", "effect": "CAPACITY_REDUCED", "leftPercent": 40, "startsOn": day(0), "expectedEndOn": day(12),
    "text": "热处理车间停工，月底前只能保证四成交货。",
}  # fmt: skip
OWN_WORDS = "上游零件供应紧张，RV-40E 可能推迟两周交货。"


def writes(player, *to, by="sales", **given):
    return player.acts("write_disruption_notice", STRIKE | {"addresseeIds": [one.firm_id for one in to]} | given, by=by)


def told(player, notice, *, by="sales"):
    said = {"noticeId": notice["id"], "expectedVersion": notice["version"]}
    return player.acts("open_disruption_notice", said, by=by)


def sends(player, *to, by="sales", **given):
    return told(player, writes(player, *to, by=by, **given)["notice"], by=by)["notice"]


def listed(player, side="ADDRESSEE", *, by="buyer"):
    return player.asks("disruption_notices", by=by, filter={"side": side})["disruptionNotices"]["nodes"]


def seen(player, notice, *, by="buyer"):
    return player.asks("disruption_notice_page", by=by, id=notice["id"])["disruptionNotice"]


def forwards(player, notice, *to, by="sales", **given):
    said = STRIKE | {"text": OWN_WORDS, "noticeId": notice["id"], "addresseeIds": [one.firm_id for one in to]}
    return player.acts("forward_disruption_notice", said | given, by=by)


def inbox(player, *, by="buyer"):
    found = player.asks("inbox_page", by=by, filter={"done": False})["inbox"]["nodes"]
    return [(e["what"], e["reason"]) for e in found if e["subjectKind"] == "DisruptionNotice"]


def resolves(player, notice, text="已复工。", *, by="sales"):
    version = seen(player, notice, by=by)["version"]
    return player.acts(
        "resolve_disruption_notice", {"noticeId": notice["id"], "expectedVersion": version, "text": text}, by=by
    )


@pytest.mark.feature("I5")
def test_a_notice_goes_to_those_it_is_meant_for_and_a_rival_learns_nothing(cast, nothing_changes):
    site = cast.bearing.acts(
        "add_site",
        {"firmId": cast.bearing.firm_id, "code": "CZ1", "name": "常州一厂", "prefecture": "320400"},
        by="sales",
    )["site"]["id"]
    draft = writes(cast.bearing, cast.gearworks, siteIds=[site], itemIds=[cast.bearing.item("CRB-100")])["notice"]
    assert draft["state"] == "DRAFT"
    assert (listed(cast.gearworks), seen(cast.gearworks, draft)) == ([], None)

    opened = told(cast.bearing, draft)["notice"]

    assert opened["state"] == "OPEN"
    (received,) = listed(cast.gearworks)
    assert (received["sender"]["name"], received["receipt"], received["addressees"]) == (
        "常州恒轴轴承有限公司", "UNREAD", [],
    )  # fmt: skip
    whole = seen(cast.gearworks, received)
    assert (whole["cause"], whole["effect"], whole["leftPercent"]) == ("STRIKE", "CAPACITY_REDUCED", 40)
    assert whole["sites"] == [
        {"siteId": None, "name": "常州一厂", "prefecture": "320400", "prefectureName": "Changzhou"}
    ]
    assert [one["item"]["number"] for one in whole["items"]] == ["CRB-100"]
    assert inbox(cast.gearworks) == [("disruption_notice.opened", "MUST_ANSWER")]
    for other in (cast.rival, cast.chain_master, cast.steel, cast.official):
        assert (listed(other), seen(other, received), inbox(other)) == ([], None, [])
    with nothing_changes():
        theirs = {"noticeId": received["id"]}
        assert cast.rival.acts("read_disruption_notice", theirs, by="sales").refusals == ["NOT_FOUND"]
        assert forwards(cast.rival, received, cast.chain_master).refusals == ["NOT_FOUND"]
        assert told(cast.gearworks, opened).refusals == ["NOT_ALLOWED_NOW"]
        assert told(cast.bearing, opened).refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("I5")
def test_no_addressee_learns_of_another_nor_of_an_item_it_does_not_trade(cast):
    item, only = cast.bearing.item("CRB-100"), cast.bearing.item("GCR15")
    notice = sends(cast.bearing, cast.gearworks, cast.rival, cast.steel, itemIds=[item, only])

    for player, items in ((cast.gearworks, ["CRB-100"]), (cast.rival, ["CRB-100"]), (cast.steel, ["GCR15"])):
        whole = seen(player, notice)
        assert ([one["item"]["number"] for one in whole["items"]], whole["addressees"]) == (items, [])
    cast.rival.acts("read_disruption_notice", {"noticeId": notice["id"]}, by="sales")["notice"]
    assert [seen(player, notice)["receipt"] for player in (cast.rival, cast.steel)] == ["READ", "UNREAD"]

    told_of = {one["firm"]["name"][:2]: one["read"] for one in seen(cast.bearing, notice)["addressees"]}
    assert told_of == {"苏州": False, "无锡": True, "南通": False}
    for player in (cast.gearworks, cast.steel):
        said = json.dumps([seen(player, notice), player.history_of(notice), listed(player)], ensure_ascii=False)
        assert "锐驰" not in said and cast.rival.firm_id not in said and '"read": ' not in said
        assert [e["event"] for e in player.history_of(notice)] == ["DisruptionNoticeOpened"]


@pytest.mark.feature("I5")
def test_a_forwarded_notice_has_the_same_disruption_own_words_and_no_trace_of_its_origin(cast, nothing_changes):
    origin = sends(cast.bearing, cast.gearworks, cast.rival)
    with nothing_changes():
        copied = forwards(cast.gearworks, origin, cast.chain_master, text=f"转告：{STRIKE['text']}")
        assert (copied.fields, "notice.own_words" in copied.rule) == (["text"], True)
        back = forwards(cast.gearworks, origin, cast.bearing)
        assert (back.refusals, "notice.told_already" in back.rule) == (["NOT_ALLOWED_NOW"], True)
        assert forwards(cast.gearworks, origin, cast.steel).refusals == ["NOT_FOUND"]
    draft = forwards(cast.gearworks, origin, cast.chain_master)["notice"]
    assert draft["sourceDisruptionId"] == origin["sourceDisruptionId"] and draft["id"] != origin["id"]
    with nothing_changes():
        version = {"noticeId": draft["id"], "expectedVersion": draft["version"], "addresseeIds": []}
        again = cast.gearworks.acts("write_disruption_notice", STRIKE | version, by="sales")
        assert again.fields == ["text"]

    told(cast.gearworks, draft)["notice"]

    (received,) = listed(cast.chain_master)
    whole = seen(cast.chain_master, received)
    assert (whole["sender"]["id"], whole["text"], whole["forwardsId"]) == (cast.gearworks.firm_id, OWN_WORDS, None)
    assert whole["sourceDisruptionId"] == origin["sourceDisruptionId"]
    assert whole["openedAt"] > seen(cast.bearing, origin)["openedAt"]
    said = json.dumps([whole, cast.chain_master.history_of(received)], ensure_ascii=False)
    assert not any(word in said for word in ("恒轴", cast.bearing.firm_id, origin["id"], "Forward", STRIKE["text"]))
    assert seen(cast.gearworks, received)["forwardsId"] == origin["id"]
    assert seen(cast.chain_master, origin) is None
    assert seen(cast.bearing, received) is None
    assert [n["id"] for n in listed(cast.bearing, "SENDER")] == [origin["id"]]

    with nothing_changes():
        twice = forwards(cast.gearworks, origin, cast.chain_master)
        assert twice.refusals == ["NOT_ALLOWED_NOW"]
    other = forwards(cast.rival, origin, cast.chain_master)["notice"]
    told(cast.rival, other)["notice"]
    same = cast.chain_master.asks(
        "disruption_notices", filter={"sourceDisruptionId": origin["sourceDisruptionId"]}
    )["disruptionNotices"]["nodes"]  # fmt: skip
    assert {n["sender"]["id"] for n in same} == {cast.gearworks.firm_id, cast.rival.firm_id}


@pytest.mark.feature("I5")
def test_its_recipient_cannot_tell_a_forwarded_notice_from_one_its_sender_began(cast):
    origin = sends(cast.bearing, cast.gearworks)
    passed = told(cast.gearworks, forwards(cast.gearworks, origin, cast.chain_master)["notice"])["notice"]
    begun = sends(cast.gearworks, cast.chain_master, text=OWN_WORDS)

    def facts(notice):
        whole = seen(cast.chain_master, notice)
        own = {name: whole.pop(name) for name in ("id", "sourceDisruptionId", "openedAt", "contentAt")}
        assert own["openedAt"] == own["contentAt"] and len(own["sourceDisruptionId"]) == 32
        history = [(e["event"], e["byFirm"]["name"], sorted(e["facts"])) for e in cast.chain_master.history_of(notice)]
        return whole, history

    assert facts(passed) == facts(begun)
    assert [one["version"] for one in listed(cast.chain_master)] == [2, 2]
    assert inbox(cast.chain_master) == [("disruption_notice.opened", "MUST_ANSWER")] * 2


@pytest.mark.feature("I5")
def test_an_update_keeps_the_notice_and_is_told_and_only_its_sender_resolves_it(cast, nothing_changes):
    notice = sends(cast.bearing, cast.gearworks)
    before = seen(cast.gearworks, notice)
    given = {"noticeId": notice["id"], "expectedVersion": before["version"], "impact": "WATCH", "note": "看库存"}
    cast.gearworks.acts("assess_disruption_notice", given, by="sales")["notice"]
    anew = {k: v for k, v in STRIKE.items() if k != "leftPercent"} | {
        "noticeId": notice["id"], "expectedVersion": before["version"], "text": "延长到下月。", "expectedEndOn": day(40),
    }  # fmt: skip
    with nothing_changes():
        assert cast.gearworks.acts("update_disruption_notice", anew, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        stale = anew | {"expectedVersion": 99}
        assert cast.bearing.acts("update_disruption_notice", stale, by="sales").refusals == ["STALE"]

    cast.bearing.acts("update_disruption_notice", anew, by="sales")["notice"]

    after = seen(cast.gearworks, notice)
    assert (after["id"], after["openedAt"]) == (before["id"], before["openedAt"])
    assert after["contentAt"] > before["contentAt"]
    assert (after["text"], after["leftPercent"], after["receipt"]) == ("延长到下月。", None, "UNREAD")
    assert (after["assessment"]["impact"], after["assessment"]["current"]) == ("WATCH", False)
    assert inbox(cast.gearworks) == [("disruption_notice.updated", "MUST_ANSWER")]
    with nothing_changes():
        assert cast.gearworks.acts("assess_disruption_notice", given, by="sales").refusals == ["STALE"]
        assert resolves(cast.gearworks, notice).refusals == ["NOT_ALLOWED_NOW"]
        theirs = {"noticeId": notice["id"], "expectedVersion": after["version"], "text": "已复工。"}
        assert cast.rival.acts("resolve_disruption_notice", theirs, by="sales").refusals == ["NOT_FOUND"]
        assert resolves(cast.bearing, notice, "  ").fields == ["text"]
    resolves(cast.bearing, notice)["notice"]

    over = seen(cast.gearworks, notice)
    assert (over["state"], over["resolution"], over["openVerbs"]) == ("RESOLVED", "已复工。", ["readDisruptionNotice"])
    assert inbox(cast.gearworks) == [("disruption_notice.resolved", "TOLD")]
    with nothing_changes():
        frozen = anew | {"expectedVersion": over["version"]}
        assert cast.bearing.acts("update_disruption_notice", frozen, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert resolves(cast.bearing, notice).refusals == ["NOT_ALLOWED_NOW"]
        late = given | {"expectedVersion": over["version"]}
        assert cast.gearworks.acts("assess_disruption_notice", late, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert forwards(cast.gearworks, notice, cast.chain_master).refusals == ["NOT_ALLOWED_NOW"]
    assert [e["event"] for e in cast.gearworks.history_of(notice)] == [
        "DisruptionNoticeOpened", "DisruptionNoticeUpdated", "DisruptionNoticeResolved",
    ]  # fmt: skip


@pytest.mark.feature("I5")
def test_an_assessment_is_the_addressee_s_own_and_to_act_is_a_task_for_its_people(cast, nothing_changes):
    notice = sends(cast.gearworks, cast.chain_master, itemIds=[cast.gearworks.item("RV-40E")])
    version = seen(cast.chain_master, notice)["version"]
    given = {"noticeId": notice["id"], "expectedVersion": version, "impact": "ACT", "note": "秘-找备选"}
    with nothing_changes():
        assert cast.gearworks.acts("assess_disruption_notice", given, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.chain_master.acts("assess_disruption_notice", given | {"note": "长" * 1001}, by="buyer").fields == [
            "note"
        ]

    cast.chain_master.acts("assess_disruption_notice", given, by="planner")["notice"]

    whole = seen(cast.chain_master, notice)
    assert (whole["receipt"], whole["assessment"]["impact"], whole["assessment"]["current"]) == (
        "ASSESSED",
        "ACT",
        True,
    )
    for duty in ("buyer", "planner", "quality", "sales", "lead"):
        assert inbox(cast.chain_master, by=duty) == [("disruption_notice.act", "MUST_ANSWER")]
    theirs = seen(cast.gearworks, notice)
    assert (theirs["assessment"], theirs["receipt"], [a["read"] for a in theirs["addressees"]]) == (None, None, [True])
    assert "秘-找备选" not in json.dumps([theirs, cast.gearworks.history_of(notice)], ensure_ascii=False)
    assert [e["event"] for e in cast.gearworks.history_of(notice)] == ["DisruptionNoticeOpened"]

    cast.chain_master.acts("assess_disruption_notice", given | {"impact": "NONE"}, by="buyer")["notice"]
    assert inbox(cast.chain_master, by="planner") == []


@pytest.mark.feature("B4")
def test_a_data_request_made_on_a_notice_ends_when_it_is_resolved(cast, nothing_changes):
    notice = sends(cast.gearworks, cast.chain_master)
    wish = {
        "partnerId": cast.gearworks.firm_id, "item": "RV-40E", "kinds": ["CAPACITY"], "reason": "停工通知",
        "criticality": "HIGH", "noticeId": notice["id"],
    }  # fmt: skip
    with nothing_changes():
        elsewhere = cast.chain_master.acts("send_data_request", wish | {"partnerId": cast.rival.firm_id}, by="buyer")
        assert elsewhere.fields == ["noticeId"]
        unknown = wish | {"partnerId": cast.bearing.firm_id}
        assert cast.rival.acts("send_data_request", unknown, by="buyer").refusals == ["NOT_FOUND"]
    asked = cast.chain_master.acts("send_data_request", wish, by="buyer")["dataRequest"]
    free = cast.chain_master.acts(
        "send_data_request", wish | {"noticeId": None, "item": "RV-80E"}, by="buyer"
    )["dataRequest"]  # fmt: skip
    page = cast.gearworks.asks("data_request_page", id=asked["id"])["node"]
    assert page["noticeId"] == notice["id"]
    said = {
        "dataRequestId": asked["id"],
        "expectedVersion": 1,
        "answers": [{"kind": "CAPACITY", "value": "90", "unit": "C62"}],
    }
    cast.gearworks.acts("approve_data_request", said, by="sales")["dataRequest"]
    assert len(cast.chain_master.asks("data_request_page", id=asked["id"])["node"]["answers"]) == 1

    resolves(cast.gearworks, notice)["notice"]

    ended = cast.chain_master.asks("data_request_page", id=asked["id"])["node"]
    assert (ended["state"], ended["answers"], ended["openVerbs"]) == ("TERMINATED", [], [])
    assert cast.chain_master.asks("data_request_page", id=free["id"])["node"]["state"] == "PENDING"
    waiting = cast.chain_master.asks("inbox_page", filter={"done": False})["inbox"]["nodes"]
    assert "data_request.reason_over" in [e["what"] for e in waiting]
    with nothing_changes():
        late = cast.chain_master.acts("send_data_request", wish | {"item": "别的"}, by="buyer")
        assert (late.refusals, "notice.its_sender" in late.rule) == (["NOT_ALLOWED_NOW"], True)


def test_whatever_is_wrong_with_a_notice_is_said_beside_its_field(cast, stranger, nothing_changes):
    item = cast.chain_master.item("LT-R20")
    wrong = {
        "text": {"text": " "}, "startsOn": {"startsOn": "0001-01-01"}, "expectedEndOn": {"expectedEndOn": day(-3)},
        "leftPercent": {"leftPercent": 100}, "siteIds": {"siteIds": ["x" * 22] * 2}, "itemIds.0": {"itemIds": [item]},
    }  # fmt: skip
    with nothing_changes():
        for field, given in wrong.items():
            assert writes(cast.bearing, cast.gearworks, **given).fields == [field]
        assert writes(cast.bearing, cast.gearworks, expectedEndOn="9999-12-31").fields == ["expectedEndOn"]
        assert writes(cast.bearing, cast.gearworks, effect="DEMAND_REDUCED").fields == ["leftPercent"]
        assert writes(cast.bearing, cast.bearing).fields == ["addresseeIds.0"]
        assert writes(cast.bearing, cast.gearworks, cast.gearworks).fields == ["addresseeIds"]
        assert writes(cast.bearing, stranger).refusals == ["NOT_FOUND"]
        assert writes(cast.bearing, cast.gearworks, siteIds=[ids.seal("Site", 1)]).fields == ["siteIds.0"]
        assert writes(cast.chain_master, cast.gearworks, by="quality").refusals == ["NOT_ALLOWED_NOW"]
        assert writes(cast.official, cast.gearworks).refusals == ["NOT_ALLOWED_NOW"]
    nobody = writes(cast.bearing)["notice"]
    with nothing_changes():
        assert told(cast.bearing, nobody).fields == ["addresseeIds"]


def test_without_terms_nobody_is_told(cast, stranger, nothing_changes):
    link = {
        "side": "SELLER",
        "code": credit_code(7001),
        "itemId": cast.bearing.item("CRB-100"),
        "chainId": cast.bearing.chain(),
    }
    proposed = cast.bearing.acts("propose_supply_link", link, by="sales")["proposal"]
    answer = {"proposalId": proposed["id"]}
    stranger.acts("accept_link_proposal", answer, by="any")["supplyLink"]
    draft = writes(cast.bearing, stranger)["notice"]

    with nothing_changes():
        refused = told(cast.bearing, draft)
        assert (refused.refusals, refused.rule.startswith("sharing.terms")) == (["NOT_ALLOWED_NOW"], True)
    assert listed(stranger) == []


def test_a_firm_opens_fifty_notices_a_day_at_most(cast, nothing_changes):
    for _ in range(50):
        sends(cast.bearing, cast.rival)
    more = writes(cast.bearing, cast.rival)["notice"]

    with nothing_changes():
        assert told(cast.bearing, more).refusals == ["LIMIT"]
