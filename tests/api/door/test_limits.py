"""What a document may cost: depth, aliases, tokens, pages, before anything runs."""

import orjson
import pytest
from graphql import get_introspection_query, parse

from api import limits
from api.limits import TooMuch, read
from api.run import run
from api.schema import schema as product
from api.weight import weigh
from tests.api.door.toy import schema

TREE = schema.graphql_schema


def weight(document, **variables):
    return weigh(TREE, read(document), variables)


def refused_by(document, **variables):
    with pytest.raises(TooMuch) as refusal:
        weight(document, **variables)
    return refusal.value.limit


def bomb(levels):
    parts = [f"fragment F{i} on Order {{lines{{order{{...F{i + 1} ...F{i + 1}}}}}}}" for i in range(levels)]
    return "{order{...F0}} " + " ".join(parts) + f" fragment F{levels} on Order {{id}}"


ATTACKS = {
    "deep 200": ("nesting", "{order" + "{lines{order" * 100 + "{id}" + "}}" * 100 + "}"),
    "deep 3000": ("nesting", "{order" + "{lines{order" * 1500 + "{id}" + "}}" * 1500 + "}"),
    "aliases 5000": ("characters", "{" + " ".join(f'a{i}:firm(id:"1"){{name}}' for i in range(5000)) + "}"),
    "same field 3000": ("tokens", "{" + "firm{name} " * 3000 + "}"),
    "same leaf 10000": ("characters", "{firm{" + "name " * 10000 + "}}"),
    "fragment bomb 25 levels": ("fragments", bomb(25)),
    "fragment cycle": ("fragments", "{order{...A}} fragment A on Order{...B} fragment B on Order{...A}"),
    "directive flood 5000": ("characters", "{firm{name " + "@include(if:true) " * 5000 + "}}"),
    "nested list argument 5000": ("nesting", "{firm(id:" + "[" * 5000 + "]" * 5000 + "){name}}"),
    "first 2e9": ("first", "{orders(first:2000000000){nodes{lines(first:2000000000){item}}}}"),
    "variables 5000": ("characters", "query(" + " ".join(f"$v{i}:Int" for i in range(5000)) + "){viewer}"),
    "unknown fields 5000": ("characters", "{" + " ".join(f"firmm{i}" for i in range(5000)) + "}"),
    "1 MB comment": ("characters", "#" + "x" * 1_000_000 + "\n{viewer}"),
    "1 MB string": ("characters", '{firm(id:"' + "x" * 1_000_000 + '"){name}}'),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_by_name_before_the_door_opens(stranger, name):
    limit, document = ATTACKS[name]

    answer = run(schema, document, None, None, stranger, may_write=True, idempotency_key=None)

    [error] = orjson.loads(answer.body)["errors"]
    assert (error["extensions"], answer.ran) == ({"code": "LIMIT", "limit": limit}, False)
    assert error["message"].startswith(f"{limit}: ") and ";" in error["message"]
    assert stranger.writes == []


SMALLER = {  # the same attacks cut to fit the characters and tokens, so that each meets the limit made for it
    "aliases": "{" + " ".join(f"a{i}:viewer" for i in range(31)) + "}",
    "aliases ": "{firm{...A ...A}} fragment A on Firm {" + " ".join(f"a{i}:name" for i in range(16)) + "}",
    "roots": "{" + "viewer " * 21 + "}",
    "roots ": "{...Q ...Q} fragment Q on Query {" + "viewer " * 11 + "}",
    "directives": "{viewer " + "@include(if:true) " * 21 + "}",
    "directives ": "query @x{viewer}".replace("@x", "@x " * 21),
    "tokens": "{" + "a " * 2000 + "}",
    "tokens ": "#\n" * 501 + "{viewer}",
    "characters": "{viewer}" + " " * 39_993,
    "digits": "{count(value: " + "1" * 65 + ")}",
    "text": '{firm(id: "\\u0000"){name}}',
    "text ": '{firm(id: "\\u{0}"){name}}',
    "nesting": "{order(number: " + "[" * 62 + "{a:[1]}" + "]" * 62 + "){id}}",
    "depth": "{order{lines(first:1){order{lines(first:1){order{lines(first:1){order{lines(first:1){order{lines(first:1){order{lines(first:1){order{lines(first:1){order{id}}}}}}}}}}}}}}}}",
    "operations": " ".join(f"query Q{i} {{viewer}}" for i in range(21)),
    "nodes": "{allOrders{lines{order{lines{item}}}}}",
    "first": "{orders(first:-1){nodes{id}} allOrders{id}}",
    "last": "{orders(last:101){nodes{id}}}",
    "fragments": "{...F0}" + "".join(f" fragment F{i} on Query{{...F{i + 1}}}" for i in range(16)) + " fragment F16 on Query{viewer}",
    "fragments ": "{viewer} fragment A on Query{...A}",
}  # fmt: skip


@pytest.mark.parametrize("name", SMALLER)
def test_each_limit_refuses_one_step_beyond(name):
    assert refused_by(SMALLER[name]) == name.strip()


def test_each_limit_lets_its_own_number_pass():
    weight("{firm{" + " ".join(f"a{i}:name" for i in range(30)) + "}}")
    weight("{" + "viewer " * 20 + "}")
    weight("{viewer " + "@include(if:true) " * 20 + "}")
    weight("{firm{" + "name " * 1994 + "}}")
    weight("#\n" * 500 + "{viewer}")
    weight("{viewer}" + " " * 39_992)
    weight("{count(value: " + "1" * 64 + ")}")
    assert weight("{order{lines{order{lines{order{lines{order{lines{order{lines{order{lines{order{lines{id}}}}}}}}}}}}}}}"
                  .replace("lines", "lines(first:1)")).depth == 15  # fmt: skip
    weight(
        "{...F0}"
        + "".join(f" fragment F{i} on Query{{...F{i + 1}}}" for i in range(14))
        + " fragment F14 on Query{viewer}"
    )


def test_brackets_inside_strings_and_comments_do_not_count_as_nesting():
    inside = "[" * 100
    weight(f'{{firm(id: "{inside}\\"{inside}"){{name}}}}')
    weight(f'{{firm(id: """{inside}\\"""{inside}"""){{name}}}}')
    weight(f"#{inside}\n{{viewer}}")
    assert refused_by(f'{{firm(id: "" {inside}') == "nesting"


@pytest.mark.parametrize("start", ['"', '"""', '"\\', '\\"""'])
def test_text_left_open_is_scanned_once_and_is_a_syntax_error(start):
    with pytest.raises(Exception, match="Syntax Error"):
        read("{firm(id: " + (start * 40_000)[:39_000])


@pytest.mark.parametrize(
    ("document", "nodes"),
    [
        ("{firm{name}}", 1),
        ("{orders{nodes{id}}}", 21),
        ("{orders(first:50){edges{node{id}} pageInfo{hasNextPage}}}", 52),
        ("{orders(first:10){nodes{lines(first:10){id}}}}", 1 + 10 * 11),
        ("{orders(first:10){nodes{lines{id}}}}", 1 + 10 * 101),
        ("{orders(first:0){nodes{lines{id}}}}", 1),
        ("query($n:Int=7){orders(first:$n){nodes{id}}}", 8),
        ("{orders(first:null){nodes{id}}}", 21),
        ("{orders(first:5){...C}} fragment C on OrderConnection{nodes{id}}", 6),
        ("{a:orders(first:5){...C} b:orders(first:9){...C}} fragment C on OrderConnection{nodes{id}}", 16),
        ("{firm{tags}}", 1),
    ],
)
def test_nodes_are_the_product_of_what_is_asked_for(document, nodes):
    assert weight(document).nodes == nodes


def test_variables_count_in_every_request_of_a_cached_document(door):
    document = "query($n:Int, $m:Int){orders(first:$n){nodes{lines(first:$m){order{id}}}}}"

    def send(**variables):
        return run(schema, document, variables, None, door, may_write=False, idempotency_key=None)

    for _ in range(3):
        assert send(n=50, m=50).ran
    refused = send(n=100, m=100)
    assert not refused.ran
    assert orjson.loads(refused.body)["errors"][0]["extensions"]["limit"] == "nodes"
    assert orjson.loads(send(n=-1, m=1).body)["errors"][0]["extensions"]["limit"] == "first"
    assert send(n=None, m=1).ran


def test_each_operation_counts_with_its_own_default():
    fragment = "fragment F on Order {lines(first: $n) {id}}"
    small, large = "query A($n: Int = 2) {order {...F}}", "query B($n: Int = 50) {order {...F}}"

    assert weight(f"{small} {large} {fragment}").nodes == weight(f"{large} {small} {fragment}").nodes == 1 + 50


def test_the_schema_may_say_how_long_an_unpaged_list_usually_is(monkeypatch):
    monkeypatch.setitem(TREE.extensions, "usual_lengths", {"Order.lines": 3})

    assert weight("{order{lines{id}}}").nodes == 1 + 3


@pytest.mark.parametrize("document", ["{__schema{types{name}}}", '{__type(name:"Order"){fields{name}}}',
                                      "{...A} fragment A on Query{__schema{queryType{name}}}",
                                      get_introspection_query(input_value_deprecation=True)])  # fmt: skip
def test_only_those_signed_in_may_ask_about_the_schema(door, stranger, document):
    refused = run(schema, document, None, None, stranger, may_write=True, idempotency_key=None)
    told = run(schema, document, None, None, door, may_write=True, idempotency_key=None)

    assert not refused.ran
    assert orjson.loads(refused.body)["errors"] == [
        {"message": "introspection is for those who are signed in: send a token, or read schema.graphql"}
    ]
    assert told.ran and b'"errors"' not in told.body


def test_introspection_that_goes_round_in_circles_is_refused(door):
    document = "{__schema{types{fields{type{fields{type{fields{type{name}}}}}}}}}"

    answer = run(schema, document, None, None, door, may_write=True, idempotency_key=None)

    assert not answer.ran
    assert orjson.loads(answer.body)["errors"][0]["message"] == "Maximum introspection depth exceeded"


def deep(levels):
    value = "leaf"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("variables", "limit"),
    [({"x": deep(64)}, "nesting"), ({"x": "\ud800"}, "text"), ({"x": ["a\x00b"]}, "text"), ({"\udfff": 1}, "text")],
)  # fmt: skip
def test_variables_no_type_could_hold_are_refused(stranger, variables, limit):
    answer = run(schema, "{viewer}", variables, None, stranger, may_write=True, idempotency_key=None)

    assert orjson.loads(answer.body)["errors"][0]["extensions"] == {"code": "LIMIT", "limit": limit}
    assert run(schema, "{viewer}", {"x": deep(63)}, None, stranger, may_write=True, idempotency_key=None).ran


