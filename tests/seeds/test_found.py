"""What docs/demo.md says is planted can be found there, by whom it says."""

import pytest

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from kernel.access import SYSTEM
from kernel.work import unit_of_work
from seeds.cast import BEARING, GEARWORKS, RIVAL
from tests.seeds.test_demo import ask

pytestmark = pytest.mark.usefixtures("planted")


def links(email: str) -> list:
    found, after = [], None
    while True:
        page = ask(email, "supply_links", first=100, after=after)["supplyLinks"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def test_the_chain_is_of_240_firms_in_thirteen_prefectures_at_six_stages() -> None:
    with unit_of_work(writes=False) as work:
        firms = work.rows(firms_visible_to(SYSTEM).where(Firm.standing == "confirmed"))
    stages = ask("sales@gearworks.example", "chains")["chains"]["nodes"][0]["stages"]

    assert len(firms) == 240
    assert len({firm.prefecture for firm in firms}) == 13
    assert len(stages) == 6


def test_a_sole_source_stands_at_tier_three_and_its_supplier_sees_that() -> None:
    (seen,) = [link for link in links("sales@rareearth.example") if link["item"]["number"] == "PRND"]

    assert (seen["shareBand"], seen["side"]) == ("SOLE", "SELLER")


def test_two_competitors_share_a_source_and_neither_sees_the_other() -> None:
    buyers = {link["buyer"]["name"] for link in links("sales@bearing.example") if link["buyer"]}
    seen = {email: str(links(email)) for email in ("sales@gearworks.example", "sales@rival.example")}

    assert {GEARWORKS, RIVAL} <= buyers
    assert all(BEARING in text for text in seen.values())
    assert RIVAL not in seen["sales@gearworks.example"]
    assert GEARWORKS not in seen["sales@rival.example"]


def test_a_link_is_disputed_with_its_reason() -> None:
    disputed = [link for link in links("sales@seals.example") if link["state"] == "DISPUTED"]

    assert [(link["item"]["number"], link["disputeReason"]) for link in disputed] == [("SL-40", "NO_LONGER")]


def test_a_certificate_has_run_out_and_its_supplier_is_conditional() -> None:
    found = ask("quality@longteng.example", "qualifications_page", first=100)["qualifications"]["nodes"]

    assert sorted(one["state"] for one in found) == ["APPROVED", "CONDITIONAL"]
    assert [bool(one["missing"]) for one in found if one["state"] == "CONDITIONAL"] == [True]


def test_an_applicant_of_nearly_the_same_name_waits() -> None:
    found = ask("operator@chainmaster.example", "applications_page", first=10)["applications"]["nodes"]

    assert len(found) == 1


def test_accounts_are_called_back_waiting_for_a_call_and_waiting_for_a_second_person() -> None:
    seen = ask("lead@longteng.example", "financial_accounts_page", first=100)["financialAccounts"]["nodes"]
    waits = ask("operator@chainmaster.example", "financial_accounts_page", first=100)["financialAccounts"]["nodes"]

    assert {one["firm"]["name"]: one["callback"] for one in seen if not one["isOwn"]} == {
        GEARWORKS: "VERIFIED", RIVAL: "UNVERIFIED",
    }  # fmt: skip
    assert [one["firm"]["name"] for one in waits] == [BEARING]


def test_orders_to_a_seller_nobody_called_back_are_shown_with_a_warning_and_others_without() -> None:
    found = ask("buyer@longteng.example", "orders_page", filter={"states": ["COUNTERED"], "side": "BUYER"}, first=100)
    warned = {
        order["seller"]["name"]: [w["code"] for w in page["warnings"]]
        for order in found["orders"]["nodes"]
        for page in [ask("buyer@longteng.example", "trade_order_page", id=order["id"])["node"]]
    }

    assert (warned[RIVAL], warned[GEARWORKS]) == (["ACCOUNT_UNVERIFIED"], [])


@pytest.mark.parametrize(
    ("email", "least"),
    [("buyer@longteng.example", 3), ("sales@gearworks.example", 3), ("planner@longteng.example", 1), ("lead@longteng.example", 1)],
)  # fmt: skip
def test_people_follow_things(email: str, least: int) -> None:
    assert len(ask(email, "followings_page", first=100)["followings"]["nodes"]) == least


def test_what_is_followed_has_moved_and_a_plan_has_reached_its_supplier() -> None:
    told = [
        (one["reason"], one["what"])
        for email in ("buyer@longteng.example", "sales@gearworks.example")
        for one in ask(email, "inbox_page", first=100)["inbox"]["nodes"]
    ]
    plan = ask("planner@longteng.example", "plans_page", first=10)["explosions"]["nodes"]

    assert ("FOLLOWED", "OrderAnswered") in told
    assert ("TOLD", "needs_asked") in told
    assert [one["job"]["state"] for one in plan] == ["DONE"]


def test_a_fire_is_passed_on_by_two_suppliers_without_its_origin() -> None:
    nodes = ask("buyer@longteng.example", "disruption_notices")["disruptionNotices"]["nodes"]

    assert [(n["sender"]["name"], n["state"]) for n in nodes] == [
        (RIVAL, "OPEN"), (GEARWORKS, "OPEN"), (RIVAL, "RESOLVED"),
    ]  # fmt: skip
    assert nodes[0]["sourceDisruptionId"] == nodes[1]["sourceDisruptionId"] != nodes[2]["sourceDisruptionId"]
    assert [n["assessment"] and n["assessment"]["impact"] for n in nodes] == ["WATCH", None, None]
    (told,) = ask("sales@bearing.example", "disruption_notices")["disruptionNotices"]["nodes"]
    assert told["sourceDisruptionId"] == nodes[0]["sourceDisruptionId"] and len(told["addressees"]) == 2


def test_one_input_is_held_up_and_two_makers_stand_in_for_one_another() -> None:
    chain = ask("buyer@longteng.example", "chains")["chains"]["nodes"][0]["id"]
    needs = {
        need["number"]: need
        for need in ask("buyer@longteng.example", "supply_marks", chainId=chain)["supplyMarks"]["needs"]
    }

    assert {number for number, need in needs.items() if need["kind"] != "OPEN"} == {"RC-6X"}
    assert (needs["RC-6X"]["reasons"], needs["RC-6X"]["stock"], needs["RC-6X"]["leadDays"]) == (["SHORT_COVER"], 1, 35)
    assert 15 < needs["RC-6X"]["coverDays"] < 35
    assert {source["firm"]["name"] for source in needs["LT-10-0417"]["sources"]} == {GEARWORKS, RIVAL}
