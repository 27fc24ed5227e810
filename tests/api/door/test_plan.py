"""The compiled executor and graphql-core must give one answer, whatever the document."""

import graphene
import pytest
from graphql import GraphQLError, execute, get_operation_ast, parse, validate
from graphql.execution.values import get_variable_values
from hypothesis import given, settings
from hypothesis import strategies as st

from api.limits import TooMuch
from api.plan import Redo, compiled
from api.weight import weigh
from tests.api.door.toy import ORDERS, ToyContext, schema

TREE = schema.graphql_schema
CONTEXT = ToyContext(None, None, "en")


def both(document, variables=None):
    """(graphql-core's answer, the plan's answer or None where it hands over)."""
    tree = parse(document)
    errors = validate(TREE, tree)
    assert not errors, errors
    right = execute(TREE, tree, context_value=CONTEXT, variable_values=variables)
    operation = get_operation_ast(tree)
    plan = compiled(TREE, tree, operation)
    if plan is None:
        return right, None
    coerced = get_variable_values(TREE, operation.variable_definitions or (), variables or {})
    try:
        return right, plan(CONTEXT, coerced)
    except Exception as surprise:
        return right, surprise


COMPILED = [
    ("{order(number: \"PO-3\") {id number placedOn placedAt total serial small __typename}}", {}),
    ("{allOrders {seller {name mood tags} lines {item quantity mood}}}", {}),
    ("{orders(first: 3) {pageInfo {hasNextPage} edges {cursor node {id}} nodes {number}}}", {}),
    ("query($n: Int = 2) {orders(first: $n) {edges {node {lines(first: $n) {item}}}}}", {}),
    ("query($n: Int) {orders(first: $n) {edges {node {lines(first: $n) {item}}}}}", {"n": 1}),
    ("{a: order(number: \"PO-1\") {id} b: order(number: \"PO-2\") {id x: number y: number}}", {}),
    ("{order(number: \"PO-9\") {id}}", {}),
    ("{node(id: \"o1\") {id title __typename ... on Order {number} ... on Firm {name}}}", {}),
    ("{things(ids: [\"f1\", \"o2\"]) {...T}} fragment T on Thing {title ...F ...O} fragment F on Firm {mood} fragment O on Order {total}", {}),
    ("query($ids: [ID]) {things(ids: $ids) {title}}", {"ids": ["o1", "f1"]}),
    ("{allOrders {lines(first: 1) {item} lines(first: 1) {quantity}}}", {}),
    ("{...Q ...Q} fragment Q on Query {viewer order(number: \"PO-1\") {id}} ", {}),
    ("{allOrders {grid}}", {}),
    ("{allOrders {echo(word: \"x\", times: 2, mood: LATE)}}", {}),
    ("{allOrders {echo(words: [\"a\", \"b\"])}}", {}),
    ("query($w: [String]) {allOrders {echo(words: $w)}}", {"w": ["a", "b"]}),
    ("query($t: Int) {allOrders {echo(word: \"y\", times: $t)}}", {}),
    ("{allOrders {x: where where}}", {}),
    ("{order(number: \"PO-1\") {lines {order {lines {item}}}}}", {}),
    ("{decimal(value: 1.10) day instant text(value: \"a\") big count}", {}),
    ("{allOrders {...A ...A}} fragment A on Order {where}", {}),
    ("{__typename}", {}),
]  # fmt: skip


@pytest.mark.parametrize(("document", "variables"), COMPILED)
def test_what_is_usual_is_compiled_and_answers_as_graphql_core_does(document, variables):
    right, ours = both(document, variables)

    assert right.errors is None
    assert ours == right.data
    assert list(ours) == list(right.data)


@pytest.mark.parametrize(
    "document",
    [
        "{allOrders {id lines {remark}}}",
        "{allOrders {broken}}",
        "{order(number: \"PO-7\") {small}}",
        "{order(number: \"PO-7\") {missing}}",
        "{viewer broken}",
        "{node(id: \"x1\") {id}}",
        "{node(id: \"o99\") {id}}",
        "{closed}",
    ],
)  # fmt: skip
def test_every_error_is_left_to_graphql_core(document):
    right, ours = both(document)

    assert right.errors
    assert isinstance(ours, Exception)


