"""A buyer is warned of what it should know of a seller, orders all the same, and nobody else reads the warning."""

import pytest

from jobs.scorecards import score_what_was_due
from tests.scenarios.test_financial_accounts import calls, confirmed_account
from tests.scenarios.test_scoring import delivered, weighs


def warned(order):
    return [one["code"] for one in order["warnings"]]


def on_page(player, order, by="buyer"):
    return [one["code"] for one in player.asks("trade_order_page", by=by, id=order["order"]["id"])["node"]["warnings"]]


@pytest.mark.feature("M2")
def test_a_buyer_is_told_that_an_account_is_missing_or_not_called_back_until_it_has_called(cast):
    buyer, seller = cast.chain_master, cast.gearworks
    order = buyer.places_order(to=seller)
    assert (order.refusals, warned(order), on_page(buyer, order)) == ([], ["NO_ACCOUNT"], ["NO_ACCOUNT"])
    assert order["warnings"][0]["rule"].startswith("financial_account.stated (lifted by the supplier")

    account = confirmed_account(cast)
    assert on_page(buyer, order) == ["ACCOUNT_UNVERIFIED"]
    calls(buyer, account, outcome="DENIED")["financialAccount"]
    assert on_page(buyer, order) == ["ACCOUNT_DENIED"]
    assert warned(buyer.places_order(to=seller)) == ["ACCOUNT_DENIED"]
    calls(buyer, account)["financialAccount"]

    assert (on_page(buyer, order), on_page(buyer, order, "planner")) == ([], [])
    assert warned(buyer.places_order(to=seller)) == []
    assert on_page(seller, order, "sales") == []


def test_of_a_seller_that_does_not_stand_by_the_link_no_account_is_spoken_of(cast):
    buyer, seller = cast.chain_master, cast.gearworks
    confirmed_account(cast)
    link = seller.link_for("HD-25")
    for one in [x for x in buyer.links() if x["supplier"] and x["supplier"]["id"] == seller.firm_id]:
        if one["id"] != link["id"]:
            buyer.acts("end_supply_link", {"linkId": one["id"]}, by="buyer")["supplyLink"]
    told = {"linkId": link["id"], "expectedVersion": link["version"], "reason": "NOT_OUR_ITEM"}
    buyer.acts("dispute_supply_link", told, by="buyer")["supplyLink"]
    assert buyer.asks("financial_accounts_page")["financialAccounts"]["nodes"] == []

    order = buyer.places_order(to=seller, item="HD-25")

    assert (order.refusals, warned(order), on_page(buyer, order)) == ([], [], [])


def test_what_is_refused_warns_of_nothing_and_a_rejected_order_no_more(cast):
    buyer, seller = cast.chain_master, cast.gearworks
    refused = buyer.places_order(to=seller, quantity="0")
    assert (refused.refusals, refused.data["warnings"]) == (["INVALID"], [])

    order = buyer.places_order(to=seller)
    seller.responds(order, "REJECTED", reason="CAPACITY")["order"]

    assert (buyer.state_of(order), on_page(buyer, order)) == ("REJECTED", [])


@pytest.mark.feature("A8")
def test_below_the_buyers_own_warning_line_it_orders_with_a_warning(cast, after_days):
    buyer, seller = cast.chain_master, cast.gearworks
    calls(buyer, confirmed_account(cast))["financialAccount"]
    for _ in range(3):
        delivered(buyer, seller)
    after_days(9)
    score_what_was_due()
    assert warned(buyer.places_order(seller)) == [], "without a line there is nothing to be below of"

    weighs(buyer, OTIF_AGREED=60, ANSWER_HOURS=40, warn=50, block=30)["terms"]
    order = buyer.places_order(seller)

    assert (order.refusals, warned(order), on_page(buyer, order)) == ([], ["SCORE_LOW"], ["SCORE_LOW"])
    assert order["warnings"][0]["message"] == "this supplier's score is 40, below 50 where you want to be warned"
    assert on_page(seller, order, "sales") == []
    assert warned(buyer.places_order(cast.rival, item="RC-40")) == ["NO_ACCOUNT"]
