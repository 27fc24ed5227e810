"""A seller offers what the buyer was never supplied with: naming it to the buyer declares the link."""

import pytest

from tests.scenarios.players import promise


@pytest.fixture
def unheard_of(cast) -> str:
    """An item Gearworks has just added to its range; nobody buys it."""
    added = {"number": "RV-41E", "name": "RV-41E 精密减速机", "unit": "C62", "leadTimeDays": 21}
    return str(cast.gearworks.acts("add_item", added, by="sales")["item"]["id"])


@pytest.mark.parametrize("answer", ["CHANGED", "ADDED"])
def test_an_item_the_buyer_never_heard_of_is_known_to_it_once_it_is_offered(cast, unheard_of, answer):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)
    offer = {"line": 1, "answer": answer, "substituteItemId": unheard_of, "unitPrice": "1300"}
    lines = [offer | {"schedules": promise(d30="4")}]
    if answer == "ADDED":
        lines.append({"line": 1, "answer": "ACCEPTED"})

    gearworks.responds(order, lines=lines)

    answered = master.sees(order)["responses"][0]["lines"]
    assert sorted(x["answer"] for x in answered) == sorted(x["answer"] for x in lines)
    assert master.link_for("RV-41E")["basis"] == "DECLARED"
    assert cast.rival.asks("items", filter={"number": "RV-41E"})["items"]["nodes"] == []


def test_a_refused_answer_declares_nothing(cast, unheard_of, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = master.places_order(to=gearworks)

    with nothing_changes():
        refused = gearworks.responds(
            order, lines=[{"line": 1, "answer": "CHANGED", "substituteItemId": unheard_of, "quantity": "-1"}]
        )

    assert refused.refusals == ["INVALID"]
