"""A seller is told by numbered releases what is wanted when; what is firm binds, and both count the same (C7)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kernel import clock
from tests.scenarios.frameworks import agreed_line, agrees, calls_off, now
from tests.scenarios.players import day, fresh
from tests.scenarios.reactions import react

pytestmark = pytest.mark.feature("C7")


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def bucket(days, quantity, zone="FIRM", period="DAY"):
    return {
        "startsOn": days if isinstance(days, str) else day(days),
        "period": period,
        "zone": zone,
        "quantity": quantity,
    }


def proposes(buyer, line, *, by="buyer", **given):
    said = {"frameworkLineId": line["id"], "number": fresh("SA"), "noticeDays": 5} | given
    return buyer.acts("propose_scheduling_agreement", said, by=by)


def seen(player, agreement, **given):
    return player.asks("scheduling_agreement_page", id=agreement["id"], **given)["schedulingAgreement"]


def of(player, agreement):
    return {"agreementId": agreement["id"], "expectedVersion": seen(player, agreement)["version"]}


def publishes(buyer, agreement, number, *buckets, by="buyer", **given):
    said = of(buyer, agreement) | {"number": number, "buckets": list(buckets)} | given
    return buyer.acts("publish_release", said, by=by)


def answers(seller, agreement, verb, **given):
    found = seen(seller, agreement)
    said = {"releaseId": found["releases"][0]["id"], "expectedVersion": found["version"]} | given
    return seller.acts(verb, said, by="sales")


def figures(player, agreement, **given):
    found = seen(player, agreement, **given)["figures"]
    return [found[name] for name in ("called", "calledInAll", "shipped", "received", "backlog")]


@pytest.fixture
def agreed(cast):
    """Longteng calls Gearworks' reducer off by releases, up to 200 pieces."""
    framework = agrees(cast.chain_master, cast.gearworks, agreed_line(cast.chain_master, quantityCap="200"))
    made = proposes(cast.chain_master, framework["lines"][0])["agreement"]
    cast.gearworks.acts("accept_scheduling_agreement", of(cast.gearworks, made), by="sales")["agreement"]
    return framework, made


