"""Every verb of a lifecycle is told in a story, by the cast, through the API."""

import ast

import pytest

from api.schema import schema
from kernel.access import Side
from tests.house.lives import LIVES, camel
from tests.house.tree import ROOT, broken, called, calls, files, name, parsed

SCENARIOS = ROOT / "tests" / "scenarios"
STORIES = [
    p
    for p in files()
    if p.parent == SCENARIOS
    and (p.name.startswith("test_") or p.name in ("amending.py", "settling.py", "stating.py", "explaining.py"))
]


def methods() -> dict[str, set[str]]:
    """What each method of the cast sends and calls: names of operations and of other methods."""
    players = parsed(SCENARIOS / "players.py")
    return {
        node.name: {called(c) for c in calls(node)}
        | {c.args[0].value for c in calls(node) if called(c) == "acts" and c.args and isinstance(c.args[0], ast.Constant)}
        for node in ast.walk(players) if isinstance(node, ast.FunctionDef)
    }  # fmt: skip


def told() -> set[str]:
    """Every operation some story sends, itself or through a method of the cast."""
    known, reached = methods(), set()
    waiting = [called(c) for story in STORIES for c in calls(parsed(story))]
    waiting += [
        n.value for story in STORIES for n in ast.walk(parsed(story)) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]  # fmt: skip
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += known.get(one, ())
    return reached


TOLD = told()


@pytest.mark.parametrize("verb", sorted({m.verb for life in LIVES for m in life.moves if m.by is not Side.SYSTEM}))
def test_a_verb_of_a_lifecycle_occurs_in_a_story(verb):
    assert verb in TOLD, broken("9, 13.5", "a verb nobody tells a story of is a verb nobody has tried", verb)


@pytest.mark.parametrize(
    ("verb", "state"), sorted({(m.verb, m.becomes.name) for life in LIVES for m in life.moves if m.by is Side.SYSTEM})
)
def test_what_the_system_does_is_seen_in_a_story(verb, state):
    seen = any(f'"{state}"' in story.read_text(encoding="utf-8") for story in STORIES)

    assert seen, broken("9, 13.5", f"no story sees the state {verb} leads to", state)


@pytest.mark.parametrize("life", LIVES, ids=repr)
def test_every_state_is_seen_in_a_story(life):
    text = "".join(story.read_text(encoding="utf-8") for story in STORIES)

    found = [state.name for state in life.states if f'"{state.name}"' not in text]
    assert found == [], broken("9, 13.5", "a state no story has seen may be none", (life.name, found))


def test_stories_speak_through_the_api_only():
    """What no mutation does yet, such as adding an item, a fixture may do by its verb."""
    offered = set(schema.graphql_schema.mutation_type.fields)
    found = {
        (name(story), node.module, alias.name)
        for story in STORIES for node in ast.walk(parsed(story)) if isinstance(node, ast.ImportFrom) for alias in node.names
        if (node.module or "").endswith((".tables", ".reads", ".visibility"))
        or ((node.module or "").endswith(".verbs") and camel(alias.name) in offered)
    }  # fmt: skip

    assert found == set(), broken("9", "scenarios: user stories, several parties, through the API only", found)


def test_the_check_would_miss_no_verb_that_is_not_told():
    assert "place_order" in TOLD
    assert "grow_wings" not in TOLD
