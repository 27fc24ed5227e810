"""The promise we print: schema and operations agree with the code, all of it is described, no list is endless."""

import subprocess
import sys
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLUnionType,
    OperationDefinitionNode,
    OperationType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    parse,
    validate,
)

from api.schema import schema
from api.stored import names, operation
from tests.house.tree import ROOT, broken

TYPES = {n: t for n, t in schema.graphql_schema.type_map.items() if not n.startswith("__")}
OBJECTS = {n: t for n, t in TYPES.items() if isinstance(t, GraphQLObjectType | GraphQLInterfaceType)}
SPECIFIED = {"ID", "String", "Int", "Float", "Boolean"}
BOUNDED = {
    "UserError.fields": "as long as the input it speaks of",
    "ChainMap.cells": "stages times the 13 prefectures",
    "ChainMap.firms": "ends of at most oversight.maps.reads.MOST_LINKS links",
    "ChainMap.links": "at most oversight.maps.reads.MOST_LINKS",
    "ChainMap.byBasis": "one for each basis",
    "Query.documentRequirements": "at most 500 on an order",
    "RequireDocuments.requirements": "as many as were sent in",
    "Upload.headers": "one or two",
}
"""Lists that are neither paged nor of a usual length, and what bounds them."""


@pytest.mark.parametrize("tool", ["schema", "migration"])
def test_what_is_made_from_the_code_is_what_the_code_makes(tool):
    told = subprocess.run(
        [sys.executable, ROOT / "scripts" / tool, "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, broken("11, 13.2", "generated files ride with their cause", told.stdout + told.stderr)


def test_there_are_operations():
    assert len(names()) >= 40


@pytest.mark.parametrize("stored", names())
def test_an_operation_file_is_one_valid_operation_of_its_name(stored):
    document = parse(operation(stored))
    (defined,) = document.definitions
    assert isinstance(defined, OperationDefinitionNode)

    wrong = [error.message for error in validate(schema.graphql_schema, document)]
    assert wrong == [], broken("13.2", "pages and tests send these files; a wrong one is a broken page", wrong)
    assert defined.name is not None
    assert defined.name.value == _camel(stored), broken(
        "10", "one stem per idea, findable by search", defined.name.value
    )


def test_an_operation_that_acts_is_named_as_its_verb():
    acting = {}
    for stored in names():
        (defined,) = parse(operation(stored)).definitions
        assert isinstance(defined, OperationDefinitionNode)
        if defined.operation is OperationType.MUTATION:
            acting[stored] = [_snake(field.name.value) for field in defined.selection_set.selections]  # type: ignore[attr-defined]

    found = {stored: fields for stored, fields in acting.items() if fields != [stored]}
    assert found == {}, broken("10", "confirm_order (verb) = confirmOrder (API) = confirm_order.graphql", found)
    offered = {_snake(name) for name in OBJECTS["Mutation"].fields}
    assert offered - set(acting) == set(), broken("1", "every mutation has its operation file", offered - set(acting))


def test_everything_in_the_schema_is_described():
    found = [n for n, t in TYPES.items() if n not in SPECIFIED and not (t.description or "").strip()]
    for n, t in TYPES.items():
        if isinstance(t, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            found += [f"{n}.{f}" for f, field in t.fields.items() if not (field.description or "").strip()]
        if isinstance(t, GraphQLObjectType | GraphQLInterfaceType):
            found += [
                f"{n}.{f}({a})" for f, field in t.fields.items() for a, argument in field.args.items()
                if not (argument.description or "").strip()
            ]  # fmt: skip
        if isinstance(t, GraphQLEnumType):
            found += [f"{n}.{v}" for v, value in t.values.items() if not (value.description or "").strip()]

    assert found == [], broken("5", "the descriptions are the reference users read", found)


def test_the_words_of_an_enum_are_told_apart_by_their_descriptions():
    found = {}
    for n, t in TYPES.items():
        if isinstance(t, GraphQLEnumType):
            said = [value.description for value in t.values.values()]
            if len(said) != len(set(said)):
                found[n] = said

    assert found == {}, broken("10", "two words described alike are a synonym, and a synonym is a defect", found)


def test_every_list_is_paged_or_known_to_be_short():
    short = schema.graphql_schema.extensions["usual_lengths"]
    lists = {
        f"{n}.{f}" for n, t in OBJECTS.items() for f, field in t.fields.items()
        if isinstance(get_nullable_type(field.type), GraphQLList)
    }  # fmt: skip
    paged = {one for one in lists if one.split(".")[0].endswith("Connection")}
    refusals = {one for one in lists if one.endswith(".userErrors")}

    found = lists - paged - refusals - set(short) - set(BOUNDED)
    assert found == set(), broken("5", "lists are paged and capped; a short one is listed in usual_lengths", found)
    forgotten = (set(short) | set(BOUNDED)) - lists
    assert forgotten == set(), broken("5", "usual_lengths names a list that is none", forgotten)


def test_every_paged_list_takes_first_and_after():
    found = [
        f"{n}.{f}" for n, t in OBJECTS.items() for f, field in t.fields.items()
        if get_named_type(field.type).name.endswith("Connection") and not {"first", "after"} <= set(field.args)
    ]  # fmt: skip

    assert found == [], broken("5", "lists are paged and capped", found)


def test_a_mutation_takes_one_input_and_answers_with_its_refusals():
    for verb, field in OBJECTS["Mutation"].fields.items():
        payload = get_named_type(field.type)
        assert list(field.args) == ["input"], verb
        assert isinstance(payload, GraphQLObjectType) and "userErrors" in payload.fields, verb


def test_no_type_stands_in_the_schema_for_nothing():
    """Every type can be reached from a query or a mutation, so that nobody reads of what he cannot get."""
    reached, waiting = set(), ["Query", "Mutation"]
    while waiting:
        one = waiting.pop()
        if one in reached:
            continue
        reached.add(one)
        kind = TYPES[one]
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            waiting += [get_named_type(field.type).name for field in kind.fields.values()]
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            waiting += [get_named_type(a.type).name for f in kind.fields.values() for a in f.args.values()]
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            waiting += [t.name for t in schema.graphql_schema.get_possible_types(kind)]

    unused = [n for n, t in TYPES.items() if n not in reached and not is_leaf_type(t)]
    assert unused == []


def _camel(stored: str) -> str:
    return "".join(part.capitalize() for part in stored.split("_"))


def _snake(field: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in field)


def test_the_operations_lie_where_the_wheel_takes_them_from():
    assert sorted(p.stem for p in (Path(ROOT) / "graphql" / "operations").iterdir()) == list(names())
