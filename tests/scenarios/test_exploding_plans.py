"""The chain master explodes a plan; each firm that lets it through sees its own need and its direct customer, nothing else."""

import pytest

from tests.scenarios.players import day, fresh, line

pytestmark = pytest.mark.feature("D8")


def bill(player, item, *parts, **given):
    """parts: (item number, quantity per[, scrap percent])."""
    lines = [
        {"componentId": player.item(number), "quantityPer": per} | ({"scrapPercent": scrap[0]} if scrap else {})
        for number, per, *scrap in parts
    ]
    return player.acts("state_bill", {"itemId": player.item(item), "lines": lines} | given, by="planner")


def counts(player, item, quantity):
    said = {"itemId": player.item(item), "quantity": quantity, "countedOn": day(0)}
    return player.acts("count_stock", said, by="planner")["stockCount"]


def explodes(player, item, quantity, on, *, name="周计划"):
    lines = [{"itemId": player.item(item), "quantity": quantity, "wantedOn": day(on)}]
    return player.acts("explode_plan", {"name": name, "lines": lines}, by="planner")


def own_needs(player, explosion):
    return player.asks("plan_page", by="planner", id=explosion["explosion"]["id"], first=100)["materialNeeds"]["nodes"]


def asked(player):
    """What customers' plans ask of a firm: (item, customer, day, gross, net, outcome)."""
    found = player.asks("plans_page", by="planner")["materialNeeds"]["nodes"]
    return [
        (n["item"]["number"], n["customer"]["name"], n["neededOn"], n["gross"], n["net"], n["outcome"]) for n in found
    ]


def discloses(player, viewer):
    given = {"viewerId": viewer.firm_id, "chainId": player.chain(), "until": day(90)}
    return player.acts("disclose_links", given, by="sales")["disclosure"]["id"]


@pytest.fixture
def bills(cast):
    """Longteng's robot takes six reducers of Gearworks and one of the rival; Gearworks' takes bearings, which take steel."""
    bill(cast.chain_master, "LT-R20", ("RV-40E", "6"), ("RC-40", "1"))["bill"]
    bill(cast.gearworks, "RV-40E", ("CRB-100", "2", "10"))["bill"]
    bill(cast.bearing, "CRB-100", ("GCR15", "1.25"))["bill"]


def test_a_plan_goes_through_the_tiers_that_let_it_and_each_sees_its_own_node_only(cast, bills):
    master, gearworks, bearing = cast.chain_master, cast.gearworks, cast.bearing
    discloses(bearing, gearworks)
    counts(master, "LT-R20", "1")
    counts(master, "RV-40E", "14")
    counts(gearworks, "RV-40E", "25")
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "30", days={30: "20", 70: "10"})])
    gearworks.accepts_all(order)

    run = explodes(master, "LT-R20", "11", 100)

    assert [(n["item"]["number"], n["neededOn"], n["gross"], n["fromStock"], n["fromOrders"], n["net"], n["outcome"]) for n in own_needs(master, run)] == [
        ("LT-R20", day(100), "11", "1", "0", "10", "EXPLODED"),
        ("RV-40E", day(55), "60", "14", "20", "26", "PASSED_ON"),
        ("RC-40", day(55), "10", "0", "0", "10", "NOT_SHARED"),
    ]  # fmt: skip
    # 25 in stock, but 30 are promised to Longteng's own order: nothing is free
    longteng = "龙腾智能装备(南京)有限公司"
    assert asked(gearworks) == [
        ("RV-40E", longteng, day(55), "26", "26", "EXPLODED"),
        ("CRB-100", longteng, day(34), "57.2", "57.2", "PASSED_ON"),
    ]
    assert asked(bearing) == [
        ("CRB-100", "苏州精齿传动有限公司", day(34), "57.2", "57.2", "EXPLODED"),
        ("GCR15", "苏州精齿传动有限公司", day(22), "71.5", "71.5", "NOT_SHARED"),
    ]
    assert [asked(p) for p in (cast.steel, cast.rival, cast.dealer)] == [[], [], []]
    assert master.history_of(run["explosion"])[-1]["event"] == "PlanWorkedOut"
    assert run.data["job"]["state"] == "QUEUED"
    assert master.asks("job", id=run["job"]["id"])["job"]["state"] == "DONE"


def told(player, duty="any"):
    found = player.asks("inbox_page", by=duty, filter={"done": False})["inbox"]["nodes"]
    return [(x["reason"], x["subjectKind"]) for x in found if x["what"] == "needs_asked"]