def test_a_scheduling_agreement_binds_once_the_seller_agrees(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    framework = agrees(master, gearworks)
    (line,) = framework["lines"]
    with nothing_changes():
        assert proposes(master, line, noticeDays=366).fields == ["noticeDays"]
        assert proposes(master, line, number=" ").fields == ["number"]
        assert proposes(master, line, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert proposes(rival, line, by="sales").refusals == ["NOT_FOUND"]
    made = proposes(master, line)["agreement"]
    react()
    assert (seen(gearworks, made)["openVerbs"], seen(gearworks, made)["zeroOn"]) == (
        ["acceptSchedulingAgreement", "declineSchedulingAgreement"], None,
    )  # fmt: skip
    with nothing_changes():
        assert proposes(master, line, number=made["number"]).fields == ["number"]
        assert publishes(master, made, 1, bucket(10, "5")).refusals == ["NOT_ALLOWED_NOW"]
        assert master.acts("accept_scheduling_agreement", of(master, made), by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        said = of(master, made)
        for stranger in (rival, cast.official):
            assert seen(stranger, made) is None
            assert stranger.asks("scheduling_agreements")["schedulingAgreements"]["totalCount"] == 0
            assert stranger.acts("accept_scheduling_agreement", said, by="sales").refusals == ["NOT_FOUND"]
    assert (gearworks.todo("sales"), rival.todo("sales"), master.todo()) == (["ACCEPT_SCHEDULING_AGREEMENT"], [], [])
    no = gearworks.acts("decline_scheduling_agreement", said | {"reason": "提前期太短"}, by="sales")["agreement"]
    assert (no["state"], no["reason"]) == ("DECLINED", "提前期太短")
    assert gearworks.todo("sales") == []
    made = proposes(master, line)["agreement"]
    yes = gearworks.acts("accept_scheduling_agreement", of(gearworks, made), by="sales")["agreement"]
    assert (yes["state"], yes["zeroOn"]) == ("AGREED", day(0))
    ended = master.acts("end_scheduling_agreement", of(master, made) | {"reason": "改用单独要货"}, by="buyer")[
        "agreement"
    ]
    assert (ended["state"], publishes(master, made, 1, bucket(10, "5")).refusals) == ("ENDED", ["NOT_ALLOWED_NOW"])


def test_what_is_firm_is_called_off_binds_and_is_cut_by_the_sellers_word_alone(cast, agreed, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    framework, made = agreed
    ahead = [bucket(40, "40", "PRODUCTION"), bucket(60, "60", "MATERIAL"), bucket(90, "500", "FORECAST")]
    with nothing_changes():
        wrongs = (
            ([], "buckets"), ([bucket(-1, "5")], "buckets.0.startsOn"), ([bucket(9, "5"), bucket(9, "5")], "buckets.1.startsOn"),
            ([bucket(9, "5", "FORECAST"), bucket(10, "5")], "buckets.1.zone"), ([bucket(9, "-5")], "buckets.0.quantity"),
            ([bucket(10, "5", period="WEEK"), bucket(11, "5", period="WEEK")], None),
        )  # fmt: skip
        for buckets, field in wrongs:
            refused = publishes(master, made, 1, *buckets)
            assert refused.refusals == ["INVALID"] and field in (None, *refused.fields), field
        soon = publishes(master, made, 1, bucket(4, "5"))
        assert (soon.fields, "release.notice" in soon.rule) == (["buckets.0.quantity"], True)
        over = publishes(master, made, 1, bucket(10, "150"), bucket(20, "51"))
        assert (over.fields, "framework.cap" in over.rule, "200 C62" in over.said) == (["buckets"], True, True)
        assert publishes(gearworks, made, 1, bucket(10, "5"), by="sales").refusals == ["NOT_ALLOWED_NOW"]

    first = publishes(master, made, 1, bucket(10, "20"), bucket(17, "30"), *ahead)["release"]
    react()
    assert (first["order"]["number"], first["order"]["state"]) == (f"{made['number']}-1", "PLACED")
    assert (figures(gearworks, made), now(master, framework)["lines"][0]["called"]) == (
        ["0", "50", "0", "0", "0"],
        "50",
    )
    assert seen(gearworks, made)["releases"][0]["openVerbs"] == ["acknowledgeRelease", "objectToRelease"]
    assert set(gearworks.todo("sales")) == {"ACKNOWLEDGE_RELEASE", "RESPOND_TO_ORDER"}
    assert answers(gearworks, made, "acknowledge_release")["release"]["order"]["state"] == "CONFIRMED"
    assert gearworks.todo("sales") == ["SEND_DESPATCH_ADVICE"]

    with nothing_changes():
        assert "release.number" in publishes(master, made, 1, bucket(10, "20")).rule
        for cut, field in (
            ([bucket(10, "20"), bucket(17, "29")], "buckets.1.quantity"), ([bucket(10, "20"), *ahead], "buckets"),
            ([bucket(10, "20"), bucket(17, "30", "PRODUCTION")], "buckets"),
        ):  # fmt: skip
            refused = publishes(master, made, 2, *cut)
            assert (refused.fields, "firm_zone_is_frozen" in refused.rule) == ([field], True)
    second = publishes(
        master, made, 5, bucket(10, "25"), bucket(17, "30"), bucket(40, "45"), bucket(90, "400", "FORECAST")
    )
    assert [
        s["quantity"] for s in gearworks.schedules_of(second.data["release"] | {"order": second["release"]["order"]})
    ] == ["5", "45"]
    no = answers(gearworks, made, "object_to_release", reason="CAPACITY", note="五月停机检修")["release"]
    assert (no["state"], no["reason"], no["order"]["state"], figures(master, made)[1]) == (
        "OBJECTED",
        "CAPACITY",
        "REJECTED",
        "50",
    )

    # What was rejected is wanted still: the next release calls it off again, and one that is not answered is superseded.
    third = publishes(master, made, 6, bucket(10, "25"), bucket(17, "30"), bucket(40, "30"))["release"]
    fourth = publishes(master, made, 7, bucket(10, "25"), bucket(17, "30"), bucket(40, "42"))["release"]
    assert [one["state"] for one in seen(master, made)["releases"]] == [
        "PUBLISHED",
        "SUPERSEDED",
        "OBJECTED",
        "ACKNOWLEDGED",
    ]
    answers(gearworks, made, "acknowledge_release", note="收到")["release"]
    states = {one["number"]: one["order"] and one["order"]["state"] for one in seen(gearworks, made)["releases"]}
    assert states == {7: "CONFIRMED", 6: "CONFIRMED", 5: "REJECTED", 1: "CONFIRMED"}
    assert (third["order"]["number"], figures(gearworks, made)[1]) == (f"{made['number']}-6", "97")

    placed = {"order": fourth["order"]}
    line = master.sees(placed)["lines"][0]
    less = {
        "action": "CHANGE",
        "lineId": line["id"],
        "schedules": [{"scheduleId": line["schedules"][0]["id"], "quantity": "2"}],
    }
    said = {"orderId": placed["order"]["id"], "expectedVersion": master.version_of(placed), "lines": [less]}
    change = master.acts("change_order", said, by="buyer")["change"]
    shorter = [bucket(10, "25"), bucket(17, "30"), bucket(40, "32"), bucket(90, "100", "FORECAST")]
    assert "firm_zone_is_frozen" in publishes(master, made, 8, *shorter).rule
    agree = {"changeId": change["id"], "expectedVersion": master.version_of(placed), "answer": "ACCEPTED"}
    gearworks.acts("respond_to_order_change", agree, by="sales")["change"]
    assert publishes(master, made, 8, *shorter)["release"]["order"] is None
    found = gearworks.asks("release_difference", agreementId=made["id"], earlier=7, later=8)["releaseDifference"]
    assert [(d["startsOn"], d["quantityBefore"], d["quantityAfter"], d["change"], d["isFirmCut"]) for d in found] == [
        (day(10), "25", "25", "0", False), (day(17), "30", "30", "0", False), (day(40), "42", "32", "-10", True),
        (day(90), None, "100", "100", False),
    ]  # fmt: skip
    assert gearworks.asks("release_difference", agreementId=made["id"], earlier=2, later=8).problems
    assert calls_off(master, now(master, framework), "114").fields == ["lines.0.quantity"]  # 87 of 200 are called


def test_both_count_the_same_from_the_zero_point_ahead_or_behind(cast, agreed):
    master, gearworks = cast.chain_master, cast.gearworks
    _framework, made = agreed
    monday = date.fromisoformat(day(14))
    monday += timedelta(days=(7 - monday.weekday()) % 7)
    release = publishes(master, made, 1, bucket(10, "20"), bucket(monday.isoformat(), "30", period="WEEK"))["release"]
    answers(gearworks, made, "acknowledge_release")["release"]
    order = {"order": release["order"]} | release["order"]
    master.receives(gearworks.ships((order, 1, "12")), ("12", "10", "2"), reason="SPECIFICATION")["receiptAdvice"]
    for player in (master, gearworks):
        assert figures(player, made) == ["0", "50", "10", "10", "-10"]
        assert figures(player, made, on=day(10)) == ["20", "50", "10", "10", "10"]
        assert figures(player, made, on=monday.isoformat()) == ["50", "50", "10", "10", "40"]
    gearworks.ships((order, 1, "5"))["despatchAdvice"]
    found = seen(master, made)["figures"]
    assert (found["shipped"], found["received"], found["inTransit"]) == ("15", "10", "5")
    clock.set_to(datetime.now(UTC) + timedelta(days=(monday - date.fromisoformat(day(0))).days + 2))
    week = publishes(master, made, 2, bucket(monday.isoformat(), "30", period="WEEK"))["release"]
    assert (
        week["order"] is None
    )  # the week has begun: what it wants is called off already, and the day before it is past
    found = gearworks.asks("release_difference", agreementId=made["id"], earlier=1, later=2)["releaseDifference"]
    assert [(d["isPast"], d["change"], d["isFirmCut"]) for d in found] == [(True, "0", False), (False, "0", False)]
    late = publishes(master, made, 3, bucket(monday.isoformat(), "31", period="WEEK"))
    assert (late.fields, "release.notice" in late.rule) == (["buckets.0.quantity"], True)
    next_week = bucket((monday + timedelta(days=7)).isoformat(), "0", "FORECAST", period="WEEK")
    assert publishes(master, made, 3, next_week)["release"]["order"] is None
    found = gearworks.asks("release_difference", agreementId=made["id"], earlier=2, later=3)["releaseDifference"]
    assert [(d["isPast"], d["change"], d["isFirmCut"]) for d in found] == [(True, "0", False), (False, "0", False)]
    assert seen(gearworks, made)["figures"]["called"] == "50"  # nobody agreed to less: what was called off stands
