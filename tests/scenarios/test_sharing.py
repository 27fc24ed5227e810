"""Who lets whom see what, under which terms, until when (A9, B1, B2, B3)."""

import hashlib

import pytest

from chain.links.verbs import introduce
from chain.sharing.standard_terms import STANDARD_SHA256, STANDARD_TEXT
from kernel.access import SYSTEM
from kernel.work import unit_of_work
from seeds.cast import DEALER, RIVAL
from tests.scenarios.players import day, pages
from tests.scenarios.reactions import react

BOTH_ACCEPT = "sharing.terms (lifted by {}, by accepting the terms)"


def terms(player, partner, verb, by, **given):
    return player.acts(verb, {"partnerId": partner.firm_id} | given, by=by)


def proposes(player, partner, text="新条款一", days=7, by="lead"):
    return terms(player, partner, "propose_terms", by, text=text, effectiveOn=day(days))


def grant(player, viewer, field="CAPACITY", level="BAND", scope="ALL", **given):
    told = {"viewerId": viewer.firm_id, "fieldClass": field, "level": level, "scope": scope, "until": day(30)}
    return player.acts("grant_access", told | {"reason": "年度产能核对"} | given, by="sales")


def states(player, item, value, kind="MONTHLY_CAPACITY", **given):
    told = {"itemId": player.item(item), "kind": kind, "value": value} | given
    return player.acts("state_figure", told, by="sales")


def shown(player, owner):
    """(item, kind, what is told of it) of all an owner's figures one sees."""
    found = pages(
        player.api, player.who("buyer"), "sharing_figures_page", "sharedFigures", filter={"ownerId": owner.firm_id}
    )
    return {(f["item"]["number"], f["kind"]): f.get("value") or (f["low"], f["high"]) for f in found}


def allocates(player, partner, item, quantity, kind="STOCK", by="sales", **given):
    told = {
        "partnerId": partner.firm_id,
        "itemId": player.item(item),
        "kind": kind,
        "quantity": quantity,
        "asOf": day(0),
    }
    return player.acts("allocate_figure", told | given, by=by)


def allocated(player, **filter):
    found = pages(player.api, player.who("buyer"), "allocated_figures", "allocatedFigures", filter=filter)
    return [(f["owner"]["name"][:4], f["item"]["number"], f["kind"], f["quantity"]["value"]) for f in found]


