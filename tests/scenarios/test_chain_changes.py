"""A chain beside itself on an earlier day, looked at with what is shown today."""

from datetime import timedelta

import pytest

from kernel import clock
from seeds.cast import GEARWORKS, RIVAL
from tests.scenarios.players import day
from tests.scenarios.test_being_told_of_links import answered


def changes(player, **more):
    return player.asks("chain_changes", chainId=player.chain(), **more)


def names(spots):
    return {spot["firm"]["name"] if spot["firm"] else "alias" for spot in spots}


def one_number(buyer, *pairs):
    for seller, number in pairs:
        called = {"itemId": seller.item(number), "buyerNumber": "LT-减速器-1"}
        buyer.acts("state_cross_reference", called, by="buyer")["crossReference"]


def ends(player, number, by="buyer"):
    player.acts("end_supply_link", {"linkId": player.link_for(number)["id"], "expectedVersion": 1}, by=by)["supplyLink"]


@pytest.mark.feature("I7")
def test_links_gained_and_lost_needs_left_with_one_source_and_who_stops_the_line_now(cast, after_days):
    """Two makers of one reducer; a hundred days on the rival's link ends, and a new part is declared."""
    buyer, gearworks = cast.chain_master, cast.gearworks
    one_number(buyer, (gearworks, "RV-40E"), (cast.rival, "RC-40"))
    begun = clock.today_of(clock.now())
    after_days(100)
    nothing = changes(buyer, since=str(begun))["chainChanges"]
    assert (nothing["gainedCount"], nothing["lostCount"], nothing["narrowed"], nothing["movers"]) == (0, 0, [], [])
    ends(buyer, "RC-40")
    new = gearworks.acts("add_item", {"number": "RV-100", "name": "减速器", "unit": "C62"}, by="sales")["item"]["id"]
    said = {"itemId": new, "buyerId": buyer.firm_id, "chainId": gearworks.chain()}
    gearworks.acts("declare_supply_link", said, by="sales")["supplyLink"]

    found = changes(buyer, since=str(begun))["chainChanges"]

    assert [link["item"]["number"] for link in found["gained"]] == ["RV-100"]
    assert [link["item"]["number"] for link in found["lost"]] == ["RC-40"]
    (narrowed,) = found["narrowed"]
    assert (narrowed["number"], names(narrowed["before"]), names(narrowed["after"])) == (
        "LT-减速器-1", {GEARWORKS, RIVAL}, {GEARWORKS},
    )  # fmt: skip
    assert narrowed["buyer"]["firm"]["id"] == buyer.firm_id
    assert {mover["firm"]["firm"]["name"] if mover["firm"]["firm"] else "alias": mover["ownLossAfter"] for mover in found["movers"]} == {
        GEARWORKS: pytest.approx(1.0), "alias": pytest.approx(1.0), RIVAL: None,
    }  # fmt: skip
    back = changes(buyer, since=str(begun - timedelta(days=1)), until=str(begun))["chainChanges"]
    assert (back["lostCount"], back["narrowed"]) == (0, []), "the day before the end nothing had changed"


@pytest.mark.feature("I7")
def test_what_is_shown_or_hidden_meanwhile_is_no_change_of_the_chain(cast, after_days):
    begun = str(clock.today_of(clock.now()))
    after_days(9)
    before = changes(cast.chain_master, since=begun)["chainChanges"]
    (given,) = cast.gearworks.asks("link_disclosures")["linkDisclosures"]["nodes"]

    cast.gearworks.acts("revoke_disclosure", {"disclosureId": given["id"]}, by="sales")

    after = changes(cast.chain_master, since=begun)["chainChanges"]
    assert (before["lostCount"], after["lostCount"], after["gainedCount"]) == (0, 0, 0)
    assert [(found["linksBefore"], found["linksAfter"]) for found in (before, after)] == [(6, 6), (5, 5)]
    assert "alias" not in str(names(after["newSinglePoints"]))


def test_a_number_given_today_is_no_change_and_a_link_disputed_today_stands_on_neither_day(cast, after_days):
    buyer = cast.chain_master
    for number in ("RV-80E", "HD-25"):
        ends(buyer, number)
    after_days(10)
    since = day(-1)
    one_number(buyer, (cast.gearworks, "RV-40E"), (cast.rival, "RC-40"))
    found = changes(buyer, since=since)["chainChanges"]
    assert (found["goneSinglePoints"], found["widened"], found["movers"]) == ([], [], [])

    buyer.acts("dispute_supply_link", answered(buyer, "RC-40", reason="NOT_OUR_ITEM"), by="buyer")["supplyLink"]

    found = changes(buyer, since=since)["chainChanges"]
    assert (found["lostCount"], found["linksBefore"], found["linksAfter"]) == (0, 3, 3)


def test_without_days_it_is_the_end_of_the_quarter_before_beside_today(cast):
    found = changes(cast.chain_master)["chainChanges"]

    today = clock.today_of(clock.now())
    assert found["until"] == str(today)
    assert found["since"] < found["until"] and found["since"][5:] in ("03-31", "06-30", "09-30", "12-31")


def test_a_rival_s_own_change_is_all_it_reads_and_officials_read_none(cast, after_days):
    begun = str(clock.today_of(clock.now()))
    after_days(10)
    ends(cast.chain_master, "RV-40E")

    assert (changes(cast.rival, since=begun)["chainChanges"]["lostCount"]) == 0
    assert "RV-40E" not in str(changes(cast.rival, since=begun)["chainChanges"])
    assert changes(cast.official)["chainChanges"] is None and changes(cast.operator)["chainChanges"] is None


@pytest.mark.parametrize(("given", "field"), [
    ({"until": day(30)}, "until"), ({"until": "0001-01-01"}, "until"), ({"until": "9999-12-31"}, "until"),
    ({"since": day(30)}, "since"), ({"since": "0001-01-01"}, "since"), ({"since": "9999-12-31"}, "since"),
])  # fmt: skip
def test_days_that_make_no_sense_are_refused_naming_the_field(cast, given, field):
    refused = changes(cast.chain_master, **given).problems[0]

    assert (refused["extensions"]["code"], refused["extensions"]["fields"]) == ("INVALID", [field])
