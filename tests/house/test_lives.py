"""A table of moves is whole: every state can be reached, no two rows contradict, every verb is a function that is told of."""

import ast
from enum import StrEnum
from itertools import combinations

import pytest

from api.schema import schema
from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move
from tests.house.lives import LIVES, Life, camel
from tests.house.tree import DOMAIN, broken, called, calls, dotted, modules

RULES = {"agree_by_rule": "respond_to_order"}
"""A move of the system that is no act of its own, and the verb it happens within."""


def complaints(life: Life) -> list[str]:
    """What is wrong with a table of moves, one sentence each."""
    found = [f"{m.verb} {m.outcome} has no state it is open in" for m in life.moves if not m.while_in]
    found += [
        f"{one.verb} {one.outcome} of the {one.by} leads to two states from {', '.join(sorted(one.while_in & other.while_in))}"
        for one, other in combinations(life.moves, 2)
        if (one.verb, one.by, one.outcome) == (other.verb, other.by, other.outcome) and one.while_in & other.while_in
    ]
    reached = set(life.lifecycle.begins | life.lifecycle.derived)
    while more := {m.becomes for m in life.moves if m.while_in & reached} - reached:
        reached |= more
    return found + [f"{state} can never be reached" for state in life.states if state not in reached]


def test_there_are_lifecycles():
    assert len(LIVES) >= 6


@pytest.mark.parametrize("life", LIVES, ids=repr)
def test_every_state_can_be_reached_and_no_two_moves_contradict(life):
    found = complaints(life)

    assert found == [], broken("4", "code, buttons, docs and tests derive from this table, so it must be true", found)


def test_the_check_sees_a_dead_state_a_contradiction_and_a_move_from_nowhere():
    states = StrEnum("states", ["first", "second", "third"])
    first, second, third = states
    wrong = Lifecycle(
        ("thing", "东西"), Move("go", Side.BUYER, {first}, second), Move("go", Side.BUYER, {first}, first),
        Move("stop", Side.BUYER, set(), first), begins={first},
    )  # fmt: skip

    assert complaints(Life("wrong", wrong, states)) == [
        "stop  has no state it is open in",
        f"go  of the buyer leads to two states from {first}",
        f"{third} can never be reached",
    ]


FUNCTIONS = {
    (dotted(path), node.name): node
    for path, tree in modules("kernel", *DOMAIN).items() for node in tree.body if isinstance(node, ast.FunctionDef)
}  # fmt: skip
IMPORTED = {
    (dotted(path), alias.asname or alias.name): (node.module, alias.name)
    for path, tree in modules("kernel", *DOMAIN).items() for node in tree.body if isinstance(node, ast.ImportFrom)
    for alias in node.names
}  # fmt: skip
VERBS = {
    name: (module, name)
    for module, name in [*FUNCTIONS, *(key for key, target in IMPORTED.items() if target in FUNCTIONS)]
    if module.endswith(".verbs") and not name.startswith("_")
}
"""Name of a verb -> where it stands: each verbs.py holds its verbs or brings them in from a part of its own concept."""


def where(module: str, name: str) -> tuple[str, str]:
    """Where a function a module knows by this name is defined."""
    return (module, name) if (module, name) in FUNCTIONS else IMPORTED.get((module, name), (module, name))  # type: ignore[return-value]


def records(module: str, name: str, seen: frozenset[tuple[str, str]] = frozenset()) -> bool:
    """Whether a function, or one of ours that it calls, writes down a fact."""
    place = where(module, name)
    if place not in FUNCTIONS or place in seen:
        return False
    made = calls(FUNCTIONS[place])
    if any(isinstance(c.func, ast.Attribute) and c.func.attr == "record" for c in made):
        return True
    return any(records(place[0], called(c), seen | {place}) for c in made if isinstance(c.func, ast.Name))


MOVED = sorted({m.verb for life in LIVES for m in life.moves})
ACTS = sorted({m.verb for life in LIVES for m in life.moves if m.by is not Side.SYSTEM})


@pytest.mark.parametrize("verb", MOVED)
def test_a_verb_of_a_lifecycle_is_a_function_that_records_a_fact(verb):
    verb = RULES.get(verb, verb)

    assert verb in VERBS, broken("13.3", "a use case is one function named as people say it, in its verbs.py", verb)
    assert records(*VERBS[verb]), broken(
        "4", "a verb that records nothing is in no history and stirs no reaction", verb
    )


@pytest.mark.parametrize("verb", ACTS)
def test_what_a_person_may_do_is_a_mutation(verb):
    offered = schema.graphql_schema.mutation_type.fields  # type: ignore[union-attr]

    assert camel(verb) in offered, broken("13.3", "a button has no other door than a mutation", verb)


def test_a_mutation_calls_the_verb_it_is_named_as():
    found = {}
    for tree in modules("graphql/api").values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(getattr(b, "id", "") == "Mutation" for b in node.bases):
                verb = "".join(f"_{c.lower()}" if c.isupper() else c for c in node.name).lstrip("_")
                if verb not in {called(call) for call in calls(node)} or verb not in VERBS:
                    found[node.name] = verb

    assert found == {}, broken("5", "input, verb, payload: no rules of its own", found)


def test_every_mutation_records_a_fact():
    offered = schema.graphql_schema.mutation_type.fields  # type: ignore[union-attr]
    acting = {verb for verb in VERBS if camel(verb) in offered}

    assert len(acting) == len(offered)
    found = [verb for verb in acting if not records(*VERBS[verb])]
    assert found == [], broken("4", "who, what, when: the outbox row is also the history shown to people", found)
