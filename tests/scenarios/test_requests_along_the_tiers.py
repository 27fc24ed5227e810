"""A firm asks a deeper tier it knows by alias only; that firm answers, says its name, takes it back (B4, B5; 3.15)."""

import pytest

from jobs.data_requests import expire_data_requests
from kernel import ids
from tests.scenarios.players import day

SHORTAGE = {"item": "交叉滚子轴承", "reason": "台风停产通知 12 号", "criticality": "HIGH"}


def hidden_link(player):
    (shown,) = [link for link in player.links() if link["disclosed"]]
    return shown


def asks_for(player, kinds=("STOCK", "LEAD_TIME"), *, by="buyer", **given):
    return player.acts("send_data_request", SHORTAGE | {"kinds": list(kinds)} | given, by=by)


def received(player):
    return player.asks("data_requests", filter={"side": "SELLER"})["dataRequests"]["nodes"]


def sent(player):
    return player.asks("data_requests", filter={"side": "BUYER"})["dataRequests"]["nodes"]


def answers(player, request, *given, by="sales"):
    said = {"dataRequestId": request["id"], "expectedVersion": request["version"], "answers": list(given)}
    return player.acts("approve_data_request", said, by=by)


STOCK = {"kind": "STOCK", "value": "120", "unit": "C62"}
LEAD = {"kind": "LEAD_TIME", "value": "14"}


@pytest.mark.feature("B4")
def test_an_alias_is_asked_and_answers_without_either_learning_the_other_s_name(cast, nothing_changes):
    alias = hidden_link(cast.chain_master)["supplierAlias"]
    asked = asks_for(cast.chain_master, alias=alias, askerNamed=False)["dataRequest"]
    assert (asked["state"], asked["endsOn"], asked["partner"], asked["alias"]) == ("PENDING", day(30), None, alias)

    (at_bearing,) = received(cast.bearing)
    assert (at_bearing["partner"], at_bearing["alias"], at_bearing["askerNamed"]) == (None, None, False)
    with nothing_changes():
        assert answers(cast.rival, at_bearing, STOCK, LEAD).refusals == ["NOT_FOUND"]
        assert answers(cast.bearing, at_bearing, STOCK).fields == ["answers"]
        assert answers(cast.chain_master, at_bearing, STOCK, LEAD).refusals == ["NOT_ALLOWED_NOW"]
    answers(cast.bearing, at_bearing, STOCK, LEAD)["dataRequest"]

    (told,) = sent(cast.chain_master)
    assert (told["state"], told["partner"], told["revealedName"]) == ("APPROVED", None, None)
    assert [(a["kind"], a["quantity"]["value"], a["quantity"]["unit"]) for a in told["answers"]] == [
        ("STOCK", "120", "C62"), ("LEAD_TIME", "14", "DAY"),
    ]  # fmt: skip
    assert cast.chain_master.history_of(told["id"]) == cast.bearing.history_of(told["id"]) == []
    (entry,) = cast.bearing.asks("access_ledger")["accessLedger"]["nodes"]
    assert (entry["what"], entry["viewer"], entry["roles"], entry["rows"]) == ("requested_data", None, [], 2)


@pytest.mark.feature("B4")
def test_a_request_is_bounded_in_number_and_time_and_ends(cast, nothing_changes, after_days):
    partner = cast.gearworks.firm_id
    asks_for(cast.chain_master, partnerId=partner)["dataRequest"]
    with nothing_changes():
        again = asks_for(cast.chain_master, partnerId=partner, item="交叉滚子 轴承")
        assert (again.refusals, "request.one_open" in again.rule) == (["NOT_ALLOWED_NOW"], True)
        assert asks_for(cast.chain_master, partnerId=partner, item="别的", endsOn=day(91)).fields == ["endsOn"]
        assert asks_for(cast.chain_master, ["IDENTITY"], partnerId=partner, item="别的").fields == ["kinds"]
        assert asks_for(cast.chain_master, partnerId=cast.bearing.firm_id).refusals == ["NOT_FOUND"]
        assert asks_for(cast.chain_master, partnerId=partner, item="别的", by="sales").refusals == ["NOT_ALLOWED_NOW"]
    (request,) = received(cast.gearworks)
    assert request["partner"]["id"] == cast.chain_master.firm_id
    answers(cast.gearworks, request, STOCK, LEAD)["dataRequest"]
    with nothing_changes():
        assert answers(cast.gearworks, request, STOCK, LEAD).refusals == ["NOT_ALLOWED_NOW"]

    after_days(31)
    (over,) = sent(cast.chain_master)
    assert (over["state"], over["answers"], over["openVerbs"]) == ("EXPIRED", [], [])
    expire_data_requests()
    expire_data_requests()
    assert [e["event"] for e in cast.gearworks.history_of(over["id"])] == [
        "DataRequestSent", "DataRequestApproved", "DataRequestExpired",
    ]  # fmt: skip

    for n in range(20):
        asks_for(cast.chain_master, partnerId=partner, item=f"物料 {n}")["dataRequest"]
    assert asks_for(cast.chain_master, partnerId=partner, item="再一个").refusals == ["LIMIT"]


