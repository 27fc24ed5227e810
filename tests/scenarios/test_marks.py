"""断点 and 堵点: where what a firm needs is cut off or held up, and that nobody learns of another's."""

import pytest

from tests.scenarios.players import day, line
from tests.scenarios.test_being_told_of_links import answered


def marks(player, by="any", **more):
    return player.asks("supply_marks", chainId=player.chain(), **more)["supplyMarks"]


def stand(found):
    """Number to (kind, reasons)."""
    return {need["number"]: (need["kind"], need["reasons"]) for need in found["needs"]}


@pytest.fixture
def cast(cast):
    """The chain master stands by all that it buys."""
    for number in ("HD-25", "RC-40", "RV-40E", "RV-80E"):
        link = answered(cast.chain_master, number)
        cast.chain_master.acts("confirm_supply_link", link, by="buyer")["supplyLink"]
    return cast


@pytest.mark.feature("I2")
def test_a_need_without_any_source_and_one_whose_source_is_disputed_are_gaps(cast):
    buyer = cast.chain_master
    assert stand(marks(buyer)) == {number: ("OPEN", []) for number in ("HD-25", "RC-40", "RV-40E", "RV-80E")}

    cast.gearworks.accepts_all(buyer.places_order(to=cast.gearworks, item="HD-25"))
    buyer.acts("dispute_supply_link", answered(buyer, "HD-25", reason="NOT_OUR_ITEM"), by="buyer")["supplyLink"]
    buyer.acts("end_supply_link", answered(buyer, "RV-80E"), by="buyer")["supplyLink"]
    bill = [{"componentId": cast.gearworks.item("RV-80E"), "quantityPer": "2"}]
    buyer.acts("state_bill", {"itemId": buyer.item("LT-R20"), "lines": bill}, by="planner")["bill"]

    found = marks(buyer)
    assert stand(found) == {
        "HD-25": ("GAP", ["NO_QUALIFIED_SOURCE"]), "RV-80E": ("GAP", ["NO_SOURCE"]), "RC-40": ("OPEN", []), "RV-40E": ("OPEN", []),
    }  # fmt: skip
    by_number = {need["number"]: need for need in found["needs"]}
    assert by_number["HD-25"]["sources"][0]["standing"] == "DISPUTED"
    assert by_number["RV-80E"]["onBill"] is True and by_number["RV-80E"]["sources"] == []
    assert [need["kind"] for need in found["needs"]] == ["GAP", "GAP", "OPEN", "OPEN"]


@pytest.mark.feature("I2")
def test_a_source_counts_where_it_is_qualified_and_in_scope(cast):
    buyer = cast.chain_master
    sources = {n["number"]: n["sources"][0] for n in marks(buyer)["needs"]}
    assert {s["standing"] for s in sources.values()} == {"UNASSESSED"}
    places = {number: source["prefecture"][:2] for number, source in sources.items()}
    assert set(places.values()) == {"32"}

    elsewhere = marks(buyer, province="33")
    assert list(stand(elsewhere).values()) == [("GAP", ["NO_QUALIFIED_SOURCE"])] * 4
    assert {s["standing"] for n in elsewhere["needs"] for s in n["sources"]} == {"OUT_OF_SCOPE"}

    category = buyer.acts(
        "add_category",
        {"code": "GEAR", "name": "减速器", "nameEn": "Reducers", "needs": [], "qualifiedOnly": False},
        by="lead",
    )
    assigned = {"categoryId": category["category"]["id"], "itemIds": [cast.gearworks.item("RV-40E")]}
    buyer.acts("assign_items", assigned, by="quality")["category"]
    found = {n["number"]: n for n in marks(buyer)["needs"]}
    assert (found["RV-40E"]["kind"], found["RV-40E"]["sources"][0]["standing"]) == ("GAP", "NOT_QUALIFIED")
    assert found["RV-80E"]["kind"] == "OPEN"


@pytest.mark.feature("I2")
def test_stock_and_what_is_coming_that_do_not_last_for_the_lead_time_hold_up(cast):
    """365 a year is one a day; RC-40 takes 18 days."""
    buyer, rival = cast.chain_master, cast.rival
    order = buyer.places_order(to=rival, lines=[line(rival.item("RC-40"), "365", days={100: "365"}, price="1")])
    rival.accepts_all(order)
    assert stand(marks(buyer))["RC-40"] == ("OPEN", []), "never counted: not known to be short"

    counted = {"itemId": rival.item("RC-40"), "quantity": "17", "countedOn": day(0)}
    buyer.acts("count_stock", counted, by="planner")
    need = next(n for n in marks(buyer)["needs"] if n["number"] == "RC-40")
    assert (need["kind"], need["reasons"], need["coverDays"], need["leadDays"]) == (
        "BOTTLENECK", ["SHORT_COVER"], pytest.approx(17), 18,
    )  # fmt: skip
    assert (need["stock"], need["perDay"], need["coming"]) == (17, pytest.approx(1), 0)

    buyer.acts("count_stock", counted | {"quantity": "18"}, by="planner")
    assert stand(marks(buyer))["RC-40"] == ("OPEN", [])
    assert stand(marks(buyer, limitDays=17))["RC-40"] == ("BOTTLENECK", ["LONG_LEAD_TIME"])