@pytest.mark.feature("A9")
def test_nothing_new_begins_before_both_accepted_the_terms_in_force(cast, after_days, nothing_changes):
    gearworks, master = cast.gearworks, cast.chain_master
    begun = master.places_order(to=gearworks)
    version = proposes(master, gearworks)["terms"]
    assert (version["number"], version["state"], version["sha256"]) == (
        2, "PROPOSED", hashlib.sha256("新条款一".encode()).hexdigest(),
    )  # fmt: skip
    master.places_order(to=gearworks)["order"]  # the old ones count until the day of the new

    after_days(7)

    with nothing_changes():
        refused = master.places_order(to=gearworks)
        assert refused.refusals == ["NOT_ALLOWED_NOW"]
        assert refused.rule == BOTH_ACCEPT.format("苏州精齿传动有限公司")
        assert "not accepted yet by 苏州精齿传动有限公司" in refused.said
        for act in (grant(gearworks, master), allocates(gearworks, master, "HD-25", "5")):
            assert act.refusals == ["NOT_ALLOWED_NOW"]
        disclosed = {"viewerId": master.firm_id, "chainId": master.chain(), "until": day(9)}
        assert gearworks.acts("disclose_links", disclosed, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    assert gearworks.accepts_all(begun).refusals == []  # what is under way is completed
    assert gearworks.ships((begun, 1, "10")).refusals == []

    read = gearworks.asks("sharing_terms_page", partnerId=master.firm_id)["termsWith"]["waiting"]
    assert read["text"] == "新条款一"
    accepted = terms(gearworks, master, "accept_terms", "sales", sha256=read["sha256"])["terms"]

    assert accepted["state"] == "ACCEPTED"
    assert master.places_order(to=gearworks).refusals == []
    kept = master.asks("sharing_terms_page", partnerId=gearworks.firm_id)["termsVersions"]["nodes"][0]
    assert [(a["firm"]["id"], a["sha256"]) for a in kept["acceptances"]] == [
        (master.firm_id, version["sha256"]), (gearworks.firm_id, version["sha256"]),
    ]  # fmt: skip


@pytest.mark.feature("A9")
def test_terms_are_accepted_as_read_by_who_signs_and_a_refusal_leaves_the_old(cast, after_days, nothing_changes):
    gearworks, master = cast.gearworks, cast.chain_master
    with nothing_changes():
        assert terms(master, gearworks, "accept_terms", "lead", sha256=STANDARD_SHA256).refusals == ["NOT_ALLOWED_NOW"]
        assert proposes(master, gearworks, days=6).fields == ["effectiveOn"]
        assert proposes(master, gearworks, by="sales").refusals == ["NOT_ALLOWED_NOW"]  # there is a lead to sign
        assert proposes(master, gearworks, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        assert proposes(master, gearworks, text=" ").fields == ["text"]
        assert proposes(cast.rival, gearworks, by="sales").refusals == ["NOT_FOUND"]
    proposes(master, gearworks)["terms"]

    with nothing_changes():
        assert proposes(gearworks, master, by="sales").refusals == ["NOT_ALLOWED_NOW"]  # one at a time
        assert terms(gearworks, master, "accept_terms", "sales", sha256=STANDARD_SHA256).refusals == ["STALE"]
        assert terms(gearworks, master, "withdraw_terms", "sales").refusals == ["NOT_ALLOWED_NOW"]
        assert terms(master, gearworks, "decline_terms", "lead").refusals == ["NOT_ALLOWED_NOW"]
        assert terms(cast.rival, gearworks, "decline_terms", "sales").refusals == ["NOT_FOUND"]
    assert terms(gearworks, master, "decline_terms", "sales")["terms"]["state"] == "DECLINED"
    after_days(8)
    assert master.places_order(to=gearworks).refusals == []
    proposes(gearworks, master, by="sales")["terms"]
    assert terms(gearworks, master, "withdraw_terms", "sales")["terms"]["state"] == "WITHDRAWN"
    assert (
        cast.rival.asks("sharing_terms_page", partnerId=gearworks.firm_id).problems[0]["extensions"]["code"]
        == "NOT_FOUND"
    )


@pytest.mark.feature("A9")
def test_new_partners_each_accept_the_standard_text_before_anything_begins(cast, seated, nothing_changes):
    dealer, rival = cast.dealer, cast.rival
    with unit_of_work() as work:
        introduce(
            work, SYSTEM, seated.acting(RIVAL), item_id=seated.items["RC-40"], buyer_id=seated.firms[DEALER],
            chain_id=seated.chain_id,
        )  # fmt: skip
    react()

    with nothing_changes():
        refused = dealer.places_order(to=rival, item="RC-40")
        assert (refused.refusals, "无锡锐驰减速机有限公司 and 长江机器人销售有限公司" in refused.said) == (
            ["NOT_ALLOWED_NOW"],
            True,
        )
    read = dealer.asks("sharing_terms_page", partnerId=rival.firm_id)
    assert (read["termsWith"]["current"], read["standardTerms"]) == (
        None,
        {"text": STANDARD_TEXT, "sha256": STANDARD_SHA256},
    )
    assert terms(dealer, rival, "accept_terms", "sales", sha256=STANDARD_SHA256)["terms"]["state"] == "PROPOSED"
    with nothing_changes():
        refused = dealer.places_order(to=rival, item="RC-40")
        assert refused.rule == BOTH_ACCEPT.format("无锡锐驰减速机有限公司")
        assert terms(dealer, rival, "accept_terms", "sales", sha256=STANDARD_SHA256).refusals == ["NOT_ALLOWED_NOW"]
    assert terms(rival, dealer, "accept_terms", "sales", sha256=STANDARD_SHA256)["terms"]["state"] == "ACCEPTED"
    assert dealer.places_order(to=rival, item="RC-40").refusals == []


@pytest.mark.feature("B3")
def test_a_grant_shows_as_much_as_its_level_says_until_it_is_taken_back(cast, after_days, nothing_changes):
    gearworks, master, rival = cast.gearworks, cast.chain_master, cast.rival
    states(gearworks, "RV-40E", "420")["figure"]
    states(gearworks, "HD-25", "90")["figure"]
    states(gearworks, "RV-40E", "1888.5", "LIST_PRICE", currency="CNY")["figure"]
    assert shown(master, gearworks) == {}

    given = grant(gearworks, master)["accessGrant"]
    assert shown(master, gearworks) == {
        ("RV-40E", "MONTHLY_CAPACITY"): ("300", "1000"), ("HD-25", "MONTHLY_CAPACITY"): ("30", "100"),
    }  # fmt: skip
    exception = grant(gearworks, master, level="NONE", scope="ITEM", itemId=gearworks.item("HD-25"))["accessGrant"]
    link = gearworks.link_for("RV-40E")["id"]
    exact = grant(gearworks, master, "PRICE", "EXACT", "LINK", linkId=link)["accessGrant"]
    assert shown(master, gearworks) == {
        ("RV-40E", "MONTHLY_CAPACITY"): ("300", "1000"), ("RV-40E", "LIST_PRICE"): "1888.5",
    }  # fmt: skip
    assert shown(rival, gearworks) == {} == shown(cast.bearing, gearworks)

    with nothing_changes():
        for other in (rival, master):
            assert other.acts("revoke_access", {"grantId": exact["id"]}, by="sales").refusals == ["NOT_FOUND"]
    gearworks.acts("revoke_access", {"grantId": exact["id"]}, by="sales")["accessGrant"]
    assert list(shown(master, gearworks)) == [("RV-40E", "MONTHLY_CAPACITY")]
    with nothing_changes():
        assert gearworks.acts("revoke_access", {"grantId": exact["id"]}, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    gearworks.acts("revoke_access", {"grantId": exception["id"]}, by="sales")["accessGrant"]
    assert len(shown(master, gearworks)) == 2
    after_days(31)
    assert shown(master, gearworks) == {}
    kept = list(pages(master.api, master.who("buyer"), "access_grants", "accessGrants"))
    assert [(g["id"], g["revokedAt"] is None) for g in kept] == [
        (exact["id"], False), (exception["id"], False), (given["id"], True),
    ]  # fmt: skip


@pytest.mark.feature("B3")
def test_a_firm_grants_its_own_and_with_an_end_and_a_reason(cast, nothing_changes):
    gearworks, master = cast.gearworks, cast.chain_master
    theirs = gearworks.item("CRB-100")
    with nothing_changes():
        assert grant(gearworks, cast.rival).refusals == ["NOT_FOUND"]
        assert grant(gearworks, gearworks).fields == ["viewerId"]
        assert grant(gearworks, master, until=day(367)).fields == ["until"]
        assert grant(gearworks, master, until=day(-1)).fields == ["until"]
        assert grant(gearworks, master, reason=" ").fields == ["reason"]
        assert grant(gearworks, master, scope="ITEM").fields == ["itemId"]
        assert grant(gearworks, master, itemId=gearworks.item("HD-25")).fields == ["itemId"]
        assert grant(gearworks, master, scope="ITEM", itemId=theirs).refusals == ["NOT_FOUND"]
        assert grant(gearworks, cast.bearing, scope="ITEM", itemId=gearworks.item("HD-25")).refusals == ["INVALID"]
        assert grant(gearworks, master, "IDENTITY").fields == ["level"]
        assert states(gearworks, "CRB-100", "5").fields == ["itemId"]
        assert states(gearworks, "HD-25", "-5").fields == ["value"]
        assert states(gearworks, "HD-25", "5", "UNIT_COST").fields == ["currency"]


@pytest.mark.feature("B3")
def test_a_grant_that_ends_amid_a_listing_is_off_the_next_page_and_the_cursor_holds(cast):
    gearworks, master = cast.gearworks, cast.chain_master
    for item in ("RV-40E", "RV-80E", "HD-25"):
        states(gearworks, item, "500")["figure"]
    items = {number: gearworks.item(number) for number in ("RV-40E", "RV-80E", "HD-25")}
    given = {
        n: grant(gearworks, master, level="EXACT", scope="ITEM", itemId=i)["accessGrant"] for n, i in items.items()
    }
    first = master.asks("sharing_figures_page", first=1)["sharedFigures"]
    assert (first["nodes"][0]["item"]["number"], first["totalCount"]) == ("HD-25", 3)

    for ended in ("HD-25", "RV-80E"):  # the one the cursor stands on, and the one that would come next
        gearworks.acts("revoke_access", {"grantId": given[ended]["id"]}, by="sales")["accessGrant"]

    after = master.asks("sharing_figures_page", first=1, after=first["pageInfo"]["endCursor"])["sharedFigures"]
    assert [n["item"]["number"] for n in after["nodes"]] == ["RV-40E"]
    assert (after["pageInfo"]["hasNextPage"], after["totalCount"]) == (False, 1)


@pytest.mark.feature("B2")
def test_each_partner_reads_the_figure_set_apart_for_it_and_nothing_of_the_others(cast, nothing_changes):
    bearing, gearworks, rival = cast.bearing, cast.gearworks, cast.rival
    before = allocated(gearworks)
    allocates(bearing, gearworks, "CRB-100", "120")["allocatedFigure"]
    seen = gearworks.asks("allocated_figures")
    for quantity in ("700", "650"):
        allocates(bearing, rival, "CRB-100", quantity)["allocatedFigure"]
    theirs = allocates(bearing, rival, "CRB-100", "14", "DAYS_OF_SUPPLY")["allocatedFigure"]

    assert before == []
    assert gearworks.asks("allocated_figures") == seen  # not by a count, an order or a time
    assert allocated(gearworks) == [("常州恒轴", "CRB-100", "STOCK", "120")]
    assert allocated(rival) == [
        ("常州恒轴", "CRB-100", "DAYS_OF_SUPPLY", "14"), ("常州恒轴", "CRB-100", "STOCK", "650"),
    ]  # fmt: skip
    assert len(allocated(bearing, mine=True)) == 3
    assert allocated(gearworks, partnerId=rival.firm_id) == []
    withdrawn = {"allocatedFigureId": theirs["id"]}
    with nothing_changes():
        for other in (gearworks, rival):
            assert other.acts("withdraw_allocation", withdrawn, by="sales").refusals == ["NOT_FOUND"]
        assert gearworks.asks("node", id=theirs["id"]).problems[0]["extensions"]["code"] == "NOT_FOUND"
        assert allocates(bearing, cast.steel, "CRB-100", "5").refusals == ["NOT_FOUND"]
        assert allocates(gearworks, cast.rival, "CRB-100", "5").refusals == ["NOT_FOUND"]
        assert allocates(bearing, gearworks, "CRB-100", "5", asOf=day(1)).fields == ["asOf"]
        assert allocates(bearing, gearworks, "CRB-100", "5", fromOn=day(1), toOn=day(2)).fields == ["fromOn"]
        assert allocates(bearing, gearworks, "CRB-100", "5", "PLANNED_OUTPUT").fields == ["fromOn"]
    assert bearing.acts("withdraw_allocation", withdrawn, by="sales")["allocatedFigure"]["replaced"] is True
    assert allocated(rival) == [("常州恒轴", "CRB-100", "STOCK", "650")]


@pytest.mark.feature("B2")
def test_both_directions_are_allocated_and_output_by_its_days(cast):
    gearworks, master = cast.gearworks, cast.chain_master
    for quantity, start in (("30", 1), ("40", 8), ("35", 1)):
        span = {"fromOn": day(start), "toOn": day(start + 6)}
        allocates(gearworks, master, "RV-40E", quantity, "PLANNED_OUTPUT", **span)["allocatedFigure"]
    allocates(master, gearworks, "RV-40E", "12", by="planner")["allocatedFigure"]  # what the buyer has of it

    assert sorted(allocated(master, kind="PLANNED_OUTPUT")) == [
        ("苏州精齿", "RV-40E", "PLANNED_OUTPUT", "35"), ("苏州精齿", "RV-40E", "PLANNED_OUTPUT", "40"),
    ]  # fmt: skip
    assert allocated(gearworks, mine=False) == [("龙腾智能", "RV-40E", "STOCK", "12")]
