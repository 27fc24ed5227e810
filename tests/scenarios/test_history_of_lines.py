"""History tells of every line an act moved: from which state, to which."""

import json

from tests.scenarios.players import promise


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
