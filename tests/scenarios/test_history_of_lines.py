"""History tells of every line an act moved: from which state, to which."""

import json

from tests.scenarios.amending import answers, cancels, changes, on_cancellation
from tests.scenarios.players import day, line, promise


def moves(history, event: str) -> list[tuple]:
    """(line, from, to) of the last event of a kind."""
    facts = json.loads(next(e for e in reversed(history) if e["event"] == event)["facts"])
    return [(m["line"], m["from"], m["to"]) for m in facts["moves"]]


def test_every_transition_of_a_line_stands_in_the_orders_history(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)
    added = {"line": 1, "answer": "ADDED", "schedules": promise(d50="5")}

    gearworks.responds(order, lines=[{"line": 1, "answer": "CHANGED", "quantity": "8"}, added])
    master.decides(order, {1: "ACCEPT", 2: "REFUSE"})
    master.receives(gearworks.ships((order, 1, "8")))

    told = master.history_of(order)
    assert moves(told, "OrderAnswered") == [(1, "open", "change_proposed"), (2, "none", "added_proposed")]
    assert moves(told, "ResponseDecided") == [(1, "change_proposed", "confirmed"), (2, "added_proposed", "cancelled")]
    assert moves(told, "DespatchAdviceSent") == [(1, "confirmed", "shipped")]
    assert moves(told, "ReceiptPosted") == [(1, "shipped", "received")]


def test_a_change_and_a_cancellation_tell_of_the_lines_they_move(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("RV-80E", "5")])
    gearworks.accepts_all(order)

    more = {"action": "ADD", "number": 3, "itemId": master.item("RV-40E"), "unitPrice": "9",
            "schedules": [{"wantedOn": day(30), "quantity": "3"}]}  # fmt: skip
    answers(gearworks, order, changes(master, order, {"line": 2, "action": "DELETE"}, more), "ACCEPTED")
    assert moves(master.history_of(order), "OrderChangeAnswered") == [
        (2, "confirmed", "cancelled"), (3, "none", "confirmed"),
    ]  # fmt: skip

    asked = cancels(master, order)
    on_cancellation(gearworks, order, asked, "answer_order_cancellation", by="sales", decision="ACCEPT")
    assert moves(master.history_of(order), "OrderCancellationAnswered") == [
        (1, "confirmed", "cancelled"), (3, "confirmed", "cancelled"),
    ]  # fmt: skip
