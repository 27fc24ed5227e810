"""One request in one unit of work: refusals, bugs, idempotency and a database that goes away."""

import logging

import orjson
import pytest
from sqlalchemy import event

from api.documents import Documents
from api.failures import Malformed
from api.run import Refused, Unavailable, run
from kernel.access import Actor
from tests.api.door.toy import LOCKED, ToyDoor, notes, schema

ADD = "mutation($i: NoteInput!) { addNote(input: $i) { id userErrors { code message fields } } }"
TWICE = """mutation($a: NoteInput!, $b: NoteInput!) {
  a: addNote(input: $a) { id userErrors { code } }
  b: addNote(input: $b) { id userErrors { code } }
}"""


def send(door, query, *, key=None, name=None, may_write=True, **variables):
    answer = run(schema, query, variables, name, door, may_write=may_write, idempotency_key=key)
    return orjson.loads(answer.body), answer.ran


def add(door, text, *, key=None):
    return send(door, ADD, key=key, i={"text": text})


def test_a_mutation_opens_one_writing_unit_of_work_and_a_query_one_reading(door):
    send(door, TWICE, a={"text": "one"}, b={"text": "two"})
    send(door, "{viewer}")

    assert door.writes == [True, False]
    assert notes() == ["one", "two"]


def test_the_answer_leaves_only_after_the_commit(door, database):
    seen = []
    event.listen(database, "commit", lambda connection: seen.append("commit"))

    answer, _ = add(door, "one")
    seen.append("answer")

    assert answer == {"data": {"addNote": {"id": "1", "userErrors": []}}}
    assert seen == ["commit", "answer"]


@pytest.mark.parametrize(
    "query",
    ["{", "{nope}", "{viewer} {viewer}", "query A{viewer} query B{viewer}", "subscription {x}", "{orders(first: 101) {nodes {id}}}",
     "query($x: Int!) {viewer}", '{decimal(value: "NaN")}', "fragment A on Query {viewer}"],
)  # fmt: skip
def test_a_malformed_request_never_opens_the_door_and_has_no_data(door, query):
    answer, ran = send(door, query)

    assert (list(answer), ran, door.writes) == (["errors"], False, [])


@pytest.mark.parametrize(
    "query",
    ["{viewe}", "{order(numbr: 1){id}}", "{order}", "{node(id: 1){... on Ordr{id}}}", "{text(value: $x)}",
     "mutation {addNote(input: {txt: 1}) {id}}", "{order(number: 1){echo(mood: CALMM)}}"],
)  # fmt: skip
def test_no_message_hints_at_names_the_caller_did_not_write(door, query):
    answer, _ = send(door, query)

    assert answer["errors"]
    assert "Did you mean" not in orjson.dumps(answer).decode()


def test_variables_are_refused_without_hints(door):
    answer, ran = send(door, ADD, i={"text": "a", "amoun": "1"})

    assert not ran
    assert answer["errors"][0]["message"] == (
        "Variable '$i' got invalid value {'text': 'a', 'amoun': '1'}; Field 'amoun' is not defined by type 'NoteInput'."
    )


def test_a_mutation_is_refused_where_only_reading_is_allowed(door):
    with pytest.raises(Refused) as refusal:
        send(door, ADD, may_write=False, i={"text": "a"})

    assert (refusal.value.status, refusal.value.headers) == (405, {"Allow": "POST"})
    assert door.writes == []


def test_one_operation_of_several_is_run_by_its_name(door):
    both = 'query A {viewer} query B {order(number: "PO-1") {id}}'

    assert send(door, both, name="A") == ({"data": {"viewer": "7"}}, True)
    assert send(door, both, name="B") == ({"data": {"order": {"id": "1"}}}, True)
    assert send(door, both, name="A") == ({"data": {"viewer": "7"}}, True)
    assert send(door, both, name="C")[1] is False


