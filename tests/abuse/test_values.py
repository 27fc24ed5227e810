"""Every scalar of every argument and input takes 40 strange strings and 17 strange numbers without a bug."""

import json
import os

import pytest

from api.schema import schema
from tests.abuse.conftest import clean
from tests.abuse.values import NUMBERS, OTHERS, STRINGS
from tests.scenarios.players import Cast
from tests.secrecy.asking import arguments, document, slots, usual, variables

VALUES = [*STRINGS, *NUMBERS, *OTHERS]
EVERY = 1 if os.environ.get("SOAK") else 12
"""One in twelve at each place, another one in the next; all with SOAK=1."""
SCHEMA = schema.graphql_schema
PLACES = [*slots(SCHEMA, "Query"), *slots(SCHEMA, "Mutation")]


@pytest.fixture
def owned(api):
    """Ids of things the asker owns, by what an argument calls them: deeper checks than a made-up id would reach."""
    cast = Cast(api)
    placed = cast.chain_master.places_order(cast.gearworks)
    cast.gearworks.accepts_all(placed)
    shipped = cast.gearworks.ships((placed, 1, "4"))
    needed = cast.chain_master.requires_documents(placed)["requirements"][0]
    order = cast.chain_master.sees(placed)
    return {
        "orderId": placed["order"]["id"], "id": placed["order"]["id"], "sellerId": cast.gearworks.firm_id,
        "lineId": order["lines"][0]["id"], "orderLineId": order["lines"][0]["id"], "itemId": order["lines"][0]["item"]["id"],
        "scheduleId": order["lines"][0]["schedules"][0]["id"], "responseId": order["responses"][0]["id"],
        "despatchAdviceId": shipped["despatchAdvice"]["id"], "despatchLineId": shipped["despatchAdvice"]["lines"][0]["id"],
        "requirementId": needed["id"], "chainId": cast.chain_master.chain(), "buyerId": cast.chain_master.firm_id,
        "viewerId": cast.gearworks.firm_id, "linkId": cast.chain_master.links()[0]["id"],
    }  # fmt: skip


@pytest.mark.parametrize("seat", ["buyer@longteng.example", "sales@gearworks.example"])
def test_no_value_anywhere_breaks_anything(api, owned, seat):
    def choose(name, scalar):
        return owned.get(name, usual(name, scalar)) if scalar == "ID" else usual(name, scalar)

    asked = 0
    for shift, place in enumerate(PLACES):
        text = document(SCHEMA, place.root, place.field, 1, -1)
        for value in VALUES[shift % EVERY :: EVERY]:
            given = variables([arguments(SCHEMA, place, value, choose)])
            answer = api.posts(seat, {"query": text, "variables": given})
            assert clean(answer) and b"incident" not in answer.data, (str(place), value, answer.data[:500])
            told = answer.get_json()
            assert "data" in told or told["errors"], (str(place), value)
            asked += 1

    assert asked >= len(PLACES) * len(VALUES) // EVERY - len(PLACES)


def test_half_a_character_and_nul_are_refused_at_every_place(api):
    """JSON can spell them, no text can hold them."""
    for place in [p for p in PLACES if p.scalar in ("String", "Text", "ID")]:
        text = document(SCHEMA, place.root, place.field, 1, -1)
        for spelled in ("\\ud800", "\\u0000", "a\\udfffb"):
            given = variables([arguments(SCHEMA, place, "@@", usual)])
            body = json.dumps({"query": text, "variables": given}).replace("@@", spelled).encode()
            answer = api.posts("buyer@longteng.example", body)
            assert clean(answer)
            assert answer.get_json().get("data") is None, (str(place), spelled, answer.data[:300])
