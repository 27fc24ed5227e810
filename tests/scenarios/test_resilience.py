"""What a firm learns of how its chain leans on whom, and that it learns nothing else by it."""

import pytest

from seeds.cast import BEARING, GEARWORKS, RIVAL
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
