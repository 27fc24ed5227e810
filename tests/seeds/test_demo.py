"""The demo chain holds what every seat is told to find: read through the operations its pages send."""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from api.context import PersonDoor
from api.run import run
from api.schema import schema
from api.stored import operation
from collaboration.orders.lifecycle import OrderState
from kernel import clock
from kernel.access import SYSTEM
from kernel.accounts.visibility import people_visible_to
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS, LONGTENG, RIVAL
from seeds.firms import EXTRAS

pytestmark = pytest.mark.usefixtures("planted")


def ask(email: str, name: str, **variables: Any) -> Any:
    with unit_of_work(writes=False) as work:
        person = work.maybe(people_visible_to(SYSTEM).filter_by(email=email))
    door = PersonDoor(person, "en")
    answer = run(schema, operation(name), variables, None, door, may_write=False, idempotency_key=None)
    found = json.loads(answer.body)
    assert "errors" not in found, found
    return found["data"]


def todo(email: str, kind: str) -> list[Any]:
    found: list[Any] = ask(email, "todo_page", kind=kind, first=100)["todo"]["nodes"]
    return found


def days_from_today(day: str) -> int:
    return (date.fromisoformat(day) - clock.today_of(clock.now())).days


def chain_map(email: str) -> Any:
    chains = ask(email, "chains")["chains"]["nodes"]
    return ask(email, "chain_map_page", chainId=chains[0]["id"])["chainMap"]


def test_gearworks_has_three_orders_to_answer_one_long_one_simple_one_late() -> None:
    found = todo("sales@gearworks.example", "RESPOND_TO_ORDER")

    assert sorted(one["order"]["outlook"]["lineCount"] for one in found) == [1, 3, 12]
    assert [one["order"]["outlook"]["lineCount"] for one in found if one["overdue"]] == [3]
    assert {one["order"]["buyer"]["name"] for one in found} == {LONGTENG}


def test_gearworks_has_one_shipment_overdue_and_one_due_soon() -> None:
    days = [days_from_today(one["dueOn"]) for one in todo("sales@gearworks.example", "SEND_DESPATCH_ADVICE")]

    assert -2 in days
    assert 3 in days


def test_gearworks_owes_one_document_overdue_and_one_soon() -> None:
    found = todo("sales@gearworks.example", "SUBMIT_DOCUMENT")

    assert [(days_from_today(one["dueOn"]), one["overdue"]) for one in found] == [(-3, True), (4, False)]


def test_the_buyer_has_answers_to_decide_on_one_of_them_the_rivals() -> None:
    found = todo("buyer@longteng.example", "DECIDE_ON_RESPONSE")

    assert {one["order"]["seller"]["name"] for one in found} >= {GEARWORKS, RIVAL}
    assert len(found) >= 2


def test_the_buyer_sees_orders_nobody_answered_in_time_and_orders_that_are_late() -> None:
    found = ask("buyer@longteng.example", "orders_page", filter={"states": ["PLACED"], "side": "BUYER"}, first=100)
    late = ask("buyer@longteng.example", "orders_page", filter={"late": True, "side": "BUYER"}, first=100)

    assert any(days_from_today(o["outlook"]["answerDueOn"]) < 0 for o in found["orders"]["nodes"])
    assert late["orders"]["totalCount"] >= 1


def test_one_delivery_is_ready_for_acceptance_and_one_waits_for_a_certificate_only() -> None:
    ready = todo("buyer@longteng.example", "ACCEPT_DELIVERY")
    found = ask("buyer@longteng.example", "orders_page", filter={"states": ["DELIVERED"], "side": "BUYER"}, first=100)
    waits = [
        ask("buyer@longteng.example", "documents_page", orderId=o["id"])["acceptanceWaitsFor"]
        for o in found["orders"]["nodes"]
    ]

    assert any(one["order"]["seller"]["name"] == GEARWORKS for one in ready)
    assert [] in waits
    assert any(len(w) == 1 and w[0].startswith("document 02-04") for w in waits), waits


def test_invoices_wait_one_matched_and_one_blocked_with_a_share_held_and_others_are_accepted() -> None:
    seen = ask("buyer@longteng.example", "invoices", side="BUYER", first=100)
    waiting = [one for one in seen["invoices"]["nodes"] if one["state"] == "SUBMITTED"]
    sold = ask("sales@bearing.example", "invoices", side="SELLER")
    counts = {one["state"]: one["invoices"] for one in sold["invoiceCounts"]}

    assert sorted(one["blockedLines"] for one in waiting)[-1] == 1
    assert [one["held"]["amount"] == "0" for one in waiting if one["blockedLines"]] == [False]
    assert len(todo("buyer@longteng.example", "RESPOND_TO_INVOICE")) >= 2
    assert counts["ACCEPTED"] + counts["PAID"] >= 1


def test_orders_are_numbered_by_the_buyer_per_year() -> None:
    gearworks = next(f for f in ask("buyer@longteng.example", "firms")["firms"]["nodes"] if f["name"] == GEARWORKS)
    found = ask(
        "buyer@longteng.example", "orders_page", filter={"number": "PO-2031-0001", "partnerId": gearworks["id"]}
    )["orders"]["nodes"]

    assert found
    assert all(len(o["number"]) == len("PO-2031-000117") for o in found)


@pytest.mark.parametrize(
    ("email", "kind", "least"),
    [
        ("planner@longteng.example", "POST_RECEIPT", 3),
        ("quality@longteng.example", "REVIEW_DOCUMENT", 2),
        ("sales@longteng.example", "RESPOND_TO_ORDER", 1),
        ("sales@bearing.example", "RESPOND_TO_ORDER", 1),
        ("sales@steel.example", "RESPOND_TO_ORDER", 1),
        ("dealer@yangtze.example", "POST_RECEIPT", 1),
    ],
)
def test_every_other_seat_finds_its_work(email: str, kind: str, least: int) -> None:
    assert len(todo(email, kind)) >= least


