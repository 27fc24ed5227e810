"""Every stored operation as every seat of the cast: done, seen, empty, or refused with one code."""

import pytest
from graphql import OperationDefinitionNode, OperationType, parse

from api.stored import names, operation
from tests.secrecy.access import SEAT_NAMES, TABLE
from tests.secrecy.asked_of import INPUTS, VARIABLES
from tests.secrecy.conftest import lent
from tests.secrecy.crawl import WHOLE, opened
from tests.secrecy.world import SEATS, as_stored, but_readings

ACTS = [
    name for name in names()
    if any(isinstance(d, OperationDefinitionNode) and d.operation is OperationType.MUTATION for d in parse(operation(name)).definitions)
]  # fmt: skip
ASKS = [name for name in names() if name not in ACTS]
TRIED = SEAT_NAMES if WHOLE else ("buyer", "planner", "lead", "gearworks", "rival", "suzhou", "operator", "stranger")
"""A seat of each kind; with SOAK=1 every seat. The table itself speaks of all of them, always."""
NAMED = dict(zip(SEAT_NAMES, SEATS, strict=True))


def test_every_operation_has_a_row_and_every_row_an_operation():
    assert set(TABLE) == set(names()), (
        "house.md 9: every operation x every cast member; add a row to tests/secrecy/access.py"
    )


def test_every_row_says_something_of_every_seat_once():
    for name, row in TABLE.items():
        said = [seat for seats in row.values() for seat in seats.split()]
        assert sorted(said) == sorted(SEAT_NAMES), name


def expected(name):
    return {seat: verdict for verdict, seats in TABLE[name].items() for seat in seats.split()}


def asked(world, name, seat):
    """Seen when anything with an id of its own is there, beside what a viewer is to itself and the public chain."""
    told = world.api.asks(NAMED[seat], name, **VARIABLES.get(name, lambda w: {})(world))
    if told.problems:
        return told.problems[0]["extensions"]["code"]
    if name == "viewer":
        return "seen" if told.data["viewer"] else "empty"
    data = {key: value for key, value in told.data.items() if key != "viewer"}
    return "seen" if opened(str(data)) else "empty"


def acted(world, name, seat):
    told = world.api.acts(NAMED[seat], name, INPUTS[name](world))
    assert not told.problems, told.problems
    return told.refusals[0] if told.refusals else "done"


@pytest.mark.parametrize("name", ASKS)
def test_a_question_is_answered_as_the_table_says(world, name):
    before = but_readings(as_stored())

    assert {seat: asked(world, name, seat) for seat in TRIED} == {seat: expected(name)[seat] for seat in TRIED}

    assert but_readings(as_stored()) == before


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_done_or_refused_as_the_table_says(built, tmp_path_factory, name):
    table = expected(name)
    refused = [seat for seat in TRIED if table.get(seat) != "done"]
    with lent(built, tmp_path_factory) as world:
        before = as_stored()
        assert {seat: acted(world, name, seat) for seat in refused} == {seat: table.get(seat) for seat in refused}
        assert as_stored() == before
        done = [seat for seat in SEAT_NAMES if table.get(seat) == "done"]
        if done:  # else it is an act of somebody without a seat, told in its story
            assert acted(world, name, done[0]) == "done", done[0]
            assert as_stored()["event"] != before["event"]

    for seat in done[1:] if WHOLE else ():
        with lent(built, tmp_path_factory) as world:
            assert acted(world, name, seat) == "done", seat