@pytest.mark.parametrize("times", [1, 3])
def test_a_refusal_in_a_query_says_code_and_rule_in_the_reader_s_language(database, times):
    for lang, sentence, rule in (
        ("en", "this is closed; ask the buyer", "toy.closed (lifted by the buyer)"),
        ("zh", "已关闭，请联系采购员", "toy.closed(可由采购员解除)"),
    ):
        for _ in range(times):
            answer, ran = send(ToyDoor(Actor(user_id=7), lang), "{closed viewer}")
        assert ran
        assert answer["data"] == {"closed": None, "viewer": "7"}
        assert answer["errors"] == [
            {"message": sentence, "locations": [{"line": 1, "column": 2}], "path": ["closed"],
             "extensions": {"code": "NOT_ALLOWED_NOW", "rule": rule}}
        ]  # fmt: skip


def test_a_refusal_leaves_its_siblings_standing(door):
    answer, _ = send(door, TWICE, a={"text": "refused"}, b={"text": "kept"})

    assert answer["data"]["a"] == {"id": None, "userErrors": [{"code": "NOT_ALLOWED_NOW"}]}
    assert notes() == ["kept"]


@pytest.mark.parametrize("times", [1, 3])
def test_a_bug_in_a_query_is_an_incident_number_whose_story_is_in_the_log_only(door, caplog, times):
    for _ in range(times):
        caplog.clear()
        answer, ran = send(door, "{broken viewer}")

    [error] = answer["errors"]
    number = error["extensions"]["incident"]
    assert ran and answer["data"] == {"broken": None, "viewer": "7"}
    assert (
        error["message"] == f"something broke on our side and nothing was changed; tell the operator incident {number}"
    )
    [record] = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert record.name == "chainmaster.api"
    assert number in record.getMessage() and "resolve_broken" in record.getMessage()


def test_neither_answer_nor_log_holds_what_people_wrote(door, caplog):
    answer, _ = send(door, ADD, i={"text": "bug", "amount": "31415"})

    assert "incident" in answer["errors"][0]["extensions"]
    assert "RuntimeError" in caplog.text
    told = orjson.dumps(answer).decode() + "".join(
        r.getMessage().replace('"the password is hunter2"', "") for r in caplog.records
    )
    assert "31415" not in told and "hunter2" not in told


def test_a_bug_in_one_mutation_undoes_all_of_them(door):
    answer, ran = send(door, TWICE, a={"text": "one"}, b={"text": "bug"}, key="k")

    assert (answer["data"], ran) == (None, True)
    assert [e["path"] for e in answer["errors"]] == [["b"]]
    assert notes() == []
    assert send(door, TWICE, a={"text": "one"}, b={"text": "bug"}, key="k")[0]["data"] is None  # not replayed


def test_a_full_disk_undoes_everything_and_is_unavailable(door):
    with pytest.raises(Unavailable):
        send(door, TWICE, a={"text": "one"}, b={"text": "disk full"})

    assert notes() == []
    assert add(door, "after")[0]["data"]["addNote"]["id"] == "1"


def test_a_locked_database_is_unavailable_to_readers_too_and_is_asked_only_once(door):
    for _ in range(3):
        LOCKED.clear()
        with pytest.raises(Unavailable, match="^the database cannot answer now"):
            send(door, "{viewer locked}")
        assert LOCKED == ["locked"]


def test_a_database_that_fails_at_the_commit_answers_nothing(door, database):
    def full(connection):
        connection.exec_driver_sql("SELECT * FROM a_table_that_is_gone")

    event.listen(database, "commit", full)
    with pytest.raises(Unavailable):
        add(door, "one")
    event.remove(database, "commit", full)

    assert notes() == []


def test_an_explicit_null_for_an_optional_argument_is_the_same_as_leaving_it_out(door):
    for query, variables in (
        ("{count decimal}", {}),
        ("{count(value: null) decimal(value: null)}", {}),
        ("query($n: Int, $d: Decimal) {count(value: $n) decimal(value: $d)}", {"n": None, "d": None}),
        ("query($n: Int = null, $d: Decimal = null) {count(value: $n) decimal(value: $d)}", {}),
    ):
        for _ in range(3):
            assert send(door, query, **variables) == ({"data": {"count": "20", "decimal": "'absent'"}}, True)