def test_a_refusal_gives_no_reason_and_either_end_ends_a_request(cast, nothing_changes):
    for item in ("一", "二"):
        asks_for(cast.chain_master, partnerId=cast.gearworks.firm_id, item=item)["dataRequest"]
    second, first = received(cast.gearworks)
    refused = {"dataRequestId": first["id"], "expectedVersion": first["version"]}
    with nothing_changes():
        stale = refused | {"expectedVersion": 9}
        assert cast.gearworks.acts("refuse_data_request", stale, by="sales").refusals == ["STALE"]
        assert cast.bearing.acts("refuse_data_request", refused, by="sales").refusals == ["NOT_FOUND"]
    cast.gearworks.acts("refuse_data_request", refused, by="sales")["dataRequest"]
    answers(cast.gearworks, second, STOCK, LEAD)["dataRequest"]

    cast.gearworks.acts("terminate_data_request", {"dataRequestId": second["id"]}, by="sales")["dataRequest"]

    states = [(r["state"], r["answers"], r["openVerbs"]) for r in sent(cast.chain_master)]
    assert states == [("TERMINATED", [], []), ("REFUSED", [], [])]
    with nothing_changes():
        ended = cast.chain_master.acts("terminate_data_request", {"dataRequestId": second["id"]}, by="buyer")
        assert ended.refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("B5")
def test_a_hidden_firm_says_its_name_to_who_asked_until_it_takes_it_back(cast):
    alias = hidden_link(cast.chain_master)["supplierAlias"]
    asks_for(cast.chain_master, ["IDENTITY"], alias=alias, askerNamed=False)["dataRequest"]
    (request,) = received(cast.bearing)
    answers(cast.bearing, request)["dataRequest"]

    named = hidden_link(cast.chain_master)
    assert (named["supplierName"], named["supplierAlias"], named["supplier"]) == ("常州恒轴轴承有限公司", alias, None)
    (given,) = cast.bearing.asks("identity_reveals")["identityReveals"]["nodes"]
    assert (given["viewer"], given["dataRequestId"]) == (None, request["id"])
    known = cast.gearworks.asks("history_page", id=given["id"])
    assert known.problems[0]["extensions"]["code"] == "NOT_FOUND"

    cast.bearing.acts("conceal_identity", {"identityRevealId": given["id"]}, by="sales")["reveal"]

    assert hidden_link(cast.chain_master)["supplierName"] is None
    again = cast.bearing.acts("conceal_identity", {"identityRevealId": given["id"]}, by="sales")
    assert again.refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("B5")
def test_a_standing_reveal_is_answered_alike_whether_the_viewer_sees_one_or_not(cast, nothing_changes, seated):
    """Steel sells to Bearing only, which discloses to nobody: whether anybody sees it is not told to it."""
    told = cast.steel.acts("reveal_identity", {"viewerId": cast.bearing.firm_id, "until": day(9)}, by="sales")
    also = cast.bearing.acts("reveal_identity", {"viewerId": cast.gearworks.firm_id, "until": day(9)}, by="sales")
    assert told["reveal"].keys() == also["reveal"].keys()

    with nothing_changes():
        stranger = {"viewerId": cast.chain_master.firm_id, "until": day(9)}
        assert cast.bearing.acts("reveal_identity", stranger, by="sales").refusals == ["NOT_FOUND"]
        long = {"viewerId": cast.bearing.firm_id, "until": day(400)}
        assert cast.steel.acts("reveal_identity", long, by="sales").fields == ["until"]
    assert hidden_link(cast.chain_master)["supplierName"] is None
    assert ids.pseudonym(1, 2) != ids.pseudonym(2, 2)
