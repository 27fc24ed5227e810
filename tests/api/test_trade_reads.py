"""What pages and programs read of trade: numbers shared by two buyers, late orders, reserved duties, the to-do counts."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlmodel import col

from api.context import PersonDoor
from api.run import run
from api.schema import schema
from api.stored import operation
from collaboration.orders.forms import LineAnswered
from collaboration.orders.tables import Answer, LineAnswer, Reason
from kernel import clock, idempotency
from kernel.access import SYSTEM
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.errors import NotAllowedNow
from kernel.work import unit_of_work
from tests.pages.slice.plant import BEARING, BUYER, PLANNER, RIVAL, SELLER, Trade, day


@pytest.fixture
def trade(seated):
    return Trade(seated)


def asks(email: str, query: str, **variables: Any) -> dict[str, Any]:
    """What this person of the cast is answered."""
    with unit_of_work(SYSTEM, writes=False) as work:
        person = work.one(people_visible_to(SYSTEM).where(col(Person.email) == email))
    answer = run(schema, query, variables, None, PersonDoor(person, "en"), may_write=False, idempotency_key=None)
    return orjson.loads(answer.body)


def test_a_number_used_by_two_buyers_is_told_apart_by_its_buyer(trade):
    mine = trade.places("PO-1", ("CRB-100", 10, "80", [10]), by=SELLER, to=BEARING)
    other = trade.places("PO-1", ("CRB-100", 20, "80", [10]), by=RIVAL, to=BEARING)
    page = operation("order_page")
    bearing = "sales@bearing.example"

    newest = asks(bearing, page, number="PO-1")["data"]["order"]
    first = asks(bearing, "query A($id: ID!) { node(id: $id) { ... on Order { buyer { id } } } }", id=mine)
    chosen = asks(bearing, page, number="PO-1", buyerId=first["data"]["node"]["buyer"]["id"])["data"]["order"]
    rivals = asks(RIVAL, page, number="PO-1", buyerId=first["data"]["node"]["buyer"]["id"])

    assert (newest["id"], chosen["id"]) == (other, mine)
    assert rivals["data"]["order"] is None


def test_late_orders_are_those_with_something_missing_after_its_day(trade):
    late = trade.places("LATE", ("RV-40E", 40, "2680", [1, 30]))
    shipped = trade.places("KEPT", ("RV-40E", 40, "2680", [1]))
    trade.answers(late)
    trade.answers(shipped)
    trade.ships(shipped, "SH-1", 40)
    query = "{ orders(filter: {late: true}) { nodes { id outlook { lateLines nextDueOn } lines { lateDays } } totalCount } }"

    today = asks(BUYER, query)["data"]["orders"]
    clock.set_to(clock.now() + timedelta(days=4))
    try:
        then = asks(BUYER, query)["data"]["orders"]
        rivals = asks(RIVAL, query)["data"]["orders"]
    finally:
        clock.set_to(None)

    assert today["nodes"] == []
    assert [(o["id"], o["outlook"]["lateLines"], o["lines"][0]["lateDays"]) for o in then["nodes"]] == [
        (shipped, 1, 3), (late, 1, 3),
    ]  # fmt: skip
    assert rivals["totalCount"] == 0


def test_a_rejected_line_is_neither_owed_nor_to_be_shipped(trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]), ("HD-25", 5, "1380", [12]))
    one, other = trade.lines(order)
    trade.answers(
        order, Answer.CHANGED, LineAnswered(LineAnswer.ACCEPTED, line_id=one.id),
        LineAnswered(LineAnswer.REJECTED, line_id=other.id, reason=Reason.CAPACITY),
    )  # fmt: skip
    before = trade.stands(order)

    with pytest.raises(NotAllowedNow) as refused:
        trade.ships(order, "SH-1", 40, 5)

    query = "query A($id: ID!) { node(id: $id) { ... on Order { lines { schedules { toShip } openVerbs } } } }"
    lines = asks(SELLER, query, id=order)["data"]["node"]["lines"]
    assert refused.value.rule.id == "despatch.dead_line"
    assert trade.stands(order) == before == ("confirmed", 2, ["confirmed", "rejected"])
    assert [line["schedules"][0]["toShip"] for line in lines] == ["40", "0"]
    assert [str(s.shipped) for s in trade.schedules(order)] == ["0", "0"]


def test_duties_of_colleagues_are_named_beside_ones_own(trade):
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.offers_later(order, 30)
    query = "query A($id: ID!) { node(id: $id) { ... on Order { openVerbs reservedVerbs { verb roles } lines { openVerbs } } } }"

    buyer, planner = (asks(email, query, id=order)["data"]["node"] for email in (BUYER, PLANNER))

    assert "decideOnResponse" in buyer["openVerbs"]
    assert {"verb": "decideOnResponse", "roles": ["BUYER"]} in planner["reservedVerbs"]
    assert not {v["verb"] for v in planner["reservedVerbs"]} & set(planner["openVerbs"])
    assert [line["openVerbs"] for line in buyer["lines"]] == [["decideOnResponse"]]
    assert [line["openVerbs"] for line in planner["lines"]] == [[]]


def test_what_is_to_do_is_counted_by_kind(trade):
    trade.places("PO-1", ("RV-40E", 40, "2680", [12]), at=9)
    trade.places("PO-2", ("RV-40E", 40, "2680", [12]))
    trade.answers(trade.places("PO-3", ("RV-40E", 40, "2680", [12])))

    counts = asks(SELLER, "{ todoCounts { kind items overdue } todo(kind: RESPOND_TO_ORDER) { totalCount } }")["data"]

    assert counts["todoCounts"] == [
        {"kind": "RESPOND_TO_ORDER", "items": 2, "overdue": 1},
        {"kind": "SEND_DESPATCH_ADVICE", "items": 1, "overdue": 0},
    ]
    assert counts["todo"]["totalCount"] == 2
    assert asks(RIVAL, "{ todoCounts { kind } }")["data"]["todoCounts"] == []


def test_differences_follow_the_tolerance_of_their_own_pair(trade):
    trade.tolerates(days_late=3)
    order = trade.places("PO-1", ("RV-40E", 40, "2680", [12]))
    trade.offers_later(order, 20)

    seen = asks(BUYER, operation("trade_order_page"), id=order)["data"]["node"]["responses"][0]["lines"][0]

    assert seen["differences"] == [
        {
            "kind": "DAY", "asked": str(day(12)), "offered": str(day(20)), "difference": "8", "percent": None,
            "least": "0", "most": "3", "inside": False,
        }
    ]  # fmt: skip


def test_a_form_key_is_known_again_by_its_sender_only(seated):
    clerk, other = seated.actors[SELLER], seated.actors[RIVAL]
    with unit_of_work(clerk) as work:
        idempotency.remember(work, "a-form", "this request")
        idempotency.keep(work, "a-form", b"done")

    with unit_of_work(clerk, writes=False) as work:
        assert idempotency.answered(work, "a-form") == b"done"
        assert idempotency.answered(work, "another") is None
    with unit_of_work(other, writes=False) as work:
        assert idempotency.answered(work, "a-form") is None
