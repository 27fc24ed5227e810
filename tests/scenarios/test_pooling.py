"""Firms buy together, blind to one another: volumes pooled, the award shared out by rule, each ordering its own (C2)."""

import pytest

from kernel import clock
from tests.scenarios.players import day, fresh
from tests.scenarios.pooling import (
    all_buy_bearings,
    asks_for_total,
    awards_pool,
    bid_comes,
    joins,
    opens_pool,
    pool_of,
    pool_versioned,
    window_ends,
)
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import seen, versioned

SOURCED = {"number": "RFQ-JC", "closesAt": "2031-03-01T00:00:00Z", "awardBy": "2031-03-09", "inviteeIds": []}


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


@pytest.fixture
def bearings_bought_by_all(seated):
    all_buy_bearings(seated)


def told(player, *, by="buyer"):
    found = player.asks("inbox_page", by=by, filter={"done": False})["inbox"]["nodes"]
    return {entry["what"] for entry in found if entry["subjectKind"] == "Pool"}


def own_of(player, pool):
    return pool_of(player, pool)["own"]


@pytest.mark.feature("C2")
def test_needs_are_pooled_shared_out_by_rule_and_ordered_by_each(cast, bearings_bought_by_all, nothing_changes):
    master, gearworks, rival, dealer = cast.chain_master, cast.gearworks, cast.rival, cast.dealer
    pool = opens_pool(master, master, gearworks, rival, dealer, shareStep="1")["pool"]
    react()
    assert (told(gearworks), pool_of(cast.steel, pool), pool_of(cast.bearing, pool)) == ({"pool.opened"}, None, None)
    assert (gearworks.todo("buyer"), cast.steel.todo("buyer")) == (["JOIN_POOL"], [])
    read = pool_of(gearworks, pool)
    assert ([one["id"] for one in read["invited"]], read["sums"], read["rule"]) == (
        [gearworks.firm_id],
        None,
        "PRO_RATA",
    )

    with nothing_changes():
        assert joins(gearworks, pool, "10.5").fields == ["quantity"]
        assert joins(cast.steel, pool, "10").refusals == ["NOT_FOUND"]
        assert gearworks.acts("cancel_pool", pool_versioned(read) | {"reason": "x"}, by="buyer").refusals == [
            "NOT_ALLOWED_NOW"
        ]
        assert gearworks.acts("leave_pool", {"poolId": pool["id"]}, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert own_of(master, pool)["state"] == "INVITED"
    master.acts("join_pool", {"poolId": pool["id"], "quantity": "40"}, by="buyer")["membership"]
    assert own_of(master, pool)["state"] == "JOINED"
    joins(gearworks, pool, "37", "100.00")["membership"]
    joins(rival, pool, "90", "98.50")["membership"]
    declined = dealer.acts("decline_pool", {"poolId": pool["id"]}, by="buyer")["membership"]
    assert declined["state"] == "DECLINED"
    assert (told(gearworks), gearworks.todo("buyer"), dealer.todo("buyer")) == (set(), [], [])
    # two others are too few to tell the master anything of; three would be told as a tier, never as a total
    assert [pool_of(one, pool)["tierReached"] for one in (master, gearworks, rival)] == [None, None, None]
    joins(dealer, pool, "11", "90.00")["membership"]
    assert [pool_of(one, pool)["tierReached"] for one in (master, gearworks)] == ["50", "50"]
    sums = pool_of(master, pool)["sums"]
    assert (sums["joined"], sums["total"], sums["saved"]) == (4, None, None)
    joins(gearworks, pool, "38", "100.00")["membership"]
    left = dealer.acts("leave_pool", {"poolId": pool["id"]}, by="buyer")["membership"]
    assert (left["state"], left["quantity"]) == ("LEFT", None)
    joins(dealer, pool, "11", "90.00")["membership"]

    window_ends(pool)
    assert (told(gearworks), told(master)) == ({"pool.closed"}, {"pool.closed", "pool.to_source"})
    with nothing_changes():
        assert joins(gearworks, pool, "1").refusals == ["NOT_ALLOWED_NOW"]
        assert gearworks.acts("leave_pool", {"poolId": pool["id"]}, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert pool_of(master, pool)["sums"] | {"joined": 4} == {
        "joined": 4, "total": "179", "concentrated": False, "allotted": None, "saved": None, "savedBy": 0,
    }  # fmt: skip

    rfq = asks_for_total(master, pool, cast.bearing)
    with nothing_changes():
        more = [
            {"number": 1, "title": "交叉滚子轴承 JB/T 14067", "quantity": "180", "unit": "C62", "wantedOn": day(60)}
        ]
        changed = master.acts("amend_rfq", versioned(rfq) | {"text": "x", "lines": more}, by="buyer")
        twice = master.acts("source_pool", pool_versioned(pool_of(master, pool)) | SOURCED, by="buyer")
        again = master.acts("cancel_pool", pool_versioned(pool_of(master, pool)) | {"reason": "x"}, by="buyer")
    assert "rfq.pooled" in changed.errors[0]["rule"]
    assert all("pool.rfq_runs" in one.errors[0]["rule"] for one in (twice, again))
    asked = seen(cast.bearing, rfq)
    assert ([line["quantity"] for line in asked["lines"]], asked["pooled"]) == (["179"], True)
    assert all(word not in str(asked) for word in ("精齿", "锐驰", gearworks.firm_id, rival.firm_id))
    assert (pool_of(gearworks, pool)["rfq"], seen(gearworks, rfq)) == (None, None)
    bid_comes(cast.bearing, rfq, ("0", "95.00"), ("100", "88.80"), ("200", "80.00"))

    offer = pool_of(master, pool)["rfq"]["comparison"][0]["offers"][0]["offer"]["id"]
    single = {"shares": [{"quotationLineId": offer, "quantity": "179"}]}
    with nothing_changes():
        assert (
            "rfq.pooled"
            in master.acts("award_rfq", versioned(seen(master, rfq)) | single, by="buyer").errors[0]["rule"]
        )
        assert awards_pool(master, pool, quantity="180").fields == ["quantity"]
    awards_pool(master, pool, quantity="100")["pool"]
    react()

    # 100 of 179: 40 -> 22.35, 38 -> 21.23, 90 -> 50.28, 11 -> 6.15; what is left of the whole steps goes to the largest rest
    firms = (master, gearworks, rival, dealer)
    assert [own_of(one, pool)["share"] for one in firms] == ["23", "21", "50", "6"]
    mine = own_of(gearworks, pool)
    assert (mine["unitPrice"], mine["seller"]["id"], mine["saved"]) == ("88.80", cast.bearing.firm_id, "235.2")
    assert [own_of(one, pool)["saved"] for one in (master, rival, dealer)] == [None, "485", "7.2"]
    sums = pool_of(master, pool)["sums"]
    assert (sums["allotted"], sums["saved"], sums["savedBy"]) == ("100", "727.4", 3)
    assert ("pool.allotted" in told(gearworks), cast.bearing.todo("sales")) == (True, [])
    assert gearworks.todo("buyer") == ["ORDER_POOL_SHARE"]

    order = pool_versioned(pool) | {"expectedVersion": mine["version"], "number": fresh("PO")}
    with nothing_changes():
        assert gearworks.acts("order_pool_share", order | {"expectedVersion": 1}, by="buyer").refusals == ["STALE"]
    placed = gearworks.acts("order_pool_share", order, by="buyer")["membership"]
    react()
    assert (placed["state"], gearworks.acts("order_pool_share", order, by="buyer").refusals) == (
        "ORDERED",
        ["NOT_ALLOWED_NOW"],
    )
    assert gearworks.todo("buyer") == []
    (line,) = cast.bearing.lines_of({"order": placed["order"]}).values()
    assert (line["quantity"]["value"], line["unitPrice"]) == ("21", "88.80")
    assert (rival.sees({"order": placed["order"]}), master.sees({"order": placed["order"]})) == (None, None)
    for other in (master, rival, dealer):
        assert not any(word in str(other.history_of(pool)) for word in ("PoolJoined", "精齿", gearworks.firm_id))
    for other in (rival, dealer, cast.bearing):
        assert not any(word in str(pool_of(other, pool)) for word in ("精齿", gearworks.firm_id, "'179'", "'727.4'"))
        assert other.asks("history_page", by="sales", id=mine["id"]).problems[0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.feature("C2")
def test_with_too_few_members_nothing_is_told_and_a_pool_is_given_up_with_a_reason(cast, nothing_changes):
    master, gearworks, rival, dealer = cast.chain_master, cast.gearworks, cast.rival, cast.dealer
    with nothing_changes():
        few = opens_pool(master, gearworks, rival)
        rule = opens_pool(master, gearworks, rival, dealer, rule="GUARANTEED_FIRST")
        falling = opens_pool(master, gearworks, rival, dealer, tiers=["50", "20"])
        own = opens_pool(master, gearworks, rival, dealer, by="quality")
    assert [one.fields for one in (few, rule, falling)] == [["memberIds"], ["guaranteed"], ["tiers"]]
    assert own.refusals == ["NOT_ALLOWED_NOW"]
    pool = opens_pool(master, gearworks, rival, dealer)["pool"]
    joins(gearworks, pool, "10")["membership"]
    joins(rival, pool, "60")["membership"]
    window_ends(pool)
    found = pool_of(master, pool)
    assert (found["state"], found["sums"]["total"], found["openVerbs"]) == ("NOT_FORMED", None, [])
    assert ("pool.not_formed" in told(master), told(dealer)) == (True, set())

    other = opens_pool(master, gearworks, rival, dealer)["pool"]
    for n in range(5):
        joins(gearworks, other, str(10 + n))["membership"]
    assert "pool.statements" in joins(gearworks, other, "20").errors[0]["rule"]
    gone = master.acts("cancel_pool", pool_versioned(other) | {"reason": "改为单独采购"}, by="buyer")["pool"]
    react()
    assert (gone["state"], pool_of(gearworks, other)["cancelled"]) == ("CANCELLED", "改为单独采购")
    assert (told(gearworks) >= {"pool.cancelled"}, pool_of(master, other)["sums"]["total"]) == (True, None)


@pytest.mark.feature("C2")
def test_one_who_needs_most_is_warned_of_and_who_is_guaranteed_comes_first(cast, bearings_bought_by_all):
    master, gearworks, rival, dealer = cast.chain_master, cast.gearworks, cast.rival, cast.dealer
    pool = opens_pool(master, gearworks, rival, dealer, rule="GUARANTEED_FIRST", guaranteed="5")["pool"]
    for member, quantity in ((gearworks, "100"), (rival, "5"), (dealer, "7")):
        joins(member, pool, quantity, "100")["membership"]
    assert [pool_of(one, pool)["tierReached"] for one in (master, gearworks)] == [None, None]
    window_ends(pool)
    assert pool_of(master, pool)["sums"]["concentrated"] is True
    assert (pool["state"], pool_of(master, pool)["state"]) == ("OPEN", "CLOSED")
    first = asks_for_total(master, pool, cast.bearing)
    assert pool_of(master, pool)["state"] == "SOURCING"
    master.acts("cancel_rfq", versioned(seen(master, first)) | {"reason": "重新询价"}, by="buyer")["rfq"]
    rfq = asks_for_total(master, pool, cast.bearing)
    bid_comes(cast.bearing, rfq, ("0", "110.00"))
    offer = pool_of(master, pool)["rfq"]["comparison"][0]["offers"][0]["offer"]["id"]
    said = pool_versioned(pool_of(master, pool)) | {"quotationLineId": offer, "quantity": "15"}
    assert gearworks.acts("award_pool", said, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert master.acts("award_pool", said, by="buyer")["pool"]["state"] == "AWARDED"
    assert own_of(gearworks, pool)["state"] == "ALLOTTED"
    assert [own_of(one, pool)["share"] for one in (gearworks, rival, dealer)] == ["5", "5", "5"]
    assert (own_of(gearworks, pool)["saved"], pool_of(master, pool)["sums"]["saved"]) == ("-50", "-150")
    react()

    more = opens_pool(master, gearworks, rival, dealer)["pool"]
    for member, quantity in ((gearworks, "60"), (rival, "60"), (dealer, "1")):
        joins(member, more, quantity)["membership"]
    window_ends(more)
    bid_comes(cast.bearing, asks_for_total(master, more, cast.bearing), ("0", "99.00"))
    awards_pool(master, more, quantity="2")["pool"]
    react()
    assert (own_of(dealer, more)["state"], own_of(dealer, more)["unitPrice"]) == ("NOT_ALLOTTED", None)
    assert "pool.not_allotted" in told(dealer)
