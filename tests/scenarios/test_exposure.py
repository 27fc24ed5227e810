"""What the stop of a firm costs until it has recovered, and whose stop a product feels by its bill; told to its buyer alone."""

import pytest

from seeds.cast import GEARWORKS, RIVAL
from tests.scenarios.players import day, line
from tests.scenarios.test_essentiality import sets
from tests.scenarios.test_lists_as_excel import book, method_of
from tests.scenarios.test_resilience import by_name, measured


def states(player, link_id, days, *, by="buyer"):
    return player.acts("state_link_recovery", {"linkId": link_id, "recoverDays": days}, by=by)


def withdraws(player, link_id, *, by="buyer"):
    return player.acts("withdraw_link_recovery", {"linkId": link_id}, by=by)


def exposed(found):
    """Name, or alias, to exposure."""
    return {
        one["of"]["firm"]["firm"]["name"] if one["of"]["firm"]["firm"] else "alias": one for one in found["exposures"]
    }


def sells(cast, quantity, price):
    order = cast.dealer.places_order(
        cast.chain_master, lines=[line("LT-R20", quantity, days={100: quantity}, price=price)]
    )
    cast.chain_master.accepts_all(order)


@pytest.mark.feature("I4")
def test_days_to_recover_are_the_buyer_s_word_else_the_lead_time_else_unknown(cast, nothing_changes):
    """365 a year of RC-40 is one a day; 10 counted last ten days; its maker declares 18."""
    buyer, rival = cast.chain_master, cast.rival
    rc = buyer.link_for("RC-40")["id"]
    order = buyer.places_order(to=rival, lines=[line(rival.item("RC-40"), "365", days={100: "365"}, price="1")])
    rival.accepts_all(order)
    nothing = exposed(measured(buyer))
    assert (nothing[RIVAL]["recoverSource"], nothing[RIVAL]["lostDays"]) == ("DECLARED", None)
    assert "cannot be compared" in nothing[RIVAL]["sentence"], "a lead time is not compared with itself"
    assert (nothing["alias"]["recoverDays"], nothing["alias"]["recoverSource"], nothing["alias"]["gapDays"]) == (
        None,
        "UNKNOWN",
        None,
    )
    buyer.acts("count_stock", {"itemId": rival.item("RC-40"), "quantity": "10", "countedOn": day(0)}, by="planner")

    by_lead = measured(buyer)

    told = exposed(by_lead)[RIVAL]
    assert (told["surviveDays"], told["surviveSource"], told["recoverDays"], told["rank"]) == (
        pytest.approx(10),
        "EVIDENCE",
        18,
        1,
    )
    assert (told["gapDays"], told["share"], told["lostDays"], told["money"]) == (
        pytest.approx(8),
        1,
        pytest.approx(8),
        None,
    )
    assert told["index"] == 1 and by_lead["outputPerDay"] is None and 0 < by_lead["unknownRecovery"] < 1
    seen_by_others = [measured(player) for player in (rival, cast.gearworks)]
    history = rival.history_of(rc)

    assert states(buyer, rc, 40, by="planner")["supplyLink"]["recoverDays"] == 40
    sells(cast, "365", "1000")

    own = measured(buyer)
    told = exposed(own)[RIVAL]
    assert (told["recoverDays"], told["recoverSource"], told["lostDays"]) == (40, "STATED", pytest.approx(30))
    assert (own["outputPerDay"], told["money"]) == (pytest.approx(1000), pytest.approx(30_000))
    assert told["sentence"] == (
        f"{RIVAL} stops: you go on for at least 10 days (by stock counted), it takes 40 days to recover (your own figure); for 30 days you "
        "lose 100% of your output, at most 30.0 days of it, about CNY 30,000."
    )
    assert own["unknownRecovery"] == by_lead["unknownRecovery"]
    assert [measured(rival), measured(cast.gearworks)] == seen_by_others and rival.history_of(rc) == history
    assert (
        {link["recoverDays"] for link in rival.links()}
        == {None}
        == {link["recoverDays"] for link in cast.gearworks.links()}
    )
    states(buyer, rc, 9)["supplyLink"]
    assert exposed(measured(buyer))[RIVAL]["lostDays"] == 0 and exposed(measured(buyer))[RIVAL]["rank"] is None
    assert withdraws(buyer, rc)["supplyLink"]["recoverDays"] is None
    assert exposed(measured(buyer))[RIVAL]["recoverSource"] == "DECLARED"
    with nothing_changes():
        for player in (rival, cast.gearworks, cast.official, cast.operator):
            assert states(player, rc, 5, by="lead").refusals == ["NOT_FOUND"]
            assert withdraws(player, rc, by="lead").refusals == ["NOT_FOUND"]
        disclosed = next(link["id"] for link in buyer.links() if link["disclosed"])
        assert states(buyer, disclosed, 5).refusals == ["NOT_FOUND"]
        assert states(buyer, rc, 5, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        for days in (0, -1, 1001):
            assert states(buyer, rc, days).refusals == ["INVALID"]
        again = withdraws(buyer, rc)
        assert again.refusals == ["NOT_ALLOWED_NOW"] and "recovery.stated" in again.rule


def bills(buyer, product, *parts):
    said = {"itemId": buyer.item(product), "lines": [{"componentId": part, "quantityPer": "1"} for part in parts]}
    return buyer.acts("state_bill", said, by="planner")["bill"]


@pytest.mark.feature("I3")
def test_a_product_stops_by_what_its_own_bill_takes_and_no_one_else_s_bill_counts(cast):
    """Two robots: one of a reducer that Gearworks alone makes, one of a reducer two make under one number of the buyer's."""
    buyer, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    for seller, number in ((gearworks, "RV-80E"), (rival, "RC-40")):
        called = {"itemId": seller.item(number), "buyerNumber": "LT-减速器-2"}
        buyer.acts("state_cross_reference", called, by="buyer")["crossReference"]
    buyer.acts("end_supply_link", {"linkId": buyer.link_for("HD-25")["id"], "expectedVersion": 1}, by="buyer")[
        "supplyLink"
    ]
    second = buyer.acts("add_item", {"number": "LT-R9", "name": "机器人", "unit": "C62"}, by="sales")["item"]["id"]
    before = measured(buyer)
    bills(gearworks, "RV-40E", cast.bearing.item("CRB-100"))
    assert measured(buyer) == before and before["products"] == []
    assert by_name(before)[GEARWORKS]["stopsAll"] is True
    sets(cast.operator, "core-parts", "robots", "LINEAR")["chain"]
    assert by_name(measured(buyer))[GEARWORKS]["isSinglePoint"] is False

    bills(buyer, "LT-R20", gearworks.item("RV-40E"))
    said = {"itemId": second, "lines": [{"componentId": gearworks.item("RV-80E"), "quantityPer": "1"}]}
    buyer.acts("state_bill", said, by="planner")["bill"]

    found = measured(buyer)
    products = {one["item"]["number"]: one for one in found["products"]}
    assert {name: (one["materials"], one["unsupplied"], one["fewest"]) for name, one in products.items()} == {
        "LT-R20": (1, 0, 1), "LT-R9": (1, 0, 2),
    }  # fmt: skip
    gear = by_name(found)[GEARWORKS]
    assert (gear["isSinglePoint"], gear["stopsAll"], [one["number"] for one in gear["stops"]]) == (
        True,
        False,
        ["LT-R20"],
    )
    assert gear["days"] is not None, "what a bill takes is essential, whatever the chain's table says"
    assert by_name(found)[RIVAL]["isSinglePoint"] is False
    pairs = [{pair[end]["key"] for end in ("first", "second")} for pair in products["LT-R9"]["fatalPairs"]]
    assert len(pairs) == 2 and {gear["key"], rival.firm_id} in pairs and all(rival.firm_id in pair for pair in pairs)
    run = buyer.acts("start_resilience_run", {"chainId": buyer.chain()}, by="buyer")["run"]["id"]
    kept = buyer.asks("resilience_run_page", id=run)["node"]["result"]
    assert (kept["isCurrent"], kept["resilience"]["products"]) == (True, found["products"])
    assert kept["resilience"]["exposures"] == found["exposures"]
    sheets = book(buyer.asks("resilience_xlsx", chainId=buyer.chain())["resilience"]["xlsx"])
    assert {(row[0], row[3]) for row in sheets["产品 Products"][1:]} == {("LT-R20", 1), ("LT-R9", 2)}
    assert len(sheets["风险敞口 Exposure"]) == 1 + len(found["exposures"]) and "供得上" in method_of(sheets)["物料清单"]
    assert [measured(player)["products"] for player in (rival, cast.bearing)] == [[], []]
    buyer.acts(
        "state_link_essentiality", {"linkId": buyer.link_for("RV-40E")["id"], "essentiality": "LINEAR"}, by="buyer"
    )["supplyLink"]
    assert [one["item"]["number"] for one in measured(buyer)["products"]] == ["LT-R9"], (
        "the buyer's own word on a link stands before its bill"
    )
    assert buyer.asks("resilience_run_page", id=run)["node"]["result"]["isCurrent"] is False
