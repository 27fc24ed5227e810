"""What a firm learns of how its chain leans on whom, and that it learns nothing else by it."""

import pytest

from seeds.cast import BEARING, GEARWORKS, LONGTENG, RIVAL
from tests.scenarios.players import day, line


def measured(player, **more):
    return player.asks("chain_resilience", chainId=player.chain(), **more)["resilience"]


def by_name(found):
    return {(one["firm"]["firm"] or {"name": "alias"})["name"]: one for one in found["firms"]}


def reasons(player, key):
    return player.asks("firm_reasons", chainId=player.chain(), key=key)


@pytest.mark.feature("I3")
def test_a_buyer_reads_who_stops_its_line_how_much_and_when(cast):
    """Three reducers of Gearworks, one of the rival, one bearing maker behind Gearworks under an alias; a dealer downstream."""
    found = measured(cast.chain_master)
    firms = by_name(found)

    assert (found["firmsSeen"], found["linksSeen"], found["isCut"]) == (5, 6, False)
    assert found["unknownShare"] == {"amount": 1.0, "cover": 1.0, "evidence": 1.0}
    # All links weigh alike: Gearworks has three quarters of the stage, and the rival's quarter cannot replace them.
    assert firms[GEARWORKS]["ownLoss"] == pytest.approx(0.75)
    assert firms["alias"]["ownLoss"] == pytest.approx(0.75)
    # Of the rival's quarter, Gearworks' three quarters replace two thirds by their size.
    assert firms[RIVAL]["ownLoss"] == pytest.approx(0.25 / 3)
    assert {name for name, one in firms.items() if one["isSinglePoint"]} == {GEARWORKS, RIVAL, "alias"}
    assert [(firms[name]["days"], firms[name]["daysSource"]) for name in (GEARWORKS, RIVAL, "alias")] == [
        (14, "DECLARED"), (18, "DECLARED"), (14, "UNKNOWN"),
    ]  # fmt: skip
    assert [(s["stage"]["name"], s["firms"], s["isSingleSource"], s["prefectures"]) for s in found["stages"]] == [
        ("Bearings and basic parts", 1, True, None), ("Core components", 2, False, 2),
    ]  # fmt: skip
    assert [firms[name]["tier"] for name in (GEARWORKS, RIVAL, "alias")] == [1, 1, 2]
    assert found["fatalPairs"] == []


@pytest.mark.feature("I3")
def test_why_a_hidden_firm_matters_is_said_in_words_under_its_alias(cast):
    alias = by_name(measured(cast.chain_master))["alias"]

    told = reasons(cast.chain_master, alias["key"])["firmReasons"]

    assert alias["key"] == alias["firm"]["alias"] and alias["firm"]["firm"] is None
    assert [[step["share"] for step in way["steps"]] for way in told["ways"]] == [[1.0, pytest.approx(0.75)]]
    assert told["ways"][0]["sentence"].startswith(f"{alias['key']} stops: {GEARWORKS} buys 100% of that stage from")
    assert BEARING not in str(told)


@pytest.mark.feature("I3")
def test_orders_and_stock_replace_what_was_not_known(cast):
    before = by_name(measured(cast.chain_master))[RIVAL]
    order = cast.chain_master.places_order(to=cast.rival, lines=[line(cast.rival.item("RC-40"), "365", price="100")])
    cast.rival.accepts_all(order)
    cast.chain_master.acts(
        "count_stock", {"itemId": cast.rival.item("RC-40"), "quantity": "30", "countedOn": day(0)}, by="planner"
    )

    found = measured(cast.chain_master)

    after = by_name(found)[RIVAL]
    assert found["unknownShare"]["amount"] == pytest.approx(5 / 6)
    assert (before["days"], before["daysSource"], after["days"], after["daysSource"]) == (
        18,
        "DECLARED",
        30,
        "EVIDENCE",
    )


