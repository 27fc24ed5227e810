"""What the two ends of a supply link say of it: confirm, dispute, correct, end, begin anew, between sites (A7)."""

import pytest

from seeds.cast import credit_code
from tests.scenarios.players import day

pytestmark = pytest.mark.feature("A7")


def told(player, item, **given):
    """An answer to the link of an item as the player reads it now."""
    link = player.link_for(item)
    return {"linkId": link["id"], "expectedVersion": link["version"]} | given


def site(player, code, by="sales"):
    made = player.acts(
        "add_site", {"firmId": player.firm_id, "code": code, "name": f"{code} 厂", "prefecture": "320500"}, by=by
    )
    return made["site"]["id"]


def test_the_other_end_confirms_disputes_and_is_asked_again_once_it_is_corrected(cast, nothing_changes):
    gearworks, longteng = cast.gearworks, cast.chain_master
    link = longteng.link_for("HD-25")
    assert (link["state"], link["declaredBy"], link["confidence"]) == ("DECLARED", "SELLER", 0.4)
    with nothing_changes():
        assert gearworks.acts("confirm_supply_link", told(gearworks, "HD-25"), by="sales").refusals == [
            "NOT_ALLOWED_NOW"
        ]
        assert longteng.acts("confirm_supply_link", told(longteng, "HD-25"), by="planner").refusals == [
            "NOT_ALLOWED_NOW"
        ]
        assert cast.rival.acts("confirm_supply_link", told(longteng, "HD-25"), by="sales").refusals == ["NOT_FOUND"]
        stale = told(longteng, "HD-25", expectedVersion=7)
        assert longteng.acts("confirm_supply_link", stale, by="buyer").refusals == ["STALE"]
        wordless = told(longteng, "HD-25", reason="OTHER")
        assert longteng.acts("dispute_supply_link", wordless, by="buyer").fields == ["note"]

    wrong = told(longteng, "HD-25", reason="WRONG_SITE", note="苏州二厂发货")
    assert longteng.acts("dispute_supply_link", wrong, by="buyer")["supplyLink"]["state"] == "DISPUTED"
    seen = gearworks.link_for("HD-25")
    assert (seen["state"], seen["disputeReason"], seen["disputeNote"]) == ("DISPUTED", "WRONG_SITE", "苏州二厂发货")
    assert (seen["confidence"], [e["counts"] for e in seen["evidence"]]) == (0, [False])

    corrected = told(gearworks, "HD-25", supplierSiteId=site(gearworks, "SZ2"))
    assert gearworks.acts("restate_supply_link", corrected, by="sales")["supplyLink"]["state"] == "DECLARED"
    assert (
        longteng.acts("confirm_supply_link", told(longteng, "HD-25"), by="buyer")["supplyLink"]["state"] == "CONFIRMED"
    )
    seen = longteng.link_for("HD-25")
    assert (seen["supplierSite"]["code"], seen["disputeReason"], seen["confidence"]) == ("SZ2", None, 0.64)
    assert [(e["by"], e["counts"]) for e in seen["evidence"]] == [("BUYER", True), ("SELLER", True)]
    assert [h["event"] for h in longteng.history_of(seen)][-3:] == [
        "SupplyLinkDisputed", "SupplyLinkRestated", "SupplyLinkConfirmed",
    ]  # fmt: skip


def test_a_disputed_link_counts_nowhere_and_trade_does_not_settle_it(cast):
    longteng = cast.chain_master
    longteng.acts("dispute_supply_link", told(longteng, "RV-40E", reason="NO_LONGER"), by="buyer")["supplyLink"]

    cast.gearworks.accepts_all(longteng.places_order(to=cast.gearworks))

    seen = longteng.link_for("RV-40E")
    assert (seen["state"], seen["basis"], seen["confidence"]) == ("DISPUTED", "SEEN_IN_ORDERS", 0.7)
    told_map = longteng.asks("chain_map_page", chainId=longteng.chain())["chainMap"]
    counted = sum(one["links"] for one in told_map["byBasis"])
    assert (told_map["disputed"], counted) == (1, len(told_map["links"]) - 1)
    assert next(one["links"] for one in told_map["byBasis"] if one["basis"] == "SEEN_IN_ORDERS") == 0


