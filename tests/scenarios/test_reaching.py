"""An order to a firm that has not joined: only with a signed link, seen by nobody else, and the firm's own once it joins."""

import re

import pytest

from seeds.cast import credit_code
from tests.scenarios.players import fresh, line, pages
from tests.scenarios.test_joining import DATA, does, filled_in, invited, reviews

pytestmark = [pytest.mark.feature("A1"), pytest.mark.feature("A4")]

CODE = DATA["code"]
WRITTEN = {"name": "恒远液压", "code": CODE, "prefecture": "321000"}
PHONE = {"channel": "PHONE", "contact": "+86 514 8555 0100", "days": 14}


def reached(buyer, **given):
    """(what the buyer wrote down, an item of it)."""
    firm = buyer.acts("reach_firm", WRITTEN | given, by="buyer")["firm"]
    stage = buyer.asks("chains")["chains"]["nodes"][0]["stages"][0]["id"]
    said = {"firmId": firm["id"], "stageId": stage, "number": "YG-63", "name": "液压缸", "unit": "C62"}
    return firm["id"], buyer.acts("describe_item", said, by="buyer")["item"]["id"]


def orders(buyer, firm, item, **given):
    asked = {"sellerId": firm, "number": fresh("PO"), "currency": "CNY", "lines": [{"number": 1} | line(item, "10")]}
    return buyer.acts("place_order", asked | given, by="buyer")


def guest_answers(cast, buyer, placed):
    """The guest takes the order over the telephone: whatever it opens, it answers all lines as asked."""
    link = buyer.asks("guest_links_page", orderId=placed["order"]["id"])["guestLinks"]["nodes"][0]["id"]
    code = buyer.acts("read_out_code", {"linkId": link}, by="buyer")["code"]
    browser = cast.api.client.application.test_client()
    page = browser.post(placed["guestUrl"], data={"code": code}).headers["Location"]
    shown = browser.get(page).text
    form = dict(re.findall(r'<input type="hidden" name="(token|key|version)" value="([^"]*)"', shown))
    assert browser.post(f"{page}/answer", data=form | {"send": "rest"}).status_code == 303
    return browser, page


def confirmed(cast, clerk, number):
    does(clerk, "submit_application", number)["application"]
    reviews(cast, "record_check", number, kind="DOCUMENTS", passed=True)["application"]
    assert reviews(cast, "confirm_application", number)["application"]["state"] == "CONFIRMED"


def own_orders(player):
    return {
        order["number"]: order["state"] for order in pages(player.api, player.who("buyer"), "orders_page", "orders")
    }


def told_to_take_over(player):
    found = player.asks("inbox_page", filter={"done": False})["inbox"]["nodes"]
    return [(entry["reason"], entry["subjectId"]) for entry in found if entry["what"] == "orders_wait"]


def waiting(player):
    found = player.asks("orders_to_take_over", by="sales")["ordersToTakeOver"]["nodes"]
    return [(one["buyerName"], [o["number"] for o in one["orders"]], one["contacts"]) for one in found]


def test_without_a_link_the_order_is_refused_with_the_rule_and_the_cure_and_with_one_the_contact_answers_it(
    cast, nothing_changes
):
    buyer = cast.chain_master
    firm, item = reached(buyer)

    with nothing_changes():
        bare = orders(buyer, firm, item)
        wrong = orders(buyer, firm, item, guest=PHONE | {"contact": "li"})
        endless = orders(buyer, firm, item, guest=PHONE | {"days": 15})
    assert (bare.refusals, wrong.fields, endless.fields) == (["NOT_ALLOWED_NOW"], ["contact"], ["days"])
    assert "give the mail address or telephone number of its contact with the order" in bare.said
    assert bare.rule == (
        "firm.by_link (lifted by the buyer, by opening a signed link to a contact together with the order; "
        "or the firm, by joining and taking over)"
    )

    placed = orders(buyer, firm, item, guest=PHONE)
    browser, page = guest_answers(cast, buyer, placed)

    assert buyer.state_of(placed) == "CONFIRMED"
    answered = next(e for e in buyer.history_of(placed["order"]) if e["event"] == "OrderAnswered")
    assert answered["byName"] == PHONE["contact"]
    assert browser.get("/orders").headers["Location"] == page, "and reaches nothing but that order"


def test_nothing_but_an_order_with_a_link_reaches_it(cast, nothing_changes):
    buyer = cast.chain_master
    firm, item = reached(buyer)
    chain = buyer.chain()

    with nothing_changes():
        declared = buyer.acts("declare_supply_link", {"itemId": item, "chainId": chain}, by="buyer")
        terms = buyer.acts("propose_terms", {"partnerId": firm}, by="lead")
        certificate = buyer.acts(
            "request_certificate", {"supplierId": firm, "kind": "OTHER", "named": "x"}, by="quality"
        )
    assert (declared.rule or "").startswith("firm.by_link")
    assert {*declared.refusals, *terms.refusals, *certificate.refusals} == {"NOT_ALLOWED_NOW"}