@pytest.mark.feature("I3")
def test_two_makers_of_what_the_buyer_calls_by_one_number_stand_in_for_one_another(cast):
    """Until then each reducer is needed by itself: any maker that stops, stops the line."""
    before = measured(cast.chain_master)
    assert {GEARWORKS, RIVAL} <= {name for name, one in by_name(before).items() if one["isSinglePoint"]}
    buyer = cast.chain_master
    for seller, number in ((cast.gearworks, "RV-40E"), (cast.rival, "RC-40")):
        called = {"itemId": seller.item(number), "buyerNumber": "LT-减速器-1"}
        buyer.acts("state_cross_reference", called, by="buyer")["crossReference"]
    for number in ("RV-80E", "HD-25"):
        link = {"linkId": buyer.link_for(number)["id"], "expectedVersion": 1}
        buyer.acts("end_supply_link", link, by="buyer")["supplyLink"]

    found = measured(cast.chain_master)

    firms = by_name(found)
    assert [name for name, one in firms.items() if one["isSinglePoint"]] == []
    pairs = {frozenset((p["first"]["key"], p["second"]["key"])) for p in found["fatalPairs"]}
    assert pairs == {frozenset((firms[RIVAL]["key"], firms[name]["key"])) for name in (GEARWORKS, "alias")}
    assert found["graphVersion"] != before["graphVersion"]
    assert measured(cast.rival)["fatalPairs"] == []


@pytest.mark.feature("B1")
def test_a_rival_s_figures_are_the_same_whatever_it_cannot_see(cast):
    """Its own bearing maker also serves Gearworks, and Gearworks trades: nothing of it moves any figure of the rival's."""
    before = measured(cast.rival)
    alias = by_name(measured(cast.chain_master))["alias"]["key"]
    order = cast.chain_master.places_order(to=cast.gearworks, lines=[line(cast.gearworks.item("RV-40E"), "40")])
    cast.gearworks.accepts_all(order)
    cast.gearworks.acts("disclose_links", {"viewerId": cast.chain_master.firm_id, "chainId": cast.gearworks.chain(),
                                           "until": day(20)}, by="sales")  # fmt: skip

    assert measured(cast.rival) == before
    assert GEARWORKS not in str(before)
    refused = [reasons(cast.rival, key) for key in (alias, cast.gearworks.firm_id, "F-00000-00000-00000-00000", "x")]
    assert {(tuple(one.refusals), str(one.problems)) for one in refused} == {
        (tuple(refused[0].refusals), str(refused[0].problems))
    }


def test_what_is_taken_back_is_in_no_figure_at_the_next_question(cast):
    assert "alias" in by_name(measured(cast.chain_master))
    (given,) = cast.gearworks.asks("link_disclosures")["linkDisclosures"]["nodes"]

    cast.gearworks.acts("revoke_disclosure", {"disclosureId": given["id"]}, by="sales")

    assert "alias" not in by_name(measured(cast.chain_master))


def test_officials_and_who_belongs_to_no_firm_get_none(cast):
    assert measured(cast.official) is None
    assert measured(cast.operator) is None


def simulates(player, *shocks, **more):
    return player.asks("simulate", chainId=player.chain(), input={"shocks": list(shocks)} | more)


def down(key, **more):
    return {"kind": "FIRM_DOWN", "firm": key, "first": day(0)} | more


@pytest.mark.feature("I4")
def test_a_supplier_that_stops_for_a_month_stops_the_buyer_and_a_further_source_does_not(cast):
    """No stock is known: fifteen days are taken, as in the Japan runs of Inoue and Todo."""
    key = by_name(measured(cast.chain_master))[GEARWORKS]["key"]
    sources = [
        {"linkId": cast.chain_master.link_for(number)["id"], "share": 1, "readyOn": day(10)}
        for number in ("RV-40E", "RV-80E", "HD-25")
    ]

    found = simulates(cast.chain_master, down(key, last=day(29)), days=120, sources=sources)["simulate"]

    without, helped = found["without"], found["withSources"]
    assert found["score"] == pytest.approx(by_name(measured(cast.chain_master))[GEARWORKS]["score"])
    assert without["own"]["stopsOn"] == day(15)
    assert without["own"]["depth"] == 1.0
    assert (helped["own"]["stopsOn"], helped["own"]["lost"]) == (None, 0.0)
    assert helped["lost"] < without["lost"]
    assert sum(without["lostByDay"]) == pytest.approx(without["lost"])
    assert len(without["lostByDay"]) == found["days"] == 120
    assert without["hits"][0]["lost"] == max(hit["lost"] for hit in without["hits"])
    assert {hit["firm"]["alias"] for hit in without["hits"]} > {None}, (
        "the hidden firm loses its orders, under its alias"
    )


