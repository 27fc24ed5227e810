"""The table of duties says what the verbs require, of every act there is, and of none there is not."""

import ast
from importlib import import_module
from typing import Any

import pytest

from api.nodes import KINDS
from api.schema import schema
from exchange.duties import ACTS, SEPARATIONS
from exchange.sight import SIGHTS
from kernel.access import Role
from tests.house.lives import camel
from tests.house.test_lives import FUNCTIONS, VERBS, where
from tests.house.test_words import rows
from tests.house.tree import broken, called, calls
from web.app import create_app
from web.people.acts import act_word

BY_SIDE = {
    "agree_to_merger": "the second of two persons, asked by may_second",
    "refuse_merger": "as agree_to_merger",
    "begin_application": "the applicant itself, as the side of its lifecycle", "describe_company": "the same",
    "invite_users": "the same", "select_company_role": "the same", "upload_documents": "the same",
    "submit_application": "the same",
    "acknowledge_release": "a seller's own people; a guest, who may answer the order in it, knows of no release",
    "object_to_release": "the same",
}  # fmt: skip
"""Acts whose duty no ``require`` names, and what does."""
SEEN_ALONE = {"InboxEntry": "one's own, about something else"}
"""Kinds one is never told of."""


def values(node: ast.expr, module: Any) -> set[Role]:
    """The roles an argument of ``require`` can stand for, whichever side or kind it is about."""
    if isinstance(node, ast.Starred):
        return values(node.value, module)
    if isinstance(node, ast.IfExp):
        return values(node.body, module) | values(node.orelse, module)
    if isinstance(node, ast.Tuple):
        return set[Role]().union(*(values(one, module) for one in node.elts))
    if isinstance(node, ast.Subscript):
        return _flat(getattr(module, ast.unparse(node.value), {}).values())
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return _flat(getattr(module, node.func.value.id, {}).values())
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Subscript):
        table = getattr(module, ast.unparse(node.value.value), {})
        return _flat(getattr(one, node.attr) for one in table.values())
    if isinstance(node, ast.Attribute):
        return {Role[node.attr]} if ast.unparse(node.value) == "Role" else set()
    return _flat([getattr(module, node.id, ())]) if isinstance(node, ast.Name) else set()


def _flat(found: Any) -> set[Role]:
    roles: set[Role] = set()
    for one in found:
        roles |= {one} if isinstance(one, Role) else set(one)
    return roles


def required(place: tuple[str, str], seen: frozenset[tuple[str, str]] = frozenset()) -> tuple[set[Role], bool]:
    """What a function and those of ours that it calls require: roles, and whether the manager of the people."""
    if place not in FUNCTIONS or place in seen:
        return set(), False
    module, roles, manager = import_module(place[0]), set[Role](), False
    for call in calls(FUNCTIONS[place]):
        if called(call) == "require":
            roles |= set[Role]().union(*(values(one, module) for one in call.args[1:]))
        roles |= set[Role]().union(*(values(one, module) for one in _duties(call, place[0])))
        if called(call) == "require_manager":
            manager = True
        elif isinstance(call.func, ast.Name):
            more, by_manager = required(where(place[0], called(call)), seen | {place})
            roles, manager = roles | more, manager or by_manager
    return roles, manager


def _duties(call: ast.Call, module: str) -> list[ast.expr]:
    """What is handed on to a function that takes a ``duty``."""
    target = FUNCTIONS.get(where(module, called(call))) if isinstance(call.func, ast.Name) else None
    names = [a.arg for a in target.args.args] if target else []
    placed = [call.args[names.index("duty")]] if "duty" in names and len(call.args) > names.index("duty") else []
    return placed + [k.value for k in call.keywords if k.arg == "duty"]


@pytest.mark.feature("M2")
def test_the_table_of_duties_says_what_the_verbs_require():
    found = {}
    for act in ACTS:
        roles, manager = required(where(*VERBS[act.verb]))
        roles -= {Role.SYSTEM}
        if act.manager != manager or (not manager and act.verb not in BY_SIDE and roles != act.roles):
            found[act.verb] = (sorted(roles), manager, sorted(act.roles))

    assert found == {}, broken("6", "no second list of rights: the page shows what the code does", found)


def test_every_act_is_in_the_table_of_duties_once():
    offered = schema.graphql_schema.mutation_type.fields  # type: ignore[union-attr]
    told = [camel(act.verb) for act in ACTS]

    assert sorted(told) == sorted(offered), broken("6", "exchange/duties.py lists every act", set(told) ^ set(offered))


def test_separated_steps_are_acts():
    acts = {act.verb for act in ACTS}

    assert {step for s in SEPARATIONS for step in (s.first, s.then)} <= acts


def test_every_kind_of_thing_has_the_rule_that_says_who_sees_it():
    missing = set(KINDS) - set(SIGHTS) - set(SEEN_ALONE)

    assert missing == set(), broken(
        "6", "exchange/sight.py: what has no rule there is followed and told of by nobody", missing
    )


def test_the_page_of_duties_names_every_act_as_the_glossary_does(settings):
    told = {row[2].strip("`"): row[0] for row in rows("Acts") if row[2]}
    with create_app(settings).test_request_context("/", headers={"Accept-Language": "zh-CN"}):
        shown = {camel(act.verb): act_word(camel(act.verb)) for act in ACTS}

    differing = {act: (word, told.get(act)) for act, word in shown.items() if word != told.get(act)}
    assert differing == {}, broken("10", "one word per idea: glossary beside page", differing)