def test_each_firm_a_plan_reaches_is_told_while_the_plan_stands_and_the_firm_that_plans_is_not(cast, bills):
    master, gearworks, bearing = cast.chain_master, cast.gearworks, cast.bearing
    discloses(bearing, gearworks)
    once = [("TOLD", "MaterialNeed")]

    run = explodes(master, "LT-R20", "1", 100)

    assert (told(gearworks), told(bearing)) == (once, once)
    assert [told(master, duty) for duty in ("planner", "buyer", "sales", "lead")] == [[]] * 4
    assert [told(p) for p in (cast.steel, cast.rival, cast.dealer, cast.operator)] == [[]] * 4
    explodes(master, "LT-R20", "2", 100)
    assert told(gearworks) == once, "the run that was replaced is gone, and with it what was told of it"

    (latest, *_) = master.asks("plans_page", by="planner")["explosions"]["nodes"]
    assert latest["id"] != run["explosion"]["id"]
    master.acts("withdraw_plan", {"explosionId": latest["id"]}, by="planner")["explosion"]
    assert (told(gearworks), told(bearing)) == ([], [])


def test_a_plan_ends_at_a_supplier_that_takes_its_disclosure_back(cast, bills):
    master, gearworks = cast.chain_master, cast.gearworks
    given = gearworks.asks("link_disclosures")["linkDisclosures"]["nodes"]
    for one in given:
        gearworks.acts("revoke_disclosure", {"disclosureId": one["id"]}, by="sales")

    run = explodes(master, "LT-R20", "1", 100)

    assert {n["item"]["number"]: n["outcome"] for n in own_needs(master, run)}["RV-40E"] == "NOT_SHARED"
    assert asked(gearworks) == []


def test_a_new_run_takes_the_place_of_the_old_and_a_plan_taken_back_is_gone_at_its_suppliers(
    cast, bills, nothing_changes
):
    master, gearworks = cast.chain_master, cast.gearworks
    explodes(master, "LT-R20", "1", 100)
    run = explodes(master, "LT-R20", "2", 100)
    assert [(n[0], n[3]) for n in asked(gearworks)] == [("RV-40E", "12"), ("CRB-100", "26.4")]
    named = {"explosionId": run["explosion"]["id"]}
    with nothing_changes():
        assert gearworks.acts("withdraw_plan", named, by="planner").refusals == ["NOT_FOUND"]
        assert master.acts("withdraw_plan", named, by="buyer").refusals == ["NOT_ALLOWED_NOW"]

    assert master.acts("withdraw_plan", named, by="planner")["explosion"]["superseded"]

    assert asked(gearworks) == []
    assert len(own_needs(master, run)) == 3
    with nothing_changes():
        assert master.acts("withdraw_plan", named, by="planner").refusals == ["NOT_ALLOWED_NOW"]


def test_a_circle_across_firms_is_told_to_each_without_a_name_of_the_others(cast, bills):
    """Bearing's steel is told to be made of robots: Longteng sells to no steelworks, so Bearing's own bill closes it."""
    master, gearworks, bearing = cast.chain_master, cast.gearworks, cast.bearing
    discloses(bearing, gearworks)
    discloses(gearworks, bearing)
    sold = {"itemId": gearworks.item("RV-40E"), "buyerId": bearing.firm_id, "chainId": gearworks.chain()}
    gearworks.acts("declare_supply_link", sold, by="sales")["supplyLink"]
    bill(bearing, "CRB-100", ("RV-40E", "0.01"))["bill"]

    run = explodes(master, "LT-R20", "1", 100)

    assert {n["item"]["number"]: n["outcome"] for n in own_needs(master, run)}["RV-40E"] == "PASSED_ON"
    assert [(n[0], n[5]) for n in asked(gearworks)] == [("RV-40E", "CIRCULAR")]
    assert asked(bearing) == []


def test_a_circle_in_ones_own_bills_is_refused_and_shown(cast, nothing_changes):
    gearworks = cast.gearworks
    for number in ("A-1", "A-2"):
        gearworks.acts("add_item", {"number": number, "name": number, "unit": "C62"}, by="sales")["item"]
    bill(gearworks, "RV-40E", ("A-1", "1"), ("CRB-100", "2"))["bill"]
    bill(gearworks, "A-1", ("A-2", "3"))["bill"]

    with nothing_changes():
        refused = bill(gearworks, "A-2", ("RV-40E", "1"))
        itself = bill(gearworks, "A-2", ("A-2", "1"))
        strange = bill(cast.chain_master, "RV-40E", ("RC-40", "1"))

    assert (refused.refusals, refused.fields) == (["INVALID"], ["lines"])
    assert "A-2 → RV-40E → A-1 → A-2" in refused.said
    assert refused.rule.startswith("bill.circle")
    assert itself.fields == ["lines.0.componentId"]
    assert strange.refusals == ["NOT_ALLOWED_NOW"]