@pytest.mark.parametrize(
    "document",
    ["{viewer @include(if: true)}", "{__schema {queryType {name}}}",
     "{allOrders {...A @skip(if: false)}} fragment A on Order {id}"],
)  # fmt: skip
def test_what_is_unusual_is_not_compiled(document):
    right, ours = both(document)

    assert right.errors is None
    assert ours is None


def test_a_constant_argument_is_coerced_once_however_many_requests_come(monkeypatch):
    calls = []
    decimal = TREE.type_map["Decimal"]
    real = decimal.parse_literal
    monkeypatch.setattr(decimal, "parse_literal", lambda *a: calls.append(a) or real(*a))
    tree = parse("{decimal(value: 1.5)}")

    plan = compiled(TREE, tree, get_operation_ast(tree))
    answers = [plan(CONTEXT, {}) for _ in range(5)]

    assert answers == [{"decimal": "Decimal('1.5')"}] * 5
    assert len(calls) == 1


def test_what_a_resolver_does_to_its_arguments_does_not_reach_the_next_object_or_request():
    tree = parse('{allOrders {echo(words: ["a", "b"])}}')
    plan = compiled(TREE, tree, get_operation_ast(tree))

    for _ in range(3):
        assert plan(CONTEXT, {}) == {"allOrders": [{"echo": f"{o.id}:-:None:['a']"} for o in ORDERS]}


def test_dictionaries_objects_and_rows_are_read_alike_even_under_the_names_of_their_methods():
    class Odd(graphene.ObjectType):
        items = graphene.String()
        count = graphene.Int(default_value=4)
        absent = graphene.String(default_value="none")

    class Both(graphene.ObjectType):
        of_dict, of_object = graphene.Field(Odd), graphene.Field(Odd)

        def resolve_of_dict(root, info):
            return {"items": "dict's", "count": 2}

        def resolve_of_object(root, info):
            return type("O", (), {"items": "object's"})()

    tree = graphene.Schema(query=Both).graphql_schema
    document = parse("{ofDict {items count absent} ofObject {items count absent}}")

    ours = compiled(tree, document, get_operation_ast(document))(None, {})

    assert ours == execute(tree, document).data
    assert ours["ofDict"] == {"items": "dict's", "count": 2, "absent": "none"}


@pytest.mark.parametrize("value", ["text", iter([1]), 5, {"a": 1}])
def test_a_list_that_is_none_is_left_to_graphql_core(value):
    class Lists(graphene.ObjectType):
        numbers = graphene.List(graphene.Int)

        def resolve_numbers(root, info):
            return value

    tree = graphene.Schema(query=Lists).graphql_schema
    document = parse("{numbers}")

    with pytest.raises(Redo):
        compiled(tree, document, get_operation_ast(document))(None, {})


class Nothing(graphene.Scalar):
    serialize = staticmethod(lambda value: None)


class Certain(graphene.ObjectType):
    class Meta:
        possible_types = (int,)

    real = graphene.Int()


class Promises(graphene.ObjectType):
    nothing = Nothing()
    right, wrong = graphene.Field(Certain), graphene.Field(Certain)
    raised = graphene.Field(Certain)

    def resolve_nothing(root, info):
        return "something"

    def resolve_right(root, info):
        return 5

    def resolve_wrong(root, info):
        return "five"

    def resolve_raised(root, info):
        return ValueError("an exception as an answer")


@pytest.mark.parametrize(
    ("document", "kept"),
    [("{right {real}}", True), ("{wrong {real}}", False), ("{nothing}", False), ("{raised {__typename}}", False)],
)
def test_types_that_promise_something_of_their_values_are_held_to_it(document, kept):
    tree = graphene.Schema(query=Promises).graphql_schema
    asked = parse(document)
    plan = compiled(tree, asked, get_operation_ast(asked))

    if kept:
        assert plan(None, {}) == execute(tree, asked).data == {"right": {"real": 5}}
    else:
        assert execute(tree, asked).errors
        with pytest.raises(Redo):
            plan(None, {})


