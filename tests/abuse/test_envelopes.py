"""What is wrong about a request itself: one clear refusal, nothing of our insides, nothing stored."""

import gzip
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel import clock
from kernel.access import unscoped
from kernel.accounts.tables import ApiToken
from kernel.accounts.verbs import actor_of, issue_token, revoke_token, take_seat
from kernel.handouts import Handout, hand_out
from kernel.signing import sign
from kernel.work import unit_of_work
from tests.abuse.conftest import clean
from tests.rules.checks.samples import pdf, zipped
from tests.scenarios.api import digest_of
from tests.scenarios.players import Cast
from tests.secrecy.world import as_stored

BUYER = "buyer@longteng.example"
VIEWER = "{viewer{email}}"
OPEN = 'mutation { openUpload(input: {filename: "a.pdf", size: 5, sha256: "%s"}) { upload { id } userErrors { code } } }' % ("0" * 64)  # fmt: skip


def changed(before):
    return {name for name, rows in as_stored().items() if rows != before[name]}


def bomb(levels):
    parts = [f"fragment F{i} on Firm{{name ...F{i + 1} ...F{i + 1}}}" for i in range(levels)]
    return "{viewer{firm{...F0}}} " + " ".join(parts) + f" fragment F{levels} on Firm {{id}}"


