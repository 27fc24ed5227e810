"""Two records of one firm become one: agreed by two people, nothing lost, nobody shown more than the old record's past."""

import pytest

from collaboration.merging.moving import places
from seeds.cast import LONGTENG
from tests.scenarios.conftest import everything
from tests.scenarios.duplicates import DOUBLE, deal_with_each_other, number_of_double, registered_twice
from tests.scenarios.players import day


@pytest.fixture
def double(cast, seated):
    """The duplicate of the chain master; ``cast.second``: another operator."""
    made, cast.second = registered_twice(cast, seated)
    return made


def proposed(cast, double, **given):
    told = {"survivorId": cast.chain_master.firm_id, "mergedId": double.firm_id, "reason": "同一法人重复登记"} | given
    return cast.operator.acts("propose_merger", told, by="any")


def node(player, firm_id):
    found = player.asks("firm_page", id=firm_id)
    return found.data["node"] if not found.problems else found.problems[0]["extensions"]["code"]


@pytest.mark.feature("A2")
def test_merged_records_are_one_and_both_ids_lead_to_it_for_those_who_knew_them(cast, double):
    old, new = double.firm_id, cast.chain_master.firm_id
    placed = double.places_order(cast.bearing, "CRB-100", "5", number="NJ-PO-1")
    disclosed = {"viewerId": cast.dealer.firm_id, "chainId": cast.dealer.chain(), "until": day(30)}
    cast.chain_master.acts("disclose_links", disclosed, by="sales")["disclosure"]
    merger = proposed(cast, double)["merger"]
    assert (merger["state"], merger["openVerbs"]) == ("PROPOSED", ["withdrawMerger"])

    agreed = cast.chain_master.acts("agree_to_merger", {"mergerId": merger["id"]}, by="lead")["merger"]

    assert agreed["state"] == "AGREED"
    for knows in (double, cast.gearworks, cast.bearing, cast.operator, cast.chain_master):
        assert (node(knows, old)["id"], node(knows, old)["name"]) == (new, LONGTENG)
        assert [m["name"] for m in node(knows, new)["mergedFrom"]] == [DOUBLE]
    for never_knew in (cast.rival, cast.dealer):
        assert node(never_knew, old) == "NOT_FOUND"
        assert node(never_knew, new)["mergedFrom"] == []
    assert double.asks("viewer")["viewer"]["firm"]["id"] == new
    assert [o["number"] for o in cast.chain_master.asks("orders_page")["orders"]["nodes"]] == ["NJ-PO-1"]
    cast.bearing.responds(placed, "ACCEPTED")["order"]
    assert cast.chain_master.state_of(placed) == double.state_of(placed) == "CONFIRMED"
    assert "NJ-1" in [i["number"] for i in cast.chain_master.asks("items", first=100)["items"]["nodes"]]
    said = {"itemId": cast.bearing.item("CRB-100"), "buyerId": old, "chainId": cast.bearing.chain()}
    declared = cast.bearing.acts("declare_supply_link", said, by="sales")
    assert declared.rule == "firm.merged (lifted by using the record it was merged into)"
    shown = [d["revoked"] for d in cast.dealer.asks("link_disclosures")["linkDisclosures"]["nodes"]]
    assert shown == [True], "what was shown of one firm must not show the other's as well"
    with_gearworks = [e for e in cast.gearworks.links() if e["item"]["number"] == "RV-40E"]
    assert sorted((e["state"], sum(k["count"] for k in e["evidence"])) for e in with_gearworks) == [
        ("DECLARED", 2),
        ("ENDED", 0),
    ]


@pytest.mark.feature("A2")
def test_nothing_goes_on_naming_the_old_record_but_history_and_what_both_had(cast, double):
    double.places_order(cast.bearing, "CRB-100", "5")["order"]
    double_number = number_of_double()
    merger = proposed(cast, double)["merger"]["id"]
    cast.second.acts("agree_to_merger", {"mergerId": merger}, by="any")["merger"]

    left = {
        (place.table.name, place.column.name)
        for place in places()
        for row in everything()[place.table.name]
        if row[list(place.table.columns).index(place.column)] == double_number
    }
    assert left == {("former_partner", "firm_id"), ("supply_link", "buyer_id")}


@pytest.mark.feature("A2")
def test_backup_sources_go_on_with_the_link_that_stays(cast, double):
    link = double.link_for("RV-40E")["id"]
    given = {"linkId": link, "workingName": "台州某厂", "share": 1}
    made = double.acts("record_backup_source", given, by="any")["backupSource"]

    merger = proposed(cast, double)["merger"]["id"]
    cast.second.acts("agree_to_merger", {"mergerId": merger}, by="any")["merger"]

    (kept,) = cast.chain_master.asks("backup_sources")["backupSources"]["nodes"]
    assert (kept["id"], kept["link"]["id"]) == (made["id"], cast.chain_master.link_for("RV-40E")["id"])


@pytest.mark.feature("A2")
def test_merging_takes_a_second_person_and_can_be_refused_or_taken_back(cast, double, nothing_changes):
    merger = {"mergerId": proposed(cast, double)["merger"]["id"]}
    with nothing_changes():
        assert cast.operator.acts("agree_to_merger", merger, by="any").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.chain_master.acts("agree_to_merger", merger, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert double.acts("agree_to_merger", merger, by="any").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.rival.acts("agree_to_merger", merger, by="any").refusals == ["NOT_FOUND"]
        assert proposed(cast, double).refusals == ["NOT_ALLOWED_NOW"]
    assert cast.chain_master.acts("refuse_merger", merger, by="lead")["merger"]["state"] == "REFUSED"
    again = {"mergerId": proposed(cast, double)["merger"]["id"]}
    assert cast.operator.acts("withdraw_merger", again, by="any")["merger"]["state"] == "WITHDRAWN"
    with nothing_changes():
        assert cast.second.acts("agree_to_merger", again, by="any").refusals == ["NOT_ALLOWED_NOW"]
    assert [m["mergedName"] for m in double.asks("firm_mergers")["firmMergers"]["nodes"]] == [DOUBLE, DOUBLE]
    assert cast.rival.asks("firm_mergers")["firmMergers"]["totalCount"] == 0


@pytest.mark.feature("A2")
def test_what_stands_in_the_way_is_said_and_nothing_is_merged(cast, double, seated, nothing_changes):
    deal_with_each_other(seated)
    double.acts("add_site", {"code": "A", "name": "厂", "prefecture": "320100"}, by="sales")["site"]
    cast.chain_master.acts("add_site", {"code": "A", "name": "厂", "prefecture": "320100"}, by="sales")["site"]
    double.places_order(cast.chain_master, "LT-9", "1", number="P-7")["order"]
    double.places_order(cast.bearing, "CRB-100", "1", number="P-8")["order"]
    cast.chain_master.places_order(cast.gearworks, "RV-40E", "1", number="P-8")["order"]

    with nothing_changes():
        refused = proposed(cast, double)

    assert refused.said == (
        "these records cannot be merged yet: 1 open orders between the two; a supply link between the two that has not "
        "ended; both have items numbered NJ-1; both have sites coded A; 1 order numbers used by both"
    )
    assert refused.rule == "merger.in_the_way (lifted by the two firms, by settling what is named)"