def test_a_document_that_would_unfold_into_a_thousand_functions_is_not_compiled():
    levels = [f"fragment F{i} on Line {{a{i}: order {{...O{i}}} b{i}: order {{...O{i}}}}} fragment O{i} on Order {{l{i}: lines {{...F{i + 1}}}}}"
              for i in range(6)]  # fmt: skip
    both_ways = "fragment F6 on Line {item}"
    tree = parse("{order {lines {...F0}}} " + " ".join(levels) + both_ways)

    assert compiled(TREE, tree, get_operation_ast(tree)) is not None
    wider = parse(
        "{" + " ".join(f"q{i}: order {{lines {{...F0}}}}" for i in range(9)) + "} " + " ".join(levels) + both_ways
    )
    assert compiled(TREE, wider, get_operation_ast(wider)) is None


FIELDS = {
    "Query": {"viewer": None, "orders(first: 2)": "OrderConnection", "allOrders": "Order", "order(number: $s)": "Order",
              "firm": "Firm", "node(id: $id)": "Thing", "things": "Thing", "broken": None, "count(value: $n)": None,
              "decimal(value: 2.5)": None},
    "OrderConnection": {"pageInfo": "PageInfo", "edges": "OrderEdge", "nodes": "Order"},
    "OrderEdge": {"cursor": None, "node": "Order"},
    "PageInfo": {"hasNextPage": None},
    "Order": {"id": None, "title": None, "number": None, "placedOn": None, "placedAt": None, "total": None,
              "serial": None, "small": None, "seller": "Firm", "lines(first: $n)": "Line", "grid": None,
              "echo(word: \"z\", times: $n)": None, "where": None, "broken": None, "missing": None},
    "Line": {"id": None, "item": None, "quantity": None, "mood": None, "remark": None, "note": None, "order": "Order"},
    "Firm": {"id": None, "title": None, "name": None, "mood": None, "tags": None},
    "Thing": {"id": None, "title": None},
}  # fmt: skip
NARROWER = {"Thing": ["Order", "Firm"], "Order": ["Thing", "Order"], "Firm": ["Thing", "Firm"]}


@st.composite
def selections(draw, kind, depth):
    chosen = draw(st.lists(st.sampled_from(sorted(FIELDS[kind])), min_size=1, max_size=4))
    parts = ["__typename"] if draw(st.booleans()) else []
    for field in chosen:
        inner = FIELDS[kind][field]
        alias = f"{draw(st.sampled_from('ab'))}{sorted(FIELDS[kind]).index(field)}: " if draw(st.booleans()) else ""
        if inner is None:
            parts.append(alias + field)
        elif depth:
            parts.append(f"{alias}{field} {{{draw(selections(inner, depth - 1))}}}")
    if kind in NARROWER and depth and draw(st.booleans()):
        narrow = draw(st.sampled_from(NARROWER[kind]))
        parts.append(f"... on {narrow} {{{draw(selections(narrow, depth - 1))}}}")
    if draw(st.integers(0, 9)) == 0:
        parts.append("__typename @include(if: $yes)")
    return " ".join(parts or ["__typename"])


@settings(max_examples=150, deadline=None)
@given(
    asked=selections("Query", 4),
    variables=st.fixed_dictionaries(
        {},
        optional={
            "n": st.integers(0, 3),
            "s": st.sampled_from(["PO-1", "PO-7", "no"]),
            "id": st.sampled_from(["o0", "o6", "f1", "x1"]),
            "yes": st.booleans(),
        },
    ),
)
def test_any_query_has_one_answer_whichever_executor_runs_it(asked, variables):
    uses = [f"${n}: {t} = {d}" for n, t, d in (("n", "Int", 1), ("s", "String", '"PO-2"'), ("id", "ID", '"o1"'), ("yes", "Boolean", "true"))
            if f"${n}" in asked]  # fmt: skip
    document = f"query{'(' + ', '.join(uses) + ')' if uses else ''} {{{asked}}}"
    tree = parse(document)
    try:
        weigh(TREE, tree, variables)
    except TooMuch:
        return
    if validate(TREE, tree):
        return  # two fields that cannot be merged

    right, ours = both(document, variables)

    if right.errors:
        assert ours is None or isinstance(ours, Exception)
    elif ours is not None:
        assert ours == right.data
    else:
        assert "@include" in document


def test_a_graphql_error_of_a_resolver_reaches_graphql_core_too(monkeypatch):
    def refuse(root, info, **given):
        raise GraphQLError("no")

    monkeypatch.setattr(TREE.query_type.fields["viewer"], "resolve", refuse)

    right, ours = both("{viewer}")

    assert right.errors[0].message == "no"
    assert isinstance(ours, GraphQLError)