def test_every_state_of_an_order_occurs() -> None:
    seen = set()
    for email in ("buyer@longteng.example", "sales@longteng.example"):
        seen |= {c["state"] for c in ask(email, "orders_page", first=1)["orderCounts"] if c["orders"]}

    assert seen == {state.name for state in OrderState}


def test_the_map_shows_links_of_every_basis_and_age() -> None:
    seen = []
    for email in ("buyer@longteng.example", "sales@bearing.example", "sales@rolling.example"):
        seen += chain_map(email)["links"]
    fresh = [link for link in seen if link["basis"] == "SEEN_IN_ORDERS" and not link["stale"] and not link["endedOn"]]

    assert fresh
    assert [link for link in seen if link["basis"] == "DECLARED" and not link["stale"] and not link["endedOn"]]
    assert [link["state"] for link in seen if link["basis"] == "SURVEYED"] == ["DECLARED"]
    assert [link for link in seen if link["stale"] and not link["endedOn"]]
    assert [link for link in seen if link["endedOn"]]


def test_the_chain_master_sees_one_tier_further_up_under_an_alias() -> None:
    beyond = [link for link in chain_map("buyer@longteng.example")["links"] if link["supplierAlias"]]

    assert {link["buyer"]["name"] for link in beyond} == {GEARWORKS}
    assert all(link["supplier"] is None for link in beyond)


@pytest.mark.feature("I4")
def test_the_robot_stops_by_its_bill_and_what_is_lost_until_recovery_is_reckoned_or_said_unknown() -> None:
    found = ask(
        "buyer@longteng.example",
        "chain_resilience",
        chainId=ask("buyer@longteng.example", "chains")["chains"]["nodes"][0]["id"],
    )["resilience"]

    (robot,) = found["products"]
    assert (robot["item"]["number"], robot["materials"], robot["unsupplied"], robot["fewest"]) == ("LT-R20", 7, 0, 1)
    stopping = {one["key"] for one in found["firms"] if [item["number"] for item in one["stops"]] == ["LT-R20"]}
    assert stopping == {one["key"] for one in robot["singlePoints"]} and len(stopping) == 6
    by_name = {one["of"]["firm"]["firm"]["name"]: one for one in found["exposures"] if one["of"]["firm"]["firm"]}
    assert not by_name[RIVAL]["of"]["isSinglePoint"]
    gear = by_name[GEARWORKS]
    assert (gear["rank"], gear["recoverSource"], gear["recoverDays"], gear["surviveSource"]) == (
        1,
        "STATED",
        60,
        "DECLARED",
    )
    ranked = [one for one in found["exposures"] if one["rank"]]
    assert [one["surviveSource"] for one in ranked] == ["DECLARED", "EVIDENCE"] and ranked[1][
        "recoverSource"
    ] == "DECLARED"
    assert gear["lostDays"] == pytest.approx(60 - gear["surviveDays"]) and gear["money"] == pytest.approx(
        gear["lostDays"] * found["outputPerDay"]
    )
    assert {one["lostDays"] for one in found["exposures"] if one["recoverSource"] == "UNKNOWN"} == {None}
    assert found["unknownRecovery"] > 0


def test_officials_see_groups_large_and_small_in_all_thirteen_prefectures_and_no_firm() -> None:
    found = chain_map("official@jiangsu.example")
    shown = Counter(cell["display"] for cell in found["cells"])

    assert shown["withheld"] > 0
    assert len(found["periods"]) >= 2
    assert [figure["value"] for figure in found["figures"] if figure["value"] in (1, 2)] == []
    assert shown["0"] > 0
    assert any(display.isdigit() and int(display) >= 3 for display in shown)
    assert len({extra.prefecture for extra in EXTRAS}) == 13
    assert found["firms"] == found["links"] == []


def test_documents_of_every_kind_asked_for_went_through_the_real_checks() -> None:
    orders = ask("sales@gearworks.example", "orders_page", filter={"side": "SELLER"}, first=100)["orders"]["nodes"]
    asked = [
        requirement
        for order in orders
        for requirement in ask("sales@gearworks.example", "documents_page", orderId=order["id"])["documentRequirements"]
    ]
    handed = [revision for requirement in asked for revision in requirement["revisions"]]

    assert {requirement["documentType"] for requirement in asked} >= {"02-02", "02-04", "03-02", "03-04", "03-06"}
    assert {requirement["format"] for requirement in asked} >= {"PDF", "PNG", "CSV", "XLSX"}
    assert {revision["state"] for revision in handed} == {"IN_REVIEW", "RETURNED", "RELEASED"}
    assert {revision["job"]["state"] for revision in handed} == {"DONE"}
    assert all(f["verdict"] in ("PASSED", "WARNED") for revision in handed for f in revision["findings"])
    assert all(revision["findings"] for revision in handed)


def test_the_history_of_an_order_is_told_in_order_and_ends_before_this_morning() -> None:
    ready = todo("buyer@longteng.example", "ACCEPT_DELIVERY")[0]["order"]
    told = ask("buyer@longteng.example", "history_page", id=ready["id"], first=100)["history"]["nodes"]
    instants = [entry["at"] for entry in told]

    assert len(told) >= 4
    assert instants in (sorted(instants), sorted(instants, reverse=True))
    assert max(instants) < (clock.now() - timedelta(hours=8)).isoformat()