def test_null_for_a_required_argument_is_still_refused(door):
    assert send(door, "{node(id: null) {id}}")[1] is False
    assert send(door, "query($i: ID!) {node(id: $i) {id}}", i=None)[1] is False


def test_the_same_key_and_request_has_the_first_answer_byte_for_byte(door):
    first = run(schema, ADD, {"i": {"text": "a", "amount": "1"}}, None, door, may_write=True, idempotency_key="k")
    again = run(schema, ADD, {"i": {"amount": "1", "text": "a"}}, None, door, may_write=True, idempotency_key="k")

    assert first == again
    assert notes() == ["a"]


@pytest.mark.parametrize("times", [1, 2])
def test_the_same_key_for_another_request_is_refused_in_every_field(door, times):
    add(door, "a", key="k")
    for _ in range(times):
        answer, ran = send(door, TWICE, a={"text": "b"}, b={"text": "c"}, key="k")

    assert ran
    assert answer["data"]["a"] == answer["data"]["b"] == {"id": None, "userErrors": [{"code": "INVALID"}]}
    assert notes() == ["a"]
    assert add(door, "a", key="k")[0]["data"]["addNote"]["id"] == "1"


def test_a_refusal_is_kept_under_its_key_too(door):
    first, again = add(door, "refused", key="k"), add(door, "refused", key="k")

    assert first == again
    assert first[0]["data"]["addNote"]["userErrors"][0]["code"] == "NOT_ALLOWED_NOW"


def test_two_people_may_use_the_same_key(door):
    add(door, "a", key="k")

    answer, _ = add(ToyDoor(Actor(user_id=8)), "b", key="k")

    assert answer["data"]["addNote"] == {"id": "2", "userErrors": []}


def test_a_key_is_not_kept_for_a_stranger_or_a_query(stranger, door):
    add(stranger, "a", key="k")
    add(stranger, "a", key="k")
    assert notes() == ["a", "a"]

    assert send(door, "{viewer}", key="k") == ({"data": {"viewer": "7"}}, True)
    assert add(door, "b", key="k")[0]["data"]["addNote"]["id"] == "3"


def test_half_characters_and_vast_numbers_are_still_answered(door):
    answer = run(schema, "{half vast}", None, None, door, may_write=False, idempotency_key=None)

    assert answer.body == b'{"data": {"half": "\\ud83d", "vast": 1180591620717411303424}}'


@pytest.mark.parametrize("times", [1, 3])
def test_what_json_cannot_hold_at_all_is_an_incident(door, times):
    for _ in range(times):
        answer, ran = send(door, "{viewer raw}")

    assert (answer["data"], ran) == (None, True)
    assert list(answer["errors"][0]["extensions"]) == ["incident"]


def test_a_mutation_whose_answer_cannot_be_written_is_undone(door):
    answer, _ = send(door, 'mutation { addNote(input: {text: "a"}) { raw } }', key="k")

    assert answer["data"] is None
    assert notes() == []


def test_documents_are_kept_by_number_and_by_size_and_the_oldest_go_first():
    kept = Documents(most=3, most_tokens=30)
    tree = schema.graphql_schema

    first, _ = kept.prepare(tree, "{viewer}", {})
    for alias in "abc":
        kept.prepare(tree, f"{{{alias}:viewer}}", {})
        assert kept.prepare(tree, "{viewer}", {})[0] is first
    assert len(kept) == 3

    kept.prepare(tree, "{" + "viewer " * 20 + "}", {})
    assert len(kept) == 2  # 24 tokens beside 5; the one of 7 had to go
    with pytest.raises(Malformed):
        kept.prepare(tree, "{nope}", {})
    assert len(kept) == 2