def test_to_whom_a_link_is_disclosed_learns_that_it_is_disputed_and_nothing_more(cast):
    gearworks = cast.gearworks
    wrong = told(gearworks, "CRB-100", reason="NOT_OUR_ITEM", note="型号不符")
    gearworks.acts("dispute_supply_link", wrong, by="buyer")["supplyLink"]

    (seen,) = [link for link in cast.chain_master.links() if link["disclosed"]]

    hidden = ("disputeReason", "disputeNote", "declaredBy", "supplier", "item", "supplierSite", "shareBand", "side")
    assert (seen["state"], {seen[name] for name in hidden}) == ("DISPUTED", {None})


def test_an_ended_link_may_be_declared_anew_by_either_end(cast, nothing_changes):
    longteng = cast.chain_master
    anew = {"itemId": longteng.item("HD-25"), "chainId": longteng.chain(), "shareBand": "UP_TO_30"}
    with nothing_changes():
        assert longteng.acts("declare_supply_link", anew, by="buyer").refusals == ["INVALID"]
    longteng.acts("end_supply_link", told(longteng, "HD-25"), by="buyer")["supplyLink"]

    assert longteng.acts("declare_supply_link", anew, by="buyer")["supplyLink"]["state"] == "DECLARED"

    mine, theirs = longteng.link_for("HD-25"), cast.gearworks.link_for("HD-25")
    assert (theirs["declaredBy"], theirs["shareBand"], mine["shareBand"]) == ("BUYER", None, "UP_TO_30")
    assert [e["by"] for e in theirs["evidence"] if e["counts"]] == ["BUYER"]
    done = cast.gearworks.acts("confirm_supply_link", told(cast.gearworks, "HD-25"), by="sales")
    assert done["supplyLink"]["state"] == "CONFIRMED"


def test_the_same_item_may_flow_between_several_sites_each_of_which_its_own_firm_has(cast, nothing_changes):
    gearworks, longteng = cast.gearworks, cast.chain_master
    first, second, foreign = site(gearworks, "SZ1"), site(gearworks, "SZ2"), site(cast.rival, "WX1")
    said = {"itemId": gearworks.item("HD-25"), "buyerId": longteng.firm_id, "chainId": gearworks.chain()}
    with nothing_changes():
        outside = gearworks.acts("declare_supply_link", said | {"supplierSiteId": foreign}, by="sales")
        assert (outside.refusals, outside.fields) == (["NOT_FOUND"], ["supplierSiteId"])

    for place in (first, second):
        assert gearworks.acts("declare_supply_link", said | {"supplierSiteId": place}, by="sales").refusals == []

    with nothing_changes():
        assert gearworks.acts("declare_supply_link", said | {"supplierSiteId": first}, by="sales").refusals == [
            "INVALID"
        ]
    routes = longteng.asks("supply_links", filter={"itemId": said["itemId"]})["supplyLinks"]["nodes"]
    assert [(x["supplierSite"] or {}).get("code") for x in routes] == [None, "SZ1", "SZ2"]
    at_first = longteng.asks("supply_links", filter={"siteId": first})["supplyLinks"]["nodes"]
    assert [x["supplierSite"]["code"] for x in at_first] == ["SZ1"]


def test_trade_names_no_site_so_of_two_routes_it_confirms_neither(cast):
    gearworks, longteng = cast.gearworks, cast.chain_master
    said = {"itemId": gearworks.item("RV-40E"), "buyerId": longteng.firm_id, "chainId": gearworks.chain()}
    gearworks.acts("declare_supply_link", said | {"supplierSiteId": site(gearworks, "SZ2")}, by="sales")["supplyLink"]

    gearworks.accepts_all(longteng.places_order(to=gearworks))

    routes = longteng.asks("supply_links", filter={"itemId": said["itemId"]})["supplyLinks"]["nodes"]
    assert [(x["state"], x["basis"]) for x in routes] == [("DECLARED", "SEEN_IN_ORDERS")] * 2


def test_the_buyer_says_the_share_and_the_supplier_sees_it_only_once_shown(cast, nothing_changes):
    gearworks, longteng = cast.gearworks, cast.chain_master
    with nothing_changes():
        own = told(gearworks, "HD-25", shareBand="SOLE")
        assert gearworks.acts("state_share_band", own, by="sales").refusals == ["NOT_FOUND"]
        guessed = {"itemId": gearworks.item("HD-25"), "buyerId": longteng.firm_id, "chainId": gearworks.chain()}
        refused = gearworks.acts("declare_supply_link", guessed | {"shareBand": "SOLE"}, by="sales")
        assert refused.fields == ["shareBand"]

    longteng.acts("state_share_band", told(longteng, "HD-25", shareBand="ABOVE_80"), by="buyer")["supplyLink"]
    assert (longteng.link_for("HD-25")["shareBand"], gearworks.link_for("HD-25")["shareBand"]) == ("ABOVE_80", None)

    shown = told(longteng, "HD-25", shareBand="ABOVE_80", shown=True)
    longteng.acts("state_share_band", shown, by="buyer")["supplyLink"]
    assert gearworks.link_for("HD-25")["shareBand"] == "ABOVE_80"