@pytest.mark.feature("I4")
def test_who_stops_first_and_for_want_of_whom_is_told_by_day(cast):
    """The hidden bearing maker stops, then Gearworks after 15 days of stock nobody stated, then the buyer after 15 more."""
    alias = by_name(measured(cast.chain_master))["alias"]["key"]

    found = simulates(cast.chain_master, down(alias), days=60)["simulate"]

    told = [
        (one["stopsOn"], (one["firm"]["firm"] or {"name": "alias"})["name"],
         one["supplier"] and (one["supplier"]["firm"] or {"name": "alias"})["name"], one["coverDays"], one["isAssumed"])
        for one in found["stops"]
    ]  # fmt: skip
    assert told[:3] == [
        (day(0), "alias", None, None, False), (day(15), GEARWORKS, "alias", 15, True), (day(30), LONGTENG, GEARWORKS, 15, True),
    ]  # fmt: skip
    assert simulates(cast.chain_master, down(alias), days=15)["simulate"]["stops"][1:] == []


@pytest.mark.feature("I4")
def test_the_orders_that_fall_into_the_trouble_are_named_to_their_own_parties(cast):
    """Due on the 20th day at Gearworks, and to the dealer on the 25th; what is due before, after, or at the rival is not."""
    lines = [line("RV-40E", "11", days={2: "4", 20: "6", 170: "1"})]
    order = cast.chain_master.places_order(cast.gearworks, lines=lines)
    cast.gearworks.accepts_all(order)
    other = cast.chain_master.places_order(cast.rival, "RC-40", "1")
    sold = cast.dealer.places_order(cast.chain_master, lines=[line("LT-R20", "2", days={24: "1", 30: "1"})])
    key = by_name(measured(cast.chain_master))[GEARWORKS]["key"]

    found = simulates(cast.chain_master, down(key, first=day(10), last=day(40)))["simulate"]

    # Fifteen days of stock: from the day after them on, nothing can be made for the dealer.
    assert found["without"]["own"]["stopsOn"] == day(25)
    assert [
        (one["order"]["number"], one["side"], one["dueOn"], one["quantity"]["value"]) for one in found["ordersAtRisk"]
    ] == [(order["order"]["number"], "BUYER", day(20), "6"), (sold["order"]["number"], "SELLER", day(30), "1")]
    theirs = simulates(cast.rival, down(cast.chain_master.firm_id, first=day(10), last=day(40)))["simulate"]
    assert theirs["ordersAtRisk"] == [], "who is merely asked for less is not late"
    assert other["order"]["number"] not in str(theirs)


@pytest.mark.feature("I4")
@pytest.mark.parametrize(("shock", "fields", "said"), [
    ({"kind": "FIRM_DOWN", "firm": "F-X"}, ["shocks.0.firm"], "there is no firm F-X in this chain"),
    ({"kind": "FIRM_DOWN", "left": 2}, ["shocks.0.left"], "2 is no share from 0 to 1"),
    ({"kind": "PREFECTURE_DOWN", "prefectures": ["110000"]}, ["shocks.0.prefectures"], "there is no region 110000 in this chain"),
    ({"kind": "STAGE_CUT"}, ["shocks.0.stageIds"], "name the stage"),
    ({"kind": "LANE_DELAY", "origin": "320500", "destination": "320100", "delayDays": 0}, ["shocks.0.delayDays"], "a delay of 0 days"),
    ({"kind": "SUPPLY_STOP"}, ["shocks.0.prefectures"], "name the prefecture"),
    ({"kind": "PREFECTURE_DOWN", "prefectures": [""]}, ["shocks.0.prefectures"], "name the prefecture"),
    ({"kind": "LANE_DELAY", "origin": "320500"}, ["shocks.0.destination"], "name both ends"),
    ({"kind": "FIRM_DOWN", "first": day(3), "last": day(1)}, ["shocks.0.last"], "before it begins"),
])  # fmt: skip
def test_a_scenario_that_does_not_fit_is_refused_naming_the_field(cast, shock, fields, said):
    known = {"firm": by_name(measured(cast.chain_master))[GEARWORKS]["key"], "first": day(0)}

    refused = simulates(cast.chain_master, known | shock).problems[0]

    assert (refused["extensions"]["code"], refused["extensions"]["fields"]) == ("INVALID", fields)
    assert said in refused["message"]