@pytest.mark.parametrize("state", ["UNKNOWN", "CREATED", "SUBMITTED", "DECLINED", "CONFIRMED"])
def test_a_buyer_is_told_the_same_whether_the_firm_is_unknown_applying_declined_or_here(cast, state):
    """Writing looks nothing up: only what the buyer itself said comes back."""
    if state != "UNKNOWN":
        clerk, number = invited(cast, by=(cast.operator, "any"))
        if state != "CREATED":
            filled_in(clerk, number)
        if state == "CONFIRMED":
            confirmed(cast, clerk, number)
        elif state != "CREATED":
            does(clerk, "submit_application", number)["application"]
        if state == "DECLINED":
            reviews(cast, "decline_application", number, reason="看不清")["application"]
    buyer = cast.chain_master

    written = buyer.acts("reach_firm", WRITTEN, by="buyer")["firm"]
    again = buyer.acts("reach_firm", WRITTEN, by="buyer")
    shown = buyer.asks("firm_page", id=written["id"])["node"]

    assert {k: written[k] for k in ("name", "code", "standing")} == {
        "name": "恒远液压", "code": CODE, "standing": "REACHED",
    }  # fmt: skip
    assert again.said == "you know a firm with this code already; choose it from your list"
    assert (shown["nameEn"], shown["makes"], shown["stages"], shown["mergedFrom"]) == ("", "", [], [])


def test_what_a_buyer_wrote_down_is_known_to_nobody_else_and_takes_the_code_from_nobody(cast, nothing_changes):
    firm, item = reached(cast.chain_master)
    placed = orders(cast.chain_master, firm, item, guest=PHONE)
    stage = cast.rival.asks("chains")["chains"]["nodes"][0]["stages"][0]["id"]
    described = {"firmId": firm, "stageId": stage, "number": "X", "name": "X", "unit": "C62"}

    with nothing_changes():
        for outsider in (cast.rival, cast.gearworks, cast.dealer):
            assert orders(outsider, firm, item, guest=PHONE).refusals == ["NOT_FOUND"]
            assert outsider.acts("describe_item", described, by="buyer").refusals == ["NOT_FOUND"]
        for outsider in (*cast.outsiders.values(), cast.gearworks):
            assert outsider.asks("node", id=firm).problems[0]["extensions"]["code"] == "NOT_FOUND"
            assert outsider.asks("node", id=item).problems[0]["extensions"]["code"] == "NOT_FOUND"
            assert CODE not in str(outsider.asks("firms_page", first=100).data)
            assert outsider.state_of(placed) is None
            assert outsider.asks("orders_to_take_over")["ordersToTakeOver"]["totalCount"] == 0
    assert [m["name"] for m in cast.chain_master.asks("firms", filter={"text": CODE})["firms"]["nodes"]] == ["恒远液压"]

    theirs = cast.gearworks.acts("reach_firm", WRITTEN | {"name": "别的叫法"}, by="buyer")["firm"]
    clerk, number = invited(cast)
    filled_in(clerk, number)
    assert theirs["id"] != firm
    assert clerk.asks("orders_to_take_over")["ordersToTakeOver"]["totalCount"] == 0, "not before it is confirmed"


def test_whoever_was_invited_finds_the_inviters_orders_as_its_own_once_it_is_confirmed(cast):
    buyer = cast.chain_master
    clerk, number = invited(cast)
    firm, item = reached(buyer)
    placed = orders(buyer, firm, item, guest=PHONE)
    filled_in(clerk, number)
    guest_answers(cast, buyer, placed)

    confirmed(cast, clerk, number)

    mine = clerk.sees(placed)
    assert (mine["id"], own_orders(clerk)) == (placed["order"]["id"], {placed["order"]["number"]: "CONFIRMED"})
    seen = buyer.sees(placed)
    assert (seen["seller"]["name"], mine["buyer"]["name"]) == (DATA["name"], seen["buyer"]["name"])
    assert [i["id"] for i in clerk.asks("items")["items"]["nodes"]] == [item]
    assert (buyer.link_for("YG-63")["state"], buyer.link_for("YG-63")["supplier"]["name"]) == (
        "CONFIRMED",
        DATA["name"],
    )
    assert buyer.asks("firm_page", id=firm)["node"]["name"] == DATA["name"], "what was written down leads to the firm"
    assert clerk.ships((placed, 1, "4"))["despatchAdvice"]["number"]
    assert clerk.history_of(placed["order"])[-2]["event"] == "OrdersTakenOver"


