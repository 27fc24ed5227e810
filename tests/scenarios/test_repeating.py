"""A repeated request: the same key and body give the first answer and one effect; another body is refused (K1)."""

from tests.scenarios.players import day, fresh, line
from tests.scenarios.reactions import react


def test_an_order_placed_twice_under_one_key_is_one_order(cast, nothing_changes):
    given = {"number": fresh("PO")}
    first = cast.chain_master.places_order(to=cast.gearworks, key="k-1", **given)

    with nothing_changes():
        again = cast.chain_master.places_order(to=cast.gearworks, key="k-1", **given)

    assert (again.data, again.status) == (first.data, 200)
    assert cast.chain_master.asks("orders_page")["orders"]["totalCount"] == 1


def test_the_same_key_with_another_body_is_refused(cast, nothing_changes):
    cast.chain_master.places_order(to=cast.gearworks, key="k-1")

    with nothing_changes():
        other = cast.chain_master.places_order(to=cast.gearworks, quantity="11", key="k-1")

    assert (other.refusals, other.fields) == (["INVALID"], ["Idempotency-Key"])
    assert "idempotency.same_key_other_body" in other.rule


def test_a_key_belongs_to_the_person_who_sent_it(cast):
    for player, item in ((cast.gearworks, "CRB-100"), (cast.rival, "CRB-100")):
        assert player.places_order(to=cast.bearing, item=item, key="k-1").refusals == []

    assert cast.bearing.asks("orders_page")["orders"]["totalCount"] == 2


def test_every_act_of_the_slice_has_one_effect_under_one_key(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10")])

    def twice(player, name, given, by):
        first = player.acts(name, given, by=by, key=f"k-{name}")
        assert first.refusals == [], first.said
        with nothing_changes():
            assert player.acts(name, given, by=by, key=f"k-{name}").data == first.data
        return first

    number = order["order"]["id"]
    late = {
        "lineId": master.lines_of(order)[1]["id"],
        "answer": "CHANGED",
        "schedules": [{"promisedOn": day(21), "quantity": "10"}],
    }
    answered = twice(
        gearworks,
        "respond_to_order",
        {"orderId": number, "expectedVersion": 1, "answer": "CHANGED", "lines": [late]},
        "sales",
    )
    twice(master, "decide_on_response", {
        "responseId": answered["response"]["id"], "expectedVersion": 2,
        "decisions": [{"lineId": late["lineId"], "decision": "ACCEPT"}],
    }, "buyer")  # fmt: skip
    asked = {"documentType": "02-04", "title": "t", "language": "zh", "format": "PDF", "due": day(9)}
    twice(master, "require_documents", {"orderId": number, "requirements": [asked]}, "quality")
    sent = {"scheduleId": master.schedules_of(order)[0]["id"], "quantity": "6"}
    advice = twice(gearworks, "send_despatch_advice", {"number": "DN", "shippedOn": day(0), "lines": [sent]}, "sales")
    counted = {
        "despatchLineId": advice["despatchAdvice"]["lines"][0]["id"],
        "received": "6",
        "accepted": "6",
        "rejected": "0",
    }
    twice(master, "post_receipt", {"despatchAdviceId": advice["despatchAdvice"]["id"], "lines": [counted]}, "planner")
    twice(master, "close_short", {"lineId": late["lineId"]}, "buyer")

    assert react() == 0
    assert master.state_of(order) == "DELIVERED"