DOCUMENTS = {
    "no query at all": "", "a word": "hello", "left open": "{viewer{email}", "a fullwidth brace": "｛viewer｝",
    "3000 levels": "{viewer" * 3000 + "{email}" + "}" * 3000, "no such field": "{viewers{email}}",
    "5000 aliases": "{" + " ".join(f"a{i}:viewer{{email}}" for i in range(5000)) + "}",
    "10000 repeated fields": "{viewer{" + "email " * 10_000 + "}}",
    "repeated fields that fit": "{viewer{" + "email " * 1_999 + "}}",
    "fragment bomb": bomb(25), "fragment cycle": "{viewer{firm{...A}}} fragment A on Firm{...B} fragment B on Firm{...A}",
    "directive flood": "{viewer{email " + "@include(if:true) " * 1000 + "}}",
    "deep argument": "{order(number:" + "[" * 3000 + "]" * 3000 + "){id}}", "wrong type": "{order(number:5){id}}",
    "NaN": "{orders(first:NaN){totalCount}}", "10^30": "{orders(first:" + "9" * 30 + "){totalCount}}",
    "negative page": "{orders(first:-1){totalCount}}", "subscription": "subscription{viewer{email}}",
    "two operations": "query A{viewer{email}} query B{viewer{email}}", "NUL": "{viewer{em\0ail}}",
    "bidi control": "{viewer{\u202eemail}}", "unknown directive": "{viewer @sql(q:\"drop\") {email}}",
    "a type of ours in a fragment": "{viewer{...on Order{id}}}",
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_is_none_is_refused_in_one_error(api, name):
    before = as_stored()

    answer = api.posts(BUYER, {"query": DOCUMENTS[name]})

    assert clean(answer)
    told = answer.get_json()
    assert told["errors"] and told.get("data") is None, told
    assert len(told["errors"]) <= 20 and all(len(error["message"]) < 400 for error in told["errors"])
    assert changed(before) == set()


BODIES = {
    "nothing": (b"", 400), "a batch": (json.dumps([{"query": VIEWER}] * 2).encode(), 400), "no JSON": (b"{", 400),
    "a string": (b'"query"', 400), "NaN": (b'{"query": NaN}', 400), "latin": ("{\"query\": \"é\"}".encode("latin1"), 400),
    "half a character": (b'{"query": "\\ud800"}', 400), "2 MB": (b'{"query": "' + b"x" * 2_000_000 + b'"}', 413),
    "deep JSON": (b'{"query":"{viewer{email}}","variables":' + b'{"a":' * 5000 + b"1" + b"}" * 5001, 400),
    "variables as a list": (b'{"query":"{viewer{email}}","variables":[]}', 400),
    "a number as query": (b'{"query": 1e400}', 400), "UTF-16": ('{"query":"{viewer{email}}"}'.encode("utf-16"), 400),
    "a BOM": (b'\xef\xbb\xbf{"query":"{viewer{email}}"}', 400),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_none_is_refused(api, name):
    body, status = BODIES[name]
    before = as_stored()

    answer = api.posts(BUYER, body)

    assert clean(answer) and answer.status_code == status, answer.data[:300]
    assert changed(before) == set()


def asked(api, method="POST", path="/graphql", body=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return api.client.open(path, method=method, data=body, headers=named)


JSON = {"Content_Type": "application/json"}


def test_what_is_compressed_or_of_another_type_is_not_read(api):
    body = json.dumps({"query": VIEWER}).encode()
    for sent, headers in (
        (gzip.compress(body), JSON | {"Content_Encoding": "gzip"}), (body, {"Content_Type": "text/plain"}),
        (b"query=" + VIEWER.encode(), {"Content_Type": "application/x-www-form-urlencoded"}),
        (body, {"Content_Type": "application/json; charset=utf-7"}), (body, {"Content_Type": "multipart/form-data"}),
    ):  # fmt: skip
        answer = asked(api, body=sent, **headers)
        assert clean(answer) and answer.status_code == 415, headers


def test_a_large_head_is_refused_everywhere(api):
    for path in ("/graphql", "/sign-in", "/nowhere", "/files/x"):
        answer = asked(api, "GET", path, X_Large="x" * 100_000)
        assert clean(answer) and answer.status_code == 431, path


def test_a_mutation_never_comes_by_get(api):
    before = as_stored()

    answer = asked(api, "GET", f"/graphql?query={OPEN.replace('{', '%7B').replace('}', '%7D')}")

    assert clean(answer) and answer.status_code == 405
    assert changed(before) == set()


def cookie_of(email):
    with unit_of_work() as work:
        return take_seat(work, email=email)[0]


def test_a_cookie_alone_opens_nothing_at_the_door_of_programs(api):
    api.client.set_cookie("chainmaster", cookie_of(BUYER))
    before = as_stored()

    for body in (VIEWER, OPEN):
        for extra in (
            {},
            {"X_Form_Token": ""},
            {"X_Form_Token": "guess"},
            {"X_Form_Token": "é"},
            {"Origin": "https://evil.example"},
        ):
            answer = asked(api, body=json.dumps({"query": body}), **JSON, **extra)
            assert clean(answer) and answer.status_code == 403, extra
            assert "longteng" not in answer.get_data(as_text=True)
    assert changed(before) == set()


def test_a_cookie_of_a_session_that_was_left_is_nobody_s(api):
    cookie = cookie_of(BUYER)
    client = api.client.application.test_client()
    client.set_cookie("chainmaster", cookie)
    token = (
        client.get("/api", headers={"Accept": "text/html"})
        .get_data(as_text=True)
        .split('name="token" value="')[1]
        .split('"')[0]
    )
    assert client.post("/sign-out", data={"token": token}).status_code == 302

    api.client.set_cookie("chainmaster", cookie)
    answer = asked(api, body=json.dumps({"query": VIEWER}), **JSON, X_Form_Token=token)

    assert answer.get_json() == {"data": {"viewer": None}}


def test_a_token_that_ended_was_revoked_or_never_was_is_told_alike_and_one_that_reads_only_reads(api):
    with unit_of_work() as work:
        person = take_seat(work, email=BUYER)[1]
        tokens = {
            word: issue_token(work, person, days=1, scope="read" if word == "reads" else "write")
            for word in ("ended", "revoked", "reads")
        }
    with unit_of_work() as work, unscoped("a test lets time pass"):
        ended, revoked, _ = work.session.scalars(
            select(ApiToken).where(ApiToken.person_id == person.id).order_by(ApiToken.id.desc()).limit(3)
        ).all()[::-1]
        ended.expires_at = work.now - timedelta(seconds=1)
        revoke_token(work, actor_of(person), revoked.id)
    before = as_stored()

    answers = [asked(api, body=json.dumps({"query": VIEWER}), **JSON, Authorization=f"Bearer {token}") for token in
               (tokens["ended"], tokens["revoked"], "cm_never", "", "\xff", "x" * 5000)]  # fmt: skip
    reading = asked(api, body=json.dumps({"query": VIEWER}), **JSON, Authorization=f"Bearer {tokens['reads']}")
    writing = asked(api, body=json.dumps({"query": OPEN}), **JSON, Authorization=f"Bearer {tokens['reads']}")

    assert {(answer.status_code, answer.data) for answer in answers} == {(401, answers[0].data)}
    assert (reading.status_code, reading.get_json()) == (200, {"data": {"viewer": {"email": BUYER}}})
    assert clean(writing) and writing.status_code == 403
    assert changed(before) == set()


PATHS = [
    "/files/..%2f..%2fetc%2fpasswd", "/files/%2e%2e/%2e%2e/etc/passwd", "/files/", "/uploads/", "/files/a.b.c",
    "/files/" + "a" * 3000, "/files/%00", "/files/%ff.1.x", "/uploads/1.9999999999.x", "/uploads/x.y", "/uploads/..",
    "/static/..%2f..%2fkernel%2fsettings.py", "/static/../wsgi.py", "/static/%2e%2e/app.py", "/.git/config", "/.env",
    "/var/secret.key", "//evil.example/", "/orders/" + "A" * 22, "/orders/%00", "/orders/..%2f", "/admin", "/graphql/",
    "/orders/%F0%9F/answer", "/shipments/x", "/documents/x", "/chains/x?stage=%00", "/orders?after=x&first=x&state=x",
    "/todo?after=AAAA&kind=x", "/api?operation=../../x", "/sign-in?next=//evil.example", "/orders?number=%00", "/?" + "a=1&" * 2000,
    "/chains?chain=x&asOf=0000-00-00", "/orders?partner=x", "/documents?due=9999-99-99&states=x",
]  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "x"]


@pytest.mark.parametrize("seat", [None, BUYER])
def test_no_path_and_no_method_breaks_anything(api, seat):
    client = api.client
    if seat:
        client.set_cookie("chainmaster", cookie_of(seat))
    before = as_stored()

    for path in [*PATHS, "/", "/graphql", "/readyz", "/healthz", "/metrics", "/sign-in", "/seat", "/orders", "/todo"]:
        for method in METHODS:
            for accept in ("text/html", "application/json"):
                answer = client.open(path, method=method, headers={"Accept": accept})
                if path != "/readyz":  # which says 503 where no broker runs
                    assert clean(answer), (method, path)
                if method == "TRACE":
                    assert answer.status_code in (405, 404, 302, 403), (path, answer.status_code)
                assert "evil.example" not in answer.headers.get("Location", "").split("next=")[0], path
    left = changed(before)
    assert left <= {"sign_in_session", "sign_in_failure"}, left  # a session left, a wrong password counted


def slot(api, content, filename="a.pdf", **other):
    given = {"filename": filename, "size": len(content), "sha256": digest_of(content)} | other
    return api.acts("sales@gearworks.example", "open_upload", given)


def put(api, url, content, **headers):
    return api.client.put(url, data=content, headers={"Content-Type": "application/octet-stream", **headers})


def test_an_upload_other_than_declared_is_not_kept(api, settings):
    content = pdf()
    url = slot(api, content)["upload"]["url"]
    before = as_stored()

    for sent, status, code in (
        (content + b"x", 413, "LIMIT"), (content[:-1], 422, "INVALID"), (content[:-1] + b"x", 422, "INVALID"), (b"", 422, "INVALID"),
    ):  # fmt: skip
        answer = put(api, url, sent)
        assert clean(answer) and (answer.status_code, answer.get_json()["code"]) == (status, code), len(sent)
    assert changed(before) == set()
    assert list((settings.home / "objects").rglob("*/*/*")) == [] and list((settings.home / "incoming").iterdir()) == []


def test_two_hundred_megabytes_are_refused_when_declared(api):
    before = as_stored()

    refused = slot(api, b"", size=200 * 1024 * 1024)

    assert (refused.refusals, refused.fields) == (["LIMIT"], ["size"])
    assert changed(before) == set()


def test_a_zip_named_pdf_is_taken_for_a_document_by_nobody(api):
    cast = Cast(api)
    placed = cast.chain_master.places_order(cast.gearworks)
    cast.gearworks.accepts_all(placed)
    needed = cast.chain_master.requires_documents(placed)["requirements"][0]

    cast.gearworks.hands_in(needed, zipped([("a.txt", "hello")]), "certificate.pdf")["revision"]

    (seen,) = cast.chain_master.documents_of(placed)
    assert (seen["state"], seen["revisions"][0]["state"]) == ("REQUIRED", "CHECKS_FAILED")


def test_a_file_s_address_serves_one_content_for_five_minutes_and_is_no_other_key(api):
    content = pdf()
    opened = slot(api, content)["upload"]
    assert put(api, opened["url"], content).status_code == 200
    now = clock.now()
    good = hand_out(Handout(digest_of(content), "证书.pdf"), now)
    other = hand_out(Handout("0" * 64, "证书.pdf"), now)
    assert api.client.get(f"/files/{good}").data == content

    body, mac = good.rsplit(".", 1)
    for wrong in (
        f"{body}.{mac[:-1]}{'0' if mac[-1] != '0' else '1'}", f"{body.replace(digest_of(content), '0' * 64)}.{mac}",
        f"{body}9.{mac}", f"{other.rsplit('.', 1)[0]}.{mac}", other, hand_out(Handout(digest_of(content), "a"), now - timedelta(minutes=6)),
        sign("upload", good.split(".")[0], now + timedelta(minutes=5)), opened["url"].rsplit("/", 1)[1], f"{good}.", f".{good}", mac,
    ):  # fmt: skip
        answer = api.client.get(f"/files/{wrong}")
        assert clean(answer) and answer.status_code == 404, wrong
    assert put(api, f"/uploads/{good}", content).status_code == 404
