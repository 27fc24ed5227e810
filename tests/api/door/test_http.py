"""GraphQL over HTTP: methods, media types, bodies, headers and keys, each refused or answered in one way."""

import gzip
import json

import pytest
from flask import Flask

from api.http import LARGEST_BODY, Refused, blueprint
from kernel.access import Actor
from tests.api.door.toy import ToyDoor, notes, schema

NEW, OLD = "application/graphql-response+json", "application/json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
ADD = 'mutation { addNote(input: {text: "a"}) { id userErrors { code message } } }'


def served(make_door):
    app = Flask("door")
    app.register_blueprint(blueprint(schema, make_door))
    return app.test_client()


def said(answer):
    return [error["message"] for error in answer.json["errors"]]


def test_a_mutation_by_get_is_told_to_come_by_post_and_changes_nothing(client):
    answer = client.get("/graphql", query_string={"query": ADD})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert said(answer) == ["a GET only reads; send a mutation by POST"]
    assert notes() == []


def test_other_methods_are_told_which_ones_serve(client):
    answer = client.put("/graphql", json={"query": "{viewer}"})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")


def test_a_type_we_do_not_speak_is_refused(client):
    answer = client.post("/graphql", json={"query": "{viewer}"}, headers={"Accept": "application/xml"})

    assert answer.status_code == 406
    assert answer.content_type == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
def test_a_body_we_do_not_read_is_refused(client, headers):
    body = json.dumps({"query": ADD}).encode()
    sent = gzip.compress(body) if "Content-Encoding" in headers else body

    answer = client.post("/graphql", data=sent, headers=headers)

    assert answer.status_code == 415
    assert notes() == []


def test_a_body_over_one_mebibyte_is_refused_and_one_byte_less_is_read(client):
    frame = json.dumps({"query": "{viewer}", "extensions": {"x": ""}})
    fits = frame.replace('""', '"' + "x" * (LARGEST_BODY - len(frame)) + '"')

    assert len(fits) == LARGEST_BODY
    assert client.post("/graphql", data=fits, content_type=OLD).status_code == 200
    answer = client.post("/graphql", data=fits + " ", content_type=OLD)
    assert answer.status_code == 413
    assert said(answer) == ["a request has at most 1048576 bytes; upload files instead"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b'[{"query": "{viewer}"}]', "a batch is not accepted; send each operation as a request of its own"),
        (b'"{viewer}"', "the request must be one JSON object with a query"),
        (b"null", "the request must be one JSON object with a query"),
        (b'{"query": ""}', "query is missing; send the document under that name"),
        (b'{"query": "{viewer}", "variables": {"a": NaN}}', "the request is not well-formed JSON in UTF-8; mend it and send it again"),
        (b'{"query": "{viewer}", "variables": {"a": "\\ud800"}}', "the request is not well-formed JSON in UTF-8; mend it and send it again"),
        (b"\xff\xfe{", "the request is not well-formed JSON in UTF-8; mend it and send it again"),
        (b'{"query": ' + b"[" * 5000, "the request is not well-formed JSON in UTF-8; mend it and send it again"),
    ],
)  # fmt: skip
def test_an_envelope_that_is_no_request_is_answered_in_one_sentence(client, body, sentence):
    answer = client.post("/graphql", data=body, content_type=OLD)

    assert (answer.status_code, said(answer)) == (400, [sentence])


@pytest.mark.parametrize("key", ["x" * 129, "two words", "键", ""])
def test_an_idempotency_key_that_cannot_be_kept_is_refused(client, key):
    answer = client.post("/graphql", json={"query": ADD}, headers={"Idempotency-Key": key.encode().decode("latin-1")})

    assert answer.status_code == 400
    assert said(answer) == ["Idempotency-Key must be 1 to 128 visible ASCII characters; a UUID will do"]


def test_a_key_sent_twice_has_one_effect_and_one_answer(door):
    client = served(lambda: door)
    first, second = (client.post("/graphql", json={"query": ADD}, headers={"Idempotency-Key": "x" * 128}) for _ in "12")

    assert first.data == second.data == b'{"data":{"addNote":{"id":"1","userErrors":[]}}}'
    assert notes() == ["a"]


def test_a_browser_is_sent_to_the_page_for_people(client):
    answer = client.get("/graphql", headers={"Accept": BROWSER})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/api")


def test_what_the_door_refuses_is_answered_in_its_words():
    def shut():
        raise Refused(403, "send the X-CSRF-Token header with the cookie", WWW_Authenticate="Bearer")

    answer = served(shut).post("/graphql", json={"query": "{viewer}"}, headers={"Accept": NEW})

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (403, "Bearer")
    assert answer.json == {"errors": [{"message": "send the X-CSRF-Token header with the cookie"}]}
    assert answer.content_type == f"{NEW}; charset=utf-8"


@pytest.mark.parametrize("times", [1, 3])
def test_a_database_that_cannot_answer_is_503_and_tells_nothing_inside(door, times):
    client = served(lambda: door)
    for _ in range(times):
        answer = client.post("/graphql", json={"query": "{viewer locked}"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert list(answer.json) == ["errors"]
    assert said(answer)[0].startswith("the database cannot answer now (incident ")
    assert "hunter2" not in answer.text and "SELECT" not in answer.text and "locked" not in answer.text


def test_a_fault_outside_any_field_is_an_incident_number_and_nothing_more(database):
    class Faulty(ToyDoor):
        def open(self, *, writes):
            raise RuntimeError("the password is hunter2")

    answer = served(lambda: Faulty(Actor(user_id=7))).post("/graphql", json={"query": "{viewer}"})

    assert answer.status_code == 500
    assert list(answer.json["errors"][0]["extensions"]) == ["incident"]
    assert "hunter2" not in answer.text


@pytest.mark.parametrize("accept", [NEW, OLD])
def test_answers_are_never_kept_by_caches(client, accept):
    answer = client.post("/graphql", json={"query": "{viewer}"}, headers={"Accept": accept})

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content_type == f"{accept}; charset=utf-8"