@pytest.mark.feature("I4")
def test_a_scenario_names_nothing_the_asker_may_not_see(cast):
    alias = by_name(measured(cast.chain_master))["alias"]["key"]
    link = cast.gearworks.link_for("CRB-100")["id"]

    hidden = [simulates(cast.rival, down(key)).problems for key in (alias, cast.gearworks.firm_id)]
    assert [found[0]["extensions"]["code"] for found in hidden] == ["INVALID", "INVALID"]
    source = {"linkId": link, "share": 1, "readyOn": day(0)}
    own = by_name(measured(cast.chain_master))[GEARWORKS]["key"]
    refused = simulates(cast.chain_master, down(own), sources=[source]).problems[0]
    assert refused["extensions"]["fields"] == ["sources.0.linkId"]
    assert simulates(cast.official, down(own))["simulate"] is None


@pytest.mark.parametrize("extreme", ["0001-01-01", "1969-12-31", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_break_nothing(cast, extreme):
    assert cast.chain_master.asks("chain_resilience", chainId=cast.chain_master.chain(), asOf=extreme).problems in (
        None,
        [],
    )
    key = by_name(measured(cast.chain_master))[GEARWORKS]["key"]
    for asked in ({"begins": extreme}, {"begins": day(0), "days": 1}):
        said = simulates(cast.chain_master, down(key, first=extreme, last=extreme), **asked).problems
        assert said and said[0]["extensions"]["code"] == "INVALID"


@pytest.mark.feature("I4")
@pytest.mark.parametrize("shock", [
    {"kind": "PREFECTURE_DOWN", "prefectures": ["320500"]},
    {"kind": "STAGE_CUT", "left": 0.5},
    {"kind": "POWER_RATIONING", "prefectures": ["320500", "320200"], "left": 0.7},
    {"kind": "SUPPLY_STOP", "prefectures": ["320500"]},
    {"kind": "LANE_DELAY", "origin": "320500", "destination": "320100", "delayDays": 30},
])  # fmt: skip
def test_whatever_keeps_the_reducers_from_coming_costs_the_buyer(cast, shock):
    """Gearworks stands in Suzhou, the buyer in Nanjing; each of these, alone, takes reducers away."""
    chain = cast.chain_master.asks("chains")["chains"]["nodes"][0]
    core = next(stage["id"] for stage in chain["stages"] if stage["code"] == "core-parts")
    staged = {"stageIds": [core]} if shock["kind"] in ("STAGE_CUT", "POWER_RATIONING") else {}

    found = simulates(cast.chain_master, {"first": day(0), "last": day(60)} | shock | staged)["simulate"]

    assert found["without"]["own"]["lost"] > 0
    assert found["without"]["own"]["lost"] <= found["without"]["lost"]
    assert sum(stage["lost"] for stage in found["without"]["byStage"]) == pytest.approx(found["without"]["lost"])


@pytest.mark.feature("I3")
def test_a_buyer_reads_where_its_line_narrows(cast):
    """Two tiers: the bearing maker under its alias is reached through Gearworks alone; of the rival no supplier is seen."""
    found = measured(cast.chain_master)
    firms = by_name(found)
    alias = firms["alias"]["key"]

    def called(one):
        return (one["firm"] or {"name": one["alias"]})["name"]

    assert found["tiers"] == [{"tier": 1, "firms": 2}, {"tier": 2, "firms": 1}]
    assert [(called(one["firm"]["firm"]), one["behind"]) for one in found["gates"]] == [(GEARWORKS, 1)]
    cuts = {cut["stage"]["name"]: [called(one["firm"]) for one in cut["firms"]] for cut in found["cuts"]}
    assert {stage: len(some) for stage, some in cuts.items()} == {"Core components": 2, "Bearings and basic parts": 1}
    assert set(cuts["Core components"]) == {GEARWORKS, RIVAL} and cuts["Bearings and basic parts"] == [alias]
    bridges = {frozenset((called(one["first"]), called(one["second"]))) for one in found["bridges"]}
    assert len(bridges) == 4 and frozenset((GEARWORKS, alias)) in bridges
    # Five links lead to the buyer, alike; of two, the rival's and the alias's, no further supplier is seen.
    assert found["beyondShare"] == pytest.approx(2 / 5)


def test_who_only_sells_has_no_tiers_and_no_gates(cast):
    found = measured(cast.steel)

    assert (found["tiers"], found["gates"], found["cuts"], found["beyondShare"]) == ([], [], [], 0.0)