def test_the_numbers_are_the_ones_we_publish():
    published = (40_000, 64, 2_000, 15, 30, 20, 20, 20_000, 100, 20, 100)
    assert published == (
        limits.CHARACTERS, limits.NESTING, limits.TOKENS, limits.DEPTH, limits.ALIASES, limits.ROOTS,
        limits.DIRECTIVES, limits.NODES, limits.PAGE, limits.USUAL_PAGE, limits.USUAL_LIST,
    )  # fmt: skip


def test_a_fragment_that_holds_itself_is_named():
    with pytest.raises(TooMuch, match="^fragments: fragment A contains itself; take it out$"):
        weight(ATTACKS["fragment cycle"][1])


def test_clients_that_unwrap_types_ten_times_may_do_so():
    unwrapped = "name" + " ofType{name" * 12 + "}" * 12

    assert weight("{__schema{types{fields{args{type{" + unwrapped + "}}}}}}").depth == 6


def test_a_walk_ends_on_documents_that_validation_would_refuse():
    for document in ("{nope{x(first:3){y}}}", "{...Missing}", "{firm{...on NoteInput{text{x}}}}", "subscription{x}"):
        assert weigh(TREE, parse(document), {}).depth >= 0


def test_what_computes_over_a_whole_network_is_asked_three_times_at_once_at_most():
    whole = product.graphql_schema

    def asked(times):
        return "{" + " ".join(f'a{n}:compareScenarios(ids:["x","y"]){{__typename}}' for n in range(times)) + "}"

    weigh(whole, read(asked(3)), {})
    with pytest.raises(TooMuch) as refused:
        weigh(whole, read(asked(4)), {})
    assert refused.value.limit == "measures"
    assert whole.extensions["measures"] <= set(whole.query_type.fields)