@pytest.mark.feature("I2")
def test_a_rival_a_supplier_and_officials_learn_nothing_of_what_another_needs(cast):
    before = marks(cast.rival)
    buyer = cast.chain_master
    buyer.acts("dispute_supply_link", answered(buyer, "HD-25", reason="NOT_OUR_ITEM"), by="buyer")["supplyLink"]

    assert marks(cast.rival) == before
    assert {"HD-25", "RV-40E"}.isdisjoint(stand(marks(cast.gearworks)))
    assert marks(cast.official) is None and marks(cast.operator) is None


@pytest.mark.parametrize(("given", "field"), [
    ({"province": "苏"}, "province"), ({"province": "3"}, "province"), ({"province": "٣٢"}, "province"),
    ({"limitDays": 0}, "limitDays"), ({"limitDays": 1001}, "limitDays"),
])  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_naming_the_field(cast, given, field):
    refused = cast.chain_master.asks("supply_marks", chainId=cast.chain_master.chain(), **given).problems[0]

    assert (refused["extensions"]["code"], refused["extensions"]["fields"]) == ("INVALID", [field])


def called(buyer, seller, number, name, **terms):
    return {"itemId": seller.item(number), "buyerNumber": name} | terms


@pytest.mark.feature("I2")
def test_an_order_nobody_has_answered_is_not_coming(cast):
    buyer, rival = cast.chain_master, cast.rival
    rival.accepts_all(
        buyer.places_order(to=rival, lines=[line(rival.item("RC-40"), "365", days={100: "365"}, price="1")])
    )
    buyer.acts("count_stock", {"itemId": rival.item("RC-40"), "quantity": "5", "countedOn": day(0)}, by="planner")
    asked = buyer.places_order(to=rival, lines=[line(rival.item("RC-40"), "50", days={10: "50"}, price="1")])
    need = next(n for n in marks(buyer)["needs"] if n["number"] == "RC-40")
    assert (need["coming"], need["kind"]) == (0, "BOTTLENECK")

    rival.accepts_all(asked)

    need = next(n for n in marks(buyer)["needs"] if n["number"] == "RC-40")
    assert (need["coming"], need["kind"]) == (50, "OPEN")


@pytest.mark.feature("I2")
def test_a_maker_alone_names_no_need_of_its_buyer_s_and_lifts_no_gap(cast):
    buyer, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    buyer.acts("state_cross_reference", called(buyer, gearworks, "HD-25", "LT-H"), by="buyer")["crossReference"]
    buyer.acts("dispute_supply_link", answered(buyer, "HD-25", reason="NOT_OUR_ITEM"), by="buyer")["supplyLink"]
    bill = [{"componentId": gearworks.item("HD-25"), "quantityPer": "1"}]
    buyer.acts("state_bill", {"itemId": buyer.item("LT-R20"), "lines": bill}, by="planner")["bill"]
    gap = ("GAP", ["NO_QUALIFIED_SOURCE"])
    assert stand(marks(buyer))["LT-H"] == gap

    said = called(buyer, rival, "RC-40", "LT-H", buyerId=buyer.firm_id)
    rival.acts("state_cross_reference", said, by="sales")["crossReference"]
    assert stand(marks(buyer))["LT-H"] == gap
    gearworks.acts("restate_supply_link", answered(gearworks, "HD-25"), by="sales")["supplyLink"]
    need = next(n for n in marks(buyer)["needs"] if n["number"] == "LT-H")
    assert ((need["kind"], need["reasons"]), need["sources"][0]["standing"]) == (gap, "UNCONFIRMED")
    new = gearworks.acts("add_item", {"number": "HD-26", "name": "减速器", "unit": "C62"}, by="sales")["item"]["id"]
    link = {"itemId": new, "buyerId": buyer.firm_id, "chainId": buyer.chain()}
    gearworks.acts("declare_supply_link", link, by="sales")["supplyLink"]
    assert "HD-26" not in stand(marks(buyer)), "nor does it need what a maker alone says it buys"
    other = called(buyer, gearworks, "HD-25", "ZZ", buyerId=buyer.firm_id)
    refused = gearworks.acts("state_cross_reference", other, by="sales")
    assert refused.refusals == ["NOT_ALLOWED_NOW"] and (refused.rule or "").startswith("cross_reference.its_number")


def test_terms_agreed_with_the_buyer_go_before_the_maker_s_and_unlike_contents_are_not_added(cast):
    buyer, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    said = called(buyer, gearworks, "RV-40E", "LT-1", buyerId=buyer.firm_id, leadTimeDays=90)
    gearworks.acts("state_cross_reference", said, by="sales")["crossReference"]
    need = next(n for n in marks(buyer)["needs"] if n["items"][0]["number"] == "RV-40E")
    assert (need["kind"], need["leadDays"]) == ("BOTTLENECK", 90)

    for seller, number, units in ((gearworks, "HD-25", 1), (rival, "RC-40", 100)):
        terms = called(buyer, seller, number, "LT-2", buyerUnit="KGM", buyerUnits=units, itemUnits=1)
        buyer.acts("state_cross_reference", terms, by="buyer")["crossReference"]
        buyer.acts("count_stock", {"itemId": seller.item(number), "quantity": "5", "countedOn": day(0)}, by="planner")
    need = next(n for n in marks(buyer)["needs"] if n["number"] == "LT-2")
    assert (need["stock"], need["unit"], len(need["sources"])) == (None, None, 2)
