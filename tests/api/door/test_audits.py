"""GraphQL over HTTP as an outside checker reads it: the 61 audits of npm's graphql-http 1.23.1, told again here."""

import json

import pytest

from jobs import people
from web.app import create_app

NEW, OLD = "application/graphql-response+json", "application/json"
HELLO = "{ __typename }"
NAMED = {"query": "query Type($name: String!) { __type(name: $name) { name } }", "variables": {"name": "sometype"}}
UNKNOWN_FIELD = {"query": "{ 8f31403dfe404bccbb0e835f2629c6a7 }"}
UNCOERCIBLE = {"query": "query CoerceFailure($id: ID!){ __typename }", "variables": {"id": None}}
ANY_4XX, ANY_FAILURE = range(400, 500), range(400, 600)
WRONG_MAPS = ("string", 0, False, ["array"])
WRONG_STRINGS = ({"obj": "ect"}, 0, False, ["array"])


def post(body, accept=None, content_type=OLD):
    data = body if isinstance(body, (str, type(None))) else json.dumps(body, ensure_ascii=False)
    return {"method": "POST", "data": data, "accept": accept, "content_type": content_type}


def get(accept=None, **query):
    return {"method": "GET", "query_string": query, "accept": accept}


def hello(accept=None, **more):
    return post({"query": HELLO} | more, accept)


def wrong(first, name, values):
    return [(f"{first}{n}", post({"query": HELLO, name: v}), {"status": 400}) for n, v in enumerate(values)]


GOOD = {"status": 200, "errors": False}
AUDITS = [
    ("22EB", hello(NEW), {"status": 200, "type": NEW}),
    ("4655", hello(OLD), {"status": 200, "type": OLD}),
    ("47DE", hello("*/*"), {"status": 200, "type": OLD}),
    ("80D8", hello(), {"status": 200, "type": OLD}),
    ("82A3", hello(), {"status": 200, "utf8": True}),
    (
        "BF61",
        post({"query": '{ __type(name: "Run🏃Swim🏊") { name } }'}, None, f"{OLD}; charset=utf-8"),
        {"status": 200},
    ),
    ("78D5", hello(), {"status": 200}),
    ("2C94", hello(), {"status": 200}),
    ("5A70", get(query=HELLO), {"status": 200}),
    ("9C48", get(NEW, query="mutation { __typename }"), {"status": ANY_4XX}),
    ("9ABE", post({"query": HELLO}, None, "text/plain;charset=UTF-8"), {"status": ANY_4XX}),
    ("03D4", hello(), {"status": 200}),
    ("A5BF", post(None), {"status": 400}),
    ("423L", post({"notquery": HELLO}, NEW), {"status": 400}),
    *wrong("LKJ", "query", WRONG_STRINGS),
    ("34A2", hello(NEW), {"status": 200}),
    ("13EE", hello(OLD), GOOD),
    *wrong("6C0", "operationName", WRONG_STRINGS),
    ("8161", post({"operationName": "Query", "query": "query Query { __typename }"}, NEW), {"status": 200}),
    ("B8B3", post({"operationName": "Query", "query": "query Query { __typename }"}, OLD), GOOD),
    ("94B0", hello(NEW, variables=None), GOOD),
    ("0220", hello(OLD, variables=None), GOOD),
    ("94B1", hello(NEW, operationName=None), GOOD),
    ("0221", hello(OLD, operationName=None), GOOD),
    ("94B2", hello(NEW, extensions=None), GOOD),
    ("0222", hello(OLD, extensions=None), GOOD),
    *wrong("476", "variables", WRONG_MAPS),
    ("2EA1", post(NAMED, NEW), {"status": 200}),
    ("28B9", post(NAMED, OLD), GOOD),
    ("D6D5", get(NEW, query=NAMED["query"], variables=json.dumps(NAMED["variables"])), GOOD),
    ("6A70", get(OLD, query=NAMED["query"], variables=json.dumps(NAMED["variables"])), GOOD),
    *wrong("58B", "extensions", WRONG_MAPS),
    ("428F", hello(NEW, extensions={"some": "value"}), {"status": 200}),
    ("1B7A", hello(OLD, extensions={"some": "value"}), GOOD),
    ("B6DC", post('{ "not a JSON', OLD), {"status": range(200, 600)}),
    ("BCF8", post('{ "not a JSON', OLD), {"status": 400}),
    ("B7N8", post('{ "not a JSON', NEW), {"status": 400}),
    ("8764", post({"qeury": HELLO}), {"status": ANY_FAILURE}),
    ("3E3A", post({"qeury": HELLO}), {"status": 400}),
    ("572B", post({"query": "{"}, OLD), {"status": 200}),
    ("FDE2", post(UNKNOWN_FIELD, OLD), {"status": 200}),
    ("7B9B", post(UNCOERCIBLE, OLD), {"status": 200}),
    ("865D", post({"query": "{"}, NEW), {"status": ANY_FAILURE}),
    ("556A", post({"query": "{"}, NEW), {"status": 400}),
    ("D586", post({"query": "{"}, NEW), {"data": False}),
    ("51FE", post(UNKNOWN_FIELD, NEW), {"status": ANY_FAILURE}),
    ("74FF", post(UNKNOWN_FIELD, NEW), {"status": 400}),
    ("5E5B", post(UNKNOWN_FIELD, NEW), {"data": False}),
    ("86EE", post(UNCOERCIBLE, NEW), {"status": 400}),
]


def test_all_61_audits_are_here_once():
    assert len(AUDITS) == len({name for name, _, _ in AUDITS}) == 61


@pytest.fixture(params=["toy, stranger", "product, stranger", "product, buyer"])
def caller(request):
    """(client, headers): whoever calls, and whatever stands behind the door, the specification holds."""
    if request.param == "toy, stranger":
        return request.getfixturevalue("client"), {}
    settings = request.getfixturevalue("settings")
    headers = {}
    if request.param == "product, buyer":
        token = people.token("buyer@longteng.example", days=1, scope="write")
        headers = {"Authorization": f"Bearer {token}"}
    return create_app(settings).test_client(), headers


@pytest.mark.parametrize(("name", "sent", "wanted"), AUDITS, ids=[name for name, _, _ in AUDITS])
def test_a_client_finds_the_specification_kept(caller, name, sent, wanted):
    client, who = caller
    headers = {**who, **({"Accept": sent["accept"]} if sent["accept"] else {})}
    request = {key: value for key, value in sent.items() if key != "accept"}

    answer = client.open("/graphql", headers=headers, **request)

    status = wanted.get("status", range(600))
    assert answer.status_code in (status if isinstance(status, range) else (status,)), answer.text
    if "type" in wanted:
        assert wanted["type"] in answer.content_type
    if "utf8" in wanted:
        assert answer.data.decode("utf-8")
    if "errors" in wanted:
        assert ("errors" in answer.json) is wanted["errors"]
    if "data" in wanted:
        assert ("data" in answer.json) is wanted["data"]