def test_a_new_bill_closes_the_old_the_day_before_and_the_tree_follows_the_day(cast, nothing_changes):
    gearworks = cast.gearworks
    first = bill(gearworks, "RV-40E", ("CRB-100", "2", "10"))["bill"]
    bill(gearworks, "RV-40E", ("CRB-100", "3"), validFrom=day(30))["bill"]
    item = gearworks.item("RV-40E")

    def total(on):
        (row,) = gearworks.asks("item_page", id=item, today=day(on))["billTree"]["rows"]
        return row["total"]

    assert [total(29), total(30)] == ["2.2", "3"]
    found = gearworks.asks("item_page", id=item)["billsOfMaterial"]["nodes"]
    assert [(b["number"], b["validTo"], b["inForce"]) for b in found] == [(2, None, False), (1, day(29), True)]
    with nothing_changes():
        refused = bill(gearworks, "RV-40E", ("CRB-100", "1"), validFrom=day(10))
        assert cast.bearing.acts("end_bill", {"billId": first["id"], "lastDay": day(3)}, by="planner").refusals == [
            "NOT_FOUND"
        ]
    assert (refused.refusals, refused.fields) == (["INVALID"], ["validFrom"])
    gearworks.acts("end_bill", {"billId": first["id"], "lastDay": day(3)}, by="planner")["bill"]
    assert gearworks.asks("item_page", id=item, today=day(4))["billTree"]["rows"] == []
    assert cast.chain_master.asks("item_page", id=item)["billTree"]["rows"] == []


def test_where_used_goes_up_as_far_as_each_customer_lets_look_and_a_name_goes_one_step_only(cast, bills):
    master, gearworks, bearing = cast.chain_master, cast.gearworks, cast.bearing
    item = bearing.item("CRB-100")

    def used(player, number):
        found = player.asks("item_page", id=player.item(number))["whereUsed"]["uses"]
        return [
            (u["level"], u["firm"] and u["firm"]["name"], u["item"] and u["item"]["number"], bool(u["firmAlias"]), bool(u["itemAlias"]))
            for u in found
        ]  # fmt: skip

    assert used(master, "RV-40E") == [(1, "龙腾智能装备(南京)有限公司", "LT-R20", False, False)]
    assert used(bearing, "GCR15") == [(1, "常州恒轴轴承有限公司", "CRB-100", False, False)]
    assert used(bearing, "CRB-100") == []

    discloses(gearworks, bearing)
    given = discloses(master, gearworks)

    assert used(bearing, "CRB-100") == [
        (1, "苏州精齿传动有限公司", None, False, True),
        (2, None, None, True, True),
    ]
    assert used(bearing, "GCR15")[1:] == [(2, "苏州精齿传动有限公司", None, False, True), (3, None, None, True, True)]
    assert used(gearworks, "CRB-100") == [
        (1, "苏州精齿传动有限公司", "RV-40E", False, False),
        (2, "龙腾智能装备(南京)有限公司", None, False, True),
    ]
    assert cast.rival.asks("item_page", id=item).problems == []  # the rival buys it too
    assert used(cast.rival, "CRB-100") == []

    master.acts("revoke_disclosure", {"disclosureId": given}, by="sales")
    assert used(bearing, "CRB-100") == [(1, "苏州精齿传动有限公司", None, False, True)]


def test_what_is_no_plan_is_refused_with_the_field(cast, nothing_changes):
    master = cast.chain_master
    item = master.item("LT-R20")
    good = {"itemId": item, "quantity": "1", "wantedOn": day(9)}
    wrong = [
        ([good | {"quantity": "0"}], "INVALID", ["lines.0.quantity"]),
        ([good, good | {"wantedOn": day(-1)}], "INVALID", ["lines.1.wantedOn"]),
        ([], "INVALID", ["lines"]),
        ([good | {"itemId": cast.steel.item("GCR15")}], "NOT_FOUND", ["lines.0.itemId"]),
        ([good | {"itemId": master.item("RV-40E")}], "NOT_ALLOWED_NOW", []),
    ]

    with nothing_changes():
        for lines, code, fields in wrong:
            refused = master.acts("explode_plan", {"name": fresh("P"), "lines": lines}, by="planner")
            assert (refused.refusals, refused.fields) == ([code], fields)