def test_lists_are_narrowed_by_what_one_may_see_of_each(cast):
    longteng, gearworks = cast.chain_master, cast.gearworks
    longteng.acts("dispute_supply_link", told(longteng, "HD-25", reason="NOT_OUR_ITEM"), by="buyer")["supplyLink"]
    gearworks.accepts_all(longteng.places_order(to=gearworks))

    def found(player=longteng, **by):
        answer = player.asks("supply_links", filter=by)["supplyLinks"]
        assert answer["totalCount"] == len(answer["nodes"])
        return {x["item"]["number"] if x["item"] else "?" for x in answer["nodes"]}

    assert found(disputed=True) == found(states=["DISPUTED"]) == {"HD-25"}
    assert found(disputed=True, states=["CONFIRMED"]) == set()
    assert found(basis=["SEEN_IN_ORDERS"]) == found(states=["CONFIRMED"]) == {"RV-40E"}
    assert found(side="BUYER", partnerId=cast.rival.firm_id) == {"RC-40"}
    assert found(partnerId=gearworks.firm_id) == {"RV-40E", "RV-80E", "HD-25", "?"}
    assert found(partnerId=cast.bearing.firm_id) == set()  # hides behind an alias: no filter finds it
    assert found(stale=True) == set() and "LT-R20" in found(side="SELLER", stale=False)
    assert "HD-25" not in found(awaitsMe=True) and "RV-80E" in found(awaitsMe=True)
    assert found(gearworks, awaitsMe=True) == {"CRB-100", "CRB-60"} & found(gearworks, awaitsMe=True)


# a firm one does not know


def proposal(player, code, **given):
    said = {"side": "SELLER", "chainId": player.chain(), "itemId": player.item("RC-40"), "code": code}
    return player.acts("propose_supply_link", said | given, by="sales")


def incoming(player):
    return player.asks("link_proposals", filter={"incoming": True})["linkProposals"]["nodes"]


def test_who_writes_to_a_credit_code_learns_nothing_until_it_is_taken_up(cast, stranger, nothing_changes):
    rival, firms_before = cast.rival, cast.rival.asks("firms")["firms"]["nodes"]
    answers = [proposal(rival, credit_code(n))["proposal"] for n in (7001, 7002)]

    assert [{k: v for k, v in a.items() if k not in ("id", "code")} for a in answers] == [
        {"state": "PROPOSED", "openUntil": day(90), "partner": None}
    ] * 2
    (got,) = incoming(stranger)
    assert (got["fromName"], got["itemNumber"], got["openVerbs"]) == (
        "无锡锐驰减速机有限公司", "RC-40", ["acceptLinkProposal", "declineLinkProposal"],
    )  # fmt: skip
    with nothing_changes():
        assert stranger.acts("accept_link_proposal", {"proposalId": answers[1]["id"]}, by="any").refusals == [
            "NOT_FOUND"
        ]
        assert cast.gearworks.acts("accept_link_proposal", {"proposalId": got["id"]}, by="any").refusals == [
            "NOT_FOUND"
        ]
        assert stranger.asks("firms", filter={"text": "锐驰"})["firms"]["nodes"] == []

    stranger.acts("decline_link_proposal", {"proposalId": got["id"], "reason": "NOT_OUR_CUSTOMER"}, by="any")[
        "proposal"
    ]

    seen = rival.asks("link_proposals")["linkProposals"]["nodes"]
    assert [(p["state"], p["partner"], p["declineReason"], p["openVerbs"]) for p in seen] == [
        ("PROPOSED", None, None, ["withdrawLinkProposal"])
    ] * 2
    assert [len(rival.history_of(p)) for p in seen] == [1, 1]
    assert [proposal(rival, credit_code(n)).refusals for n in (7001, 7002)] == [["INVALID"]] * 2
    assert rival.asks("firms")["firms"]["nodes"] == firms_before
    assert [rival.acts("withdraw_link_proposal", {"proposalId": p["id"]}, by="any").refusals for p in seen] == [[], []]