def test_whom_others_wrote_to_reads_it_once_confirmed_and_takes_over_what_was_meant_for_it(cast, nothing_changes):
    """A link of somebody it does not know binds nobody, and tells its writer nothing, before the firm itself says so."""
    buyer, other = cast.chain_master, cast.gearworks
    firm, item = reached(buyer)
    placed = orders(buyer, firm, item, guest=PHONE)
    theirs, their_item = reached(other)
    orders(other, theirs, their_item, guest=PHONE | {"contact": "+86 10 5555 0100"})["order"]
    clerk, number = invited(cast, by=(cast.operator, "any"))
    filled_in(clerk, number)
    before = buyer.asks("firm_page", id=firm).data["node"]
    confirmed(cast, clerk, number)

    assert buyer.asks("firm_page", id=firm).data["node"] == before
    assert buyer.sees(placed)["seller"]["name"] == "恒远液压"
    assert own_orders(clerk) == {}
    me = buyer.asks("viewer")["viewer"]["firm"]["name"]
    assert waiting(clerk)[-1] == (me, [placed["order"]["number"]], [PHONE["contact"]])
    assert told_to_take_over(clerk) == [("MUST_ANSWER", clerk.firm_id)] * 2
    assert [told_to_take_over(one) for one in (buyer, other, cast.rival, cast.operator)] == [[]] * 4
    (_, note) = [n["id"] for n in clerk.asks("orders_to_take_over")["ordersToTakeOver"]["nodes"]]
    with nothing_changes():
        assert clerk.acts("take_over_orders", {"reachedId": firm}, by="clerk").refusals == ["NOT_FOUND"]
        assert cast.rival.acts("take_over_orders", {"reachedId": note}, by="sales").refusals == ["NOT_FOUND"]
        assert buyer.acts("take_over_orders", {"reachedId": note}, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        assert buyer.acts("take_over_orders", {"reachedId": note}, by="lead").refusals == ["NOT_FOUND"]

    own = {"number": "YG-63", "name": "自有液压缸", "unit": "C62"}
    clerk.acts("add_item", own, by="clerk")["item"]
    taken = clerk.acts("take_over_orders", {"reachedId": note}, by="clerk")

    assert [o["id"] for o in taken["orders"]] == [placed["order"]["id"]]
    assert own_orders(clerk) == {placed["order"]["number"]: "PLACED"}
    assert sorted(i["number"] for i in clerk.asks("items")["items"]["nodes"]) == ["YG-63", "YG-63-2"]
    assert buyer.sees(placed)["seller"]["name"] == DATA["name"]
    assert len(waiting(clerk)) == 1, "what it does not take over stays where it was"
    assert clerk.acts("take_over_orders", {"reachedId": note}, by="clerk").refusals == ["NOT_FOUND"]
    assert clerk.accepts_all(placed)["order"]["state"] == "CONFIRMED"
    joined = buyer.sees(placed)["seller"]["id"]
    assert (orders(buyer, firm, item).rule or "").startswith("firm.merged")
    assert (orders(buyer, joined, item, guest=PHONE).rule or "").startswith("sharing.terms"), "as with any partner"
    (left,) = [n["id"] for n in clerk.asks("orders_to_take_over")["ordersToTakeOver"]["nodes"]]
    clerk.acts("take_over_orders", {"reachedId": left}, by="clerk")["orders"]
    assert told_to_take_over(clerk) == [], "nothing waits any more"


def test_a_firm_that_is_here_is_told_of_an_order_sent_to_its_code_by_link_and_the_sender_of_nothing(cast):
    buyer, rival = cast.chain_master, cast.rival
    clerk, number = invited(cast, by=(cast.operator, "any"))
    filled_in(clerk, number)
    confirmed(cast, clerk, number)
    firm, item = reached(buyer)
    assert told_to_take_over(clerk) == [], "a note alone asks for nothing"

    orders(buyer, firm, item, guest=PHONE)["order"]

    assert told_to_take_over(clerk) == [("MUST_ANSWER", clerk.firm_id)]
    assert [told_to_take_over(one) for one in (buyer, rival)] == [[], []]


def test_writing_a_firm_down_is_the_buyers_and_checked(cast, nothing_changes):
    buyer = cast.chain_master
    partner = buyer.asks("firms", filter={"text": "精齿"})["firms"]["nodes"][0]
    firm, _ = reached(buyer)
    stage = buyer.asks("chains")["chains"]["nodes"][0]["stages"][0]["id"]
    said = {"firmId": firm, "stageId": stage, "number": "YG-80", "name": "液压缸", "unit": "C62"}

    with nothing_changes():
        assert buyer.acts("reach_firm", WRITTEN, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert buyer.acts("reach_firm", WRITTEN | {"code": CODE[:-1] + "I"}, by="buyer").fields == ["code"]
        assert buyer.acts("reach_firm", WRITTEN | {"code": partner["code"]}, by="buyer").fields == ["code"]
        assert buyer.acts(
            "reach_firm", WRITTEN | {"code": credit_code(7002), "prefecture": "1"}, by="buyer"
        ).fields == ["prefecture"]
        assert buyer.acts("describe_item", said, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        assert buyer.acts("describe_item", said | {"firmId": partner["id"]}, by="buyer").rule.startswith("item.maker")
        assert buyer.acts("describe_item", said | {"number": "YG-63"}, by="buyer").fields == ["number"]
        assert buyer.acts("describe_item", said | {"unit": "??"}, by="buyer").refusals == ["INVALID"]