def test_once_taken_up_it_is_a_confirmed_link_and_the_two_know_each_other(cast, stranger):
    rival = cast.rival
    proposal(rival, credit_code(7001), buyerNumber="X-1")["proposal"]
    (got,) = incoming(stranger)

    link = stranger.acts("accept_link_proposal", {"proposalId": got["id"], "shareBand": "SOLE"}, by="any")["supplyLink"]

    assert (link["state"], link["supplier"]["name"]) == ("CONFIRMED", "无锡锐驰减速机有限公司")
    (seen,) = rival.asks("link_proposals")["linkProposals"]["nodes"]
    assert (seen["state"], seen["linkId"]) == ("ACCEPTED", link["id"])
    (known,) = rival.asks("supply_links", filter={"partnerId": stranger.firm_id})["supplyLinks"]["nodes"]
    assert (known["buyer"]["name"], known["buyerNumber"], known["shareBand"]) == ("扬州陌生人精工", "X-1", None)
    assert [(e["kind"], e["by"]) for e in known["evidence"]] == [("DECLARATION", "BUYER"), ("DECLARATION", "SELLER")]


def test_a_buyer_says_in_words_what_it_buys_and_the_maker_says_which_item_that_is(cast, nothing_changes):
    longteng, gearworks = cast.chain_master, cast.gearworks
    said = {
        "side": "BUYER",
        "chainId": longteng.chain(),
        "partnerId": gearworks.firm_id,
        "itemText": "HD-32 谐波减速器",
        "buyerNumber": "LT-9",
    }
    longteng.acts("propose_supply_link", said, by="buyer")["proposal"]
    new = gearworks.acts("add_item", {"number": "HD-32", "name": "谐波减速器", "unit": "C62"}, by="sales")["item"]["id"]
    (got,) = incoming(gearworks)
    answer = {"proposalId": got["id"]}
    with nothing_changes():
        assert longteng.acts("propose_supply_link", said, by="buyer").refusals == ["INVALID"]
        assert longteng.acts("propose_supply_link", said | {"side": "SYSTEM"}, by="buyer").fields == ["side"]
        assert longteng.acts("accept_link_proposal", answer, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        assert gearworks.acts("accept_link_proposal", answer, by="sales").fields == ["itemId"]

    gearworks.acts("accept_link_proposal", answer | {"itemId": new}, by="sales")["supplyLink"]

    link = longteng.link_for("HD-32")
    assert (link["state"], link["declaredBy"], link["buyerNumber"]) == ("CONFIRMED", "BUYER", "LT-9")


def test_a_partner_is_told_why_not_and_a_proposal_that_nobody_takes_up_expires(cast, stranger, after_days):
    longteng = cast.chain_master
    said = {"side": "BUYER", "chainId": longteng.chain(), "partnerId": cast.gearworks.firm_id, "itemText": "联轴器"}
    longteng.acts("propose_supply_link", said, by="buyer")["proposal"]
    (got,) = incoming(cast.gearworks)
    cast.gearworks.acts("decline_link_proposal", {"proposalId": got["id"], "reason": "NOT_OUR_ITEM"}, by="sales")[
        "proposal"
    ]
    (seen,) = longteng.asks("link_proposals")["linkProposals"]["nodes"]
    assert (seen["state"], seen["declineReason"]) == ("DECLINED", "NOT_OUR_ITEM")

    proposal(cast.rival, credit_code(7001))["proposal"]
    after_days(91)

    (late,) = incoming(stranger)
    assert (late["state"], late["openVerbs"]) == ("EXPIRED", [])
    assert stranger.acts("accept_link_proposal", {"proposalId": late["id"]}, by="any").refusals == ["NOT_ALLOWED_NOW"]
    assert incoming(stranger)[0]["state"] == "EXPIRED"


def test_a_declaration_to_a_firm_one_does_not_know_is_refused_as_if_there_were_none(cast, stranger, nothing_changes):
    said = {"itemId": cast.rival.item("RC-40"), "chainId": cast.rival.chain()}
    with nothing_changes():
        there = cast.rival.acts("declare_supply_link", said | {"buyerId": stranger.firm_id}, by="sales")
        absent = cast.rival.acts("declare_supply_link", said | {"buyerId": "A" * 22}, by="sales")
    assert there.errors == absent.errors and there.refusals == ["NOT_FOUND"]
